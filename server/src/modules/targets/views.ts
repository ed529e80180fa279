import { daysBetween, localDate } from '@wracam/engine/calendar';
import { percentOf } from '@wracam/engine/targets/count';
import { describeTarget } from '@wracam/engine/targets/describe';
import { begunPeriods, countsUntil, shownTargetPeriod, targetPeriodOf, type TargetPeriod } from '@wracam/engine/targets/period';
import type { Language } from '@wracam/contract';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { iso, isoOrNull } from '../../platform/iso.ts';
import { answered } from '../events/index.ts';
import { displayNames, findCompanies, memberNumbers } from '../members/index.ts';
import { participantGroup, participantId } from './core.ts';
import { REACHED_EVENT } from './count.ts';
import { partsOf } from './parts.ts';
import { participantsOf } from './participants.ts';
import { amountFor, runningTarget } from './running.ts';
import * as store from './store.ts';
import type { TargetRow } from './store.ts';

const SHOWN = 500;
/** Days for which a period that is over stays on the member's page. */
const SHOWN_AFTER_DAYS = 14;

const todayOf = (tx: ProgramTx) => localDate(tx.program.timeZone, tx.program.now);

async function targetView(deps: Deps, tx: ProgramTx, row: TargetRow, language: Language, isAnswered: boolean) {
  const { definition } = row;
  const period = shownTargetPeriod(definition.window, todayOf(tx));
  return {
    id: deps.publicIds.encode('tgt', row.id), code: row.code, state: row.state, revision: row.revision, definition: definition as never, sentence: describeTarget(definition, { lang: language, currency: tx.program.currency }),
    startedAt: isoOrNull(row.startedAt), changedAt: iso(row.changedAt), period, answered: isAnswered,
    figures: { ...await store.figuresOf(tx, row.id, period.no, definition.amount), events: await store.eventsGiven(tx, row.id) },
  };
}

const isAnswered = async (deps: Deps, tx: ProgramTx) => (await answered(deps, tx, [REACHED_EVENT], tx.program.now)).length > 0;

export const listTargets = (deps: Deps, ctx: Ctx) => deps.db.readProgram(ctx.programId, async (tx) => {
  const known = await isAnswered(deps, tx);
  const items = [];
  for (const row of await store.listTargets(tx)) items.push(await targetView(deps, tx, row, ctx.language, known));
  return { items };
});

export const getTarget = (deps: Deps, ctx: Ctx, id: number) => deps.db.readProgram(ctx.programId, async (tx) =>
  targetView(deps, tx, await store.findTarget(tx, id) ?? refuse('not_found'), ctx.language, await isAnswered(deps, tx)));

/** Names of participants, by key; of members with their numbers. */
async function namesOf(deps: Deps, tx: ProgramTx, { definition: { side } }: TargetRow, keys: readonly string[]): Promise<Map<string, { name: string | null; number: string | null; memberId: number | null }>> {
  if (side === 'group') return new Map(keys.map((key) => [key, { name: participantGroup(key), number: null, memberId: null }]));
  const ids = keys.map(participantId);
  if (side === 'company') {
    const names = new Map((await findCompanies(tx, ids, [])).map((one) => [one.id, one.name]));
    return new Map(keys.map((key) => [key, { name: names.get(participantId(key)) ?? null, number: null, memberId: null }]));
  }
  const names = await displayNames(tx, await deps.keyring.forProgram(tx.program.id), ids);
  const numbers = await memberNumbers(tx, ids);
  return new Map(keys.map((key) => [key, { name: names.get(participantId(key)) ?? null, number: numbers.get(participantId(key)) ?? null, memberId: participantId(key) }]));
}

/** Who is how far in a period (null: the one that is shown). Refuses `not_found`, also for a period that the target does not have. */
export const targetProgress = (deps: Deps, ctx: Ctx, id: number, no: number | null) => deps.db.readProgram(ctx.programId, async (tx) => {
  const row = await store.findTarget(tx, id) ?? refuse('not_found');
  const { definition } = row;
  const today = todayOf(tx);
  const period = (no === null ? shownTargetPeriod(definition.window, today) : targetPeriodOf(definition.window, no)) ?? refuse('not_found');
  const rows = await store.ranking(tx, id, period.no, definition.amount, SHOWN);
  const names = await namesOf(deps, tx, row, rows.map((one) => one.participant));
  return {
    period, periods: row.startedAt === null ? [] : begunPeriods(definition, localDate(tx.program.timeZone, row.startedAt), today).toReversed(), settled: (await store.settledPeriods(tx, id)).some((one) => one.period === period.no),
    figures: await store.figuresOf(tx, id, period.no, definition.amount),
    participants: rows.map(({ participant, value, amount }) => {
      const { name, number, memberId } = names.get(participant)!;
      return { member: memberId === null ? null : deps.publicIds.encode('mem', memberId), number, name, value, amount, percent: percentOf(value, amount) };
    }),
  };
});

export const targetAmounts = (deps: Deps, ctx: Ctx, id: number) => deps.db.readProgram(ctx.programId, async (tx) => {
  const row = await store.findTarget(tx, id) ?? refuse('not_found');
  const rows = await store.amountsOf(tx, id);
  const names = await namesOf(deps, tx, row, rows.map((one) => one.participant));
  return {
    revision: row.revision,
    items: rows.map(({ participant, amount }) => { const { name, number } = names.get(participant)!; return { participant: number === null ? name ?? '' : `number:${number}`, name, amount }; }),
  };
});

/**
 * Where a member stands with every running target: the own sum is counted from the documents as they are at this instant; the company's or the
 * group's is the one that the last count found, seconds ago.
 */
export const memberTargets = (deps: Deps, tx: ProgramTx, memberId: number, language: Language) => eachTarget(tx, async (row, today) => {
  const target = await runningTarget(tx, row);
  const { definition, id } = target;
  const period = shownTargetPeriod(definition.window, today);
  if (daysBetween(period.until, today) > SHOWN_AFTER_DAYS) return [];
  const keys = (await participantsOf(tx, target, [memberId])).filter((key) => amountFor(target, key) !== null);
  if (keys.length === 0) return [];
  const own = (await partsOf(tx, target, [memberId], [period])).get(memberId)?.get(period.no) ?? 0;
  const counted = new Map((await store.progressOf(tx, id, [period.no], keys)).map((one) => [one.participant, one.value]));
  const names = await namesOf(deps, tx, row, keys);
  return keys.map((key) => {
    const value = definition.side === 'member' ? own : counted.get(key) ?? own;
    const amount = amountFor(target, key)!;
    return {
      id: deps.publicIds.encode('tgt', id), name: definition.name, description: definition.description, sentence: describeTarget(definition, { lang: language, currency: tx.program.currency }), side: definition.side,
      of: definition.side === 'member' ? null : names.get(key)!.name, counts: definition.counts, value, amount, percent: percentOf(value, amount), missing: Math.max(0, amount - value), own, state: stateOf(period, today, value >= amount), period,
      daysLeft: today > period.until ? null : daysBetween(today < period.from ? period.from : today, period.until) + 1, settle: definition.settle, countsUntil: countsUntil(definition, period),
    };
  });
});

const stateOf = (period: TargetPeriod, today: string, reached: boolean) => (today < period.from ? 'coming' as const : reached ? 'reached' as const : today > period.until ? 'over' as const : 'running' as const);

async function eachTarget<T>(tx: ProgramTx, view: (row: TargetRow, today: string) => Promise<T[]>): Promise<{ items: T[] }> {
  const items: T[] = [];
  for (const row of await store.activeTargets(tx)) items.push(...await view(row, todayOf(tx)));
  return { items };
}
