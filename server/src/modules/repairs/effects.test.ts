import type { RuleDefinition } from '@wracam/engine/rules';
import { level } from '@wracam/engine/testing/tiers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp } from '../../testing/app.ts';
import { BONUS, repairLives, RIGHT, TODAY, WRONG, type Life } from '../../testing/repair-lives.ts';
import { goalJobs, sweepGoals } from '../goals/index.ts';
import { recountTiers } from '../tiers/index.ts';
import { activityOf } from '../transactions/index.ts';
import { bookPage } from './book.ts';
import { findRepair } from './store.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const { settled, live, post, sale, nets, draftRight, counted, booked, undone, sound } = repairLives(() => app);

describe('levels and thresholds after a repair', () => {
  const POINTS_LADDER = (returns: 'takeLevel' | 'keepLevel' = 'takeLevel') => ({ levels: [level('brazowy', 0), level('zloty', 15)], measure: { kind: 'points', wallet: 'punkty' }, period: { kind: 'lifetime' }, promotion: 'atOnce', lasts: 'nextPeriod', demotion: 'toMeasure', graceDays: 0, returns });
  const EVERY_20 = (onReturn: 'takeBack' | 'keep', more: object = {}) => ({ kind: 'threshold', name: 'Co 20', description: null, reward: { points: { wallet: 'punkty', points: 5 }, badge: null, coupon: 'kawa gratis' }, onReturn, measure: { kind: 'points', wallet: 'punkty' }, at: 20, repeats: true, since: null, ...more });
  /** A life in which points lead to levels and to a threshold. */
  async function lifeWithGoals(rule: RuleDefinition, onReturn: 'takeBack' | 'keep' = 'takeBack', more: object = {}, returns: 'takeLevel' | 'keepLevel' = 'takeLevel') {
    const life = await live(rule);
    const { shop, params } = life;
    await shop.api.changeTiers({ params, body: { revision: 0, definition: POINTS_LADDER(returns) as never } });
    await shop.api.publishTiers({ params, body: { revision: 1 } });
    const goal = await shop.api.createGoal({ params, body: { definition: EVERY_20(onReturn, more) as never } });
    await shop.api.publishGoal({ params: { ...params, goal: goal.id }, body: { revision: goal.revision } });
    return { ...life, goal: goal.id };
  }
  const levels = async ({ shop, params, members }: Life) => Promise.all(members.map(async ({ id }) => (await shop.api.getMemberTier({ params: { ...params, member: id } })).tier!.level!.code));
  /** Rewards of goals that stand, by member. */
  const rewards = async ({ shop, members }: Life) => {
    const rows = await app.ask<{ member_id: string; round: number }>('select member_id, round from goal_grant where program_id = $1 and standing order by member_id, round', [shop.id]);
    return members.map(({ id }) => rows.filter((row) => Number(row.member_id) === app.deps.publicIds.decode('mem', id)).map((row) => row.round));
  };

  /** Repairs by the right rule: the second member alone gets to the threshold, from 10 points to 20. */
  async function givesSecondAlone(life: Life): Promise<void> {
    await draftRight(life);
    const { id, result } = await counted(life);
    expect(result!.goals).toMatchObject([{ given: 1, top: [{ member: life.members[1]!.id, valueFrom: 10, valueTo: 20 }] }]);
    await booked(life, id);
    expect(await rewards(life)).toEqual([[], [1], []]);
  }

  it('shows before booking whose level and which thresholds change, with numbers, and then makes just that of them', async () => {
    const life = await lifeWithGoals(WRONG);
    const { shop, params, members, goal } = life;
    await sale(life, 0, 10_000);
    await sale(life, 1, 3_000);
    await sweepGoals(app.deps, shop.id);
    expect([await levels(life), await rewards(life)]).toEqual([['brazowy', 'brazowy', 'brazowy'], [[], [], []]]);
    await draftRight(life);
    const { id, result } = await counted(life);
    expect(result!.levels).toEqual({ up: 1, down: 0, wallet: 'punkty', top: [{ member: members[0]!.id, name: 'A…', from: 'brazowy', to: 'zloty', valueFrom: 10, valueTo: 20 }] });
    expect(result!.goals).toEqual([{ goal, name: 'Co 20', wallet: 'punkty', reached: 1, lost: 0, given: 1, taken: 0, kept: 0, top: [{ member: members[0]!.id, name: 'A…', valueFrom: 10, valueTo: 20, given: 1, taken: 0, kept: 0 }] }]);
    const { text } = await shop.api.getRepairTable({ params: { ...params, repair: id } });
    expect(text).toContain(`${members[0]!.id},A…,,,,,,poziom,brazowy (10),zloty (20),,,\r\n${members[0]!.id},A…,,,,,,próg: Co 20,10,20,1,0,0`);
    await booked(life, id);
    expect([await nets(life), await levels(life), await rewards(life)]).toEqual([[25, 6, 0], ['zloty', 'brazowy', 'brazowy'], [[1], [], []]]);
    const { items } = await shop.api.listTierChanges({ params: { ...params, member: members[0]!.id } });
    expect(items[0]).toMatchObject({ reason: 'repaired', from: 'brazowy', to: 'zloty' });
    // Nothing is left to give, to the night, to the sweep and to the same repair counted again.
    await sweepGoals(app.deps, shop.id);
    await recountTiers(app.deps, shop.id, activityOf);
    expect([await nets(life), await levels(life)]).toEqual([[25, 6, 0], ['zloty', 'brazowy', 'brazowy']]);
    expect((await counted(life)).result).toMatchObject({ bookable: true, wallets: [], levels: null, goals: [] });
    expect(await app.ask('select day, points from repaired_earning where program_id = $1 and stood_at is null', [shop.id])).toEqual([]);
    expect(await sound(life)).toEqual([]);
  });

  it('undoes levels and thresholds with the batch, and a second repair gives again what was undone, with the same coupon', async () => {
    const life = await lifeWithGoals(WRONG);
    await sale(life, 0, 10_000);
    await sweepGoals(app.deps, life.shop.id);
    await draftRight(life);
    const { id } = await counted(life);
    await booked(life, id);
    const coupons = () => app.ask('select coupon from goal_grant where program_id = $1', [life.shop.id]);
    const first = await coupons();
    await undone(life, id);
    expect([await nets(life), await levels(life), await rewards(life)]).toEqual([[10, 0, 0], ['brazowy', 'brazowy', 'brazowy'], [[], [], []]]);
    const again = await counted(life);
    expect(again.result).toMatchObject({ bookable: true, levels: { up: 1 }, goals: [{ given: 1 }] });
    await booked(life, again.id);
    expect([await nets(life), await levels(life), await rewards(life), await coupons()]).toEqual([[25, 0, 0], ['zloty', 'brazowy', 'brazowy'], [[1], [], []], first]);
    expect(await sound(life)).toEqual([]);
  });

  it.each([['takeBack', [[], [], []], [10, 0, 0], { taken: 1, kept: 0 }], ['keep', [[1], [], []], [15, 0, 0], { taken: 0, kept: 1 }]] as const)(
    'a threshold that is no longer reached does with its reward what the goal says (%s), and undoing brings back what was there', async (onReturn, left, net, shown) => {
      const life = await lifeWithGoals(RIGHT, onReturn);
      await sale(life, 0, 10_000);
      await sweepGoals(app.deps, life.shop.id);
      expect([await nets(life), await levels(life), await rewards(life)]).toEqual([[25, 0, 0], ['zloty', 'brazowy', 'brazowy'], [[1], [], []]]);
      await draftRight(life, WRONG);
      const { id, result } = await counted(life);
      expect(result!.goals).toMatchObject([{ reached: 0, lost: 1, given: 0, ...shown }]);
      expect(result!.levels).toMatchObject({ up: 0, down: 1 });
      await booked(life, id);
      expect([await rewards(life), await nets(life), await levels(life)]).toEqual([left, net, ['brazowy', 'brazowy', 'brazowy']]);
      await undone(life, id);
      expect([await nets(life), await levels(life), await rewards(life)]).toEqual([[25, 0, 0], ['zloty', 'brazowy', 'brazowy'], [[1], [], []]]);
      expect(await sound(life)).toEqual([]);
    });

  it('a reward that a repair alone gave is undone with it even where the goal keeps rewards after returns, and a return leaves it', async () => {
    const life = await lifeWithGoals(WRONG, 'keep');
    await sale(life, 0, 10_000, { externalId: `${life.shop.code}-A` });
    await sale(life, 1, 10_000, { externalId: `${life.shop.code}-B` });
    await draftRight(life);
    const { id } = await counted(life);
    await booked(life, id);
    expect(await rewards(life)).toEqual([[1], [1], []]);
    await post(life, { kind: 'return', totalMinor: 10_000, of: { source: 'till', externalId: `${life.shop.code}-B` } });
    await sweepGoals(app.deps, life.shop.id);
    expect(await rewards(life)).toEqual([[1], [1], []]);
    await undone(life, id);
    expect(await rewards(life)).toEqual([[], [1], []]);
  });

  it('counts for a threshold only what was bought by who takes part in it', async () => {
    const life = await lifeWithGoals(WRONG, 'takeBack', { who: { attribute: 'member.group', operator: 'includesAny', value: ['klub'] } });
    await life.shop.api.changeMember({ params: { ...life.params, member: life.members[1]!.id }, body: { groups: ['klub'] } });
    await sale(life, 0, 10_000);
    await sale(life, 1, 10_000);
    await givesSecondAlone(life);
  });

  it('where returns leave levels, points that a repair takes leave them too, and undoing a repair leaves none', async () => {
    const [down, up] = [await lifeWithGoals(RIGHT, 'keep', {}, 'keepLevel'), await lifeWithGoals(WRONG, 'keep', {}, 'keepLevel')];
    for (const life of [down, up]) await sale(life, 0, 10_000);
    await draftRight(down, WRONG);
    await draftRight(up);
    const { id: taking, result } = await counted(down);
    expect(result).toMatchObject({ bookable: true, levels: null });
    await booked(down, taking);
    expect((await levels(down))[0]).toBe('zloty');
    const { id } = await counted(up);
    await booked(up, id);
    expect((await levels(up))[0]).toBe('zloty');
    await undone(up, id);
    expect((await levels(up))[0]).toBe('brazowy');
    for (const life of [down, up]) expect((await counted(life)).result).toMatchObject({ check: { differing: 0 } });
  });

  it('counts what it changes on the days of the purchases: a threshold with a first day takes only what came since', async () => {
    const life = await lifeWithGoals(WRONG, 'takeBack', { since: TODAY });
    await sale(life, 0, 10_000, { occurredAt: new Date(Date.now() - 3 * 86_400_000).toISOString() });
    await sale(life, 0, 9_000);
    await sale(life, 1, 10_000);
    await givesSecondAlone(life);
  });

  it('a ladder that comes after the repair, and a purchase on the repaired level, go by the repaired points', async () => {
    const gold: RuleDefinition = { ...BONUS, name: 'Złoci', lines: null, when: { attribute: 'member.tier', operator: 'is', value: 'zloty' } };
    const life = await live(WRONG);
    const { shop, params } = life;
    const rule = await shop.api.createRule({ params, body: { definition: gold as never } });
    await shop.api.publishRule({ params: { ...params, rule: rule.id }, body: { revision: 1, despiteNotice: true } });
    await sale(life, 0, 10_000);
    await draftRight(life);
    await booked(life, (await counted(life)).id);
    await shop.api.changeTiers({ params, body: { revision: 0, definition: POINTS_LADDER() as never } });
    await shop.api.publishTiers({ params, body: { revision: 1 } });
    expect(await levels(life)).toEqual(['zloty', 'brazowy', 'brazowy']);
    await sale(life, 0, 1_000);
    expect(await nets(life)).toEqual([22, 0, 0]);
    // History decided again comes to the same: it knows from when on the repair counted.
    expect((await counted(life)).result).toMatchObject({ bookable: true, check: { differing: 0 } });
  });

  it('gives rewards once when the worker dies between the points and the rewards', async () => {
    const life = await lifeWithGoals(WRONG);
    const { shop, params } = life;
    await sale(life, 0, 10_000);
    await sweepGoals(app.deps, shop.id);
    await draftRight(life);
    const { id } = await counted(life);
    await shop.api.bookRepair({ params: { ...params, repair: id }, body: { reason: 'Zły przelicznik' } });
    // Points and their days are booked; then the machine stops before a single reward.
    const ref = app.deps.publicIds.decode('rpr', id)!;
    const repair = await app.deps.db.readProgram(shop.id, (tx) => findRepair(tx, ref));
    await app.deps.db.inProgram(shop.id, (tx) => bookPage(app.deps, tx, repair!, [app.deps.publicIds.decode('mem', life.members[0]!.id)!]));
    expect([await nets(life), await levels(life), await rewards(life)]).toEqual([[20, 0, 0], ['zloty', 'brazowy', 'brazowy'], [[], [], []]]);
    expect(await app.ask('select member_id from touched_member where program_id = $1', [shop.id])).toHaveLength(1);
    expect(await settled(shop, id)).toMatchObject({ state: 'booked' });
    for (let turn = 0; turn < 100 && (await app.ask('select 1 from touched_member where program_id = $1', [shop.id])).length > 0; turn += 1) await goalJobs['documents.touched']!.run(app.deps, { programId: shop.id, ref: 0, now: Date.now() } as never);
    expect([await nets(life), await rewards(life)]).toEqual([[25, 0, 0], [[1], [], []]]);
    await booked(life, id, 'jeszcze raz');
    expect([await nets(life), await rewards(life)]).toEqual([[25, 0, 0], [[1], [], []]]);
    expect(await sound(life)).toEqual([]);
  });
});
