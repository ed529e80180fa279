import { CIRCLE_KINDS, type CircleKind } from '@wracam/engine/facts';
import { act, audit } from '../../platform/act.ts';
import { readCursor, writeCursor } from '../../platform/cursor.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import type { ProgramKeys } from '../../platform/keyring.ts';
import { refuse } from '../../platform/refusal.ts';
import { iso } from '../../platform/iso.ts';
import * as store from './circle-store.ts';
import { keepingCircles } from './past.ts';

/** A longer list of one circle's people is shown in part. */
export const SHOWN_MEMBERS = 200;

const sealedAt = (id: number) => `circle|sealed|${id}`;
const nameOf = (keys: ProgramKeys, { id, name, sealed }: Pick<store.CircleRow, 'id' | 'name' | 'sealed'>): string => name ?? (sealed ? keys.open<string>(sealedAt(id), sealed) : '');
const written = (keys: ProgramKeys, id: number, kind: CircleKind, name: string) => (kind === 'company' ? { id, name, sealed: null } : { id, name: null, sealed: keys.seal(sealedAt(id), name) });

/** The circle's id behind its public one. Refuses `circle_unknown`, also when it is of another kind. */
export async function getCircleId(tx: ProgramTx, deps: Deps, ref: string, kind: CircleKind | null): Promise<number> {
  const id = deps.publicIds.decode('crc', ref);
  const found = id === null ? null : await store.findCircle(tx, id);
  return found && (kind === null || found.kind === kind) ? found.id : refuse('circle_unknown');
}

const viewOf = (deps: Deps, keys: ProgramKeys, row: store.CircleRow) => ({ id: deps.publicIds.encode('crc', row.id), kind: row.kind, name: nameOf(keys, row), members: row.members, createdAt: iso(row.createdAt) });

export async function getCircleView(tx: ProgramTx, deps: Deps, id: number) {
  return viewOf(deps, await deps.keyring.forProgram(tx.program.id), await store.findCircle(tx, id) ?? refuse('circle_unknown'));
}

/** One page of households or companies, newest first. */
export async function listCircles(tx: ProgramTx, deps: Deps, query: { kind?: CircleKind | undefined; cursor?: string | undefined; limit: number }) {
  const keys = await deps.keyring.forProgram(tx.program.id);
  const rows = await store.listCircles(tx, query.kind ?? null, readCursor(query.cursor), query.limit + 1);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return { items: page.map((row) => viewOf(deps, keys, row)), next: rows.length > query.limit && last ? writeCursor({ at: last.createdAt, id: last.id }) : null };
}

/** The household and the company of a member as the contract shows them. */
export async function circlesOfMember(tx: ProgramTx, deps: Deps, memberId: number) {
  const keys = await deps.keyring.forProgram(tx.program.id);
  const own = await store.circlesOf(tx, [memberId]);
  const of = (kind: CircleKind) => {
    const found = own.find((one) => one.kind === kind);
    return found ? { id: deps.publicIds.encode('crc', found.id), name: nameOf(keys, found) } : null;
  };
  return { household: of('household'), company: of('company') };
}

/** Refuses `circle_exists` for a second company of one name: rules ask for companies by name. */
export const createCircle = (deps: Deps, ctx: Ctx, kind: CircleKind, name: string) => act(deps, ctx, async (tx) => {
  const [id] = await deps.ids.take(1);
  if (!await store.insertCircle(tx, { kind, ...written(await deps.keyring.forProgram(ctx.programId), id!, kind, name) })) refuse('circle_exists', {}, [{ pointer: '/name', detail: name }]);
  await audit(deps, tx, ctx, 'circle.created', deps.publicIds.encode('crc', id!), { kind });
  return getCircleView(tx, deps, id!);
});

/** Refuses `circle_unknown` and `circle_exists`. */
export const renameCircle = (deps: Deps, ctx: Ctx, ref: string, name: string) => act(deps, ctx, async (tx) => {
  const id = await getCircleId(tx, deps, ref, null);
  // Whoever is joining or leaving has written down the name of until now when this goes on, and is among its people or not.
  await store.lockCircles(tx, [id]);
  const { kind } = await store.findCircle(tx, id) ?? refuse('circle_unknown');
  try {
    const row = written(await deps.keyring.forProgram(ctx.programId), id, kind, name);
    const people = (await store.companyMembers(tx, [id])).map((one) => one.memberId);
    await keepingCircles(tx, people, async () => { await store.renameCircle(tx, row); });
  } catch (error) {
    if (store.isNameTaken(error)) refuse('circle_exists', {}, [{ pointer: '/name', detail: name }]);
    throw error;
  }
  await audit(deps, tx, ctx, 'circle.changed', ref, { fields: ['name'] });
  return getCircleView(tx, deps, id);
});

/** Takes an empty circle off the list with what was counted for it. Refuses `circle_not_empty`. */
export const removeCircle = (deps: Deps, ctx: Ctx, ref: string) => act(deps, ctx, async (tx) => {
  const id = await getCircleId(tx, deps, ref, null);
  await store.lockCircles(tx, [id]);
  const { members } = await store.findCircle(tx, id) ?? refuse('circle_unknown');
  if (members > 0) refuse('circle_not_empty', { members });
  await store.removeCircle(tx, id);
  await audit(deps, tx, ctx, 'circle.removed', ref);
  return { done: true as const };
});

/**
 * Puts a member, whose lock the caller holds, into the circles named by kind, or takes it out of the one of that kind (null), and keeps what
 * was before. Refuses `circle_unknown`.
 */
export async function moveToCircles(deps: Deps, tx: ProgramTx, memberId: number, to: Partial<Record<CircleKind, string | null>>): Promise<void> {
  const moves: { readonly kind: CircleKind; readonly id: number | null }[] = [];
  for (const kind of CIRCLE_KINDS) {
    const ref = to[kind];
    if (ref !== undefined) moves.push({ kind, id: ref === null ? null : await getCircleId(tx, deps, ref, kind) });
  }
  if (moves.length === 0) return;
  const joined = moves.flatMap(({ id }) => id ?? []);
  // Under their locks nobody takes the new ones off the list meanwhile, and nobody renames the old ones while it is written down what they were called.
  const locked = new Set((await store.lockCircles(tx, [...joined, ...await ownCircles(tx, memberId)])).map(({ id }) => id));
  if (!joined.every((id) => locked.has(id))) refuse('circle_unknown');
  await keepingCircles(tx, [memberId], async () => { for (const { kind, id } of moves) await store.putIntoCircle(tx, memberId, kind, id); });
}

/** Takes a member, whose lock the caller holds, out of every circle. */
export async function leaveCircles(tx: ProgramTx, memberId: number): Promise<void> {
  await store.lockCircles(tx, await ownCircles(tx, memberId));
  await keepingCircles(tx, [memberId], async () => { await store.leaveCircles(tx, memberId); });
}
const ownCircles = async (tx: ProgramTx, memberId: number): Promise<number[]> => (await store.circlesOf(tx, [memberId])).map(({ id }) => id);
