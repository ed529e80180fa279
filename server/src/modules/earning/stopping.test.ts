import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp } from '../../testing/app.ts';
import { publishingShop } from '../../testing/publishing-shop.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const START = Date.UTC(2026, 2, 5, 11);
const at = (days: number) => new Date(START + days * 86_400_000).toISOString();
/** The start of the first day that keeps the notice of 14 days. */
const EARLIEST = '2026-03-18T23:00:00.000Z';

async function shopOf() {
  const made = await publishingShop(app, START);
  const { shop, params } = made;
  const member = await shop.api.createMember({ params, body: { firstName: 'Anna', card: 'C-1', termsVersion: 1 } });
  let count = 0;
  const pointsOf = async (occurredAt: string) => (await shop.api.recordTransaction({ params, body: { source: 'till', externalId: `P-${count += 1}`, kind: 'sale', occurredAt, totalMinor: 5000, member: { id: member.id } } })).awards.reduce((sum, one) => sum + one.points, 0);
  const rulesets = async () => Number((await app.ask<{ n: string }>('select count(*) as n from ruleset where program_id = $1', [shop.id]))[0]!.n);
  const clock = (days: number) => shop.call('POST', '/test-clock', { now: at(days) });
  /** Takes a step as Marek, with the revision of this moment. */
  const step = async (name: 'pause' | 'resume' | 'end', body: object = {}) => made.marek('POST', `${made.path}/${name}`, { revision: (await made.read()).revision, ...body });
  return { ...made, pointsOf, rulesets, clock, step };
}

describe.each([['pause', 'paused', 'nic, dopóki jest wstrzymana'], ['end', 'ended', 'nic, bo jest zakończona']] as const)('to %s a rule', (name, state, nothing) => {
  it('409 notice_too_short before the program’s notice is over, in words: the rule goes on and nothing is written', async () => {
    const { marek, path, read, step, rulesets, pointsOf } = await shopOf();
    const [before, written] = [await read(), await rulesets()];
    expect(await marek('GET', `${path}/difference?step=${name}`)).toMatchObject({ status: 200, body: { changes: [{ field: 'effect', name: 'co daje', before: expect.stringMatching(/^1.punkt za każde 10.zł$/), after: nothing, verdict: 'worse' }], worse: 'Ta zmiana może pogorszyć warunki uczestników: co daje.', noticeDays: 14, earliest: EARLIEST, withdraws: [] } });
    expect(await step(name)).toMatchObject({ status: 409, body: { code: 'notice_too_short', params: { days: 14, earliest: '19\u00a0marca 2026' } } });
    expect(await step(name, { inForceFrom: '2026-03-18T22:59:59Z' })).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
    expect(await step(name, { inForceFrom: at(-1) })).toMatchObject({ status: 409, body: { code: 'rule_starts_in_past' } });
    expect([await read(), await rulesets()]).toEqual([before, written]);
    expect(await pointsOf(at(0))).toBe(5);
  });

  it('from a day that keeps the notice: it gives points until then and none after; a late sale is decided by its own day', async () => {
    const { read, step, clock, pointsOf } = await shopOf();
    expect(await step(name, { inForceFrom: EARLIEST })).toMatchObject({ status: 200, body: { state: 'active', stop: { step: name, inForceFrom: EARLIEST } } });
    expect(await pointsOf(at(0))).toBe(5);
    await clock(20);
    expect(await read()).toMatchObject({ state, stop: null });
    expect(await pointsOf(at(20))).toBe(0);
    expect(await pointsOf('2026-03-18T22:59:59.000Z')).toBe(5);
    expect(await pointsOf(EARLIEST)).toBe(0);
  });

  it('at once with a confirmation, and at once where nobody can lose', async () => {
    const { step, pointsOf, shop, params, definition } = await shopOf();
    expect(await step(name, { despiteNotice: true })).toMatchObject({ status: 200, body: { state, stop: null } });
    expect(await pointsOf(at(0))).toBe(0);
    const over = await shop.api.createRule({ params, body: { definition: { ...definition, name: 'Luty', schedule: { from: null, until: '2026-02-28' } } } });
    const running = await shop.api.publishRule({ params: { ...params, rule: over.id }, body: { revision: over.revision } });
    expect(await shop.call('POST', `/earning-rules/${over.id}/${name}`, { revision: running.revision })).toMatchObject({ status: 200, body: { state } });
  });
});

describe('a stop that is planned', () => {
  it('comes no sooner than announced, may come later, and is called off by resuming; every step stands in the rulesets', async () => {
    const { step, clock, pointsOf } = await shopOf();
    await step('pause', { inForceFrom: at(20) });
    await clock(10);
    expect(await step('end', { inForceFrom: at(15) })).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
    expect(await step('end', { inForceFrom: at(22) })).toMatchObject({ status: 200, body: { stop: { step: 'end', inForceFrom: at(22) } } });
    await clock(21);
    expect(await pointsOf(at(21))).toBe(5);
    expect(await step('resume')).toMatchObject({ status: 200, body: { state: 'active', stop: null } });
    expect(await step('resume')).toMatchObject({ status: 409, body: { code: 'rule_state_wrong' } });
    await clock(23);
    expect(await pointsOf(at(23))).toBe(5);
  });

  it('is told when it is planned, put off or called off, and as a stop on its own day alone, once; members read of its last day before', async () => {
    const { shop, params, id, step, clock, read } = await shopOf();
    const told = async () => (await app.ask<{ type: string; body: object }>("select type, body from outbox where program_id = $1 and ref = $2 and type <> 'rule.published' order by id", [shop.id, id])).map(({ type, body }) => [type, body]);
    const trail = async () => (await shop.api.listAudit({ params, query: {} })).items.filter((one) => one.subject === id).map((one) => one.action);
    const said = async () => (await shop.api.getPortal({ params })).earning.map(({ sentence }) => sentence);
    await step('pause', { inForceFrom: at(20) });
    expect([await told(), (await trail())[0]]).toEqual([[['rule.stopPlanned', { step: 'pause', inForceFrom: at(20) }]], 'rule.stopPlanned']);
    expect(await said()).toEqual([expect.stringMatching(/, do 25.marca 2026\.$/)]);
    await step('end', { inForceFrom: at(22) });
    await clock(21);
    expect((await told()).map(([type]) => type)).toEqual(['rule.stopPlanned', 'rule.stopPlanned']);
    const { revision } = await read();
    await clock(23);
    await clock(24);
    expect([(await told()).slice(2), (await trail())[0], await read()]).toMatchObject([[['rule.ended', {}]], 'rule.end', { state: 'ended', stop: null, revision }]);
    expect(await said()).toEqual([]);
  });

  it('that is called off is told so, and its day says nothing', async () => {
    const { shop, id, step, clock } = await shopOf();
    await step('pause', { inForceFrom: at(20) });
    await step('resume');
    await clock(21);
    const told = (await app.ask<{ type: string }>("select type from outbox where program_id = $1 and ref = $2 and type <> 'rule.published' order by id", [shop.id, id])).map((one) => one.type);
    expect(told).toEqual(['rule.stopPlanned', 'rule.stopCalledOff']);
  });

  it('tells which planned versions it withdraws; 409 rule_stops_before for a publication of its days', async () => {
    const { marek, path, step, draft, clock, pointsOf } = await shopOf();
    const twice = { effect: { kind: 'perAmount', points: 2, perMinor: 1000, rounding: 'down', per: 'transaction' } };
    await marek('POST', `${path}/publish`, { revision: await draft(twice), inForceFrom: at(30) });
    expect(await marek('GET', `${path}/difference?step=end&inForceFrom=${at(20)}`)).toMatchObject({ body: { worse: 'Ta zmiana może pogorszyć warunki uczestników: co daje.', withdraws: [{ version: 2, inForceFrom: at(30) }] } });
    expect(await step('end', { inForceFrom: at(20) })).toMatchObject({ status: 200 });
    const revision = await draft({ name: 'Hojniej', ...twice });
    expect(await marek('POST', `${path}/publish`, { revision, inForceFrom: at(25) })).toMatchObject({ status: 409, body: { code: 'rule_stops_before', params: { on: '25\u00a0marca 2026' } } });
    expect(await marek('POST', `${path}/publish`, { revision, inForceFrom: at(5) })).toMatchObject({ status: 200, body: { stop: { step: 'end' } } });
    await clock(6);
    expect(await pointsOf(at(6))).toBe(10);
    await clock(31);
    expect(await pointsOf(at(31))).toBe(0);
  });

  it('keeps its day when another rule is published, before it and after it', async () => {
    const { shop, params, definition, step, clock, pointsOf } = await shopOf();
    await step('pause', { inForceFrom: at(20) });
    for (const inForceFrom of [at(1), at(25)]) {
      const other = await shop.api.createRule({ params, body: { definition: { ...definition, name: inForceFrom, effect: { kind: 'fixed', points: 100 } } } });
      await shop.api.publishRule({ params: { ...params, rule: other.id }, body: { revision: other.revision, inForceFrom } });
    }
    await clock(26);
    expect([await pointsOf(at(19)), await pointsOf(at(21)), await pointsOf(at(26))]).toEqual([105, 100, 200]);
    expect(await step('resume')).toMatchObject({ status: 200, body: { state: 'active' } });
    expect(await pointsOf(at(26))).toBe(205);
  });

  it('409 rule_state_wrong: a paused rule has no day on which it would stop; it ends at once, for nobody gets anything from it', async () => {
    const { step } = await shopOf();
    await step('pause', { despiteNotice: true });
    expect(await step('end', { inForceFrom: at(20) })).toMatchObject({ status: 409, body: { code: 'rule_state_wrong' } });
    expect(await step('end')).toMatchObject({ status: 200, body: { state: 'ended' } });
  });
});

describe('where the program asks for two people', () => {
  it('a planned pause and an end wait for another person, and the notice is looked at again when that one approves', async () => {
    const { owner, ewa, read, step, clock, path } = await shopOf();
    await owner('PATCH', '', { secondPerson: true });
    expect(await step('pause', { inForceFrom: EARLIEST })).toMatchObject({ status: 200, body: { state: 'active', stop: null, proposal: { step: 'pause', inForceFrom: EARLIEST, by: 'marek' } } });
    const late = (await read()).revision;
    await clock(10);
    expect(await ewa('POST', `${path}/approve`, { revision: late })).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
    await step('end', { inForceFrom: at(30) });
    const { revision } = await read();
    const answers = await Promise.all([ewa, owner].map((one) => one('POST', `${path}/approve`, { revision })));
    expect(answers.map((one) => one.status).sort()).toEqual([200, 412]);
    expect(await read()).toMatchObject({ state: 'active', stop: { step: 'end', inForceFrom: at(30) }, proposal: null });
  });

  it('a pause at once never waits, but it has to be confirmed', async () => {
    const { owner, step } = await shopOf();
    await owner('PATCH', '', { secondPerson: true });
    expect(await step('pause')).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
    expect(await step('pause', { despiteNotice: true })).toMatchObject({ status: 200, body: { state: 'paused', proposal: null } });
  });
});
