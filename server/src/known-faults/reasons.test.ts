import { afterAll, beforeAll, expect, it } from 'vitest';
import { testApp, type TestApp } from '../testing/app.ts';
import { openTill } from '../testing/till.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

it('why did my balance change: every kind of movement has its reason in both languages, and the history adds up to the balance', async () => {
  const till = await openTill(app, { startsAt: '2026-01-05T09:00:00Z' });
  const { name, forms, pendingDays, debtLimit, revision } = (await till.api.listWallets({ params: till.params })).items[0]!;
  await till.api.changeWallet({ params: { ...till.params, wallet: 'punkty' }, body: { revision, name, forms, pendingDays, debtLimit, expiry: { kind: 'months', months: 1, roundTo: 'day' }, transfers: { minPoints: 1, dayPoints: 1000, dayTimes: 10 } } });
  const [anna, jan] = [await till.member(), await till.member()];
  const sale = await till.sell(anna, 30_000);
  await till.takeBack(sale, 5000);
  const order = (await till.order(anna, await till.reward(40), { confirm: true })).body as unknown as { order: { id: string } };
  await till.call('POST', `/orders/${order.order.id}/cancel`, {});
  const adjusted = await till.give(anna, 10);
  await till.call('POST', `/transfers/${adjusted.id}/reverse`, { reason: 'Pomyłka' });
  await till.api.moveMemberPoints({ params: { ...till.params, member: anna.id }, body: { to: { number: jan.number }, points: 20 } });
  await till.moveTo('2026-02-10T09:00:00Z');
  const entries = await till.history(anna);
  expect(new Set(entries.map((one) => one.kind))).toEqual(new Set(['earn', 'return', 'spend', 'refund', 'adjust', 'reverse', 'move', 'expire']));
  expect(entries.reduce((sum, one) => sum + one.points, 0)).toBe(await till.net(anna));
  for (const { id, kind } of entries) {
    const words = await Promise.all(['pl', 'en'].map(async (language) => String((await till.call('GET', `/transfers/${id}/explanation`, undefined, { 'accept-language': language })).body['sentence'])));
    expect({ kind, told: words.every((text) => text.length > 5 && text !== 'undefined') }).toEqual({ kind, told: true });
    if (kind !== 'adjust' && kind !== 'reverse') expect(words[0], kind).not.toBe(words[1]); // by hand: the words of whoever did it
  }
});
