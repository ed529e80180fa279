import type { Instant } from '@wracam/engine/calendar';
import type { ProgramTx } from '../../platform/db.ts';
import { sql } from '../../platform/sql.ts';

export type BatchState = 'running' | 'done' | 'undone';
/** One load of a file. `position`: documents from its beginning that are settled for good. */
export type Batch = {
  readonly no: number; readonly fileHash: Buffer; readonly mapping: string; readonly state: BatchState; readonly rowsRead: number; readonly booked: number; readonly refused: number; readonly position: number;
  readonly figures: Readonly<Record<string, unknown>>; readonly startedAt: Instant; readonly endedAt: Instant | null;
};

const COLUMNS = sql`select no, file_hash, mapping, state, rows_read, booked, refused, position, figures, started_at, ended_at from import_batch`;

/** The latest load of this file by this mapping. */
export const findBatchOfFile = (tx: ProgramTx, fileHash: Buffer, mapping: string) => tx.maybe<Batch>(sql`
  ${COLUMNS} where program_id = ${tx.program.id} and file_hash = ${fileHash} and mapping = ${mapping} order by no desc limit 1`);

export const findBatchOfMapping = (tx: ProgramTx, mapping: string) => tx.maybe<Batch>(sql`
  ${COLUMNS} where program_id = ${tx.program.id} and mapping = ${mapping} order by no desc limit 1`);

export const findBatch = (tx: ProgramTx, no: number) => tx.maybe<Batch>(sql`${COLUMNS} where program_id = ${tx.program.id} and no = ${no}`);

/** Batches of a mapping that were undone: what they booked keeps its keys for ever. */
export const undoneBatches = async (tx: ProgramTx, mapping: string): Promise<number> => (await tx.maybe<{ count: number }>(sql`
  select count(*) from import_batch where program_id = ${tx.program.id} and mapping = ${mapping} and state = 'undone'`))!.count;

/** Until the commit nobody else begins a load in this program. */
export const lockBatches = (tx: ProgramTx) => tx.run(sql`select pg_advisory_xact_lock(hashtextextended('import batches', ${tx.program.id}))`);

/** Takes the next number; the key refuses a second load that takes the same one at the same moment. */
export async function insertBatch(tx: ProgramTx, { fileHash, mapping, figures }: Pick<Batch, 'fileHash' | 'mapping' | 'figures'>): Promise<number> {
  const { no } = (await tx.maybe<{ no: number }>(sql`select coalesce(max(no), 0) + 1 as no from import_batch where program_id = ${tx.program.id}`))!;
  await tx.run(sql`insert into import_batch (program_id, no, file_hash, mapping, state, figures, started_at)
    values (${tx.program.id}, ${no}, ${fileHash}, ${mapping}, 'running', ${JSON.stringify(figures)}, ${new Date(tx.program.now)})`);
  return no;
}

export type BatchChange = Pick<Batch, 'rowsRead' | 'booked' | 'refused' | 'position'>;
export const saveProgress = (tx: ProgramTx, no: number, { rowsRead, booked, refused, position }: BatchChange) => tx.run(sql`
  update import_batch set rows_read = ${rowsRead}, booked = ${booked}, refused = ${refused}, position = ${position} where program_id = ${tx.program.id} and no = ${no}`);

/** As `saveProgress`, but only from the place where the caller began; false when another load of the file was faster. Locks the batch. */
export const movePlace = async (tx: ProgramTx, no: number, from: number, { rowsRead, booked, refused, position }: BatchChange) => 1 === await tx.run(sql`
  update import_batch set rows_read = ${rowsRead}, booked = ${booked}, refused = ${refused}, position = ${position}
  where program_id = ${tx.program.id} and no = ${no} and position = ${from} and state = 'running'`);

/** False when it is undone already: then its figures stay. */
export const endBatch = async (tx: ProgramTx, no: number, state: BatchState, figures: Readonly<Record<string, unknown>>): Promise<boolean> => 1 === await tx.run(sql`
  update import_batch set state = ${state}, figures = ${JSON.stringify(figures)}, ended_at = ${new Date(tx.program.now)} where program_id = ${tx.program.id} and no = ${no} and state <> 'undone'`);
