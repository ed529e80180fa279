import type { Instant } from '@wracam/engine/calendar';
import type { Tx } from '../../platform/db.ts';
import { sql } from '../../platform/sql.ts';

export type Purpose = 'staff_link' | 'staff_code' | 'member_code' | 'member_join' | 'member_email';
/** What is counted: codes asked for, tries of them, and guesses at anything else that is worth guessing. */
export type AttemptKind = 'code' | 'try' | 'guess';
export type CodeRow = { readonly id: number; readonly purpose: Purpose; readonly secretHash: Buffer; readonly sealed: Buffer | null };

/**
 * Everything about one address goes one after another: a burst of tries or requests is counted like a queue. The lock ends with the
 * transaction. Two addresses that share eight bytes of hash only wait for each other.
 */
export const lockSubject = (tx: Tx, subject: Buffer) => tx.run(sql`select pg_advisory_xact_lock(${subject.readBigInt64BE(0).toString()})`);

export const attemptsSince = async (tx: Tx, subject: Buffer, kind: AttemptKind, since: Instant) => (await tx.rows<{ at: Instant }>(sql`
  select at from attempt where subject = ${subject} and at > ${new Date(since)} and kind = ${kind} order by at`)).map(({ at }) => at);

export const insertAttempt = (tx: Tx, subject: Buffer, kind: AttemptKind, at: Instant) =>
  tx.run(sql`insert into attempt (subject, at, kind) values (${subject}, ${new Date(at)}, ${kind})`);

/** Takes one attempt of this instant back. */
export const removeAttempt = (tx: Tx, subject: Buffer, kind: AttemptKind, at: Instant) => tx.run(sql`
  delete from attempt where ctid = (select ctid from attempt where subject = ${subject} and kind = ${kind} and at = ${new Date(at)} limit 1)`);

export const insertCode = (tx: Tx, row: CodeRow & { subject: Buffer; programId: number | null; tries: number; expiresAt: Instant }, at: Instant) => tx.run(sql`
  insert into one_time_code (id, purpose, program_id, subject, secret_hash, sealed, tries_left, created_at, expires_at)
  values (${row.id}, ${row.purpose}, ${row.programId}, ${row.subject}, ${row.secretHash}, ${row.sealed}, ${row.tries}, ${new Date(at)}, ${new Date(row.expiresAt)})`);

/** A new code ends the older ones of its address. */
export const endCodes = (tx: Tx, subject: Buffer, purposes: readonly Purpose[], at: Instant) => tx.run(sql`
  update one_time_code set used_at = ${new Date(at)} where subject = ${subject} and purpose = any(${purposes}) and used_at is null`);

/** Takes one try off the address's living code and gives it; null when there is none or its tries are gone. */
export const takeTry = (tx: Tx, subject: Buffer, purposes: readonly Purpose[], now: Instant) => tx.maybe<CodeRow>(sql`
  update one_time_code set tries_left = tries_left - 1
  where subject = ${subject} and purpose = any(${purposes}) and used_at is null and tries_left > 0 and expires_at > ${new Date(now)}
  returning id, purpose, secret_hash, sealed`);

export const endCode = (tx: Tx, id: number, now: Instant) => tx.run(sql`update one_time_code set used_at = ${new Date(now)} where id = ${id}`);

/** Uses a link up; gives whose it was, or null when it is used, over or not ours. */
export const takeLink = (tx: Tx, id: number, secretHash: Buffer, now: Instant) => tx.maybe<{ subject: Buffer }>(sql`
  update one_time_code set used_at = ${new Date(now)}, tries_left = 0
  where id = ${id} and purpose = 'staff_link' and secret_hash = ${secretHash} and used_at is null and expires_at > ${new Date(now)} returning subject`);

/** Forgets what has run out. Attempts and codes are kept a day longer than they count, sessions not at all. */
export async function sweep(tx: Tx, now: Instant, keepMs: number): Promise<number> {
  const before = new Date(now - keepMs);
  return await tx.run(sql`delete from attempt where at < ${before}`)
    + await tx.run(sql`delete from one_time_code where expires_at < ${before}`)
    + await tx.run(sql`delete from session where expires_at < ${new Date(now)}`);
}
