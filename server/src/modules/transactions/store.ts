import type { Instant } from '@wracam/engine/calendar';
import { decodeNumbers } from '@wracam/engine/codec';
import { boolArray, byteaArray, int2Array, int4Array, int8Array, textArray, timestamptzArray } from '../../platform/binary-arrays.ts';
import { isTaken, type ProgramHead, type ProgramTx, type Tx, type Write } from '../../platform/db.ts';
import { nothing, sql } from '../../platform/sql.ts';
import { unpackDecision, type ReturnEffect, type SaleReturn, type StoredDecision } from './decision.ts';
import { unpackDocument, type DocumentKind, type DocumentRef, type NewDocument } from './document.ts';

export const KINDS = ['sale', 'return', 'correction', 'event'] as const;
export const STATES = ['booked', 'unclaimed', 'parked', 'voided', 'awaited'] as const;
export type DocumentState = (typeof STATES)[number];
export const kindNo = (kind: DocumentKind) => KINDS.indexOf(kind) + 1;
export const stateNo = (state: DocumentState) => STATES.indexOf(state) + 1;

/** Enough of a booked document to know a repeat, or that a place is kept for it. */
export type SeenDocument = DocumentRef & { readonly id: number; readonly state: DocumentState; readonly memberId: number | null; readonly contentHash: Buffer };
/** A document's row, unpacked. */
export type DocumentRow = {
  readonly id: number; readonly state: DocumentState; readonly memberId: number | null; readonly bookedAt: Instant; readonly document: NewDocument; readonly decision: StoredDecision | null;
  readonly frozen: readonly number[] | null; readonly rulesetNo: number | null;
};
export type NewRow = Omit<DocumentRow, 'decision' | 'frozen' | 'document'> & {
  readonly document: Pick<NewDocument, 'source' | 'externalId' | 'kind' | 'occurredAt' | 'totalMinor'>; readonly contentHash: Buffer; readonly body: Buffer; readonly decision: Buffer | null; readonly frozen: Buffer | null;
  /** Of a sale that fills a place: the id it would have had, which tells when it was booked; the place is older. (Events of returns take the turn of the document that they were decided with: `settingTurns`.) */
  readonly filledAs?: number | undefined;
};

/** Which of these documents are known already. */
export async function seenDocuments(tx: Tx, programId: number, refs: readonly DocumentRef[]): Promise<SeenDocument[]> {
  if (refs.length === 0) return [];
  const { rows } = await tx.hot('seen_documents', `select source, external_id, id, state, member_id, content_hash from transaction
    where program_id = $1 and source = any($2::text[]) and external_id = any($3::text[])`,
  [programId, textArray([...new Set(refs.map((ref) => ref.source))]), textArray(refs.map((ref) => ref.externalId))]);
  return (rows as [string, string, number, number, number | null, Buffer][]).map(([source, externalId, id, state, memberId, hash]) => ({ source, externalId, id, state: STATES[state - 1]!, memberId, contentHash: hash }));
}

export const COLUMNS = 'id, source, external_id, kind, state, member_id, occurred_at, booked_at, total_minor, body, decision, frozen, ruleset_no';
export type Columns = [number, string, string, number, number, number | null, Instant, Instant, number, Buffer, Buffer | null, Buffer | null, number | null];

export function rowOf([id, source, externalId, kind, state, memberId, occurredAt, bookedAt, totalMinor, body, decision, frozen, rulesetNo]: Columns): DocumentRow {
  const stateName = STATES[state - 1]!;
  const head = { source, externalId, kind: KINDS[kind - 1]!, occurredAt, totalMinor };
  return {
    id, state: stateName, memberId, bookedAt, rulesetNo, decision: decision && unpackDecision(decision), frozen: frozen && decodeNumbers(frozen),
    document: stateName === 'awaited' ? { ...head, pointer: null, lines: [], payments: [], currency: '', store: null, till: null, cashier: null, channel: null, attributes: {}, of: null } : unpackDocument(head, body),
  };
}

/** Locks documents that something is about to happen to; after the members, in the order of ids. */
export async function lockDocuments(tx: ProgramTx, ids: readonly number[]): Promise<DocumentRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await tx.hot('lock_documents', `select ${COLUMNS} from transaction where program_id = $1 and id = any($2::int8[]) order by id for no key update`, [tx.program.id, int8Array(ids)]);
  return (rows as Columns[]).map(rowOf);
}

export async function readDocuments(tx: ProgramTx, ids: readonly number[]): Promise<DocumentRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await tx.hot('read_documents', `select ${COLUMNS} from transaction where program_id = $1 and id = any($2::int8[])`, [tx.program.id, int8Array(ids)]);
  return (rows as Columns[]).map(rowOf);
}

/** Documents below an id, the newest first, as they came. */
export async function documentsBelow(tx: ProgramTx, before: number, limit: number): Promise<{ id: number; document: NewDocument }[]> {
  const rows = await tx.rows<{ id: number; kind: number; body: Buffer }>(sql`
    select id, kind, body from transaction where program_id = ${tx.program.id} and id < ${before} and state <> 5 order by id desc limit ${limit}`);
  return rows.map(({ id, kind, body }) => ({ id, document: unpackDocument({ source: '', externalId: '', kind: KINDS[kind - 1]!, occurredAt: 0, totalMinor: 0 }, body) }));
}

export const firstDocument = async (tx: ProgramTx): Promise<number | null> => (await tx.maybe<{ id: number }>(sql`select id from transaction where program_id = ${tx.program.id} order by id limit 1`))?.id ?? null;

/** Returns of the given sales, applied and waiting, in the turn in which they were applied. */
export async function returnsOf(tx: ProgramTx, saleIds: readonly number[]): Promise<Map<number, SaleReturn[]>> {
  const found = new Map<number, SaleReturn[]>();
  if (saleIds.length === 0) return found;
  const { rows } = await tx.hot('returns_of', `select sale_id, return_id, applied, details from sale_return where program_id = $1 and sale_id = any($2::int8[]) order by return_id`, [tx.program.id, int8Array(saleIds)]);
  for (const [saleId, returnId, applied, details] of rows as [number, number, boolean, ReturnEffect | null][]) {
    found.set(saleId, [...(found.get(saleId) ?? []), { returnId, applied, effect: applied ? details : null }]);
  }
  for (const [saleId, list] of found) if (list.some(({ effect }) => effect?.turn !== undefined)) found.set(saleId, byTurn(list));
  return found;
}

function byTurn(list: readonly SaleReturn[]): SaleReturn[] {
  const turnOf = ({ effect }: SaleReturn) => effect?.turn;
  const ordered = [...list.filter((one) => one.applied && turnOf(one) === undefined)];
  for (const one of list.filter((each) => turnOf(each) !== undefined).sort((a, b) => turnOf(a)! - turnOf(b)!)) ordered.splice(turnOf(one)!, 0, one);
  return [...ordered, ...list.filter((one) => !one.applied)];
}

/** Inserts documents, sorted by key. Fails (`isBookedMeanwhile`) when another process booked one of them since it was looked for. */
export function insertingDocuments(program: ProgramHead, rows: readonly NewRow[], batchNo: number | null): Write[] {
  if (rows.length === 0) return [];
  const sorted = rows.toSorted((a, b) => compare(a.document.source, b.document.source) || compare(a.document.externalId, b.document.externalId));
  return [{ name: 'insert_documents', text: `insert into transaction (program_id, id, source, external_id, kind, state, member_id, occurred_at, booked_at, total_minor, content_hash, body, decision, frozen, ruleset_no, batch_no, test)
    select p.id, t.*, $16, $17 from program p, unnest($2::int8[], $3::text[], $4::text[], $5::int2[], $6::int2[], $7::int8[], $8::timestamptz[], $9::timestamptz[], $10::int8[], $11::bytea[], $12::bytea[], $13::bytea[], $14::bytea[], $15::int4[]) t
    where p.id = $1`,
  values: [program.id, int8Array(sorted.map((row) => row.id)), textArray(sorted.map((row) => row.document.source)), textArray(sorted.map((row) => row.document.externalId)), int2Array(sorted.map((row) => kindNo(row.document.kind))),
    int2Array(sorted.map((row) => stateNo(row.state))), int8Array(sorted.map((row) => row.memberId)), timestamptzArray(sorted.map((row) => row.document.occurredAt)), timestamptzArray(sorted.map((row) => row.bookedAt)),
    int8Array(sorted.map((row) => row.document.totalMinor)), byteaArray(sorted.map((row) => row.contentHash)), byteaArray(sorted.map((row) => row.body)), byteaArray(sorted.map((row) => row.decision)),
    byteaArray(sorted.map((row) => row.frozen)), int4Array(sorted.map((row) => row.rulesetNo)), batchNo, program.purgeable] }];
}

/** The error of an insert that met its own key: the key of a document, or of a place kept for it. */
export const isBookedMeanwhile = (error: unknown): boolean => isTaken(error) && (error as { constraint?: string }).constraint === 'transaction_program_id_source_external_id_key';

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Fills a kept place, or writes what a claim, a void or a late arrival changed. The key and the id never change. */
export const updatingDocument = (programId: number, row: NewRow): Write => sql`
  update transaction set kind = ${kindNo(row.document.kind)}, state = ${stateNo(row.state)}, member_id = ${row.memberId}, occurred_at = ${new Date(row.document.occurredAt)}, booked_at = ${new Date(row.bookedAt)},
    total_minor = ${row.document.totalMinor}, content_hash = ${row.contentHash}, body = ${row.body}, decision = ${row.decision}, frozen = ${row.frozen}, ruleset_no = ${row.rulesetNo}${row.filledAs === undefined ? nothing : sql`, filled_as = ${row.filledAs}`}
  where program_id = ${programId} and id = ${row.id}`;

/** Events that were decided in the turn of another document: two of one instant stay in order. */
export const settingTurns = (programId: number, turns: ReadonlyMap<number, number> | undefined): Write[] => (turns === undefined || turns.size === 0 ? [] : [sql`
  update transaction t set filled_as = v.turn from unnest(${[...turns.keys()]}::int8[], ${[...turns.values()]}::int8[]) v (id, turn) where t.program_id = ${programId} and t.id = v.id`]);

export const settingState = (programId: number, id: number, state: DocumentState): Write => sql`
  update transaction set state = ${stateNo(state)} where program_id = ${programId} and id = ${id}`;

/** What sales give back to returns, or that a return waits for its sale; no pair twice. */
export const savingReturns = (programId: number, rows: readonly { readonly saleId: number; readonly returnId: number; readonly effect: ReturnEffect | null }[]): Write[] => (rows.length === 0 ? [] : [{
  name: 'save_returns', text: `insert into sale_return (program_id, sale_id, return_id, applied, details)
    select p.id, r.sale_id, r.return_id, r.applied, r.details::jsonb from program p, unnest($2::int8[], $3::int8[], $4::bool[], $5::text[]) r (sale_id, return_id, applied, details)
    where p.id = $1
    on conflict (program_id, sale_id, return_id) do update set applied = excluded.applied, details = excluded.details`,
  values: [programId, int8Array(rows.map((row) => row.saleId)), int8Array(rows.map((row) => row.returnId)), boolArray(rows.map((row) => row.effect !== null)), textArray(rows.map((row) => JSON.stringify(row.effect)))],
}]);

export type RelatedRow = { readonly id: number; readonly kind: DocumentKind; readonly state: DocumentState; readonly occurredAt: Instant; readonly totalMinor: number };

/** Documents that returns of these ids stand on, and the other way round: for the page of one document. */
export const relatedOf = async (tx: ProgramTx, id: number): Promise<RelatedRow[]> => (await tx.rows<{ id: number; kind: number; state: number; occurredAt: Instant; totalMinor: number }>(sql`
  select t.id, t.kind, t.state, t.occurred_at, t.total_minor from sale_return r join transaction t on t.program_id = r.program_id and t.id = case when r.sale_id = ${id} then r.return_id else r.sale_id end
  where r.program_id = ${tx.program.id} and t.program_id = ${tx.program.id} and (r.sale_id = ${id} or r.return_id = ${id}) and t.state <> 5 order by t.occurred_at, t.id`)).map((row) => ({ ...row, kind: KINDS[row.kind - 1]!, state: STATES[row.state - 1]! }));

/** A member's documents that occurred in a stretch of time: what caps on a date that fell off the member's row are added up from. */
export async function memberDocumentsBetween(tx: ProgramTx, memberId: number, from: Instant, to: Instant): Promise<DocumentRow[]> {
  const { rows } = await tx.hot('member_documents_between', `select ${COLUMNS} from transaction where program_id = $1 and member_id = $2 and occurred_at >= $3 and occurred_at < $4 and state = 1`, [tx.program.id, memberId, new Date(from), new Date(to)]);
  return (rows as Columns[]).map(rowOf);
}

/** Sales and corrections of members that occurred in a stretch of time, without what was decided about the sales. */
export async function purchasesBetween(tx: ProgramTx, memberIds: readonly number[], from: Instant, to: Instant): Promise<DocumentRow[]> {
  if (memberIds.length === 0) return [];
  const { rows } = await tx.hot('purchases_between', `select id, source, external_id, kind, state, member_id, occurred_at, booked_at, total_minor, body, case when kind = 3 then decision end, null::bytea, ruleset_no from transaction
    where program_id = $1 and member_id = any($2::int8[]) and occurred_at >= $3 and occurred_at < $4 and state = 1 and kind in (1, 3)`, [tx.program.id, int8Array(memberIds), new Date(from), new Date(to)]);
  return (rows as Columns[]).map(rowOf);
}

/** Documents of members that bring points, since an instant or all, in the order of booking; to be read in one go with their returns. */
export async function readMemberDocuments(tx: ProgramTx, memberIds: readonly number[], since: Instant | null): Promise<DocumentRow[]> {
  const { rows } = await tx.hot('read_member_documents', `select ${COLUMNS} from transaction where program_id = $1 and member_id = any($2::int8[]) and state = 1 and kind <> 2 and occurred_at >= $3 order by booked_at, coalesce(filled_as, id)`,
    [tx.program.id, int8Array(memberIds), new Date(since ?? 0)]);
  return (rows as Columns[]).map(rowOf);
}

export type ListFilter = { memberId?: number | undefined; kind?: DocumentKind | undefined; state?: DocumentState | undefined; externalId?: string | undefined; before?: number | undefined; limit: number };

export async function listDocuments(tx: ProgramTx, filter: ListFilter): Promise<DocumentRow[]> {
  const result = await tx.rows<Record<string, unknown>>(sql`
    select id, source, external_id, kind, state, member_id, occurred_at, booked_at, total_minor, body, decision, ruleset_no from transaction where program_id = ${tx.program.id} and state <> 5
      ${filter.memberId === undefined ? nothing : sql`and member_id = ${filter.memberId}`} ${filter.kind === undefined ? nothing : sql`and kind = ${kindNo(filter.kind)}`}
      ${filter.state === undefined ? nothing : sql`and state = ${stateNo(filter.state)}`} ${filter.externalId === undefined ? nothing : sql`and external_id = ${filter.externalId}`}
      ${filter.before === undefined ? nothing : sql`and id < ${filter.before}`} order by id desc limit ${filter.limit}`);
  return result.map((row) => rowOf([row['id'], row['source'], row['externalId'], row['kind'], row['state'], row['memberId'], row['occurredAt'], row['bookedAt'], row['totalMinor'], row['body'], row['decision'], null, row['rulesetNo']] as Columns));
}

/** Each member's first sale that was not undone, with what was kept of it after all returns. */
export async function firstSales(tx: ProgramTx, memberIds: readonly number[]): Promise<Map<number, { occurredAt: Instant; keptMinor: number }>> {
  if (memberIds.length === 0) return new Map();
  const rows = await tx.rows<{ memberId: number; occurredAt: Instant; keptMinor: number }>(sql`
    select distinct on (t.member_id) t.member_id, t.occurred_at, t.total_minor - coalesce((select sum((taken ->> 'amountMinor')::int8) from sale_return r, jsonb_array_elements(r.details -> 'taken') taken
        where r.program_id = ${tx.program.id} and r.sale_id = t.id and r.applied), 0)::int8 as kept_minor
    from transaction t where t.program_id = ${tx.program.id} and t.member_id = any(${memberIds}::int8[]) and t.kind = ${kindNo('sale')} and t.state = ${stateNo('booked')} order by t.member_id, t.occurred_at, t.id`);
  return new Map(rows.map(({ memberId, ...sale }) => [memberId, sale]));
}

/** Sales that these returns, or corrections of returns, are about, with their members. */
export async function salesOfReturns(tx: ProgramTx, returnIds: readonly number[]): Promise<{ saleId: number; memberId: number | null }[]> {
  if (returnIds.length === 0) return [];
  const { rows } = await tx.hot('sales_of_returns', 'select r.sale_id, t.member_id from sale_return r join transaction t on t.program_id = r.program_id and t.id = r.sale_id where r.program_id = $1 and r.return_id = any($2::int8[])', [tx.program.id, int8Array(returnIds)]);
  return (rows as [number, number | null][]).map(([saleId, memberId]) => ({ saleId, memberId }));
}

/** What a return (or the old side of a correction) did to each of its sales. */
export const effectsOfReturn = async (tx: ProgramTx, returnId: number): Promise<ReturnEffect[]> => (await tx.rows<{ details: ReturnEffect }>(sql`
  select details from sale_return where program_id = ${tx.program.id} and return_id = ${returnId} and applied order by sale_id`)).map((row) => row.details);

/** Is it a correction of a return, or of such a correction: it stands in that one's place and has nothing of its own. */
export const correctsReturn = async (tx: ProgramTx, id: number): Promise<boolean> => await tx.maybe(sql`
  select 1 from sale_return r join transaction s on s.program_id = ${tx.program.id} and s.id = r.sale_id
  where r.program_id = ${tx.program.id} and r.return_id = ${id} and (s.kind = ${kindNo('return')} or r.details ->> 'corrects' is not null) limit 1`) !== null;

/** Did something come back of a sale that was not undone since; or was something put in its place, which leaves nothing of it for good. */
export const hasStandingReturn = async (tx: ProgramTx, saleId: number): Promise<boolean> => await tx.maybe(sql`
  select 1 from sale_return r join transaction t on t.program_id = r.program_id and t.id = coalesce((r.details ->> 'corrects')::int8, r.return_id)
  where r.program_id = ${tx.program.id} and r.sale_id = ${saleId} and (t.state <> ${stateNo('voided')} or r.details ->> 'replaces' is not null) limit 1`) !== null;

/** By how much returns and corrections brought their sales' points down. */
export async function movedBy(tx: ProgramTx, returnIds: readonly number[]): Promise<Map<number, number>> {
  const moved = new Map<number, number>();
  if (returnIds.length === 0) return moved;
  const rows = await tx.rows<{ returnId: number; details: ReturnEffect }>(sql`select return_id, details from sale_return where program_id = ${tx.program.id} and return_id = any(${returnIds}::int8[]) and applied`);
  for (const { returnId, details } of rows) moved.set(returnId, (moved.get(returnId) ?? 0) + details.wallets.reduce((sum, one) => sum + one.moved, 0));
  return moved;
}

/** Source of the documents that we write ourselves: what undoes a document, and events that no outsider tells. */
export const OWN_SOURCE = 'wracam';

/** What documents are, for a line of somebody's history. `isVoid`: it undoes another; `isVoided`: it was undone. */
export async function documentHeads(tx: ProgramTx, ids: readonly number[]): Promise<Map<number, { kind: DocumentKind; externalId: string; isVoid: boolean; isVoided: boolean; totalMinor: number; store: string | null; event: string | null; attributes: NewDocument['attributes'] }>> {
  const rows = await readDocuments(tx, ids);
  return new Map(rows.map(({ id, state, document }) => [id, { kind: document.kind, externalId: document.externalId, isVoided: state === 'voided', isVoid: document.kind !== 'event' && document.source === OWN_SOURCE, totalMinor: document.totalMinor, store: document.store, event: document.event ?? null, attributes: document.attributes }]));
}
