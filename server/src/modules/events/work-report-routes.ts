import type { z } from 'zod';
import type { newWorkReport } from '@wracam/contract/work-reports';
import { route, type Route } from '../../platform/http.ts';
import { resolveMember } from '../members/index.ts';
import { approveReport, listReports, readReport, readReportPicture, rejectReport, sendReport, type NewReport } from './work-reports.ts';

const PAGE = 25;
const STAFF = { memberId: null };
const newReport = (body: z.output<typeof newWorkReport>): NewReport => ({ type: body.type, fields: body.fields ?? {}, note: body.note ?? null, pictures: body.pictures ?? [] });

export const workReportRoutes: readonly Route[] = [
  route('sendMyWorkReport', async (deps, { ctx, body }) => readReport(deps, ctx, await sendReport(deps, ctx, ctx.memberId!, newReport(body)), { memberId: ctx.memberId! })),
  route('listMyWorkReports', (deps, { ctx, query }) => listReports(deps, ctx, { memberId: ctx.memberId! }, { cursor: query.cursor, limit: query.limit ?? PAGE })),
  route('getMyWorkReportPicture', (deps, { ctx, params }) => readReportPicture(deps, ctx, params.report, Number(params.picture), { memberId: ctx.memberId! })),
  route('sendWorkReport', async (deps, { ctx, params, body }) => {
    const memberId = await deps.db.readProgram(ctx.programId, (tx) => resolveMember(deps, tx, params.member));
    return readReport(deps, ctx, await sendReport(deps, ctx, memberId, newReport(body)), STAFF);
  }),
  route('listWorkReports', (deps, { ctx, query }) => listReports(deps, ctx, STAFF, { state: query.state, cursor: query.cursor, limit: query.limit ?? PAGE })),
  route('getWorkReport', (deps, { ctx, params }) => readReport(deps, ctx, params.report, STAFF)),
  route('getWorkReportPicture', (deps, { ctx, params }) => readReportPicture(deps, ctx, params.report, Number(params.picture), STAFF)),
  route('approveWorkReport', async (deps, { ctx, params }) => {
    await approveReport(deps, ctx, params.report);
    return readReport(deps, ctx, params.report, STAFF);
  }),
  route('rejectWorkReport', async (deps, { ctx, params, body }) => {
    await rejectReport(deps, ctx, params.report, body.reason);
    return readReport(deps, ctx, params.report, STAFF);
  }),
];
