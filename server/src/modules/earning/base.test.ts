import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RuleDefinition } from '@wracam/engine/rules';
import { FIRST_RULES } from '../../setup.ts';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const plain = { kinds: ['goods', 'service'], excludedCategories: [], excludedBrands: [], excludedSkus: [], paidWithPointsEarns: false, amounts: 'gross', netRounding: 'nearest', discount: 'after', multipliers: 'add' } as const;
let count = 0;
const lines = [{ lineId: '1', amountMinor: 10_000, category: 'kawa', brand: 'Lipa', sku: 'K1', taxRate: 2300, discountMinor: 2000 }, { lineId: '2', amountMinor: 5000, category: 'piwo', taxRate: 2300 }, { lineId: '3', kind: 'shipping' as const, amountMinor: 2000 }];
const basket = () => ({ source: 'till', externalId: `B-${count += 1}`, kind: 'sale' as const, occurredAt: new Date().toISOString(), totalMinor: 17_000, lines: structuredClone(lines) });
async function shopWithMember(rules?: readonly RuleDefinition[]) {
  const shop = await app.program(rules ? { rules } : {});
  const member = await shop.api.createMember({ params: { program: shop.code }, body: { firstName: 'Anna', card: 'C-1', termsVersion: 1 } });
  return { shop, member };
}
const change = (shop: TestProgram, body: object, revision = 0) => shop.call('PATCH', '/earning-base', { ...plain, ...body, revision });
/** A draft that is published at once, despite any notice. */
async function publish(shop: TestProgram, body: object) {
  const { body: { revision } } = await change(shop, body);
  return shop.call('POST', '/earning-base/publish', { revision, despiteNotice: true });
}
const pointsOf = async (shop: TestProgram, member: string) => (await shop.api.recordTransaction({ params: { program: shop.code }, body: { ...basket(), member: { id: member } } })).awards.reduce((sum, one) => sum + one.points, 0);

describe('what earns in a program', () => {
  it('200: goods and services as they were paid for, until somebody says otherwise', async () => {
    const { shop, member } = await shopWithMember();
    expect(await shop.api.getEarningBase({ params: { program: shop.code } })).toMatchObject({ ...plain, revision: 0, changedAt: null });
    expect(await pointsOf(shop, member.id)).toBe(15);
  });

  it.each([
    [{ excludedCategories: ['piwo'] }, 10], [{ excludedBrands: ['Lipa'] }, 5], [{ excludedSkus: ['K1'] }, 5], [{ kinds: ['goods', 'shipping'] }, 17],
    [{ discount: 'before' }, 17], [{ amounts: 'net' }, 12], // 100 ÷ 1,23 = 81,30 and 50 ÷ 1,23 = 40,65
  ])('200: %j in a draft changes nothing; published it is what the next sale earns by, and what the rules page tells', async (part, expected) => {
    const { shop, member } = await shopWithMember();
    expect(await change(shop, part)).toMatchObject({ status: 200, body: { ...plain, draft: part, revision: 1 } });
    expect(await pointsOf(shop, member.id)).toBe(15);
    expect(await shop.call('POST', '/earning-base/publish', { revision: 1, despiteNotice: true })).toMatchObject({ status: 200, body: { ...part, version: 2, draft: null, revision: 2 } });
    expect(await pointsOf(shop, member.id)).toBe(expected);
    expect((await shop.api.listRules({ params: { program: shop.code } })).base).toMatchObject(part);
  });

  it('a change is for later documents only: an older sale keeps its points, and its return is counted by what earned then', async () => {
    const { shop, member } = await shopWithMember();
    const first = { ...basket(), member: { id: member.id } };
    await shop.api.recordTransaction({ params: { program: shop.code }, body: first });
    await publish(shop, { excludedCategories: ['kawa', 'piwo'] });
    expect(await pointsOf(shop, member.id)).toBe(0);
    const back = await shop.api.recordTransaction({ params: { program: shop.code }, body: { source: 'till', externalId: 'R-1', kind: 'return', occurredAt: new Date().toISOString(), totalMinor: 5000, lines: [{ lineId: '2', amountMinor: 5000, of: { source: 'till', externalId: first.externalId, lineId: '2' } }] } });
    expect(back.takenBack).toEqual([{ wallet: 'punkty', points: 5, owed: 0 }]);
    expect((await shop.api.getBalances({ params: { program: shop.code, member: member.id } })).balances[0]!.available).toBe(10);
  });

  it('multipliers multiply one another where the program says so', async () => {
    const doubling = (name: string): RuleDefinition => ({ ...FIRST_RULES[0]!, name, effect: { kind: 'multiplier', numerator: 2, denominator: 1 } });
    const { shop, member } = await shopWithMember([...FIRST_RULES, doubling('Podwójne'), doubling('Jeszcze raz podwójne')]);
    expect(await pointsOf(shop, member.id)).toBe(45);
    await publish(shop, { multipliers: 'multiply' });
    expect(await pointsOf(shop, member.id)).toBe(60);
  });

  it('412 rule_changed_meanwhile: of two who change at once, one is told', async () => {
    const { shop } = await shopWithMember();
    const answers = await Promise.all([change(shop, { excludedCategories: ['a'] }), change(shop, { excludedCategories: ['b'] })]);
    expect(answers.map((one) => one.status).sort()).toEqual([200, 412]);
    expect((await shop.api.getEarningBase({ params: { program: shop.code } })).revision).toBe(1);
  });

  it('400: a base without kinds, or with an unknown one, changes nothing', async () => {
    const { shop } = await shopWithMember();
    const before = await app.ask('select no from ruleset where program_id = $1', [shop.id]);
    for (const body of [{ kinds: [] }, { kinds: ['cars'] }, { amounts: 'brutto' }, { excludedBrands: ['x'.repeat(81)] }]) expect((await change(shop, body)).status).toBe(400);
    expect(await app.ask('select no from ruleset where program_id = $1', [shop.id])).toEqual(before);
  });

  it('400: a rule that is right by itself but not together with the others is not published, and booking goes on', async () => {
    const hundred: RuleDefinition = { ...FIRST_RULES[0]!, effect: { kind: 'perAmount', points: 100, perMinor: 1, rounding: 'down', per: 'transaction' } };
    const { shop, member } = await shopWithMember([hundred]);
    const rule = await shop.api.createRule({ params: { program: shop.code }, body: { definition: { ...FIRST_RULES[0]!, name: 'Razy sto', effect: { kind: 'multiplier', numerator: 100, denominator: 1 } } as never } });
    expect(await shop.call('POST', `/earning-rules/${rule.id}/publish`, { revision: rule.revision })).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect((await shop.api.getRule({ params: { program: shop.code, rule: rule.id } })).state).toBe('draft');
    expect(await pointsOf(shop, member.id)).toBe(1_500_000);
  });
});
