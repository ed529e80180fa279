import { addDays, dateOf, dayNumberOf, startOfLocalDay, type LocalDate } from '@wracam/engine/calendar';
import { addUp, packActivity, readBuckets, type DayActivity } from '@wracam/engine/tiers/activity';
import { compileLadders, type TierLadder } from '@wracam/engine/tiers/ladder';
import { FOREVER, levelOf, standingOn } from '@wracam/engine/tiers/standing';
import { level } from '@wracam/engine/testing/tiers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setUpProgram } from '../../setup.ts';
import { testDeps, type TestDeps } from '../../testing/deps.ts';
import { republish } from '../earning/index.ts';
import { insertMembers } from '../members/index.ts';
import { activityOf, bookDocuments, requestOf, type NewDocument } from '../transactions/index.ts';
import { startTiers } from './publishing.ts';
import { recountTiers } from './recount.ts';

const ZONE = 'Europe/Warsaw';
const START: LocalDate = '2026-01-05';
const LADDER: TierLadder = {
  levels: [level('a', 0), level('b', 3_000), level('c', 8_000, { keep: 6_000 }), level('d', 15_000)], measure: { kind: 'spent' }, period: { kind: 'rolling', months: 3 }, promotion: 'atOnce', lasts: 'thisPeriod',
  demotion: 'oneLevel', graceDays: 5, returns: 'takeLevel',
};

let t: TestDeps;
beforeAll(async () => { t = await testDeps(); });
afterAll(() => t.close());

/** A stream of numbers that is the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => { state = (state * 1_103_515_245 + 12_345) % 2_147_483_648; return Math.floor(state / 65_536) % below; };
}

const program = () => setUpProgram(t.deps, { code: `p-${Math.floor(performance.now() * 1000)}`, name: 'Test', organisation: 'Test', test: true, startsAt: startOfLocalDay(ZONE, START) });
const setClock = (id: number, date: LocalDate) => t.ask('update program set test_now = $2 where id = $1', [id, new Date(startOfLocalDay(ZONE, date) + 1)]);
async function members(programId: number, count: number): Promise<number[]> {
  const ids = await t.deps.ids.take(count);
  await t.deps.db.inProgram(programId, (tx) => insertMembers(t.deps, tx, ids.map((id) => ({ id, joinedAt: tx.program.now, termsVersion: 1 }))));
  return ids;
}
const document = (kind: 'sale' | 'return', memberId: number | null, externalId: string, date: LocalDate, totalMinor: number, of: string | null): NewDocument => ({
  source: 'till', externalId, kind, occurredAt: startOfLocalDay(ZONE, date) + 36_000_000, pointer: memberId === null ? null : { id: memberId }, totalMinor, lines: [], payments: [], currency: 'PLN', store: null, till: null, cashier: null,
  channel: null, attributes: {}, of: of === null ? null : { source: 'till', externalId: of },
});

type Sold = { readonly key: string; left: number };

/** Random sales, late sales and returns of members, some in parts, as one week brings them. */
async function trade(programId: number, ids: readonly number[], random: (below: number) => number, date: LocalDate, sold: Sold[]): Promise<void> {
  const documents = Array.from({ length: 60 }, (_, n) => {
    const old = sold[random(sold.length + 1)];
    if (old && old.left > 0 && random(3) === 0) {
      const back = random(2) === 0 ? old.left : Math.min(old.left, 1_000);
      old.left -= back;
      return document('return', null, `R-${n}-${date}`, date, back, old.key);
    }
    const one: Sold = { key: `S-${n}-${date}`, left: 500 + random(60) * 100 };
    sold.push(one);
    const late = random(5) === 0 && addDays(date, -9) >= START;
    return document('sale', ids[random(ids.length)]!, one.key, late ? addDays(date, -9) : date, one.left, null);
  });
  const requestIds = await t.deps.ids.take(documents.length);
  const outcomes = await bookDocuments(t.deps, programId, documents.map((one, at) => requestOf(one, requestIds[at]!)));
  expect(outcomes.filter((one) => 'refusal' in one)).toEqual([]);
}

type Row = { member_id: string; level: string | null; since: string; until: string | null };
const rowsOf = async (programId: number) => new Map((await t.ask<Row>('select member_id, level, since::text, until::text from member_tier where program_id = $1', [programId])).map((row) => [Number(row.member_id), row]));

/** Holds every member's stored level to the pure function over what the member did. Returns the levels met. */
async function compare(programId: number, activity: ReadonlyMap<number, readonly DayActivity[]>, ids: readonly number[], today: LocalDate): Promise<Set<string>> {
  const [version] = await t.ask<{ effective_on: string }>('select effective_on::text from tier_ladder_version where program_id = $1', [programId]);
  const ladders = compileLadders([{ no: 1, effectiveOn: version!.effective_on, ladder: LADDER }], []);
  const rows = await rowsOf(programId);
  const met = new Set<string>();
  for (const id of ids) {
    const buckets = readBuckets(packActivity(activity.get(id) ?? []), 'spent', null);
    const state = standingOn(ladders, () => buckets, null, dayNumberOf(today))!;
    const [row, at] = [rows.get(id), levelOf(state)];
    met.add(LADDER.levels[at]!.code);
    expect([id, row?.level ?? 'a']).toEqual([id, LADDER.levels[at]!.code]);
    if (row) expect([id, row.since, row.until]).toEqual([id, dateOf(state.since), state.untils[at] === FOREVER ? null : dateOf(state.untils[at]!)]);
  }
  return met;
}
const fromDocuments = (programId: number, ids: readonly number[]) => t.deps.db.readProgram(programId, (tx) => activityOf(tx, ids));
const publish = (programId: number) => t.deps.db.inProgram(programId, (tx) => startTiers(tx, LADDER, republish));

describe('a look at everybody', () => {
  it('leaves every member where the pure function puts them, after sales, late sales and returns in any order', async () => {
    const { id } = await program();
    const random = numbers(7);
    const ids = await members(id, 60);
    const sold: Sold[] = [];
    for (let week = 0; week < 30; week += 1) {
      const date = addDays(START, week * 7);
      await setClock(id, date);
      if (week === 6) await publish(id); // sales of six weeks are there already
      if (week % 3 !== 2) await trade(id, ids, random, date, sold);
      if (week < 6 || week % 4 !== 0) continue;
      await recountTiers(t.deps, id, activityOf);
      const told = await fromDocuments(id, ids);
      const kept = await t.ask<{ member_id: string; days: Buffer }>('select member_id, days from member_activity where program_id = $1', [id]);
      for (const row of kept) expect(row.days.toString('hex')).toBe(Buffer.from(packActivity(told.get(Number(row.member_id)) ?? [])).toString('hex'));
      expect((await compare(id, told, ids, date)).size).toBeGreaterThan(1);
    }
  }, 60_000);

  it('puts thousands of members where the pure function puts them, changes nothing when run again, and finds what fell since', async () => {
    const { id } = await program();
    const random = numbers(11);
    const ids = await members(id, 3_000);
    const activity = new Map(ids.map((one) => [one, addUp(Array.from({ length: random(12) }, () => ({ day: dayNumberOf(START) - random(200), spentMinor: 100 + random(4_000), sales: 1, points: [] })))]));
    await t.ask('insert into member_activity (program_id, member_id, days) select $1, t.id, t.days from unnest($2::bigint[], $3::bytea[]) t (id, days)', [id, ids, ids.map((one) => Buffer.from(packActivity(activity.get(one)!)))]);
    await t.ask('update member_ledger set counted = true where program_id = $1', [id]);
    await publish(id);
    expect(await recountTiers(t.deps, id, activityOf)).toMatchObject({ members: 3_000, changed: expect.any(Number) });
    expect(await compare(id, activity, ids, START)).toEqual(new Set(['a', 'b', 'c', 'd']));
    const first = await rowsOf(id);
    await t.ask('update tier_run set position = 0, ended_at = null, changed = 0 where program_id = $1', [id]);
    expect((await recountTiers(t.deps, id, activityOf))?.changed).toBe(0);
    expect(await rowsOf(id)).toEqual(first);
    const later = addDays(START, 60);
    await setClock(id, later);
    expect((await recountTiers(t.deps, id, activityOf))!.changed).toBeGreaterThan(500);
    await compare(id, activity, ids, later);
    const told = await t.ask<{ announced: string; changes: string }>(`select (select count(*) from outbox where program_id = $1 and type = 'tier.changed') as announced, (select count(*) from member_tier_change where program_id = $1) as changes`, [id]);
    expect(told[0]!.announced).toBe(told[0]!.changes);
  }, 60_000);

  it('that was cut off goes on where it was, and gives every change once', async () => {
    const { id } = await program();
    const ids = await members(id, 9_000);
    await t.ask('insert into member_activity (program_id, member_id, days) select $1, t.id, $3 from unnest($2::bigint[]) t (id)', [id, ids, Buffer.from(packActivity([{ day: dayNumberOf(START), spentMinor: 9_000, sales: 1, points: [] }]))]);
    await t.ask('update member_ledger set counted = true where program_id = $1', [id]);
    await publish(id);
    // The second chunk meets a member that it cannot write: as a kill would, it leaves the first chunk and nothing of its own.
    await t.ask('alter table member_tier_change add constraint cut_off check (member_id <> ' + String(ids[6_000]) + ')');
    await expect(recountTiers(t.deps, id, activityOf)).rejects.toThrow('cut_off');
    expect((await rowsOf(id)).size).toBe(4_000);
    await t.ask('alter table member_tier_change drop constraint cut_off');
    expect(await recountTiers(t.deps, id, activityOf)).toEqual({ members: 9_000, changed: 9_000 });
    expect(await t.ask('select count(*)::int as count, max(no) as most from member_tier_change where program_id = $1', [id])).toEqual([{ count: 9_000, most: 1 }]);
  }, 60_000);

  it('and a booking that began before there were levels do not lose a sale: the booking starts again', async () => {
    const { id } = await program();
    const [anna] = await members(id, 1);
    const book = async (key: string) => { const [own] = await t.deps.ids.take(1); return bookDocuments(t.deps, id, [requestOf(document('sale', anna!, key, START, 9_000, null), own!)]); };
    await book('S-1'); // this process knows now that there are no levels
    // Another process publishes and counts while this one's memory is old and its transaction has begun: only the member's row tells.
    await t.ask('update member_ledger set counted = true where program_id = $1', [id]);
    await expect(book('S-2')).rejects.toThrow();
    expect(await t.ask('select count(*)::int as count from transaction where program_id = $1', [id])).toEqual([{ count: 1 }]);
    await t.ask('update member_ledger set counted = false where program_id = $1', [id]);
    await publish(id);
    await recountTiers(t.deps, id, activityOf);
    await book('S-2');
    await compare(id, await fromDocuments(id, [anna!]), [anna!], START);
    expect((await rowsOf(id)).get(anna!)?.level).toBe('d');
  });
});
