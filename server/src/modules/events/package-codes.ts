import { randomInt } from 'node:crypto';
import { localDate, type LocalDate } from '@wracam/engine/calendar';
import { CODE_ALPHABET, codeFrom, normalCode, printedCode, RANDOM_LETTERS } from '@wracam/engine/package-code';
import { act, audit } from '../../platform/act.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse, Refusal } from '../../platform/refusal.ts';
import { reserveTries } from '../access/index.ts';
import { documentHeads, OWN_SOURCE, recordTogether } from '../transactions/index.ts';
import { documentOf } from './actions.ts';
import * as store from './code-store.ts';

/** Wrong codes in an hour: of one member, and of one network, behind which a whole office may sit. */
const WRONG_OF_MEMBER = 10;
const WRONG_OF_NETWORK = 40;

const BACKWARDS = { pl: 'Ostatni dzień jest przed pierwszym.', en: 'The last day is before the first.' };

const idRef = (deps: Deps, id: number) => deps.publicIds.encode('cbt', id);
const hashOf = async (deps: Deps, programId: number, code: string) => (await deps.keyring.forProgram(programId)).index('package code', code);
const randomCode = () => codeFrom(Array.from({ length: RANDOM_LETTERS }, () => randomInt(CODE_ALPHABET.length)));

export type NewBatch = { readonly label: string; readonly name: string; readonly count: number; readonly validFrom: LocalDate | null; readonly validUntil: LocalDate | null };
export type MadeBatch = { readonly batch: store.BatchRow; readonly codes: readonly string[] };

/** Makes a batch. Its codes are in this one answer and nowhere else; a repeat of the request is refused with `secret_shown_once`. */
export async function createBatch(deps: Deps, ctx: Ctx, input: NewBatch): Promise<MadeBatch> {
  if (input.validFrom !== null && input.validUntil !== null && input.validFrom > input.validUntil) refuse('invalid_request', {}, [{ pointer: '/validUntil', detail: BACKWARDS[ctx.language] }]);
  let made: MadeBatch | undefined;
  await act(deps, ctx, async (tx) => {
    const [id] = await deps.ids.take(1);
    const keys = await deps.keyring.forProgram(ctx.programId);
    const codes = new Set<string>();
    while (codes.size < input.count) codes.add(randomCode());
    await store.insertBatch(tx, { id: id!, label: input.label, name: input.name, issued: input.count, validFrom: input.validFrom, validUntil: input.validUntil });
    // Two equal codes of 31^11 are rarer than a broken disk; the key of the table would leave one out, and then nothing of the batch stays.
    if (await store.insertCodes(tx, id!, [...codes].map((code) => keys.index('package code', code))) !== input.count) throw new Error('a code was there already');
    await audit(deps, tx, ctx, 'code_batch.created', idRef(deps, id!), { label: input.label, count: input.count });
    made = { batch: (await store.listBatches(tx, id!))[0]!, codes: [...codes].map(printedCode) };
    return { id: id! };
  });
  return made ?? refuse('secret_shown_once');
}

/** No code of the batch can be used from now on; stopping twice changes nothing. */
export const stopBatch = (deps: Deps, ctx: Ctx, id: number): Promise<store.BatchRow> => act(deps, ctx, async (tx) => {
  const stopped = await store.stopBatch(tx, id);
  const batch = (await store.listBatches(tx, id))[0] ?? refuse('not_found');
  if (stopped > 0) await audit(deps, tx, ctx, 'code_batch.stopped', idRef(deps, id));
  return batch;
});

/** Why the code cannot be used today; null when it can. */
function whyNot(code: store.CodeRow, today: LocalDate): Refusal | null {
  if (code.stoppedAt !== null) return new Refusal('package_code_over');
  if (code.validFrom !== null && today < code.validFrom) return new Refusal('package_code_early', { from: code.validFrom });
  return code.validUntil !== null && today > code.validUntil ? new Refusal('package_code_over') : null;
}

/**
 * Gives a member the event of a code, once for the code: its use and the points are one commit. The same member again gets the first answer;
 * a use that was undone frees the code.
 * Members who guess are stopped for an hour, and so is the network they guess from, where one is named.
 */
export async function redeemCode(deps: Deps, ctx: Ctx, memberId: number, text: string, network: string | null) {
  const code = normalCode(text);
  if (code === null) refuse('package_code_wrong', {}, [{ pointer: '/code', detail: 'code' }]);
  const hash = await hashOf(deps, ctx.programId, code);
  const tries = await reserveTries(deps, [
    { subject: `${ctx.programId}|member|${memberId}`, most: WRONG_OF_MEMBER }, ...(network === null ? [] : [{ subject: `${ctx.programId}|network|${network}`, most: WRONG_OF_NETWORK }]),
  ]);
  const { found, use, program } = await deps.db.readProgram(ctx.programId, async (tx) => {
    const row = await store.findCode(tx, hash);
    return { found: row, use: row && row.transactionId !== null ? (await documentHeads(tx, [row.transactionId])).get(row.transactionId)! : null, program: tx.program };
  });
  if (!found) refuse('package_code_wrong', {}, [{ pointer: '/code', detail: 'code' }]);
  await tries.giveBack();
  // A use that was undone did not happen: the code is free again, under a key of its own, since the undone document keeps the first.
  const isFree = use === null || use.isVoided;
  const ownKey = `code:${hash.toString('base64url')}`;
  const externalId = use === null ? ownKey : use.isVoided ? `${ownKey}:${deps.publicIds.encode('txn', found.transactionId!)}` : use.externalId;
  // A used code goes on to its document: the member who used it gets the first answer again.
  const refused = isFree ? whyNot(found, localDate(program.timeZone, program.now)) : null;
  if (refused) throw refused;
  // With the instant of the first use a repeat is the same document.
  const occurredAt = isFree ? program.now : found.usedAt!;
  const document = documentOf({ source: OWN_SOURCE, externalId, type: 'code', occurredAt, pointer: { id: memberId }, fields: { batch: found.label }, worthMinor: 0 }, program.currency);
  return recordTogether(deps, ctx, document, async (tx, transactionId) => { if (!await store.spendCode(tx, hash, found.transactionId, transactionId, occurredAt)) refuse('package_code_used'); })
    .catch((error: unknown) => { throw error instanceof Refusal && error.code === 'document_differs' ? new Refusal('package_code_used') : error; });
}
