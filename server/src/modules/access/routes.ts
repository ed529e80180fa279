import type { Deps } from '../../platform/deps.ts';
import { route, type Cookies, type Route } from '../../platform/http.ts';
import { refuse } from '../../platform/refusal.ts';
import { iso, isoOrNull } from '../../platform/iso.ts';
import { addApiKey, listApiKeys, revokeApiKey } from './api-keys.ts';
import { listAudit } from './audit.ts';
import { endSession, type NewSession } from './sessions.ts';
import { confirmStaffCode, getMe, requestStaffCode, signInByLink } from './sign-in.ts';
import { addStaff, changeStaff, listStaff, type StaffView } from './staff.ts';
import type { ApiKeyRow } from './store.ts';

const AUDIT_PAGE = 50;
const staffOf = (deps: Deps, view: StaffView) => ({ ...view, id: deps.publicIds.encode('stf', view.id), lastSeenAt: isoOrNull(view.lastSeenAt) });
const keyOf = (deps: Deps, key: ApiKeyRow) => ({
  ...key, id: deps.publicIds.encode('key', key.id), createdAt: iso(key.createdAt), revokedAt: isoOrNull(key.revokedAt), lastUsedAt: isoOrNull(key.lastUsedAt),
});
const meOf = async (deps: Deps, staffId: number) => {
  const me = await getMe(deps, staffId);
  return { ...me, id: deps.publicIds.encode('stf', me.id), programs: me.programs.map((one) => ({ ...one, id: deps.publicIds.encode('prg', one.id) })) };
};

async function signedIn(deps: Deps, cookies: Cookies, { staffId, session }: { staffId: number; session: NewSession }) {
  const me = await meOf(deps, staffId);
  cookies.open('staff', session.token, session.days);
  return me;
}

export const accessRoutes: Route[] = [
  route('signInByLink', async (deps, { body, cookies }) => signedIn(deps, cookies, await signInByLink(deps, body.token, cookies.staff))),
  route('requestStaffCode', async (deps, { body, ctx, address }) => ({ sent: true, validMinutes: await requestStaffCode(deps, { ...body, from: address }, ctx.language) })),
  route('confirmStaffCode', async (deps, { body, cookies, address }) => signedIn(deps, cookies, await confirmStaffCode(deps, { ...body, from: address }, cookies.staff))),
  route('signOut', async (deps, { cookies }) => {
    await endSession(deps, cookies.staff!);
    cookies.close('staff');
    return { done: true };
  }),
  route('getMe', (deps, { ctx }) => meOf(deps, ctx.actor.id!)),

  route('listStaff', async (deps, { ctx }) => ({ items: (await listStaff(deps, ctx.programId)).map((one) => staffOf(deps, one)) })),
  route('addStaff', async (deps, { ctx, body }) => staffOf(deps, await addStaff(deps, ctx, body))),
  route('changeStaff', async (deps, { ctx, params, body }) =>
    staffOf(deps, await changeStaff(deps, ctx, deps.publicIds.decode('stf', params.staff) ?? refuse('not_found'), body))),

  route('listApiKeys', async (deps, { ctx }) => ({ items: (await listApiKeys(deps, ctx.programId)).map((key) => keyOf(deps, key)) })),
  route('createApiKey', async (deps, { ctx, body }) => {
    const { apiKey, secret } = await addApiKey(deps, ctx, body);
    return { apiKey: keyOf(deps, apiKey), secret };
  }),
  route('revokeApiKey', async (deps, { ctx, params }) => keyOf(deps, await revokeApiKey(deps, ctx, deps.publicIds.decode('key', params.apiKey) ?? refuse('not_found')))),

  route('listAudit', async (deps, { ctx, query }) => {
    const { items, next } = await listAudit(deps, ctx, { cursor: query.cursor, limit: query.limit ?? AUDIT_PAGE });
    return { items: items.map((row) => ({ ...row, id: deps.publicIds.encode('aud', row.id), at: iso(row.at) })), next };
  }),
];
