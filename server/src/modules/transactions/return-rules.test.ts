import type { RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseHash } from '../../contract-tests/database-hash.ts';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';
import { replayed, storedAccounts } from '../../testing/replayed.ts';

const onReturn = (name: string, more: Partial<RuleDefinition>): RuleDefinition => ({
  name, wallet: 'punkty', trigger: { kind: 'event', type: 'return' }, when: null, lines: null, effect: { kind: 'fixed', points: 30 }, schedule: { from: null, until: null }, priority: 100, exclusiveGroup: null,
  caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: null, ...more,
});
const NO_CAPS = { perTransaction: null, perMemberDay: null, perProgram: null };
const { trigger: _, ...purchase } = onReturn('Za zakup', { effect: { kind: 'perAmount', points: 1, perMinor: 1000, rounding: 'down', per: 'transaction' } });
const APOLOGY = onReturn('Przeprosiny', { when: { attribute: 'event.field.reason', operator: 'is', value: 'reklamacja' }, caps: { ...NO_CAPS, perMemberMonth: 60 } });
const PACKAGES = onReturn('Opakowania', { lines: { attribute: 'line.category', operator: 'is', value: 'Opakowania' }, effect: { kind: 'perUnit', points: 2, perThousandths: 1000, rounding: 'down', per: 'transaction' } });

const LARGE = onReturn('Duży zwrot', { when: { attribute: 'transaction.total', operator: 'atLeast', value: 100_000 } });

let app: TestApp;
let shop: TestProgram;
beforeAll(async () => {
  app = await testApp();
  shop = await app.program({ rules: [purchase, APOLOGY, PACKAGES, LARGE] });
});
afterAll(() => app.close());

let count = 0;
const now = () => new Date().toISOString();
const params = () => ({ program: shop.code });
const newMember = async () => (await shop.api.createMember({ params: params(), body: { firstName: 'Anna', card: `RETURN-${count += 1}`, termsVersion: 1 } })).id;
const balance = async (member: string) => { const [one] = (await shop.api.getBalances({ params: { ...params(), member } })).balances; return one!.available - one!.debt; };
const key = () => ({ source: 'till', externalId: `RR-${count += 1}`, occurredAt: now() });
const record = (body: object) => shop.api.recordTransaction({ params: params(), body: { ...key(), ...body } as never });
const LINES = [{ lineId: '1', category: 'Kawa', quantity: 2, amountMinor: 10_000 }, { lineId: '2', category: 'Opakowania', quantity: 3, amountMinor: 300 }, { lineId: '3', category: 'Gratis', quantity: 1, amountMinor: 0 }];
const sale = async (member: string) => (await record({ kind: 'sale', totalMinor: 10_300, lines: LINES, member: { id: member } })).transaction.externalId;
const back = (of: string, lineId: string, quantity: number, amountMinor: number, more: object = {}) =>
  ({ kind: 'return', totalMinor: amountMinor, lines: [{ lineId: '1', quantity, amountMinor, of: { source: 'till', externalId: of, lineId } }], ...more });
const complaint = { attributes: { reason: 'reklamacja' } };
const eventsOf = async (member: string) => (await shop.api.listTransactions({ params: params(), query: { member, kind: 'event' } })).items;

describe('a rule that answers to returns', () => {
  it('200: the return takes back what its lines earned, then earns what the rule gives; one answer, two documents, a reason for each', async () => {
    const member = await newMember();
    const answer = await record(back(await sale(member), '1', 1, 5_000, complaint));
    expect(answer).toMatchObject({ takenBack: [{ wallet: 'punkty', points: 5 }], awards: [{ rule: 'Przeprosiny', points: 30, reason: '30\u00a0punktów za zwrot.' }], notApplied: [{ rule: 'Opakowania' }, { rule: 'Duży zwrot', reason: expect.stringContaining('zwrot był za 50') as string }] });
    expect(await balance(member)).toBe(10 - 5 + 30);
    const history = await shop.api.listHistory({ params: { ...params(), member } });
    expect(history.items.slice(0, 2)).toMatchObject([{ points: 30, reason: 'Za zwrot „reklamacja”' }, { points: -5 }]);
    const why = await shop.api.explainTransfer({ params: { ...params(), transfer: history.items[0]!.id } });
    expect(why.lines).toMatchObject([{ name: 'Kawa', amountMinor: 5_000, points: 30, counted: true }]);
    const [told] = await eventsOf(member);
    const page = await shop.api.getTransaction({ params: { ...params(), transaction: told!.id } });
    expect(page).toMatchObject({ event: 'return', totalMinor: 5_000, fields: { reason: 'reklamacja', ofPurchase: true, daysSincePurchase: 0 }, lines: [{ category: 'Kawa', quantity: 1, amountMinor: 5_000 }] });
    expect(page.related).toMatchObject([{ id: answer.transaction.id, kind: 'return' }]);
    expect((await shop.api.getTransaction({ params: { ...params(), transaction: answer.transaction.id } })).related.map((one) => one.kind).sort()).toEqual(['event', 'sale']);
    expect(await shop.api.getMember({ params: { ...params(), member } })).toMatchObject({ salesCount: 1, spentMinor: 5_300 });
  });

  it('200: lines are told as the articles that were bought, or as the till tells them where no sale is named; a category that nobody told earns nothing', async () => {
    const member = await newMember();
    expect((await record(back(await sale(member), '2', 3, 300))).awards).toMatchObject([{ rule: 'Opakowania', points: 6 }]);
    const atTheDesk = await record({ kind: 'return', totalMinor: 400, member: { id: member }, lines: [{ lineId: '1', category: 'Opakowania', quantity: 4, amountMinor: 400 }, { lineId: '2', category: 'Kawa', quantity: 9, amountMinor: 0 }] });
    expect(atTheDesk.awards).toMatchObject([{ rule: 'Opakowania', points: 8 }]);
    expect((await record({ kind: 'return', totalMinor: 400, member: { id: member } })).awards).toEqual([]);
  });

  it('200: what was given back already brings nothing the second time', async () => {
    const member = await newMember();
    const bought = await sale(member);
    await record(back(bought, '1', 2, 10_000, complaint));
    const again = await record(back(bought, '1', 2, 10_000, complaint));
    expect(again).toMatchObject({ awards: [], takenBack: [], excess: [{ lineId: '1', quantity: 2 }] });
    expect(await eventsOf(member)).toHaveLength(1);
  });

  it('200: twenty at once with one key earn once, and each repeat gets the first answer', async () => {
    const member = await newMember();
    const body = { ...key(), ...back(await sale(member), '1', 1, 5_000, complaint) };
    const answers = await Promise.all(Array.from({ length: 20 }, () => shop.call('POST', '/transactions', body)));
    expect(answers.map((one) => [one.status, (one.body as unknown as { awards: { points: number }[] }).awards.map((award) => award.points)])).toEqual(answers.map(() => [200, [30]]));
    expect([await eventsOf(member).then((list) => list.length), await balance(member)]).toEqual([1, 35]);
  });

  it('200: a preview says the same and leaves nothing', async () => {
    const member = await newMember();
    const body = back(await sale(member), '1', 1, 5_000, { ...complaint, occurredAt: now() });
    const before = await databaseHash(app);
    const told = await shop.api.previewTransaction({ params: params(), body: body as never });
    expect(told).toMatchObject({ takenBack: [{ points: 5 }], awards: [{ points: 30 }], balances: [{ available: 35 }] });
    expect(await databaseHash(app)).toEqual(before);
  });

  it('200: a return that came before its sale earns when that comes, once, for whoever has it; one of nobody, or of a blocked member, earns nothing', async () => {
    const member = await newMember();
    const early = { source: 'till', externalId: `RR-${count += 1}` };
    const parked = await record(back(early.externalId, '1', 1, 5_000, complaint));
    expect(parked).toMatchObject({ awards: [], transaction: { state: 'parked' } });
    await shop.api.recordTransaction({ params: params(), body: { ...early, kind: 'sale', occurredAt: now(), totalMinor: 10_300, lines: LINES, member: { id: member } } as never });
    expect([await balance(member), (await eventsOf(member)).length]).toEqual([35, 1]);
    expect((await record({ kind: 'return', totalMinor: 100, ...complaint })).awards).toEqual([]);
    await shop.api.blockMember({ params: { ...params(), member }, body: { reason: 'sprawdzamy' } });
    expect(await record({ kind: 'return', totalMinor: 100, member: { id: member }, ...complaint })).toMatchObject({ transaction: { state: 'booked' }, awards: [] });
  });

  it('200: a return of two sales, one of which comes later, tells of both', async () => {
    const member = await newMember();
    const [first, late] = [await sale(member), `RR-${count += 1}`];
    await record({ kind: 'return', totalMinor: 300, lines: [first, late].map((externalId, at) => ({ lineId: `${at}`, quantity: at + 1, amountMinor: 100 * (at + 1), of: { source: 'till', externalId, lineId: '2' } })) });
    expect(await eventsOf(member)).toEqual([]);
    await shop.api.recordTransaction({ params: params(), body: { source: 'till', externalId: late, kind: 'sale', occurredAt: now(), totalMinor: 10_300, lines: LINES, member: { id: member } } as never });
    const [told] = await eventsOf(member);
    expect((await shop.api.getTransaction({ params: { ...params(), transaction: told!.id } })).awards).toMatchObject([{ rule: 'Opakowania', points: 6 }]);
  });

  it('200: returns of a sale that nobody had earn when it is claimed, by the rules of their own day, each once', async () => {
    const member = await newMember();
    const lost = await record({ kind: 'sale', totalMinor: 10_300, lines: LINES });
    const { externalId } = lost.transaction;
    const returned = [await record(back(externalId, '1', 1, 5_000, complaint)), await record(back(externalId, '2', 3, 300))];
    expect(returned.map(({ awards, transaction }) => [awards.length, transaction.member])).toEqual([[0, null], [0, null]]);
    const claimed = await shop.api.claimTransaction({ params: { ...params(), transaction: lost.transaction.id }, body: { member: { id: member } } });
    expect(claimed).toMatchObject({ awards: [{ points: 10 }], takenBack: [{ points: 5 }], balances: [{ available: 5 + 30 + 6 }] });
    expect((await eventsOf(member)).map((one) => one.points).sort()).toEqual([30, 6]);
    // Only after the claim: it is an ordinary return from then on.
    expect((await record(back(externalId, '1', 1, 5_000, complaint))).awards).toMatchObject([{ points: 30 }]);
    expect([await balance(member), (await eventsOf(member)).length]).toEqual([30 + 6 + 30, 3]);
  });

  it('200: a return of a member\'s sale and one of nobody is told once, to that member; the claim of the other tells it nobody again', async () => {
    const [member, finder] = [await newMember(), await newMember()];
    const lost = await record({ kind: 'sale', totalMinor: 10_300, lines: LINES });
    const both = [await sale(member), lost.transaction.externalId].map((externalId, at) => ({ lineId: `${at}`, quantity: 1, amountMinor: 100, of: { source: 'till', externalId, lineId: '2' } }));
    expect((await record({ kind: 'return', totalMinor: 200, lines: both })).awards).toMatchObject([{ rule: 'Opakowania', points: 4 }]);
    await shop.api.claimTransaction({ params: { ...params(), transaction: lost.transaction.id }, body: { member: { id: finder } } });
    expect([await eventsOf(finder), (await eventsOf(member)).length]).toEqual([[], 1]);
  });

  it('200: a claim gives what a correction made of the sale meanwhile, less what came back of that', async () => {
    const member = await newMember();
    const lost = await record({ kind: 'sale', totalMinor: 10_300, lines: LINES });
    const corrected = await record({ kind: 'correction', totalMinor: 8_000, lines: [{ lineId: '1', category: 'Kawa', quantity: 2, amountMinor: 8_000 }], of: { source: 'till', externalId: lost.transaction.externalId } });
    await record(back(corrected.transaction.externalId, '1', 1, 4_000, complaint));
    await shop.api.claimTransaction({ params: { ...params(), transaction: lost.transaction.id }, body: { member: { id: member } } });
    expect(await balance(member)).toBe(4 + 30);
    expect(await shop.api.getMember({ params: { ...params(), member } })).toMatchObject({ salesCount: 1, spentMinor: 4_000 });
    expect((await shop.api.getTransaction({ params: { ...params(), transaction: corrected.transaction.id } }))).toMatchObject({ member, state: 'booked', awards: [{ points: 8 }] });
  });

  it('200: a return of a sale of nobody and of its correction at once is told once by the claim', async () => {
    const member = await newMember();
    const lost = await record({ kind: 'sale', totalMinor: 10_300, lines: LINES });
    const corrected = await record({ kind: 'correction', totalMinor: 8_000, lines: [{ lineId: '1', category: 'Kawa', quantity: 2, amountMinor: 8_000 }], of: { source: 'till', externalId: lost.transaction.externalId } });
    const both = [lost, corrected].map(({ transaction: { externalId } }, at) => ({ lineId: `${at}`, quantity: 1, amountMinor: 4_000, of: { source: 'till', externalId, lineId: '1' } }));
    await record({ kind: 'return', totalMinor: 8_000, lines: both, ...complaint });
    await shop.api.claimTransaction({ params: { ...params(), transaction: lost.transaction.id }, body: { member: { id: member } } });
    expect([await balance(member), (await eventsOf(member)).length]).toEqual([4 + 30, 1]);
  });

  it('200: a monthly limit counts returns; voiding what one earned gives it back and frees the limit', async () => {
    const member = await newMember();
    const earned = async () => (await record({ kind: 'return', totalMinor: 100, member: { id: member }, ...complaint })).awards.map((award) => award.points);
    expect([await earned(), await earned(), await earned()]).toEqual([[30], [30], []]);
    const told = (await eventsOf(member)).at(-1)!;
    await shop.api.voidTransaction({ params: { ...params(), transaction: told.id }, body: { reason: 'to nie była reklamacja' } });
    expect(await balance(member)).toBe(30);
    expect(await earned()).toEqual([30]);
  });

  it('200: a correction that takes a return back takes back what it earned, and no purchase is counted twice', async () => {
    const member = await newMember();
    const returned = await record(back(await sale(member), '1', 1, 5_000, complaint));
    const corrected = await record({ kind: 'correction', totalMinor: 0, of: { source: 'till', externalId: returned.transaction.externalId } });
    expect(corrected.takenBack).toMatchObject([{ points: 30 }]);
    expect(await balance(member)).toBe(10);
    expect(await shop.api.getMember({ params: { ...params(), member } })).toMatchObject({ salesCount: 1, spentMinor: 10_300 });
  });

  it('history booked again is the ledger, to the lot, also for returns and purchases of one instant', async () => {
    const mixed = await app.program({ rules: [purchase, APOLOGY, PACKAGES, onReturn('Pierwszy zwrot', { when: { attribute: 'history.salesCount', operator: 'below', value: 3 }, effect: { kind: 'fixed', points: 7 } })], test: true, startsAt: Date.parse('2026-03-02T08:00:00Z') });
    const [anna, jan] = await Promise.all(['A', 'B'].map(async (card) => (await mixed.api.createMember({ params: { program: mixed.code }, body: { firstName: 'Ola', card: `${mixed.code}-${card}`, termsVersion: 1 } })).id));
    const at = { source: 'till', occurredAt: '2026-03-02T07:00:00Z' };
    const bought = (externalId: string, member: string) => ({ ...at, externalId, kind: 'sale', totalMinor: 10_300, lines: LINES, member: { id: member } });
    const given = (externalId: string, of: string) => ({ ...at, externalId, ...back(of, '2', 1, 100, complaint) });
    const { results } = await mixed.api.recordTransactions({ params: { program: mixed.code }, body: { transactions: [bought('S1', anna!), given('R1', 'S1'), bought('S2', anna!), given('R0', 'S4'), given('R2', 'S2'), bought('S3', anna!), bought('S4', jan!), given('R3', 'S3'), given('R4', 'S4')] as never } });
    expect(results.map(({ status }) => status)).toEqual(results.map(() => 200));
    for (const byKernel of [false, true]) {
      const { result, accounts } = await replayed(app.deps, mixed.id, {}, byKernel);
      expect(result.difference).toEqual({ documents: 0, checked: 9, first: null });
      if (!byKernel) expect(accounts).toEqual(await storedAccounts(app.ask, mixed.id));
    }
  });

  it('no rule, no event: a return is only what it takes back', async () => {
    const plain = await app.program({ rules: [purchase] });
    const { id } = await plain.api.createMember({ params: { program: plain.code }, body: { firstName: 'Ola', card: 'P-1', termsVersion: 1 } });
    await plain.api.recordTransaction({ params: { program: plain.code }, body: { source: 'till', externalId: 'X', kind: 'return', occurredAt: now(), totalMinor: 100, member: { id } } as never });
    expect((await plain.api.listTransactions({ params: { program: plain.code }, query: { kind: 'event' } })).items).toEqual([]);
  });

  it('a void takes the whole back with what was free in it', async () => {
    const gift = await app.program({ rules: [{ ...purchase, name: 'Za wizytę', effect: { kind: 'fixed', points: 9 } }] });
    const { id } = await gift.api.createMember({ params: { program: gift.code }, body: { firstName: 'Ola', card: 'G-1', termsVersion: 1 } });
    const { transaction } = await gift.api.recordTransaction({ params: { program: gift.code }, body: { ...key(), kind: 'sale', totalMinor: 10_300, lines: LINES, member: { id } } as never });
    const answer = await gift.api.voidTransaction({ params: { program: gift.code, transaction: transaction.id }, body: { reason: 'pomyłka' } });
    expect(answer.balances[0]!.available).toBe(0);
  });
});
