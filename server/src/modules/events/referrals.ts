import { addDays, localDate, type Instant, type LocalDate } from '@wracam/engine/calendar';
import { act, audit } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { inviterOf } from '../members/index.ts';
import { firstSales } from '../transactions/index.ts';
import { answered, bookOwn } from './automatic.ts';
import * as store from './referral-store.ts';

export const REFERRAL_TYPES = ['referral', 'referred'] as const;

/** Friends looked at in one transaction. */
const PAGE = 500;

/** Whoever came by an invitation waits for the first sale from now on. */
export async function openReferral(tx: ProgramTx, memberId: number, joinedAt: Instant): Promise<void> {
  const referrerId = await inviterOf(tx, memberId);
  if (referrerId !== null && referrerId !== memberId) await store.insertReferral(tx, { friendId: memberId, referrerId }, joinedAt);
}

/**
 * Gives both sides their event once the friend's first sale has outlived its return window, and ends referrals whose first sale went back.
 * What the sale is worth is what was kept of it. Running it again changes nothing: events have keys, and a referral ends once.
 */
export async function settleReferrals(deps: Deps, programId: number, date: LocalDate, occurredAt: Instant): Promise<void> {
  for (let after = 0; ;) {
    const page = await deps.db.readProgram(programId, async (tx) => {
      const rows = await store.waitingAfter(tx, after, PAGE);
      return { rows, sales: await firstSales(tx, rows.map((row) => row.friendId)), days: await store.windowDays(tx), types: await answered(deps, tx, REFERRAL_TYPES, occurredAt), program: tx.program };
    });
    for (const row of page.rows) {
      const sale = page.sales.get(row.friendId);
      if (!sale) continue;
      if (sale.keptMinor <= 0) await deps.db.inProgram(programId, (tx) => store.endReferral(tx, row.friendId, 'stopped'));
      else if (addDays(localDate(page.program.timeZone, sale.occurredAt), page.days) < date) await reward(deps, programId, page.program.currency, row, sale.keptMinor, occurredAt, page.types);
    }
    if (page.rows.length < PAGE) return;
    after = page.rows.at(-1)!.friendId;
  }
}

async function reward(deps: Deps, programId: number, currency: string, { friendId, referrerId }: store.ReferralRow, worthMinor: number, occurredAt: Instant, types: readonly string[]): Promise<void> {
  const sides = [{ type: 'referral', memberId: referrerId, key: deps.publicIds.encode('mem', friendId) }, { type: 'referred', memberId: friendId, key: '' }];
  await bookOwn(deps, programId, currency, sides.filter(({ type }) => types.includes(type)).map((side) => ({ ...side, occurredAt, worthMinor })));
  await deps.db.inProgram(programId, (tx) => store.endReferral(tx, friendId, 'done'));
}

const COUNTED = { waiting: 0, done: 0, stopped: 0 };
export const referralFigures = async (tx: ProgramTx, referrerId: number | null) => ({ ...COUNTED, ...Object.fromEntries((await store.countStates(tx, referrerId)).map(({ state, count }) => [state, count])) });

/** What follows from the number of days that is set counts for referrals that still wait, too. */
export const changeWindow = (deps: Deps, ctx: Ctx, days: number) => act(deps, ctx, async (tx) => {
  await store.saveWindow(tx, days);
  await audit(deps, tx, ctx, 'referral.window_changed', null, { days });
});
