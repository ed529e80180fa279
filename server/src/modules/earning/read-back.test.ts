import { afterAll, beforeAll, expect, it } from 'vitest';
import { CAFE_RULES } from '../../demo/cafe-program.ts';
import { testApp, type TestApp } from '../../testing/app.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

it('200: every rule of the demo can be sent back as it is told', async () => {
  const shop = await app.program({ rules: CAFE_RULES });
  const { items } = await shop.api.listRules({ params: { program: shop.code } });
  expect(items.length).toBe(CAFE_RULES.length);
  for (const { id, revision, current } of items) {
    expect(await shop.call('PATCH', `/earning-rules/${id}`, { revision, definition: current!.definition })).toMatchObject({ status: 200, body: { draft: current!.definition } });
  }
});
