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

it('why a rule gave nothing says badges, levels and fields of own events by the names they have now, in both languages', async () => {
  const params = { program: shop.code };
  const { items: [running] } = await shop.api.listRules({ params });
  await shop.api.createEventType({ params, body: { code: 'badanie', name: 'Badanie', reason: 'za badanie', fields: [{ key: 'ocena', kind: 'choice', name: 'Ocena z ankiety', required: true, options: [{ value: 'o1', name: 'Dobra' }, { value: 'o2', name: 'Bardzo zła' }] }] } });
  const badge = (await shop.call('POST', '/badges', { name: 'Kawosz', description: null, shape: 'circle', icon: 'cup', color: 'amber', code: 'b1' })).body as unknown as { id: string; revision: number };
  const publish = async (part: object) => {
    const made = await shop.api.createRule({ params, body: { definition: { ...running!.current!.definition, effect: { kind: 'fixed', points: 5 }, ...part } as never } });
    await shop.api.publishRule({ params: { ...params, rule: made.id }, body: { revision: made.revision } });
  };
  await publish({ name: 'Dla kawoszy', when: { attribute: 'member.badge', operator: 'includesAny', value: ['b1'] } });
  await publish({ name: 'Za dobrą ocenę', trigger: { kind: 'event', type: 'badanie' }, when: { attribute: 'event.field.ocena', operator: 'is', value: 'o1' } });
  await publish({ name: 'Za ocenę', trigger: { kind: 'event', type: 'badanie' } });
  const member = (await shop.api.createMember({ params, body: { firstName: 'Ola', card: 'K-1', termsVersion: 1 } })).id;
  const { transaction } = await shop.api.recordTransaction({ params, body: { source: 'till-1', externalId: 'K-1', kind: 'sale', occurredAt: new Date().toISOString(), member: { id: member }, totalMinor: 5_000 } });
  await shop.api.recordEvent({ params, body: { source: 'crm', externalId: 'E-1', type: 'badanie', occurredAt: new Date().toISOString(), member: { id: member }, fields: { ocena: 'o2' } } as never });
  const [event, sale] = (await shop.api.listHistory({ params: { ...params, member } })).items;
  const told = async (transfer: string, lang: 'pl' | 'en') => (await shop.call('GET', `/transfers/${transfer}/explanation`, undefined, { 'accept-language': lang })).body['rules'] as unknown as { rule: string; sentence: string }[];
  const sentence = async (transfer: string, rule: string, lang: 'pl' | 'en') => (await told(transfer, lang)).find((one) => one.rule === rule)!.sentence;
  expect(await sentence(sale!.id, 'Dla kawoszy', 'pl')).toContain('„Kawosz”');
  expect(await sentence(sale!.id, 'Dla kawoszy', 'en')).toContain('“Kawosz”');
  for (const said of ['„Ocena z ankiety”', '„Dobra”', '„Bardzo zła”']) expect(await sentence(event!.id, 'Za dobrą ocenę', 'pl')).toContain(said);
  for (const said of ['“Ocena z ankiety”', '“Dobra”', '“Bardzo zła”']) expect(await sentence(event!.id, 'Za dobrą ocenę', 'en')).toContain(said);
  await shop.call('PATCH', `/badges/${badge.id}`, { revision: badge.revision, name: 'Smakosz', description: null, shape: 'circle', icon: 'cup', color: 'amber', code: 'b1' });
  const { notApplied } = await shop.api.getTransaction({ params: { ...params, transaction: transaction.id } });
  expect(notApplied.find((one) => one.rule === 'Dla kawoszy')!.reason).toContain('„Smakosz”');
});
