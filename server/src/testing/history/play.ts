import { calendarParts, dateOf } from '@wracam/engine/calendar';
import type { Deps } from '../../platform/deps.ts';
import { systemCtx } from '../../platform/deps.ts';
import { runDueJobs } from '../../platform/jobs.ts';
import { Refusal } from '../../platform/refusal.ts';
import { goalJobs } from '../../modules/goals/index.ts';
import { changeMember } from '../../modules/members/actions.ts';
import { grantTier, revokeTier } from '../../modules/tiers/actions.ts';
import { tierJobs } from '../../modules/tiers/index.ts';
import { claimTransaction } from '../../modules/transactions/actions.ts';
import { activityOf, bookDocuments, isDenied, requestOf, type NewDocument } from '../../modules/transactions/index.ts';
import { voidTransaction } from '../../modules/transactions/void-document.ts';
import { differences, levelMoves, type LevelMoves } from './compare.ts';
import { makeOracle } from './oracle.ts';
import { clockOn, FIRST_DAY, changedGoals, historyLadders, lastDayOf, noonOf, openHistory, publishGoals, publishLadder } from './program.ts';
import { CLUB, historySteps, randomOf, type HistoryLine, type Step } from './steps.ts';

export type Played = LevelMoves & {
  readonly steps: number; readonly booked: number; readonly refused: number; readonly points: number;
  /** Sales that somebody claimed, and returns of them that earned only then. */
  readonly claimed: number; readonly toldLater: number;
  /** Returns that were undone. */
  readonly returnsUndone: number;
  /** Returns that got what they had asked for when another return of the same goods was corrected. */
  readonly demandsMet: number;
  /** How often rewards of goals, and badges, were given and taken back: a history without them would prove nothing. */
  readonly rewarded: number; readonly takenBack: number; readonly badgesGiven: number; readonly badgesTaken: number;
  /** What the clock shows at the end. */ readonly until: number;
  /** The first difference in words, with where to look for it. */ readonly fault: string | null;
};

const SOURCE = 'history';
const ZONE = 'Europe/Warsaw';
const BATCH_MAX = 25;
const { 'goals.nightly': _, ...goalsAtOnce } = goalJobs;
/** Without the nightly count of every member's goals: it would hide that a booking forgot to say whom it touched. */
const handlers = { ...tierJobs(activityOf), ...goalsAtOnce };

/**
 * Plays random steps into a program made by `historyProgram`, in batches as a busy shop sends them, and compares every member's points, level and
 * rewards of thresholds with the plain recomputation: whenever nights and goals have run, after every `checkEvery` steps and at the end. Half-way
 * another ladder is published, for that very day or the next; later some goals are changed. `memberIds`: members without any history.
 */
export async function playHistory(deps: Deps, programId: number, memberIds: readonly number[], options: { seed: number; steps: number; checkEvery: number; /** Which of the histories: its number tells ladders and expiry. */ no: number; say?: (line: string) => void }): Promise<Played> {
  const { first: ladder, second, today: atOnce } = historyLadders(options.no);
  const goals = await openHistory(deps, programId, ladder);
  let today = FIRST_DAY;
  /** Each batch has an instant of its own, so that history tells what came before and what after. */
  let shiftMs = 0;
  const oracle = makeOracle({ members: memberIds.length, firstDay: FIRST_DAY, ladder, goals, lastDayOf: lastDayOf(options.no), weekdayOf: (day) => calendarParts(ZONE, noonOf(day)).weekday });
  const random = randomOf(options.seed + 1);
  const sent = new Map<string, NewDocument>();
  const idOf = new Map<string, number>();
  /** Corrections that were refused: nothing can be told of them. */
  const never = new Set<string>();
  const counts = { booked: 0, refused: 0 };
  let batch: { step: Step; document: NewDocument; expected: 'booked' | 'refused' }[] = [];
  let size = 1;

  const goOn = async (ms: number): Promise<void> => { await runDueJobs(deps, {}, programId, clockOn(today) + (shiftMs += ms)); };
  const flush = async (): Promise<string | null> => {
    if (batch.length === 0) return null;
    const [sending, ids] = [batch, await deps.ids.take(batch.length)];
    batch = [];
    size = 1 + Math.floor(random() * BATCH_MAX);
    await goOn(1);
    const outcomes = await bookDocuments(deps, programId, sending.map(({ document }, i) => requestOf(document, ids[i]!)));
    for (const [i, outcome] of outcomes.entries()) {
      const { step, document, expected } = sending[i]!;
      counts[isDenied(outcome) ? 'refused' : 'booked'] += 1;
      if (!isDenied(outcome)) idOf.set(document.externalId, outcome.id);
      if (isDenied(outcome) !== (expected === 'refused')) return `${JSON.stringify(step)} should be ${expected}, but was ${JSON.stringify(outcome).slice(0, 200)}`;
    }
    return null;
  };
  const compare = (night: boolean) => differences(deps, programId, memberIds, oracle, night);
  const undo = async (key: string, expected: 'booked' | 'refused'): Promise<string | null> => {
    const id = idOf.get(key);
    const refused = id === undefined || await voidTransaction(deps, systemCtx(programId), id, 'pomyłka').then(() => false, isRefusal);
    counts[refused ? 'refused' : 'booked'] += 1;
    return refused === (expected === 'refused') ? null : `the void of ${key} should be ${expected}`;
  };

  const claimSale = async ({ of, member }: Extract<Step, { kind: 'claim' }>, expected: 'booked' | 'refused'): Promise<string | null> => {
    const id = idOf.get(of);
    await goOn(1);
    const refused = id === undefined || await claimTransaction(deps, systemCtx(programId), id, { id: memberIds[member]! }).then(() => false, isRefusal);
    counts[refused ? 'refused' : 'booked'] += 1;
    return refused === (expected === 'refused') ? null : `the claim of ${of} should be ${expected}`;
  };

  const giveLevel = async ({ member, level, days }: Extract<Step, { kind: 'grant' }>, expected: 'booked' | 'refused'): Promise<string | null> => {
    const [ctx, resolve] = [systemCtx(programId), () => Promise.resolve(memberIds[member]!)];
    const given = level === null ? revokeTier(deps, ctx, resolve, activityOf, 'pomyłka') : grantTier(deps, ctx, resolve, activityOf, { level, until: days === null ? null : dateOf(today + days), reason: 'przeprosiny' });
    const refused = await given.then(() => false, isRefusal);
    counts[refused ? 'refused' : 'booked'] += 1;
    return refused === (expected === 'refused') ? null : `the level ${level} of ${member} should be ${expected}`;
  };
  const moveInClub = async ({ member, into }: Extract<Step, { kind: 'club' }>): Promise<void> => {
    await goOn(1);
    await changeMember(deps, systemCtx(programId), memberIds[member]!, { groups: into ? [CLUB] : [] });
  };
  const passTime = async ({ days, work }: Extract<Step, { kind: 'time' }>): Promise<string | null> => {
    today += days;
    // So that what goals give stands after the documents before it and before those after it, as a replay finds it.
    shiftMs += 1000;
    await runDueJobs(deps, work ? handlers : {}, programId, clockOn(today) + shiftMs);
    return work ? compare(true) : null;
  };

  let steps = 0;
  const told = async (fault: string | null): Promise<Played> => ({ steps, ...counts, ...await levelMoves(deps, programId), ...oracle.moves(), points: memberIds.reduce((sum, _, member) => sum + oracle.net(member), 0), until: clockOn(today) + shiftMs, fault });
  for (const step of historySteps(options.seed, memberIds.length, FIRST_DAY)) {
    if (steps >= options.steps) break;
    // A document that was refused is as good as never sent.
    if ((step.kind === 'again' && !idOf.has(step.key)) || (step.kind === 'amend' && never.has(step.of))) continue;
    steps += 1;
    let fault = ['void', 'undo', 'claim', 'time', 'grant', 'club'].includes(step.kind) ? await flush() : null;
    const expected = oracle.play(step);
    if (expected === 'refused' && step.kind === 'amend') never.add(step.key);
    if (step.kind === 'void' || step.kind === 'undo') fault ??= await undo(step.of, expected);
    else if (step.kind === 'claim') fault ??= await claimSale(step, expected);
    else if (step.kind === 'time') fault ??= await passTime(step);
    else if (step.kind === 'grant') fault ??= await giveLevel(step, expected);
    else if (step.kind === 'club') await moveInClub(step);
    else {
      const document = step.kind === 'again' ? (step.differs ? { ...sent.get(step.key)!, store: 'inny' } : sent.get(step.key)!) : documentOf(step, memberIds, today);
      if (step.kind !== 'again') sent.set(step.key, document);
      batch.push({ step, document, expected });
      if (batch.length >= size) fault ??= await flush();
    }
    if (steps === Math.floor(options.steps / 2)) {
      fault ??= await flush();
      const from = atOnce ? today : today + 1;
      await goOn(1000);
      await publishLadder(deps, programId, second, from);
      oracle.publish(from, second);
    }
    if (steps === Math.floor((options.steps * 3) / 4)) {
      fault ??= await flush();
      const changed = changedGoals(options.no, goals);
      await publishGoals(deps, programId, changed);
      for (const [goal, definition] of changed) oracle.changeGoal(goal, definition);
    }
    if (steps % options.checkEvery === 0) {
      fault ??= await flush() ?? await compare(false);
      options.say?.(`${steps} steps, ${counts.booked} booked, ${counts.refused} refused`);
    }
    if (fault !== null) return told(`step ${steps} of seed ${options.seed}: ${fault}`);
  }
  return told(await flush() ?? await compare(false));
}

/** Was it a refusal: anything else is a fault of ours. */
function isRefusal(error: unknown): true {
  if (error instanceof Refusal) return true;
  throw error;
}

function documentOf(step: Exclude<Step, { kind: 'void' | 'undo' | 'claim' | 'again' | 'time' | 'grant' | 'club' }>, memberIds: readonly number[], today: number): NewDocument {
  const blank = { source: SOURCE, externalId: step.key, pointer: null, lines: [], payments: [], currency: 'PLN', store: null, till: null, cashier: null, channel: null, attributes: {}, of: null } satisfies Partial<NewDocument>;
  const lineOf = (line: Pick<HistoryLine, 'lineId' | 'quantity' | 'amountMinor'> & Partial<HistoryLine>) => ({
    lineId: line.lineId, kind: line.kind ?? 'goods' as const, sku: '', name: '', category: line.category ?? '', brand: null, quantity: line.quantity, unit: null, amountMinor: line.amountMinor, discountMinor: 0, taxRateBps: null, attributes: {},
  });
  const totalOf = (lines: readonly { readonly amountMinor: number }[]) => lines.reduce((sum, line) => sum + line.amountMinor, 0);
  const ref = (externalId: string) => ({ source: SOURCE, externalId });
  switch (step.kind) {
    case 'sale': return {
      ...blank, kind: 'sale', occurredAt: noonOf(step.day), pointer: step.member === null ? null : { id: memberIds[step.member]! }, totalMinor: totalOf(step.lines), lines: step.lines.map((line) => ({ ...lineOf(line), of: null })),
      payments: step.pays ? [{ kind: 'points', amountMinor: step.pays.amountMinor, points: step.pays.points, wallet: null, holdId: null }] : [],
    };
    case 'return': return { ...blank, kind: 'return', occurredAt: noonOf(today), totalMinor: totalOf(step.of), lines: step.of.map((line, at) => ({ ...lineOf({ ...line, lineId: `${at}` }), of: { ...ref(line.key), lineId: line.lineId } })) };
    case 'refund': return { ...blank, kind: 'return', occurredAt: noonOf(today), totalMinor: step.totalMinor, of: ref(step.of) };
    case 'amend': return { ...blank, kind: 'correction', occurredAt: noonOf(today), totalMinor: step.totalMinor, lines: (step.parts ?? []).map((line, at) => ({ ...lineOf({ ...line, lineId: `${at}` }), of: { ...ref(line.key), lineId: line.lineId } })), of: ref(step.of) };
    case 'correction': return { ...blank, kind: 'correction', occurredAt: noonOf(step.day), totalMinor: totalOf(step.lines), lines: step.lines.map((line) => ({ ...lineOf(line), of: null })), of: ref(step.of) };
  }
}
