import type { Role } from '@wracam/contract';
import type { Points } from '@wracam/engine/points';
import { act, audit } from '../../platform/act.ts';
import type { ProgramTx, Tx } from '../../platform/db.ts';
import { systemCtx, type Ctx, type Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { linkEnd, nameIn, plainEmail, type Person } from './core.ts';
import { insertCode } from './code-store.ts';
import { newLinkToken } from './secrets.ts';
import * as store from './store.ts';

export type NewStaff = { readonly name: string; readonly email: string; readonly role: Role; readonly adjustLimit?: Points | null | undefined };
export type StaffChange = { readonly name?: string | undefined; readonly role?: Role | undefined; readonly adjustLimit?: Points | null | undefined; readonly active?: boolean | undefined };
export type StaffView = { readonly id: number; readonly name: string; readonly email: string; readonly role: Role; readonly adjustLimit: Points | null; readonly active: boolean; readonly lastSeenAt: number | null };

const sealedAt = (id: number) => `staff|sealed|${id}`;
export const emailIndexOf = (deps: Deps, email: string) => deps.keyring.platform.index('staff email', plainEmail(email));
export const openPerson = (deps: Deps, row: { id: number; sealed: Buffer }) => deps.keyring.platform.open<Person>(sealedAt(row.id), row.sealed);

const viewOf = (deps: Deps, programId: number, { staffId, sealed, ...row }: store.RoleRow): StaffView => {
  const person = openPerson(deps, { id: staffId, sealed });
  return { id: staffId, name: nameIn(person, programId), email: person.email, ...row };
};

/** The person of this address, made when there is none; the name counts in this program only. */
async function personFor(deps: Deps, tx: Tx, programId: number, { name, email }: NewStaff, now: number): Promise<number> {
  const emailIndex = emailIndexOf(deps, email);
  const id = (await deps.ids.take(1))[0]!;
  const made: Person = { email: plainEmail(email), name, names: { [programId]: name } };
  if (await store.insertStaff(tx, { id, emailIndex, sealed: deps.keyring.platform.seal(sealedAt(id), made) }, now)) return id;
  const known = (await store.findStaffByEmail(tx, emailIndex))!;
  await rename(deps, tx, known.id, programId, name);
  return known.id;
}

async function rename(deps: Deps, tx: Tx, id: number, programId: number, name: string): Promise<void> {
  const person = openPerson(deps, await store.lockStaff(tx, id));
  const renamed: Person = { ...person, names: { ...person.names, [programId]: name } };
  await store.saveStaff(tx, id, deps.keyring.platform.seal(sealedAt(id), renamed));
}

/** Gives a person a role in the program, in the caller's transaction. Refuses `staff_exists`. */
export async function insertStaff(deps: Deps, tx: ProgramTx, input: NewStaff): Promise<number> {
  await store.seePlatform(tx);
  const now = await store.realNow(tx);
  const staffId = await personFor(deps, tx, tx.program.id, input, now);
  if (!await store.insertRole(tx, tx.program.id, { staffId, role: input.role, adjustLimit: input.adjustLimit ?? null }, now)) refuse('staff_exists');
  return staffId;
}

async function auditedStaff(deps: Deps, tx: ProgramTx, ctx: Ctx, input: NewStaff): Promise<number> {
  const staffId = await insertStaff(deps, tx, input);
  await tellAdded(deps, tx, ctx, staffId, input);
  return staffId;
}

const tellAdded = (deps: Deps, tx: ProgramTx, ctx: Ctx, staffId: number, { role, adjustLimit }: NewStaff) =>
  audit(deps, tx, ctx, 'staff.added', deps.publicIds.encode('stf', staffId), { role, adjustLimit: adjustLimit ?? null });

export const addStaff = (deps: Deps, ctx: Ctx, input: NewStaff): Promise<StaffView> => act(deps, ctx, async (tx) => {
  const staffId = await auditedStaff(deps, tx, ctx, input);
  return viewOf(deps, ctx.programId, (await store.listRoles(tx, ctx.programId, staffId))[0]!);
});

/** As `createStaff`, for a step that may be repeated: whoever has a role already keeps it. */
export const ensureStaff = (deps: Deps, programId: number, input: NewStaff): Promise<number> => deps.db.inProgram(programId, async (tx) => {
  await store.seePlatform(tx);
  const now = await store.realNow(tx);
  const staffId = await personFor(deps, tx, programId, input, now);
  if (await store.insertRole(tx, programId, { staffId, role: input.role, adjustLimit: input.adjustLimit ?? null }, now)) await tellAdded(deps, tx, systemCtx(programId), staffId, input);
  return staffId;
});

/** Gives a person access without anybody asking: the first start and the command line. Returns the staff id; refuses `staff_exists`. The audit trail has it as the system's. */
export const createStaff = (deps: Deps, programId: number, input: NewStaff): Promise<number> =>
  deps.db.inProgram(programId, (tx) => auditedStaff(deps, tx, systemCtx(programId), input));

/** Changes a role, a limit or a name, or takes access away. Refuses `last_owner` when nobody would be left to manage access. */
export const changeStaff = (deps: Deps, ctx: Ctx, staffId: number, change: StaffChange): Promise<StaffView> => act(deps, ctx, async (tx) => {
  await store.seePlatform(tx);
  const roles = await store.lockRoles(tx, ctx.programId);
  const before = roles.find((one) => one.staffId === staffId) ?? refuse('not_found');
  const after = {
    staffId, role: change.role ?? before.role, active: change.active ?? before.active,
    adjustLimit: change.adjustLimit === undefined ? before.adjustLimit : change.adjustLimit,
  };
  const others = roles.filter((one) => one.staffId !== staffId);
  if (![after, ...others].some((one) => one.role === 'owner' && one.active)) refuse('last_owner');
  await store.saveRole(tx, ctx.programId, after);
  if (change.name !== undefined) await rename(deps, tx, staffId, ctx.programId, change.name);
  const { name: _, ...figures } = change;
  await audit(deps, tx, ctx, 'staff.changed', deps.publicIds.encode('stf', staffId), { ...figures, fields: Object.keys(change) });
  return viewOf(deps, ctx.programId, (await store.listRoles(tx, ctx.programId, staffId))[0]!);
});

export const listStaff = (deps: Deps, programId: number): Promise<StaffView[]> =>
  deps.db.onPlatform(async (tx) => (await store.listRoles(tx, programId)).map((row) => viewOf(deps, programId, row)));

/**
 * A one-time link to the panel for this person; it works once, for a day. Whoever holds it is that person: it goes to a terminal, never to a
 * log. The token stands behind #, which browsers send to no server and to no other page.
 */
export async function issueSignInLink(deps: Deps, staffId: number): Promise<string> {
  const id = (await deps.ids.take(1))[0]!;
  const { token, secretHash } = newLinkToken(id);
  await deps.db.onPlatform(async (tx) => {
    const now = await store.realNow(tx);
    const { emailIndex } = await store.getStaff(tx, staffId);
    await insertCode(tx, { id, purpose: 'staff_link', programId: null, subject: emailIndex, secretHash, sealed: null, tries: 1, expiresAt: linkEnd(now) }, now);
  });
  return `${deps.publicUrl}/panel/sign-in#token=${token}`;
}

/**
 * Who of a program a new link is for: the person of this address, or without one the first owner. Null when there is nobody like that who may
 * sign in.
 */
export const findStaffForLink = (deps: Deps, programId: number, email?: string): Promise<{ staffId: number; email: string } | null> => deps.db.onPlatform(async (tx) => {
  const people = (await store.listRoles(tx, programId)).filter(({ active }) => active).map((row) => ({ staffId: row.staffId, role: row.role, email: openPerson(deps, { id: row.staffId, sealed: row.sealed }).email }));
  const found = people.find((one) => (email === undefined ? one.role === 'owner' : one.email === plainEmail(email)));
  return found ? { staffId: found.staffId, email: found.email } : null;
});

/** The address that this person signs in with. */
export const staffEmail = (deps: Deps, staffId: number): Promise<string> =>
  deps.db.onPlatform(async (tx) => openPerson(deps, await store.getStaff(tx, staffId)).email);
