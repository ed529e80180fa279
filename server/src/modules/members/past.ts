import type { Instant } from '@wracam/engine/calendar';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { ProgramKeys } from '../../platform/keyring.ts';
import { circlesOf } from './circle-store.ts';
import * as store from './past-store.ts';
import { groupsOf, type Attributes } from './store.ts';

/** The household and the company of a member, and the company's name, by which rules ask for it. */
export type Circles = { readonly household: number | null; readonly company: number | null; readonly companyName: string | null };
/** What rules may ask of a member that can change. `birthMonthDay` is 'MM-DD'. */
export type ChangingFacts = { readonly attributes: Attributes; readonly groups: readonly string[]; readonly circles: Circles | null; readonly birthMonthDay: string | null };
/** From this instant on the member's facts are these. */
export type FactChange = { readonly at: Instant; readonly facts: Partial<ChangingFacts> };
/** A member's facts before the first known change, and every change since, in the order of time. */
export type FactHistory = { readonly first: ChangingFacts; readonly changes: readonly FactChange[] };

const NO_CIRCLES: Circles = { household: null, company: null, companyName: null };
const sealedAt = (id: number) => `member_past|sealed|${id}`;

/** The circles of members by member; who is in none is left out. */
export async function circlesByMember(tx: ProgramTx, memberIds: readonly number[]): Promise<Map<number, Circles>> {
  const found = new Map<number, Circles>();
  for (const { memberId, kind, id, name } of await circlesOf(tx, memberIds)) {
    const before = found.get(memberId) ?? NO_CIRCLES;
    found.set(memberId, kind === 'company' ? { ...before, company: id, companyName: name } : { ...before, household: id });
  }
  return found;
}

const isSame = (a: Attributes, b: Attributes): boolean => {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
};

/** To be called before attributes are changed, under the member's lock. */
export async function keepAttributes(tx: ProgramTx, memberId: number, before: Attributes, after: Attributes): Promise<void> {
  if (!isSame(before, after)) await store.insertPast(tx, [{ memberId, fact: 'attributes', value: before, sealed: null }]);
}

/** To be called before the day of the birthday is changed, under the member's lock. */
export async function keepBirthday(tx: ProgramTx, keys: ProgramKeys, memberId: number, before: string | null, after: string | null): Promise<void> {
  if (before !== after) await store.insertPast(tx, [{ memberId, fact: 'birthMonthDay', value: null, sealed: before === null ? null : keys.seal(sealedAt(memberId), before) }]);
}

/** Changes the groups of a member, under its lock, and keeps what they were. */
export async function keepingGroups(tx: ProgramTx, memberId: number, change: () => Promise<void>): Promise<void> {
  const read = async () => (await groupsOf(tx, [memberId])).get(memberId) ?? [];
  const before = await read();
  await change();
  if (before.join('\n') !== (await read()).join('\n')) await store.insertPast(tx, [{ memberId, fact: 'groups', value: before, sealed: null }]);
}

/** Changes circles of members, or the name of their company, under the locks of these circles, and keeps what they were. */
export async function keepingCircles(tx: ProgramTx, memberIds: readonly number[], change: () => Promise<void>): Promise<void> {
  const before = await circlesByMember(tx, memberIds);
  await change();
  const after = await circlesByMember(tx, memberIds);
  const changed = memberIds.filter((id) => isOther(before.get(id) ?? NO_CIRCLES, after.get(id) ?? NO_CIRCLES));
  await store.insertPast(tx, changed.map((memberId) => ({ memberId, fact: 'circles', value: before.get(memberId) ?? NO_CIRCLES, sealed: null })));
}
const isOther = (a: Circles, b: Circles): boolean => a.household !== b.household || a.company !== b.company || a.companyName !== b.companyName;

/** How the facts of these members changed, of those kinds of facts that are asked for. `today` has what holds now. */
export async function factHistories(deps: Deps, tx: ProgramTx, today: ReadonlyMap<number, ChangingFacts>, asked: readonly store.Fact[]): Promise<Map<number, FactHistory>> {
  const keys = await deps.keyring.forProgram(tx.program.id);
  const rows = asked.length === 0 ? [] : await store.pastOf(tx, [...today.keys()], asked);
  const byMember = grouped(rows, (row) => row.memberId);
  return new Map([...today].map(([id, now]) => [id, historyOf(now, byMember.get(id) ?? [], (sealed) => keys.open<string>(sealedAt(id), sealed))]));
}

function historyOf(today: ChangingFacts, rows: readonly store.PastRow[], open: (sealed: Buffer) => string): FactHistory {
  const valueOf = ({ fact, value, sealed }: store.PastRow): Partial<ChangingFacts> => ({ [fact]: fact === 'birthMonthDay' ? sealed && open(sealed) : value });
  let first = today;
  const changes: FactChange[] = [];
  for (const [fact, own] of grouped(rows, (row) => row.fact)) {
    first = { ...first, ...valueOf(own[0]!) };
    own.forEach((row, at) => { const next = own[at + 1]; changes.push({ at: row.until, facts: next ? valueOf(next) : { [fact]: today[fact] } }); });
  }
  return { first, changes: changes.sort((a, b) => a.at - b.at) };
}

/** Rows by a part of them, in their order. */
function grouped<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row); else groups.set(keyOf(row), [row]);
  }
  return groups;
}
