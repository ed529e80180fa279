import { addDays, dateOf, dayNumberOf, daysBetween, localDate, startOfLocalDay, type LocalDate } from '@wracam/engine/calendar';
import { runOn, type Progress } from '@wracam/engine/goals/challenge';
import { targetOf, type ChallengeDefinition, type ChallengeTask, type GoalDefinition } from '@wracam/engine/goals/definition';
import { describeGoal } from '@wracam/engine/goals/describe';
import { forecastReach, type Forecast } from '@wracam/engine/goals/forecast';
import { shownPeriod } from '@wracam/engine/goals/period';
import { standingOf } from '@wracam/engine/goals/threshold';
import type { Language } from '@wracam/contract';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { iso, isoOrNull } from '../../platform/iso.ts';
import { eventNames, eventReasons } from '../event-types/index.ts';
import { listBadges, type BadgeRow } from '../badges/index.ts';
import { badgesGiven } from '../earning/index.ts';
import { newWorkingSet, readBalances, readMembers } from '../ledger/index.ts';
import { unitOf, walletsOf, type Wallet } from '../programs/index.ts';
import { listOffered } from '../rewards/index.ts';
import { nicknameOf } from './boards.ts';
import { comingGoals } from './coming.ts';
import { challengeProgress, countedSince, gainOf, gainsOf, measureOf, type Counted, type RunningGoal } from './core.ts';
import { participationOf, takesPartNow } from './participation.ts';
import { documentsOf, listeningGoals } from './settle.ts';
import * as store from './store.ts';
import { grantsOf, type GrantRow } from './store/progress.ts';

/** Days that a forecast looks back on. */
const PACE_DAYS = 183;
/** Days for which a challenge that is over stays on the member's page. */
const SHOWN_AFTER_DAYS = 30;

/** What the sentences and rewards of goals are told with. */
export type Telling = { readonly wallets: readonly Wallet[]; readonly badges: ReadonlyMap<string, BadgeRow>; readonly currency: string; readonly language: Language; readonly reasons: Awaited<ReturnType<typeof eventReasons>>; readonly names: Awaited<ReturnType<typeof eventNames>> };

export async function tellingOf(deps: Deps, tx: ProgramTx, language: Language): Promise<Telling> {
  const badges = new Map((await listBadges(tx)).map((badge) => [deps.publicIds.encode('bdg', badge.id), badge]));
  return { wallets: await walletsOf(tx), badges, currency: tx.program.currency, language, reasons: await eventReasons(tx), names: await eventNames(tx) };
}

/** `open`: for members to read. */
export function sentenceOf(definition: GoalDefinition, { wallets, currency, language, reasons, names }: Telling, open: boolean): string {
  const wallet = definition.kind === 'threshold' && definition.measure.kind === 'points' ? wallets.find((one) => one.code === (definition.measure as { wallet: string }).wallet) : undefined;
  return describeGoal(definition, { lang: language, currency, eventReasons: reasons, names, open, ...(wallet ? { unit: unitOf(wallet, language) } : {}) });
}

export const faceOf = (id: string, badge: BadgeRow) => ({ id, name: badge.name, description: badge.description, shape: badge.shape as 'circle', icon: badge.icon as 'cup', color: badge.color as 'amber' });
export function rewardView({ reward }: GoalDefinition, { badges }: Telling) {
  const badge = reward.badge === null ? undefined : badges.get(reward.badge);
  return { points: reward.points, badge: badge ? faceOf(reward.badge!, badge) : null, coupon: reward.coupon };
}

export const forecastView = (forecast: Forecast) => (forecast.kind === 'unknown'
  ? { day: null, earliest: null, latest: null, why: forecast.why } : { day: dateOf(forecast.day), earliest: dateOf(forecast.earliest), latest: dateOf(forecast.latest), why: null });

export const unitOfTask = (task: ChallengeTask) => (task.kind === 'count' ? task.of : task.kind === 'streak' ? task.every : 'pieces' as const);

type Reading = { readonly deps: Deps; readonly tx: ProgramTx; readonly telling: Telling; readonly today: LocalDate; readonly documents: readonly Counted[]; /** Of them, what was booked while the member took part. */ readonly counted: (goal: RunningGoal) => readonly Counted[]; readonly grants: readonly GrantRow[]; /** Badges that rules gave, by code, with the instant of the first. */ readonly ofRules: ReadonlyMap<string, number> };

/** Where a member stands with every goal that runs and that they take part in now, counted from the documents as they are at this instant; and those that are planned. */
export async function memberGoals(deps: Deps, tx: ProgramTx, memberId: number, language: Language) {
  const { timeZone, now } = tx.program;
  const today = localDate(timeZone, now);
  const listening = await listeningGoals(tx);
  const coming = await comingGoals(tx);
  const asked = [...listening, ...coming.map(({ goal }) => goal)];
  const paceFrom = startOfLocalDay(timeZone, addDays(today, -PACE_DAYS));
  const since = countedSince(asked, timeZone, today);
  const documents = (await documentsOf(tx, [memberId], since === null ? null : Math.min(since, paceFrom))).get(memberId)!;
  const set = newWorkingSet(tx.program.id, tx.program.purgeable, now);
  await readMembers(tx, set, [memberId]);
  const part = await participationOf(deps, tx, asked, set);
  const takesPart = (goal: RunningGoal) => takesPartNow(tx, part, goal, memberId, documents);
  const goals = listening.filter(takesPart);
  const grants = await grantsOf(tx, [memberId]);
  const reading: Reading = { deps, tx, telling: await tellingOf(deps, tx, language), today, documents, counted: (goal) => part(goal, memberId, documents), grants, ofRules: await badgesGiven(tx, memberId) };
  return {
    thresholds: goals.flatMap((goal) => (goal.kind === 'threshold' ? [thresholdView(reading, goal)] : [])),
    challenges: goals.flatMap((goal) => (goal.kind === 'challenge' && isShown(goal.definition, today) ? [challengeView(reading, goal)] : [])),
    soon: coming.filter(({ goal }) => takesPart(goal)).map(({ goal, from, countsFrom }) => ({ ...said(reading, goal), kind: goal.kind, from, countsFrom })),
    badges: badgesOf(reading), coupons: await couponsOf(reading), nextReward: await nextReward(reading, memberId), nickname: await nicknameOf(deps, tx, memberId),
  };
}

const isShown = ({ window }: ChallengeDefinition, today: LocalDate) => window.until === null || today <= addDays(window.until, SHOWN_AFTER_DAYS);

const said = ({ deps, telling }: Reading, { id, definition }: RunningGoal) =>
  ({ id: deps.publicIds.encode('gol', id), name: definition.name, description: definition.description, sentence: sentenceOf(definition, telling, true), reward: rewardView(definition, telling) });

const given = (reading: Reading, goal: RunningGoal) => ({ ...said(reading, goal), granted: reading.grants.filter((row) => row.goalId === goal.id && row.standing).length });

function thresholdView(reading: Reading, goal: Extract<RunningGoal, { kind: 'threshold' }>) {
  const { definition } = goal;
  const { tx: { program }, today } = reading;
  const documents = reading.counted(goal);
  const walletNo = (code: string) => reading.telling.wallets.find((one) => one.code === code)?.no ?? null;
  const value = measureOf(definition, walletNo, program.timeZone, documents);
  const standing = standingOf(definition, value);
  const forecast = forecastReach(gainsOf(program.timeZone, documents, (one) => gainOf(definition, walletNo, one)), standing.missing, dayNumberOf(today));
  return {
    ...given(reading, goal), measure: definition.measure.kind, wallet: definition.measure.kind === 'points' ? definition.measure.wallet : null, value, from: standing.from, at: standing.at, missing: standing.missing,
    repeats: definition.repeats, reached: standing.missing === 0, forecast: forecastView(forecast),
  };
}

function challengeView(reading: Reading, goal: Extract<RunningGoal, { kind: 'challenge' }>) {
  const { definition } = goal;
  const { task, window } = definition;
  const { today, tx } = reading;
  const period = shownPeriod(window, today);
  const progress = challengeProgress(goal.compiled, tx.program.timeZone, reading.counted(goal)).get(period.no);
  const state = today < period.from ? 'coming' : progress?.reached ? 'reached' : period.until !== null && today > period.until ? 'over' : 'running';
  return {
    ...given(reading, goal), state: state as 'coming' | 'reached' | 'over' | 'running', period: { from: period.from, until: period.until }, repeats: window.kind,
    daysLeft: period.until === null || today > period.until ? null : daysBetween(today < period.from ? period.from : today, period.until) + 1,
    counts: unitOfTask(task), value: valueNow(definition, progress, today), target: targetOf(definition),
    pieces: task.kind === 'collection' ? task.items.map((name) => ({ name, done: progress?.collected.includes(name) ?? false })) : [],
    reachedAt: isoOrNull(progress?.reachedAt ?? null),
  };
}

/** Of a streak the run that can still go on, until it is long enough. */
function valueNow(definition: ChallengeDefinition, progress: Progress | undefined, today: LocalDate): number {
  if (progress === undefined) return 0;
  return definition.task.kind !== 'streak' || progress.reached ? progress.value : runOn(definition, progress, dayNumberOf(today));
}

/** Badges of goals and of rules; one that both gave stands once, since the first. */
function badgesOf({ deps, telling, grants, ofRules }: Reading) {
  const first = new Map<string, number>();
  for (const row of grants) if (row.standing && row.badgeId !== null) { const id = deps.publicIds.encode('bdg', row.badgeId); if (!first.has(id)) first.set(id, row.grantedAt); }
  for (const [id, { code }] of telling.badges) {
    const givenAt = code === null ? undefined : ofRules.get(code);
    if (givenAt !== undefined) first.set(id, Math.min(first.get(id) ?? givenAt, givenAt));
  }
  return [...first].map(([id, grantedAt]) => ({ ...faceOf(id, telling.badges.get(id)!), grantedAt: iso(grantedAt) }));
}

/** Names of goals, also of those that ended. */
export async function goalNames(tx: ProgramTx): Promise<Map<number, string>> {
  return new Map((await store.listVersions(tx, null)).map((row) => [row.goalId, row.definition.name]));
}

export const couponView = (row: GrantRow, goal: string) =>
  ({ code: row.coupon!, title: row.couponTitle!, goal, grantedAt: iso(row.grantedAt), usedAt: isoOrNull(row.couponUsedAt) });

async function couponsOf({ tx, grants }: Reading) {
  const own = grants.filter((row) => row.standing && row.coupon !== null);
  if (own.length === 0) return [];
  const names = await goalNames(tx);
  return own.map((row) => couponView(row, names.get(row.goalId) ?? ''));
}

/** The cheapest reward for everybody that the member cannot afford yet, and when that will be at the own pace. */
async function nextReward({ deps, tx, today, documents, telling }: Reading, memberId: number) {
  const balances = (await readBalances(tx, [memberId])).get(memberId)!;
  const missingOf = (one: { wallet: string; pricePoints: number }) => one.pricePoints - (balances.find((balance) => balance.wallet === one.wallet)?.available ?? 0);
  const [next] = (await listOffered(deps, tx)).filter((one) => one.stockLeft !== 0 && one.levels.length === 0 && missingOf(one) > 0).sort((a, b) => missingOf(a) - missingOf(b));
  if (!next) return null;
  const walletNo = telling.wallets.find((one) => one.code === next.wallet)?.no ?? -1;
  const gains = gainsOf(tx.program.timeZone, documents, (one) => one.earned.get(walletNo) ?? 0);
  return { id: next.id, name: next.name, wallet: next.wallet, missing: missingOf(next), forecast: forecastView(forecastReach(gains, missingOf(next), dayNumberOf(today))) };
}
