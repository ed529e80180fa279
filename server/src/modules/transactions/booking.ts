import { accountKey, setNow, settleAll, settleInTurn, touchingMembers, writesOf, type WorkingSet } from '../ledger/index.ts';
import { settle } from '@wracam/engine/ledger/moves';
import type { Expiring } from '@wracam/engine/ledger/book';
import type { Instant } from '@wracam/engine/calendar';
import type { ReturnedLine } from '@wracam/engine/returns';
import type { RefusalCode } from '@wracam/contract';
import type { ProgramTx, Write } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { isBudgetSpent, takingBudget } from '../earning/index.ts';
import { BOOKED, dayOf, writesOfStandings } from '../tiers/index.ts';
import { applyToSale, returnedBySale } from './book-return.ts';
import { decideSale, earnFor, packed, packedFrozen, payWithPoints, type Denied } from './book-sale.ts';
import { writesOfCircles } from './circle-caps.ts';
import { correctedReturn, isCorrected, isUndone, neverCame, salesOfReturn, stopWaiting, takeNothing } from './correct-return.ts';
import { UNDECIDED, type BookedAward, type ReturnEffect } from './decision.ts';
import { contentHash, packDocument, refKey, refsOf, type DocumentRef, type NewDocument } from './document.ts';
import { pointerText, readFirst } from './first-read.ts';
import { inTurn, park, takePlace } from './places.ts';
import { eventKeyOf, eventOfReturn } from './return-event.ts';
import { writesOfGrants } from './grants.ts';
import * as store from './store.ts';
import type { DocumentRow, DocumentState, NewRow } from './store.ts';
import { Again, LIVE, answersReturns, completeWorkspace, isOfNobody, isParkedCorrection, memberOf, openWorkspace, type BookingMode, type Request, type SaleRecord, type Workspace } from './workspace.ts';

export type BalanceNow = { readonly walletNo: number; readonly available: number; readonly pending: number; readonly held: number; readonly debt: number; readonly soonest: readonly Expiring[] };
/** What booking one document came to: plain data, enough for the answer. History is answered to nobody, so it has no balances. */
export type Booked = {
  readonly id: number; readonly document: NewDocument; /** Of a return: the event that told it to the rules, which awards and trace are of. */ readonly told?: NewDocument | undefined; readonly state: DocumentState; readonly memberId: number | null; readonly bookedAt: Instant; readonly awards: readonly BookedAward[];
  readonly trace: readonly number[]; readonly rulesetNo: number | null; readonly effects: readonly ReturnEffect[]; readonly balances: readonly BalanceNow[]; readonly duplicate: boolean;
  /** Of the program's names, as the transaction that booked it saw it. */ readonly namesNo: number;
};
export type Outcome = Booked | Denied;
export const isDenied = (outcome: Outcome): outcome is Denied => 'refusal' in outcome;

const AGAIN_MAX = 20;

export const requestOf = (document: NewDocument, id: number): Request => {
  const body = packDocument(document);
  return { document, id, packed: body, contentHash: contentHash(document, body) };
};

/**
 * Books documents of one program in one transaction, one after another in memory, so that two sales of one member see each other.
 * Repeats the whole when another process booked one of them meanwhile or took the last of a budget.
 */
export async function bookDocuments(deps: Deps, programId: number, requests: readonly Request[], mode: BookingMode = LIVE): Promise<Outcome[]> {
  for (let attempt = 1, lockBudgets = false; ; attempt += 1) {
    try {
      return await deps.hotDb.inProgramWith(programId, (tx) => readFirst(tx, programId, requests), async (tx, first) => {
        const work = await completeWorkspace(deps, tx, requests, mode, first, { lockBudgets });
        if (mode.companion?.before) await mode.companion.before(work);
        const outcomes = requests.map((request) => {
          const outcome = bookOne(work, request);
          if (mode.companion && !isDenied(outcome) && !outcome.duplicate) mode.companion.after(work, outcome);
          return outcome;
        });
        const writes = await writesOfBooking(work);
        if (mode.companion) {
          await tx.send(writes);
          await mode.companion.save(work);
        } else tx.commitWith(writes);
        return outcomes;
      });
    } catch (error) {
      if (!isDisturbed(error) || attempt >= AGAIN_MAX) throw error;
      lockBudgets = true;
    }
  }
}

/** What booking would come to; nothing is locked for long and nothing is written. */
export async function previewDocument(deps: Deps, tx: ProgramTx, request: Request): Promise<Outcome> {
  const work = await openWorkspace(deps, tx, [request], LIVE);
  return bookOne(work, request);
}

/** Decides and books one document in memory; what came of it waits in the workspace to be written. */
export function bookOne(work: Workspace, request: Request): Outcome {
  const { document } = request;
  const seen = work.seen.get(refKey(document));
  if (seen && seen.state !== 'awaited') return seen.contentHash.equals(request.contentHash) ? repeatOf(work, seen.id, document) : { refusal: 'document_differs', params: {} };
  if (work.mode.history) setNow(work.set, request.bookedAt ?? document.occurredAt);
  const isPlace = seen !== undefined && seen.id > 0;
  const kept = isPlace ? { ...request, id: seen.id } : request;
  const outcome = document.kind === 'sale' || document.kind === 'event' ? bookSale(work, kept, isPlace ? request.id : undefined) : bookReturn(work, kept, isPlace ? request.id : undefined);
  if (!isDenied(outcome)) work.seen.set(refKey(document), { source: document.source, externalId: document.externalId, id: kept.id, state: outcome.state, memberId: outcome.memberId, contentHash: request.contentHash });
  return outcome;
}

/** A document known before this transaction, or booked a moment ago in it; its first answer is built again by the caller. */
const repeatOf = (work: Workspace, id: number, document: NewDocument): Booked => {
  const row = work.inserts.find((one) => one.id === id);
  return { id, document, state: row?.state ?? 'booked', memberId: row?.memberId ?? null, bookedAt: work.set.book.now, awards: [], trace: [], rulesetNo: null, effects: [], balances: [], duplicate: true, namesNo: work.tx.program.namesNo };
};

/** The member a document is booked for: known, and not blocked or closed; otherwise the document is recorded without points. */
function earner(work: Workspace, document: NewDocument): number | null {
  const id = memberOf(work, document.pointer);
  return id !== null && work.set.members.get(id)?.state === 'active' ? id : null;
}

/** Why nobody can have an event. */
function missingMember(work: Workspace, document: NewDocument): RefusalCode {
  const state = work.set.members.get(memberOf(work, document.pointer) ?? -1)?.state;
  return state === undefined ? 'member_unknown' : state === 'blocked' ? 'member_blocked' : 'member_closed';
}

/** Books what fell due on a member's accounts until the book's now. */
export function settleMember(work: Workspace, memberId: number): void {
  for (const wallet of work.rulesets.wallets) {
    const account = work.set.accounts.get(accountKey(memberId, wallet.no));
    if (!account) continue;
    if (work.mode.history) settleInTurn(work.set, account);
    else settle(work.set.book, account);
  }
}

function bookSale(work: Workspace, request: Request, filledAs?: number): Outcome {
  const { document } = request;
  const memberId = earner(work, document);
  // A sale of nobody can be claimed later; an event is somebody's or it is not.
  if (document.kind === 'event' && memberId === null) return { refusal: missingMember(work, document), params: {} };
  if (memberId !== null) settleMember(work, memberId);
  if (memberId === null && document.payments.some((payment) => payment.kind === 'points')) return { refusal: 'payment_incomplete', params: {} };
  const decided = memberId === null ? null : decideSale(work, document, memberId);
  const spent = memberId === null ? [] : payWithPoints(work, document, memberId, request.id);
  if (!Array.isArray(spent)) return spent;
  const stored = memberId === null ? null : earnFor(work, document, memberId, request.id, decided, spent);
  const row: NewRow = {
    id: request.id, state: memberId === null ? 'unclaimed' : 'booked', memberId, bookedAt: work.set.book.now, document, contentHash: request.contentHash, body: request.packed, decision: packed(stored),
    frozen: packedFrozen(decided), rulesetNo: decided?.ruleset.ruleset.no ?? null, filledAs,
  };
  const place = work.sales.get(refKey(document));
  if (place && place.row.id < 0) takePlace(work, place, request.id);
  (filledAs === undefined ? work.inserts : work.updates).push(row);
  const record: SaleRecord = { row: { id: row.id, state: row.state, memberId, bookedAt: row.bookedAt, document, decision: stored, frozen: decided?.decision.frozen ?? null, rulesetNo: row.rulesetNo }, returns: place?.returns ?? [] };
  work.sales.set(refKey(document), record);
  const effects = applyWaiting(work, record, filledAs ?? request.id);
  return {
    id: request.id, document, state: row.state, memberId, bookedAt: row.bookedAt, awards: stored?.awards ?? [], trace: stored?.trace ?? [], rulesetNo: row.rulesetNo, effects,
    balances: memberId === null || work.mode.history ? [] : balancesNow(work.set, memberId, work.rulesets.wallets), duplicate: false, namesNo: work.tx.program.namesNo,
  };
}

/** Returns to be told to the rules, each to the member who has its sale: when all are applied, as each of their events is a document of its own behind them. */
type Untold = { readonly row: DocumentRow; readonly memberId: number | null }[];

/** Returns that came before their sale are applied the moment it comes, oldest first. `turn`: of the document that they waited for. */
function applyWaiting(work: Workspace, sale: SaleRecord, turn: number): ReturnEffect[] {
  const untold: Untold = [];
  const effects = applyParked(work, sale, untold);
  for (const { row, memberId } of untold) tellReturn(work, row, memberId, turn);
  return effects;
}

function applyParked(work: Workspace, sale: SaleRecord, untold: Untold): ReturnEffect[] {
  return inTurn(work, sale.returns.filter((one) => !one.applied)).map((one) => {
    const parked = work.waiting.get(one.returnId)!;
    const asked = returnedBySale(parked.document).get(refKey(sale.row.document)) ?? [];
    const effect = applyToSale(work, sale, parked.document, one.returnId, asked);
    if (parked.state === 'parked' && !work.states.has(one.returnId)) untold.push({ row: parked, memberId: sale.row.memberId });
    work.states.set(one.returnId, 'booked');
    if (parked.document.kind === 'correction' && effect.corrects === undefined) applyParked(work, nowThere(work, parked, sale.row.memberId), untold);
    return effect;
  });
}

/** A correction whose sale has come is a sale itself from now on, also where nobody has it. */
function nowThere(work: Workspace, row: DocumentRow, heir: number | null): SaleRecord {
  const key = refKey(row.document);
  if (bookCorrected(work, row, heir, true)) return work.sales.get(key)!;
  const there: SaleRecord = { row: { ...row, state: 'booked' }, returns: work.sales.get(key)?.returns ?? [] };
  work.sales.set(key, there);
  return there;
}

/**
 * What came back of a sale, or was put in its place, while nobody had it, once more for the member who has it now, oldest first: a return takes back
 * and is told to the rules of its own day, a correction gives its new side. One that still waits for another sale, or was told to somebody, tells nothing.
 */
export function applyToClaimed(work: Workspace, sale: SaleRecord): ReturnEffect[] {
  const untold: Untold = [];
  const effects = applyAgain(work, sale, untold);
  for (const { row, memberId } of untold) tellReturn(work, row, memberId, sale.row.id);
  return effects;
}

function applyAgain(work: Workspace, sale: SaleRecord, untold: Untold): ReturnEffect[] {
  const earlier = sale.returns;
  const { memberId } = sale.row;
  sale.returns = [];
  return earlier.map((one) => {
    const { returnId } = one;
    const row = work.waiting.get(returnId)!;
    if (neverCame(row, earlier)) {
      sale.returns.push(one);
      return one.effect!;
    }
    const effect = applyToSale(work, sale, row.document, row.id, returnedBySale(row.document).get(refKey(sale.row.document)) ?? []);
    if (row.state === 'booked') untold.push({ row, memberId });
    if (isOfNobody(row) && effect.corrects === undefined && bookCorrected(work, row, memberId, true)) {
      applyAgain(work, work.sales.get(refKey(row.document))!, untold);
      work.states.set(row.id, row.state);
    }
    return effect;
  });
}

/** A return that a correction takes back gives back what it earned itself. */
function eventBehind(work: Workspace, corrected: DocumentRow | null): { sale: SaleRecord; asked: [] }[] {
  const event = corrected?.document.kind === 'return' ? work.sales.get(refKey({ source: store.OWN_SOURCE, externalId: eventKeyOf(corrected.document) })) : undefined;
  return event ? [{ sale: event, asked: [] }] : [];
}

/** Something to give back to: a place that is only kept, or a correction that waits itself, is not. */
export const isThere = (sale: SaleRecord | undefined): boolean => sale !== undefined && sale.row.state !== 'awaited' && !isParkedCorrection(sale.row);

type Aims = { readonly corrected: DocumentRow | null; /** Nothing of it is left to correct. */ readonly undone: boolean; readonly missing: readonly DocumentRef[]; readonly found: readonly { readonly sale: SaleRecord; readonly asked: readonly ReturnedLine[] }[] };

/** What a return or a correction changes at once, and what it has to wait for. */
function aimsOf(work: Workspace, document: NewDocument): Aims {
  const corrected = correctedReturn(work, document);
  const concerned = corrected === null ? [] : salesOfReturn(work, corrected);
  if (corrected !== null && isUndone(corrected, concerned)) return { corrected, undone: true, missing: [], found: [] };
  const stopped = corrected !== null && document.source === store.OWN_SOURCE ? document.lines.map(({ of }) => refKey(of!)) : [];
  if (stopped.length > 0) stopWaiting(work, corrected!.id, document);
  const behind = concerned.filter(({ row }) => !stopped.includes(refKey(row.document)));
  const isKnown = (ref: DocumentRef) => isThere(work.sales.get(refKey(ref))) || (corrected !== null && refKey(ref) === refKey(corrected.document));
  // A correction is about what it names; sales that its lines name are that one's, and waited for with it.
  const named = document.kind !== 'correction' ? refsOf(document) : document.of === null ? [] : [document.of];
  const missing = [...named.filter((ref) => !isKnown(ref)), ...behind.flatMap(({ row }) => (isThere({ row, returns: [] }) ? [] : [row.document]))];
  const found = [
    ...[...returnedBySale(document)].flatMap(([key, asked]) => { const sale = work.sales.get(key); return sale && isThere(sale) ? [{ sale, asked }] : []; }),
    ...eventBehind(work, corrected),
    ...behind.flatMap((sale) => (isThere(sale) ? [{ sale, asked: [] }] : [])),
  ];
  return { corrected, undone: false, missing, found };
}

function applyTo(work: Workspace, found: Aims['found'], document: NewDocument, id: number): ReturnEffect[] {
  const touched = new Set(found.flatMap(({ sale }) => (sale.row.memberId === null ? [] : [sale.row.memberId])));
  for (const member of touched) settleMember(work, member);
  return found.map(({ sale, asked }) => applyToSale(work, sale, document, id, asked));
}

/** What was sent before the return, or the correction of one, that it names is applied when that has come, as if it came only now. */
function applyToArrived(work: Workspace, arrived: SaleRecord): ReturnEffect[] {
  return inTurn(work, arrived.returns.filter((one) => !one.applied)).flatMap(({ returnId }) => {
    const early = work.waiting.get(returnId)!;
    const { corrected, undone, missing, found } = aimsOf(work, early.document);
    if (corrected === null && !isThere(arrived)) return [];
    // What it was to correct was undone while it waited: it is booked, and nothing comes of it.
    if (undone) takeNothing(work, arrived, returnId);
    const effects = undone ? [] : applyTo(work, corrected === null ? [{ sale: arrived, asked: returnedBySale(early.document).get(refKey(arrived.row.document)) ?? [] }] : found, early.document, returnId);
    const own = work.sales.get(refKey(early.document));
    if (corrected !== null) for (const ref of missing) park(work, ref, returnId);
    if (corrected === null || missing.length === 0) {
      work.states.set(returnId, 'booked');
      if (own) own.row = { ...own.row, state: 'booked' };
    }
    return own && corrected !== null ? [...effects, ...applyToArrived(work, own)] : effects;
  });
}

function bookReturn(work: Workspace, request: Request, filledAs?: number): Outcome {
  const { document } = request;
  const place = work.sales.get(refKey(document));
  const { corrected, undone, missing, found } = aimsOf(work, document);
  if (undone) return { refusal: 'document_undone', params: {} };
  if (document.kind === 'correction' && corrected === null && missing.length === 0 && found.length === 0) return bookSale(work, request, filledAs);
  if (place && place.row.id < 0) takePlace(work, place, request.id);
  for (const ref of missing) park(work, ref, request.id);
  const memberId = found.find(({ sale }) => sale.row.memberId !== null)?.sale.row.memberId ?? memberOf(work, document.pointer);
  const state: DocumentState = missing.length > 0 ? 'parked' : 'booked';
  const row: NewRow = { id: request.id, state, memberId: memberId !== null && work.set.members.has(memberId) ? memberId : null, bookedAt: work.set.book.now, document, contentHash: request.contentHash, body: request.packed, decision: null, frozen: null, rulesetNo: null, filledAs };
  (filledAs === undefined ? work.inserts : work.updates).push(row);
  const stands: SaleRecord = { row: { id: row.id, state, memberId: row.memberId, bookedAt: row.bookedAt, document, decision: null, frozen: null, rulesetNo: null }, returns: place?.returns ?? [] };
  if (state === 'parked') work.waiting.set(row.id, stands.row);
  if (isParkedCorrection(stands.row) || (place && state === 'parked')) work.sales.set(refKey(document), stands);
  const effects = applyTo(work, found, document, request.id);
  const isSale = document.kind === 'correction' && corrected === null;
  const instead = isSale && state === 'booked' ? bookCorrected(work, { document, id: request.id }, found[0]?.sale.row.memberId ?? null, false) : null;
  // Another document may name it, in this very transaction: a return, or a correction that gave nobody anything.
  if (instead === null && state === 'booked') work.sales.set(refKey(document), stands);
  const turn = filledAs ?? request.id;
  if (place) effects.push(...(isSale ? (state === 'booked' ? applyWaiting(work, work.sales.get(refKey(document))!, turn) : []) : applyToArrived(work, stands)));
  const told = state === 'booked' ? tellReturn(work, request, row.memberId, turn) : null;
  const decided = instead ?? told;
  return {
    id: request.id, document, told: told?.document, state, memberId: row.memberId, bookedAt: row.bookedAt, awards: decided?.awards ?? [], trace: decided?.trace ?? [], rulesetNo: decided?.rulesetNo ?? null, effects,
    balances: row.memberId === null || work.mode.history ? [] : balancesNow(work.set, row.memberId, work.rulesets.wallets), duplicate: false, namesNo: work.tx.program.namesNo,
  };
}

/** Books the event that tells a return, where a rule answers to it: after what the return took back, in the same commit, under a key of its own. */
function tellReturn(work: Workspace, { id, document }: Pick<Request, 'id' | 'document'>, memberId: number | null, turn: number): Booked | null {
  const { returnEvents } = work;
  if (returnEvents === null || document.kind !== 'return' || document.source === store.OWN_SOURCE || returnEvents.told.has(eventKeyOf(document)) || work.sales.has(refKey({ source: store.OWN_SOURCE, externalId: eventKeyOf(document) })) || memberId === null || work.set.members.get(memberId)?.state !== 'active' || !answersReturns(work.rulesets.at(document.occurredAt))) return null;
  const event = eventOfReturn(document, id, memberId, work.tx.program.timeZone, (key) => work.sales.get(key) ?? returnEvents.earlier.get(key));
  if (event === null || isCorrected(work, id)) return null;
  const request = requestOf(event, returnEvents.ids.shift()!);
  work.pointers.set(pointerText({ id: memberId }), memberId);
  const outcome = bookSale(work, request);
  // Its member was looked at, and it pays with nothing.
  if (isDenied(outcome)) throw new Error(`the event of a return was refused: ${outcome.refusal}`);
  returnEvents.turns.set(request.id, turn);
  return outcome;
}

/** The new side of a correction is a sale under the correction's own key, of the member who had the old one. */
function bookCorrected(work: Workspace, correction: Pick<Request, 'document' | 'id'>, heir: number | null, late: boolean): { awards: readonly BookedAward[]; trace: readonly number[]; rulesetNo: number | null } | null {
  const memberId = earner(work, correction.document) ?? (correction.document.pointer === null && heir !== null && work.set.members.get(heir)?.state === 'active' ? heir : null);
  if (memberId === null || correction.document.totalMinor === 0) return null;
  const decided = decideSale(work, correction.document, memberId);
  const stored = earnFor(work, correction.document, memberId, correction.id, decided, []) ?? UNDECIDED;
  const rows = [work.inserts, work.updates].find((list) => list.some((row) => row.id === correction.id));
  const at = rows?.findIndex((row) => row.id === correction.id) ?? -1;
  const now = { decision: packed(stored), frozen: packedFrozen(decided), rulesetNo: decided?.ruleset.ruleset.no ?? null, memberId };
  if (rows) rows[at] = { ...rows[at]!, ...now };
  const parked = late ? work.waiting.get(correction.id) : undefined;
  if (parked) {
    const body = packDocument(parked.document);
    work.updates.push({ id: parked.id, state: 'booked', bookedAt: parked.bookedAt, document: parked.document, contentHash: contentHash(parked.document, body), body, ...now });
    work.states.delete(parked.id);
  }
  const row = { id: correction.id, state: 'booked' as const, memberId, bookedAt: parked?.bookedAt ?? work.set.book.now, document: correction.document, decision: stored, frozen: decided?.decision.frozen ?? null, rulesetNo: now.rulesetNo };
  work.sales.set(refKey(correction.document), { row, returns: work.sales.get(refKey(correction.document))?.returns ?? [] });
  return { awards: stored.awards, trace: stored.trace, rulesetNo: now.rulesetNo };
}

/** Balances of a member's accounts as the working set has them, in the order of the wallets. */
export function balancesNow({ accounts }: Pick<WorkingSet, 'accounts'>, memberId: number, wallets: readonly { readonly no: number }[]): BalanceNow[] {
  const balances: BalanceNow[] = [];
  for (const { no } of wallets) {
    const account = accounts.get(accountKey(memberId, no));
    if (account) balances.push({ walletNo: no, available: account.available, pending: account.pending, held: account.held, debt: account.debt, soonest: account.soonest.slice() });
  }
  return balances;
}

/** What was decided, as writes in the order in which they must run. One that lost a race for a key or a budget fails (`isDisturbed`): the whole starts again. */
async function writesOfBooking(work: Workspace): Promise<Write[]> {
  const { program } = work.tx;
  // Live booking settles every account it locked, also those that no document touched: their lots were read for it.
  if (!work.mode.history) settleAll(work.set);
  const places = work.inserts.filter((row) => row.id < 0);
  const ids = places.length > 0 ? await work.deps.ids.take(places.length) : [];
  const idOf = new Map(places.map((row, at) => [row.id, ids[at]!]));
  const inserts = work.inserts.map((row) => (row.id < 0 ? { ...row, id: idOf.get(row.id)! } : row));
  const budgets = [...work.budgetUse].filter(([, points]) => points !== 0).sort(([a], [b]) => a - b);
  return [
    ...store.insertingDocuments(program, inserts, work.mode.batchNo),
    ...store.settingTurns(program.id, work.returnEvents?.turns),
    ...work.updates.map((row) => store.updatingDocument(program.id, row)),
    ...[...work.states].map(([id, state]) => store.settingState(program.id, id, state)),
    ...store.savingReturns(program.id, Array.from(work.returns.values(), (one) => ({ ...one, saleId: idOf.get(one.saleId) ?? one.saleId }))),
    ...writesOf(work.set),
    ...await writesOfGrants(work, (id) => idOf.get(id) ?? id),
    ...(work.standings ? (await writesOfStandings(work.deps, work.tx, work.standings, dayOf(program.timeZone, program.now), BOOKED)).writes : []),
    ...(work.rulesets.followed ? touchingMembers(program, membersOfWrites(work)) : []),
    ...writesOfCircles(work),
    // Last, because a budget's row is shared by the whole program.
    ...budgets.map(([ruleId, points]) => takingBudget(program.id, ruleId, points, budgetLimit(work, ruleId))),
  ];
}

/** Members of the documents that are written or changed: one that was refused touches nobody. */
function membersOfWrites(work: Workspace): number[] {
  const changed = work.returns.size + work.states.size > 0 ? [...work.sales.values()].map(({ row }) => row) : [];
  return [...new Set([...work.inserts, ...work.updates, ...changed].flatMap(({ memberId }) => (memberId === null ? [] : [memberId])))];
}

/** Writes what was decided, in a transaction that goes on. Throws `Again` when another process was faster. */
export async function save(work: Workspace): Promise<void> {
  try {
    await work.tx.send(await writesOfBooking(work));
  } catch (error) {
    throw isDisturbed(error) ? new Again('booked meanwhile', { cause: error }) : error;
  }
}

const isDisturbed = (error: unknown) => error instanceof Again || store.isBookedMeanwhile(error) || isBudgetSpent(error);

const budgetLimit = (work: Workspace, ruleId: number): number => {
  for (const { row } of work.sales.values()) {
    const rule = row.rulesetNo === null ? undefined : work.rulesets.byNo(row.rulesetNo).shared.find((one) => one.ruleId === ruleId);
    const budget = rule?.limits.find((one) => one.counter === 'program');
    if (budget) return budget.limit;
  }
  return Number.MAX_SAFE_INTEGER;
};
