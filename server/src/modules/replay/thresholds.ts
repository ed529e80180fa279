import { accountKey } from '../ledger/index.ts';
import type { MemoryMember } from '../transactions/index.ts';
import type { Pair } from './figures.ts';
import type { ReplayPlan } from './machine.ts';
import { sumBySegment, type Segment } from './member-segments.ts';
import type { Side } from './side.ts';

/** Members who can afford so many points at the end, on either side; `up` and `down`: who can by the draft alone, and by the rules of now alone. */
type Reached = { readonly members: number; readonly up: number; readonly down: number } & Pair<number>;
export type ThresholdFigures = { readonly points: number; readonly segments: readonly (Segment & Reached)[] } & Omit<Reached, 'members'>;

export function thresholdsOf(plan: ReplayPlan, sides: Pair<Side>, members: readonly MemoryMember[]): ThresholdFigures[] {
  if (plan.thresholds.length === 0) return [];
  const rows = members.map((member) => ({ member, now: availableTo(sides.now, plan.walletNo, member.id), draft: availableTo(sides.draft, plan.walletNo, member.id) }));
  return plan.thresholds.map((points) => {
    const segments = sumBySegment(plan.until, rows, ({ member }) => member, () => ({ members: 0, now: 0, draft: 0, up: 0, down: 0 }), (sum, row) => {
      const [now, draft] = [row.now >= points, row.draft >= points];
      sum.members += 1;
      if (now) sum.now += 1;
      if (draft) sum.draft += 1;
      if (draft && !now) sum.up += 1;
      if (now && !draft) sum.down += 1;
    });
    // Everybody is of one kind or the other.
    const sum = (of: (one: Reached) => number) => segments.filter((one) => one.by === 'kind').reduce((total, one) => total + of(one), 0);
    return { points, now: sum((one) => one.now), draft: sum((one) => one.draft), up: sum((one) => one.up), down: sum((one) => one.down), segments };
  });
}

const availableTo = (side: Side, walletNo: number, memberId: number): number => side.standing.get(memberId) ?? side.work.set.accounts.get(accountKey(memberId, walletNo))?.available ?? 0;
