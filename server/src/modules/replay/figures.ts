import { addDays } from '@wracam/engine/calendar';
import type { DayChange, MemoryMember } from '../transactions/index.ts';
import { accountChanges, type AccountChange } from './account-changes.ts';
import { dayChanges } from './day-changes.ts';
import { grantChanges, type RightGrant } from './grant-changes.ts';
import type { Difference, ReplayPlan } from './machine.ts';
import { sharesLimits } from './shared-limits.ts';
import { levelFiguresOf, type LevelFigures } from './level-figures.ts';
import { sumBySegment, type Segment } from './member-segments.ts';
import { thresholdsOf, type ThresholdFigures } from './thresholds.ts';
import type { MonthSums, RuleSums, Side } from './side.ts';

export type SideSums = { readonly earned: number; readonly returned: number; readonly spent: number; readonly expired: number; readonly outstanding: number; readonly capped: number; readonly cut: number; readonly shortfalls: number;
  /** Points that members owe at the end, after returns of what they had spent. */
  readonly owed: number };
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
  readonly segments: readonly (Segment & { readonly members: number } & Pair<number>)[];
  readonly thresholds: readonly ThresholdFigures[];
  /** Null: levels were not carried, because nothing could have changed one. */
  readonly levels: LevelFigures | null;
  readonly changingFacts: readonly string[];
  /** Members with a difference, the greatest first. */
  readonly changes: readonly MemberChange[];
  /** Of a repair alone: what brings each account to where the right rules lead, but for those who are left out. */
  readonly accounts: readonly AccountChange[];
  /** The same for points by the day of the documents that earned them: what levels and thresholds count. */
  readonly days: readonly DayChange[];
  /** Of a repair alone: what documents should have given besides points, where it differs. */
  readonly grants: readonly RightGrant[];
  /** Of a repair alone: members of whom documents are decided differently by the very rules that decided them. Null: nothing can be said of the others either. */
  readonly leftOut: readonly LeftOut[] | null;
};

export type LeftOut = { readonly memberId: number; readonly documents: number };

/** With more of them something is wrong that touches everybody. */
const LEFT_OUT_MAX = 1_000;

/** Who is left out of a repair. Null where a limit is shared by members: then one who is not exact makes others inexact. */
function leftOutOf(plan: ReplayPlan, inexact: ReadonlyMap<number | null, number>): LeftOut[] | null {
  if (inexact.size === 0) return [];
  if (inexact.has(null) || inexact.size > LEFT_OUT_MAX || sharesLimits(plan)) return null;
  return [...inexact].map(([memberId, documents]) => ({ memberId: memberId!, documents })).sort((a, b) => b.documents - a.documents || a.memberId - b.memberId);
}

const NOTHING: RuleSums = { points: 0, documents: 0, capped: 0, cut: 0 };

/** What came of a replay, as plain data. */
export function resultOf(plan: ReplayPlan, sides: Pair<Side>, seen: { documents: number; members: readonly MemoryMember[]; difference: Difference; inexact: ReadonlyMap<number | null, number> }): ReplayResult {
  const leftOut = plan.right ? leftOutOf(plan, seen.inexact) : [];
  const out = new Set(leftOut?.map((one) => one.memberId));
  const pair = <T>(of: (side: Side) => T): Pair<T> => ({ now: of(sides.now), draft: of(sides.draft) });
  const earners = [...new Set([...sides.now.earnedBy.keys(), ...sides.draft.earnedBy.keys()])];
  const changes = earners.map((memberId): MemberChange => ({ memberId, now: sides.now.earnedBy.get(memberId) ?? 0, draft: sides.draft.earnedBy.get(memberId) ?? 0 }));
  const changed = changes.filter((one) => one.now !== one.draft).sort((a, b) => Math.abs(b.draft - b.now) - Math.abs(a.draft - a.now) || a.memberId - b.memberId);
  const places = new Map([...plan.now.rules, ...plan.draft.rules].map((rule, at) => [rule.ruleId, at]));
  const placeOf = (ruleId: number) => places.get(ruleId) ?? Infinity;
  const ruleIds = [...new Set([...sides.now.rules.keys(), ...sides.draft.rules.keys()])].sort((a, b) => (placeOf(a) === placeOf(b) ? a - b : placeOf(a) - placeOf(b)));
  return {
    changingFacts: plan.changingFacts, documents: seen.documents, difference: { ...seen.difference }, sums: pair((side) => sumsOf(plan, side)), months: monthsOf(plan, sides),
    rules: ruleIds.map((ruleId) => ({ ruleId, ...pair((side) => side.rules.get(ruleId) ?? NOTHING) })),
    winners: changed.filter((one) => one.draft > one.now).length, losers: changed.filter((one) => one.draft < one.now).length, same: changes.length - changed.length,
    spread: spreadOf(changes.map((one) => one.draft - one.now)), segments: segmentsOf(plan, seen.members, changes), thresholds: thresholdsOf(plan, sides, seen.members), levels: levelFiguresOf(plan, sides, out.size === 0 ? seen.members : seen.members.filter((one) => !out.has(one.id))), changes: changed,
    accounts: plan.right ? accountChanges(sides.now, sides.draft).filter((one) => !out.has(one.memberId)) : [], days: plan.right ? dayChanges(sides.now, sides.draft).filter((one) => !out.has(one.memberId)) : [],
    grants: plan.right ? grantChanges(sides.now, sides.draft, new Set(plan.grantsOf)).filter((one) => !out.has(one.memberId)) : [], leftOut,
  };
}

function sumsOf({ walletNo }: ReplayPlan, side: Side): SideSums {
  const sum = (of: (month: MonthSums) => number) => [...side.months.values()].reduce((total, month) => total + of(month), 0);
  const rules = [...side.rules.values()];
  const accounts = [...side.work.set.accounts.values()].filter((one) => one.walletNo === walletNo);
  return {
    earned: sum((one) => one.earned), returned: sum((one) => one.returned), spent: sum((one) => one.spent), expired: sum((one) => one.expired), outstanding: side.opening + sum((one) => one.net),
    capped: rules.reduce((total, one) => total + one.capped, 0), cut: rules.reduce((total, one) => total + one.cut, 0), shortfalls: side.shortfalls,
    owed: accounts.reduce((total, one) => total + one.debt, side.owed),
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

function segmentsOf(plan: ReplayPlan, members: readonly MemoryMember[], changes: readonly MemberChange[]): ReplayResult['segments'] {
  const byId = new Map(members.map((one) => [one.id, one]));
  const known = changes.flatMap((change) => { const member = byId.get(change.memberId); return member ? [{ member, change }] : []; });
  return sumBySegment(plan.until, known, ({ member }) => member, () => ({ members: 0, now: 0, draft: 0 }), (sum, { change }) => { sum.members += 1; sum.now += change.now; sum.draft += change.draft; });
}
