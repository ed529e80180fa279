import type { Instant, LocalDate } from '@wracam/engine/calendar';
import { localDate } from '@wracam/engine/calendar';
import type { Transfer } from '@wracam/engine/ledger/book';
import type { Period } from '@wracam/engine/facts';
import type { GrantKind } from '@wracam/engine/rules';
import type { ProgramHead, ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { Rulesets } from '../earning/index.ts';
import type { GoalBadge } from '../badges/index.ts';
import { newWorkingSet, type MemberLedger } from '../ledger/index.ts';
import type { ChangingFacts, Circles, FactChange } from '../members/index.ts';
import { bringLevel, carryMember, dayOf, type CarriedLevels } from '../tiers/index.ts';
import { bookOne, isDenied, type Booked, type Outcome } from './booking.ts';
import { bucketOf } from './caps.ts';
import { noCircles } from './circle-caps.ts';
import { refKey, refsOf, type NewDocument } from './document.ts';
import type { SaleRecord, Workspace } from './workspace.ts';
import type { DocumentRow } from './store.ts';

/** A member before the first document, and what changed since. */
export type MemoryMember = ChangingFacts & { readonly id: number; readonly kind: MemberLedger['kind']; readonly joinedOn: LocalDate; readonly changes: readonly FactChange[]; /** Badges that goals gave, with the instants; absent: nobody asks. */ readonly badges?: readonly GoalBadge[]; /** Names of the program's segments that the member is in today: nothing is decided by them. */ readonly segments?: readonly string[] };

/**
 * A workspace that stands on nothing but memory: documents of the past are booked in it once more by the very code that books live ones, and
 * nothing is ever written. `rulesets` says which rules decide; budgets, caps and history of the members start at zero. `levels` null: nobody asks for them.
 */
export function memoryWorkspace(program: Pick<ProgramHead, 'id' | 'timeZone' | 'currency'>, rulesets: Rulesets, levels: CarriedLevels | null): Workspace {
  const head: ProgramHead = { ...program, now: 0, rulesetNo: 0, namesNo: 0, test: false, purgeable: false };
  // Deciding is memory's work alone; whoever asked this transaction or these connections for anything would find nothing there.
  return {
    tx: { program: head } as ProgramTx, deps: {} as Deps, mode: { history: true, batchNo: null }, set: newWorkingSet(program.id, false, 0), rulesets,
    seen: new Map(), pointers: new Map(), sales: new Map(), waiting: new Map(), personal: new Map(), budgets: new Map(), oldCaps: new Map(), capUses: new Map(), past: new Map(), groups: new Map(), badges: new Map(), circles: noCircles(), holds: new Map(),
    inserts: [], updates: [], states: new Map(), returns: new Map(), budgetUse: new Map(), standings: levels, grants: [], grantChanges: new Map(), returnEvents: null,
  };
}

export function addMemoryMember(work: Workspace, member: MemoryMember): void {
  work.set.members.set(member.id, { memberId: member.id, state: 'active', kind: member.kind, joinedOn: member.joinedOn, salesCount: 0, spentMinor: 0, lastSaleOn: null, caps: null, suspended: false, counted: false, changed: false });
  work.pointers.set(`id:${member.id}`, member.id);
  changeMemoryMember(work, member.id, member);
  if (work.standings?.carried) carryMember(work.standings, member.id);
}

/** What rules see of the member from now on; facts that are absent stay. */
export function changeMemoryMember(work: Workspace, memberId: number, { attributes, birthMonthDay, groups, circles }: Partial<ChangingFacts>): void {
  const own = work.personal.get(memberId) ?? { birthMonthDay: null, attributes: {} };
  work.personal.set(memberId, { birthMonthDay: birthMonthDay === undefined ? own.birthMonthDay : birthMonthDay, attributes: attributes ?? own.attributes });
  if (groups !== undefined) work.groups.set(memberId, groups);
  if (circles !== undefined) putIntoCircles(work, memberId, circles);
}

function putIntoCircles({ circles }: Workspace, memberId: number, own: Circles | null): void {
  if (own === null) { circles.of.delete(memberId); return; }
  circles.of.set(memberId, own);
  for (const id of [own.household, own.company]) if (id !== null) circles.locked.add(id);
}

/** One document to book again: whose it is, and when that was decided. */
export type MemoryDocument = { readonly id: number; readonly document: NewDocument; readonly memberId: number | null; readonly bookedAt: Instant; /** Of its member at that time; absent: nobody wrote it down, so those that the member is in. */ readonly circles?: Circles | null };
export type MemoryOptions = {
  /** Will a return or correction refer to it: otherwise it is forgotten at once, or the whole history would stay in memory. */
  readonly referred: boolean;
  /** Stretches of time in which the rules limit a member's points: each one's use is remembered for good. */
  readonly periods: readonly Period[];
  /** Do rules look back at what was bought before: then every purchase stays in memory. */
  readonly looksBack: boolean;
  /** Where what rules give besides points is written down; absent: nobody asks. */
  readonly given?: GivenInMemory;
};

/** What is left of each grant, by document and rule. */
export type GivenInMemory = Map<string, { readonly memberId: number; readonly transactionId: number; readonly ruleId: number; readonly version: number; readonly what: GrantKind; readonly code: string; readonly kept: number }>;

const NOTHING = Buffer.alloc(0);

/** Books a document as it was booked then. The outcome is the live one's; `drainTransfers` has what moved. */
export function bookInMemory(work: Workspace, { id, document: told, memberId, bookedAt, circles }: MemoryDocument, options: MemoryOptions): Outcome {
  const document: NewDocument = { ...told, pointer: memberId === null ? null : { id: memberId } };
  if (memberId !== null) {
    for (const period of options.periods) {
      const bucket = `${memberId}:${bucketOf(period, localDate(work.tx.program.timeZone, document.occurredAt))}`;
      if (!work.oldCaps.has(bucket)) work.oldCaps.set(bucket, new Map());
    }
  }
  const today = memberId === null ? undefined : work.circles.of.get(memberId);
  if (memberId !== null && circles !== undefined) putIntoCircles(work, memberId, circles && { ...circles, companyName: today?.companyName ?? null });
  const concerned = work.standings?.carried ? membersOf(work, document, memberId) : [];
  const bring = () => { if (work.standings?.carried) for (const one of concerned) bringLevel(work.standings, one, dayOf(work.tx.program.timeZone, bookedAt)); };
  bring();
  const outcome = bookOne(work, { id, document, packed: NOTHING, contentHash: NOTHING, bookedAt });
  bring();
  if (memberId !== null && circles !== undefined) putIntoCircles(work, memberId, today ?? null);
  if (!isDenied(outcome)) keep(work, { id, document, memberId, bookedAt }, outcome, options);
  if (options.given) keepGiven(work, options.given);
  work.inserts.length = work.updates.length = work.set.resolutions.length = work.grants.length = 0;
  work.grantChanges.clear();
  work.circles.changes.clear();
  work.states.clear();
  work.returns.clear();
  return outcome;
}

function keepGiven({ grants, grantChanges }: Workspace, given: GivenInMemory): void {
  for (const { memberId, transactionId, ruleId, version, what, code, count } of grants) given.set(`${transactionId}:${ruleId}`, { memberId, transactionId, ruleId, version, what, code, kept: count });
  for (const [key, { kept }] of grantChanges) { const known = given.get(key); if (known) given.set(key, { ...known, kept }); }
}

/** Whose level a document may change: its own member's, and of those whose purchases it takes back. */
const membersOf = (work: Workspace, document: NewDocument, memberId: number | null): number[] =>
  [...new Set([memberId, ...refsOf(document).map((ref) => work.sales.get(refKey(ref))?.row.memberId ?? null)])].filter((id): id is number => id !== null);

function keep(work: Workspace, { id, document, memberId, bookedAt }: MemoryDocument, booked: Booked, { referred, looksBack }: MemoryOptions): void {
  const key = refKey(document);
  if (booked.state === 'parked') {
    const row: DocumentRow = { id, state: 'parked', memberId, bookedAt, document, decision: null, frozen: null, rulesetNo: null };
    work.waiting.set(id, row);
  }
  // Its own key alone: places kept for sales that are still to come stay, for the sale must meet its place.
  work.seen.delete(key);
  const sale = work.sales.get(key);
  if (looksBack && sale !== undefined && sale.row.memberId !== null) {
    const own = work.past.get(sale.row.memberId) ?? new Map<string, SaleRecord>();
    work.past.set(sale.row.memberId, own.set(key, sale));
  }
  if (!referred) work.sales.delete(key);
}

/** What moved since the last call, each with its instant; the book is empty afterwards. */
export function drainTransfers(work: Workspace, onTransfer: (transfer: Transfer, at: Instant) => void): void {
  const { transfers, now } = work.set.book;
  const { instants } = work.set;
  for (let at = 0; at < transfers.length; at += 1) onTransfer(transfers[at]!, instants[at] ?? now);
  transfers.length = 0;
  instants.length = 0;
}
