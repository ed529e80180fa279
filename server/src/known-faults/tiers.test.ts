import { level } from '@wracam/engine/testing/tiers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testApp, type TestApp } from '../testing/app.ts';
import type { RuleDefinition } from '@wracam/engine/rules';
import { nextName, openTill, PER_ZLOTY, type Till } from '../testing/till.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const LEVELS = [level('brazowy', 0), level('srebrny', 500), level('zloty', 1000)];
/** A till whose levels are by points of the year. */
async function tillWithLevels(rules: readonly RuleDefinition[] = PER_ZLOTY): Promise<Till> {
  const till = await openTill(app, { rules });
  const definition = { levels: LEVELS, measure: { kind: 'points', wallet: 'punkty' }, period: { kind: 'calendar', unit: 'year' }, promotion: 'atOnce', lasts: 'nextPeriod', demotion: 'toMeasure', graceDays: 0, returns: 'takeLevel' };
  await till.api.changeTiers({ params: till.params, body: { revision: 0, definition: definition as never } });
  await till.api.publishTiers({ params: till.params, body: { revision: 1 } });
  return till;
}

it('a tier is of what was earned, not of the balance: spending everything, a hold and points given by hand change no level', async () => {
  const till = await tillWithLevels();
  const member = await till.member();
  const code = async () => (await till.api.getMemberTier({ params: { ...till.params, member: member.id } })).tier?.level?.code;
  await till.sell(member, 60_000);
  expect(await code()).toBe('srebrny');
  await till.order(member, await till.reward(600), { confirm: true });
  expect([await till.available(member), await code()]).toEqual([0, 'srebrny']);
  await till.give(member, 5000);
  await till.api.createHold({ params: { ...till.params, member: member.id }, body: { points: 100 } });
  expect(await code()).toBe('srebrny');
});

it('redemption is not counted as spend: paying with points brings nobody nearer, what is paid with money does', async () => {
  const till = await tillWithLevels();
  const member = await till.member();
  await till.give(member, 600);
  await till.sell(member, 60_000, { payments: [{ kind: 'points', amountMinor: 60_000, points: 600 }] });
  const measured = async () => (await till.api.getMemberTier({ params: { ...till.params, member: member.id } })).tier?.level?.code;
  expect(await measured()).toBe('brazowy');
  await till.sell(member, 50_000);
  expect(await measured()).toBe('srebrny');
});

it('preview and award do not disagree: at one below, at and one above each threshold the preview counts the member where the sale has put them', async () => {
  const till = await tillWithLevels();
  for (const points of [499, 500, 501, 999, 1000, 1001]) await till.sell(await till.member(), points * 100);
  const ranks = new Map<string, number>();
  for (const { id } of (await till.api.listMembers({ params: till.params })).items) {
    const code = (await till.api.getMemberTier({ params: { ...till.params, member: id } })).tier?.level?.code ?? '';
    ranks.set(code, (ranks.get(code) ?? 0) + 1);
  }
  expect(Object.fromEntries(ranks)).toEqual({ brazowy: 1, srebrny: 3, zloty: 2 });
  const preview = await till.api.previewTiers({ params: till.params, body: { measure: { kind: 'points', wallet: 'punkty' }, period: { kind: 'calendar', unit: 'year' } } });
  const shown = (from: number, to: number) => preview.values.filter(({ value }) => value >= from && value < to).reduce((sum, one) => sum + one.members, 0);
  expect({ brazowy: shown(0, 500), srebrny: shown(500, 1000), zloty: shown(1000, Infinity) }).toEqual(Object.fromEntries(ranks));
});

it('a level reached since does not decide a late sale: it earns by the level of its own day, sent alone or beside a return', async () => {
  const till = await tillWithLevels([...PER_ZLOTY, { ...PER_ZLOTY[0]!, name: 'Za złoty poziom', when: { attribute: 'member.tier', operator: 'is', value: 'zloty' }, effect: { kind: 'fixed', points: 500 } }]);
  const [alone, beside] = [await till.member(), await till.member()];
  await till.moveTo('2026-03-10T09:00:00Z');
  for (const member of [alone, beside]) await till.sell(member, 120_000);
  const { transaction: { source, externalId } } = await till.sell(beside, 5_000);
  expect(await till.net(beside), 'a sale of today earns by the level of today').toBe(1200 + 50 + 500);
  await till.moveTo('2026-03-12T09:00:00Z');
  const late = (member: typeof alone) => ({ source: 'kasa', externalId: nextName('S'), kind: 'sale', occurredAt: '2026-03-05T10:00:00Z', totalMinor: 10_000, member: { id: member.id } });
  await till.send(late(alone));
  await till.api.recordTransactions({ params: till.params, body: { transactions: [{ source: 'kasa', externalId: nextName('R'), kind: 'return', occurredAt: '2026-03-12T08:00:00Z', totalMinor: 5_000, of: { source, externalId } }, late(beside)] as never } });
  expect([await till.net(alone), await till.net(beside)]).toEqual([1300, 1300]);
});
