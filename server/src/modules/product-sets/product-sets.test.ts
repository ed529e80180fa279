import type { RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';

let app: TestApp;
let shop: TestProgram;
beforeAll(async () => {
  app = await testApp();
  shop = await app.program({ rules: [] });
});
afterAll(() => app.close());

const params = () => ({ program: shop.code });
const ruleOf = (reference: string, operator = 'inSet'): RuleDefinition => ({
  name: 'Za towary z zestawu', wallet: 'punkty', when: null, lines: { attribute: 'line.sku', operator, value: reference }, effect: { kind: 'perAmount', points: 1, perMinor: 100, rounding: 'down', per: 'transaction' },
  schedule: { from: null, until: null }, priority: 0, exclusiveGroup: null, caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: null,
});
let count = 0;
const newMember = async () => (await shop.api.createMember({ params: params(), body: { firstName: 'Anna', card: `CARD-${count += 1}`, termsVersion: 1 } })).id;
const sale = (member: string, skus: string[], more: object = {}) => ({
  source: 'till-1', externalId: `S-${count += 1}`, kind: 'sale' as const, occurredAt: new Date().toISOString(), member: { id: member }, totalMinor: skus.length * 1000, ...more,
  lines: skus.map((sku, at) => ({ lineId: `${at + 1}`, sku, amountMinor: 1000 })),
});
const record = async (body: ReturnType<typeof sale>) => shop.api.recordTransaction({ params: params(), body });
const pointsOf = async (body: ReturnType<typeof sale>) => (await record(body)).awards.reduce((sum, award) => sum + award.points, 0);
const publish = async (definition: RuleDefinition) => {
  const draft = await shop.api.createRule({ params: params(), body: { definition: definition as never } });
  return shop.api.publishRule({ params: { ...params(), rule: draft.id }, body: { revision: draft.revision } });
};
/** Saves other codes as a draft and publishes them at once. */
const change = async (id: string, body: { codes: string[]; keep?: boolean }, more: object = {}) => {
  const at = { ...params(), set: id };
  const { revision } = await shop.api.changeProductSet({ params: at, body: { revision: (await shop.api.getProductSet({ params: at })).revision, ...body } });
  return shop.api.publishProductSet({ params: at, body: { revision, ...more } });
};
const refusedBy = (method: string, path: string, body: unknown) => shop.call(method, path, body).then((answer) => [answer.status, answer.body.code]);

describe('a set of articles', () => {
  it('decides by the codes it has when a sale is booked; returns go by the codes of their sale', async () => {
    const set = await shop.api.createProductSet({ params: params(), body: { name: 'Kawy ziarniste', codes: ['B-1', 'A-1', 'A-1'] } });
    expect(set).toMatchObject({ name: 'Kawy ziarniste', version: 1, size: 2, versions: [{ version: 1, size: 2 }] });
    const rule = await publish(ruleOf('Kawy ziarniste'));
    expect(rule.current!.definition.lines).toMatchObject({ value: 'Kawy ziarniste' });
    const anna = await newMember();
    const first = sale(anna, ['A-1', 'C-1', 'a-1']);
    expect(await pointsOf(first)).toBe(10);
    const changed = await change(set.id, { codes: ['C-1'] }, { despiteNotice: true });
    expect(changed).toMatchObject({ version: 2, size: 1, draft: null, versions: [{ version: 1, size: 2 }, { version: 2, size: 1 }] });
    expect(await pointsOf(sale(anna, ['A-1', 'C-1']))).toBe(10);
    expect(await pointsOf(sale(anna, ['A-1', 'B-1']))).toBe(0);
    // C-1 gave nothing when it was bought, so it takes nothing now.
    const back = (lineId: string, sku: string) => record({ ...sale(anna, [sku]), kind: 'return' as never, lines: [{ lineId: '1', sku, amountMinor: 1000, of: { source: first.source, externalId: first.externalId, lineId } }] as never });
    expect((await back('2', 'C-1')).takenBack).toEqual([]);
    expect((await back('1', 'A-1')).takenBack).toMatchObject([{ points: 10 }]);
    expect(await shop.api.getProductSetCodes({ params: { ...params(), set: set.id }, query: { version: 1 } })).toEqual({ version: 1, codes: ['A-1', 'B-1'] });
    expect((await shop.api.getProductSetCodes({ params: { ...params(), set: set.id }, query: {} })).codes).toEqual(['C-1']);
  });

  it('is told by its name, in the rule and in why there are no points', async () => {
    await shop.api.createProductSet({ params: params(), body: { name: 'Herbaty', codes: ['H-1'] } });
    expect((await publish(ruleOf('Herbaty'))).sentence).toContain('z zestawu „Herbaty”');
    const { notApplied } = await record(sale(await newMember(), ['X']));
    expect(notApplied.map((one) => one.reason)).toContain('Na dokumencie nie ma towarów z zestawu „Herbaty”.');
  });

  it('with new codes that no running rule names writes no ruleset', async () => {
    const rulesets = async () => Number((await app.ask<{ n: string }>('select count(*) as n from ruleset where program_id = $1', [shop.id]))[0]!.n);
    const { id } = await shop.api.createProductSet({ params: params(), body: { name: 'Nieużywany', codes: ['1'] } });
    await shop.api.createRule({ params: params(), body: { definition: ruleOf('Nieużywany') as never } });
    const before = await rulesets();
    await change(id, { codes: ['2'] });
    expect(await rulesets()).toBe(before);
  });

  it('takes a hundred thousand codes in one request and decides by them at once; more join in parts', async () => {
    const codes = Array.from({ length: 99_999 }, (_, i) => `590${String(i).padStart(10, '0')}`);
    const set = await shop.api.createProductSet({ params: params(), body: { name: 'Cały asortyment', codes } });
    await publish(ruleOf('Cały asortyment'));
    const anna = await newMember();
    expect(await pointsOf(sale(anna, ['5900000099998', '5900000100001']))).toBe(10);
    const full = await change(set.id, { codes: ['5900000099998', '5900000100001'], keep: true });
    expect(full.size).toBe(100_000);
    expect(await pointsOf(sale(anna, ['5900000099998', '5900000100001']))).toBe(20);
    expect(await refusedBy('PATCH', `/product-sets/${set.id}`, { revision: full.revision, codes: ['x'], keep: true })).toEqual([409, 'product_set_full']);
    expect((await shop.api.getProductSet({ params: { ...params(), set: set.id } })).version).toBe(2);
  });

  it('400 product_set_unknown, 409 product_set_exists, 412 rule_changed_meanwhile: nothing is kept', async () => {
    const set = await shop.api.createProductSet({ params: params(), body: { name: 'Ciasta', codes: ['C'] } });
    expect(await refusedBy('POST', '/earning-rules', { definition: ruleOf('Nie ma takiego') })).toEqual([400, 'product_set_unknown']);
    expect(await refusedBy('POST', '/earning-rules', { definition: ruleOf('Ciasta#2') })).toEqual([400, 'product_set_unknown']);
    expect(await refusedBy('POST', '/product-sets', { name: 'Ciasta', codes: ['D'] })).toEqual([409, 'product_set_exists']);
    expect(await refusedBy('PATCH', `/product-sets/${set.id}`, { revision: 7, codes: ['D'] })).toEqual([412, 'rule_changed_meanwhile']);
    expect(await refusedBy('POST', '/product-sets', { name: 'Z#1', codes: ['D'] })).toEqual([400, 'invalid_request']);
    expect(await refusedBy('POST', '/product-sets', { name: 'Pusty', codes: [] })).toEqual([400, 'invalid_request']);
    expect((await shop.api.getProductSetCodes({ params: { ...params(), set: set.id }, query: {} })).codes).toEqual(['C']);
  });

  it('two people who change it at once: one does, the other is told', async () => {
    const set = await shop.api.createProductSet({ params: params(), body: { name: 'Wyścig', codes: ['C'] } });
    await publish(ruleOf('Wyścig'));
    const both = async (method: string, path: string, bodies: object[]) => (await Promise.all(bodies.map((body) => refusedBy(method, path, body)))).map(([status]) => status).sort();
    expect(await both('PATCH', `/product-sets/${set.id}`, ['1', '2', '3'].map((code) => ({ revision: 1, codes: [code] })))).toEqual([200, 412, 412]);
    expect(await both('POST', `/product-sets/${set.id}/publish`, [1, 2].map(() => ({ revision: 2, despiteNotice: true })))).toEqual([200, 412]);
  });

  it('of another program is nobody’s: neither its codes nor its name', async () => {
    const other = await app.program({ rules: [] });
    const { id } = await other.api.createProductSet({ params: { program: other.code }, body: { name: 'Cudzy', codes: ['1'] } });
    expect(await refusedBy('GET', `/product-sets/${id}/codes`, undefined)).toEqual([404, 'not_found']);
    expect(await refusedBy('POST', '/earning-rules', { definition: ruleOf('Cudzy') })).toEqual([400, 'product_set_unknown']);
  });
});
