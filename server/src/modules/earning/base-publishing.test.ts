import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';
import { replayEnd } from '../../testing/replay-end.ts';
import { signedInStaff } from '../../testing/signed-in.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const plain = { kinds: ['goods', 'service'] as ('goods' | 'service')[], excludedCategories: [] as string[], excludedBrands: [] as string[], excludedSkus: [] as string[], paidWithPointsEarns: false, amounts: 'gross' as const, netRounding: 'nearest' as const, discount: 'after' as const, multipliers: 'add' as const };
const START = Date.UTC(2026, 2, 5, 11);
const DAY = 86_400_000;
const at = (days: number) => new Date(START + days * DAY).toISOString();
const clock = (shop: TestProgram, days: number) => shop.call('POST', '/test-clock', { now: at(days) });

async function shopWithMember() {
  const shop = await app.program({ test: true, startsAt: START });
  const params = { program: shop.code };
  const member = await shop.api.createMember({ params, body: { firstName: 'Anna', card: 'C-1', termsVersion: 1 } });
  let count = 0;
  /** 50 zł of beer: 5 points where it earns. */
  const sale = (occurredAt: string) => shop.api.recordTransaction({ params, body: { source: 'till', externalId: `B-${count += 1}`, kind: 'sale', occurredAt, totalMinor: 5000, member: { id: member.id }, lines: [{ lineId: '1', amountMinor: 5000, category: 'piwo' }] } });
  const pointsOf = async (occurredAt: string) => (await sale(occurredAt)).awards.reduce((sum, one) => sum + one.points, 0);
  const draft = async (part: object) => (await shop.api.changeEarningBase({ params, body: { ...plain, ...part, revision: (await read()).revision } })).revision;
  const read = () => shop.api.getEarningBase({ params });
  const post = (step: string, body: object) => shop.call('POST', `/earning-base/${step}`, body);
  return { shop, params, member, sale, pointsOf, draft, read, post };
}
const noBeer = { excludedCategories: ['piwo'] };

describe('what earns is published for its day', () => {
  it('a sale is decided by the version of its own day, whenever it comes, and so is its return', async () => {
    const { shop, params, sale, pointsOf, draft, read, post } = await shopWithMember();
    const revision = await draft(noBeer);
    expect(await post('publish', { revision, inForceFrom: at(20) })).toMatchObject({ status: 200, body: { excludedCategories: [], version: 1, draft: null, versions: [{ version: 1 }, { version: 2, settings: noBeer, inForceFrom: at(20) }] } });
    expect(await pointsOf(at(0))).toBe(5);
    await clock(shop, 21);
    expect(await read()).toMatchObject({ ...noBeer, version: 2 });
    expect(await pointsOf(at(21))).toBe(0);
    const late = await sale(at(19));
    expect(late.awards.map((one) => one.points)).toEqual([5]);
    const back = await shop.api.recordTransaction({ params, body: { source: 'till', externalId: 'R-1', kind: 'return', occurredAt: at(21), totalMinor: 5000, lines: [{ lineId: '1', amountMinor: 5000, of: { source: 'till', externalId: late.transaction.externalId, lineId: '1' } }] } });
    expect(back.takenBack).toEqual([{ wallet: 'punkty', points: 5, owed: 0 }]);
  });

  it('a rule that is published meanwhile keeps what earns from its planned day on', async () => {
    const { shop, params, pointsOf, draft, post } = await shopWithMember();
    await post('publish', { revision: await draft(noBeer), inForceFrom: at(20) });
    const { items: [rule] } = await shop.api.listRules({ params });
    const { id, revision } = await shop.api.changeRule({ params: { ...params, rule: rule!.id }, body: { revision: rule!.revision, definition: { ...rule!.current!.definition, name: 'Nowa nazwa' } } });
    await shop.api.publishRule({ params: { ...params, rule: id }, body: { revision } });
    expect(await pointsOf(at(0))).toBe(5);
    await clock(shop, 21);
    expect(await pointsOf(at(21))).toBe(0);
  });

  it('what is published later takes the place of what was planned; going back makes a new version of an older one', async () => {
    const { shop, pointsOf, draft, read, post } = await shopWithMember();
    await post('publish', { revision: await draft(noBeer), inForceFrom: at(20) });
    const sketch = await draft({ excludedCategories: ['wino'] });
    expect(await post('rollback', { revision: sketch, version: 1 })).toMatchObject({ status: 200, body: { version: 3, excludedCategories: [], draft: { excludedCategories: ['wino'] } } });
    await clock(shop, 21);
    expect(await read()).toMatchObject({ version: 3 });
    expect(await pointsOf(at(21))).toBe(5);
    expect(await post('rollback', { revision: sketch + 1, version: 9 })).toMatchObject({ status: 404 });
  });
});

describe('what members may lose by', () => {
  it('409 notice_too_short before the program’s notice is over; what takes nothing from anybody is in force at once', async () => {
    const { shop, draft, post } = await shopWithMember();
    const revision = await draft(noBeer);
    expect(await shop.call('GET', '/earning-base/difference')).toMatchObject({ status: 200, body: { changes: [{ field: 'excludedCategories', before: 'brak', after: 'piwo', verdict: 'worse' }], noticeDays: 14, earliest: '2026-03-18T23:00:00.000Z' } });
    expect(await post('publish', { revision })).toMatchObject({ status: 409, body: { code: 'notice_too_short', params: { days: 14 } } });
    expect(await post('publish', { revision, inForceFrom: '2026-03-18T22:59:59Z' })).toMatchObject({ status: 409 });
    expect(await post('publish', { revision, inForceFrom: '2026-03-18T23:00:00Z' })).toMatchObject({ status: 200 });
    expect(await post('publish', { revision: await draft({ kinds: ['goods', 'service', 'shipping'] }) })).toMatchObject({ status: 200, body: { version: 3 } });
  });

  it('409 notice_too_short: a planned change for the better is a promise, and what was announced for later does not come sooner', async () => {
    const { draft, post } = await shopWithMember();
    await post('publish', { revision: await draft({ kinds: ['goods', 'service', 'shipping'] }), inForceFrom: at(5) });
    expect(await post('publish', { revision: await draft({}) })).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
    expect(await post('publish', { revision: await draft(noBeer), inForceFrom: at(20) })).toMatchObject({ status: 200 });
    expect(await post('publish', { revision: await draft({ ...noBeer }), inForceFrom: at(6) })).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
  });

  it('200: where no rule runs nobody loses, so nothing waits', async () => {
    const { shop, params, draft, post } = await shopWithMember();
    const { items: [rule] } = await shop.api.listRules({ params });
    await shop.api.pauseRule({ params: { ...params, rule: rule!.id }, body: { revision: rule!.revision, despiteNotice: true } });
    expect(await post('publish', { revision: await draft(noBeer) })).toMatchObject({ status: 200, body: { version: 2 } });
  });

  it('409 rule_starts_in_past, 409 nothing_to_publish, 412 rule_changed_meanwhile: nothing is published', async () => {
    const { draft, read, post } = await shopWithMember();
    expect(await post('publish', { revision: 0 })).toMatchObject({ status: 409, body: { code: 'nothing_to_publish' } });
    const revision = await draft(noBeer);
    expect(await post('publish', { revision, inForceFrom: at(-1), despiteNotice: true })).toMatchObject({ status: 409, body: { code: 'rule_starts_in_past' } });
    expect(await post('publish', { revision: 0, despiteNotice: true })).toMatchObject({ status: 412 });
    expect(await post('discard', { revision })).toMatchObject({ status: 200, body: { draft: null } });
    expect(await post('discard', { revision: revision + 1 })).toMatchObject({ status: 409, body: { code: 'nothing_to_publish' } });
    expect(await read()).toMatchObject({ versions: { length: 1 }, revision: 2 });
  });

  it('is told by a replay of history with the draft, before it is published', async () => {
    const { shop, params, sale, draft } = await shopWithMember();
    for (const _ of [1, 2]) await sale(at(0));
    await clock(shop, 1);
    await expect(shop.api.startReplay({ params, body: { from: '2026-03-01', until: '2026-03-31', changes: [], base: 'draft' } })).rejects.toMatchObject({ problem: { status: 409, code: 'nothing_to_publish' } });
    await draft(noBeer);
    const asked = await shop.api.startReplay({ params, body: { from: '2026-03-01', until: '2026-03-31', changes: [], base: 'draft' } });
    expect(asked.base).toBe(true);
    const { result } = await replayEnd(app, shop, asked.id);
    expect(result).toMatchObject({ now: { earned: 10 }, draft: { earned: 0 }, members: { losing: 1 }, check: { differing: 0 } });
  });
});

describe('two people', () => {
  it('what one proposed another publishes; neither the one nor a key does, a new draft ends the proposal, and nothing counts before', async () => {
    const { shop, pointsOf, draft, read, post } = await shopWithMember();
    const person = async (name: string) => { const ask = await signedInStaff(app, shop, name); return (step: string, body: object) => ask('POST', `/earning-base/${step}`, body); };
    const [marek, ewa] = [await person('marek'), await person('ewa')];
    expect((await shop.call('PATCH', '', { secondPerson: true })).status).toBe(200);
    const revision = await draft(noBeer);
    expect(await marek('publish', { revision, despiteNotice: true })).toMatchObject({ status: 200, body: { version: 1, proposal: { by: 'marek', version: null }, draft: noBeer } });
    expect(await pointsOf(at(0))).toBe(5);
    for (const one of [marek, post]) expect(await one('approve', { revision: revision + 1 })).toMatchObject({ status: 403, body: { code: 'approval_not_yours' } });
    expect(await ewa('decline', { revision: revision + 1 })).toMatchObject({ status: 200, body: { proposal: null, draft: noBeer } });
    expect(await ewa('approve', { revision: revision + 2 })).toMatchObject({ status: 409, body: { code: 'nothing_to_approve' } });
    await marek('publish', { revision: revision + 2, despiteNotice: true });
    const answers = await Promise.all([1, 2].map(() => ewa('approve', { revision: revision + 3 })));
    expect(answers.map((one) => one.status).sort()).toEqual([200, 412]);
    expect(await read()).toMatchObject({ version: 2, proposal: null, draft: null, versions: { 1: { publishedBy: 'marek' } } });
    expect(await pointsOf(at(0))).toBe(0);
    await marek('publish', { revision: await draft({}), despiteNotice: true });
    expect(await read()).toMatchObject({ proposal: { by: 'marek' } });
    await draft({ discount: 'before' });
    expect(await read()).toMatchObject({ proposal: null });
  });
});
