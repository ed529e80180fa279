import type { Line } from '@wracam/engine/facts';
import { linesOf } from '@wracam/engine/facts';
import { operations, refusals, type Language } from '@wracam/contract';
import { transactionInput } from '@wracam/contract/transactions';
import type { z } from 'zod';
import { asciiJson } from '../../platform/ascii-json.ts';
import type { ProgramTx } from '../../platform/db.ts';
import { readCursor, writeCursor } from '../../platform/cursor.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { parse, problemBody, route, type Route } from '../../platform/http.ts';
import type { ProgramKeys } from '../../platform/keyring.ts';
import { refuse, Refusal } from '../../platform/refusal.ts';
import { iso } from '../../platform/iso.ts';
import { grantViewsOf } from '../earning/index.ts';
import { getTransferView } from '../ledger/index.ts';
import { displayNames } from '../members/index.ts';
import { checkDocument, claimTransaction, previewTransaction, recordTransactions } from './actions.ts';
import { reasonViewsOf, transactionJson } from './answer-json.ts';
import { answerWords, awardViews, effectOfAll, eventsOfReturns, excessOf, explanationOf, givenBackOf, headOf, stateOf, takenBackOf } from './answers.ts';
import { saleDocument, type DocumentLine, type NewDocument } from './document.ts';
import { documentValues } from './document-values.ts';
import { markTransaction, milestonesOf } from './milestones.ts';
import { pointerOf, refuseOwnAccount } from './pointer.ts';
import type { BookingQueue } from './queue.ts';
import { explainOrigin } from './explanations.ts';
import { effectsOfUndoing, voidTransaction } from './void-document.ts';
import * as store from './store.ts';
import type { DocumentRow } from './store.ts';

type Input = z.output<typeof transactionInput>;

/** Thousandths of a unit; the contract lets at most three decimals through. */
const thousandths = (quantity: number | undefined) => (quantity === undefined ? 1000 : Math.floor(quantity * 1000 + 0.5));

function lineOf(line: NonNullable<Input['lines']>[number], isReturn: boolean): DocumentLine {
  return {
    lineId: line.lineId, kind: line.kind ?? 'goods', sku: line.sku ?? '', name: line.name ?? '', category: line.category ?? '', brand: line.brand ?? null,
    // A return that tells no quantity gives money back; a sale that tells none sold one piece.
    quantity: line.quantity === undefined && isReturn ? 0 : thousandths(line.quantity), unit: line.unit ?? null, amountMinor: line.amountMinor, discountMinor: line.discountMinor ?? 0, taxRateBps: line.taxRate ?? null,
    attributes: line.attributes ?? {}, of: line.of ? { source: line.of.source, externalId: line.of.externalId, lineId: line.of.lineId ?? null } : null,
  };
}

function documentOf(deps: Deps, keys: ProgramKeys, currency: string, input: Input): NewDocument {
  return {
    source: input.source, externalId: input.externalId, kind: input.kind, occurredAt: Date.parse(input.occurredAt), pointer: pointerOf(deps, keys, input.member), totalMinor: input.totalMinor,
    lines: (input.lines ?? []).map((line) => lineOf(line, input.kind === 'return')), currency: input.currency ?? currency, store: input.store ?? null, till: input.till ?? null, cashier: input.cashier ?? null,
    channel: input.channel ?? null, attributes: input.attributes ?? {}, of: input.of ?? null,
    payments: (input.payments ?? []).map((payment) => ({ kind: payment.kind, amountMinor: payment.amountMinor, points: payment.points ?? null, wallet: payment.wallet ?? null, holdId: payment.hold === undefined ? null : deps.publicIds.decode('hld', payment.hold) ?? refuse('not_found') })),
  };
}

/** Currency and clock of a program; the currency never changes, so one look a process is enough. */
const currencies = new WeakMap<Deps, Map<number, { currency: string; test: boolean }>>();
async function programFacts(deps: Deps, programId: number): Promise<{ currency: string; now: number }> {
  let known = currencies.get(deps);
  if (!known) currencies.set(deps, known = new Map());
  const facts = known.get(programId);
  if (facts && !facts.test) return { currency: facts.currency, now: Date.now() };
  const read = await deps.db.readProgram(programId, async ({ program }) => ({ currency: program.currency, test: program.test, now: program.now }));
  known.set(programId, read);
  return read;
}

async function readDocument(deps: Deps, ctx: Ctx, input: Input): Promise<NewDocument> {
  // Our own documents, such as the return that voids a sale, must not meet a stranger's.
  if (input.source === store.OWN_SOURCE) refuse('invalid_request', {}, [{ pointer: '/source', detail: `"${store.OWN_SOURCE}" is reserved` }]);
  const program = await programFacts(deps, ctx.programId);
  const document = documentOf(deps, await deps.keyring.forProgram(ctx.programId), program.currency, input);
  checkDocument(document, program, ctx.language);
  return document;
}

/** One result of a batch: an answer, or the problem of that document alone. */
function resultOf(one: Awaited<ReturnType<typeof recordTransactions>>[number], ctx: Ctx) {
  if (!(one instanceof Refusal)) return { status: 200 as const, answer: one };
  const { code, detail, errors } = problemBody(one.code, one.params, ctx.language, ctx.requestId, one.faults);
  return { status: refusals[one.code].status, problem: { code, detail, ...(errors ? { errors: [...errors] } : {}) } };
}

async function recordBatch(deps: Deps, queue: BookingQueue, ctx: Ctx, inputs: readonly unknown[]) {
  const read = await Promise.all(inputs.map(async (input) => {
    try {
      return await readDocument(deps, ctx, parse(transactionInput, input, ctx.language));
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  }));
  const documents = read.filter((one): one is NewDocument => !(one instanceof Refusal));
  const answers = documents.length === 0 ? [] : await recordTransactions(deps, queue, ctx, documents);
  let at = 0;
  return { results: read.map((one) => resultOf(one instanceof Refusal ? one : answers[at++]!, ctx)) };
}

const batchJson = ({ results }: Awaited<ReturnType<typeof recordBatch>>) =>
  `{"results":[${results.map((one) => (one.answer ? `{"status":200,"answer":${transactionJson(one.answer)}}` : asciiJson(one))).join(',')}]}`;

const idOf = (deps: Deps, text: string) => deps.publicIds.decode('txn', text) ?? refuse('not_found');

async function transactionDetail(deps: Deps, ctx: Ctx, tx: ProgramTx, id: number) {
  const [row] = await store.readDocuments(tx, [id]);
  if (!row || row.state === 'awaited') refuse('not_found');
  const known = await answerWords(deps, tx, [row.rulesetNo]);
  const words = explanationOf(known, { rulesetNo: row.rulesetNo, trace: row.decision?.trace ?? [], document: row.document }, ctx.language);
  const returned = new Map<string, { quantity: number; amountMinor: number }>();
  const ofSale = ((await store.returnsOf(tx, [id])).get(id) ?? []).flatMap(({ applied, effect }) => (applied && effect ? [effect] : []));
  for (const line of ofSale.flatMap((effect) => effect.taken)) {
    const sum = returned.get(line.lineId) ?? { quantity: 0, amountMinor: 0 };
    returned.set(line.lineId, { quantity: sum.quantity + line.quantity, amountMinor: sum.amountMinor + line.amountMinor });
  }
  // What an undone return took came back.
  const isUndone = row.document.kind === 'return' && row.state === 'voided';
  const effects = row.document.kind === 'sale' || row.document.kind === 'event' ? null : isUndone ? [] : await store.effectsOfReturn(tx, id);
  const [excess, givenBack] = [excessOf(row.document, effects ?? []), givenBackOf(known.rulesets.wallets, isUndone ? await effectsOfUndoing(tx, row) : effects ?? [])];
  const names = await displayNames(tx, await deps.keyring.forProgram(ctx.programId), row.memberId === null ? [] : [row.memberId]);
  const grants = row.decision && row.decision.grants.length > 0 ? await grantViewsOf(deps, tx, id) : [];
  return {
    ...headOf(deps, row), memberName: row.memberId === null ? null : names.get(row.memberId) ?? null, lines: (row.document.kind === 'event' && row.document.lines.length === 0 ? [] : linesOf(saleDocument(row.document))).map((line) => lineView(line, returned.get(line.lineId))),
    store: row.document.store, till: row.document.till, cashier: row.document.cashier, channel: row.document.channel, payments: row.document.payments.map(({ kind, amountMinor, points }) => ({ kind, amountMinor, points })),
    ...(grants.length > 0 ? { grants } : {}),
    awards: awardViews(known.rulesets.wallets, row.decision?.awards ?? [], words), notApplied: reasonViewsOf(words),
    takenBack: takenBackOf(known.rulesets.wallets, effects ?? effectOfAll(ofSale)), ...(givenBack ? { givenBack } : {}), ...(excess ? { excess } : {}),
    ...(row.document.kind === 'event' ? { fields: row.document.attributes } : {}),
    milestones: (await milestonesOf(tx, id)).map(({ fact, at }) => ({ fact, at: iso(at) })),
    related: [...await store.relatedOf(tx, id), ...await toldBeside(tx, row)].map((one) => ({ id: deps.publicIds.encode('txn', one.id), kind: one.kind, state: stateOf(one.state), occurredAt: iso(one.occurredAt), totalMinor: one.totalMinor })),
  };
}

/** Beside a return the event that told it to the rules, and beside that the return. */
async function toldBeside(tx: ProgramTx, row: DocumentRow): Promise<store.RelatedRow[]> {
  const { of, kind } = row.document;
  const found = kind === 'event' && of !== null ? await store.readDocuments(tx, (await store.seenDocuments(tx, tx.program.id, [of])).map((one) => one.id)) : [...(await eventsOfReturns(tx, [row])).values()];
  return found.map(({ id, state, document }) => ({ id, kind: document.kind, state, occurredAt: document.occurredAt, totalMinor: document.totalMinor }));
}

const orNull = (text: string) => (text === '' ? null : text);
const lineView = (line: Line, returned: { quantity: number; amountMinor: number } | undefined) => ({
  lineId: line.lineId, kind: line.kind, sku: orNull(line.sku), name: orNull(line.name), category: orNull(line.category), brand: line.brand, quantity: line.quantity / 1000, unit: line.unit, amountMinor: line.amountMinor,
  discountMinor: line.discountMinor, returnedQuantity: (returned?.quantity ?? 0) / 1000, returnedMinor: returned?.amountMinor ?? 0,
});

const PAGE = 50;

async function listTransactions(deps: Deps, ctx: Ctx, tx: ProgramTx, query: z.output<(typeof operations)['listTransactions']['query']>) {
  const limit = query.limit ?? PAGE;
  const rows = await store.listDocuments(tx, { memberId: query.member === undefined ? undefined : deps.publicIds.decode('mem', query.member) ?? refuse('member_unknown'), kind: query.kind, state: query.state, externalId: query.externalId, before: readCursor(query.cursor)?.id, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const names = await displayNames(tx, await deps.keyring.forProgram(ctx.programId), [...new Set(page.flatMap((row) => (row.memberId === null ? [] : [row.memberId])))]);
  const effects = await store.movedBy(tx, page.filter((row) => row.document.kind !== 'sale').map((row) => row.id));
  const items = page.map((row) => ({
    ...headOf(deps, row), memberName: row.memberId === null ? null : names.get(row.memberId) ?? null,
    points: (row.decision?.awards ?? []).reduce((sum, award) => sum + award.points, 0) - (effects.get(row.id) ?? 0),
  }));
  const last = page.at(-1);
  return { items, next: rows.length > limit && last ? writeCursor({ at: 0, id: last.id }) : null };
}

/** What explanations need from above; given by app.ts. `whyOfGrant`: why the points of a goal came or went; null where the id is none of its own. */
export type ExplanationNeeds = { readonly whyOfGrant: (deps: Deps, tx: ProgramTx, grantId: number, kind: 'earn' | 'return', language: Language) => Promise<string | null> };

/** Why points came or went: the ledger's row, and for a document the rules with their arithmetic. */
async function explainTransfer(deps: Deps, tx: ProgramTx, { whyOfGrant }: ExplanationNeeds, publicId: string, onlyMember: number | null, language: Language) {
  const id = deps.publicIds.decodeTransfer(publicId);
  if (!id || (onlyMember !== null && id.memberId !== onlyMember)) refuse('not_found');
  const [found] = await getTransferView(deps, tx, [id], language);
  if (!found) refuse('not_found');
  const said = await explainOrigin(deps, tx, found, language);
  const { kind } = found.entry;
  if (found.row.origin.kind !== 'system' || found.row.origin.id === null || (kind !== 'earn' && kind !== 'return')) return said;
  return { ...said, sentence: await whyOfGrant(deps, tx, found.row.origin.id, kind, language) ?? said.sentence };
}

export const transactionRoutes = (queue: BookingQueue, needs: ExplanationNeeds): readonly Route[] => [
  route('recordTransaction', async (deps, { ctx, body }) => {
    const answer = (await recordTransactions(deps, queue, ctx, [await readDocument(deps, ctx, body)]))[0]!;
    if (answer instanceof Refusal) throw answer;
    return answer;
  }, transactionJson),
  route('recordTransactions', (deps, { ctx, body }) => recordBatch(deps, queue, ctx, body.transactions), batchJson),
  route('previewTransaction', async (deps, { ctx, body }) => previewTransaction(deps, ctx, await readDocument(deps, ctx, { ...body, source: body.source ?? 'preview', externalId: body.externalId ?? ctx.requestId }))),
  route('listDocumentValues', (deps, { ctx }) => documentValues(deps, ctx)),
  route('listTransactions', (deps, { ctx, query }) => deps.db.readProgram(ctx.programId, (tx) => listTransactions(deps, ctx, tx, query))),
  route('getTransaction', (deps, { ctx, params }) => deps.db.readProgram(ctx.programId, (tx) => transactionDetail(deps, ctx, tx, idOf(deps, params.transaction)))),
  route('claimTransaction', async (deps, { ctx, params, body }) => {
    const pointer = pointerOf(deps, await deps.keyring.forProgram(ctx.programId), body.member) ?? refuse('member_unknown');
    await refuseOwnAccount(deps, ctx, pointer);
    return claimTransaction(deps, ctx, idOf(deps, params.transaction), pointer);
  }),
  route('voidTransaction', (deps, { ctx, params, body }) => voidTransaction(deps, ctx, idOf(deps, params.transaction), body.reason)),
  route('markTransaction', (deps, { ctx, params, body }) => markTransaction(deps, ctx, idOf(deps, params.transaction), body.fact)),
  route('explainTransfer', (deps, { ctx, params }) => deps.db.readProgram(ctx.programId, (tx) => explainTransfer(deps, tx, needs, params.transfer, null, ctx.language))),
  route('explainMyTransfer', (deps, { ctx, params }) => deps.db.readProgram(ctx.programId, (tx) => explainTransfer(deps, tx, needs, params.transfer, ctx.memberId, ctx.language))),
];
