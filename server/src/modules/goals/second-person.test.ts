import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp } from '../../testing/app.ts';
import { signedInStaff, type SignedIn } from '../../testing/signed-in.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const threshold = (name: string, points: number) => ({ kind: 'threshold', name, description: null, measure: { kind: 'points', wallet: 'punkty' }, at: 100, repeats: false, since: null, onReturn: 'takeBack', reward: { points: { wallet: 'punkty', points }, badge: null, coupon: null } });

/** A shop where two people decide, with the draft of a threshold that its member has reached. */
async function shopOfTwo() {
  const shop = await app.program({ test: true, startsAt: Date.parse('2026-03-02T08:00:00Z') });
  const params = { program: shop.code };
  const anna = await shop.api.createMember({ params, body: { firstName: 'Anna', card: `${shop.code}-A`, termsVersion: 1 } });
  await shop.api.recordTransaction({ params, body: { source: 'till', externalId: 'S1', kind: 'sale', occurredAt: '2026-03-02T08:00:00Z', member: { id: anna.id }, totalMinor: 150_000 } as never });
  await shop.call('PATCH', '', { secondPerson: true });
  const goal = (await shop.call('POST', '/goals', { definition: threshold('Sto punktów', 50) })).body as unknown as { id: string };
  const [marek, ewa] = [await signedInStaff(app, shop, 'marek'), await signedInStaff(app, shop, 'ewa')];
  const read = () => shop.api.getGoal({ params: { ...params, goal: goal.id } });
  const as = (who: SignedIn) => async (step: string) => who('POST', `/goals/${goal.id}/${step}`, { revision: (await read()).revision, ...(step === 'end' && { despiteNotice: true }) });
  const available = async () => {
    const { now } = await shop.api.getTestClock({ params });
    await shop.api.moveTestClock({ params, body: { now: new Date(Date.parse(now) + 60_000).toISOString() } });
    return (await shop.api.getBalances({ params: { ...params, member: anna.id } })).balances[0]!.available;
  };
  return { shop, goal, read, available, marek: as(marek), ewa: as(ewa), key: as((method, path, body) => shop.call(method, path, body)) };
}

describe('a goal of a program where two people decide', () => {
  it('gives nothing until another person agrees: not by the one who asked, not by a key', async () => {
    const { read, available, marek, ewa, key } = await shopOfTwo();
    expect(await ewa('approve')).toMatchObject({ status: 409, body: { code: 'nothing_to_approve' } });
    expect(await marek('publish')).toMatchObject({ status: 200, body: { state: 'draft', current: null, proposal: { step: 'publish', by: 'marek' } } });
    for (const one of [marek, key]) expect(await one('approve')).toMatchObject({ status: 403, body: { code: 'approval_not_yours' } });
    expect(await available()).toBe(150);
    expect(await ewa('approve')).toMatchObject({ status: 200, body: { state: 'active', proposal: null, current: { version: 1, publishedBy: 'marek' } } });
    expect(await available()).toBe(200);
    expect(await ewa('end')).toMatchObject({ status: 200, body: { state: 'active', proposal: { step: 'end', by: 'ewa' } } });
    expect(await marek('decline')).toMatchObject({ status: 200, body: { state: 'active', proposal: null } });
    await ewa('end');
    expect(await marek('approve')).toMatchObject({ status: 200, body: { state: 'ended', proposal: null } });
    expect(await read()).toMatchObject({ state: 'ended' });
  });

  it('a new draft ends what waited: nobody agrees to what they have not seen', async () => {
    const { shop, goal, read, marek, ewa } = await shopOfTwo();
    await marek('publish');
    const seen = (await read()).revision;
    await shop.call('PATCH', `/goals/${goal.id}`, { revision: seen, definition: threshold('Sto punktów', 5000) });
    expect(await ewa('approve')).toMatchObject({ status: 409, body: { code: 'nothing_to_approve' } });
    expect(await shop.call('POST', `/goals/${goal.id}/decline`, { revision: seen })).toMatchObject({ status: 412, body: { code: 'rule_changed_meanwhile' } });
    expect(await read()).toMatchObject({ state: 'draft', proposal: null });
  });

  it('two who agree at once publish it once', async () => {
    const { shop, goal, read, marek, ewa } = await shopOfTwo();
    const owner = await signedInStaff(app, shop, 'ala', 'owner');
    await marek('publish');
    const { revision } = await read();
    const answers = await Promise.all([ewa('approve'), ...Array.from({ length: 3 }, () => owner('POST', `/goals/${goal.id}/approve`, { revision }))]);
    expect(answers.filter((one) => one.status === 200)).toHaveLength(1);
    expect(await read()).toMatchObject({ state: 'active', versions: [{ version: 1 }] });
  });
});
