import { localDate, type Instant, type LocalDate } from '@wracam/engine/calendar';
import { CIRCLE_PERIODS, type CapUsage, type CircleCounter } from '@wracam/engine/facts';
import { CIRCLE_COUNTERS } from '@wracam/engine/periods';
import type { CompiledRuleset } from '@wracam/engine/rules';
import type { ProgramTx, Write } from '../../platform/db.ts';
import { circleUse, countingCircle } from '../earning/index.ts';
import { circlesByMember, lockCircles, type Circles } from '../members/index.ts';
import { bucketOf } from './caps.ts';
import type { CirclesOfSale, StoredDecision } from './decision.ts';
import type { Workspace } from './workspace.ts';

/** Households and companies of one booking's members, and what rules gave them: as read under their locks, and as this booking goes on. */
export type CirclesInUse = {
  readonly of: Map<number, Circles>;
  /** Locked by this booking. A circle that was taken off the list since a sale is not among them. */
  readonly locked: Set<number>;
  /** By circle and bucket, then by rule. */
  readonly used: Map<string, Map<number, number>>;
  readonly changes: Map<string, { readonly circleId: number; readonly bucket: string; readonly ruleId: number; readonly points: number; readonly limit: number }>;
};

export const noCircles = (): CirclesInUse => ({ of: new Map(), locked: new Set(), used: new Map(), changes: new Map() });

const NONE: CirclesOfSale = { household: null, company: null };
const placeOf = (circleId: number, bucket: string) => `${circleId}:${bucket}`;

/**
 * Reads the circles of these members and, where a rule is capped by them, locks these and those of earlier sales: after members and documents,
 * before budgets, in the order of ids. What nobody asks for is not read.
 */
export async function readCircles(tx: ProgramTx, rulesets: readonly CompiledRuleset[], asksCompany: boolean, memberIds: readonly number[], sales: readonly (StoredDecision | null)[], instants: readonly Instant[]): Promise<CirclesInUse> {
  const capped = rulesets.some((ruleset) => ruleset.circles.length > 0);
  if (!capped && !asksCompany) return noCircles();
  const of = await circlesByMember(tx, memberIds);
  if (!capped) return { ...noCircles(), of };
  const ids = [...of.values(), ...sales.map((sale) => sale?.circles ?? NONE)].flatMap(({ household, company }) => [household, company]).filter((id): id is number => id !== null);
  const locked = new Set((await lockCircles(tx, [...new Set(ids)])).map(({ id }) => id));
  const dates = [...new Set(instants.map((instant) => localDate(tx.program.timeZone, instant)))];
  const used = new Map<string, Map<number, number>>();
  for (const use of await circleUse(tx, [...locked], [...new Set(dates.flatMap((date) => CIRCLE_PERIODS.map((period) => bucketOf(period, date))))])) {
    const place = placeOf(use.circleId, use.bucket);
    used.set(place, (used.get(place) ?? new Map<number, number>()).set(use.ruleId, use.used));
  }
  return { of, locked, used, changes: new Map() };
}

const NOTHING: ReadonlyMap<number, number> = new Map();

/** What the member's circles already have from rules; counters of circles the member is not in are absent. */
export function usedInCircle({ circles }: Workspace, ruleset: CompiledRuleset, memberId: number, date: LocalDate): CapUsage['usedInCircle'] {
  const used: { [counter in CircleCounter]?: ReadonlyMap<number, number> } = {};
  const own = circles.of.get(memberId) ?? NONE;
  for (const { counter, kind, period } of CIRCLE_COUNTERS) {
    const id = own[kind];
    if (id !== null && ruleset.circles.includes(counter)) used[counter] = circles.used.get(placeOf(id, bucketOf(period, date))) ?? NOTHING;
  }
  return used;
}

/** The circles whose limits a sale of this member counts in; null: none, which is what most sales say. */
export function circlesOfSale({ circles }: Workspace, ruleset: CompiledRuleset, memberId: number): CirclesOfSale | null {
  const own = circles.of.get(memberId);
  return own === undefined || ruleset.circles.length === 0 ? null : { household: own.household, company: own.company };
}

/**
 * Adds to (or, with negative points, frees in) the counters of the circles a sale counted in. `guarded`: the database holds the limit; what a
 * return gives back to its member was within the limits when the sale was booked.
 */
export function countInCircles({ circles }: Workspace, ruleset: CompiledRuleset, own: CirclesOfSale | null, date: LocalDate, given: readonly { ruleId: number; points: number }[], guarded: boolean): void {
  if (own === null || ruleset.circles.length === 0) return;
  for (const { ruleId, points } of given) {
    for (const { counter, limit } of ruleset.shared.find((rule) => rule.ruleId === ruleId)?.limits ?? []) {
      const of = CIRCLE_COUNTERS.find((one) => one.counter === counter);
      const circleId = of ? own[of.kind] : null;
      if (!of || circleId === null || !circles.locked.has(circleId)) continue;
      const bucket = bucketOf(of.period, date);
      const place = placeOf(circleId, bucket);
      const used = circles.used.get(place) ?? new Map<number, number>();
      circles.used.set(place, used.set(ruleId, Math.max(0, (used.get(ruleId) ?? 0) + points)));
      const before = circles.changes.get(`${place}:${ruleId}`);
      circles.changes.set(`${place}:${ruleId}`, { circleId, bucket, ruleId, points: (before?.points ?? 0) + points, limit: Math.max(before?.limit ?? 0, guarded ? limit : Number.MAX_SAFE_INTEGER) });
    }
  }
}

export const writesOfCircles = ({ tx, circles }: Workspace): Write[] =>
  [...circles.changes.values()].filter((one) => one.points !== 0).map((one) => countingCircle(tx.program.id, one));
