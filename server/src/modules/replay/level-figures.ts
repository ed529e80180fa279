import { dayNumberOf } from '@wracam/engine/calendar';
import { ladderOn, type CompiledLadder, type TierLevel } from '@wracam/engine/tiers/ladder';
import { carriedLevel } from '../tiers/index.ts';
import type { MemoryMember } from '../transactions/index.ts';
import type { Pair } from './figures.ts';
import type { ReplayPlan } from './machine.ts';
import { sumBySegment, type Segment } from './member-segments.ts';
import type { Side } from './side.ts';

/** Codes of levels; null: none. */
export type LevelMove = { readonly from: string | null; readonly to: string | null; readonly members: number };
export type LevelFigures = {
  /** Levels of either ladder at the end, from the lowest up; with a program where not everybody has one, null comes first. */
  readonly order: readonly { readonly code: string | null; readonly pl: string; readonly en: string; readonly color: string }[];
  /** From the level under the rules of now to that under the draft. Everybody is counted once. */
  readonly moves: readonly LevelMove[];
  readonly segments: readonly (Segment & { readonly moves: readonly LevelMove[] })[];
  /** Whose level differs, at most `DIFFERING_MAX` of them, those who lose one first. */
  readonly differing: readonly { readonly memberId: number; readonly from: string | null; readonly to: string | null }[];
};

const DIFFERING_MAX = 20;
const NONE = { code: null, pl: 'bez poziomu', en: 'no level', color: '#868e96' } as const;

/** Where members stand at the end on either side; null where levels were not carried. */
export function levelFiguresOf(plan: ReplayPlan, sides: Pair<Side>, members: readonly MemoryMember[]): LevelFigures | null {
  if (plan.levels === null) return null;
  const day = dayNumberOf(plan.until);
  const [now, draft] = [sides.now.levels!, sides.draft.levels!];
  const rows = members.map((member): Row => ({ member, from: carriedLevel(now, member.id, day), to: carriedLevel(draft, member.id, day) }));
  const order = [NONE, ...mergedLevels(ladderOn(now.ladders, day), ladderOn(draft.ladders, day))];
  const rank: Rank = new Map(order.map(({ code }, at) => [code, at]));
  const steps = (row: Row) => rank.get(row.to)! - rank.get(row.from)!;
  const used = rows.some(({ from, to }) => from === null || to === null);
  return {
    order: used ? order : order.slice(1),
    moves: movesOf(rows, rank),
    segments: sumBySegment(plan.until, rows, ({ member }) => member, () => ({ rows: [] as Row[] }), (sum, row) => { sum.rows.push(row); }).map(({ by, value, rows: own }) => ({ by, value, moves: movesOf(own, rank) })),
    differing: rows.filter(({ from, to }) => from !== to).sort((a, b) => steps(a) - steps(b) || a.member.id - b.member.id).slice(0, DIFFERING_MAX).map(({ member, from, to }) => ({ memberId: member.id, from, to })),
  };
}

type Row = { readonly member: MemoryMember; readonly from: string | null; readonly to: string | null };
type Rank = ReadonlyMap<string | null, number>;

function movesOf(rows: readonly Row[], rank: Rank): LevelMove[] {
  const moves = new Map<string, { from: string | null; to: string | null; members: number }>();
  for (const { from, to } of rows) {
    const key = `${from}>${to}`;
    const move = moves.get(key) ?? { from, to, members: 0 };
    move.members += 1;
    moves.set(key, move);
  }
  return [...moves.values()].sort((a, b) => rank.get(a.from)! - rank.get(b.from)! || rank.get(a.to)! - rank.get(b.to)!);
}

/** Levels of both ladders from the lowest up: those of the draft, and each that only the other has right above the one below it there. */
function mergedLevels(now: CompiledLadder | null, draft: CompiledLadder | null): LevelFigures['order'] {
  const merged: TierLevel[] = [...draft?.ladder.levels ?? []];
  const own = now?.ladder.levels ?? [];
  own.forEach((level, at) => {
    if (merged.some((one) => one.code === level.code)) return;
    const below = own[at - 1];
    merged.splice(below === undefined ? 0 : merged.findIndex((one) => one.code === below.code) + 1, 0, level);
  });
  return merged.map(({ code, pl, en, color }) => ({ code, pl, en, color }));
}
