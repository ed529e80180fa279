import type { Instant } from '@wracam/engine/calendar';
import type { ProgramTx } from '../../platform/db.ts';
import { nothing, sql } from '../../platform/sql.ts';

export type MessageState = 'queued' | 'sent' | 'kept' | 'failed' | 'uncertain' | 'withdrawn';
export type MessageRow = {
  readonly id: number; readonly channel: 'email'; readonly sealed: Buffer; readonly state: MessageState; readonly tries: number;
  readonly lastError: string | null; readonly at: Instant;
};

export const insertMessage = (tx: ProgramTx, row: { id: number; memberId: number | null; sealed: Buffer; state: MessageState }) => tx.run(sql`
  insert into message (program_id, id, channel, member_id, sealed, state, at)
  values (${tx.program.id}, ${row.id}, 'email', ${row.memberId}, ${row.sealed}, ${row.state}, ${new Date(tx.program.now)})`);

/** Takes a queued message out of the queue before it is sent: from here until the outcome is written nobody knows, and nobody else sends it. */
export const claimMessage = (tx: ProgramTx, id: number) => tx.maybe<{ sealed: Buffer; tries: number }>(sql`
  update message set state = 'uncertain', tries = tries + 1, last_error = 'being sent'
  where program_id = ${tx.program.id} and id = ${id} and state = 'queued' returning sealed, tries`);

/** Stops a message that has not left; false when it has, or may have. */
export const withdrawMessage = async (tx: ProgramTx, id: number): Promise<boolean> => 1 === await tx.run(sql`
  update message set state = 'withdrawn' where program_id = ${tx.program.id} and id = ${id} and state in ('queued', 'kept', 'failed')`);

export const saveOutcome = (tx: ProgramTx, id: number, state: MessageState, error: string | null) => tx.run(sql`
  update message set state = ${state}, last_error = ${error}, sent_at = ${state === 'sent' ? new Date(tx.program.now) : null}
  where program_id = ${tx.program.id} and id = ${id}`);

export const listMessages = (tx: ProgramTx, after: { at: Instant; id: number } | null, limit: number) => tx.rows<MessageRow>(sql`
  select id, channel, sealed, state, tries, last_error, at from message where program_id = ${tx.program.id}
  ${after ? sql`and (at, id) < (${new Date(after.at)}, ${after.id})` : nothing} order by at desc, id desc limit ${limit}`);
