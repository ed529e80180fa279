import { afterAll, beforeAll, expect, it } from 'vitest';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';

let app: TestApp;
let shop: TestProgram;
beforeAll(async () => {
  app = await testApp();
  shop = await app.program();
});
afterAll(() => app.close());

type Lines = { lineId: string; amountMinor: number; name?: string; sku?: string; category?: string }[];

async function namesOf(card: string, lines: Lines | undefined, totalMinor: number): Promise<string[]> {
  const params = { program: shop.code };
  const member = (await shop.api.createMember({ params, body: { firstName: 'Anna', card, termsVersion: 1 } })).id;
  await shop.api.recordTransaction({ params, body: { source: 'till-1', externalId: card, kind: 'sale', occurredAt: new Date().toISOString(), member: { id: member }, totalMinor, ...(lines && { lines }) } });
  const [entry] = (await shop.api.listHistory({ params: { ...params, member } })).items;
  return (await shop.api.explainTransfer({ params: { ...params, transfer: entry!.id } })).lines.map(({ name }) => name);
}

it('a line that the till gave no name is told by its category or its place, and never as the whole purchase', async () => {
  const lines = [{ lineId: '1', name: 'Latte', amountMinor: 2000 }, { lineId: '2', sku: 'TORT-1', amountMinor: 3000 }, { lineId: '3', category: 'ciasta', amountMinor: 1000 }, { lineId: '4', amountMinor: 4000 }];
  expect(await namesOf('L-1', lines, 10_000)).toEqual(['Latte', 'TORT-1', 'ciasta', 'Pozycja 4']);
  expect(await namesOf('L-2', undefined, 10_000)).toEqual(['Cały zakup']);
});
