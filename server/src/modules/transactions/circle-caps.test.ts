import type { RuleCaps, RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIRST_RULES } from '../../setup.ts';
import { testApp, type TestApp } from '../../testing/app.ts';
import { countingCircle } from '../earning/index.ts';
import { bookDocuments, isDenied, requestOf } from './booking.ts';
import type { NewDocument } from './document.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const capped = (caps: Partial<RuleCaps>, more: Partial<RuleDefinition> = {}): RuleDefinition =>
  ({ ...FIRST_RULES[0]!, effect: { kind: 'fixed', points: 10 }, caps: { perTransaction: null, perMemberDay: null, perProgram: null, ...caps }, ...more });
let count = 0;
const key = () => `D-${count += 1}`;
const points = (answer: { awards: readonly { points: number }[] }) => answer.awards.reduce((sum, one) => sum + one.points, 0);
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

async function shopOf(...rules: RuleDefinition[]) {
  const shop = await app.program({ rules });
  const params = { program: shop.code };
  const circle = async (kind: 'household' | 'company', name: string) => (await shop.api.createCircle({ params, body: { kind, name } })).id;
  const member = async (circles: { household?: string; company?: string } = {}) => {
    const { id } = await shop.api.createMember({ params, body: { firstName: 'Anna', card: `C-${key()}`, termsVersion: 1 } });
    await shop.api.changeMember({ params: { ...params, member: id }, body: circles });
    return id;
  };
  const put = (id: string, circles: { household?: string | null; company?: string | null }) => shop.api.changeMember({ params: { ...params, member: id }, body: circles });
  const sell = (id: string, more: Record<string, unknown> = {}) => shop.api.recordTransaction({ params, body: { source: 'till', externalId: key(), kind: 'sale', occurredAt: new Date().toISOString(), member: { id }, totalMinor: 1000, ...more } as never });
  const giveBack = (externalId: string) => shop.api.recordTransaction({ params, body: { source: 'till', externalId: key(), kind: 'return', occurredAt: new Date().toISOString(), totalMinor: 1000, of: { source: 'till', externalId } } });
  return { shop, circle, member, put, sell, giveBack };
}

describe('caps of a household and of a company', () => {
  it.each([['perHouseholdDay', 0], ['perHouseholdMonth', 0], ['perHouseholdEver', 300], ['perCompanyDay', 0], ['perCompanyMonth', 0], ['perCompanyEver', 300]] as const)('%s: members share it, what is over is cut and told, a return makes room for any of them', async (cap, ago) => {
    const { circle, member, sell, giveBack } = await shopOf(capped({ [cap]: 25 }));
    const kind = cap.startsWith('perHousehold') ? 'household' as const : 'company' as const;
    const home = await circle(kind, 'Kowalscy');
    const [anna, jan, outsider] = [await member({ [kind]: home }), await member({ [kind]: home }), await member()];
    const first = key();
    expect(points(await sell(anna, { externalId: first, occurredAt: daysAgo(ago) }))).toBe(10);
    expect([points(await sell(jan)), points(await sell(anna))]).toEqual([10, 5]);
    const over = await sell(jan);
    expect([points(over), over.notApplied.map((one) => one.reason.replaceAll('\u00a0', ' '))]).toEqual([0, [expect.stringMatching(/na (gospodarstwo domowe|firmę) \(25 punktów\) jest już wykorzystany/)]]);
    expect([points(await sell(outsider)), points(await sell(outsider)), points(await sell(outsider))]).toEqual([10, 10, 10]);
    await giveBack(first);
    expect([points(await sell(jan)), points(await sell(anna))]).toEqual([10, 0]);
  });

  it('twenty members of one household at once, each in a transaction of its own, never get more than the household may', async () => {
    const { shop, circle, member } = await shopOf(capped({ perHouseholdMonth: 35 }));
    const home = await circle('household', 'Kowalscy');
    const ids: number[] = [];
    for (let i = 0; i < 20; i += 1) ids.push(app.deps.publicIds.decode('mem', await member({ household: home }))!);
    const document = (id: number): NewDocument => ({ source: 'till', externalId: key(), kind: 'sale', occurredAt: Date.now(), pointer: { id }, totalMinor: 1000, lines: [], payments: [], currency: 'PLN', store: null, till: null, cashier: null, channel: null, attributes: {}, of: null });
    const documents = ids.map(document);
    const places = await app.deps.ids.take(documents.length);
    const outcomes = (await Promise.all(documents.map((one, at) => bookDocuments(app.deps, shop.id, [requestOf(one, places[at]!)])))).flat();
    expect(outcomes.map((one) => (isDenied(one) ? 0 : points(one))).reduce((a, b) => a + b)).toBe(35);
    expect(await app.ask('select bucket, used from circle_use where program_id = $1', [shop.id])).toEqual([{ bucket: expect.stringMatching(/^m\d{4}-\d{2}$/), used: expect.anything() }]);
    expect(Number((await app.ask<{ used: string }>('select used from circle_use where program_id = $1', [shop.id]))[0]!.used)).toBe(35);
  });

  it('the database takes no more than the limit, whatever a program decided', async () => {
    const { shop, circle, member, sell } = await shopOf(capped({ perCompanyEver: 25 }));
    await sell(await member({ company: await circle('company', 'Kowalski sp. z o.o.') }));
    const [row] = await app.ask<{ circle_id: string; rule_id: string }>('select circle_id, rule_id from circle_use where program_id = $1', [shop.id]);
    const count = (points: number) => app.deps.db.inProgram(shop.id, (tx) => tx.send([countingCircle(shop.id, { circleId: Number(row!.circle_id), ruleId: Number(row!.rule_id), bucket: 'e', points, limit: 25 })]));
    await expect(count(16)).rejects.toThrow(/circle_use_used_check/);
    await count(15);
    await expect(count(1)).rejects.toThrow(/circle_use_used_check/);
  });

  it('what comes back is free in the household of the sale, also when the member moved since', async () => {
    const { circle, member, put, sell, giveBack } = await shopOf(capped({ perHouseholdEver: 10 }));
    const [old, next] = [await circle('household', 'Kowalscy'), await circle('household', 'Nowakowie')];
    const [anna, jan, ewa] = [await member({ household: old }), await member({ household: old }), await member({ household: next })];
    const bought = key();
    expect([points(await sell(anna, { externalId: bought })), points(await sell(jan))]).toEqual([10, 0]);
    await put(anna, { household: next });
    expect(points(await sell(ewa))).toBe(10);
    await giveBack(bought);
    expect([points(await sell(anna)), points(await sell(jan))]).toEqual([0, 10]);
  });

  it('two sales and a return of one household in one batch see one another', async () => {
    const { shop, circle, member } = await shopOf(capped({ perHouseholdDay: 15 }));
    const home = await circle('household', 'Kowalscy');
    const [anna, jan] = [await member({ household: home }), await member({ household: home })];
    const body = (externalId: string, id: string) => ({ source: 'till', externalId, kind: 'sale' as const, occurredAt: new Date().toISOString(), member: { id }, totalMinor: 1000 });
    const { results } = await shop.api.recordTransactions({ params: { program: shop.code }, body: { transactions: [body('B-1', anna), body('B-2', jan), { ...body('B-3', anna), kind: 'return', member: undefined, of: { source: 'till', externalId: 'B-1' } }, body('B-4', jan)] as never } });
    expect(results.map((one) => ('answer' in one && one.answer ? points(one.answer as never) : null))).toEqual([10, 5, 0, 10]);
  });
});

describe('a condition on the member’s company', () => {
  const forCompany: RuleDefinition = capped({}, { when: { attribute: 'member.company', operator: 'is', value: 'Huta' } });
  it('is read when the sale is booked, and a return is settled by that day', async () => {
    const { circle, member, put, sell, giveBack } = await shopOf(forCompany);
    const [anna, bought] = [await member({ company: await circle('company', 'Huta') }), key()];
    expect([points(await sell(anna, { externalId: bought })), points(await sell(await member()))]).toEqual([10, 0]);
    await put(anna, { company: null });
    expect(points(await sell(anna))).toBe(0);
    expect((await giveBack(bought)).takenBack).toMatchObject([{ points: 10 }]);
  });
});
