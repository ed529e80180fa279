import { addDays, dayNumberOf, localDate, startOfLocalDay, type Instant, type LocalDate } from '@wracam/engine/calendar';
import { PERIODS, type Attributes, type MemberFacts, type Period } from '@wracam/engine/facts';
import { dayAfter, firstDay } from '@wracam/engine/periods';
import { RETURN_EVENT } from '@wracam/engine/event-types';
import type { CompiledRuleset } from '@wracam/engine/rules';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { budgetsUsed, rulesetsOf, type Rulesets } from '../earning/index.ts';
import { findHold, loadAccounts, loadLots, lockMembers, newWorkingSet, type Hold, type MemberLedger, type WorkingSet } from '../ledger/index.ts';
import { badgesAsked, badgesOf, badgesOn, type BadgesByMember } from '../badges/index.ts';
import { groupsOf, memberAttributes } from '../members/index.ts';
import { dayOf, heldOn, laddersOf, openStandings, type Standings } from '../tiers/index.ts';
import { levelCode } from '@wracam/engine/tiers/held';
import { activityOf } from './activity.ts';
import { bucketOf, parseCaps, useIn, type BucketUse } from './caps.ts';
import { readCircles, type CirclesInUse } from './circle-caps.ts';
import type { GrantChange, GrantGiven } from './grants.ts';
import { correctionsOf } from './correct-return.ts';
import type { ReturnEffect, SaleReturn } from './decision.ts';
import { refKey, refsOf, type NewDocument, type Pointer } from './document.ts';
import { eventKeyOf } from './return-event.ts';
import { pastOf, readPast, type PastSales } from './past.ts';
import * as store from './store.ts';
import type { DocumentRow, NewRow, SeenDocument } from './store.ts';
import { pointerText, readFirst, type FirstRead } from './first-read.ts';

/** One document to book. `now`: history is loaded at its own dates; otherwise the transaction's. */
export type Request = { readonly document: NewDocument; readonly id: number; readonly packed: Buffer; readonly contentHash: Buffer; /** History only: when it was booked, if that was not the moment it occurred. */ readonly bookedAt?: Instant };
export type BookingMode = { readonly history: boolean; readonly batchNo: number | null; readonly companion?: Companion };
/** What else happened in the past beside documents, in the same working set and commit. May run again when the transaction is repeated. */
export type Companion = {
  /** When everything is read under its locks, before the first document. */
  before?(work: Workspace): Promise<void>;
  /** Right after a document, at its instant; the lots of all members are read. */
  after(work: Workspace, booked: { readonly id: number; readonly document: NewDocument; readonly memberId: number | null }): void;
  /** When documents, transfers and holds are written. */
  save(work: Workspace): Promise<void>;
};
export const LIVE: BookingMode = { history: false, batchNo: null };

/** A sale that something refers to: its row, and what returns took from it. */
export type SaleRecord = { row: DocumentRow; returns: SaleReturn[] };

/** Everything one booking transaction read under its locks, and what it is going to write. */
export type Workspace = {
  readonly tx: ProgramTx; readonly deps: Deps; readonly mode: BookingMode; readonly set: WorkingSet; readonly rulesets: Rulesets;
  readonly seen: Map<string, SeenDocument>; readonly pointers: Map<string, number>; readonly sales: Map<string, SaleRecord>; readonly waiting: Map<number, DocumentRow>;
  readonly personal: Map<number, { birthMonthDay: string | null; attributes: Attributes }>; readonly budgets: ReadonlyMap<number, number>; readonly oldCaps: Map<string, ReadonlyMap<number, number>>; /** Caps of members, parsed; good as long as the text is the member's. */ readonly capUses: Map<number, { readonly text: string | null; readonly uses: BucketUse[] }>; readonly past: PastSales; readonly groups: Map<number, readonly string[]>; /** Null: no rule in use asks for one. */ readonly badges: BadgesByMember | null; readonly circles: CirclesInUse; readonly holds: Map<number, Hold>;
  readonly inserts: NewRow[]; readonly updates: NewRow[]; readonly states: Map<number, store.DocumentState>;
  readonly returns: Map<string, { saleId: number; returnId: number; effect: ReturnEffect | null }>; readonly budgetUse: Map<number, number>;
  readonly grants: GrantGiven[]; readonly grantChanges: Map<string, GrantChange>;
  /** Days and levels of the members; null: the program has no levels. */
  readonly standings: Standings | null;
  /** Null: what is booked here was booked before, and the events of returns come as documents of their own. */
  readonly returnEvents: ReturnEvents | null;
};

/** For returns that a rule answers to. `ids`: of the events that will tell them; `turns`: by event, the id in whose turn it was decided. */
export type ReturnEvents = { readonly ids: number[]; readonly turns: Map<number, number>; /** Sales that a waiting return took back before, by key: its event tells of them too. */ readonly earlier: ReadonlyMap<string, SaleRecord>; /** Keys of events of returns that were told already. */ readonly told: ReadonlySet<string> };
const noReturnEvents = (): ReturnEvents => ({ ids: [], turns: new Map(), earlier: new Map(), told: new Set() });

/** Another process changed what was read before the locks: the whole transaction starts again. */
export class Again extends Error {}
const AGAIN_MAX = 20;

/** Starts the work again as long as other processes change what it read before its locks. */
export async function untilUndisturbed<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Again) || attempt >= AGAIN_MAX) throw error;
    }
  }
}

/** The member a document names, or null when nobody has that identifier. */
export const memberOf = (work: Workspace, pointer: Pointer | null): number | null => (pointer === null ? null : work.pointers.get(pointerText(pointer)) ?? null);


/** Do rules of a ruleset read something beyond the hot rows; most programs read nothing of it. */
function reading(what: RegExp): (ruleset: CompiledRuleset) => boolean {
  const known = new WeakMap<CompiledRuleset, boolean>();
  return (ruleset) => {
    let reads = known.get(ruleset);
    if (reads === undefined) known.set(ruleset, reads = what.test(JSON.stringify(ruleset.ruleset.rules)));
    return reads;
  };
}
const needsPersonal = reading(/"(calendar\.isBirthday|member\.attribute\.)/);
const needsCompany = reading(/"member\.company"/);
const needsGroups = reading(/"member\.group"/);
const needsBadges = reading(/"member\.badge/);

/** Where no rule answers to returns, one is only what it takes back. */
export const answersReturns = (ruleset: CompiledRuleset | null): boolean => ruleset !== null && ruleset.rules.some((rule) => rule.event === RETURN_EVENT);

/** `claims`: the sales are about to be somebody's, so what came back of them while they were nobody's is decided anew. */
type Options = { readonly lockBudgets?: boolean; readonly saleIds?: readonly number[]; readonly memberIds?: readonly number[]; readonly claims?: boolean };

/** Reads and locks everything that booking these documents needs, in the one order of locks: members, documents, circles, budgets. */
export async function openWorkspace(deps: Deps, tx: ProgramTx, requests: readonly Request[], mode: BookingMode, options: Options = {}): Promise<Workspace> {
  return completeWorkspace(deps, tx, requests, mode, await readFirst(tx, tx.program.id, requests, options.memberIds), options);
}

/** All that `completeWorkspace` does after the first packet: what the first answers tell to read, which for most documents is nothing. */
export async function completeWorkspace(deps: Deps, tx: ProgramTx, requests: readonly Request[], mode: BookingMode, first: FirstRead, options: Options = {}): Promise<Workspace> {
  const { known, pointers } = first;
  const refs = requests.flatMap(({ document }) => refsOf(document));
  const seen = new Map(known.map((one) => [refKey(one), one]));
  const named = new Set([...refs.map(refKey), ...requests.filter(({ document }) => seen.get(refKey(document))?.state === 'awaited').map(({ document }) => refKey(document))]);
  const referred = known.filter((one) => named.has(refKey(one)));
  const set = newWorkingSet(tx.program.id, tx.program.purgeable, tx.program.now);
  const behind = await store.salesOfReturns(tx, requests.some(({ document }) => document.kind === 'correction') ? referred.map((one) => one.id) : []);
  const memberIds = first.keepLocked ? [] : [...new Set([...pointers.values(), ...referred.map((one) => one.memberId), ...behind.map((one) => one.memberId), ...(options.memberIds ?? [])])].filter((id): id is number => id !== null);
  first.keepLocked?.(set);
  // Sent together, run in this order: accounts are read under the members' locks.
  const [, rows] = await Promise.all([
    lockMembers(tx, set, memberIds), store.lockDocuments(tx, [...new Set([...referred.map((one) => one.id), ...behind.map((one) => one.saleId), ...(options.saleIds ?? [])])].sort((a, b) => a - b)), loadAccounts(tx, set, memberIds),
  ]);
  for (const row of rows) {
    if (row.memberId !== null && !set.members.has(row.memberId)) throw new Again();
    // Seen before the lock as a place that waits for its sale, and filled by another process meanwhile.
    if (row.state !== 'awaited' && seen.get(refKey(row.document))?.state === 'awaited') throw new Again();
  }
  rows.push(...await lockEventsBehind(tx, rows, set));
  const returns = await store.returnsOf(tx, rows.map((row) => row.id));
  const waiting = await lockWaiting(tx, rows, returns, options.claims ?? false);

  const instants = [...requests.map(({ document }) => document.occurredAt), ...rows.map((row) => row.document.occurredAt), ...[...waiting.values()].map((row) => row.document.occurredAt)];
  const rulesets = await rulesetsOf(deps.db, tx, instants, rows.flatMap((row) => (row.rulesetNo === null ? [] : [row.rulesetNo])));
  const standings = await readLevels(deps, tx, set);
  const deciding = rulesetsUsed(rulesets, instants, rows);
  const askingBadges = deciding.filter(needsBadges);
  const circles = await readCircles(tx, deciding, deciding.some(needsCompany), [...set.members.keys()], rows.map((row) => row.decision), instants);
  const corrections = [...waiting.values()].filter((row) => isParkedCorrection(row) || isOfNobody(row));
  const sales = new Map([...rows, ...corrections].map((row) => [refKey(row.document), { row, returns: returns.get(row.id) ?? [] }]));
  const work: Workspace = {
    tx, deps, mode, set, rulesets, seen, pointers, sales, waiting, personal: new Map(), budgets: options.lockBudgets ? await budgetsUsed(tx, tx.program.id, true) : first.budgets, oldCaps: new Map(), capUses: new Map(), past: new Map(), groups: new Map(), badges: askingBadges.length > 0 ? await badgesOf(tx, [...set.members.keys()], [...new Set(askingBadges.flatMap(({ ruleset }) => badgesAsked(ruleset)))]) : null, circles, holds: new Map(),
    inserts: [], updates: [], states: new Map(), returns: new Map(), budgetUse: new Map(), standings, grants: [], grantChanges: new Map(),
    returnEvents: await readReturnEvents(deps, tx, requests, waiting, rulesets, sales),
  };
  await readLots(work, requests, instants);
  await readFacts(work, requests, instants);
  return work;
}

/** What returns that something refers to earned themselves: taken back with them. */
async function lockEventsBehind(tx: ProgramTx, rows: readonly DocumentRow[], set: WorkingSet): Promise<DocumentRow[]> {
  const keys = rows.filter(({ document }) => document.kind === 'return').map(({ document }) => ({ source: store.OWN_SOURCE, externalId: eventKeyOf(document) }));
  const events = await store.lockDocuments(tx, (await store.seenDocuments(tx, tx.program.id, keys)).map((one) => one.id).sort((a, b) => a - b));
  if (events.some(({ memberId }) => memberId !== null && !set.members.has(memberId))) throw new Again();
  return events;
}

/** A correction that waits for its sale is no sale yet: its returns wait with it. */
export const isParkedCorrection = (row: Pick<DocumentRow, 'state' | 'document'>): boolean => row.state === 'parked' && row.document.kind === 'correction';

/** A correction of a sale that nobody had: what it puts in the place of the sale is decided with that. */
export const isOfNobody = (row: Pick<DocumentRow, 'memberId' | 'document'>): boolean => row.memberId === null && row.document.kind === 'correction';

/** Documents that wait for these rows, and those that wait for a correction among them; `returns` takes in what they bring. `claims`: those that were applied too. */
async function lockWaiting(tx: ProgramTx, rows: readonly DocumentRow[], returns: Map<number, SaleReturn[]>, claims: boolean): Promise<Map<number, DocumentRow>> {
  const waiting = new Map<number, DocumentRow>();
  const unapplied = (ids: readonly number[]) => ids.flatMap((id) => returns.get(id) ?? []).filter((one) => (claims || !one.applied) && !waiting.has(one.returnId)).map((one) => one.returnId);
  for (let ids = unapplied(rows.map((row) => row.id)); ids.length > 0;) {
    const found = await store.lockDocuments(tx, ids);
    for (const row of found) waiting.set(row.id, row);
    const corrections = found.filter((row) => isParkedCorrection(row) || (claims && isOfNobody(row))).map((row) => row.id);
    for (const [id, list] of await store.returnsOf(tx, corrections)) returns.set(id, list);
    ids = unapplied(corrections);
  }
  return waiting;
}

/** A program without rules for returns pays a look at its rules, and only for returns. */
async function readReturnEvents(deps: Deps, tx: ProgramTx, requests: readonly Request[], waiting: ReadonlyMap<number, DocumentRow>, rulesets: Rulesets, sales: ReadonlyMap<string, SaleRecord>): Promise<ReturnEvents> {
  const told = ({ kind, occurredAt }: NewDocument) => kind === 'return' && answersReturns(rulesets.at(occurredAt));
  const late = [...waiting.values()].filter(({ document }) => document.source !== store.OWN_SOURCE && told(document));
  const count = requests.filter(({ document }) => told(document)).length + late.length;
  if (count === 0) return noReturnEvents();
  const missing = late.flatMap(({ document }) => refsOf(document)).filter((ref) => !sales.has(refKey(ref)));
  const rows = await store.readDocuments(tx, (await store.seenDocuments(tx, tx.program.id, missing)).map((one) => one.id));
  const returns = await store.returnsOf(tx, rows.map((row) => row.id));
  const events = await store.seenDocuments(tx, tx.program.id, late.filter(({ state }) => state !== 'parked').map(({ document }) => ({ source: store.OWN_SOURCE, externalId: eventKeyOf(document) })));
  return { ids: await deps.ids.take(count), turns: new Map(), told: new Set(events.map((one) => one.externalId)), earlier: new Map(rows.map((row) => [refKey(row.document), { row, returns: returns.get(row.id) ?? [] }])) };
}

/** A program without levels pays a look into memory. */
async function readLevels(deps: Deps, tx: ProgramTx, set: WorkingSet): Promise<Standings | null> {
  const ladders = await laddersOf(deps.db, tx);
  if (ladders) return openStandings(tx, ladders, [...set.members.values()], activityOf);
  // The ladder came, and counted this member, after this transaction had read that there is none.
  for (const member of set.members.values()) if (member.counted) throw new Again();
  return null;
}

/** Lots are read only for accounts that something is drawn from: due, in debt, paying, or given back to. Earning needs none. */
async function readLots(work: Workspace, requests: readonly Request[], instants: readonly Instant[]): Promise<void> {
  const now = work.mode.history ? instants.reduce((latest, one) => Math.max(latest, one), 0) : work.set.book.now;
  const drawing = new Set<number>();
  const takenBack = new Set(requests.flatMap(({ document }) => refsOf(document).map(refKey)));
  for (const { document } of requests) {
    // A sale whose return came first, or comes in this very transaction, gives points that are taken back at once.
    const key = refKey(document);
    if ((document.kind === 'sale' || document.kind === 'event') && !takenBack.has(key) && work.seen.get(key)?.state !== 'awaited' && !document.payments.some((payment) => payment.kind === 'points')) continue;
    const member = memberOf(work, document.pointer);
    if (member !== null) drawing.add(member);
  }
  for (const { row } of work.sales.values()) if (row.memberId !== null) drawing.add(row.memberId);
  for (const row of work.waiting.values()) { const member = memberOf(work, row.document.pointer); if (member !== null) drawing.add(member); }
  // Every use of such a wallet moves the ends of all its lots.
  const idle = work.rulesets.wallets.filter((wallet) => wallet.expiry.kind === 'inactivity').map((wallet) => wallet.no);
  const accounts = [...work.set.accounts.values()].filter((account) => work.mode.companion !== undefined || drawing.has(account.memberId) || account.debt > 0 || (account.nextDueAt !== null && account.nextDueAt <= now) || idle.includes(account.walletNo));
  const saleRows = [...work.sales.values()].map(({ row }) => row);
  const spentSeqs = saleRows.flatMap((row) => row.decision?.spent.flatMap((one) => one.draws.map((draw) => draw.seq)) ?? []);
  await loadLots(work.tx, work.tx.program.id, accounts, [...saleRows.map((row) => row.id), ...[...work.sales.values()].flatMap(correctionsOf)], [...new Set(spentSeqs)]);
}

/** Every ruleset that decides documents of these instants, or decided these. */
const rulesetsUsed = (rulesets: Rulesets, instants: readonly Instant[], rows: readonly Pick<DocumentRow, 'rulesetNo'>[]): CompiledRuleset[] => [...new Set([
  ...instants.map((instant) => rulesets.at(instant)), ...rows.flatMap((row) => (row.rulesetNo === null ? [] : [rulesets.byNo(row.rulesetNo)])),
])].filter((one) => one !== null);

async function readFacts(work: Workspace, requests: readonly Request[], instants: readonly Instant[]): Promise<void> {
  const { tx, set, rulesets } = work;
  const used = rulesetsUsed(rulesets, instants, [...work.sales.values()].map(({ row }) => row));
  if (used.some(needsPersonal)) for (const [id, own] of await memberAttributes(work.deps, tx, [...set.members.keys()])) work.personal.set(id, own);
  if (used.some(needsGroups)) for (const [id, names] of await groupsOf(tx, [...set.members.keys()])) work.groups.set(id, names);
  if (used.some((one) => one.pastDays > 0)) await readPast(work, used, instants);
  const periods = PERIODS.filter((period) => used.some((one) => one.periods.includes(period)));
  if (periods.length > 0) {
    for (const { document } of [...requests, ...work.waiting.values()]) for (const { memberId } of earnersOf(work, document)) await readOldCaps(work, memberId, document.occurredAt, periods);
  }
  const holdIds = requests.flatMap(({ document }) => document.payments.flatMap((payment) => (payment.holdId === null ? [] : [payment.holdId])));
  if (holdIds.length > 0) await readHolds(work, holdIds);
}

/** What a member's row remembers of caps. */
export function usesOf({ capUses }: Pick<Workspace, 'capUses'>, { memberId, caps }: Pick<MemberLedger, 'memberId' | 'caps'>): readonly BucketUse[] {
  let known = capUses.get(memberId);
  if (known?.text !== caps) capUses.set(memberId, known = { text: caps, uses: parseCaps(caps) });
  return known!.uses;
}

/** Caps in a bucket that fell off the member's row are added up from the member's documents of that stretch of time. */
export async function readOldCaps(work: Workspace, memberId: number, occurredAt: Instant, periods: readonly Period[]): Promise<void> {
  const { timeZone } = work.tx.program;
  const member = work.set.members.get(memberId);
  const date = localDate(timeZone, occurredAt);
  for (const period of periods) {
    const key = `${memberId}:${bucketOf(period, date)}`;
    if (period === 'ever' || !member || work.oldCaps.has(key) || useIn(usesOf(work, member), period, date) !== null) continue;
    const rows = await store.memberDocumentsBetween(work.tx, memberId, startOfLocalDay(timeZone, firstDay(period, date)), startOfLocalDay(timeZone, dayAfter(period, date)));
    const returns = await store.returnsOf(work.tx, rows.map((row) => row.id));
    const sum = new Map<number, number>();
    const add = (ruleId: number, points: number): void => { sum.set(ruleId, (sum.get(ruleId) ?? 0) + points); };
    for (const row of rows) {
      for (const award of row.decision?.awards ?? []) add(award.ruleId, award.points);
      for (const grant of row.decision?.grants ?? []) add(grant.ruleId, grant.count);
      for (const one of returns.get(row.id) ?? []) for (const freed of one.effect?.freed ?? []) add(freed.ruleId, -freed.points);
    }
    work.oldCaps.set(key, sum);
  }
}

/** Who may get points for a document. A correction that names nobody goes to whoever had its sale, and that may be any member of this transaction. */
function earnersOf(work: Workspace, document: NewDocument): MemberLedger[] {
  // A return that rules answer to earns for whoever had its sale.
  if (document.kind === 'return') return work.returnEvents?.ids.length ? [...work.set.members.values()] : [];
  if (document.kind === 'correction' && document.pointer === null) return [...work.set.members.values()];
  const member = work.set.members.get(memberOf(work, document.pointer) ?? -1);
  return member ? [member] : [];
}

async function readHolds(work: Workspace, ids: readonly number[]): Promise<void> {
  for (const id of ids) {
    const hold = await findHold(work.tx, id);
    if (hold) work.holds.set(id, hold);
  }
}

const NO_GROUPS: MemberFacts['groups'] = [];
const NO_BADGES: MemberFacts['badges'] = [];
const NO_PAST: MemberFacts['past'] = [];

/** The day on which this is booked. What is loaded or repeated is booked on the day that history has come to. */
export const bookingDay = ({ tx, set }: Workspace): number => dayOf(tx.program.timeZone, set.book.now);

/** The level held on a date, before the document. */
function tierOn({ standings }: Workspace, memberId: number, date: LocalDate): string | null {
  const standing = standings?.byMember.get(memberId);
  return standing ? levelCode(heldOn(standings!, standing, dayNumberOf(date))) : null;
}

function heldBadges({ badges }: Workspace, memberId: number, date: LocalDate): MemberFacts['badges'] {
  const spans = badges?.get(memberId);
  return spans === undefined ? NO_BADGES : badgesOn(spans, date);
}

/** The member as rules see them at a document's local date. */
export function memberFacts(work: Workspace, memberId: number, date: LocalDate, ruleset: Pick<CompiledRuleset, 'pastDays'>): MemberFacts {
  const member = work.set.members.get(memberId)!;
  const own = work.personal.get(memberId);
  return {
    joinedOn: member.joinedOn, kind: member.kind, salesCount: member.salesCount, spentMinor: member.spentMinor, lastSaleOn: member.lastSaleOn, tier: tierOn(work, memberId, date), past: ruleset.pastDays === 0 ? NO_PAST : pastOf(work, memberId),
    // Who was born on 29 February has a birthday on the 28th of a common year.
    birthday: own?.birthMonthDay === date.slice(5) || (own?.birthMonthDay === '02-29' && date.slice(5) === '02-28' && addDays(date, 1).slice(5) === '03-01'),
    attributes: own?.attributes ?? {}, groups: work.groups.get(memberId) ?? NO_GROUPS, badges: heldBadges(work, memberId, date), company: work.circles.of.get(memberId)?.companyName ?? null,
  };
}
