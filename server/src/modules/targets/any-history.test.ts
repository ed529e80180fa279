import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp } from '../../testing/app.ts';
import { target, targetShop } from '../../testing/target-shop.ts';
import { settleMembers } from '../goals/settle.ts';
import { bookOwed } from './book-owed.ts';
import { countNoted, countWhole } from './count.ts';
import * as store from './store.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());
const shop = (options: Parameters<typeof targetShop>[1] = {}) => targetShop(app, options);

describe('many at once', () => {
  it('book each event once and leave none that is not deserved, while tills sell and take back', async () => {
    const { program, start, sell, giveBack, innerId, events, balance, holders, honest } = await shop({ test: false, companies: { Huta: ['Anna', 'Bogdan'] } });
    const { id } = await start(target({ side: 'company', window: { every: 'year', from: '2020-01-01', until: null } }));
    const targetId = app.deps.publicIds.decode('tgt', id)!;
    const work = async () => {
      await settleMembers(app.deps, program.id, ['Anna', 'Bogdan'].map(innerId));
      await countNoted(app.deps, program.id);
      await countWhole(app.deps, program.id, targetId);
      await bookOwed(app.deps, program.id);
    };
    for (let round = 0; round < 3; round += 1) {
      const sale = await sell('Anna', 100_000);
      await Promise.all([...Array.from({ length: 4 }, work), giveBack(sale, 50_000), sell('Bogdan', 20_000)]);
      await Promise.all([work(), work(), giveBack(sale, 50_000)]);
    }
    await work();
    // 60 000 is left: nobody has it, whatever was booked on the way was undone.
    expect([await holders(), await balance('Anna'), await balance('Bogdan')]).toEqual([[], 0, 0]);
    await sell('Bogdan', 40_000);
    await Promise.all(Array.from({ length: 6 }, work));
    await work();
    expect([await holders(), await balance('Anna'), await balance('Bogdan')]).toEqual([['Anna', 'Bogdan'], 100, 100]);
    expect(new Set((await events()).map((one) => one.externalId)).size).toBe((await events()).length);
    expect(await honest()).toEqual([]);
  }, 60_000);
});

describe('between the count and the booking', () => {
  it('an event that is not deserved any more is not booked, and one that is deserved again is not undone', async () => {
    const { program, innerId, start, sell, giveBack, events, balance } = await shop({ test: false });
    await start(target({ window: { every: 'year', from: '2020-01-01', until: null } }));
    const count = async () => { await settleMembers(app.deps, program.id, [innerId('Anna')]); await countNoted(app.deps, program.id); };
    const owed = () => app.deps.db.readProgram(program.id, (tx) => store.owed(tx, null, 10));
    const marked = (mark: Parameters<typeof app.deps.db.inProgram<boolean>>[1]) => app.deps.db.inProgram(program.id, mark);
    const sale = await sell('Anna', 100_000);
    await count();
    const [first] = await owed();
    await giveBack(sale, 100_000);
    await count();
    expect(await marked((tx) => store.markBooked(tx, first!, 1))).toBe(false);
    await sell('Anna', 100_000);
    await count();
    const [again] = await owed();
    expect([first!.round, again!.round]).toEqual([1, 2]);
    expect(await marked((tx) => store.markBooked(tx, first!, 1))).toBe(false);
    await bookOwed(app.deps, program.id);
    expect([(await events()).length, await balance('Anna'), await owed()]).toEqual([1, 100, []]);
    expect(await marked((tx) => store.markUndone(tx, { ...again!, transactionId: 1 }))).toBe(false);
    const booked = { ...again!, transactionId: Number((await events())[0]!.id) };
    expect(await marked((tx) => store.markUndone(tx, booked))).toBe(false);
  });

  it('two who count or change one target take turns', async () => {
    const { program, start } = await shop({ test: false });
    const { id } = await start();
    const order: string[] = [];
    const waiting = async () => (await app.ask("select 1 as one from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).length > 0;
    let counting: Promise<unknown> = Promise.resolve();
    await app.deps.db.inProgram(program.id, async (tx) => {
      await store.lockActiveTargets(tx);
      counting = countWhole(app.deps, program.id, app.deps.publicIds.decode('tgt', id)!).then(() => order.push('the count'));
      while (order.length === 0 && !await waiting());
      order.push('the change');
    });
    await counting;
    expect(order).toEqual(['the change', 'the count']);
  });
});

describe('a note', () => {
  it('that is left again while its member is counted outlives that count', async () => {
    const { program, innerId, start } = await shop({ test: false });
    await start();
    const [anna, bogdan] = [innerId('Anna'), innerId('Bogdan')];
    const left = await app.deps.db.inProgram(program.id, async (tx) => {
      await store.noteMembers(tx, [anna, bogdan]);
      const read = await store.readNotes(tx, 10);
      await store.noteMembers(tx, [bogdan]);
      await store.dropNotes(tx, read);
      return store.readNotes(tx, 10);
    });
    expect(left).toEqual([{ memberId: bogdan, times: 2 }]);
  });
});

describe('any history', () => {
  type Step = { readonly kind: 'sell' | 'late' | 'giveBack' | 'void' | 'look'; readonly who: number; readonly amount: number };
  const steps = fc.array(fc.record<Step>({ kind: fc.constantFrom('sell', 'sell', 'late', 'giveBack', 'void', 'look'), who: fc.nat(2), amount: fc.integer({ min: 1, max: 60 }) }), { minLength: 4, maxLength: 14 });

  it('ends with the events that a plain addition of what was kept asks for', async () => {
    await fc.assert(fc.asyncProperty(steps, fc.constantFrom('member', 'company'), async (history, side) => {
      const one = await shop({ companies: { Huta: ['Anna', 'Bogdan'], Kuźnia: ['Celina'] } });
      const names = ['Anna', 'Bogdan', 'Celina'] as const;
      await one.start(target({ side, window: { every: 'month', from: '2026-01-01', until: null } }));
      const booked: { sale: { externalId: string; id: string }; who: string; month: string; left: number; whole: boolean; voided: boolean }[] = [];
      for (const { kind, who, amount } of history) {
        const name = names[who]!;
        const last = booked.filter((sale) => sale.who === name && sale.left > 0 && !sale.voided).at(-1);
        if (kind === 'sell' || kind === 'late') booked.push({ sale: await one.sell(name, amount * 1000, kind === 'late' ? { occurredAt: '2026-02-20T10:00:00Z' } : {}), who: name, month: kind === 'late' ? '02' : '03', left: amount * 1000, whole: true, voided: false });
        else if (kind === 'giveBack' && last) { const taken = Math.min(last.left, amount * 500); await one.giveBack(last.sale, taken); last.left -= taken; last.whole = false; }
        else if (kind === 'void' && last?.whole) { await one.api.voidTransaction({ params: { ...one.params, transaction: last.sale.id }, body: { reason: 'Pomyłka' } }); last.voided = true; last.left = 0; }
        else await one.run();
      }
      await one.run();
      const asked = (names_: readonly string[]) => ['02', '03'].filter((month) => booked.filter((sale) => names_.includes(sale.who) && sale.month === month).reduce((sum, sale) => sum + sale.left, 0) >= 100_000).length;
      const wanted = names.flatMap((name) => Array.from({ length: asked(side === 'member' ? [name] : name === 'Celina' ? ['Celina'] : ['Anna', 'Bogdan']) }, () => name));
      expect(await one.holders()).toEqual(wanted);
      for (const name of names) expect(await one.balance(name)).toBe(100 * wanted.filter((holder) => holder === name).length);
      expect(await one.honest()).toEqual([]);
    }), { numRuns: 12 });
  }, 120_000);
});
