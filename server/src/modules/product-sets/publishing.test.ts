import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobHandlers } from '../../app.ts';
import { runNextJob } from '../../platform/jobs.ts';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';
import { replayEnd } from '../../testing/replay-end.ts';
import { signedInStaff } from '../../testing/signed-in.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const START = Date.UTC(2026, 2, 5, 11);
const DAY = 86_400_000;
const at = (days: number) => new Date(START + days * DAY).toISOString();
type Lines = object;
const inSet: Lines = { attribute: 'line.sku', operator: 'inSet', value: 'Kawy' };

/** A program with a set of the codes A and B, a rule that gives 10 points for an article of it, and a member. */
async function shopWithSet(lines: Lines | null = inSet, more: object = {}) {
  const shop = await app.program({ rules: [], test: true, startsAt: START });
  const params = { program: shop.code };
  const set = await shop.api.createProductSet({ params, body: { name: 'Kawy', codes: ['A', 'B'] } });
  if (lines) {
    const rule = await shop.api.createRule({ params, body: { definition: { name: 'Za kawy', wallet: 'punkty', when: null, lines: lines as never, effect: { kind: 'perAmount', points: 1, perMinor: 100, rounding: 'down', per: 'transaction' }, schedule: { from: null, until: null }, priority: 0, exclusiveGroup: null, caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: null, ...more } } });
    await shop.api.publishRule({ params: { ...params, rule: rule.id }, body: { revision: rule.revision } });
  }
  const member = await shop.api.createMember({ params, body: { firstName: 'Anna', card: 'C-1', termsVersion: 1 } });
  let count = 0;
  /** 10 zł of one article: 10 points where the rule counts it. */
  const sale = (sku: string, occurredAt: string) => shop.api.recordTransaction({ params, body: { source: 'till', externalId: `S-${count += 1}`, kind: 'sale', occurredAt, totalMinor: 1000, member: { id: member.id }, lines: [{ lineId: '1', sku, amountMinor: 1000 }] } });
  const pointsOf = async (sku: string, occurredAt: string) => (await sale(sku, occurredAt)).awards.reduce((sum, one) => sum + one.points, 0);
  const path = `/product-sets/${set.id}`;
  const read = () => shop.api.getProductSet({ params: { ...params, set: set.id } });
  const draft = async (codes: string[], keep = false) => (await shop.api.changeProductSet({ params: { ...params, set: set.id }, body: { revision: (await read()).revision, codes, keep } })).revision;
  const post = (step: string, body: object) => shop.call('POST', `${path}/${step}`, body);
  const clock = (days: number) => shop.call('POST', '/test-clock', { now: at(days) });
  return { shop, params, id: set.id, path, sale, pointsOf, read, draft, post, clock };
}

describe('codes of a set are published for their day', () => {
  it('a draft changes nothing; a sale is decided by the codes of its own day, whenever it comes, and so is its return', async () => {
    const { shop, params, sale, pointsOf, draft, read, post, clock } = await shopWithSet();
    const revision = await draft(['C'], true);
    expect(await read()).toMatchObject({ version: 1, size: 2, draft: { size: 3 } });
    expect(await pointsOf('C', at(0))).toBe(0);
    expect(await post('publish', { revision, inForceFrom: at(5) })).toMatchObject({ status: 200, body: { version: 1, size: 2, draft: null, versions: [{ version: 1 }, { version: 2, size: 3, inForceFrom: at(5), withdrawnBy: null }] } });
    expect(await pointsOf('C', at(0))).toBe(0);
    await clock(6);
    expect([await pointsOf('C', at(6)), await pointsOf('C', at(4))]).toEqual([10, 0]);
    expect(await read()).toMatchObject({ version: 2, size: 3 });
    const old = await sale('A', at(4));
    await post('publish', { revision: await draft(['C']), despiteNotice: true });
    expect([await pointsOf('A', at(6)), await pointsOf('A', at(5.5))]).toEqual([0, 10]);
    const back = await shop.api.recordTransaction({ params, body: { source: 'till', externalId: 'R-1', kind: 'return', occurredAt: at(6), totalMinor: 1000, lines: [{ lineId: '1', sku: 'A', amountMinor: 1000, of: { source: 'till', externalId: old.transaction.externalId, lineId: '1' } }] } });
    expect(back.takenBack).toMatchObject([{ points: 10 }]);
  });

  it('going back takes the place of what was planned and leaves the draft; a rule published meanwhile keeps the planned codes', async () => {
    const { shop, params, pointsOf, draft, post, clock, path } = await shopWithSet();
    await post('publish', { revision: await draft(['A', 'B', 'C']), inForceFrom: at(5) });
    const { items: [rule] } = await shop.api.listRules({ params });
    const changed = await shop.api.changeRule({ params: { ...params, rule: rule!.id }, body: { revision: rule!.revision, definition: { ...rule!.current!.definition, name: 'Nowa nazwa' } } });
    await shop.api.publishRule({ params: { ...params, rule: rule!.id }, body: { revision: changed.revision } });
    expect(await pointsOf('C', at(0))).toBe(0);
    await clock(6);
    expect(await pointsOf('C', at(6))).toBe(10);
    await post('publish', { revision: await draft(['A', 'B', 'C', 'D']), inForceFrom: at(30) });
    const sketch = await draft(['E']);
    expect(await shop.call('GET', `${path}/difference?to=1`)).toMatchObject({ status: 200, body: { changes: [{ field: 'leaving', before: 'C', verdict: 'worse' }], withdraws: [{ version: 3 }] } });
    expect(await post('rollback', { revision: sketch, version: 1, despiteNotice: true })).toMatchObject({ status: 200, body: { version: 4, size: 2, draft: { size: 1 }, versions: [{}, {}, { withdrawnBy: 4 }, {}] } });
    await clock(31);
    expect([await pointsOf('D', at(31)), await pointsOf('C', at(31)), await pointsOf('A', at(31))]).toEqual([0, 0, 10]);
    expect(await post('rollback', { revision: sketch + 1, version: 9 })).toMatchObject({ status: 404 });
    expect((await shop.call('GET', `${path}/codes?version=draft`)).body).toEqual({ version: null, codes: ['E'] });
  });
});

describe('a set that a running rule names', () => {
  it('409 notice_too_short when a code leaves it; codes that join take nothing from anybody', async () => {
    const { shop, draft, post, path } = await shopWithSet();
    const revision = await draft(['A', 'C']);
    expect(await shop.call('GET', `${path}/difference`)).toMatchObject({ status: 200, body: { changes: [{ name: 'kody, które odchodzą', before: 'B', after: 'brak', verdict: 'worse' }, { name: 'kody, które dochodzą', after: 'C', verdict: 'better' }], noticeDays: 14, earliest: '2026-03-18T23:00:00.000Z' } });
    expect(await post('publish', { revision })).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
    expect(await post('publish', { revision, inForceFrom: '2026-03-18T23:00:00Z' })).toMatchObject({ status: 200 });
    expect(await post('publish', { revision: await draft(['C'], true) })).toMatchObject({ status: 200, body: { version: 3, size: 3 } });
  });

  it.each([['a code joins what the rule leaves out', { attribute: 'line.sku', operator: 'notInSet', value: 'Kawy' }, {}], ['a code joins a negated test', { none: [inSet] }, {}], ['the rule may take its group from another one', inSet, { exclusiveGroup: 'g' }]])('409 notice_too_short: %s', async (_, lines, more) => {
    const { draft, post } = await shopWithSet(lines, more);
    const revision = await draft(['C'], true);
    expect(await post('publish', { revision })).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
    expect(await post('publish', { revision, despiteNotice: true })).toMatchObject({ status: 200 });
  });

  it('200: of a set that no running rule names nothing can be lost', async () => {
    const { shop, draft, post, path } = await shopWithSet(null);
    const revision = await draft(['C']);
    expect(await shop.call('GET', `${path}/difference`)).toMatchObject({ body: { worse: null, changes: [{ verdict: 'same' }, { verdict: 'same' }] } });
    expect(await post('publish', { revision })).toMatchObject({ status: 200, body: { version: 2 } });
  });

  it('waits for a second person where the program asks for one; neither the one nor a key approves, and a new draft ends the proposal', async () => {
    const { shop, path, draft, post, read, pointsOf } = await shopWithSet();
    const person = async (name: string) => { const ask = await signedInStaff(app, shop, name); return (step: string, body: object) => ask('POST', `${path}/${step}`, body); };
    const [marek, ewa] = [await person('marek'), await person('ewa')];
    await shop.call('PATCH', '', { secondPerson: true });
    const revision = await draft(['C'], true);
    expect(await marek('publish', { revision })).toMatchObject({ status: 200, body: { version: 1, proposal: { by: 'marek', version: null }, draft: { size: 3 } } });
    expect(await pointsOf('C', at(0))).toBe(0);
    for (const one of [marek, post]) expect(await one('approve', { revision: revision + 1 })).toMatchObject({ status: 403, body: { code: 'approval_not_yours' } });
    await draft(['C', 'D'], true);
    expect(await ewa('approve', { revision: revision + 2 })).toMatchObject({ status: 409, body: { code: 'nothing_to_approve' } });
    await marek('publish', { revision: revision + 2 });
    expect(await ewa('approve', { revision: revision + 3 })).toMatchObject({ status: 200, body: { version: 2, proposal: null, draft: null, versions: [{}, { publishedBy: 'marek', size: 4 }] } });
    expect(await pointsOf('D', at(0))).toBe(10);
    await marek('rollback', { revision: (await read()).revision, version: 1, despiteNotice: true });
    expect(await ewa('decline', { revision: (await read()).revision })).toMatchObject({ status: 200, body: { proposal: null, version: 2 } });
  });
});

it('a draft of a set is tried on history before it is published', async () => {
  const { shop, params, id, sale, draft, clock } = await shopWithSet();
  for (const sku of ['A', 'C', 'C']) await sale(sku, at(0));
  await clock(1);
  const ask = { from: '2026-03-01', until: '2026-03-31', changes: [], sets: [id] };
  await expect(shop.api.startReplay({ params, body: ask })).rejects.toMatchObject({ problem: { status: 409, code: 'nothing_to_publish' } });
  await draft(['C']);
  const asked = await shop.api.startReplay({ params, body: ask });
  expect(asked.sets).toEqual(['Kawy']);
  const { state, result } = await replayEnd(app, shop, asked.id);
  expect([state, result]).toMatchObject(['done', { now: { earned: 10 }, draft: { earned: 20 }, check: { differing: 0 } }]);
});

/** A repair by the rule's draft, once it is counted. */
async function repaired(shop: TestProgram, rule: string, days: { from: string; until: string }) {
  const params = { program: shop.code };
  const { id } = await shop.api.startRepair({ params, body: { rule, ...days } });
  for (let turn = 0; turn < 50; turn += 1) {
    const view = await shop.api.getRepair({ params: { ...params, repair: id } });
    if (view.state !== 'waiting' && view.state !== 'running') return view;
    await runNextJob(app.deps, jobHandlers);
  }
  throw new Error('the repair was not counted');
}

it('a repair decides the sales of its days by the codes of those days', async () => {
  const { shop, params, sale, draft, post, clock } = await shopWithSet();
  await sale('A', at(0));
  await clock(3);
  await post('publish', { revision: await draft(['C']), despiteNotice: true });
  const { items: [rule] } = await shop.api.listRules({ params });
  await shop.api.changeRule({ params: { ...params, rule: rule!.id }, body: { revision: rule!.revision, definition: { ...rule!.current!.definition, effect: { kind: 'perAmount', points: 2, perMinor: 100, rounding: 'down', per: 'transaction' } } } });
  expect(await repaired(shop, rule!.id, { from: '2026-03-05', until: '2026-03-06' })).toMatchObject({ state: 'ready', result: { check: { differing: 0 }, wallets: [{ wallet: 'punkty', added: 10, taken: 0 }] } });
});

it('a repair by a rule that names a set which no running rule named decides each sale by the codes of its own moment', async () => {
  const { shop, params, sale, draft, post, clock } = await shopWithSet({ attribute: 'line.sku', operator: 'is', value: 'A' });
  await sale('A', at(0));
  await sale('C', at(0));
  await clock(3);
  await sale('C', at(3 - 1 / 24));
  await post('publish', { revision: await draft(['A', 'C']) });
  await clock(5);
  for (const day of [3 + 1 / 24, 4]) await sale('C', at(day));
  const { items: [rule] } = await shop.api.listRules({ params });
  await shop.api.changeRule({ params: { ...params, rule: rule!.id }, body: { revision: rule!.revision, definition: { ...rule!.current!.definition, lines: inSet as never } } });
  expect(await repaired(shop, rule!.id, { from: '2026-03-05', until: '2026-03-10' })).toMatchObject({ state: 'ready', result: { check: { differing: 0 }, wallets: [{ wallet: 'punkty', added: 20, taken: 0 }] } });
  // Days that begin after the change know the new codes alone.
  expect(await repaired(shop, rule!.id, { from: '2026-03-09', until: '2026-03-10' })).toMatchObject({ state: 'ready', result: { wallets: [{ wallet: 'punkty', added: 10, taken: 0 }] } });
});
