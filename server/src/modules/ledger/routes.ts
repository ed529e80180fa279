import type { Language, RefusalCode } from '@wracam/contract';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { route, type Route } from '../../platform/http.ts';
import { refuse } from '../../platform/refusal.ts';
import { adjustPoints, reverseTransfer, type Tell } from './actions/adjust.ts';
import { assertWithinLimit } from './actions/by-hand.ts';
import { endHold, makeHold } from './actions/holds.ts';
import { assertReceiver, moveMemberPoints } from './actions/move-points.ts';
import { listHistory, readBalancesWithLots, type HistoryEntry } from './actions/read-points.ts';
import type { NoticeNeeds } from './notices.ts';
import { tellMoved, type Told } from './telling.ts';

/** What these routes need from other rooms of this floor; given by app.ts. */
export type LedgerNeeds = NoticeNeeds & {
  /** The member a reference of the contract names; refuses `member_unknown`. */
  readonly resolveMember: (deps: Deps, tx: ProgramTx, ref: string) => Promise<number>;
  /** The account of the very person who asks, as far as we can tell; null for keys and members. */
  readonly ownAccount: (deps: Deps, ctx: Ctx) => Promise<number | null>;
  /** The member a card, a number or a phone names; null when nobody has it. Refuses `phone_invalid`. */
  readonly findReceiver: (deps: Deps, tx: ProgramTx, pointer: { card?: string | undefined; number?: string | undefined; phone?: string | undefined }) => Promise<number | null>;
  /** How a receiver is shown to a giver: initials, and the end of the number. */
  readonly showReceiver: (deps: Deps, tx: ProgramTx, memberId: number) => Promise<{ name: string | null; numberEnd: string }>;
  /** Work whose refusal tells something of others: after a few of them the same person has to wait. */
  readonly withFewGuesses: <T>(deps: Deps, who: { readonly programId: number; readonly memberId: number }, tells: RefusalCode, work: () => Promise<T>) => Promise<T>;
  /** The entries with what they came from in words: the purchase, the reward. */
  readonly nameOrigins: (deps: Deps, tx: ProgramTx, entries: readonly HistoryEntry[], language: Language) => Promise<HistoryEntry[]>;
};

type PageQuery = { cursor?: string | undefined; limit?: number | undefined };
async function historyPage({ nameOrigins }: LedgerNeeds, deps: Deps, tx: ProgramTx, memberId: number, query: PageQuery, language: Language) {
  const page = await listHistory(deps, tx, memberId, query, language);
  return { ...page, items: await nameOrigins(deps, tx, page.items, language) };
}

const telling = (deps: Deps, needs: NoticeNeeds, told: readonly Told[] = []): Tell => (tx, change) => tellMoved(deps, tx, needs, told, change);

export const ledgerRoutes = (needs: LedgerNeeds): readonly Route[] => [
  route('getBalances', (deps, { ctx, params }) => deps.db.readProgram(ctx.programId, async (tx) => readBalancesWithLots(deps, tx, await needs.resolveMember(deps, tx, params.member)))),
  route('getMyBalances', (deps, { ctx }) => deps.db.readProgram(ctx.programId, (tx) => readBalancesWithLots(deps, tx, ctx.memberId!))),
  route('listHistory', (deps, { ctx, params, query }) => deps.db.readProgram(ctx.programId, async (tx) => historyPage(needs, deps, tx, await needs.resolveMember(deps, tx, params.member), query, ctx.language))),
  route('listMyHistory', (deps, { ctx, query }) => deps.db.readProgram(ctx.programId, (tx) => historyPage(needs, deps, tx, ctx.memberId!, query, ctx.language))),
  route('adjustPoints', async (deps, { ctx, params, body }) => {
    const memberId = await deps.db.readProgram(ctx.programId, (tx) => needs.resolveMember(deps, tx, params.member));
    if (memberId === await needs.ownAccount(deps, ctx)) refuse('adjust_own_account');
    return adjustPoints(deps, ctx, async () => memberId, body, telling(deps, needs, body.tell));
  }),
  route('moveMemberPoints', async (deps, { ctx, params, body }) => {
    const memberId = await deps.db.readProgram(ctx.programId, (tx) => needs.resolveMember(deps, tx, params.member));
    assertWithinLimit(ctx, body.points);
    const own = await needs.ownAccount(deps, ctx);
    const notOwn = <Id extends number | null>(id: Id): Id => (id !== null && id === own ? refuse('adjust_own_account') : id);
    return moveMemberPoints(deps, ctx, notOwn(memberId), async (tx) => notOwn(await needs.findReceiver(deps, tx, body.to)), body);
  }),
  route('moveMyPoints', (deps, { ctx, body }) => needs.withFewGuesses(deps, { programId: ctx.programId, memberId: ctx.memberId! }, 'transfer_recipient_wrong',
    () => moveMemberPoints(deps, ctx, ctx.memberId!, (tx) => needs.findReceiver(deps, tx, body.to), body))),
  route('findMyRecipient', (deps, { ctx, body: { numberOrCard } }) => needs.withFewGuesses(deps, { programId: ctx.programId, memberId: ctx.memberId! }, 'transfer_recipient_wrong',
    () => deps.db.readProgram(ctx.programId, async (tx) => {
      const byNumber = await needs.findReceiver(deps, tx, { number: numberOrCard });
      const id = await assertReceiver(tx, ctx.memberId!, byNumber ?? await needs.findReceiver(deps, tx, { card: numberOrCard }));
      return { to: byNumber === null ? { card: numberOrCard } : { number: numberOrCard }, ...await needs.showReceiver(deps, tx, id) };
    }))),
  route('reverseTransfer', async (deps, { ctx, params, body }) => reverseTransfer(deps, ctx, params.transfer, body.reason, await needs.ownAccount(deps, ctx), telling(deps, needs, body.tell))),
  route('createHold', (deps, { ctx, params, body }) => makeHold(deps, ctx, (tx) => needs.resolveMember(deps, tx, params.member), body)),
  route('captureHold', (deps, { ctx, params }) => endHold(deps, ctx, params.hold, 'captured')),
  route('releaseHold', (deps, { ctx, params }) => endHold(deps, ctx, params.hold, 'released')),
];
