import type { RuleCaps, RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIRST_RULES } from '../../setup.ts';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';
import { openSession } from '../access/index.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const rule = (more: Partial<RuleDefinition>): RuleDefinition => ({ ...FIRST_RULES[0]!, ...more });
const capped = (caps: Partial<RuleCaps>, more: Partial<RuleDefinition> = {}): RuleDefinition => rule({ effect: { kind: 'fixed', points: 10 }, ...more, caps: { perTransaction: null, perMemberDay: null, perProgram: null, ...caps } });
let count = 0;
const key = () => `D-${count += 1}`;
async function shopOf(...rules: RuleDefinition[]) {
  const shop = await app.program({ rules });
  const member = await shop.api.createMember({ params: { program: shop.code }, body: { firstName: 'Anna', card: 'C-1', termsVersion: 1 } });
  const sell = (totalMinor: number, more: Record<string, unknown> = {}) => shop.api.recordTransaction({ params: { program: shop.code }, body: { source: 'till', externalId: key(), kind: 'sale', occurredAt: new Date().toISOString(), member: { id: member.id }, totalMinor, ...more } as never });
  const giveBack = (externalId: string, totalMinor: number) => shop.api.recordTransaction({ params: { program: shop.code }, body: { source: 'till', externalId: key(), kind: 'return', occurredAt: new Date().toISOString(), totalMinor, of: { source: 'till', externalId } } });
  return { shop, member: member.id, sell, giveBack };
}
const points = (answer: { awards: readonly { points: number }[] }) => answer.awards.reduce((sum, one) => sum + one.points, 0);
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
const grantsOf = (shop: TestProgram) => app.ask<{ count: number; revoked: number }>('select count, revoked, revoked_at is not null as marked from grant_item where program_id = $1 order by transaction_id, rule_id', [shop.id]);
const announced = (shop: TestProgram) => app.ask<{ type: string; body: Record<string, unknown> }>("select type, body from outbox where program_id = $1 and type like 'grant.%' order by id", [shop.id]);

describe('caps of a member in time', () => {
  it.each([['perMemberWeek', 0], ['perMemberMonth', 0], ['perMemberYear', 0], ['perMemberEver', 300]] as const)('%s: what is over is cut and told, and a return makes room again', async (cap, ago) => {
    const { sell, giveBack } = await shopOf(capped({ [cap]: 25 }));
    const first = key();
    expect(points(await sell(1000, { externalId: first, occurredAt: daysAgo(ago) }))).toBe(10);
    expect([points(await sell(1000)), points(await sell(1000))]).toEqual([10, 5]);
    const over = await sell(1000);
    expect([points(over), over.notApplied[0]!.reason.replaceAll('\u00a0', ' ')]).toEqual([0, expect.stringMatching(/^(The )?.*(limit|Limit).*25/)]);
    await giveBack(first, 1000);
    expect(points(await sell(1000))).toBe(10);
  });

  it('another week, month or year has room of its own, for late documents too', async () => {
    const { sell } = await shopOf(capped({ perMemberWeek: 10, perMemberYear: 25 }));
    expect([points(await sell(1000)), points(await sell(1000))]).toEqual([10, 0]);
    const lastYear = (date: string) => sell(1000, { occurredAt: `${new Date().getFullYear() - 1}-${date}T12:00:00Z` });
    expect([points(await lastYear('06-01')), points(await lastYear('06-01')), points(await lastYear('06-15')), points(await lastYear('06-29'))]).toEqual([10, 0, 10, 5]);
  });

  it('a week that the member’s row has forgotten is added up from its documents, with their returns', async () => {
    const { sell, giveBack } = await shopOf(capped({ perMemberWeek: 15 }));
    const old = key();
    const [late, later] = [daysAgo(100), daysAgo(100)];
    await sell(1000, { externalId: old, occurredAt: late });
    for (let week = 8; week >= 0; week -= 1) await sell(1000, { occurredAt: daysAgo(week * 7) });
    expect(points(await sell(1000, { occurredAt: later }))).toBe(5);
    await giveBack(old, 1000);
    expect(points(await sell(1000, { occurredAt: later }))).toBe(10);
  });

  it('twenty tills at once never give more than the month allows', async () => {
    const { sell } = await shopOf(capped({ perMemberMonth: 35 }));
    const answers = await Promise.all(Array.from({ length: 20 }, () => sell(1000)));
    expect(answers.map(points).reduce((a, b) => a + b)).toBe(35);
  });

  it('a program without such caps writes no counters', async () => {
    const { shop, sell } = await shopOf(...FIRST_RULES);
    await sell(5000);
    expect(await app.ask('select caps from member_ledger where program_id = $1', [shop.id])).toEqual([{ caps: null }]);
  });
});

describe('a budget in money', () => {
  it('ends for the whole program where its points are worth it, under races too', async () => {
    const { shop, sell } = await shopOf(capped({ programMoney: { limitMinor: 100, per1000: 1000 } }, { effect: { kind: 'fixed', points: 30 } }));
    const answers = await Promise.all(Array.from({ length: 8 }, () => sell(1000)));
    expect(answers.map(points).sort((a, b) => b - a)).toEqual([30, 30, 30, 10, 0, 0, 0, 0]);
    expect(await app.ask('select used from rule_budget where program_id = $1', [shop.id])).toEqual([{ used: '100' }]);
  });
});

describe('grants', () => {
  const ticket = (more: Partial<RuleDefinition> = {}) => rule({ name: 'Los za 50 zł', effect: { kind: 'grant', what: 'ticket', code: 'wiosna', count: 1, perMinor: 5000 }, ...more });
  const coupon = rule({ name: 'Kupon za sto', effect: { kind: 'grant', what: 'coupon', code: 'kawa-gratis', count: 1 }, when: { attribute: 'transaction.total', operator: 'atLeast', value: 10_000 } });

  it('a member finds coupons, badges and tickets among the own ones; tags are the organiser’s', async () => {
    const { shop, member, sell } = await shopOf(...FIRST_RULES, ticket(), coupon, rule({ name: 'Kawosze', effect: { kind: 'grant', what: 'tag', code: 'kawosz', count: 1 } }));
    await sell(12_000);
    expect((await shop.api.listMemberGrants({ params: { program: shop.code, member } })).items).toHaveLength(3);
    const { token } = await openSession(app.deps, 'member', { programId: shop.id, memberId: app.deps.publicIds.decode('mem', member)! }, null);
    const answer = await app.server.inject({ method: 'GET', url: `/api/v1/programs/${shop.code}/me/grants`, headers: { cookie: `wracam_member=${token}` } });
    expect(JSON.parse(answer.body)).toMatchObject({ items: [{ what: 'coupon', code: 'kawa-gratis' }, { what: 'ticket', count: 2 }], next: null });
  });

  it('200: come in the answer, on the document and on the member, in one commit and announced', async () => {
    const { shop, member, sell } = await shopOf(...FIRST_RULES, ticket(), coupon);
    const answer = await sell(12_000);
    expect(answer.grants).toMatchObject([{ what: 'ticket', code: 'wiosna', count: 2, rule: 'Los za 50 zł' }, { what: 'coupon', code: 'kawa-gratis', count: 1 }]);
    expect([points(answer), answer.awards.length]).toEqual([12, 1]);
    const listed = await shop.api.listMemberGrants({ params: { program: shop.code, member }, query: { limit: 1 } });
    expect(listed.items).toMatchObject([{ what: 'coupon', state: 'granted', kept: 1, transaction: answer.transaction.id, revokedAt: null }]);
    expect((await shop.api.listMemberGrants({ params: { program: shop.code, member }, query: { cursor: listed.next! } })).items).toMatchObject([{ what: 'ticket', kept: 2, rule: 'Los za 50 zł' }]);
    expect((await shop.api.getTransaction({ params: { program: shop.code, transaction: answer.transaction.id } })).grants).toMatchObject([{ what: 'ticket', kept: 2 }, { what: 'coupon', kept: 1 }]);
    expect(await announced(shop)).toMatchObject([{ type: 'grant.given', body: { what: 'ticket', kept: 2, member } }, { type: 'grant.given', body: { what: 'coupon' } }]);
  });

  it('200: a document sent twenty times at once grants once, and each answer tells it', async () => {
    const { shop, sell } = await shopOf(ticket());
    const externalId = key();
    const occurredAt = new Date().toISOString();
    const answers = await Promise.all(Array.from({ length: 20 }, () => sell(12_000, { externalId, occurredAt })));
    expect(answers.every((one) => one.grants?.[0]?.count === 2)).toBe(true);
    expect(await grantsOf(shop)).toHaveLength(1);
    expect(await announced(shop)).toHaveLength(1);
  });

  it('a sale without grants says nothing of them', async () => {
    const { shop, sell } = await shopOf(...FIRST_RULES, ticket());
    const answer = await sell(4000);
    expect('grants' in answer).toBe(false);
    expect('grants' in await shop.api.getTransaction({ params: { program: shop.code, transaction: answer.transaction.id } })).toBe(false);
  });

  it('a return takes back what the rest would not have been granted; below the condition a grant is revoked', async () => {
    const { shop, member, sell, giveBack } = await shopOf(ticket(), coupon);
    const externalId = key();
    await sell(15_000, { externalId });
    await giveBack(externalId, 4000);
    expect(await grantsOf(shop)).toMatchObject([{ count: 3, revoked: 1 }, { count: 1, revoked: 0 }]);
    await giveBack(externalId, 4000);
    expect(await grantsOf(shop)).toMatchObject([{ count: 3, revoked: 2, marked: true }, { count: 1, revoked: 1, marked: true }]);
    expect((await shop.api.listMemberGrants({ params: { program: shop.code, member } })).items).toMatchObject([{ what: 'coupon', state: 'revoked', kept: 0 }, { what: 'ticket', state: 'granted', kept: 1 }]);
    await giveBack(externalId, 7000);
    expect(await grantsOf(shop)).toMatchObject([{ count: 3, revoked: 3 }, { count: 1, revoked: 1 }]);
    expect((await announced(shop)).map(({ type, body }) => [type, body['what'], body['kept']])).toEqual([
      ['grant.given', 'ticket', 3], ['grant.given', 'coupon', 1], ['grant.revoked', 'ticket', 2], ['grant.revoked', 'ticket', 1], ['grant.revoked', 'coupon', 0], ['grant.revoked', 'ticket', 0]]);
  });

  it('a return that came first leaves of the grant only what stays', async () => {
    const { shop, sell, giveBack } = await shopOf(ticket(), coupon);
    const externalId = key();
    await giveBack(externalId, 6000);
    await sell(12_000, { externalId });
    expect(await grantsOf(shop)).toMatchObject([{ count: 2, revoked: 1 }, { count: 1, revoked: 1 }]);
    expect((await announced(shop)).map(({ type, body }) => [type, body['what'], body['kept']])).toEqual([['grant.given', 'ticket', 1]]);
  });

  it('voiding a sale revokes everything, claiming one grants', async () => {
    const { shop, member, sell } = await shopOf(ticket());
    const sold = await sell(12_000);
    await shop.api.voidTransaction({ params: { program: shop.code, transaction: sold.transaction.id }, body: { reason: 'Pomyłka' } });
    const stranger = await sell(5000, { member: null });
    expect('grants' in stranger).toBe(false);
    const claimed = await shop.api.claimTransaction({ params: { program: shop.code, transaction: stranger.transaction.id }, body: { member: { id: member } } });
    expect(claimed.grants).toMatchObject([{ what: 'ticket', count: 1 }]);
    expect(await grantsOf(shop)).toMatchObject([{ count: 2, revoked: 2 }, { count: 1, revoked: 0 }]);
  });

  it('keep to caps in pieces, which a return frees', async () => {
    const { sell, giveBack } = await shopOf(ticket({ caps: { perTransaction: null, perMemberDay: 3, perProgram: null } }));
    const externalId = key();
    await sell(10_000, { externalId });
    expect((await sell(10_000)).grants).toMatchObject([{ count: 1 }]);
    await giveBack(externalId, 10_000);
    expect((await sell(10_000)).grants).toMatchObject([{ count: 2 }]);
  });

  it('a preview tells what would be granted and grants nothing', async () => {
    const { shop, member } = await shopOf(ticket());
    const answer = await shop.api.previewTransaction({ params: { program: shop.code }, body: { kind: 'sale', occurredAt: new Date().toISOString(), member: { id: member }, totalMinor: 5000 } });
    expect(answer.grants).toMatchObject([{ what: 'ticket', count: 1 }]);
    expect(await grantsOf(shop)).toEqual([]);
  });
});

describe('other effects at the till', () => {
  it('stamps by pieces, cashback in per cents, the best of a group and points after multipliers, all with their reasons', async () => {
    const { sell } = await shopOf(
      rule({ name: 'Pieczątka', effect: { kind: 'perUnit', points: 1, perThousandths: 1000, rounding: 'down', per: 'line' }, lines: { attribute: 'line.category', operator: 'is', value: 'kawa' }, bestOfGroup: 'kawa' }),
      rule({ name: 'Dwa procent', effect: { kind: 'percent', basisPoints: 200, rounding: 'nearest', per: 'transaction' }, afterMultipliers: true }),
      rule({ name: 'Stała', effect: { kind: 'fixed', points: 2 }, bestOfGroup: 'kawa' }),
      rule({ name: 'Podwójne', effect: { kind: 'multiplier', numerator: 2, denominator: 1 } }),
    );
    const answer = await sell(5000, { lines: [{ lineId: '1', amountMinor: 4000, category: 'kawa', quantity: 3 }, { lineId: '2', amountMinor: 1000, category: 'ciasto', quantity: 0.35 }] });
    expect(answer.awards.map((one) => [one.rule, one.points])).toEqual([['Pieczątka', 3], ['Dwa procent', 100], ['Podwójne', 3]]);
    expect(answer.notApplied).toMatchObject([{ rule: 'Stała', reason: expect.stringContaining('Pieczątka') }]);
  });
});
