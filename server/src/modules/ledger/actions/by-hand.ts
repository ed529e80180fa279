import { localDate, startOfLocalDay } from '@wracam/engine/calendar';
import { pointsMovedSince } from '../../../platform/act.ts';
import type { ProgramTx } from '../../../platform/db.ts';
import type { Ctx } from '../../../platform/deps.ts';
import { refuse } from '../../../platform/refusal.ts';

/** Holds a person to the limit of one change. Refuses `adjust_limit_exceeded`. */
export function assertWithinLimit(ctx: Ctx, points: number): void {
  if (ctx.adjustLimit !== null && Math.abs(points) > ctx.adjustLimit) refuse('adjust_limit_exceeded', { limit: ctx.adjustLimit });
}

/** All that moves points by hand counts, whichever way it goes: what is taken back was given too. */
const BY_HAND_ACTIONS = ['points.adjusted', 'transfer.reversed', 'points.moved'];

/** Holds a person to the limit of a local day. Refuses `adjust_day_limit_reached`. */
export async function assertWithinDay(tx: ProgramTx, ctx: Ctx, points: number): Promise<void> {
  const limit = ctx.adjustDayLimit;
  if (limit === null) return;
  const { timeZone, now } = tx.program;
  const left = Math.max(0, limit - await pointsMovedSince(tx, ctx, BY_HAND_ACTIONS, startOfLocalDay(timeZone, localDate(timeZone, now))));
  if (Math.abs(points) > left) refuse('adjust_day_limit_reached', { limit, left });
}
