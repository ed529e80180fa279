import { addDays, startOfLocalDay, type LocalDate } from '@wracam/engine/calendar';
import type { RuleDefinition } from '@wracam/engine/rules';
import { level } from '@wracam/engine/testing/tiers';
import type { TierLadder } from '@wracam/engine/tiers/ladder';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobHandlers } from '../../app.ts';
import { runNextJob } from '../../platform/jobs.ts';
import { FIRST_RULES } from '../../setup.ts';
import { testApp, type TestApp } from '../../testing/app.ts';
import { replayed, storedAccounts } from '../../testing/replayed.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const ZONE = 'Europe/Warsaw';
const START = '2026-03-02';
const RULE = FIRST_RULES[0]!;
const RULES: RuleDefinition[] = [
  RULE,
  { ...RULE, name: 'Według poziomu', effect: { kind: 'tierMultiplier', tiers: [{ tier: 'srebrny', hundredths: 150 }, { tier: 'zloty', hundredths: 200 }] } },
  { ...RULE, name: 'Dla złotych', when: { attribute: 'member.tier', operator: 'is', value: 'zloty' }, effect: { kind: 'fixed', points: 7 } },
];
const LADDER: TierLadder = {
  levels: [level('brazowy', 0), level('srebrny', 20_000), level('zloty', 50_000)], measure: { kind: 'spent' }, period: { kind: 'calendar', unit: 'month' },
  promotion: 'atOnce', lasts: 'nextPeriod', demotion: 'oneLevel', graceDays: 3, returns: 'takeLevel',
};
const BY_POINTS = { levels: [level('brazowy', 0), level('srebrny', 25), level('zloty', 80)], measure: { kind: 'points', wallet: 'punkty' } } as const;

/** A program with levels, on a clock of its own. */
async function shopWithLevels(ladder: TierLadder, members = 4) {
  const shop = await app.program({ test: true, startsAt: startOfLocalDay(ZONE, START), rules: RULES });
  const params = { program: shop.code };
  let minutes = 0;
  let day: LocalDate = START;
  const now = () => startOfLocalDay(ZONE, day) + 8 * 3_600_000 + minutes * 60_000;
  const clock = async (to: LocalDate = day) => { if (to !== day) minutes = 0; day = to; minutes += 1; await shop.api.moveTestClock({ params, body: { now: new Date(now()).toISOString() } }); };
  const publish = async (definition: TierLadder, effectiveOn?: LocalDate) => {
    const { revision } = await shop.api.getTiers({ params });
    await shop.api.changeTiers({ params, body: { revision, definition: definition as never } });
    await shop.api.publishTiers({ params, body: { revision: revision + 1, despiteNotice: true, ...(effectiveOn ? { effectiveOn } : {}) } });
  };
  await clock();
  const people: string[] = [];
  for (let no = 0; no < members; no += 1) people.push((await shop.api.createMember({ params, body: { firstName: 'Ola', card: `${shop.code}-${no}`, termsVersion: 1 } })).id);
  let count = 0;
  const sale = async (member: string, totalMinor: number, on = day) => {
    const externalId = `S${count += 1}`;
    await shop.api.recordTransaction({ params, body: { source: 'till', externalId, kind: 'sale', occurredAt: new Date(on === day ? now() : startOfLocalDay(ZONE, on)).toISOString(), member: { id: member }, totalMinor } });
    return externalId;
  };
  const giveBack = async (externalId: string, totalMinor: number) => {
    await shop.api.recordTransaction({ params, body: { source: 'till', externalId: `R${count += 1}`, kind: 'return', occurredAt: new Date(now()).toISOString(), totalMinor, of: { source: 'till', externalId } } });
  };
  await publish(ladder);
  await clock();
  return { shop, params, people, clock, publish, sale, giveBack, today: () => day };
}

/** Sales, returns, late documents, levels by hand and a changed ladder over some months, by numbers that look random and are always the same. */
const STEPS = 60;
async function liveThrough({ shop, params, people, clock, publish, sale, giveBack, today }: Awaited<ReturnType<typeof shopWithLevels>>, changed: TierLadder) {
  let seed = 7;
  const next = (below: number) => { seed = (seed * 48_271) % 2_147_483_647; return seed % below; };
  const sold: { externalId: string; left: number }[] = [];
  for (let step = 0; step < STEPS; step += 1) {
    if (next(3) > 0) await clock(addDays(today(), 1 + next(6)));
    const member = people[next(people.length)]!;
    const what = next(10);
    if (what < 6) {
      const totalMinor = 1_000 * (1 + next(30));
      sold.push({ externalId: await sale(member, totalMinor, what === 0 ? addDays(today(), -next(20)) : today()), left: totalMinor });
    } else if (what < 9) {
      const one = sold[next(sold.length)];
      if (one && one.left > 0) { const part = next(2) === 0 ? one.left : Math.ceil(one.left / 3_000) * 1_000; await giveBack(one.externalId, Math.min(part, one.left)); one.left -= Math.min(part, one.left); }
    } else {
      await clock();
      await shop.api.grantTier({ params: { ...params, member }, body: { level: next(2) === 0 ? 'zloty' : 'srebrny', reason: 'Przeprosiny', until: addDays(today(), 10) } });
    }
    if (step === STEPS / 2) { await clock(); await publish(changed); await clock(); }
  }
}

describe('levels in a replay', () => {
  it.each([
    ['of money spent, taken away by returns', LADDER, { ...LADDER, levels: [level('brazowy', 0), level('srebrny', 10_000), level('zloty', 60_000)] }],
    ['of money spent, kept after returns', { ...LADDER, returns: 'keepLevel', demotion: 'toMeasure' }, { ...LADDER, returns: 'keepLevel', period: { kind: 'rolling', months: 2 }, lasts: 'thisPeriod', graceDays: 0 }],
    ['of points, given at the end of months', { ...LADDER, ...BY_POINTS, promotion: 'periodEnd' }, { ...LADDER, ...BY_POINTS, period: { kind: 'rolling', months: 1 }, graceDays: 0 }],
  ] as [string, TierLadder, TierLadder][])('%s: by the rules of then every document is decided as it is booked, and every account and level is the stored one', async (_, first, second) => {
    const life = await shopWithLevels(first);
    await liveThrough(life, second);
    const { result, accounts } = await replayed(app.deps, life.shop.id);
    expect(result.difference).toEqual({ documents: 0, checked: expect.any(Number) as number, first: null });
    expect(result.difference.checked).toBeGreaterThan(25);
    expect(accounts).toEqual(await storedAccounts(app.ask, life.shop.id));
    // Levels really decided something: rules that ask for them gave points.
    const [multiplied] = await app.ask<{ ids: string[] }>('select array_agg(id order by id) as ids from earning_rule where program_id = $1', [life.shop.id]);
    expect(result.rules.filter((one) => one.now.points > 0).map((one) => String(one.ruleId)).sort()).toEqual(multiplied!.ids.map(String).sort());
  }, 120_000);

  it('by another ladder: who would stand where, decided by the levels of that side; a ladder of today from the start ends on the levels that are stored', async () => {
    const { shop, params, people, sale, clock } = await shopWithLevels(LADDER, 3);
    const [anna, jan, ola] = people as [string, string, string];
    await sale(anna, 30_000);
    await sale(jan, 5_000);
    await sale(ola, 60_000);
    await sale(ola, 10_000);
    await shop.api.grantTier({ params: { ...params, member: jan }, body: { level: 'srebrny', reason: 'Przeprosiny' } });
    await clock(addDays(START, 1));
    await sale(jan, 10_000);
    const harder: TierLadder = { ...LADDER, levels: [level('brazowy', 0), level('srebrny', 40_000), level('zloty', 200_000)] };
    const draft = { from: START, until: '2999-01-01', changes: [] };
    const asked = async (body: object) => {
      const { id } = await shop.api.startReplay({ params, body: { ...draft, ...body } as never });
      for (let turn = 0; turn < 50 && (await shop.api.getReplay({ params: { ...params, replay: id } })).result === null; turn += 1) await runNextJob(app.deps, jobHandlers);
      return shop.api.getReplay({ params: { ...params, replay: id } });
    };
    const unchanged = await asked({});
    const stored = await app.ask<{ level: string; members: string }>('select t.level, count(*) as members from member_tier t where t.program_id = $1 group by t.level order by t.level', [shop.id]);
    expect(unchanged.result!.levels!.moves).toEqual(stored.map((one) => ({ from: one.level, to: one.level, members: Number(one.members) })));
    expect(stored).toEqual([{ level: 'srebrny', members: '2' }, { level: 'zloty', members: '1' }]);
    expect(unchanged.result!.levels!.top).toEqual([]);

    const { id, ladder, result } = await asked({ ladder: harder });
    expect(ladder).toBe(true);
    // Given by hand stays given.
    expect(result!.levels!.moves).toEqual([{ from: 'srebrny', to: 'brazowy', members: 1 }, { from: 'srebrny', to: 'srebrny', members: 1 }, { from: 'zloty', to: 'srebrny', members: 1 }]);
    expect(result!.levels!.top).toEqual([{ member: anna, name: 'O…', from: 'srebrny', to: 'brazowy' }, { member: ola, name: 'O…', from: 'zloty', to: 'srebrny' }]);
    expect(result!.levels!.segments).toEqual(expect.arrayContaining([{ by: 'kind', value: 'person', moves: result!.levels!.moves }]));
    expect(result!.check).toEqual({ checked: 5, differing: 0 });
    const given = (name: string) => { const found = result!.rules.find((one) => one.name === name)!; return [found.now.points, found.draft.points]; };
    // Gold gets 7 more for the second purchase alone; of silver there is half of 70 for jan and, after the change, for ola.
    expect(given('Dla złotych')).toEqual([7, 0]);
    expect(given('Według poziomu').every((points) => points > 0)).toBe(true);
    const { text, fileName } = await shop.api.getReplayTable({ params: { ...params, replay: id, table: 'levels' } });
    expect([fileName, text.split('\r\n')[2]]).toEqual(['wracam-poziomy.csv', 'wszyscy,wszyscy,srebrny,srebrny,1']);

    expect((await shop.call('POST', '/replays', { ...draft, ladder: 'draft' })).body).toMatchObject({ code: 'nothing_to_publish' });
    expect((await shop.call('POST', '/replays', { ...draft, ladder: { ...harder, levels: [level('a', 5), level('b', 5)] } })).body).toMatchObject({ code: 'invalid_request', errors: [{ pointer: '/ladder/levels/1/threshold' }] });
    const { revision } = await shop.api.getTiers({ params });
    await shop.api.changeTiers({ params, body: { revision, definition: harder as never } });
    expect((await asked({ ladder: 'draft' })).result!.levels).toEqual(result!.levels);
  }, 120_000);

  it('follow other points, where points are what is measured; a program whose rules and ladder ask for nothing of it carries none', async () => {
    const { shop, people, sale } = await shopWithLevels({ ...LADDER, ...BY_POINTS }, 2);
    await sale(people[0]!, 20_000);
    const doubled = { ...RULE, name: 'Drugie tyle' };
    const { result } = await replayed(app.deps, shop.id, { changes: [{ ruleId: null, definition: doubled }] });
    expect(result.levels!.moves).toEqual([{ from: 'brazowy', to: 'brazowy', members: 1 }, { from: 'brazowy', to: 'srebrny', members: 1 }]);
    const plain = await app.program();
    expect((await replayed(app.deps, plain.id)).result.levels).toBeNull();
  }, 60_000);
});

it('by other terms of a wallet: points end sooner or wait longer, in the general way and by the kernel', async () => {
  const shop = await app.program({ test: true, startsAt: startOfLocalDay(ZONE, START) });
  const params = { program: shop.code };
  const { id } = await shop.api.createMember({ params, body: { firstName: 'Ola', card: `${shop.code}-1`, termsVersion: 1 } });
  for (const [no, day] of [START, '2026-04-20'].entries()) {
    await shop.api.moveTestClock({ params, body: { now: new Date(startOfLocalDay(ZONE, day) + 3_600_000).toISOString() } });
    await shop.api.recordTransaction({ params, body: { source: 'till', externalId: `T${no}`, kind: 'sale', occurredAt: new Date(startOfLocalDay(ZONE, day)).toISOString(), member: { id }, totalMinor: 100_000 } });
  }
  await shop.api.moveTestClock({ params, body: { now: new Date(startOfLocalDay(ZONE, '2026-05-02')).toISOString() } });
  const wallets = [{ wallet: 'punkty', expiry: { kind: 'months', months: 1, roundTo: 'day' }, pendingDays: 30 }] as const;
  const { result } = await replayed(app.deps, shop.id, { wallets });
  expect(result.sums).toMatchObject({ now: { earned: 200, expired: 0, outstanding: 200 }, draft: { earned: 200, expired: 100, outstanding: 100 } });
  // What did not end still waits.
  expect(result.thresholds[1]).toMatchObject({ points: 100, now: 1, draft: 0, up: 0, down: 1 });
  expect(result.thresholds[1]!.segments.find((one) => one.by === 'kind')).toEqual({ by: 'kind', value: 'person', members: 1, now: 1, draft: 0, up: 0, down: 1 });
  expect((await replayed(app.deps, shop.id, { wallets }, true)).result).toEqual(result);
  // Before the period its terms are those of today.
  expect((await replayed(app.deps, shop.id, { wallets, from: '2026-04-01' })).result.sums.draft).toMatchObject({ earned: 100, expired: 0, outstanding: 200 });
  const ask = async (body: object) => { const answer = await shop.call('POST', '/replays', { from: START, until: START, changes: [], ...body }); return [answer.status, answer.body.code]; };
  expect(await ask({ wallets: [{ wallet: 'brak' }] })).toEqual([400, 'wallet_unknown']);
  expect(await ask({ wallets: [{ wallet: 'punkty', expiry: { kind: 'inactivity', months: 3 } }] })).toEqual([409, 'wallet_in_use']);
}, 60_000);

it('limits of a household hold for all of its members together, by the households of each purchase’s own time', async () => {
  const limited = (perHouseholdMonth: number): RuleDefinition => ({ ...RULE, name: 'Dom', effect: { kind: 'fixed', points: 10 }, caps: { perTransaction: null, perMemberDay: null, perProgram: null, perHouseholdMonth } });
  const shop = await app.program({ rules: [limited(25)] });
  const params = { program: shop.code };
  const { id: household } = await shop.api.createCircle({ params, body: { kind: 'household', name: 'Kowalscy' } });
  const people: string[] = [];
  for (const name of ['Anna', 'Jan']) {
    const { id } = await shop.api.createMember({ params, body: { firstName: name, card: `${shop.code}-${name}`, termsVersion: 1 } });
    await shop.api.changeMember({ params: { ...params, member: id }, body: { household } });
    people.push(id);
  }
  const [anna, jan] = people as [string, string];
  let count = 0;
  const sell = (id: string) => shop.api.recordTransaction({ params, body: { source: 'till', externalId: `H${count += 1}`, kind: 'sale', occurredAt: new Date().toISOString(), member: { id }, totalMinor: 1_000 } });
  for (const one of [anna, jan, anna, jan]) await sell(one);
  await shop.api.recordTransaction({ params, body: { source: 'till', externalId: 'HR', kind: 'return', occurredAt: new Date().toISOString(), totalMinor: 1_000, of: { source: 'till', externalId: 'H1' } } });
  await sell(jan);
  await shop.api.changeMember({ params: { ...params, member: jan }, body: { household: null } });
  await sell(jan);
  const { result, accounts } = await replayed(app.deps, shop.id, {}, true);
  expect(result.difference).toEqual({ documents: 0, checked: 6, first: null });
  expect(accounts).toEqual(await storedAccounts(app.ask, shop.id));
  expect(result.sums.now).toMatchObject({ earned: 45, returned: 10 });
  const [rule] = await app.ask<{ id: string }>('select id from earning_rule where program_id = $1', [shop.id]);
  const wider = await replayed(app.deps, shop.id, { changes: [{ ruleId: Number(rule!.id), definition: limited(35) }] });
  expect(wider.result.sums.draft).toMatchObject({ earned: 55, returned: 10 });
}, 60_000);
