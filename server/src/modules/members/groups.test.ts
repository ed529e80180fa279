import type { RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';

const forGroup = (name: string, operator: string, groups: string[], points: number): RuleDefinition => ({
  name, wallet: 'punkty', when: { attribute: 'member.group', operator, value: groups }, lines: null, effect: { kind: 'fixed', points }, schedule: { from: null, until: null }, priority: 0,
  exclusiveGroup: null, caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: null,
});

let app: TestApp;
let shop: TestProgram;
beforeAll(async () => {
  app = await testApp();
  shop = await app.program({ rules: [forGroup('VIP', 'includesAny', ['VIP', 'Zarząd'], 1), forGroup('Obie', 'includesAll', ['VIP', 'Pracownicy'], 10), forGroup('Bez pracowników', 'includesNone', ['Pracownicy'], 100)] });
});
afterAll(() => app.close());

let count = 0;
const newMember = async () => (await shop.api.createMember({ params: { program: shop.code }, body: { firstName: 'Anna', card: `CARD-${count += 1}`, termsVersion: 1 } })).id;
const put = (member: string, groups: string[]) => shop.api.changeMember({ params: { program: shop.code, member }, body: { groups } });
const sale = (member: string, more: object = {}) => ({ source: 'till-1', externalId: `S-${count += 1}`, kind: 'sale' as const, occurredAt: new Date().toISOString(), member: { id: member }, totalMinor: 1000, ...more });
const record = async (body: ReturnType<typeof sale>) => (await shop.api.recordTransaction({ params: { program: shop.code }, body })).awards.map((award) => award.points).sort((a, b) => a - b);

it('a rule reads the groups a member is in when the sale is booked', async () => {
  const [anna, jan] = [await newMember(), await newMember()];
  expect((await put(anna, ['Pracownicy', 'VIP'])).groups).toEqual(['Pracownicy', 'VIP']);
  expect([await record(sale(anna)), await record(sale(jan))]).toEqual([[1, 10], [100]]);
  await put(anna, ['VIP']);
  expect(await record(sale(anna))).toEqual([1, 100]);
});

it('a return is settled by the groups of the sale’s day', async () => {
  const anna = await newMember();
  await put(anna, ['VIP']);
  const bought = sale(anna, { lines: [{ lineId: '1', amountMinor: 600 }, { lineId: '2', amountMinor: 400 }] });
  expect(await record(bought)).toEqual([1, 100]);
  await put(anna, ['Pracownicy']);
  const back = { ...sale(anna), kind: 'return' as const, totalMinor: 400, lines: [{ lineId: '1', amountMinor: 400, of: { source: bought.source, externalId: bought.externalId, lineId: '2' } }] };
  expect((await shop.api.recordTransaction({ params: { program: shop.code }, body: back })).takenBack).toEqual([]);
});

it('groups are replaced as a whole, left alone when they are not given, and counted', async () => {
  const anna = await newMember();
  await put(anna, ['Zarząd', 'Klub']);
  expect((await shop.api.changeMember({ params: { program: shop.code, member: anna }, body: { lastName: 'Nowak' } })).groups).toEqual(['Klub', 'Zarząd']);
  expect((await put(anna, ['Klub'])).groups).toEqual(['Klub']);
  const { items } = await shop.api.listMemberGroups({ params: { program: shop.code } });
  expect(items).toContainEqual({ name: 'Klub', members: 1 });
  expect(items.some((one) => one.name === 'Zarząd')).toBe(false);
  expect((await put(anna, [])).groups).toEqual([]);
});

it('400: a group that stands twice, is empty or has a name without end changes nothing', async () => {
  const anna = await newMember();
  await put(anna, ['Klub']);
  for (const groups of [['A', 'A'], [''], ['x'.repeat(41)], Array.from({ length: 21 }, (_, i) => `g${i}`)]) {
    expect((await shop.call('PATCH', `/members/${anna}`, { groups })).status).toBe(400);
  }
  expect((await shop.api.getMember({ params: { program: shop.code, member: anna } })).groups).toEqual(['Klub']);
});

it('the groups of another program’s members are nobody’s', async () => {
  const other = await app.program({ rules: [] });
  const { items } = await other.api.listMemberGroups({ params: { program: other.code } });
  expect(items).toEqual([]);
});
