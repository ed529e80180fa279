import { afterAll, beforeAll, expect, it } from 'vitest';
import { databaseHash } from '../../contract-tests/database-hash.ts';
import { openSession } from '../access/index.ts';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';

const level = (code: string, pl: string, threshold: number) => ({ code, pl, en: pl, plTo: null, color: '#c9a227', threshold, keep: null, benefits: [] });

let app: TestApp;
let shop: TestProgram;
const params = () => ({ program: shop.code });
beforeAll(async () => {
  app = await testApp();
  shop = await app.program();
  await shop.api.changeTiers({ params: params(), body: { revision: 0, definition: { levels: [level('brazowy', 'Brązowy', 0), level('srebrny', 'Srebrny', 100_000), level('zloty', 'Złoty', 400_000)], measure: { kind: 'spent' }, period: { kind: 'calendar', unit: 'year' }, promotion: 'atOnce', lasts: 'nextPeriod', demotion: 'toMeasure', graceDays: 0, returns: 'takeLevel' } } });
  await shop.api.publishTiers({ params: params(), body: { revision: 1 } });
});
afterAll(() => app.close());

let count = 0;
async function member() {
  const { id } = await shop.api.createMember({ params: params(), body: { firstName: 'Anna', card: `L-${count += 1}`, termsVersion: 1 } });
  await shop.api.adjustPoints({ params: { ...params(), member: id }, body: { points: 500, reason: 'Na start' } });
  const session = await openSession(app.deps, 'member', { programId: shop.id, memberId: app.deps.publicIds.decode('mem', id)! }, null);
  const headers = { cookie: `wracam_member=${session.token}`, origin: 'http://localhost:3000', authorization: '' };
  return { id, order: (reward: string) => shop.call('POST', '/me/orders', { lines: [{ reward, quantity: 1 }] }, headers) };
}
const reward = (levels?: string[]) => shop.api.createReward({ params: params(), body: { name: 'Kolacja', pricePoints: 100, stockLeft: 5, ...(levels ? { levels } : {}) } });

it('409 reward_level_needed: a reward of other levels is not ordered by the member or by staff, and nothing is held or taken', async () => {
  const anna = await member();
  const { id } = await reward(['srebrny', 'zloty']);
  const before = await databaseHash(app, ['api_key']);
  const refused = await anna.order(id);
  expect([refused.status, refused.body.code, (refused.body as unknown as { params: unknown }).params]).toEqual([409, 'reward_level_needed', { levels: 'Srebrny, Złoty' }]);
  expect((await shop.call('POST', '/orders', { member: { id: anna.id }, lines: [{ reward: id, quantity: 1 }] })).body.code).toBe('reward_level_needed');
  expect(await databaseHash(app, ['api_key'])).toEqual(before);
});

it('opens with the level, and closes when the level goes; a reward for everybody is open all the time', async () => {
  const anna = await member();
  const { id } = await reward(['srebrny']);
  await shop.api.grantTier({ params: { ...params(), member: anna.id }, body: { level: 'srebrny', reason: 'Setny gość' } });
  expect((await anna.order(id)).status).toBe(200);
  await shop.api.revokeTier({ params: { ...params(), member: anna.id }, body: { reason: 'Pomyłka' } });
  expect((await anna.order(id)).body.code).toBe('reward_level_needed');
  expect((await anna.order((await reward()).id)).status).toBe(200);
});

it('can be opened to everybody again, and the portal names the levels', async () => {
  const made = await reward(['zloty']);
  const portal = await shop.api.getPortal({ params: params() });
  expect([portal.rewards.find((one) => one.id === made.id)!.levels, portal.levels.find((one) => one.code === 'zloty')]).toEqual([['zloty'], { code: 'zloty', name: expect.any(String) }]);
  const changed = await shop.api.changeReward({ params: { ...params(), reward: made.id }, body: { revision: made.revision, levels: [] } });
  expect(changed.levels).toEqual([]);
  expect((await (await member()).order(made.id)).status).toBe(200);
});
