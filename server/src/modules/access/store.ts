import type { Permission, Role } from '@wracam/contract';
import type { Instant } from '@wracam/engine/calendar';
import type { ProgramTx, Tx } from '../../platform/db.ts';
import { nothing, sql } from '../../platform/sql.ts';

/** Sign-in goes by real time: the clock of a test program never makes an old code or session good again. */
export const realNow = async (tx: Tx): Promise<Instant> => Math.floor((await tx.maybe<{ now: Instant }>(sql`select clock_timestamp() as now`))!.now);

/** Lets a program's own transaction see the tables above programs too: a change of access and its audit entry are one commit. */
export const seePlatform = (tx: Tx) => tx.run(sql`select use_platform()`);

// staff

export type StaffRow = { readonly id: number; readonly sealed: Buffer };
export type RoleRow = { readonly staffId: number; readonly sealed: Buffer; readonly role: Role; readonly adjustLimit: number | null; readonly active: boolean; readonly lastSeenAt: Instant | null };

export const findStaffByEmail = (tx: Tx, emailIndex: Buffer) => tx.maybe<StaffRow>(sql`select id, sealed from staff where email_index = ${emailIndex}`);
export const getStaff = async (tx: Tx, id: number) => (await tx.maybe<StaffRow & { emailIndex: Buffer }>(sql`select id, sealed, email_index from staff where id = ${id}`))!;
export const lockStaff = async (tx: Tx, id: number) => (await tx.maybe<StaffRow>(sql`select id, sealed from staff where id = ${id} for update`))!;
export const staffByIds = (tx: Tx, ids: readonly number[]) => tx.rows<StaffRow>(sql`select id, sealed from staff where id = any(${ids})`);

/** False when the address is known already. */
export const insertStaff = async (tx: Tx, row: { id: number; emailIndex: Buffer; sealed: Buffer }, at: Instant) => (await tx.run(sql`
  insert into staff (id, email_index, sealed, created_at) values (${row.id}, ${row.emailIndex}, ${row.sealed}, ${new Date(at)}) on conflict do nothing`)) === 1;

export const saveStaff = (tx: Tx, id: number, sealed: Buffer) => tx.run(sql`update staff set sealed = ${sealed} where id = ${id}`);

/** False when the person has a role in the program already. */
export const insertRole = async (tx: Tx, programId: number, row: { staffId: number; role: Role; adjustLimit: number | null }, at: Instant) => (await tx.run(sql`
  insert into staff_role (program_id, staff_id, role, adjust_limit, created_at) values (${programId}, ${row.staffId}, ${row.role}, ${row.adjustLimit}, ${new Date(at)}) on conflict do nothing`)) === 1;

/** Every role of the program under lock, so that two people cannot take the last two owners away at once. */
export const lockRoles = (tx: Tx, programId: number) => tx.rows<{ staffId: number; role: Role; adjustLimit: number | null; active: boolean }>(sql`
  select staff_id, role, adjust_limit, active from staff_role where program_id = ${programId} order by staff_id for update`);

export const saveRole = (tx: Tx, programId: number, row: { staffId: number; role: Role; adjustLimit: number | null; active: boolean }) => tx.run(sql`
  update staff_role set role = ${row.role}, adjust_limit = ${row.adjustLimit}, active = ${row.active} where program_id = ${programId} and staff_id = ${row.staffId}`);

export const listRoles = (tx: Tx, programId: number, staffId: number | null = null) => tx.rows<RoleRow>(sql`
  select r.staff_id, s.sealed, r.role, r.adjust_limit, r.active, r.last_seen_at from staff_role r join staff s on s.id = r.staff_id
  where r.program_id = ${programId} ${staffId === null ? nothing : sql`and r.staff_id = ${staffId}`} order by r.created_at, r.staff_id`);

export const programsOf = (tx: Tx, staffId: number) => tx.rows<{ id: number; code: string; name: string; role: Role; adjustLimit: number | null; test: boolean; demo: boolean; hidden: boolean }>(sql`
  select p.id, p.code, p.name, r.role, r.adjust_limit, p.test, p.demo, p.hidden from staff_role r join program p on p.id = r.program_id
  where r.staff_id = ${staffId} and r.active order by p.hidden, r.created_at, p.id`);

export const findRole = (tx: Tx, programId: number, staffId: number) => tx.maybe<{ role: Role; adjustLimit: number | null; adjustDayLimit: number | null; lastSeenAt: Instant | null }>(sql`
  select r.role, r.adjust_limit, (p.adjust_day_limits ->> r.role)::bigint as adjust_day_limit, r.last_seen_at from staff_role r join program p on p.id = r.program_id where r.program_id = ${programId} and r.staff_id = ${staffId} and r.active`);

export const saveRoleSeen = (tx: Tx, programId: number, staffId: number, at: Instant) => tx.run(sql`
  update staff_role set last_seen_at = ${new Date(at)} where program_id = ${programId} and staff_id = ${staffId}`);

// API keys

export type ApiKeyRow = { readonly id: number; readonly name: string; readonly hint: string; readonly scopes: Permission[]; readonly createdAt: Instant; readonly revokedAt: Instant | null; readonly lastUsedAt: Instant | null };

export const insertApiKey = (tx: Tx, programId: number, row: { id: number; name: string; hint: string; secretHash: Buffer; scopes: readonly string[] }, at: Instant) => tx.run(sql`
  insert into api_key (program_id, id, name, hint, secret_hash, scopes, created_at)
  values (${programId}, ${row.id}, ${row.name}, ${row.hint}, ${row.secretHash}, ${row.scopes}, ${new Date(at)})`);

export const listApiKeys = (tx: Tx, programId: number, id: number | null = null) => tx.rows<ApiKeyRow>(sql`
  select id, name, hint, scopes, created_at, revoked_at, last_used_at from api_key where program_id = ${programId}
  ${id === null ? nothing : sql`and id = ${id}`} order by created_at desc, id desc`);

export const saveRevoked = (tx: Tx, programId: number, id: number, at: Instant) => tx.run(sql`
  update api_key set revoked_at = ${new Date(at)} where program_id = ${programId} and id = ${id} and revoked_at is null`);

export const findApiKey = (tx: Tx, secretHash: Buffer) => tx.maybe<{ programId: number; id: number; scopes: Permission[]; lastUsedAt: Instant | null }>(sql`
  select program_id, id, scopes, last_used_at from api_key where secret_hash = ${secretHash} and revoked_at is null`);

export const saveKeyUsed = (tx: Tx, programId: number, id: number, at: Instant) => tx.run(sql`
  update api_key set last_used_at = ${new Date(at)} where program_id = ${programId} and id = ${id}`);

// sessions

export type SessionRow = { readonly staffId: number | null; readonly programId: number | null; readonly memberId: number | null; readonly seenAt: Instant; readonly expiresAt: Instant };

export const insertSession = (tx: Tx, tokenHash: Buffer, owner: { staffId: number } | { programId: number; memberId: number }, now: Instant, expiresAt: Instant) => tx.run(sql`
  insert into session (token_hash, staff_id, program_id, member_id, created_at, seen_at, expires_at)
  values (${tokenHash}, ${'staffId' in owner ? owner.staffId : null}, ${'memberId' in owner ? owner.programId : null}, ${'memberId' in owner ? owner.memberId : null},
    ${new Date(now)}, ${new Date(now)}, ${new Date(expiresAt)})`);

export const findSession = (tx: Tx, tokenHash: Buffer) => tx.maybe<SessionRow>(sql`
  select staff_id, program_id, member_id, seen_at, expires_at from session where token_hash = ${tokenHash}`);

export const saveSessionSeen = (tx: Tx, tokenHash: Buffer, at: Instant) => tx.run(sql`update session set seen_at = ${new Date(at)} where token_hash = ${tokenHash}`);
export const deleteSession = (tx: Tx, tokenHash: Buffer) => tx.run(sql`delete from session where token_hash = ${tokenHash}`);
export const deleteMemberSessions = (tx: ProgramTx, memberId: number, but: Buffer | null) => tx.run(sql`delete from session where program_id = ${tx.program.id} and member_id = ${memberId} and token_hash is distinct from ${but}::bytea`);

// audit

export type AuditRow = { readonly id: number; readonly at: Instant; readonly actorKind: 'staff' | 'key' | 'member' | 'system'; readonly actorId: number | null; readonly action: string; readonly subject: string | null; readonly details: Record<string, string | number | boolean | null | string[]> };
export const listAudit = (tx: ProgramTx, after: { at: Instant; id: number } | null, limit: number) => tx.rows<AuditRow>(sql`
  select id, at, actor_kind, actor_id, action, subject, details from audit_entry where program_id = ${tx.program.id}
  ${after ? sql`and (at, id) < (${new Date(after.at)}, ${after.id})` : nothing} order by at desc, id desc limit ${limit}`);

/** When an action was done to each of its subjects; the latest when there were several. */
/** Acts of these kinds with what the trail says of them, in the order in which they were done. */
export const auditedActs = (tx: ProgramTx, actions: readonly string[]) => tx.rows<{ id: number; subject: string; at: Instant; action: string; details: Record<string, unknown> }>(sql`
  select id, subject, at, action, details from audit_entry where program_id = ${tx.program.id} and action = any(${actions}::text[]) and subject is not null order by at, id`);

export const auditedSubjects = (tx: ProgramTx, action: string) => tx.rows<{ subject: string; at: Instant; id: number }>(sql`
  select subject, max(at) as at, max(id) as id from audit_entry where program_id = ${tx.program.id} and action = ${action} and subject is not null group by subject`);
