import type { RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FIRST_RULES } from '../../setup.ts';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';

const givesBadge: RuleDefinition = { ...FIRST_RULES[0]!, name: 'Kawosz', effect: { kind: 'grant', what: 'badge', code: 'kawosz', count: 1 } };

let app: TestApp;
let shop: TestProgram;
const params = () => ({ program: shop.code });
beforeAll(async () => {
  app = await testApp();
  shop = await app.program({ rules: [givesBadge] });
});
afterAll(() => app.close());

let count = 0;
const badge = (code: string | null) => shop.call('POST', '/badges', { name: 'Kawosz', description: null, shape: 'circle', icon: 'cup', color: 'amber', code });
const member = async () => (await shop.api.createMember({ params: params(), body: { firstName: 'Anna', card: `B-${count += 1}`, termsVersion: 1 } })).id;
const sell = (id: string, externalId: string) => shop.api.recordTransaction({ params: params(), body: { source: 'till', externalId, kind: 'sale', occurredAt: new Date().toISOString(), member: { id }, totalMinor: 1000 } });
const badges = async (id: string) => (await shop.api.getMemberGoals({ params: { ...params(), member: id } })).badges.map((one) => one.id);

it('a badge that a rule gave stands among the member’s badges once, and goes with the return of what earned it', async () => {
  const anna = await member();
  await sell(anna, 'S-1');
  expect(await badges(anna)).toEqual([]);
  const made = (await badge('kawosz')).body as unknown as { id: string };
  expect(await badges(anna)).toEqual([made.id]);
  await sell(anna, 'S-2');
  expect(await badges(anna)).toEqual([made.id]);
  expect((await shop.api.listBadges({ params: params() })).items.find((one) => one.id === made.id)).toMatchObject({ code: 'kawosz', holders: 1 });
  for (const externalId of ['S-1', 'S-2']) await shop.api.recordTransaction({ params: params(), body: { source: 'till', externalId: `R-${externalId}`, kind: 'return', occurredAt: new Date().toISOString(), totalMinor: 1000, of: { source: 'till', externalId } } });
  expect(await badges(anna)).toEqual([]);
  expect((await shop.api.listBadges({ params: params() })).items.find((one) => one.id === made.id)!.holders).toBe(0);
});

it('409 badge_code_taken: a rule could not tell two badges of one code apart; badges without a code are as many as you like', async () => {
  expect((await badge('ranny-ptaszek')).status).toBe(200);
  expect((await badge('ranny-ptaszek')).body.code).toBe('badge_code_taken');
  const plain = (await badge(null)).body as unknown as { id: string };
  expect((await badge(null)).status).toBe(200);
  const change = { revision: 1, name: 'Inna', description: null, shape: 'star', icon: 'sun', color: 'rose' };
  expect((await shop.call('PATCH', `/badges/${plain.id}`, { ...change, code: 'ranny-ptaszek' })).body.code).toBe('badge_code_taken');
  expect((await shop.call('PATCH', `/badges/${plain.id}`, change)).body).toMatchObject({ name: 'Inna', code: null, revision: 2 });
});
