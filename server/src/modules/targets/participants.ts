import type { ProgramTx } from '../../platform/db.ts';
import { membersAfter } from '../ledger/index.ts';
import { circlesOf, companiesAfter, companyMembers, groupMembers, groupsOf } from '../members/index.ts';
import { participantGroup, participantId, participantKey } from './core.ts';
import type { RunningTarget } from './running.ts';
import * as store from './store.ts';

/** Members, or companies, counted in one transaction. */
const MEMBERS = 400;
const COMPANIES = 20;

/** Participants that these members belong to, or whose event they have: whatever changes with one of their documents. */
export async function participantsOf(tx: ProgramTx, { id, definition }: RunningTarget, memberIds: readonly number[]): Promise<string[]> {
  const { side, groups } = definition;
  const keys = new Set<string>();
  if (side === 'company') for (const circle of await circlesOf(tx, memberIds)) { if (circle.kind === 'company') keys.add(participantKey(side, circle.id)); }
  if (side !== 'company' && (side === 'group' || groups.length > 0)) {
    for (const [memberId, names] of await groupsOf(tx, memberIds)) for (const name of names) if (groups.includes(name)) keys.add(participantKey(side, side === 'group' ? name : memberId));
  }
  if (side === 'member' && groups.length === 0) for (const memberId of memberIds) keys.add(participantKey(side, memberId));
  for (const row of await store.standingOf(tx, id, memberIds)) keys.add(row.participant);
  return [...keys];
}

/** Who belongs to each of these participants now. */
export async function membersOf(tx: ProgramTx, { definition: { side, groups } }: Pick<RunningTarget, 'definition'>, keys: readonly string[]): Promise<Map<string, number[]>> {
  const found = new Map<string, number[]>(keys.map((key) => [key, []]));
  const add = (key: string, memberId: number) => found.get(key)?.push(memberId);
  if (side === 'company') for (const row of await companyMembers(tx, keys.map(participantId))) add(participantKey(side, row.circleId), row.memberId);
  else if (side === 'group') for (const row of await groupMembers(tx, keys.map(participantGroup).filter((name) => groups.includes(name)))) add(participantKey(side, row.name), row.memberId);
  else if (groups.length === 0) for (const key of keys) add(key, participantId(key));
  else for (const [memberId, names] of await groupsOf(tx, keys.map(participantId))) if (names.some((name) => groups.includes(name))) add(participantKey(side, memberId), memberId);
  return found;
}

/** A page of all participants of a target, and where the next page begins; null after the last. */
export async function participantPage(tx: ProgramTx, target: RunningTarget, after: number): Promise<{ keys: string[]; next: number | null }> {
  const { side, groups } = target.definition;
  if (side === 'group') return { keys: groups.slice(after, after + 1).map((name) => participantKey(side, name)), next: after + 1 < groups.length ? after + 1 : null };
  if (side === 'company') {
    const ids = await companiesAfter(tx, after, COMPANIES);
    return { keys: ids.map((id) => participantKey(side, id)), next: ids.length < COMPANIES ? null : ids.at(-1)! };
  }
  const ids = await membersAfter(tx, after, MEMBERS);
  const own = await membersOf(tx, target, ids.map((id) => participantKey(side, id)));
  return { keys: [...own].flatMap(([key, members]) => (members.length > 0 ? [key] : [])), next: ids.length < MEMBERS ? null : ids.at(-1)! };
}
