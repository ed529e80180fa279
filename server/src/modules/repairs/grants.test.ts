import type { RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testApp, type TestApp } from '../../testing/app.ts';
import { PERIOD, repairLives, RIGHT, type Life } from '../../testing/repair-lives.ts';
import { replayed, storedAccounts } from '../../testing/replayed.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());
const { live, sale, post, draftRight, counted, booked, undone, sound, settled, nets } = repairLives(() => app);

const NO_CAPS = { perTransaction: null, perMemberDay: null, perProgram: null };
const gives = (code: string, over: Partial<RuleDefinition> = {}, what: 'badge' | 'coupon' | 'ticket' | 'tag' = 'badge'): RuleDefinition => ({ ...RIGHT, name: 'Odznaka', effect: { kind: 'grant', what, code, count: 1 }, caps: NO_CAPS, ...over });
const atLeast = (value: number) => ({ attribute: 'transaction.total', operator: 'atLeast', value });
/** What every member has of grants of rules, as `code × pieces`. */
async function has({ shop, params, members }: Life): Promise<string[][]> {
  return Promise.all(members.map(async ({ id }) => {
    const sums = new Map<string, number>();
    for (const one of (await shop.api.listMemberGrants({ params: { ...params, member: id } })).items) sums.set(one.code, (sums.get(one.code) ?? 0) + one.kept);
    return [...sums].filter(([, kept]) => kept > 0).map(([code, kept]) => `${code} × ${kept}`).sort();
  }));
}

it('shows before booking what is given anew and taken back, books just that, tells the outbox, finds nothing more, and undoes it as one batch', async () => {
  const life = await live(gives('stary', { when: atLeast(5_000) }));
  const { shop, params, members } = life;
  await sale(life, 0, 10_000);
  await sale(life, 0, 6_000);
  await sale(life, 1, 3_000);
  await sale(life, 2, 7_000);
  await shop.api.closeMember({ params: { ...params, member: members[2]!.id }, body: { reason: 'na prośbę' } });
  const before = [['stary × 2'], [], ['stary × 1']];
  expect(await has(life)).toEqual(before);
  // Right: another badge, from 30 zł on.
  await draftRight(life, gives('nowy', { when: atLeast(3_000) }));
  const { id, result } = await counted(life);
  expect(result).toMatchObject({ bookable: true, wallets: [], grants: [
    { what: 'badge', code: 'nowy', members: 2, given: 3, taken: 0, kept: 0 },
    { what: 'badge', code: 'stary', members: 2, given: 0, taken: 2, kept: 1 },
  ] });
  expect((await shop.api.getRepairTable({ params: { ...params, repair: id } })).text).toContain(`${members[0]!.id},A…,,,,,,odznaka: stary,,,0,2,0`);
  expect(await has(life)).toEqual(before);
  await booked(life, id);
  expect(await has(life)).toEqual([['nowy × 2'], ['nowy × 1'], ['stary × 1']]);
  const told = async () => (await app.ask<{ type: string; code: string }>(`select type, body ->> 'code' as code from outbox where program_id = $1 and type like 'grant.%' order by id`, [shop.id])).slice(3).map((one) => `${one.type} ${one.code}`).sort();
  expect(await told()).toEqual(['grant.given nowy', 'grant.given nowy', 'grant.given nowy', 'grant.revoked stary', 'grant.revoked stary']);
  expect((await counted(life)).result).toMatchObject({ bookable: true, grants: [{ what: 'badge', code: 'stary', members: 1, given: 0, taken: 0, kept: 1 }] });
  await undone(life, id);
  expect(await has(life)).toEqual(before);
  expect(await sound(life)).toEqual([]);
});

it.each(['coupon', 'ticket', 'tag'] as const)('a %s that the wrong rule gave too often is taken back as often, and a return that came between takes it once', async (what) => {
  const life = await live(gives('kod', { effect: { kind: 'grant', what, code: 'kod', count: 3, perMinor: 1_000 } as never }, what));
  const sold = await sale(life, 0, 2_000);
  await sale(life, 1, 2_000);
  expect(await has(life)).toEqual([['kod × 6'], ['kod × 6'], []]);
  await draftRight(life, gives('kod', { effect: { kind: 'grant', what, code: 'kod', count: 1, perMinor: 1_000 } as never }, what));
  const { id, result } = await counted(life);
  expect(result!.grants).toEqual([{ what, code: 'kod', members: 2, given: 0, taken: 8, kept: 0 }]);
  await post(life, { kind: 'return', totalMinor: 2_000, of: { source: 'till', externalId: sold.transaction.externalId } });
  const { result: after } = await booked(life, id);
  expect(after!.grants).toEqual([{ what, code: 'kod', members: 2, given: 0, taken: 4, kept: 4 }]);
  expect(await has(life)).toEqual([[], ['kod × 2'], []]);
  await undone(life, id);
  expect(await has(life)).toEqual([[], ['kod × 6'], []]);
});

it('a repair of a repair starts from what stands, and the first one’s grants go when the second says so', async () => {
  const life = await live(gives('a'));
  await sale(life, 0, 1_000);
  await draftRight(life, gives('b'));
  await booked(life, (await counted(life)).id);
  expect((await has(life))[0]).toEqual(['b × 1']);
  await draftRight(life, gives('a'));
  const second = await counted(life);
  expect(second.result!.grants).toEqual([{ what: 'badge', code: 'a', members: 1, given: 1, taken: 0, kept: 0 }, { what: 'badge', code: 'b', members: 1, given: 0, taken: 1, kept: 0 }]);
  await booked(life, second.id);
  expect((await has(life))[0]).toEqual(['a × 1']);
  await undone(life, second.id);
  expect((await has(life))[0]).toEqual(['b × 1']);
});

it('what a repair gave by a document that gives nothing by either rule is taken by the next one; an account closed meanwhile stays as it is', async () => {
  const life = await live(gives('a', { when: atLeast(5_000) }));
  const { shop, params, members } = life;
  for (const who of [0, 1]) await sale(life, who, 3_000);
  await draftRight(life, gives('a', { when: atLeast(1_000) }));
  await booked(life, (await counted(life)).id);
  expect(await has(life)).toEqual([['a × 1'], ['a × 1'], []]);
  await draftRight(life, gives('a', { when: atLeast(4_000) }));
  const second = await counted(life);
  expect(second.result!.grants).toEqual([{ what: 'badge', code: 'a', members: 2, given: 0, taken: 2, kept: 0 }]);
  await booked(life, second.id);
  expect(await has(life)).toEqual([[], [], []]);
  await draftRight(life, gives('a', { when: atLeast(2_000) }));
  const third = await counted(life);
  await booked(life, third.id);
  await shop.api.closeMember({ params: { ...params, member: members[1]!.id }, body: { reason: 'na prośbę' } });
  await undone(life, third.id);
  expect(await has(life)).toEqual([[], ['a × 1'], []]);
});

it('a sale after a repair sees the badge that it gave, and so does a replay; points of rules that ask for it follow', async () => {
  const asks: RuleDefinition = { ...RIGHT, name: 'Za odznakę', when: { attribute: 'member.badge', operator: 'includesAny', value: ['nowy'] }, effect: { kind: 'fixed', points: 7 }, caps: NO_CAPS };
  const life = await live(gives('stary'));
  const { shop, params } = life;
  const { id: rule, revision } = await shop.api.createRule({ params, body: { definition: asks as never } });
  await shop.api.publishRule({ params: { ...params, rule }, body: { revision } });
  const points = async () => { const before = (await nets(life))[0]!; await sale(life, 0, 1_000); return (await nets(life))[0]! - before; };
  expect([await points(), await points()]).toEqual([0, 0]);
  await draftRight(life, gives('nowy'));
  const { id, result } = await counted(life);
  // The second sale would have seen the badge of the first: its points follow as well.
  expect(result).toMatchObject({ bookable: true, wallets: [{ wallet: 'punkty', added: 7, taken: 0 }] });
  await booked(life, id);
  expect(await points()).toBe(7);
  const same = async () => {
    const { result: again, accounts } = await replayed(app.deps, shop.id);
    expect(again.difference).toMatchObject({ documents: 0, first: null });
    expect(accounts).toEqual(await storedAccounts(app.ask, shop.id));
  };
  await same();
  await undone(life, id);
  expect(await points()).toBe(0);
  await same();
  expect((await settled(shop, (await shop.api.startRepair({ params, body: { rule: life.rule, ...PERIOD } })).id)).result).toMatchObject({ bookable: true });
});
