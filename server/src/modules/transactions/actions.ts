import type { Language } from '@wracam/contract';
import { refusalWords } from '@wracam/contract';
import { localDate, daysBetween } from '@wracam/engine/calendar';
import { act, audit } from '../../platform/act.ts';
import { DatabaseAway, type ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse, Refusal } from '../../platform/refusal.ts';
import { settleAll } from '../ledger/index.ts';
import { answerOf, answerWords, repeatedAnswers, type AnswerWords, type TransactionAnswer as Answer } from './answers.ts';
import { decideSale, earnFor, packed, packedFrozen } from './book-sale.ts';
import { applyToClaimed, balancesNow, bookDocuments, isDenied, previewDocument, requestOf, save, type Booked, type Outcome } from './booking.ts';
import { contentHash, documentFaults, packDocument, type NewDocument, type Pointer } from './document.ts';
import { endWaiting, milestonesOf } from './milestones.ts';
import type { BookingQueue } from './queue.ts';
import { readDocuments } from './store.ts';
import { LIVE, memberOf, openWorkspace, readOldCaps, untilUndisturbed, type Companion, type Workspace } from './workspace.ts';

/** Days in which a sale without a member may be claimed. */
export const CLAIM_DAYS = 30;

type ProgramFacts = { readonly now: number; readonly currency: string };

/** Refuses a document whose parts contradict each other or the program, with every fault. */
export function checkDocument(document: NewDocument, program: ProgramFacts, language: Language): void {
  const faults = documentFaults(document, { now: program.now, currency: program.currency, history: false });
  if (faults.length === 0) return;
  const [first] = faults;
  throw new Refusal(first!.code, first!.params, faults.map(({ code, params, pointer }) => ({ pointer, detail: refusalWords(code, language, params).sentence })));
}

async function answerTo(deps: Deps, ctx: Ctx, outcomes: readonly Outcome[]): Promise<(Answer | Refusal)[]> {
  const booked = outcomes.filter((one): one is Booked => !isDenied(one));
  const rulesetNos = [...new Set(booked.flatMap((one) => (one.rulesetNo === null ? [] : [one.rulesetNo])))];
  const known = knownWords(deps, ctx.programId, rulesetNos, booked.reduce((newest, one) => Math.max(newest, one.namesNo), 0));
  const needsRead = !known || booked.some((one) => one.duplicate);
  if (!needsRead) return outcomes.map((one) => (isDenied(one) ? new Refusal(one.refusal, one.params) : answerOf(deps, known.words, one, ctx.language)));
  return deps.db.readProgram(ctx.programId, async (tx) => {
    const words = await answerWords(deps, tx, rulesetNos);
    // A repeat names no ruleset: what was known stays known, or every request after it would read again.
    memory(deps).set(ctx.programId, { words, namesNo: tx.program.namesNo, nos: new Set([...memory(deps).get(ctx.programId)?.nos ?? [], ...rulesetNos]) });
    const repeated = await repeatedAnswers(deps, tx, booked.filter((one) => one.duplicate).map((one) => one.id), ctx.language);
    return outcomes.map((one) => (isDenied(one) ? new Refusal(one.refusal, one.params) : one.duplicate ? repeated.get(one.id)! : answerOf(deps, words, one, ctx.language)));
  });
}

/**
 * Rulesets never change, so the answer to a booking needs no second look at the database once its ruleset is known here, and the names that were
 * the program's when it was booked.
 */
type Known = { readonly words: AnswerWords; readonly namesNo: number; readonly nos: Set<number> };
const memories = new WeakMap<Deps, Map<number, Known>>();
function memory(deps: Deps): Map<number, Known> {
  let known = memories.get(deps);
  if (!known) memories.set(deps, known = new Map());
  return known;
}
function knownWords(deps: Deps, programId: number, nos: readonly number[], namesNo: number): Known | null {
  const known = memory(deps).get(programId);
  return known && known.namesNo >= namesNo && nos.every((no) => known.nos.has(no)) ? known : null;
}

/** Books documents that came in one request, in their order; each has its own answer or refusal. */
export async function recordTransactions(deps: Deps, queue: BookingQueue, ctx: Ctx, documents: readonly NewDocument[]): Promise<(Answer | Refusal)[]> {
  const settled = await queue.book(ctx.programId, documents);
  const outcomes: Outcome[] = [];
  for (const one of settled) {
    if (one.status === 'fulfilled') outcomes.push(one.value);
    else if (documents.length === 1 || one.reason instanceof DatabaseAway) throw one.reason;
    else {
      if (!(one.reason instanceof Refusal)) deps.log.error({ error: one.reason instanceof Error ? one.reason.message : 'unknown' }, 'a document could not be booked');
      outcomes.push(one.reason instanceof Refusal ? { refusal: one.reason.code, params: one.reason.params } : { refusal: 'internal', params: { requestId: ctx.requestId } });
    }
  }
  return answerTo(deps, ctx, outcomes);
}

/**
 * Books one document together with something else, in one commit. `also` runs only when the document is new, under its member's lock; its
 * refusal undoes both.
 */
export async function bookTogether(deps: Deps, programId: number, document: NewDocument, also: (tx: ProgramTx, id: number) => Promise<void>): Promise<Outcome> {
  const [id] = await deps.ids.take(1);
  // The transaction may be repeated: what an earlier attempt booked is not there any more.
  const newIn = new WeakMap<Workspace, number>();
  const companion: Companion = {
    after: (work, booked) => { newIn.set(work, booked.id); },
    save: async (work) => { const booked = newIn.get(work); if (booked !== undefined) await also(work.tx, booked); },
  };
  return (await bookDocuments(deps, programId, [requestOf(document, id!)], { ...LIVE, companion }))[0]!;
}

/** As `bookTogether`, with the answer to whoever asked for it. */
export async function recordTogether(deps: Deps, ctx: Ctx, document: NewDocument, also: (tx: ProgramTx, id: number) => Promise<void>): Promise<Answer> {
  const [answer] = await answerTo(deps, ctx, [await bookTogether(deps, ctx.programId, document, also)]);
  if (answer instanceof Refusal) throw answer;
  return answer!;
}

/** What a document would earn now. Saves nothing: its transaction is rolled back. */
export async function previewTransaction(deps: Deps, ctx: Ctx, document: NewDocument): Promise<Answer> {
  let answer: Answer | undefined;
  const undo = new Error('preview');
  const [id] = await deps.ids.take(1);
  await untilUndisturbed(() => deps.db.inProgram(ctx.programId, async (tx) => {
    const outcome = await previewDocument(deps, tx, requestOf(document, id!));
    if (isDenied(outcome)) refuse(outcome.refusal, outcome.params);
    const words = await answerWords(deps, tx, [outcome.rulesetNo]);
    answer = outcome.duplicate ? (await repeatedAnswers(deps, tx, [outcome.id], ctx.language)).get(outcome.id)! : answerOf(deps, words, outcome, ctx.language);
    throw undo;
  })).catch((error: unknown) => { if (error !== undo) throw error; });
  return answer!;
}

/** Gives a sale without a member to one: rules of the day it occurred, facts and caps of now, only the lines that were not returned; returns that came meanwhile are told to the rules of their own day. */
export const claimTransaction = (deps: Deps, ctx: Ctx, id: number, pointer: Pointer) => untilUndisturbed(() => act(deps, ctx, async (tx): Promise<Answer> => {
  const [found] = await readDocuments(tx, [id]);
  const probe = requestOf({ source: '', externalId: '', kind: 'return', occurredAt: tx.program.now, pointer, totalMinor: 0, lines: [], payments: [], currency: '', store: null, till: null, cashier: null, channel: null, attributes: {}, of: null }, 0);
  const work = await openWorkspace(deps, tx, [probe], LIVE, { saleIds: [id], memberIds: found && found.memberId !== null ? [found.memberId] : [], claims: true });
  const memberId = memberOf(work, pointer);
  const member = memberId === null ? undefined : work.set.members.get(memberId);
  if (memberId === null || !member) refuse('member_unknown');
  if (member.state !== 'active') refuse(member.state === 'blocked' ? 'member_blocked' : 'member_closed');
  const sale = [...work.sales.values()].find(({ row }) => row.id === id) ?? refuse('not_found');
  const { timeZone } = tx.program;
  const age = daysBetween(localDate(timeZone, sale.row.document.occurredAt), localDate(timeZone, tx.program.now));
  if (sale.row.state !== 'unclaimed' || age > CLAIM_DAYS) refuse('transaction_not_claimable', { days: CLAIM_DAYS });
  settleAll(work.set);
  await readOldCaps(work, memberId, sale.row.document.occurredAt, work.rulesets.at(sale.row.document.occurredAt)?.periods ?? []);
  const decided = decideSale(work, sale.row.document, memberId);
  const stored = earnFor(work, sale.row.document, memberId, id, decided, []);
  const body = packDocument(sale.row.document);
  work.updates.push({ id, state: 'booked', memberId, bookedAt: sale.row.bookedAt, document: sale.row.document, contentHash: contentHash(sale.row.document, body), body, decision: packed(stored), frozen: packedFrozen(decided), rulesetNo: decided?.ruleset.ruleset.no ?? null });
  sale.row = { ...sale.row, state: 'booked', memberId, decision: stored, frozen: decided?.decision.frozen ?? null, rulesetNo: decided?.ruleset.ruleset.no ?? null };
  for (const { fact } of await milestonesOf(tx, id)) endWaiting(work, sale, fact);
  const effects = applyToClaimed(work, sale);
  await save(work);
  await audit(deps, tx, ctx, 'transaction.claimed', deps.publicIds.encode('txn', id), { member: deps.publicIds.encode('mem', memberId) });
  const booked = { id, document: sale.row.document, state: 'booked' as const, memberId, bookedAt: sale.row.bookedAt, awards: stored?.awards ?? [], trace: stored?.trace ?? [], rulesetNo: sale.row.rulesetNo, effects, balances: balancesNow(work.set, memberId, work.rulesets.wallets), duplicate: false };
  return answerOf(deps, await answerWords(deps, tx, [booked.rulesetNo]), booked, ctx.language);
}));
