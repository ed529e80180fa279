import type { Instant, LocalDate } from '@wracam/engine/calendar';
import { byteaArray } from '../../platform/binary-arrays.ts';
import type { ProgramTx } from '../../platform/db.ts';
import { nothing, sql } from '../../platform/sql.ts';

export type BatchRow = { readonly id: number; readonly label: string; readonly name: string; readonly issued: number; readonly used: number; readonly validFrom: LocalDate | null; readonly validUntil: LocalDate | null; readonly stoppedAt: Instant | null; readonly createdAt: Instant };

/** Batches with what is used of them, newest first. */
export const listBatches = (tx: ProgramTx, id: number | null = null) => tx.rows<BatchRow>(sql`
  select b.id, b.label, b.name, b.issued, b.valid_from::text as valid_from, b.valid_until::text as valid_until, b.stopped_at, b.created_at,
    (select count(*)::int from package_code c where c.program_id = ${tx.program.id} and c.batch_id = b.id and c.used_at is not null) as used
  from code_batch b where b.program_id = ${tx.program.id} ${id === null ? nothing : sql`and b.id = ${id}`} order by b.created_at desc, b.id desc`);

export const insertBatch = (tx: ProgramTx, row: Omit<BatchRow, 'used' | 'stoppedAt' | 'createdAt'>) => tx.run(sql`
  insert into code_batch (program_id, id, label, name, issued, valid_from, valid_until, created_at)
  values (${tx.program.id}, ${row.id}, ${row.label}, ${row.name}, ${row.issued}, ${row.validFrom}, ${row.validUntil}, ${new Date(tx.program.now)})`);

/** How many were written: a hash that is there already is left out. */
export const insertCodes = async (tx: ProgramTx, batchId: number, hashes: readonly Buffer[]) => (await tx.hot('insert_package_codes', `insert into package_code (program_id, hash, batch_id)
  select p.id, t.hash, $2 from program p, unnest($3::bytea[]) t (hash) where p.id = $1 on conflict do nothing`, [tx.program.id, batchId, byteaArray(hashes)])).count;

export const stopBatch = (tx: ProgramTx, id: number) => tx.run(sql`
  update code_batch set stopped_at = ${new Date(tx.program.now)} where program_id = ${tx.program.id} and id = ${id} and stopped_at is null`);

export type CodeRow = Pick<BatchRow, 'label' | 'validFrom' | 'validUntil' | 'stoppedAt'> & { readonly usedAt: Instant | null; /** The document that used it up. */ readonly transactionId: number | null };

/** The code of this hash with what its batch says; null when there is none. */
export const findCode = (tx: ProgramTx, hash: Buffer) => tx.maybe<CodeRow>(sql`
  select b.label, b.valid_from::text as valid_from, b.valid_until::text as valid_until, b.stopped_at, c.used_at, c.transaction_id from package_code c
  join code_batch b on b.program_id = ${tx.program.id} and b.id = c.batch_id where c.program_id = ${tx.program.id} and c.hash = ${hash}`);

/** Uses the code up, which was unused or used by `before`; false when somebody else did, or its batch was stopped meanwhile. */
export const spendCode = async (tx: ProgramTx, hash: Buffer, before: number | null, transactionId: number, at: Instant) => 1 === await tx.run(sql`
  update package_code c set transaction_id = ${transactionId}, used_at = ${new Date(at)} where c.program_id = ${tx.program.id} and c.hash = ${hash} and c.transaction_id is not distinct from ${before}::int8
    and exists (select from code_batch b where b.program_id = ${tx.program.id} and b.id = c.batch_id and b.stopped_at is null)`);

/** Is there any batch whose codes can be used today. */
export const hasOpenBatch = async (tx: ProgramTx, today: LocalDate) => (await tx.maybe<{ found: boolean }>(sql`
  select exists (select from code_batch where program_id = ${tx.program.id} and stopped_at is null and (valid_from is null or valid_from <= ${today}) and (valid_until is null or valid_until >= ${today})) as found`))!.found;
