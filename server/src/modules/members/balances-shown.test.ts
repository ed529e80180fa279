import type { Permission } from '@wracam/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApiKey } from '../access/index.ts';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';

let app: TestApp;
let shop: TestProgram;
beforeAll(async () => {
  app = await testApp();
  shop = await app.program();
});
afterAll(() => app.close());

const SEGMENT = { name: 'Wszyscy', condition: { attribute: 'history.salesCount', operator: 'atLeast', value: 0 } };

it('a key without points.read gets no balance of anybody, wherever members are shown', async () => {
  const params = { program: shop.code };
  const circle = await shop.api.createCircle({ params, body: { kind: 'household', name: 'Kowalscy' } });
  const { id } = await shop.api.createMember({ params, body: { firstName: 'Grzegorz', card: 'KARTA-1', termsVersion: 1 } });
  await shop.api.changeMember({ params: { ...params, member: id }, body: { household: circle.id } });
  await shop.api.adjustPoints({ params: { ...params, member: id }, body: { points: 70, reason: 'powitanie' } });
  const segment = await shop.call('POST', '/segments', SEGMENT);
  const asks: readonly (readonly [string, string, unknown?])[] = [
    ['GET', '/members'], ['POST', '/members/search', { text: 'Grzegorz' }], ['POST', '/members/lookup', { card: 'KARTA-1' }], ['GET', `/members/${id}`], ['GET', `/circles/${circle.id}`],
    ['GET', `/segments/${String(segment.body['id'])}/members`], ['PATCH', `/members/${id}`, { lastName: 'Nowak' }], ['POST', `/members/${id}/cards`, { number: 'KARTA-2' }],
    ['POST', `/members/${id}/block`, { reason: 'próba' }], ['POST', `/members/${id}/unblock`, { reason: 'próba' }], ['POST', `/members/${id}/clear`, { reason: 'próba' }],
  ];
  const told = async (scopes: readonly Permission[]) => {
    const { secret } = await createApiKey(app.deps, shop.id, { name: 'probe', scopes });
    const answers = [];
    for (const [method, path, body] of asks) answers.push(await shop.call(method, path, body, { authorization: `Bearer ${secret}` }));
    expect(answers.map(({ status }) => status)).toEqual(asks.map(() => 200));
    return answers.map(({ body }) => JSON.stringify(body).includes('"available":70'));
  };
  const scopes = ['members.read', 'members.write', 'points.clear'] as const;
  expect(await told(scopes)).toEqual(asks.map(() => false));
  expect(await told([...scopes, 'points.read'])).toEqual(asks.map(() => true));
});
