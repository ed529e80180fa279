import type { z } from 'zod';
import type { eventPreviewInput } from '@wracam/contract/events';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { route, type Route } from '../../platform/http.ts';
import { pointerOf, transactionJson, type BookingQueue } from '../transactions/index.ts';
import { codeRoutes } from './code-routes.ts';
import { previewEvent, recordEvent, type NewEvent } from './actions.ts';
import { referralRoutes } from './referral-routes.ts';
import { workReportRoutes } from './work-report-routes.ts';

async function eventOf(deps: Deps, ctx: Ctx, key: { source: string; externalId: string }, input: z.output<typeof eventPreviewInput>): Promise<NewEvent> {
  const pointer = pointerOf(deps, await deps.keyring.forProgram(ctx.programId), input.member)!;
  return { ...key, type: input.type, occurredAt: Date.parse(input.occurredAt), pointer, fields: input.fields ?? {}, worthMinor: input.worthMinor ?? 0 };
}

export const eventRoutes = (queue: BookingQueue): readonly Route[] => [
  ...codeRoutes, ...referralRoutes, ...workReportRoutes,
  route('recordEvent', async (deps, { ctx, body: { source, externalId, ...input } }) => recordEvent(deps, queue, ctx, await eventOf(deps, ctx, { source, externalId }, input)), transactionJson),
  route('previewEvent', async (deps, { ctx, body }) => previewEvent(deps, ctx, await eventOf(deps, ctx, { source: 'preview', externalId: ctx.requestId }, body))),
];
