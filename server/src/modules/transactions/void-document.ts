import { act, audit } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { settleAll } from '../ledger/index.ts';
import { answerOf, answerWords, type TransactionAnswer as Answer } from './answers.ts';
import { isAskedAgain } from './asked-again.ts';
import { applyToSale } from './book-return.ts';
import { balancesNow, bookOne, isDenied, isThere, requestOf, save } from './booking.ts';
import { isCorrected, salesOfReturn } from './correct-return.ts';
import type { ReturnEffect } from './decision.ts';
import { refKey, type DocumentLine, type NewDocument } from './document.ts';
import { correctsReturn, effectsOfReturn, hasStandingReturn, OWN_SOURCE, readDocuments, seenDocuments, type DocumentRow } from './store.ts';
import { LIVE, openWorkspace, untilUndisturbed, type SaleRecord, type Workspace } from './workspace.ts';

/** Made of the id of what is undone, so that there is one for ever. */
const keyOfUndoing = ({ id }: DocumentRow) => ({ source: OWN_SOURCE, externalId: `void:${id}` });

/** A document of our own that undoes another one. */
const undoing = (row: DocumentRow, kind: 'return' | 'correction', now: number): NewDocument => {
  const { document } = row;
  return { ...document, ...keyOfUndoing(row), kind, occurredAt: now, lines: [], payments: [], of: { source: document.source, externalId: document.externalId } };
};

/** Tells that nothing of a sale that is still to come ever comes back. */
const nothingOf = ({ row: { document: { source, externalId } } }: SaleRecord, at: number): DocumentLine => ({
  lineId: `${at + 1}`, kind: 'goods', sku: '', name: '', category: '', brand: null, quantity: 0, unit: null, amountMinor: 0, discountMinor: 0, taxRateBps: null, attributes: {}, of: { source, externalId, lineId: null },
});

/** What came of undoing a document, with its balances in memory. `before`: somebody had undone it already. */
type Undone = { readonly work: Workspace; readonly row: DocumentRow; readonly effects: readonly ReturnEffect[]; readonly before: boolean };

/** A sale, a correction or an event with what is needed to undo it, under its member's lock. */
async function openDocument(deps: Deps, tx: ProgramTx, { id, memberId }: DocumentRow): Promise<{ work: Workspace; sale: SaleRecord }> {
  const work = await openWorkspace(deps, tx, [], LIVE, { saleIds: [id], memberIds: memberId === null ? [] : [memberId] });
  return { work, sale: [...work.sales.values()].find(({ row }) => row.id === id)! };
}

/** Where every return was undone, the sale is whole again. */
const isVoidable = async (tx: ProgramTx, { row, returns }: SaleRecord): Promise<boolean> =>
  row.document.kind !== 'return' && ['booked', 'unclaimed'].includes(row.state) && (returns.length === 0 || !await hasStandingReturn(tx, row.id));

/** Everything a document gave goes back as by a full return, and the document is marked. */
async function takeAllBack(deps: Deps, work: Workspace, sale: SaleRecord): Promise<ReturnEffect> {
  settleAll(work.set);
  const [returnId] = await deps.ids.take(1);
  const { now } = work.tx.program;
  const document = undoing(sale.row, 'return', now);
  const request = requestOf(document, returnId!);
  work.inserts.push({ id: returnId!, state: 'booked', memberId: sale.row.memberId, bookedAt: now, document, contentHash: request.contentHash, body: request.packed, decision: null, frozen: null, rulesetNo: null });
  const effect = applyToSale(work, sale, document, returnId!, []);
  work.states.set(sale.row.id, 'voided');
  await save(work);
  return effect;
}

async function undoSale(deps: Deps, tx: ProgramTx, found: DocumentRow): Promise<Undone> {
  const { work, sale } = await openDocument(deps, tx, found);
  if (!await isVoidable(tx, sale) || await correctsReturn(tx, found.id)) refuse('transaction_not_voidable');
  return { work, row: sale.row, effects: [await takeAllBack(deps, work, sale)], before: false };
}

/**
 * A return that was a mistake is corrected to nothing by a document of our own: its sales have back what it took, what it earned itself is taken,
 * and what of it still waits for a sale never comes. Asked again it answers what came of it then.
 */
async function undoReturn(deps: Deps, tx: ProgramTx, found: DocumentRow): Promise<Undone> {
  const [id] = await deps.ids.take(1);
  const request = requestOf({ ...undoing(found, 'correction', tx.program.now), totalMinor: 0, pointer: found.memberId === null ? null : { id: found.memberId } }, id!);
  const work = await openWorkspace(deps, tx, [request], LIVE);
  const { row, returns } = work.sales.get(refKey(found.document))!;
  if (row.state === 'voided') return { work, row, effects: await effectsOfUndoing(tx, row), before: true };
  const waits = [...work.waiting.values()].some(({ document: { of } }) => of !== null && refKey(of) === refKey(found.document));
  if (!['booked', 'parked'].includes(row.state) || row.document.source === OWN_SOURCE) refuse('transaction_not_voidable');
  if (returns.length > 0 || waits || isCorrected(work, row.id)) refuse('return_corrected');
  if (salesOfReturn(work, row).some((sale) => isAskedAgain(sale, row.id))) refuse('return_repeated');
  settleAll(work.set);
  const absent = salesOfReturn(work, row).filter((sale) => !isThere(sale));
  const outcome = bookOne(work, absent.length === 0 ? request : requestOf({ ...request.document, lines: absent.map(nothingOf) }, id!));
  if (isDenied(outcome)) refuse(outcome.refusal, outcome.params);
  work.states.set(row.id, 'voided');
  await save(work);
  return { work, row, effects: outcome.effects, before: false };
}

/** What undoing a document did, of one that is undone; nothing where an import that brought it was undone as a whole. */
export async function effectsOfUndoing(tx: ProgramTx, row: DocumentRow): Promise<ReturnEffect[]> {
  const [by] = await seenDocuments(tx, tx.program.id, [keyOfUndoing(row)]);
  return by ? effectsOfReturn(tx, by.id) : [];
}

/** Undoes a document booked by mistake: everything it gave goes back as by a full return, or everything it took as if it had never been, and it is marked. */
export const voidTransaction = (deps: Deps, ctx: Ctx, id: number, reason: string) => untilUndisturbed(() => act(deps, ctx, async (tx): Promise<Answer> => {
  const [found] = await readDocuments(tx, [id]);
  if (!found || found.state === 'awaited') refuse('not_found');
  const isReturn = found.document.kind === 'return';
  const { work, row, effects, before } = await (isReturn ? undoReturn : undoSale)(deps, tx, found);
  if (!before) await audit(deps, tx, ctx, isReturn ? 'return.voided' : 'transaction.voided', deps.publicIds.encode('txn', id), { reason });
  const booked = { id, document: row.document, state: 'voided' as const, memberId: row.memberId, bookedAt: row.bookedAt, awards: [], trace: [], rulesetNo: null, effects, balances: row.memberId === null ? [] : balancesNow(work.set, row.memberId, work.rulesets.wallets), duplicate: before };
  return answerOf(deps, await answerWords(deps, tx, []), booked, ctx.language);
}));

/** Undoes a document of our own together with something else, in one commit; of one that somebody undid already, only the something else happens. */
export const voidTogether = (deps: Deps, programId: number, id: number, also: (tx: ProgramTx) => Promise<void>): Promise<void> => untilUndisturbed(() => deps.db.inProgram(programId, async (tx) => {
  const [found] = await readDocuments(tx, [id]);
  const opened = found && found.state !== 'awaited' ? await openDocument(deps, tx, found) : null;
  if (opened && await isVoidable(tx, opened.sale)) await takeAllBack(deps, opened.work, opened.sale);
  await also(tx);
}));
