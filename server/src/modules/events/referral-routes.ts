import type { Ctx, Deps } from '../../platform/deps.ts';
import { route, type Route } from '../../platform/http.ts';
import { changeWindow, referralFigures } from './referrals.ts';
import * as store from './referral-store.ts';

const settings = (deps: Deps, ctx: Ctx) => deps.db.readProgram(ctx.programId, async (tx) => ({ windowDays: await store.windowDays(tx), ...await referralFigures(tx, null) }));

export const referralRoutes: readonly Route[] = [
  route('getReferralSettings', (deps, { ctx }) => settings(deps, ctx)),
  route('changeReferralSettings', async (deps, { ctx, body }) => {
    await changeWindow(deps, ctx, body.windowDays);
    return settings(deps, ctx);
  }),
];
