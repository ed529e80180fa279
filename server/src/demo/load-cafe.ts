import { hash } from 'node:crypto';
import { addDays, localDate, startOfLocalDay, type LocalDate } from '@wracam/engine/calendar';
import type { Tx } from '../platform/db.ts';
import { systemCtx, type Deps } from '../platform/deps.ts';
import { sql } from '../platform/sql.ts';
import { createBadge } from '../modules/badges/index.ts';
import { endBatch, findBatchOfMapping, insertBatch, loadHistory, saveProgress, type HistoryFigures } from '../modules/connectors/index.ts';
import { createBoard, followGoals, goalsInPast, hasGoals, layGoals, sweepGoals } from '../modules/goals/index.ts';
import { insertMembers, findMembersByKeys } from '../modules/members/index.ts';
import { piecesTaken } from '../modules/orders/index.ts';
import { createReward, listOffered, takeStock } from '../modules/rewards/index.ts';
import { programIdOf } from '../modules/programs/index.ts';
import { republish } from '../modules/earning/index.ts';
import { hasTargets, startTarget, sweepTargets } from '../modules/targets/index.ts';
import { recountTiers, startTiers } from '../modules/tiers/index.ts';
import { activityOf, type Companion } from '../modules/transactions/index.ts';
import { setUpProgram } from '../setup.ts';
import { atMinute, TIME_ZONE } from './cafe-days.ts';
import { cafeGuests, firstDay, type Guest } from './cafe-members.ts';
import { cafeOrders, type OfferedReward } from './cafe-orders.ts';
import { CAFE, CAFE_BADGES, CAFE_LADDER, CAFE_REWARDS, CAFE_RULES, cafeGoals, cafeTarget } from './cafe-program.ts';
import { cafeDocuments } from './cafe-sales.ts';

const MAPPING = 'demo:cafe';
const MEMBERS_AT_ONCE = 425;
/** Ids for orders and for what goals grant, taken before they are needed: deciding is not the place to wait for a database. */
const SPARE_IDS = 42_000;
const CARD = 2;
/** The demo's goals run since the first of the month in which this many days ago fall. */
const GOALS_SINCE_DAYS = 45;
/** About as many documents as two years have; only the bar depends on it. */
export const DOCUMENTS_ABOUT = 90_000;

export type LoadedCafe = { readonly id: number; readonly code: string; readonly members: number; readonly figures: HistoryFigures };

/**
 * Makes the demo program and loads its two years, which end with `lastDay` (default: yesterday). A load that was cut off goes on where it
 * stopped, with the same last day. `progress` gets a share from 0 to 1.
 */
export async function loadCafe(deps: Deps, options: { lastDay?: LocalDate; progress?: (share: number, at: string) => void } = {}): Promise<LoadedCafe> {
  const wantedDay = options.lastDay ?? addDays(localDate(TIME_ZONE, Math.floor(await deps.db.onPlatform(clockOf))), -1);
  const progress = options.progress ?? (() => undefined);
  const known = await programIdOf(deps, CAFE.code);
  const id = known ?? (await setUpProgram(deps, { ...CAFE, startsAt: atMinute(firstDay(wantedDay), 0) }, CAFE_RULES)).id;
  const batch = await openBatch(deps, id, wantedDay);
  if (batch.done) return { id, code: CAFE.code, members: 0, figures: { documents: 0, booked: 0, duplicates: 0, refused: 0 } };
  const guests = cafeGuests(batch.lastDay);
  await insertGuests(deps, id, guests, (share) => progress(share * 0.15, 'members'));
  const rewards = await makeRewards(deps, id);
  const goalsFrom: LocalDate = `${addDays(batch.lastDay, -GOALS_SINCE_DAYS).slice(0, 8)}01`;
  await layCafeGoals(deps, id, goalsFrom);
  const spare = await deps.ids.take(SPARE_IDS);
  const takeId = () => spare.pop() ?? raise('more ids are needed than were taken');
  const goals = await deps.db.readProgram(id, (tx) => goalsInPast(deps, tx, startOfLocalDay(TIME_ZONE, goalsFrom), takeId));
  const orders = cafeOrders(rewards, atMinute(addDays(batch.lastDay, 1), 0), takeId);
  const figures = await loadHistory(deps, id, cafeDocuments(batch.lastDay), {
    batchNo: batch.no, skip: batch.position, companion: oneAfterAnother(goals, orders),
    onProgress: async (position, so) => {
      progress(0.15 + 0.84 * Math.min(1, position / DOCUMENTS_ABOUT), 'sales');
      await deps.db.inProgram(id, (tx) => saveProgress(tx, batch.no, { rowsRead: position, booked: so.booked + so.duplicates, refused: so.refused, position }));
    },
  });
  await deps.db.inProgram(id, followGoals);
  await sweepGoals(deps, id);
  await makeTarget(deps, id, batch.lastDay);
  await deps.db.inProgram(id, async (tx) => {
    const before = new Map((await listOffered(deps, tx)).map((reward) => [deps.publicIds.decode('rwd', reward.id), reward.ordered]));
    for (const { rewardId, pieces } of await piecesTaken(tx)) {
      const missing = pieces - (before.get(rewardId) ?? 0);
      if (missing > 0) await takeStock(tx, rewardId, missing);
    }
    await startTiers(tx, CAFE_LADDER, republish);
    await endBatch(tx, batch.no, 'done', { lastDay: batch.lastDay, members: guests.length, ...figures });
  });
  await recountTiers(deps, id, activityOf);
  progress(1, 'done');
  return { id, code: CAFE.code, members: guests.length, figures };
}

const clockOf = async (tx: Tx) => (await tx.maybe<{ now: number }>(sql`select clock_timestamp() as now`))!.now;

/** The demo's batch: a new one, or the one that was cut off, with its own last day. */
const openBatch = (deps: Deps, programId: number, wantedDay: LocalDate) => deps.db.inProgram(programId, async (tx) => {
  const known = await findBatchOfMapping(tx, MAPPING);
  if (known) return { no: known.no, position: known.position, lastDay: String(known.figures['lastDay']), done: known.state !== 'running' };
  const fileHash = hash('sha256', `${MAPPING} ${wantedDay}`, 'buffer');
  return { no: await insertBatch(tx, { fileHash, mapping: MAPPING, figures: { lastDay: wantedDay } }), position: 0, lastDay: wantedDay, done: false };
});

async function insertGuests(deps: Deps, programId: number, guests: readonly Guest[], progress: (share: number) => void): Promise<void> {
  for (let at = 0; at < guests.length; at += MEMBERS_AT_ONCE) {
    const some = guests.slice(at, at + MEMBERS_AT_ONCE);
    const ids = await deps.ids.take(some.length);
    await deps.db.inProgram(programId, async (tx) => {
      const there = await findMembersByKeys(tx, tx.program.id, some.map((guest) => ({ kind: CARD, key: guest.card })));
      if (there.size > 0) return; // this part was written before the load was cut off
      await insertMembers(deps, tx, some.map(({ firstName, lastName, phone, email, birthDate, card, joinedAt }, index) => ({ id: ids[index]!, firstName, lastName, phone, email, birthDate, card, joinedAt, termsVersion: 1 })));
    });
    progress((at + some.length) / guests.length);
  }
}

async function makeRewards(deps: Deps, programId: number): Promise<OfferedReward[]> {
  const known = await deps.db.readProgram(programId, (tx) => listOffered(deps, tx));
  const made: OfferedReward[] = [];
  for (const reward of CAFE_REWARDS) {
    const { taste: _, atCounter: __, ...input } = reward;
    const view = known.find((one) => one.name === reward.name) ?? await createReward(deps, systemCtx(programId), input);
    made.push({ ...reward, id: deps.publicIds.decode('rwd', view.id)! });
  }
  return made;
}

/** What goals grant comes at the document's own instant, and what guests exchange a little later. */
const oneAfterAnother = (first: Companion, second: Companion): Companion => ({
  async before(work) { await first.before?.(work); await second.before?.(work); },
  after(work, booked) { first.after(work, booked); second.after(work, booked); },
  async save(work) { await first.save(work); await second.save(work); },
});

/** Goals that listen to the last weeks of the load; nobody else counts for them before it ends, so that loading pays little for them. */
async function layCafeGoals(deps: Deps, programId: number, from: LocalDate): Promise<void> {
  if (await deps.db.readProgram(programId, hasGoals)) return;
  const ctx = systemCtx(programId);
  const [first, second] = [await createBadge(deps, ctx, CAFE_BADGES[0]), await createBadge(deps, ctx, CAFE_BADGES[1])];
  const board = { name: 'Punkty w tym miesiącu', measure: { kind: 'points', wallet: 'punkty' }, period: 'month', state: 'shown' } as const;
  await createBoard(deps, ctx, board);
  await deps.db.inProgram(programId, (tx) => layGoals(deps, tx, cafeGoals(from, [first.id, second.id])));
}

/** A sales target of this quarter, counted once for everybody. */
async function makeTarget(deps: Deps, programId: number, lastDay: LocalDate): Promise<void> {
  await deps.db.inProgram(programId, async (tx) => { if (!await hasTargets(tx)) await startTarget(deps, tx, 'kwartal', cafeTarget(lastDay)); });
  await sweepTargets(deps, programId);
}

function raise(message: string): never {
  throw new Error(message);
}
