import { addDays, daysBetween } from '@wracam/engine/calendar';
import { accountKey } from '../ledger/index.ts';
import type { MemoryMember } from '../transactions/index.ts';
import { accountChanges, type AccountChange } from './account-changes.ts';
import type { Difference, ReplayPlan } from './machine.ts';
import type { MonthSums, RuleSums, Side } from './side.ts';

export type SideSums = { readonly earned: number; readonly returned: number; readonly spent: number; readonly expired: number; readonly outstanding: number; readonly capped: number; readonly cut: number; readonly shortfalls: number };
export type MonthPoint = { readonly earned: number; readonly outstanding: number; readonly expired: number };
export type Pair<T> = { readonly now: T; readonly draft: T };
export type MemberChange = { readonly memberId: number; readonly now: number; readonly draft: number };
export type ReplayResult = {
  readonly documents: number; readonly difference: Difference; readonly sums: Pair<SideSums>;
  readonly months: readonly ({ readonly month: string } & Pair<MonthPoint>)[];
  readonly rules: readonly ({ readonly ruleId: number } & Pair<RuleSums>)[];
  readonly winners: number; readonly losers: number; readonly same: number;
  /** Members by how their points changed, in steps of powers of ten; `from` and `to` are both included. */
  readonly spread: readonly { readonly from: number; readonly to: number; readonly members: number }[];
  readonly segments: readonly ({ readonly by: 'kind' | 'membership'; readonly value: string; readonly members: number } & Pair<number>)[];
  readonly thresholds: readonly ({ readonly points: number } & Pair<number>)[];
  readonly unknownFacts: readonly string[];
  /** Members with a difference, the greatest first. */
  readonly changes: readonly MemberChange[];
  /** Of a repair alone: what brings each account to where the right rules lead. */
  readonly accounts: readonly AccountChange[];
};

const NOTHING: RuleSums = { points: 0, documents: 0, capped: 0, cut: 0 };

/** What came of a replay, as plain data. */
export function resultOf(plan: ReplayPlan, sides: Pair<Side>, seen: { documents: number; members: readonly MemoryMember[]; difference: Difference }): ReplayResult {
  const pair = <T>(of: (side: Side) => T): Pair<T> => ({ now: of(sides.now), draft: of(sides.draft) });
  const earners = [...new Set([...sides.now.earnedBy.keys(), ...sides.draft.earnedBy.keys()])];
  const changes = earners.map((memberId): MemberChange => ({ memberId, now: sides.now.earnedBy.get(memberId) ?? 0, draft: sides.draft.earnedBy.get(memberId) ?? 0 }));
  const changed = changes.filter((one) => one.now !== one.draft).sort((a, b) => Math.abs(b.draft - b.now) - Math.abs(a.draft - a.now) || a.memberId - b.memberId);
  const places = new Map([...plan.now.rules, ...plan.draft.rules].map((rule, at) => [rule.ruleId, at]));
  const placeOf = (ruleId: number) => places.get(ruleId) ?? Infinity;
  const ruleIds = [...new Set([...sides.now.rules.keys(), ...sides.draft.rules.keys()])].sort((a, b) => (placeOf(a) === placeOf(b) ? a - b : placeOf(a) - placeOf(b)));
  return {
    unknownFacts: plan.unknownFacts, documents: seen.documents, difference: { ...seen.difference }, sums: pair(sumsOf), months: monthsOf(plan, sides),
    rules: ruleIds.map((ruleId) => ({ ruleId, ...pair((side) => side.rules.get(ruleId) ?? NOTHING) })),
    winners: changed.filter((one) => one.draft > one.now).length, losers: changed.filter((one) => one.draft < one.now).length, same: changes.length - changed.length,
    spread: spreadOf(changes.map((one) => one.draft - one.now)), segments: segmentsOf(plan, seen.members, changes),
    thresholds: plan.thresholds.map((points) => ({ points, ...pair((side) => reached(side, plan.walletNo, points)) })), changes: changed,
    accounts: plan.right ? accountChanges(sides.now, sides.draft) : [],
  };
}

function sumsOf(side: Side): SideSums {
  const sum = (of: (month: MonthSums) => number) => [...side.months.values()].reduce((total, month) => total + of(month), 0);
  const rules = [...side.rules.values()];
  return {
    earned: sum((one) => one.earned), returned: sum((one) => one.returned), spent: sum((one) => one.spent), expired: sum((one) => one.expired), outstanding: side.opening + sum((one) => one.net),
    capped: rules.reduce((total, one) => total + one.capped, 0), cut: rules.reduce((total, one) => total + one.cut, 0), shortfalls: side.shortfalls,
  };
}

/** Every month of the period, also those in which nothing happened: the liability stands on. */
function monthsOf(plan: ReplayPlan, sides: Pair<Side>): ReplayResult['months'] {
  const standing = { now: sides.now.opening, draft: sides.draft.opening };
  const point = (name: 'now' | 'draft', month: string): MonthPoint => {
    const sums = sides[name].months.get(month);
    standing[name] += sums?.net ?? 0;
    return { earned: sums?.earned ?? 0, expired: sums?.expired ?? 0, outstanding: standing[name] };
  };
  return monthsBetween(plan.from, plan.until).map((month) => ({ month, now: point('now', month), draft: point('draft', month) }));
}

export function monthsBetween(from: string, until: string): string[] {
  const months: string[] = [];
  for (let date = from; ; date = addDays(date, 1)) {
    if (months.at(-1) !== date.slice(0, 7)) months.push(date.slice(0, 7));
    if (date >= until) return months;
  }
}

/** The edges on either side of zero: a person reads "10 to 99 points more". */
const EDGES = [1, 10, 100, 1_000, 10_000];
function spreadOf(differences: readonly number[]): ReplayResult['spread'] {
  const last = Number.MAX_SAFE_INTEGER;
  const up = EDGES.map((from, at) => ({ from, to: at + 1 < EDGES.length ? EDGES[at + 1]! - 1 : last }));
  const steps = [...up.toReversed().map(({ from, to }) => ({ from: -to, to: -from })), { from: 0, to: 0 }, ...up];
  return steps.map((step) => ({ ...step, members: differences.filter((one) => one >= step.from && one <= step.to).length }));
}

const MEMBERSHIPS = [['underMonth', 30], ['underYear', 365], ['longer', Infinity]] as const;
function segmentsOf(plan: ReplayPlan, members: readonly MemoryMember[], changes: readonly MemberChange[]): ReplayResult['segments'] {
  const byId = new Map(members.map((one) => [one.id, one]));
  const sums = new Map<string, { by: 'kind' | 'membership'; value: string; members: number; now: number; draft: number }>();
  const add = (by: 'kind' | 'membership', value: string, change: MemberChange) => {
    const sum = sums.get(`${by}:${value}`) ?? { by, value, members: 0, now: 0, draft: 0 };
    sums.set(`${by}:${value}`, { ...sum, members: sum.members + 1, now: sum.now + change.now, draft: sum.draft + change.draft });
  };
  for (const change of changes) {
    const member = byId.get(change.memberId);
    if (!member) continue;
    const days = daysBetween(member.joinedOn, plan.until);
    add('kind', member.kind, change);
    add('membership', MEMBERSHIPS.find(([, below]) => days < below)![0], change);
  }
  return [...sums.values()].sort((a, b) => (`${a.by}${a.value}` < `${b.by}${b.value}` ? -1 : 1));
}

function reached(side: Side, walletNo: number, points: number): number {
  let count = 0;
  for (const memberId of side.work.set.members.keys()) if ((side.work.set.accounts.get(accountKey(memberId, walletNo))?.available ?? 0) >= points) count += 1;
  for (const available of side.standing) if (available >= points) count += 1;
  return count;
}
