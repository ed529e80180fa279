import type { RuleDefinition } from '@wracam/engine/rules';
import type { Member } from '@wracam/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp } from '../testing/app.ts';
import { nextName, openTill, PER_ZLOTY, type Till } from '../testing/till.ts';

const FOR_SURVEY: RuleDefinition = { ...PER_ZLOTY[0]!, name: 'Za ankietę', trigger: { kind: 'event', type: 'survey' }, effect: { kind: 'fixed', points: 100 } };
const FOR_CODE: RuleDefinition = { ...FOR_SURVEY, name: 'Za kod', trigger: { kind: 'event', type: 'code' } };

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const orderIdOf = (answer: { body: unknown }) => (answer.body as { order: { id: string } }).order.id;
const MONTH_END = { kind: 'months', months: 1, roundTo: 'day' } as const;
/** A till whose points are good for a month. */
async function shortTill(rules = PER_ZLOTY): Promise<Till> {
  const till = await openTill(app, { rules: rules.map((rule) => ({ ...rule, expiry: MONTH_END })) });
  const [wallet] = (await till.api.listWallets({ params: till.params })).items;
  const { name, forms, pendingDays, debtLimit } = wallet!;
  await till.api.changeWallet({ params: { ...till.params, wallet: 'punkty' }, body: { revision: wallet!.revision, name, forms, pendingDays, debtLimit, expiry: MONTH_END, despiteNotice: true } });
  return till;
}

describe('lots', () => {
  it('balance collapse at expiry: 100 good to day one and 100 good to day two, 80 spent, and after day one 100 remain: not 20, not 120', async () => {
    const till = await shortTill();
    const member = await till.member();
    await till.sell(member, 10_000);
    await till.moveTo('2026-03-10T09:00:00Z');
    await till.sell(member, 10_000);
    await till.order(member, await till.reward(80), { confirm: true });
    await till.moveTo('2026-04-03T09:00:00Z');
    expect(await till.available(member)).toBe(100);
    await till.moveTo('2026-04-12T09:00:00Z');
    expect(await till.available(member)).toBe(0);
    expect(await till.faults()).toEqual([]);
  });

  const ways: Record<string, (till: Till, member: Member) => Promise<unknown>> = {
    'a sale': (till, member) => till.sell(member, 10_000),
    'a claimed sale': async (till, member) => { const { transaction } = await till.sell(null, 10_000); return till.api.claimTransaction({ params: { ...till.params, transaction: transaction.id }, body: { member: { id: member.id } } }); },
    'an adjustment': (till, member) => till.give(member, 100),
    'an event': async (till, member) => till.call('POST', '/events', { source: 'crm', externalId: nextName('A'), type: 'survey', occurredAt: await till.now(), member: { id: member.id }, fields: { name: 'Kawa' } }),
    'a code': async (till, member) => till.call('POST', '/codes/redeem', { code: (await till.api.createCodeBatch({ params: till.params, body: { name: 'Lato', label: nextName('lato'), count: 1 } })).codes[0]!, member: { id: member.id } }),
    'a cancelled order': async (till, member) => { await till.give(member, 100); return till.call('POST', `/orders/${orderIdOf(await till.order(member, await till.reward(100), { confirm: true }))}/cancel`, {}); },
    'a released hold': async (till, member) => { await till.give(member, 100); return till.api.releaseHold({ params: { ...till.params, hold: (await till.api.createHold({ params: { ...till.params, member: member.id }, body: { points: 100 } })).id } }); },
  };
  it('that never expire do not exist: whatever way 100 points came by, they are gone when their time is over', async () => {
    const till = await shortTill([...PER_ZLOTY, FOR_SURVEY, FOR_CODE]);
    const members = new Map<string, Member>();
    for (const way of Object.keys(ways)) {
      const member = await till.member();
      members.set(way, member);
      await ways[way]!(till, member);
      expect([way, await till.available(member)]).toEqual([way, 100]);
      const [expiring] = (await till.figures(member)).expiring;
      expect([way, expiring]).toEqual([way, { points: 100, on: '2026-04-02' }]);
    }
    await till.moveTo('2026-04-02T21:59:59Z');
    for (const [way, member] of members) expect([way, await till.available(member)]).toEqual([way, 100]);
    await till.moveTo('2026-04-02T22:00:00Z');
    for (const [way, member] of members) expect([way, await till.available(member), (await till.history(member))[0]!.kind]).toEqual([way, 0, 'expire']);
    expect(Number((await app.ask<{ left: string }>('select coalesce(sum(remaining), 0) as left from lot where program_id = $1', [till.shop.id]))[0]!.left), 'nothing is owed to anybody').toBe(0);
    expect(await till.faults()).toEqual([]);
  }, 30_000);
});

describe('points that come back', () => {
  it('get no fresh life: a cancelled order refills its own lot, which ends on its own day', async () => {
    const till = await shortTill();
    const member = await till.member();
    await till.sell(member, 10_000);
    const order = orderIdOf(await till.order(member, await till.reward(100), { confirm: true }));
    await till.moveTo('2026-03-25T09:00:00Z');
    await till.call('POST', `/orders/${order}/cancel`, {});
    expect((await till.figures(member)).expiring).toEqual([{ points: 100, on: '2026-04-02' }]);
    await till.moveTo('2026-04-03T09:00:00Z');
    expect(await till.available(member)).toBe(0);
  });

  it('to a lot that is over by then end in the same commit: both movements stand in the history and the balance is as it was', async () => {
    const till = await shortTill();
    const member = await till.member();
    await till.sell(member, 10_000);
    const order = orderIdOf(await till.order(member, await till.reward(60), { confirm: true }));
    await till.moveTo('2026-05-01T09:00:00Z');
    await till.call('POST', `/orders/${order}/cancel`, {});
    expect(await till.available(member)).toBe(0);
    const kinds = (await till.history(member)).map(({ kind, points }) => [kind, points]);
    expect(kinds).toEqual([['expire', -60], ['refund', 60], ['expire', -40], ['spend', -60], ['earn', 100]]);
    expect(await till.faults()).toEqual([]);
  });

  it('a return after expiry takes no other points: what expired counts as taken', async () => {
    const till = await shortTill();
    const member = await till.member();
    const sale = await till.sell(member, 10_000);
    await till.moveTo('2026-04-20T09:00:00Z');
    await till.give(member, 70);
    await till.takeBack(sale);
    expect(await till.figures(member)).toMatchObject({ available: 70, debt: 0 });
  });
});
