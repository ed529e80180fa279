import { dayNumberOf, type Instant, type LocalDate } from '@wracam/engine/calendar';
import { compileLadders, ladderOn, type TierLadder } from '@wracam/engine/tiers/ladder';
import type { TierGrant } from '@wracam/engine/tiers/held';
import type { Wallet } from '../programs/index.ts';
import { dayOf, followLadders, grantLevel, type CarriedLevels, type PublishedLadder } from '../tiers/index.ts';

/** What a replay that carries levels through history has to know of ladders. */
export type LevelPlan = {
  readonly published: readonly PublishedLadder[];
  /** In the place of what was published, from the first day of the period on; null: what was published holds. */
  readonly now: PublishedLadder | null; readonly draft: PublishedLadder | null;
};

/** A level that was given by hand, or (null) taken back. Ids of all that happened grow, so they tell what came first in one instant. */
export type PastGrant = { readonly id: number; readonly memberId: number; readonly at: Instant; readonly grant: TierGrant | null };

const isSame = (a: TierLadder | undefined, b: TierLadder) => JSON.stringify(a) === JSON.stringify(b);

/**
 * Which ladders the sides follow in a period: today's in the place of those of then, and a draft in the place of today's. Where the ladder of
 * then is the same, it goes on as it is.
 */
export function levelPlanOf(published: readonly PublishedLadder[], draft: TierLadder | null, wallets: readonly Wallet[], { from, start, today }: { from: LocalDate; start: Instant; today: LocalDate }): LevelPlan {
  const before = published.filter((one) => one.publishedAt < start);
  const now = ladderOn(compileLadders(published, wallets), dayNumberOf(today))?.ladder;
  const then = ladderOn(compileLadders(before, wallets), dayNumberOf(from))?.ladder;
  const last = published.at(-1)?.no ?? 0;
  const stays = isSame(then, now!) && published.length === before.length;
  const instead = (no: number, ladder: TierLadder | undefined): PublishedLadder | null => (ladder === undefined || (stays && isSame(then, ladder)) ? null : { no, effectiveOn: from, publishedAt: start, ladder });
  const ofNow = instead(last + 1, now);
  return { published, now: ofNow, draft: draft === null ? ofNow : instead(last + 2, draft) };
}

/** Something that changes a side at an instant: documents from then on see it; of that very instant those with a greater id. */
export type Turn = { readonly at: Instant; readonly id: number; take(): void };

/** What happens to the levels of a side besides documents. `instead`: the ladder of its period. */
export function turnsOf(levels: CarriedLevels, plan: LevelPlan, instead: PublishedLadder | null, grants: readonly PastGrant[], { wallets, timeZone }: { readonly wallets: readonly Wallet[]; readonly timeZone: string }): Turn[] {
  const own = instead === null ? plan.published : [...plan.published.filter((one) => one.publishedAt < instead.publishedAt), instead];
  return [
    ...own.map((ladder, at): Turn => ({ at: ladder.publishedAt, id: 0, take: () => followLadders(levels, own.slice(0, at + 1), wallets) })),
    ...grants.map(({ id, memberId, at, grant }): Turn => ({ at, id, take: () => grantLevel(levels, memberId, grant, dayOf(timeZone, at)) })),
  ];
}
