import type { TargetDefinition } from '@wracam/engine/targets/definition';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp } from '../../testing/app.ts';
import { rule, START, target, targetShop } from '../../testing/target-shop.ts';
import { openSession } from '../access/index.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());
const shop = (options: Parameters<typeof targetShop>[1] = {}) => targetShop(app, options);

describe('a target that counts at once', () => {
  it('books its event at the sale that reached it, undoes it with the return, and books it once more when it is reached again', async () => {
    const { start, sell, giveBack, run, balance, events, holders, honest } = await shop();
    await start();
    const first = await sell('Anna', 60_000);
    await run();
    expect(await events()).toEqual([]);
    await sell('Anna', 40_000);
    await run();
    expect([await balance('Anna'), await balance('Bogdan')]).toEqual([100, 0]);
    await sell('Anna', 500_000);
    await run();
    await run();
    expect(await events()).toHaveLength(1);
    await giveBack(first, 60_000);
    await run();
    expect(await balance('Anna')).toBe(100);
    const { externalId } = await sell('Anna', 1);
    await giveBack({ externalId }, 1);
    expect(await holders()).toEqual(['Anna']);
    expect(await honest()).toEqual([]);
  });

  it('follows returns down and sales up, each time exactly once, and keeps every event in the history', async () => {
    const { start, sell, giveBack, run, balance, events, honest } = await shop();
    await start();
    for (let round = 1; round <= 3; round += 1) {
      const sale = await sell('Anna', 100_000);
      await run();
      expect(await balance('Anna')).toBe(100);
      await giveBack(sale, 1);
      await run();
      expect(await balance('Anna')).toBe(0);
      await giveBack(sale, 99_999);
      await run();
    }
    expect((await events()).map((one) => [one.state, one.externalId.slice(-6)])).toEqual([[4, 'own:1'], [4, 'own:2'], [4, 'own:3']].map(([state, end]) => [state, `:${end}`]));
    expect(await honest()).toEqual([]);
  });

  it('tells the event what was reached: rules may pay by the sum, and ask for the target, the share and the percentage', async () => {
    const { api, params, start, sell, run, balance, idOf } = await shop({ rules: [
      rule({ effect: { kind: 'perAmount', points: 1, perMinor: 10_000, rounding: 'down', per: 'transaction' }, when: { all: [{ attribute: 'event.field.target', operator: 'is', value: 'obrot' }, { attribute: 'event.field.percent', operator: 'atLeast', value: 120 }] } }),
    ] });
    await start();
    await start(target({ amount: 50_000 }), [], 'inny');
    await sell('Anna', 130_000);
    await sell('Bogdan', 110_000);
    await run();
    expect([await balance('Anna'), await balance('Bogdan')]).toEqual([13, 0]);
    const { items } = await api.listTransactions({ params, query: { member: idOf('Anna') } as never });
    const found = await Promise.all(items.filter((one) => one.event === 'sales-target').map((one) => api.getTransaction({ params: { ...params, transaction: one.id } })));
    expect(found.map((one) => one.fields ?? {}).sort((a, b) => String(a['target']).localeCompare(String(b['target'])))).toEqual([
      { name: 'Obrót kwartału', target: 'inny', side: 'member', period: '2026-Q1', percent: 260, share: 100, reached: 130_000 }, { name: 'Obrót kwartału', target: 'obrot', side: 'member', period: '2026-Q1', percent: 130, share: 100, reached: 130_000 },
    ]);
  });

  it('counts late documents in the period in which they occurred, while its days for returns last, and not a day longer', async () => {
    const { start, sell, run, until, balance, holders } = await shop();
    await start(target({ window: { every: 'month', from: '2026-01-01', until: '2026-03-03' }, returnDays: 2 }));
    await sell('Anna', 90_000);
    await sell('Bogdan', 90_000);
    await until('2026-03-05T08:00:00Z');
    await sell('Anna', 10_000, { occurredAt: '2026-03-03T22:59:00Z' });
    // Midnight in Warsaw is 23:00 UTC: this one is too late for the period.
    await sell('Bogdan', 10_000, { occurredAt: '2026-03-03T23:00:00Z' });
    await run();
    expect([await balance('Anna'), await balance('Bogdan')]).toEqual([100, 0]);
    await until('2026-03-06T08:00:00Z');
    await sell('Bogdan', 10_000, { occurredAt: '2026-03-03T12:00:00Z' });
    await until('2026-03-07T08:00:00Z');
    expect(await holders()).toEqual(['Anna']);
  });

  it('gives nothing where no rule answers, and finds who has reached it once a rule does', async () => {
    const { api, params, program, start, sell, run, until, events, balance } = await shop({ rules: [] });
    expect((await start()).answered).toBe(false);
    await sell('Anna', 100_000);
    await run();
    expect(await events()).toEqual([]);
    const draft = await api.createRule({ params, body: { definition: rule() as never } });
    await api.publishRule({ params: { ...params, rule: draft.id }, body: { revision: draft.revision } });
    await until('2026-03-03T08:00:00Z');
    expect([await balance('Anna'), (await events()).length]).toEqual([100, 1]);
    expect(program.code).toBeTruthy();
  });

  it('gives nothing to a blocked member until the account is open again', async () => {
    const { api, params, idOf, start, sell, run, until, balance } = await shop();
    await start();
    await sell('Anna', 100_000);
    await api.blockMember({ params: { ...params, member: idOf('Anna') }, body: { reason: 'Sprawdzamy' } });
    await run();
    expect(await balance('Anna')).toBe(0);
    await api.unblockMember({ params: { ...params, member: idOf('Anna') }, body: { reason: 'W porządku' } });
    await until('2026-03-03T08:00:00Z');
    expect(await balance('Anna')).toBe(100);
  });

  it('leaves a corrected, voided and claimed sale as what is left of it', async () => {
    const { api, params, idOf, start, sell, run, holders } = await shop();
    await start();
    const sale = await sell('Anna', 100_000);
    await run();
    expect(await holders()).toEqual(['Anna']);
    await api.voidTransaction({ params: { ...params, transaction: sale.id }, body: { reason: 'Pomyłka' } });
    await run();
    expect(await holders()).toEqual([]);
    const { transaction } = await api.recordTransaction({ params, body: { source: 'till', externalId: 'U-1', kind: 'sale', occurredAt: START, totalMinor: 100_000 } });
    await api.claimTransaction({ params: { ...params, transaction: transaction.id }, body: { member: { id: idOf('Anna') } } });
    await run();
    expect(await holders()).toEqual(['Anna']);
    await api.recordTransaction({ params, body: { source: 'till', externalId: 'K-1', kind: 'correction', occurredAt: START, totalMinor: 99_999, member: { id: idOf('Anna') }, of: { source: 'till', externalId: 'U-1' } } });
    await run();
    expect(await holders()).toEqual([]);
  });
});

describe('a target that is settled after its period', () => {
  it('gives once, when the days for returns are over, for what is left then; nothing changes it afterwards', async () => {
    const { api, params, start, sell, giveBack, until, balance, events } = await shop();
    const { id } = await start(target({ settle: 'afterEnd', window: { every: 'month', from: '2026-03-01', until: '2026-03-03' }, returnDays: 2 }));
    const anna = await sell('Anna', 100_000);
    const bogdan = await sell('Bogdan', 100_000);
    await until('2026-03-04T08:00:00Z');
    expect(await events()).toEqual([]);
    await giveBack(bogdan, 1);
    await until('2026-03-05T22:00:00Z');
    expect(await events()).toEqual([]);
    await until('2026-03-06T08:00:00Z');
    expect([await balance('Anna'), await balance('Bogdan')]).toEqual([100, 0]);
    expect(await api.getTargetProgress({ params: { ...params, target: id }, query: {} as never })).toMatchObject({ settled: true, figures: { participants: 2, reached: 1, value: 199_999 } });
    await giveBack(anna, 100_000);
    await until('2026-03-08T08:00:00Z');
    expect([await balance('Anna'), (await events()).length]).toEqual([100, 1]);
    const { revision, definition } = await api.getTarget({ params: { ...params, target: id } });
    await expect(api.changeTarget({ params: { ...params, target: id }, body: { revision, code: 'obrot', definition: { ...definition, window: { ...definition.window, until: '2026-03-20' } } } })).rejects.toMatchObject({ problem: { code: 'target_terms_fixed' } });
  });
});

describe('a target of companies and groups', () => {
  it('adds their people up, gives everybody of them the event, and nothing to who comes later', async () => {
    const { api, params, idOf, join, start, sell, run, giveBack, balance, holders, honest } = await shop({ companies: { Huta: ['Anna', 'Bogdan'] } });
    await start(target({ side: 'company' }));
    await sell('Anna', 30_000);
    const sale = await sell('Bogdan', 70_000);
    await sell('Celina', 500_000);
    await run();
    expect([await balance('Anna'), await balance('Bogdan'), await balance('Celina')]).toEqual([100, 100, 0]);
    const { items } = await api.listCircles({ params, query: { kind: 'company' } as never });
    await join('Dorota');
    await api.changeMember({ params: { ...params, member: idOf('Dorota') }, body: { company: items[0]!.id } });
    await sell('Dorota', 10_000);
    await run();
    expect(await holders()).toEqual(['Anna', 'Bogdan']);
    await giveBack(sale, 70_000);
    await run();
    expect(await holders()).toEqual([]);
    // Reached again, with everybody who belongs to it then.
    await sell('Anna', 60_000);
    await run();
    expect(await holders()).toEqual(['Anna', 'Bogdan', 'Dorota']);
    expect(await honest()).toEqual([]);
  });

  it('takes nothing from those who stay when somebody leaves', async () => {
    const { api, params, idOf, start, sell, until, holders } = await shop({ companies: { Huta: ['Anna', 'Bogdan'] } });
    await start(target({ side: 'company' }));
    await sell('Anna', 30_000);
    await sell('Bogdan', 70_000);
    await until('2026-03-03T08:00:00Z');
    await api.changeMember({ params: { ...params, member: idOf('Bogdan') }, body: { company: null } });
    await sell('Anna', 1_000);
    await until('2026-03-04T08:00:00Z');
    expect(await holders()).toEqual(['Anna', 'Bogdan']);
  });

  it('compares chosen groups, each with its own amount, and counts who is in two in both', async () => {
    const { api, params, idOf, start, sell, run, until, events, balance } = await shop();
    for (const [name, groups] of [['Anna', ['Północ']], ['Bogdan', ['Północ', 'Południe']], ['Celina', ['Zachód']]] as const) await api.changeMember({ params: { ...params, member: idOf(name) }, body: { groups: [...groups] } });
    const { id } = await start(target({ side: 'group', groups: ['Północ', 'Południe'], amount: null }), [{ participant: 'Północ', amount: 100_000 }, { participant: 'Południe', amount: 60_000 }]);
    await sell('Anna', 50_000);
    await sell('Bogdan', 50_000);
    await sell('Celina', 500_000);
    await run();
    expect([await balance('Anna'), await balance('Bogdan'), await balance('Celina')]).toEqual([100, 100, 0]);
    expect((await api.getTargetProgress({ params: { ...params, target: id }, query: {} as never })).participants).toEqual([
      { member: null, number: null, name: 'Północ', value: 100_000, amount: 100_000, percent: 100 }, { member: null, number: null, name: 'Południe', value: 50_000, amount: 60_000, percent: 83 },
    ]);
    await sell('Bogdan', 10_000);
    await run();
    expect([await balance('Anna'), await balance('Bogdan')]).toEqual([100, 200]);
    await until('2026-03-04T08:00:00Z');
    expect(await events()).toHaveLength(3);
  });

  it('adds up anew only whose documents changed, everybody who has no part yet, and everybody again at night', async () => {
    const { program, api, params, idOf, innerId, join, start, sell, run, until } = await shop();
    const inGroup = (name: string) => api.changeMember({ params: { ...params, member: idOf(name) }, body: { groups: ['Północ'] } });
    for (const name of ['Anna', 'Bogdan']) await inGroup(name);
    const { id } = await start(target({ side: 'group', groups: ['Północ'], amount: 1_000_000 }));
    const sum = async () => (await api.getTargetProgress({ params: { ...params, target: id }, query: {} as never })).participants[0]!.value;
    await sell('Anna', 50_000);
    await sell('Bogdan', 20_000);
    await run();
    expect(await sum()).toBe(70_000);
    // A wrong part of Bogdan tells whether his documents are looked at.
    await app.ask('update sales_target_part set value = 21_000 where program_id = $1 and member_id = $2', [program.id, innerId('Bogdan')]);
    await sell('Anna', 1_000);
    await run();
    expect(await sum()).toBe(72_000);
    await join('Dorota');
    await sell('Dorota', 4_000);
    await run();
    await inGroup('Dorota');
    await sell('Anna', 1_000);
    await run();
    expect(await sum()).toBe(77_000);
    await until('2026-03-03T08:00:00Z');
    expect(await sum()).toBe(76_000);
    // The period is over and settled: no parts of it are kept.
    await until('2026-04-17T08:00:00Z');
    expect(await app.ask('select distinct period from sales_target_part where program_id = $1 and period < 20544', [program.id])).toEqual([]);
  });

  it('counts everybody again when a set of articles changes', async () => {
    const { api, params, idOf, start, sell, run } = await shop();
    for (const name of ['Anna', 'Bogdan']) await api.changeMember({ params: { ...params, member: idOf(name) }, body: { groups: ['Północ'] } });
    const made = await api.createProductSet({ params, body: { name: 'promo', codes: ['A'] } as never });
    const { id } = await start(target({ side: 'group', groups: ['Północ'], amount: 1_000_000, lines: { attribute: 'line.sku', operator: 'inSet', value: 'promo' } }));
    const lines = (sku: string, amountMinor: number) => ({ lines: [{ lineId: '1', sku, amountMinor }] });
    await sell('Anna', 1_000, lines('A', 1_000));
    await sell('Bogdan', 500, lines('B', 500));
    await run();
    const { revision } = await api.changeProductSet({ params: { ...params, set: made.id }, body: { revision: 1, codes: ['A', 'B'] } });
    await api.publishProductSet({ params: { ...params, set: made.id }, body: { revision } });
    await sell('Anna', 1_000, lines('A', 1_000));
    await run();
    expect((await api.getTargetProgress({ params: { ...params, target: id }, query: {} as never })).participants[0]!.value).toBe(2_500);
  });

  it('lets only people of a group take part in a target of members', async () => {
    const { api, params, idOf, start, sell, run, holders } = await shop();
    await api.changeMember({ params: { ...params, member: idOf('Anna') }, body: { groups: ['handlowcy'] } });
    const { id } = await start(target({ groups: ['handlowcy'] }));
    await sell('Anna', 100_000);
    await sell('Bogdan', 100_000);
    await run();
    expect(await holders()).toEqual(['Anna']);
    expect((await api.getTarget({ params: { ...params, target: id } })).figures).toEqual({ participants: 1, reached: 1, value: 100_000, amount: 100_000, events: 1 });
  });
});

describe('changing a target', () => {
  it('keeps the terms of a running one, and a change of amounts takes nothing from anybody', async () => {
    const { api, params, people, start, sell, run, until, holders } = await shop();
    const started = await start();
    const at = { ...params, target: started.id };
    await sell('Anna', 100_000);
    await sell('Bogdan', 60_000);
    await run();
    await expect(api.changeTarget({ params: at, body: { revision: started.revision, code: 'obrot', definition: target({ counts: 'documents' }) as never } })).rejects.toMatchObject({ problem: { code: 'target_terms_fixed' } });
    await expect(api.changeTarget({ params: at, body: { revision: started.revision, code: 'inny', definition: target() as never } })).rejects.toMatchObject({ problem: { code: 'target_terms_fixed' } });
    const raised = await api.changeTarget({ params: at, body: { revision: started.revision, code: 'obrot', definition: target({ amount: 200_000, name: 'Wyżej' }) as never } });
    await until('2026-03-03T08:00:00Z');
    expect(await holders()).toEqual(['Anna']);
    const { revision, items } = await api.replaceTargetAmounts({ params: at, body: { revision: raised.revision, items: [{ participant: `number:${people.get('Bogdan')!.number}`, amount: 60_000 }] } });
    expect(items).toEqual([{ participant: `number:${people.get('Bogdan')!.number}`, name: 'Bogdan', amount: 60_000 }]);
    await run();
    expect(await holders()).toEqual(['Anna', 'Bogdan']);
    await expect(api.replaceTargetAmounts({ params: at, body: { revision, items: [{ participant: 'number:0000000000', amount: 1 }] } })).rejects.toMatchObject({ problem: { code: 'target_participant_unknown' } });
    const ended = await api.endTarget({ params: at, body: { revision } });
    expect(ended.state).toBe('ended');
    await expect(api.startTarget({ params: at, body: { revision: ended.revision } })).rejects.toMatchObject({ problem: { code: 'goal_state_wrong' } });
    await sell('Celina', 900_000);
    await until('2026-03-06T08:00:00Z');
    expect(await holders()).toEqual(['Anna', 'Bogdan']);
  });

  it('refuses what could not be counted, a code that is taken, and a stale revision', async () => {
    const { api, params, start } = await shop();
    await start();
    const create = (definition: TargetDefinition, code = 'drugi') => api.createTarget({ params, body: { code, definition: definition as never } });
    await expect(create(target(), 'obrot')).rejects.toMatchObject({ problem: { code: 'target_code_taken' } });
    await expect(create(target({ side: 'group' }))).rejects.toMatchObject({ problem: { code: 'invalid_request' } });
    await expect(create(target({ lines: { attribute: 'line.sku', operator: 'inSet', value: 'Nie ma' } }))).rejects.toMatchObject({ problem: { code: 'product_set_unknown' } });
    const draft = await create(target());
    await expect(api.changeTarget({ params: { ...params, target: draft.id }, body: { revision: 7, code: 'drugi', definition: target() as never } })).rejects.toMatchObject({ problem: { code: 'rule_changed_meanwhile' } });
  });
});

describe('the member', () => {
  it('sees the own sum, the company’s with the own part, and what is missing; so does the consultant', async () => {
    const { api, params, idOf, program, innerId, start, sell, run } = await shop({ companies: { Huta: ['Anna', 'Bogdan'] } });
    await start(target({ amount: 250_000 }));
    await start(target({ name: 'Razem', side: 'company', amount: 200_000, window: { every: 'month', from: '2026-01-01', until: null } }), [], 'razem');
    await start(target({ name: 'Nie moje', amount: null }), [], 'nie-moje');
    await sell('Anna', 30_000);
    await sell('Bogdan', 70_000);
    await run();
    const cookie = `wracam_member=${(await openSession(app.deps, 'member', { programId: program.id, memberId: innerId('Anna') }, null)).token}`;
    const { body } = await program.call('GET', '/me/targets', undefined, { authorization: '', cookie, origin: 'http://localhost:3000' });
    expect(body).toMatchObject({ items: [
      { name: 'Obrót kwartału', side: 'member', of: null, value: 30_000, own: 30_000, amount: 250_000, percent: 12, missing: 220_000, state: 'running', daysLeft: 30, countsUntil: '2026-04-14' },
      { name: 'Razem', side: 'company', of: 'Huta', value: 100_000, own: 30_000, amount: 200_000, percent: 50, missing: 100_000, daysLeft: 30, period: { from: '2026-03-01', until: '2026-03-31' } },
    ] });
    expect((body as unknown as { items: unknown[] }).items).toHaveLength(2);
    // The consultant sees the very same, and of somebody who works for no company the own target alone.
    expect(await api.getMemberTargets({ params: { ...params, member: idOf('Anna') } })).toEqual(body);
    expect((await api.getMemberTargets({ params: { ...params, member: idOf('Celina') } })).items).toMatchObject([{ name: 'Obrót kwartału', of: null, value: 0, percent: 0, missing: 250_000 }]);
  });
});
