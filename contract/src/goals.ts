import { z } from 'zod';
import { condition, ruleDifferenceQuery, ruleTrigger, versionShape } from './rules.ts';
import { badgeId, code, goalId, instant, leaderboardId, localDate, memberId, named, points, pointsSum, positivePoints, rewardId, text } from './shapes.ts';

export const badgeShape = z.enum(['circle', 'shield', 'hexagon', 'flower', 'star', 'ribbon']);
export const badgeIcon = z.enum(['cup', 'cake', 'heart', 'star', 'flame', 'crown', 'leaf', 'bolt', 'gift', 'map', 'sun', 'moon']);
export const badgeColor = z.enum(['amber', 'orange', 'rose', 'violet', 'blue', 'teal', 'green', 'slate']);
const badgeFields = { name: text(60), description: text(200).nullable(), shape: badgeShape, icon: badgeIcon, color: badgeColor };
export const badge = named('Badge', z.object({ id: badgeId, ...badgeFields, /** By which rules name it; null: only goals give it. */ code: code.nullable(), revision: z.int(), holders: z.int() }));
export const badgeInput = named('BadgeInput', z.strictObject({ ...badgeFields, code: code.nullable().optional() }));
export const badgeChange = named('BadgeChange', z.strictObject({ revision: z.int().min(1), ...badgeFields, code: code.nullable().optional() }));
export const badgeList = named('BadgeList', z.object({ items: z.array(badge) }));
const badgeFace = named('BadgeFace', z.object({ id: badgeId, ...badgeFields }));

const amount = z.int().min(1).max(100_000_000_000);
const rewardInput = named('GoalReward', z.strictObject({
  points: z.strictObject({ wallet: code, points: positivePoints }).nullable(), badge: badgeId.nullable(),
  /** What a one-time code is good for; each grant has a code of its own. */
  coupon: text(80).nullable(),
}));
const common = { name: text(80), description: text(300).nullable(), reward: rewardInput, onReturn: z.enum(['takeBack', 'keep']),
  /** Who takes part: a condition on the member as of each document's own moment. Null or absent: everybody. */
  who: condition.nullable().optional(),
};
const thresholdDefinition = named('ThresholdDefinition', z.strictObject({
  kind: z.literal('threshold'), ...common, measure: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('points'), wallet: code }), z.strictObject({ kind: z.literal('spent') })]),
  /** Points, or minor units. */
  at: amount, repeats: z.boolean(), since: localDate.nullable(),
}));
const task = named('ChallengeTask', z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('count'), of: z.enum(['documents', 'lines', 'amount', 'quantity']), target: amount }),
  z.strictObject({ kind: z.literal('streak'), every: z.enum(['day', 'week']), length: z.int().min(2).max(366) }),
  z.strictObject({ kind: z.literal('collection'), by: z.enum(['category', 'sku', 'brand', 'store']), items: z.array(text(100)).min(2).max(30) }),
]));
const challengeDefinition = named('ChallengeDefinition', z.strictObject({
  kind: z.literal('challenge'), ...common, trigger: ruleTrigger.optional(), when: condition.nullable(), lines: condition.nullable(), task,
  window: z.strictObject({ kind: z.enum(['once', 'week', 'month']), from: localDate, until: localDate.nullable() }),
}));
export const goalDefinition = named('GoalDefinition', z.discriminatedUnion('kind', [thresholdDefinition, challengeDefinition]));

const goalVersion = named('GoalVersion', z.object({ ...versionShape, definition: goalDefinition }));
const fields = {
  /** Waits for another person; `version`: the older one that is to come back. */
  proposal: z.object({ step: z.enum(['publish', 'end']), version: z.int().nullable(), inForceFrom: instant.nullable(), by: z.string(), yours: z.boolean(), at: instant }).nullable(),
  /** It runs until then; declining calls this off. */
  endsAt: instant.nullable(),
  /** `name`, `sentence` and `reward`: of `current`; of the draft where nothing was published. */
  id: goalId, kind: z.enum(['threshold', 'challenge']), name: z.string(), state: z.enum(['draft', 'active', 'ended']), revision: z.int(), draft: goalDefinition.nullable(),
  /** The version in force; where none has begun yet, the one that will be the first. */
  current: goalVersion.nullable(),
  sentence: z.string(), changedAt: instant, reward: z.object({ points: z.object({ wallet: code, points }).nullable(), badge: badgeFace.nullable(), coupon: z.string().nullable() }),
  /** Members who have begun, grants that stand, grants that returns took back, points that stand. */
  figures: z.object({ begun: z.int(), granted: z.int(), takenBack: z.int(), points: pointsSum }),
};
/** Members by how far they are, in per cent of the target: 1–24, 25–49, 50–74, 75–99, 100. */
const distribution = z.array(z.object({ from: z.int(), to: z.int(), members: z.int() }));
export const goal = named('Goal', z.object(fields));
export const goalDetail = named('GoalDetail', z.object({ ...fields, versions: z.array(goalVersion), period: z.object({ from: localDate, until: localDate.nullable() }).nullable(), distribution }));
export const goalList = named('GoalList', z.object({ items: z.array(goal) }));
export const goalListQuery = z.strictObject({ kind: z.enum(['threshold', 'challenge']).optional() });
export const newGoal = named('NewGoal', z.strictObject({ definition: goalDefinition }));
/** `revision` is the one that was read: what somebody else changed meanwhile is not overwritten. */
export const goalChange = named('GoalChange', z.strictObject({ revision: z.int().min(1), definition: goalDefinition }));
export const goalStep = named('GoalStep', z.strictObject({ revision: z.int().min(1) }));
/** `step`: what ending the goal from `inForceFrom` on would change instead. */
export const goalOrEndQuery = ruleDifferenceQuery.extend({ step: z.enum(['end']).optional() });
export const goalPreview = named('GoalPreview', z.object({ sentence: z.string(), members: z.int(), /** How many of them take part at this moment. */ taking: z.int(), reached: z.int(), distribution,
  /** The first local day whose documents count, of a challenge that of the period shown; null: all of the membership. `fresh`: it is today or still to come, so nobody can be far yet. */
  countsFrom: localDate.nullable(), fresh: z.boolean(),
}));

/** `day` null: we do not know yet, and why. */
const forecast = named('Forecast', z.object({ day: localDate.nullable(), earliest: localDate.nullable(), latest: localDate.nullable(), why: z.enum(['fewDays', 'quiet', 'far']).nullable() }));
const told = { id: goalId, name: z.string(), description: z.string().nullable(), sentence: z.string(), reward: fields.reward };
const given = { ...told, granted: z.int() };
const memberThreshold = named('MemberThreshold', z.object({
  ...given, measure: z.enum(['points', 'spent']), wallet: code.nullable(), value: z.int(), from: z.int(), at: z.int(), missing: z.int(), repeats: z.boolean(), reached: z.boolean(), forecast,
}));
const memberChallenge = named('MemberChallenge', z.object({
  ...given, state: z.enum(['coming', 'running', 'reached', 'over']), period: z.object({ from: localDate, until: localDate.nullable() }), repeats: z.enum(['once', 'week', 'month']),
  /** Whole days left, today included; null without a deadline. */
  daysLeft: z.int().nullable(),
  counts: z.enum(['documents', 'lines', 'amount', 'quantity', 'day', 'week', 'pieces']), value: z.int(), target: z.int(),
  pieces: z.array(z.object({ name: z.string(), done: z.boolean() })), reachedAt: instant.nullable(),
}));
export const coupon = named('Coupon', z.object({ code: z.string(), title: z.string(), goal: z.string(), grantedAt: instant, usedAt: instant.nullable() }));
export const memberGoals = named('MemberGoals', z.object({
  thresholds: z.array(memberThreshold), challenges: z.array(memberChallenge),
  /** Published for a day to come, for those who may take part as they are now; `from`: the local day on which it begins, `countsFrom`: the first one whose purchases it counts then, null for all of the membership. The soonest first. */
  soon: z.array(named('MemberComingGoal', z.object({ ...told, kind: z.enum(['threshold', 'challenge']), from: localDate, countsFrom: localDate.nullable() }))),
  badges: z.array(badgeFace.extend({ grantedAt: instant })), coupons: z.array(coupon),
  nextReward: z.object({ id: rewardId, name: z.string(), wallet: code, missing: points, forecast }).nullable(),
  /** The name under which the member stands on leaderboards; null: on none. */
  nickname: z.string().nullable(),
}));
export const couponUse = named('CouponUse', z.strictObject({ code: z.string().trim().min(4).max(20).regex(/^[0-9A-Za-z-]+$/) }));
export const usedCoupon = named('UsedCoupon', z.object({ coupon, member: memberId }));
/** Null: nobody has such a coupon, or it was taken back. */
export const foundCoupon = named('FoundCoupon', z.object({ found: usedCoupon.nullable() }));

const measure = z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('points'), wallet: code }), z.strictObject({ kind: z.literal('challenge'), goal: goalId })]);
const boardFields = { name: text(60), measure, /** Of a challenge: `all`, its own period counts. */ period: z.enum(['week', 'month', 'all']), state: z.enum(['shown', 'hidden']) };
export const leaderboard = named('Leaderboard', z.object({ id: leaderboardId, ...boardFields, revision: z.int() }));
export const leaderboardInput = named('LeaderboardInput', z.strictObject(boardFields));
export const leaderboardChange = named('LeaderboardChange', z.strictObject({ revision: z.int().min(1), ...boardFields }));
export const leaderboardList = named('LeaderboardList', z.object({ items: z.array(leaderboard), /** Members who agreed to be shown. */ members: z.int() }));
const standing = z.object({ place: z.int(), nickname: z.string(), score: z.int() });
const stretch = z.object({ from: localDate, until: localDate.nullable() }).nullable();
/** `counts`: what the scores are: points, or a challenge's unit. */
const scores = { counts: z.enum(['points', 'documents', 'lines', 'amount', 'quantity', 'day', 'week', 'pieces']), wallet: code.nullable(), stretch };
export const leaderboardDetail = named('LeaderboardDetail', z.object({ ...leaderboard.shape, ...scores, standings: z.array(standing.extend({ member: memberId })) }));
export const myLeaderboard = named('MyLeaderboard', z.object({
  id: leaderboardId, name: z.string(), ...scores, standings: z.array(standing.extend({ me: z.boolean() })),
  /** Own place, also for who is not shown to others; null: nothing counted yet. */
  own: z.object({ place: z.int(), score: z.int() }).nullable(),
}));
export const myLeaderboards = named('MyLeaderboards', z.object({ nickname: z.string().nullable(), items: z.array(myLeaderboard) }));
export const nicknameInput = named('NicknameInput', z.strictObject({ nickname: z.string().trim().min(2).max(48) }));
