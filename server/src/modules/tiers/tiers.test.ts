import type { TierLadder } from '@wracam/engine/tiers/ladder';
import { addDays, startOfLocalDay, type LocalDate } from '@wracam/engine/calendar';
import { level } from '@wracam/engine/testing/tiers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';

const ZONE = 'Europe/Warsaw';
const at = (date: LocalDate, hour = 12) => new Date(startOfLocalDay(ZONE, date) + hour * 3_600_000).toISOString();
const LADDER: TierLadder = {
  levels: [level('brazowy', 0, { pl: 'Brązowy' }), level('srebrny', 50_000, { pl: 'Srebrny' }), level('zloty', 120_000, { pl: 'Złoty', en: 'Gold', plTo: 'Złota', benefits: [{ code: 'dostawa', pl: 'Darmowa dostawa', en: 'Free delivery' }] })],
  measure: { kind: 'spent' }, period: { kind: 'calendar', unit: 'year' }, promotion: 'atOnce', lasts: 'nextPeriod', demotion: 'toMeasure', graceDays: 0, returns: 'takeLevel',
};

let app: TestApp;
let shop: TestProgram;
let anna: string;
let count = 0;
beforeAll(async () => { app = await testApp(); });
beforeEach(async () => {
  shop = await app.program({ test: true, startsAt: Date.parse(at('2026-03-02')) });
  anna = (await shop.api.createMember({ params: { program: shop.code }, body: { firstName: 'Anna', card: `A-${count += 1}`, termsVersion: 1 } })).id;
});
afterAll(() => app.close());

const params = () => ({ program: shop.code });
const publish = async (more: Partial<TierLadder> = {}, effectiveOn?: LocalDate) => {
  const { revision } = await shop.api.getTiers({ params: params() });
  await shop.api.changeTiers({ params: params(), body: { revision, definition: { ...LADDER, ...more } as never } });
  return shop.api.publishTiers({ params: params(), body: { revision: revision + 1, despiteNotice: true, ...(effectiveOn ? { effectiveOn } : {}) } });
};
const clock = (date: LocalDate, hour = 12) => shop.api.moveTestClock({ params: params(), body: { now: at(date, hour) } });
const sale = async (totalMinor: number, on: LocalDate, member: string | null = anna, externalId = `S-${count += 1}`) => {
  const answer = await shop.api.recordTransaction({ params: params(), body: { source: 'till', externalId, kind: 'sale', occurredAt: at(on, 9), totalMinor, ...(member ? { member: { id: member } } : {}) } });
  return { id: answer.transaction.id, externalId };
};
const giveBack = (externalId: string, totalMinor: number, on: LocalDate) => shop.api.recordTransaction({ params: params(), body: { source: 'till', externalId: `R-${count += 1}`, kind: 'return', occurredAt: at(on, 10), totalMinor, of: { source: 'till', externalId } } });
const tier = async (member = anna) => (await shop.api.getMemberTier({ params: { ...params(), member } })).tier!;
const code = async (member = anna) => (await tier(member)).level?.code ?? null;
const changes = async () => (await shop.api.listTierChanges({ params: { ...params(), member: anna } })).items.map((one) => `${one.reason} ${one.from}>${one.to}`);
const stored = async () => (await app.ask<{ level: string }>('select level from member_tier where program_id = $1', [shop.id])).map((row) => row.level);

describe('a level', () => {
  it('is reached in the commit of the sale that reaches it, with its place in the history and an announcement', async () => {
    await publish();
    await sale(119_900, '2026-03-02');
    expect([await code(), await stored(), await changes()]).toEqual(['srebrny', ['srebrny'], ['reached brazowy>srebrny']]);
    expect((await tier()).sentences.next?.replaceAll('\u00a0', ' ')).toBe('Do Złota brakuje 1 zł, masz na to czas do 31 grudnia 2026.');
    await sale(100, '2026-03-02');
    expect([await code(), await stored(), await changes()]).toEqual(['zloty', ['zloty'], ['reached srebrny>zloty', 'reached brazowy>srebrny']]);
    expect(await app.ask("select body->>'to' as level from outbox where program_id = $1 and type = 'tier.changed' order by id", [shop.id])).toEqual([{ level: 'srebrny' }, { level: 'zloty' }]);
    expect(await tier()).toMatchObject({ until: '2027-12-31', benefits: [{ code: 'dostawa' }], next: null });
  });

  it('that rested on a returned sale goes with it, or stays to its end, as the ladder says', async () => {
    await publish();
    const { externalId } = await sale(120_000, '2026-03-02');
    await giveBack(externalId, 70_000, '2026-03-02');
    expect([await code(), await changes()]).toEqual(['srebrny', ['returned zloty>srebrny', 'reached brazowy>zloty']]);
    await giveBack(externalId, 50_000, '2026-03-02');
    expect(await code()).toBe('brazowy');
    await publish({ returns: 'keepLevel' });
    const again = await sale(120_000, '2026-03-02');
    await giveBack(again.externalId, 120_000, '2026-03-02');
    expect(await code()).toBe('zloty');
  });

  it('of sales booked before there were levels is there at once to read, and for all after the look that publishing asks for', async () => {
    const { externalId } = await sale(130_000, '2026-03-02');
    await giveBack(externalId, 5_000, '2026-03-02');
    const voided = await sale(500_000, '2026-03-02');
    await shop.api.voidTransaction({ params: { ...params(), transaction: voided.id }, body: { reason: 'Pomyłka' } });
    await publish();
    expect([await code(), (await tier()).value, await stored()]).toEqual(['zloty', 125_000, []]);
    await clock('2026-03-02', 13);
    expect([await stored(), await changes()]).toEqual([['zloty'], ['started brazowy>zloty']]);
    expect((await shop.api.getTiers({ params: params() })).counts).toEqual([{ level: 'brazowy', members: 0 }, { level: 'srebrny', members: 0 }, { level: 'zloty', members: 1 }]);
    await giveBack(externalId, 6_000, '2026-03-02');
    expect(await code()).toBe('srebrny');
  });

  it('follows a sale that is claimed, voided or corrected', async () => {
    await publish();
    const nobody = await sale(60_000, '2026-03-02', null);
    await shop.api.claimTransaction({ params: { ...params(), transaction: nobody.id }, body: { member: { id: anna } } });
    expect(await code()).toBe('srebrny');
    const second = await sale(60_000, '2026-03-02');
    expect(await code()).toBe('zloty');
    await shop.api.voidTransaction({ params: { ...params(), transaction: second.id }, body: { reason: 'Pomyłka' } });
    expect(await code()).toBe('srebrny');
    await shop.api.recordTransaction({ params: params(), body: { source: 'till', externalId: `K-${count += 1}`, kind: 'correction', occurredAt: at('2026-03-02', 11), totalMinor: 10_000, of: { source: 'till', externalId: nobody.externalId } } });
    expect([await code(), (await tier()).value]).toEqual(['brazowy', 10_000]);
  });

  it('of a sale sent twice or only previewed counts once or not at all', async () => {
    await publish();
    const { externalId } = await sale(40_000, '2026-03-02');
    await sale(40_000, '2026-03-02', anna, externalId);
    await shop.api.previewTransaction({ params: params(), body: { kind: 'sale', occurredAt: at('2026-03-02', 9), totalMinor: 900_000, member: { id: anna } } });
    expect([(await tier()).value, await code()]).toEqual([40_000, 'brazowy']);
  });

  it('counts points of a wallet less what returns took, and days with a sale', async () => {
    await publish({ measure: { kind: 'points', wallet: 'punkty' }, levels: [level('brazowy', 0), level('srebrny', 50)] });
    const { externalId } = await sale(50_000, '2026-03-02');
    expect([await code(), (await tier()).value]).toEqual(['srebrny', 50]);
    await giveBack(externalId, 1_000, '2026-03-02');
    expect([await code(), (await tier()).value]).toEqual(['brazowy', 49]);
    await sale(1_000, '2026-03-02');
    await publish({ measure: { kind: 'visits' }, levels: [level('brazowy', 0), level('srebrny', 2)] });
    expect((await tier()).value).toBe(1);
    await clock('2026-03-05');
    await sale(1_000, '2026-03-05');
    expect([await code(), (await tier()).value]).toEqual(['srebrny', 2]);
  });
});

describe('time', () => {
  it('ends levels in the night after their last day, on the way of a moving clock', async () => {
    await publish({ period: { kind: 'calendar', unit: 'month' } });
    await sale(120_000, '2026-03-02');
    await clock('2026-04-30', 23);
    expect(await stored()).toEqual(['zloty']);
    await clock('2026-05-01', 1);
    expect([await stored(), await changes()]).toEqual([['brazowy'], ['ended zloty>brazowy', 'reached brazowy>zloty']]);
  });

  it('lets a version begin on its own day, and keeps levels that it would not give', async () => {
    await publish();
    await sale(120_000, '2026-03-02');
    await publish({ levels: [level('brazowy', 0), level('zloty', 900_000)] }, '2026-03-10');
    expect((await shop.api.getTiers({ params: params() })).current?.version).toBe(1);
    await clock('2026-03-11');
    const now = await shop.api.getTiers({ params: params() });
    expect([now.current?.version, await code(), (await tier()).levels.length]).toEqual([2, 'zloty', 2]);
  });

  it('counts a sale that came late on its own day', async () => {
    await publish({ period: { kind: 'calendar', unit: 'month' } });
    await clock('2026-04-03');
    await sale(120_000, '2026-03-30');
    expect([await code(), (await tier()).until, (await tier()).value]).toEqual(['zloty', '2026-04-30', 0]);
  });
});

describe('a level given by hand', () => {
  const grant = (levelCode: string, until?: LocalDate) => shop.api.grantTier({ params: { ...params(), member: anna }, body: { level: levelCode, reason: 'Przeprosiny', ...(until ? { until } : {}) } });
  it('holds to its last day and ends in the night, with who gave it and why in the history', async () => {
    await publish();
    expect((await grant('zloty', '2026-03-31')).tier).toMatchObject({ granted: true, until: '2026-03-31', level: { code: 'zloty' }, sentences: { until: 'Poziom przyznany do 31\u00a0marca 2026.' } });
    await clock('2026-03-31', 23);
    expect(await code()).toBe('zloty');
    await clock('2026-04-01', 1);
    expect([await code(), await stored(), await changes()]).toEqual(['brazowy', ['brazowy'], ['ended zloty>brazowy', 'granted brazowy>zloty']]);
    expect((await shop.api.listTierChanges({ params: { ...params(), member: anna } })).items[1]).toMatchObject({ note: 'Przeprosiny', by: expect.any(String) });
  });
  it('is taken back, and the level of the purchases is there again', async () => {
    await publish();
    await sale(60_000, '2026-03-02');
    await grant('zloty');
    await shop.api.revokeTier({ params: { ...params(), member: anna }, body: { reason: 'Pomyłka' } });
    expect([await code(), await changes()]).toEqual(['srebrny', ['revoked zloty>srebrny', 'granted srebrny>zloty', 'reached brazowy>srebrny']]);
    await expect(shop.api.revokeTier({ params: { ...params(), member: anna }, body: { reason: 'Pomyłka' } })).rejects.toMatchObject({ problem: { code: 'tier_not_granted' } });
  });
  it.each([['tier_unknown', { level: 'platynowy' }], ['tier_grant_ended', { level: 'zloty', until: '2026-03-01' }]])('%s: nothing changes', async (refusal, body) => {
    await publish();
    await expect(shop.api.grantTier({ params: { ...params(), member: anna }, body: { reason: 'Bo tak', ...body } })).rejects.toMatchObject({ problem: { code: refusal } });
    expect(await stored()).toEqual([]);
  });
});

describe('the ladder', () => {
  it('409 tiers_none before the first is published', async () => {
    await expect(shop.api.grantTier({ params: { ...params(), member: anna }, body: { level: 'zloty', reason: 'x' } })).rejects.toMatchObject({ problem: { code: 'tiers_none' } });
    expect((await shop.api.getMemberTier({ params: { ...params(), member: anna } })).tier).toBeNull();
  });
  it('400 names every fault of a draft; 412 when somebody was faster; 409 without a draft', async () => {
    const wrong = { ...LADDER, levels: [level('a', 5), level('a', 5)] } as never;
    await expect(shop.api.changeTiers({ params: params(), body: { revision: 0, definition: wrong } })).rejects.toMatchObject({ problem: { code: 'invalid_request', errors: [{ pointer: '/definition/levels/1/code' }, { pointer: '/definition/levels/1/threshold' }] } });
    await publish();
    await expect(shop.api.changeTiers({ params: params(), body: { revision: 1, definition: LADDER as never } })).rejects.toMatchObject({ problem: { code: 'rule_changed_meanwhile' } });
    await expect(shop.api.publishTiers({ params: params(), body: { revision: 2 } })).rejects.toMatchObject({ problem: { code: 'nothing_to_publish' } });
  });
  it('is previewed on what members measure, with and without days kept', async () => {
    const bogdan = (await shop.api.createMember({ params: params(), body: { firstName: 'Bogdan', card: `B-${count += 1}`, termsVersion: 1 } })).id;
    await sale(60_000, '2026-03-02');
    await sale(130_000, '2026-03-02', bogdan);
    const preview = () => shop.api.previewTiers({ params: params(), body: { measure: { kind: 'spent' }, period: { kind: 'rolling', months: 12 } } });
    const expected = { values: [{ value: 60_000, members: 1 }, { value: 130_000, members: 1 }], members: 2, sampled: false };
    expect(await preview()).toEqual(expected);
    await publish();
    await clock(addDays('2026-03-02', 1));
    expect(await preview()).toEqual(expected);
  });
  it('lets rules ask for the level held before the sale, and a return keeps the answer', async () => {
    await publish();
    const rule = await shop.api.createRule({ params: params(), body: { definition: { name: 'Złoty zyskuje', wallet: 'punkty', when: { attribute: 'member.tier', operator: 'is', value: 'zloty' }, lines: null, effect: { kind: 'fixed', points: 500 }, schedule: { from: null, until: null }, priority: 0, exclusiveGroup: null, caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: null } } });
    await shop.api.publishRule({ params: { ...params(), rule: rule.id }, body: { revision: rule.revision } });
    const balance = async () => (await shop.api.getBalances({ params: { ...params(), member: anna } })).balances[0]!.available;
    await clock('2026-03-03');
    const first = await sale(120_000, '2026-03-03');
    expect(await balance()).toBe(120);
    const second = await sale(1_000, '2026-03-03');
    expect(await balance()).toBe(621);
    await giveBack(first.externalId, 120_000, '2026-03-03');
    expect([await code(), await balance()]).toEqual(['brazowy', 501]);
    await giveBack(second.externalId, 1_000, '2026-03-03');
    expect(await balance()).toBe(0);
  });
});
