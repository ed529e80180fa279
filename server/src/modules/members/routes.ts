import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { route, type Route } from '../../platform/http.ts';
import { endSession } from '../access/index.ts';
import { addCard, changeMember, clearMember, closeMember, createMember, setBlocked } from './actions.ts';
import { createCircle, listCircles, removeCircle, renameCircle } from './circles.ts';
import { lookUpMember, resolveMember, searchMembers } from './find.ts';
import { changeMyself, closeMyAccount, confirmMyEmail, requestMyEmailCode } from './own-profile.ts';
import { confirmMemberCode, joinProgram, requestMemberCode } from './portal.ts';
import { listGroups } from './store.ts';
import { getCircleDetail, getMemberView, getOwnView, listMembers, memberRows, shownTo } from './views.ts';

const PAGE = 50;
const FOUND = 20;

const read = <T>(deps: Deps, ctx: Ctx, work: (tx: ProgramTx) => Promise<T>) => deps.db.readProgram(ctx.programId, work);
const memberIdOf = (deps: Deps, ctx: Ctx, ref: string) => read(deps, ctx, (tx) => resolveMember(deps, tx, ref));

export const memberRoutes: Route[] = [
  route('createMember', async (deps, { ctx, body }) => shownTo(ctx, await createMember(deps, ctx, body))),
  route('listMembers', (deps, { ctx, query }) => read(deps, ctx, async (tx) => {
    const { items, next } = await listMembers(tx, deps, { state: query.state, cursor: query.cursor, limit: query.limit ?? PAGE });
    return { items: items.map((one) => shownTo(ctx, one)), next };
  })),
  route('searchMembers', (deps, { ctx, body }) => read(deps, ctx, async (tx) => ({ items: (await memberRows(tx, deps, await searchMembers(deps, tx, body.text, body.limit ?? FOUND))).map((one) => shownTo(ctx, one)) }))),
  route('lookupMember', (deps, { ctx, body }) => read(deps, ctx, async (tx) => shownTo(ctx, await getMemberView(tx, deps, await lookUpMember(deps, tx, body))))),
  route('getMember', (deps, { ctx, params }) => read(deps, ctx, async (tx) => shownTo(ctx, await getMemberView(tx, deps, await resolveMember(deps, tx, params.member))))),
  route('changeMember', async (deps, { ctx, params, body }) => shownTo(ctx, await changeMember(deps, ctx, await memberIdOf(deps, ctx, params.member), body))),
  route('listMemberGroups', (deps, { ctx }) => read(deps, ctx, async (tx) => ({ items: await listGroups(tx) }))),
  route('listCircles', (deps, { ctx, query }) => read(deps, ctx, (tx) => listCircles(tx, deps, { kind: query.kind, cursor: query.cursor, limit: query.limit ?? PAGE }))),
  route('createCircle', (deps, { ctx, body }) => createCircle(deps, ctx, body.kind, body.name)),
  route('getCircle', (deps, { ctx, params }) => read(deps, ctx, async (tx) => {
    const { people, ...circle } = await getCircleDetail(tx, deps, params.circle);
    return { ...circle, people: people.map((one) => shownTo(ctx, one)) };
  })),
  route('changeCircle', (deps, { ctx, params, body }) => renameCircle(deps, ctx, params.circle, body.name)),
  route('removeCircle', (deps, { ctx, params }) => removeCircle(deps, ctx, params.circle)),
  route('addCard', async (deps, { ctx, params, body }) => shownTo(ctx, await addCard(deps, ctx, await memberIdOf(deps, ctx, params.member), body))),
  route('blockMember', async (deps, { ctx, params, body }) => shownTo(ctx, await setBlocked(deps, ctx, await memberIdOf(deps, ctx, params.member), true, body.reason))),
  route('unblockMember', async (deps, { ctx, params, body }) => shownTo(ctx, await setBlocked(deps, ctx, await memberIdOf(deps, ctx, params.member), false, body.reason))),
  route('clearMember', async (deps, { ctx, params, body }) => shownTo(ctx, await clearMember(deps, ctx, await memberIdOf(deps, ctx, params.member), body.reason))),
  route('closeMember', async (deps, { ctx, params, body }) => shownTo(ctx, await closeMember(deps, ctx, await memberIdOf(deps, ctx, params.member), body.reason))),

  route('joinProgram', async (deps, { ctx, body, address }) => ({ sent: true, validMinutes: await joinProgram(deps, ctx, body, address) })),
  route('requestMemberCode', async (deps, { ctx, body, address }) => ({ sent: true, validMinutes: await requestMemberCode(deps, ctx, body.email, address) })),
  route('confirmMemberCode', async (deps, { ctx, body, cookies, address }) => {
    const { member, session } = await confirmMemberCode(deps, ctx, { ...body, from: address }, cookies.member);
    cookies.open('member', session.token, session.days);
    return member;
  }),
  route('memberSignOut', async (deps, { cookies }) => {
    await endSession(deps, cookies.member!);
    cookies.close('member');
    return { done: true };
  }),
  route('getMyself', (deps, { ctx }) => read(deps, ctx, (tx) => getOwnView(tx, deps, ctx.memberId!))),
  route('changeMyself', (deps, { ctx, body }) => changeMyself(deps, ctx, body)),
  route('requestMyEmailCode', async (deps, { ctx, body, address }) => ({ sent: true, validMinutes: await requestMyEmailCode(deps, ctx, body.email, address) })),
  route('confirmMyEmail', (deps, { ctx, body, cookies, address }) => confirmMyEmail(deps, ctx, { ...body, from: address }, cookies.member)),
  route('closeMyAccount', async (deps, { ctx, cookies }) => {
    await closeMyAccount(deps, ctx);
    cookies.close('member');
    return { done: true };
  }),
];
