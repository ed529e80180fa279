import { addMonths, dateOf, dayNumberOf, endOfMonth, type Instant } from '@wracam/engine/calendar';
import type { ChallengeDefinition, GoalDefinition, ThresholdDefinition } from '@wracam/engine/goals/definition';
import { level } from '@wracam/engine/testing/tiers';
import type { TierLadder } from '@wracam/engine/tiers/ladder';
import { systemCtx, type Deps } from '../../platform/deps.ts';
import { runDueJobs } from '../../platform/jobs.ts';
import { sql } from '../../platform/sql.ts';
import { createBadge } from '../../modules/badges/index.ts';
import { republish } from '../../modules/earning/index.ts';
import { changeGoal } from '../../modules/goals/actions.ts';
import { publishGoal } from '../../modules/goals/publishing.ts';
import { startGoals } from '../../modules/goals/index.ts';
import { POINTS_WALLET, type NewProgram, type Wallet } from '../../modules/programs/index.ts';
import { publishTiers, saveTierDraft, startTiers } from '../../modules/tiers/index.ts';
import { HISTORY_RULES, IN_CLUB, LARGE, LATE_DAYS, REGULAR, STEADY } from './steps.ts';

const DAY_MS = 86_400_000;
const STARTS_ON = dayNumberOf('2024-11-11');
/** The clock's first day: what comes late finds rules in force, but for its oldest days no levels yet. */
export const FIRST_DAY = STARTS_ON + LATE_DAYS + 1;
/** Noon in Greenwich is the same local day all over the year; the clock shows the evening of it. */
export const noonOf = (day: number): Instant => day * DAY_MS + DAY_MS / 2;
export const clockOn = (day: number): Instant => noonOf(day) + DAY_MS / 4;

const levels = (silver: number, gold: number, keep: number) => [level('zielony', 0), level('srebrny', silver), level('zloty', gold, { keep })];
const common = { promotion: 'atOnce', lasts: 'nextPeriod', demotion: 'toMeasure', graceDays: 0, returns: 'takeLevel' } as const;
type Ladders = readonly [first: TierLadder, second: TierLadder];
const pair = (first: Partial<TierLadder> & Pick<TierLadder, 'levels' | 'measure' | 'period'>, second: Partial<TierLadder>): Ladders => [{ ...common, ...first }, { ...common, ...first, ...second }];
/**
 * Levels by every measure, over rolling and calendar periods, with and without a soft landing and grace; and what is published in the middle of
 * the history: harder to reach, with one level more, with one less, of another period.
 */
const PAIRS: readonly Ladders[] = [
  pair({ levels: levels(80, 200, 150), measure: { kind: 'points', wallet: 'punkty' }, period: { kind: 'calendar', unit: 'month' }, demotion: 'oneLevel', graceDays: 3 }, { levels: levels(120, 260, 200), graceDays: 0 }),
  pair({ levels: levels(20_000, 40_000, 30_000), measure: { kind: 'spent' }, period: { kind: 'rolling', months: 2 }, lasts: 'thisPeriod', graceDays: 5 }, { levels: [...levels(20_000, 35_000, 30_000), level('platynowy', 60_000)], lasts: 'nextPeriod' }),
  pair({ levels: levels(2, 4, 3), measure: { kind: 'sales' }, period: { kind: 'rolling', months: 1 }, demotion: 'oneLevel' }, { levels: levels(2, 4, 3).slice(0, 2), period: { kind: 'rolling', months: 2 }, promotion: 'periodEnd' }),
  pair({ levels: levels(5, 9, 7), measure: { kind: 'visits' }, period: { kind: 'calendar', unit: 'quarter' }, promotion: 'periodEnd', graceDays: 10 }, { levels: levels(2, 3, 3), period: { kind: 'calendar', unit: 'month' }, promotion: 'atOnce', lasts: 'thisPeriod' }),
];

const threshold = (name: string, points: number, more: Pick<ThresholdDefinition, 'measure' | 'at'> & Partial<ThresholdDefinition>, coupon: string | null = null): ThresholdDefinition =>
  ({ kind: 'threshold', name, description: null, reward: { points: { wallet: 'punkty', points }, badge: null, coupon }, onReturn: 'takeBack', repeats: true, since: null, ...more });
/** Who takes levels after returns and who leaves them, from the start and from the middle on. */
const RETURNS: readonly (readonly [first: TierLadder['returns'], second: TierLadder['returns']])[] = [['takeLevel', 'takeLevel'], ['keepLevel', 'keepLevel'], ['takeLevel', 'keepLevel'], ['keepLevel', 'takeLevel']];
/** Ladders of a history from the start and from the middle on; `today`: the second is published for the very day on which it is. */
export type HistoryLadders = { readonly first: TierLadder; readonly second: TierLadder; readonly today: boolean };
/** Of as many histories as there are pairs each has another one; of four times as many each pair meets everything that returns do. */
export function historyLadders(no: number): HistoryLadders {
  const turn = Math.floor(no / PAIRS.length);
  const [first, second] = PAIRS[no % PAIRS.length]!;
  const [before, after] = RETURNS[(no + turn) % RETURNS.length]!;
  return { first: { ...first, returns: before }, second: { ...second, returns: after }, today: (no + Math.floor(turn / RETURNS.length)) % 2 === 1 };
}
/** How many histories meet every pair. */
export const LADDER_PAIRS = PAIRS.length;

const challenge = (name: string, points: number, task: ChallengeDefinition['task'], kind: 'once' | 'week' | 'month', onReturn: 'takeBack' | 'keep'): ChallengeDefinition =>
  ({ kind: 'challenge', name, description: null, reward: { points: { wallet: 'punkty', points }, badge: null, coupon: null }, onReturn, when: null, lines: null, task, window: { kind, from: dateOf(FIRST_DAY + 5), until: null } });
/** What returns undo is taken back, or kept; again and again, or once and only from a date on; counters, days and weeks in a row, collections; for everybody and for some. */
const GOALS: readonly GoalDefinition[] = [
  threshold('Za każde 300 punktów', 40, { measure: { kind: 'points', wallet: 'punkty' }, at: 300 }),
  threshold('Za każde 400 zł', 15, { measure: { kind: 'spent' }, at: 40_000, onReturn: 'keep' }, 'Kawa gratis'),
  threshold('Pierwsze 500 zł', 100, { measure: { kind: 'spent' }, at: 50_000, repeats: false, since: dateOf(FIRST_DAY + 20) }, 'Kubek'),
  challenge('Cztery zakupy w miesiącu', 30, { kind: 'count', of: 'documents', target: 4 }, 'month', 'takeBack'),
  challenge('Sto złotych w tygodniu', 20, { kind: 'count', of: 'amount', target: 10_000 }, 'week', 'keep'),
  challenge('Dwa tygodnie z rzędu', 45, { kind: 'streak', every: 'week', length: 2 }, 'month', 'takeBack'),
  challenge('Cztery dni z rzędu', 60, { kind: 'streak', every: 'day', length: 4 }, 'once', 'takeBack'),
  challenge('Kawa, ciasto i sok', 25, { kind: 'collection', by: 'category', items: ['kawa', 'ciasto', 'sok'] }, 'month', 'takeBack'),
  { ...challenge('Dwa zakupy klubu', 12, { kind: 'count', of: 'documents', target: 2 }, 'month', 'takeBack'), who: IN_CLUB },
  threshold('Stali: za każde 150 zł', 8, { measure: { kind: 'spent' }, at: 15_000, who: REGULAR }),
];
/** Goals that give a badge besides. */
const WITH_BADGE = new Set(['Cztery zakupy w miesiącu', 'Cztery dni z rzędu', 'Dwa tygodnie z rzędu']);
/** The goals of a history whose badge has this id. */
const historyGoals = (badge: string): readonly GoalDefinition[] => GOALS.map((one) => (WITH_BADGE.has(one.name) ? { ...one, reward: { ...one.reward, badge } } : one));

/** What some of the goals become later: easier or harder to reach, for other points or other members, kept after returns or no longer. */
export function changedGoals(no: number, goals: readonly GoalDefinition[]): readonly (readonly [goal: number, definition: GoalDefinition])[] {
  const [points, spent, , month, , weeks] = goals as [ThresholdDefinition, ThresholdDefinition, ThresholdDefinition, ChallengeDefinition, ChallengeDefinition, ChallengeDefinition];
  const club = goals[8]!;
  return [
    [0, { ...points, at: no % 2 === 0 ? 200 : 450, reward: { ...points.reward, points: { wallet: 'punkty', points: 55 } } }], [1, { ...spent, onReturn: 'takeBack' }],
    [3, { ...month, task: { kind: 'count', of: 'documents', target: no % 2 === 0 ? 6 : 3 } }], [5, { ...weeks, onReturn: 'keep', window: { ...weeks.window, kind: 'once' } }], [8, { ...club, who: REGULAR }],
  ];
}

/** How long points are good, and the last day on which those of a day are, once more in plain words. */
const EXPIRIES: readonly { readonly expiry: Wallet['expiry']; readonly lastDayOf: (day: number) => number }[] = [
  { expiry: { kind: 'never' }, lastDayOf: () => Infinity },
  { expiry: { kind: 'months', months: 1, roundTo: 'day' }, lastDayOf: (day) => dayNumberOf(addMonths(dateOf(day), 1)) },
  { expiry: { kind: 'months', months: 2, roundTo: 'monthEnd' }, lastDayOf: (day) => dayNumberOf(endOfMonth(addMonths(dateOf(day), 2))) },
];
const expiryOf = (no: number) => EXPIRIES[no % EXPIRIES.length]!;
export const lastDayOf = (no: number): ((day: number) => number) => expiryOf(no).lastDayOf;

/** A program for a history: a clock of its own, points that never expire, end after a month, or with the second month after it. */
export const historyProgram = (no: number): Partial<NewProgram> & { rules: typeof HISTORY_RULES } =>
  ({ test: true, startsAt: STARTS_ON * DAY_MS, wallets: [{ ...POINTS_WALLET, expiry: expiryOf(no).expiry }], rules: HISTORY_RULES });

/** Makes it ready on its first day: levels and goals in force. Gives the goals. */
export async function openHistory(deps: Deps, programId: number, ladder: TierLadder): Promise<readonly GoalDefinition[]> {
  await runDueJobs(deps, {}, programId, clockOn(FIRST_DAY));
  const badge = (name: string, code: string) => createBadge(deps, systemCtx(programId), { name, description: null, shape: 'circle', icon: 'cup', color: 'amber', code });
  await badge('Hojny gość', LARGE);
  const goals = historyGoals((await badge('Wytrwały gość', STEADY)).id);
  await deps.db.inProgram(programId, async (tx) => {
    await startTiers(tx, ladder, republish);
    await startGoals(deps, tx, goals);
  });
  return goals;
}

/** Publishes other versions of goals, told by their places among the history's. */
export async function publishGoals(deps: Deps, programId: number, changed: readonly (readonly [goal: number, definition: GoalDefinition])[]): Promise<void> {
  const ctx = systemCtx(programId);
  const goals = await deps.db.readProgram(programId, (tx) => tx.rows<{ id: number; revision: number }>(sql`select id, revision from goal where program_id = ${programId} order by id`));
  for (const [at, definition] of changed) {
    const { id, revision } = goals[at]!;
    await changeGoal(deps, ctx, id, revision, definition);
    await publishGoal(deps, ctx, id, { revision: revision + 1, despiteNotice: true });
  }
}

/** Publishes another ladder, in force from the clock's next day. */
export async function publishLadder(deps: Deps, programId: number, ladder: TierLadder, from: number): Promise<void> {
  const ctx = systemCtx(programId);
  const revision = await deps.db.readProgram(programId, async (tx) => (await tx.maybe<{ revision: number }>(sql`select revision from tier_ladder where program_id = ${programId}`))!.revision);
  await saveTierDraft(deps, ctx, revision, ladder);
  await publishTiers(deps, ctx, { revision: revision + 1, effectiveOn: dateOf(from), despiteNotice: true }, { republish, levelUsers: async () => [] });
}
