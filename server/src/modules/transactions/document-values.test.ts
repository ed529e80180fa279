import { afterAll, beforeAll, expect, it } from 'vitest';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';
import { documentValues } from './document-values.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

let count = 0;
const sell = (shop: TestProgram, category: string, more: object = {}) => shop.api.recordTransaction({ params: { program: shop.code }, body: {
  source: 'till', externalId: `V-${count += 1}`, kind: 'sale', occurredAt: new Date().toISOString(), totalMinor: 1000, lines: [{ lineId: '1', amountMinor: 1000, category, brand: 'Lipa', sku: `K-${category}` }], ...more } });
const read = async (shop: TestProgram) => Object.fromEntries((await shop.api.listDocumentValues({ params: { program: shop.code } })).items.map((one) => [one.attribute, one.values]));

it('200: values as documents carry them, the frequent first, and what came since; of the own program alone', async () => {
  const [shop, other] = [await app.program(), await app.program()];
  expect(Object.values(await read(shop)).flat()).toEqual([]);
  await sell(other, 'Tajne', { store: 'Inny sklep' });
  await sell(shop, 'Herbata', { store: 'Rynek 1', channel: 'sklep', till: '2', cashier: 'Ola' });
  await sell(shop, 'Kawa');
  await sell(shop, 'Kawa', { lines: [] });
  await sell(shop, 'Kawa');
  expect(await read(shop)).toEqual({
    'line.category': ['Kawa', 'Herbata'], 'line.brand': ['Lipa'], 'line.sku': ['K-Kawa', 'K-Herbata'], 'line.name': [], 'transaction.store': ['Rynek 1'], 'transaction.channel': ['sklep'], 'transaction.till': ['2'], 'transaction.cashier': ['Ola'],
  });
  await sell(shop, 'kawa');
  expect((await read(shop))['line.category']).toEqual(['Kawa', 'Herbata', 'kawa']);
  // Looked at again, the newest documents count no second time: what is frequent stays first.
  for (const _ of [1, 2]) expect((await read(shop))['line.category']).toEqual(['Kawa', 'Herbata', 'kawa']);
  expect((await read(other))['line.category']).toEqual(['Tajne']);
});

it('of more documents than are read the newest are, and some from all over the past', async () => {
  const shop = await app.program();
  await sell(shop, 'Wzór');
  // Copies of one document whose category tells its place: enough that not all are read.
  await app.ask(`insert into transaction (program_id, id, source, external_id, kind, state, member_id, occurred_at, booked_at, total_minor, content_hash, body, decision, frozen, ruleset_no, batch_no, test)
    select t.program_id, t.id + n, 'copy', n::text, t.kind, t.state, t.member_id, t.occurred_at, t.booked_at, t.total_minor, t.content_hash, convert_to(replace(convert_from(t.body, 'UTF8'), 'Wzór', 'c' || (n / 1000)), 'UTF8'), t.decision, t.frozen, t.ruleset_no, t.batch_no, t.test
    from transaction t, generate_series(1, 60000) n where t.program_id = $1`, [shop.id]);
  const { items } = await documentValues(app.deps, { programId: shop.id });
  const categories = new Set(items.find((one) => one.attribute === 'line.category')!.values);
  expect(Array.from({ length: 10 }, (_, at) => `c${50 + at}`).filter((one) => !categories.has(one))).toEqual([]);
  // Twenty stretches of the other fifty thousand, the end of each.
  expect([2, 4, 9, 24, 39, 49].filter((at) => !categories.has(`c${at}`))).toEqual([]);
}, 60_000);
