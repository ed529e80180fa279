import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { readCursor, writeCursor } from '../../platform/cursor.ts';
import { refuse } from '../../platform/refusal.ts';
import { iso, isoOrNull } from '../../platform/iso.ts';
import { newWorkingSet, readBalances, readMembers, stateNo, suspensionOf, type MemberLedger } from '../ledger/index.ts';
import { membersOfCircle } from './circle-store.ts';
import { SHOWN_MEMBERS, circlesOfMember, getCircleId, getCircleView } from './circles.ts';
import { IDENTIFIERS, displayName, isComplete } from './core.ts';
import { monthDayOf, openProfile } from './profile.ts';
import * as store from './store.ts';
import type { MemberRow } from './store.ts';

const kindOf = (kind: number) => (kind === 2 ? 'company' as const : 'person' as const);

async function ledgersOf(tx: ProgramTx, ids: readonly number[]): Promise<Map<number, MemberLedger>> {
  const set = newWorkingSet(tx.program.id, tx.program.purgeable, tx.program.now);
  await readMembers(tx, set, ids);
  return set.members;
}

/** A member as the contract shows one, balances projected to this instant. Refuses `member_unknown`. */
export async function getMemberView(tx: ProgramTx, deps: Deps, id: number) {
  const row = await store.findMember(tx, id) ?? refuse('member_unknown');
  const keys = await deps.keyring.forProgram(tx.program.id);
  const ledger = (await ledgersOf(tx, [id])).get(id)!;
  const identifiers = await store.identifiersOf(tx, id);
  const suspension = ledger.suspended ? await suspensionOf(tx, id) : null;
  return {
    id: deps.publicIds.encode('mem', id), number: row.number, kind: kindOf(row.kind), state: ledger.state, ...openProfile(keys, row),
    externalId: identifiers.find((one) => one.kind === IDENTIFIERS.externalId)?.key ?? null, language: row.language, emailConsent: row.emailConsentAt !== null,
    cards: identifiers.filter((one) => one.kind === IDENTIFIERS.card).map(({ key, active, since }) => ({ number: key, active, since: iso(since) })),
    joinedAt: iso(row.joinedAt), termsVersion: row.termsVersion, attributes: row.attributes, groups: (await store.groupsOf(tx, [id])).get(id) ?? [], ...await circlesOfMember(tx, deps, id), balances: (await readBalances(tx, [id])).get(id)!,
    salesCount: ledger.salesCount, spentMinor: ledger.spentMinor, lastSaleOn: ledger.lastSaleOn,
    suspension: suspension && { at: isoOrNull(suspension.at), found: suspension.found },
  };
}
/** A member as the member sees it: that spending is stopped, not what exactly the books say, and not how the organiser sorts members. */
export async function getOwnView(tx: ProgramTx, deps: Deps, id: number) {
  const view = await getMemberView(tx, deps, id);
  return { ...view, groups: [], household: null, company: null, suspension: view.suspension && { ...view.suspension, found: [] } };
}

/** Balances have a permission of their own (`points.read`): to whoever lacks it they are not told. */
export const shownTo = <View extends { readonly balances: readonly unknown[] }>({ permissions }: Pick<Ctx, 'permissions'>, view: View): View => (permissions.has('points.read') ? view : { ...view, balances: [] });

export type MemberView = Awaited<ReturnType<typeof getMemberView>>;

/** Rows of a list in the order of the ids; members who are not there are left out. */
export async function memberRows(tx: ProgramTx, deps: Deps, ids: readonly number[]) {
  if (ids.length === 0) return [];
  const rows = new Map((await store.membersByIds(tx, ids)).map((row) => [row.id, row]));
  const found = ids.flatMap((id) => rows.get(id) ?? []);
  const keys = await deps.keyring.forProgram(tx.program.id);
  const ledgers = await ledgersOf(tx, ids);
  const balances = await readBalances(tx, ids);
  return found.map((row: MemberRow) => {
    const ledger = ledgers.get(row.id)!;
    return {
      id: deps.publicIds.encode('mem', row.id), number: row.number, name: displayName(openProfile(keys, row)), state: ledger.state, joinedAt: iso(row.joinedAt),
      lastSaleOn: ledger.lastSaleOn, balances: balances.get(row.id)!.map(({ wallet, available }) => ({ wallet, available })),
    };
  });
}

/** A household or company with its people, those who came first first. Refuses `circle_unknown`. */
export async function getCircleDetail(tx: ProgramTx, deps: Deps, ref: string) {
  const id = await getCircleId(tx, deps, ref, null);
  return { ...await getCircleView(tx, deps, id), people: await memberRows(tx, deps, await membersOfCircle(tx, id, SHOWN_MEMBERS)) };
}

/** One page of members, newest first. */
export async function listMembers(tx: ProgramTx, deps: Deps, query: { state?: MemberLedger['state'] | undefined; cursor?: string | undefined; limit: number }) {
  const places = await store.listMembers(tx, query.state ? stateNo(query.state) : null, readCursor(query.cursor), query.limit + 1);
  const page = places.slice(0, query.limit);
  const last = page.at(-1);
  return { items: await memberRows(tx, deps, page.map(({ id }) => id)), next: places.length > query.limit && last ? writeCursor({ at: last.joinedAt, id: last.id }) : null };
}

/** When the member joined and whether the profile is complete; null for one who is not there or has left. */
export async function profileState(deps: Deps, tx: ProgramTx, id: number): Promise<{ joinedAt: number; complete: boolean } | null> {
  const row = await store.findMember(tx, id);
  if (!row || row.closedAt !== null) return null;
  return { joinedAt: row.joinedAt, complete: isComplete(openProfile(await deps.keyring.forProgram(tx.program.id), row), kindOf(row.kind)) };
}

/** What rules may read of members beyond the ledger's row: the day of the birthday (MM-DD) and the program's own attributes. */
export async function memberAttributes(deps: Deps, tx: ProgramTx, ids: readonly number[]): Promise<Map<number, { birthMonthDay: string | null; attributes: store.Attributes }>> {
  const keys = await deps.keyring.forProgram(tx.program.id);
  const rows = await store.membersByIds(tx, ids);
  return new Map(rows.map((row) => [row.id, { birthMonthDay: monthDayOf(openProfile(keys, row).birthDate), attributes: row.attributes }]));
}
