import type { RuleDefinition } from '@wracam/engine/rules';
import { level } from '@wracam/engine/testing/tiers';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobHandlers } from '../../app.ts';
import { runNextJob } from '../../platform/jobs.ts';
import { testApp, type TestApp } from '../../testing/app.ts';
import { loadHistory } from '../connectors/index.ts';
import type { NewDocument } from '../transactions/index.ts';
import { BONUS, PERIOD, repairLives, RIGHT, TODAY, WRONG, type Life } from '../../testing/repair-lives.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const { settled, live, post, sale, balances, nets, draftRight, counted, booked, undone, sound, number } = repairLives(() => app);

async function shopping(life: Life) {
  const { shop, params, members } = life;
  await sale(life, 0, 30_000, { externalId: 'S1', lines: [{ lineId: '1', category: 'kawa', amountMinor: 10_000 }, { lineId: '2', category: 'ciasto', amountMinor: 20_000 }] });
  await sale(life, 0, 90_000);
  await sale(life, 1, 50_000, { externalId: 'S2' });
  await post(life, { kind: 'return', totalMinor: 10_000, of: { source: 'till', externalId: 'S2' } });
  await post(life, { kind: 'return', totalMinor: 20_000, lines: [{ lineId: '2', amountMinor: 20_000, of: { source: 'till', externalId: 'S1', lineId: '2' } }] });
  await sale(life, 1, 20_000, { payments: [{ kind: 'points', amountMinor: 1_000, points: 15 }] });
  const reward = await shop.api.createReward({ params, body: { name: 'Kubek', pricePoints: 20 } });
  const { order } = await shop.api.placeOrder({ params, body: { member: { id: members[0]!.id }, lines: [{ reward: reward.id, quantity: 1 }] } });
  await shop.api.confirmOrder({ params: { ...params, order: order.id } });
  const back = await shop.api.placeOrder({ params, body: { member: { id: members[0]!.id }, lines: [{ reward: reward.id, quantity: 1 }] } });
  await shop.api.cancelOrder({ params: { ...params, order: back.order.id } as never, body: { reason: 'rezygnacja' } });
  await sale(life, 2, 4_000);
}

describe('a repair of history', () => {
  it('leaves every member what the right rule would have given from the start, through returns, limits, orders and payments', async () => {
    const [mended, right] = [await live(WRONG), await live(RIGHT)];
    await shopping(mended);
    await shopping(right);
    expect(await balances(mended)).not.toEqual(await balances(right));
    await draftRight(mended);
    const view = await counted(mended);
    expect(view).toMatchObject({ state: 'ready', rule: { id: mended.rule }, version: null, result: { bookable: true, check: { differing: 0 }, members: { gaining: 3, losing: 0 } } });
    const top = view.result!.top.reduce((sum, one) => sum + one.points, 0);
    expect(view.result!.wallets).toEqual([{ wallet: 'punkty', added: top, taken: 0 }]);
    const after = await booked(mended, view.id);
    expect(after).toMatchObject({ state: 'booked', booked: { reason: 'Zły przelicznik' }, result: { forgiven: 0 } });
    expect(after.done).toBe(after.total);
    expect(await balances(mended)).toEqual(await balances(right));
    expect(await sound(mended)).toEqual([]);
    const { items } = await mended.shop.api.listHistory({ params: { ...mended.params, member: mended.members[2]!.id } });
    expect(items[0]).toMatchObject({ kind: 'adjust', points: 4, reason: 'Zły przelicznik' });
    const { text, fileName } = await mended.shop.api.getRepairTable({ params: { ...mended.params, repair: view.id } });
    expect(fileName).toBe('wracam-naprawa-punktow.csv');
    expect(text).toContain(`${mended.members[2]!.id},C…,punkty,4,0,0,,,,,,,`);
  });

  it('changes nothing where the rule was right, also when a file of history brought a return from before an order that was placed already', async () => {
    const life = await live(RIGHT);
    const { shop, params, members } = life;
    const old = (daysAgo: number, more: Partial<NewDocument>): NewDocument => ({
      source: 'h', externalId: `${daysAgo}`, kind: 'sale', occurredAt: Date.now() - daysAgo * 86_400_000, pointer: { kind: 2, key: `${shop.code}-A` }, totalMinor: 50_000, lines: [], payments: [], currency: 'PLN', store: null, till: null, cashier: null, channel: null, attributes: {}, of: null, ...more,
    });
    await loadHistory(app.deps, shop.id, [old(10, {})], { batchNo: null });
    const reward = await shop.api.createReward({ params, body: { name: 'Kubek', pricePoints: 80 } });
    await shop.api.placeOrder({ params, body: { member: { id: members[0]!.id }, lines: [{ reward: reward.id, quantity: 1 }], confirm: true } });
    // In time the return comes first, and leaves too little for the order; in the ledger the order was first, and the return leaves a debt.
    await loadHistory(app.deps, shop.id, [old(9, { kind: 'return', totalMinor: 40_000, of: { source: 'h', externalId: '10' } })], { batchNo: null });
    expect(await nets(life)).toEqual([-60, 0, 0]);
    expect((await counted(life, { version: 1 })).result).toMatchObject({ check: { checked: 1, differing: 0 }, members: { gaining: 0, losing: 0 }, wallets: [] });
    await draftRight(life, WRONG);
    const view = await counted(life);
    expect(view.result).toMatchObject({ members: { gaining: 0, losing: 1 }, wallets: [{ wallet: 'punkty', added: 0, taken: 10 }] });
    await booked(life, view.id);
    expect(await nets(life)).toEqual([-70, 0, 0]);
    expect(await sound(life)).toEqual([]);
  });

  it('takes what the wrong rule gave too much, and undoing restores each balance and its dates exactly', async () => {
    const [mended, right] = [await live(RIGHT), await live(WRONG)];
    await shopping(mended);
    await shopping(right);
    const before = await balances(mended);
    await draftRight(mended, WRONG);
    const { id } = await counted(mended);
    await booked(mended, id);
    expect(await nets(mended)).toEqual(await nets(right));
    const view = await undone(mended, id);
    expect(view).toMatchObject({ state: 'undone', undone: { reason: 'Pomyłka' }, result: { kept: 0 } });
    expect(await balances(mended)).toEqual(before);
    expect(await sound(mended)).toEqual([]);
  });

  it('takes a published version as well, and leaves documents outside its period alone', async () => {
    const life = await live(RIGHT);
    await sale(life, 0, 10_000, { occurredAt: new Date(Date.now() - 3 * 86_400_000).toISOString() });
    await draftRight(life, WRONG);
    const { revision } = await life.shop.api.getRule({ params: { ...life.params, rule: life.rule } });
    await life.shop.api.publishRule({ params: { ...life.params, rule: life.rule }, body: { revision, despiteNotice: true } });
    await sale(life, 0, 10_000);
    const before = await nets(life);
    const { id, result, version } = await counted(life, { version: 1, from: TODAY });
    expect(version).toBe(1);
    expect(result!.top).toMatchObject([{ points: 10 }]);
    await booked(life, id);
    expect(await nets(life)).toEqual([before[0]! + 10, 0, 0]);
  });

  it('books nothing twice: neither the same repair asked again, nor another one of the same rule and period', async () => {
    const life = await live(WRONG);
    await shopping(life);
    await draftRight(life);
    const { id } = await counted(life);
    await booked(life, id);
    const after = await balances(life);
    expect((await booked(life, id, 'jeszcze raz')).booked!.reason).toBe('Zły przelicznik');
    expect(await balances(life)).toEqual(after);
    const again = await counted(life);
    expect(again.result).toMatchObject({ bookable: true, wallets: [], top: [] });
    await booked(life, again.id);
    expect(await balances(life)).toEqual(after);
    // A sale of the period that came late is all that a third one finds.
    await sale(life, 2, 1_000);
    expect((await counted(life)).result!.top).toMatchObject([{ points: 1 }]);
  });

  it('goes on after a death in the middle: what was booked stays booked once', async () => {
    const life = await live(WRONG);
    const { shop, params } = life;
    // More members than one commit takes.
    const others: { id: string }[] = [];
    const join = (_: unknown, no: number) => shop.api.createMember({ params, body: { firstName: 'Ola', card: `${shop.code}-${others.length + no}`, termsVersion: 1 } });
    while (others.length < 220) others.push(...await Promise.all(Array.from({ length: 20 }, join)));
    others.sort((a, b) => app.deps.publicIds.decode('mem', a.id)! - app.deps.publicIds.decode('mem', b.id)!);
    life.members.push(others[0]!, others.at(-1)!);
    for (let at = 0; at < others.length; at += 110) await shop.api.recordTransactions({ params, body: { transactions: others.slice(at, at + 110).map(({ id }) => ({ source: 'till', externalId: `D${number()}`, occurredAt: new Date().toISOString(), kind: 'sale', member: { id }, totalMinor: 5_000 })) as never } });
    await draftRight(life);
    const { id } = await counted(life);
    await shop.api.bookRepair({ params: { ...params, repair: id }, body: { reason: 'Zły przelicznik' } });
    // The last member's page cannot be written: the worker stops with the work half done.
    const last = app.deps.publicIds.decode('mem', others.at(-1)!.id);
    await app.ask(`create function stop_here() returns trigger language plpgsql as $$ begin if new.member_id = ${last} then raise exception 'stopped'; end if; return new; end $$`);
    await app.ask('create trigger stop_here before insert on transfer for each row execute function stop_here()');
    for (let turn = 0; turn < 1_000 && await runNextJob(app.deps, jobHandlers); turn += 1);
    expect(await shop.api.getRepair({ params: { ...params, repair: id } })).toMatchObject({ state: 'booking', done: 200, total: 220 });
    expect(await nets(life)).toEqual([0, 0, 0, 10, 5]);
    await app.ask('drop trigger stop_here on transfer');
    await app.ask('drop function stop_here');
    await app.ask(`update due set due_at = now() where ref = $1`, [app.deps.publicIds.decode('rpr', id)]);
    expect(await settled(shop, id)).toMatchObject({ state: 'booked', done: 220, total: 220 });
    expect(await nets(life)).toEqual([0, 0, 0, 10, 10]);
    expect(await app.ask(`select member_id from transfer where program_id = $1 and kind = 5 group by member_id having count(*) <> 1`, [shop.id])).toEqual([]);
    expect(await sound(life)).toEqual([]);
  });

  it.each([
    ['allow', { available: 0, debt: 10, forgiven: 0 }],
    ['nextEarnings', { available: 0, debt: 10, forgiven: 0 }],
    ['refuse', { available: 0, debt: 0, forgiven: 10 }],
  ] as const)('where points are spent the wallet’s debt policy decides (%s), and undoing restores what was there', async (debtPolicy, expected) => {
    const life = await live(RIGHT, { debtPolicy, debtLimit: debtPolicy === 'refuse' ? 0 : 1000 });
    await sale(life, 0, 10_000);
    await sale(life, 0, 1_000, { payments: [{ kind: 'points', amountMinor: 1_000, points: 20 }] });
    const before = await balances(life);
    await draftRight(life, WRONG);
    const { id } = await counted(life);
    const { result } = await booked(life, id);
    const { available, debt } = (await balances(life))[0]!;
    expect({ available, debt, forgiven: result!.forgiven }).toEqual(expected);
    await undone(life, id);
    expect(await balances(life)).toEqual(before);
    expect(await sound(life)).toEqual([]);
  });

  it('409 for a second one under way, a step out of order, and a repair that another moved the ground under', async () => {
    const life = await live(WRONG);
    await shopping(life);
    await draftRight(life);
    const { shop, params, rule } = life;
    const first = await shop.api.startRepair({ params, body: { rule, ...PERIOD } });
    expect(await shop.call('POST', '/repairs', { rule, ...PERIOD })).toMatchObject({ status: 409, body: { code: 'repair_running' } });
    expect(await shop.call('POST', `/repairs/${first.id}/book`, { reason: 'x' })).toMatchObject({ status: 409, body: { code: 'repair_state_wrong' } });
    expect((await shop.api.cancelRepair({ params: { ...params, repair: first.id } })).state).toBe('cancelled');
    const [one, two] = [await counted(life), await counted(life)];
    await booked(life, one.id);
    expect(await shop.call('POST', `/repairs/${two.id}/book`, { reason: 'x' })).toMatchObject({ status: 409, body: { code: 'repair_outdated' } });
    expect(await shop.call('POST', `/repairs/${two.id}/undo`, { reason: 'x' })).toMatchObject({ status: 409, body: { code: 'repair_state_wrong' } });
  });

  describe('while a later one stands', () => {
    /** Two repairs of the same sale: to twice the points, and then to three times. */
    async function twoBooked() {
      const life = await live(WRONG);
      await sale(life, 0, 10_000);
      await sale(life, 1, 20_000);
      await draftRight(life);
      const first = await counted(life);
      await booked(life, first.id);
      await draftRight(life, { ...RIGHT, effect: { kind: 'perAmount', points: 3, perMinor: 1000, rounding: 'down', per: 'transaction' } });
      const second = await counted(life);
      return { life, first: first.id, second: second.id, undo: (id: string) => life.shop.call('POST', `/repairs/${id}/undo`, { reason: 'Pomyłka' }) };
    }

    it('409 repair_built_on: it is not undone and nothing moves; the answer says which comes first, and then it can be', async () => {
      const { life, first, second, undo } = await twoBooked();
      await booked(life, second);
      const [before, steps] = [await balances(life), await app.ask('select id, state, undone_at from repair where program_id = $1 order by id', [life.shop.id])];
      const refused = await undo(first);
      expect(refused).toMatchObject({ status: 409, body: { code: 'repair_built_on', params: { rule: RIGHT.name, repair: second } } });
      expect(JSON.stringify(refused.body)).toContain('Najpierw cofnij tamtą, potem tę.');
      expect([await balances(life), await app.ask('select id, state, undone_at from repair where program_id = $1 order by id', [life.shop.id])]).toEqual([before, steps]);
      expect(await nets(life)).toEqual([30, 60, 0]);
      await undone(life, second);
      expect((await undone(life, first)).state).toBe('undone');
      expect(await nets(life)).toEqual([10, 20, 0]);
      expect(await sound(life)).toEqual([]);
    });

    it('one of other accounts is undone all the same', async () => {
      const { life, first, undo } = await twoBooked();
      await draftRight(life);
      await sale(life, 2, 10_000);
      const other = await counted(life);
      expect(other.result!.top).toMatchObject([{ points: 10 }]);
      await booked(life, other.id);
      expect((await undo(first)).status).toBe(200);
      expect((await settled(life.shop, first)).state).toBe('undone');
    });

    it('also when the later one is booked at the very moment of the undoing: it waits for that, and sees it', async () => {
      const { life, first, second, undo } = await twoBooked();
      const id = app.deps.publicIds.decode('rpr', second);
      const other = new pg.Client({ connectionString: app.database.adminUrl });
      await other.connect();
      // Another process takes the place of the one under way, and has the work done before it commits.
      await other.query('begin');
      await other.query(`update repair set state = 'booking', booked_by = 'system:', book_reason = 'x', booked_at = now() where id = $1`, [id]);
      const asked = undo(first);
      while ((await app.ask("select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).length === 0) await new Promise((resolve) => { setTimeout(resolve, 20); });
      await other.query('update repair_entry set booked = true where repair_id = $1', [id]);
      await other.query(`update repair set state = 'booked' where id = $1`, [id]);
      await other.query('commit');
      await other.end();
      expect(await asked).toMatchObject({ status: 409, body: { code: 'repair_built_on' } });
      expect(await app.ask(`select state from repair where program_id = $1 order by id`, [life.shop.id])).toEqual([{ state: 'booked' }, { state: 'booked' }]);
    });

    it('undoing and booking the other at once: one of them is refused, whichever comes first, and points are those of one order', async () => {
      const { life, first, second, undo } = await twoBooked();
      const [undoing, booking] = await Promise.all([undo(first), life.shop.call('POST', `/repairs/${second}/book`, { reason: 'x' })]);
      expect([undoing.status, booking.status].sort()).toEqual([200, 409]);
      await settled(life.shop, undoing.status === 200 ? first : second);
      expect(await nets(life)).toEqual(undoing.status === 200 ? [10, 20, 0] : [30, 60, 0]);
    });
  });

  it('decides by the level that a member had on the day of each purchase', async () => {
    const [mended, right] = [await live(WRONG), await live({ ...RIGHT, when: { attribute: 'member.tier', operator: 'is', value: 'zloty' } })];
    for (const life of [mended, right]) {
      const { shop, params } = life;
      await shop.api.changeTiers({ params, body: { revision: 0, definition: { levels: [level('brazowy', 0), level('zloty', 40_000)], measure: { kind: 'spent' }, period: { kind: 'calendar', unit: 'year' }, promotion: 'atOnce', lasts: 'nextPeriod', demotion: 'toMeasure', graceDays: 0, returns: 'takeLevel' } as never } });
      await shop.api.publishTiers({ params, body: { revision: 1 } });
      await sale(life, 0, 30_000, { externalId: 'L1' });
      await sale(life, 0, 20_000);
      await sale(life, 0, 10_000);
      await post(life, { kind: 'return', totalMinor: 30_000, of: { source: 'till', externalId: 'L1' } });
      await sale(life, 0, 5_000);
      await sale(life, 1, 90_000);
    }
    // The third purchase alone was made on the level, and the return took the level away.
    expect(await nets(right)).toEqual([20, 0, 0]);
    await draftRight(mended, { ...RIGHT, when: { attribute: 'member.tier', operator: 'is', value: 'zloty' } });
    const { id, result } = await counted(mended);
    expect(result).toMatchObject({ bookable: true, leftOut: { members: 0 } });
    await booked(mended, id);
    expect(await nets(mended)).toEqual(await nets(right));
    expect(await sound(mended)).toEqual([]);
  });

  const FOR_CLUB: RuleDefinition = { ...BONUS, name: 'Dla klubu', lines: null, when: { attribute: 'member.group', operator: 'includesAny', value: ['klub'] } };
  /** Two members bought when both were of the club, and the first has left it since. `forgotten`: nobody knows any more that she was of it, and why her points were doubled. */
  async function lifeWithLeaver({ forgotten = true, ...more }: Partial<RuleDefinition['caps']> & { forgotten?: boolean } = {}) {
    const shop = await app.program({ rules: [WRONG, { ...FOR_CLUB, caps: { ...FOR_CLUB.caps, ...more } }] });
    const params = { program: shop.code };
    const members: { id: string }[] = [];
    for (const name of ['A', 'B']) {
      const member = await shop.api.createMember({ params, body: { firstName: name, card: `${shop.code}-${name}`, termsVersion: 1 } });
      members.push(member);
      await shop.api.changeMember({ params: { ...params, member: member.id }, body: { groups: ['klub'] } });
    }
    const { items } = await shop.api.listRules({ params });
    const life: Life = { shop, members, params, rule: items.find((one) => one.current!.definition.name === WRONG.name)!.id };
    await sale(life, 0, 10_000);
    await sale(life, 1, 20_000);
    await shop.api.changeMember({ params: { ...params, member: members[0]!.id }, body: { groups: [] } });
    if (forgotten) await app.ask('delete from member_past where program_id = $1', [shop.id]);
    await draftRight(life);
    return life;
  }

  it('leaves out by name whose documents are decided differently by their very own rules, and books everybody else to the point', async () => {
    const life = await lifeWithLeaver();
    const before = await nets(life);
    expect(before).toEqual([20, 40]);
    const { id, result } = await counted(life);
    expect(result).toMatchObject({ bookable: true, check: { checked: 2, differing: 1 }, leftOut: { members: 1, top: [{ member: life.members[0]!.id, name: 'A…', documents: 1 }] }, members: { gaining: 1, losing: 0 } });
    await booked(life, id);
    expect(await nets(life)).toEqual([20, 80]);
    const { text } = await life.shop.api.getRepairTable({ params: { ...life.params, repair: id } });
    expect(text.trim().split('\r\n').slice(1)).toEqual([`${life.members[1]!.id},B…,punkty,40,0,0,,,,,,,`, `${life.members[0]!.id},A…,,,,,pominięty: dokumenty wychodzą inaczej niż w księdze,,,,,,`]);
    await undone(life, id);
    expect(await nets(life)).toEqual(before);
  });

  it('books to whoever changed since what the own past had earned', async () => {
    const life = await lifeWithLeaver({ forgotten: false });
    const { id, result } = await counted(life);
    expect(result).toMatchObject({ bookable: true, check: { checked: 2, differing: 0 }, leftOut: { members: 0 }, members: { gaining: 2, losing: 0 } });
    await booked(life, id);
    expect(await nets(life)).toEqual([40, 80]);
    expect(await sound(life)).toEqual([]);
  });

  it('409 repair_not_exact for everybody where members share a limit: one that is not exact makes others so', async () => {
    const life = await lifeWithLeaver({ perProgram: 1_000 });
    const before = await nets(life);
    const { id, result } = await counted(life);
    expect(result).toMatchObject({ bookable: false, check: { differing: 1 }, leftOut: { members: 0, top: [] } });
    const { first } = result!.check;
    expect(await life.shop.call('POST', `/repairs/${id}/book`, { reason: 'x' })).toMatchObject({ status: 409, body: { code: 'repair_not_exact', detail: expect.stringContaining(`innych niż w księdze: 1, pierwszy to ${first}`) as string } });
    expect(await life.shop.api.getTransaction({ params: { ...life.params, transaction: first! } })).toMatchObject({ member: life.members[0]!.id });
    expect(await nets(life)).toEqual(before);
  });

  it('says how much came since it was counted, and counting again finds just that', async () => {
    const life = await live(WRONG);
    const { shop, params } = life;
    await sale(life, 0, 30_000, { externalId: `${shop.code}-1` });
    await draftRight(life);
    const { id, since } = await counted(life);
    expect(since).toBeNull();
    expect((await booked(life, id)).since).toEqual({ returned: 0, late: 0 });
    // The return takes back what the wrong rule gave: half of what the member has for it.
    await post(life, { kind: 'return', totalMinor: 30_000, of: { source: 'till', externalId: `${shop.code}-1` } });
    await sale(life, 1, 5_000);
    expect(await nets(life)).toEqual([30, 5, 0]);
    expect((await shop.api.getRepair({ params: { ...params, repair: id } })).since).toEqual({ returned: 1, late: 1 });
    const again = await settled(shop, (await shop.api.countRepairAgain({ params: { ...params, repair: id } })).id);
    expect(again).toMatchObject({ state: 'ready', rule: { id: life.rule }, version: null, result: { bookable: true, top: [{ points: -30 }, { points: 5 }] } });
    expect(await shop.call('POST', `/repairs/${again.id}/undo`, { reason: 'x' })).toMatchObject({ status: 409, body: { code: 'repair_state_wrong' } });
    await booked(life, again.id);
    expect(await nets(life)).toEqual([0, 10, 0]);
    for (const one of [id, again.id]) expect((await shop.api.getRepair({ params: { ...params, repair: one } })).since).toEqual({ returned: 0, late: 0 });
    expect(await sound(life)).toEqual([]);
  });
});
