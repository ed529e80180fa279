import { localDate } from '@wracam/engine/calendar';
import type { Deps } from '../../platform/deps.ts';
import { route, type Route } from '../../platform/http.ts';
import { refuse } from '../../platform/refusal.ts';
import { iso } from '../../platform/iso.ts';
import { networkOf } from '../access/index.ts';
import { invitationCode } from '../members/index.ts';
import { memberNamed, pointerOf, transactionJson } from '../transactions/index.ts';
import { reportedView } from '../event-types/index.ts';
import { answered } from './automatic.ts';
import * as store from './code-store.ts';
import { REFERRAL_TYPES, referralFigures } from './referrals.ts';
import { createBatch, redeemCode, stopBatch } from './package-codes.ts';
import { reportableTypes } from './work-reports.ts';

const batchView = (deps: Deps, { id, name, label, issued, used, validFrom, validUntil, stoppedAt, createdAt }: store.BatchRow) =>
  ({ id: deps.publicIds.encode('cbt', id), name, label, issued, used, validFrom, validUntil, state: stoppedAt === null ? 'active' as const : 'stopped' as const, createdAt: iso(createdAt) });

export const codeRoutes: readonly Route[] = [
  route('listCodeBatches', (deps, { ctx }) => deps.db.readProgram(ctx.programId, async (tx) => ({ items: (await store.listBatches(tx)).map((row) => batchView(deps, row)) }))),
  route('createCodeBatch', async (deps, { ctx, body }) => {
    const { batch, codes } = await createBatch(deps, ctx, { ...body, validFrom: body.validFrom ?? null, validUntil: body.validUntil ?? null });
    return { batch: batchView(deps, batch), codes: [...codes] };
  }),
  route('stopCodeBatch', async (deps, { ctx, params }) => batchView(deps, await stopBatch(deps, ctx, deps.publicIds.decode('cbt', params.codeBatch) ?? refuse('not_found')))),
  route('redeemCode', async (deps, { ctx, body }) => {
    const pointer = pointerOf(deps, await deps.keyring.forProgram(ctx.programId), body.member)!;
    // The caller is a system of the organiser's: only the member is held to a number of tries.
    return redeemCode(deps, ctx, await memberNamed(deps, ctx, pointer), body.code, null);
  }, transactionJson),
  route('getMyWays', (deps, { ctx }) => deps.db.readProgram(ctx.programId, async (tx) => {
    const invites = (await answered(deps, tx, REFERRAL_TYPES, tx.program.now)).length > 0;
    return { codes: await store.hasOpenBatch(tx, localDate(tx.program.timeZone, tx.program.now)), invitation: invites ? { code: invitationCode(deps, ctx.memberId!), ...await referralFigures(tx, ctx.memberId!) } : null, reports: (await reportableTypes(deps, tx)).map((type) => reportedView(type, ctx.language)) };
  })),
  route('redeemMyCode', (deps, { ctx, body, address }) => redeemCode(deps, ctx, ctx.memberId!, body.code, networkOf(address)), transactionJson),
];
