import type { Effect, RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { databaseHash } from '../../contract-tests/database-hash.ts';
import { testApp, type TestApp } from '../../testing/app.ts';

const giving = (effect: Effect): RuleDefinition => ({
  name: 'Odznaka bywalca', wallet: 'punkty', when: null, lines: null, effect, schedule: { from: null, until: null }, priority: 100, exclusiveGroup: null,
  caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: null,
});
const badge = (count: number, perMinor: number | null): Effect => ({ kind: 'grant', what: 'badge', code: 'bywalec', count, perMinor });

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

it.each([
  ['two of it', badge(2, null), ['/definition/effect/count'], 'Odznakę się ma albo nie, więc jest jedna: podaj 1.'],
  ['one for every 100 zł', badge(1, 10_000), ['/definition/effect/perMinor'], 'Zostaw to pole puste, a kwotę zapisz jako warunek na wartość zakupu.'],
  ['both', badge(3, 10_000), ['/definition/effect/count', '/definition/effect/perMinor'], 'podaj 1'],
])('400 invalid_request: a badge is held or not, so a rule with %s is neither made nor written into a draft, and the answer says where', async (_, effect, pointers, words) => {
  const shop = await app.program({ rules: [giving(badge(1, null))] });
  const [rule] = (await shop.call('GET', '/earning-rules')).body['items'] as unknown as { id: string; revision: number }[];
  const before = await databaseHash(app);
  for (const answer of [await shop.call('POST', '/earning-rules', { definition: giving(effect) }), await shop.call('PATCH', `/earning-rules/${rule!.id}`, { revision: rule!.revision, definition: giving(effect) })]) {
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    const errors = answer.body['errors'] as unknown as { pointer: string; detail: string }[];
    expect(errors.map((one) => one.pointer)).toEqual(pointers);
    expect(errors.map((one) => one.detail).join(' ')).toContain(words);
  }
  expect(await databaseHash(app)).toEqual(before);
  expect(await shop.call('POST', '/earning-rules', { definition: giving(badge(1, null)) })).toMatchObject({ status: 200 });
});

it('an older rule with a number goes on giving, and may come back as it was', async () => {
  const shop = await app.program({ rules: [giving(badge(1, 10_000))] });
  const params = { program: shop.code };
  const { id } = await shop.api.createMember({ params, body: { firstName: 'Ola', card: `${shop.code}-1`, termsVersion: 1 } });
  const sale = async (externalId: string) => (await shop.api.recordTransaction({ params, body: { source: 'till', externalId, kind: 'sale', occurredAt: new Date().toISOString(), totalMinor: 25_000, member: { id } } })).grants;
  expect(await sale('S1')).toMatchObject([{ what: 'badge', count: 2 }]);
  const [rule] = (await shop.api.listRules({ params })).items;
  const { revision } = await shop.api.changeRule({ params: { ...params, rule: rule!.id }, body: { revision: rule!.revision, definition: giving(badge(1, null)) as never } });
  const changed = await shop.api.publishRule({ params: { ...params, rule: rule!.id }, body: { revision, despiteNotice: true } });
  expect(await sale('S2')).toMatchObject([{ what: 'badge', count: 1 }]);
  await shop.api.rollbackRule({ params: { ...params, rule: rule!.id }, body: { revision: changed.revision, version: 1, despiteNotice: true } });
  expect(await sale('S3')).toMatchObject([{ what: 'badge', count: 2 }]);
});
