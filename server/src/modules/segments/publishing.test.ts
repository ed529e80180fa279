import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobHandlers } from '../../app.ts';
import { runNextJob } from '../../platform/jobs.ts';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';
import { signedInStaff } from '../../testing/signed-in.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const START = Date.UTC(2026, 2, 5, 11);
const DAY = 86_400_000;
const at = (days: number) => new Date(START + days * DAY).toISOString();
const group = (...value: string[]) => ({ attribute: 'member.group', operator: 'includesAny', value });
const inSegment = (operator = 'inSegment') => ({ attribute: 'member.segment', operator, value: 'Klub' });

/** A program with a segment of the group "klub", a rule that gives it 10 points, and a member of "klub" and one of "goście". */
async function shopWithSegment(when: object | null = inSegment(), more: object = {}) {
  const shop = await app.program({ rules: [], test: true, startsAt: START });
  const params = { program: shop.code };
  const segment = await shop.api.createSegment({ params, body: { name: 'Klub', condition: group('klub') } });
  const definition = { name: 'Dla klubu', wallet: 'punkty', when, lines: null, effect: { kind: 'fixed' as const, points: 10 }, schedule: { from: null, until: null }, priority: 0, exclusiveGroup: null, caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' as const }, pendingDays: null, ...more };
  if (when) {
    const rule = await shop.api.createRule({ params, body: { definition: definition as never } });
    await shop.api.publishRule({ params: { ...params, rule: rule.id }, body: { revision: rule.revision } });
  }
  let count = 0;
  const guestOf = async (name: string) => {
    const { id } = await shop.api.createMember({ params, body: { firstName: 'Anna', card: `C-${name}`, termsVersion: 1 } });
    await shop.api.changeMember({ params: { ...params, member: id }, body: { groups: [name] } });
    return id;
  };
  const [club, guest] = [await guestOf('klub'), await guestOf('goście')];
  const sale = (member: string, occurredAt: string) => shop.api.recordTransaction({ params, body: { source: 'till', externalId: `S-${count += 1}`, kind: 'sale', occurredAt, totalMinor: 1000, member: { id: member } } });
  const pointsOf = async (member: string, occurredAt: string) => (await sale(member, occurredAt)).awards.reduce((sum, one) => sum + one.points, 0);
  const path = `/segments/${segment.id}`;
  const read = () => shop.api.getSegment({ params: { ...params, segment: segment.id } });
  const draft = async (condition: object) => (await shop.api.changeSegment({ params: { ...params, segment: segment.id }, body: { revision: (await read()).revision, condition: condition as never } })).revision;
  const post = (step: string, body: object) => shop.call('POST', `${path}/${step}`, body);
  const clock = (days: number) => shop.call('POST', '/test-clock', { now: at(days) });
  return { shop, params, id: segment.id, path, definition, club, guest, sale, pointsOf, read, draft, post, clock };
}

describe('the condition of a segment is published for its day', () => {
  it('a draft changes nothing; a sale is decided by the condition of its own day, whenever it comes, and so is its return', async () => {
    const { shop, params, id, club, guest, sale, pointsOf, draft, read, post, clock } = await shopWithSegment();
    const revision = await draft(group('klub', 'goście'));
    expect(await read()).toMatchObject({ version: 1, condition: group('klub'), draft: { condition: group('klub', 'goście'), sentence: expect.stringContaining('goście') as string } });
    expect(await pointsOf(guest, at(0))).toBe(0);
    expect(await post('publish', { revision, inForceFrom: at(5) })).toMatchObject({ status: 200, body: { version: 1, condition: group('klub'), draft: null, versions: [{ version: 1 }, { version: 2, inForceFrom: at(5), withdrawnBy: null }] } });
    const listed = async () => (await shop.api.listSegmentMembers({ params: { ...params, segment: id }, query: {} })).items.map((one) => one.id).sort();
    expect([await pointsOf(guest, at(0)), await listed()]).toEqual([0, [club]]);
    await clock(6);
    expect([await pointsOf(guest, at(6)), await pointsOf(guest, at(4)), await listed()]).toEqual([10, 0, [club, guest].sort()]);
    expect(await read()).toMatchObject({ version: 2, condition: group('klub', 'goście') });
    const old = await sale(club, at(4));
    await post('publish', { revision: await draft(group('goście')), despiteNotice: true });
    expect([await pointsOf(club, at(6)), await pointsOf(club, at(5.5))]).toEqual([0, 10]);
    const back = await shop.api.recordTransaction({ params, body: { source: 'till', externalId: 'R-1', kind: 'return', occurredAt: at(6), totalMinor: 1000, of: { source: 'till', externalId: old.transaction.externalId } } as never });
    expect(back.takenBack).toMatchObject([{ points: 10 }]);
  });

  it('going back takes the place of what was planned and leaves the draft; a rule published meanwhile keeps the planned condition', async () => {
    const { shop, params, guest, club, definition, pointsOf, draft, read, post, clock, path } = await shopWithSegment();
    await post('publish', { revision: await draft(group('klub', 'goście')), inForceFrom: at(5) });
    const { items: [rule] } = await shop.api.listRules({ params });
    const changed = await shop.api.changeRule({ params: { ...params, rule: rule!.id }, body: { revision: rule!.revision, definition: { ...definition, name: 'Nowa nazwa' } as never } });
    await shop.api.publishRule({ params: { ...params, rule: rule!.id }, body: { revision: changed.revision } });
    expect(await pointsOf(guest, at(0))).toBe(0);
    await clock(6);
    expect(await pointsOf(guest, at(6))).toBe(10);
    await post('publish', { revision: await draft(group('klub', 'goście', 'inni')), inForceFrom: at(30) });
    const sketch = await draft(group('nikt'));
    expect(await shop.call('GET', `${path}/difference?to=1`)).toMatchObject({ status: 200, body: { changes: [{ field: 'condition', verdict: 'worse' }, { field: 'users', before: 'zasada „Nowa nazwa”', after: 'mogą dać mniej temu, kto wypadnie z segmentu' }], withdraws: [{ version: 3 }] } });
    expect(await post('rollback', { revision: sketch, version: 1, despiteNotice: true })).toMatchObject({ status: 200, body: { version: 4, draft: { condition: group('nikt') }, versions: [{}, {}, { withdrawnBy: 4 }, {}] } });
    await clock(31);
    expect([await pointsOf(guest, at(31)), await pointsOf(club, at(31))]).toEqual([0, 10]);
    expect(await post('rollback', { revision: (await read()).revision, version: 9 })).toMatchObject({ status: 404 });
  });

  it('409 segment_archived: nothing is published', async () => {
    const { draft, post, read } = await shopWithSegment(null);
    const revision = await draft(group('goście'));
    await post('archive', {});
    expect(await post('publish', { revision })).toMatchObject({ status: 409, body: { code: 'segment_archived' } });
    expect(await read()).toMatchObject({ draft: {}, versions: [{ version: 1 }] });
    await post('restore', {});
    expect(await post('publish', { revision })).toMatchObject({ status: 200, body: { version: 2 } });
  });
});

describe('a segment that a running rule asks for', () => {
  it('409 notice_too_short when somebody may fall out of it; who comes in takes nothing from anybody', async () => {
    const { shop, draft, post, path } = await shopWithSegment();
    const revision = await draft(group('goście'));
    expect(await shop.call('GET', `${path}/difference`)).toMatchObject({ status: 200, body: { changes: [{ name: 'kto należy do segmentu', verdict: 'worse' }, { name: 'zasady i cele, które o niego pytają', before: 'zasada „Dla klubu”', verdict: 'worse' }], noticeDays: 14, earliest: '2026-03-18T23:00:00.000Z' } });
    expect(await post('publish', { revision })).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
    expect(await post('publish', { revision, inForceFrom: '2026-03-18T23:00:00Z' })).toMatchObject({ status: 200 });
    expect(await post('publish', { revision: await draft(group('klub', 'goście', 'inni')) })).toMatchObject({ status: 200, body: { version: 3 } });
  });

  it('409 notice_too_short when a planned change for the better is taken back: it was promised', async () => {
    const { draft, post } = await shopWithSegment();
    await post('publish', { revision: await draft(group('klub', 'goście')), inForceFrom: at(5) });
    const revision = await draft(group('klub', 'inni'));
    expect(await post('publish', { revision })).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
  });

  it.each([['the rule is for those outside', inSegment('notInSegment'), {}], ['the test is negated', { none: [inSegment()] }, {}], ['the rule may take its group from another one', inSegment(), { exclusiveGroup: 'g' }]])('409 notice_too_short when somebody comes in: %s', async (_, when, more) => {
    const { draft, post } = await shopWithSegment(when, more);
    const revision = await draft(group('klub', 'goście'));
    expect(await post('publish', { revision })).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
    expect(await post('publish', { revision, despiteNotice: true })).toMatchObject({ status: 200 });
  });

  it('200: of a segment that no running rule asks for nothing can be lost', async () => {
    const { shop, draft, post, path } = await shopWithSegment(null);
    const revision = await draft(group('goście'));
    expect(await shop.call('GET', `${path}/difference`)).toMatchObject({ body: { worse: null, changes: [{ verdict: 'same' }] } });
    expect(await post('publish', { revision })).toMatchObject({ status: 200, body: { version: 2 } });
  });

  it('waits for a second person where the program asks for one; neither the one nor a key approves, and a new draft ends the proposal', async () => {
    const { shop, path, draft, post, read, guest, pointsOf } = await shopWithSegment();
    const person = async (name: string) => { const ask = await signedInStaff(app, shop, name); return (step: string, body: object) => ask('POST', `${path}/${step}`, body); };
    const [marek, ewa] = [await person('marek'), await person('ewa')];
    await shop.call('PATCH', '', { secondPerson: true });
    const revision = await draft(group('klub', 'goście'));
    expect(await marek('publish', { revision })).toMatchObject({ status: 200, body: { version: 1, proposal: { by: 'marek', version: null }, draft: { condition: group('klub', 'goście') } } });
    expect(await pointsOf(guest, at(0))).toBe(0);
    for (const one of [marek, post]) expect(await one('approve', { revision: revision + 1 })).toMatchObject({ status: 403, body: { code: 'approval_not_yours' } });
    await draft(group('klub', 'goście', 'inni'));
    expect(await ewa('approve', { revision: revision + 2 })).toMatchObject({ status: 409, body: { code: 'nothing_to_approve' } });
    await marek('publish', { revision: revision + 2 });
    expect(await ewa('approve', { revision: revision + 3 })).toMatchObject({ status: 200, body: { version: 2, proposal: null, draft: null, versions: [{}, { publishedBy: 'marek' }] } });
    expect(await pointsOf(guest, at(0))).toBe(10);
    await marek('rollback', { revision: (await read()).revision, version: 1, despiteNotice: true });
    expect(await ewa('decline', { revision: (await read()).revision })).toMatchObject({ status: 200, body: { proposal: null, version: 2 } });
  });

  it('planned to ask for a level keeps the notice of a ladder that takes it from somebody', async () => {
    const { shop, params, draft, post } = await shopWithSegment();
    const level = (code: string, threshold: number) => ({ code, pl: code, en: code, plTo: null, color: '#8a5a33', threshold, keep: null, benefits: [] });
    const ladder = (gold: number) => ({ levels: [level('brazowy', 0), level('zloty', gold)], measure: { kind: 'spent' as const }, period: { kind: 'calendar' as const, unit: 'year' as const }, promotion: 'atOnce' as const, lasts: 'nextPeriod' as const, demotion: 'toMeasure' as const, graceDays: 0, returns: 'takeLevel' as const });
    const first = await shop.api.changeTiers({ params, body: { revision: 0, definition: ladder(1000) } });
    const { revision } = await shop.api.publishTiers({ params, body: { revision: first.revision, despiteNotice: true } });
    await shop.api.changeTiers({ params, body: { revision, definition: ladder(2000) } });
    const told = async () => (await shop.api.compareTiers({ params, query: {} })).changes.filter((one) => one.field.includes('users')).map((one) => one.before);
    expect(await told()).toEqual([]);
    await post('publish', { revision: await draft({ any: [group('klub'), { attribute: 'member.tier', operator: 'is', value: 'zloty' }] }), inForceFrom: at(5) });
    expect(await told()).toEqual(['zasada „Dla klubu”']);
  });
});

/** Runs what is due until it is over. */
async function ended<View extends { state: string }>(read: () => Promise<View>): Promise<View> {
  for (let turn = 0; turn < 50; turn += 1) {
    const view = await read();
    if (view.state !== 'waiting' && view.state !== 'running') return view;
    await runNextJob(app.deps, jobHandlers);
  }
  throw new Error('it did not end');
}
const replayed = (shop: TestProgram, replay: string) => ended(() => shop.api.getReplay({ params: { program: shop.code, replay } }));

it('a draft of a segment is tried on history before it is published, as it stood when the replay was asked for', async () => {
  const { shop, params, id, club, guest, sale, draft, clock } = await shopWithSegment();
  for (const member of [club, guest, guest]) await sale(member, at(0));
  await clock(1);
  const ask = { from: '2026-03-01', until: '2026-03-31', changes: [], segments: [id] };
  await expect(shop.api.startReplay({ params, body: ask })).rejects.toMatchObject({ problem: { status: 409, code: 'nothing_to_publish' } });
  await draft(group('goście'));
  const asked = await shop.api.startReplay({ params, body: ask });
  expect(asked.segments).toEqual(['Klub']);
  await draft(group('nikt'));
  expect(await replayed(shop, asked.id)).toMatchObject({ state: 'done', result: { now: { earned: 10 }, draft: { earned: 20 }, check: { differing: 0 }, changingFacts: ['grupa'] } });
});

it('a replay of rules as they are is the ledger, across a change of the segment', async () => {
  const { shop, params, club, guest, sale, draft, post, clock } = await shopWithSegment();
  for (const member of [club, guest]) await sale(member, at(0));
  await clock(2);
  await post('publish', { revision: await draft(group('goście')), despiteNotice: true });
  await clock(4);
  for (const member of [club, guest]) await sale(member, at(4));
  await clock(5);
  const { id } = await shop.api.startReplay({ params, body: { from: '2026-03-01', until: '2026-03-31', changes: [] } });
  expect(await replayed(shop, id)).toMatchObject({ state: 'done', result: { check: { checked: 4, differing: 0 } } });
});

it('a repair decides each sale by the condition of its own moment, also where no running rule asked for the segment', async () => {
  const { shop, params, definition, club, guest, sale, draft, post, clock } = await shopWithSegment({ attribute: 'member.group', operator: 'includesAny', value: ['nikt'] });
  for (const member of [club, club, guest]) await sale(member, at(0));
  await clock(3);
  await post('publish', { revision: await draft(group('goście', 'inni')) });
  await clock(5);
  for (const member of [club, guest]) await sale(member, at(4));
  const { items: [rule] } = await shop.api.listRules({ params });
  await shop.api.changeRule({ params: { ...params, rule: rule!.id }, body: { revision: rule!.revision, definition: { ...definition, when: inSegment() } as never } });
  const { id } = await shop.api.startRepair({ params, body: { rule: rule!.id, from: '2026-03-05', until: '2026-03-10' } });
  expect(await ended(() => shop.api.getRepair({ params: { ...params, repair: id } }))).toMatchObject({ state: 'ready', result: { check: { differing: 0 }, wallets: [{ added: 30, taken: 0 }] } });
});
