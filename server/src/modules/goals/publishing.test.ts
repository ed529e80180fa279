import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../platform/sql.ts';
import { testApp, type TestApp } from '../../testing/app.ts';
import { signedInStaff } from '../../testing/signed-in.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const START = Date.parse('2026-03-02T08:00:00Z'); // a Monday; the program gives 14 days’ notice
const DAY = 86_400_000;
const at = (days: number) => new Date(START + days * DAY).toISOString();
/** The start of the first local day that keeps the notice. */
const EARLIEST = '2026-03-15T23:00:00.000Z';
const challenge = (target: number, points = 50, more: object = {}) => ({
  kind: 'challenge', name: 'Kawy', description: null, onReturn: 'takeBack', reward: { points: { wallet: 'punkty', points }, badge: null, coupon: null }, who: null, when: null, lines: null,
  task: { kind: 'count', of: 'documents', target }, window: { kind: 'once', from: '2026-03-01', until: null }, ...more,
});

/** A test program whose challenge for two purchases runs, and a member; purchases give no points of their own. */
async function shopWithGoal(first: object = challenge(2)) {
  const shop = await app.program({ rules: [], test: true, startsAt: START });
  const params = { program: shop.code };
  const anna = await shop.api.createMember({ params, body: { firstName: 'Anna', card: `${shop.code}-A`, termsVersion: 1 } });
  const made = await shop.api.createGoal({ params, body: { definition: first as never } });
  const goal = { ...params, goal: made.id };
  await shop.api.publishGoal({ params: goal, body: { revision: 1 } });
  const read = () => shop.api.getGoal({ params: goal });
  let count = 0;
  return {
    shop, params, read, id: made.id,
    draft: async (definition: object) => (await shop.api.changeGoal({ params: goal, body: { revision: (await read()).revision, definition: definition as never } })).revision,
    post: async (step: string, body: object = {}) => shop.call('POST', `/goals/${made.id}/${step}`, { revision: (await read()).revision, ...body }),
    difference: (query = '') => shop.call('GET', `/goals/${made.id}/difference${query}`),
    buy: async () => { await shop.api.recordTransaction({ params, body: { source: 'till', externalId: `S${count += 1}`, kind: 'sale', occurredAt: (await shop.api.getTestClock({ params })).now, member: { id: anna.id }, totalMinor: 1000 } }); },
    clock: async (days: number) => { await shop.api.moveTestClock({ params, body: { now: at(days) } }); },
    points: async () => (await shop.api.getBalances({ params: { ...params, member: anna.id } })).balances[0]!.available,
    target: async () => (await shop.api.getMemberGoals({ params: { ...params, member: anna.id } })).challenges[0]?.target ?? null,
  };
}

describe('a change by which members may get less', () => {
  it('409 notice_too_short: nothing is published, the difference tells why and from when it may be', async () => {
    const { draft, post, read, difference } = await shopWithGoal();
    const revision = await draft(challenge(3));
    expect((await read()).sentence).not.toContain('3');
    expect(await difference()).toMatchObject({ status: 200, body: { changes: [{ field: 'task', verdict: 'worse' }], worse: 'Ta zmiana może pogorszyć warunki uczestników: co trzeba zrobić.', noticeDays: 14, earliest: EARLIEST } });
    expect(await post('publish')).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
    expect(await post('publish', { inForceFrom: at(13) })).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
    expect(await read()).toMatchObject({ revision, current: { version: 1 }, versions: [{}] });
    expect(await post('publish', { inForceFrom: at(-1) })).toMatchObject({ status: 409, body: { code: 'rule_starts_in_past' } });
    expect(await post('publish', { despiteNotice: true })).toMatchObject({ status: 200, body: { current: { version: 2 }, draft: null } });
    expect(await post('publish')).toMatchObject({ status: 409, body: { code: 'nothing_to_publish' } });
  });

  it('begins on its day: until then everybody is counted as before, and from then on as it says', async () => {
    const { draft, post, read, buy, clock, points, target } = await shopWithGoal();
    await draft(challenge(4));
    expect(await post('publish', { inForceFrom: EARLIEST })).toMatchObject({ status: 200, body: { current: { version: 1 }, versions: [{ withdrawnBy: null }, { version: 2, inForceFrom: EARLIEST }] } });
    await buy();
    await clock(1);
    expect([await points(), await target()]).toEqual([0, 2]);
    await buy();
    await clock(13);
    expect([await points(), await target()]).toEqual([50, 2]);
    await clock(15);
    expect([await points(), await target()]).toEqual([50, 4]);
    expect(await read()).toMatchObject({ current: { version: 2 }, state: 'active' });
  });

  it('a better one works at once, and one that is planned is promised: it cannot be taken back without notice', async () => {
    const { draft, post, read, buy, clock, points } = await shopWithGoal(challenge(5));
    await buy();
    await buy();
    await draft(challenge(2));
    expect(await post('publish', { inForceFrom: at(5) })).toMatchObject({ status: 200 });
    await draft(challenge(5));
    expect(await post('publish')).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
    await clock(4);
    expect(await points()).toBe(0);
    // At its very instant, before the night and though nobody has bought anything since.
    await clock(5.1);
    expect(await points()).toBe(50);
    await draft(challenge(1));
    expect(await post('publish')).toMatchObject({ status: 200, body: { current: { version: 3 } } });
    expect((await read()).versions.map((one) => one.withdrawnBy)).toEqual([null, null, null]);
  });

  it('of a goal that was never published, and of a challenge that is over, nothing can be lost', async () => {
    const { draft, post, clock } = await shopWithGoal(challenge(2, 50, { window: { kind: 'once', from: '2026-03-01', until: '2026-03-04' } }));
    await clock(5);
    await draft(challenge(9, 1, { window: { kind: 'once', from: '2026-03-01', until: '2026-03-04' } }));
    expect(await post('publish')).toMatchObject({ status: 200 });
    expect(await post('end')).toMatchObject({ status: 200, body: { state: 'ended' } });
  });
});

describe('an end', () => {
  it('keeps the notice, is told before, may be called off, and comes on its day', async () => {
    const { post, read, difference, draft, buy, clock, points, target } = await shopWithGoal();
    expect(await difference(`?step=end&inForceFrom=${at(1)}`)).toMatchObject({ status: 200, body: { changes: [{ name: 'co daje', after: 'nic, bo jest zakończony', verdict: 'worse' }], earliest: EARLIEST } });
    expect(await post('end')).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
    expect(await post('end', { inForceFrom: EARLIEST })).toMatchObject({ status: 200, body: { state: 'active', endsAt: EARLIEST } });
    await draft(challenge(1));
    expect(await post('publish', { inForceFrom: at(20) })).toMatchObject({ status: 409, body: { code: 'goal_ends_before' } });
    expect(await post('decline')).toMatchObject({ status: 200, body: { endsAt: null, state: 'active' } });
    expect(await post('decline')).toMatchObject({ status: 409, body: { code: 'nothing_to_approve' } });
    expect(await post('end', { inForceFrom: EARLIEST })).toMatchObject({ status: 200 });
    await clock(12);
    // What is announced to be over by then cannot be lost again.
    expect(await post('end', { inForceFrom: at(20) })).toMatchObject({ status: 200, body: { endsAt: at(20) } });
    expect(await post('end', { inForceFrom: at(14) })).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
    await buy();
    await clock(19);
    expect([await target(), await points()]).toEqual([2, 0]);
    await clock(21);
    await buy();
    await clock(22);
    expect([await target(), await points()]).toEqual([null, 0]);
    expect(await read()).toMatchObject({ state: 'ended', endsAt: null, draft: null });
  });

  it('at once with open eyes; one whose instant has come counts no longer, though no job has looked at it yet', async () => {
    const { post, target, id } = await shopWithGoal();
    await app.ask('update goal set ends_at = $1 where id = $2', [at(0), app.deps.publicIds.decode('gol', id)]);
    expect(await target()).toBeNull();
    await app.ask('update goal set ends_at = null where id = $1', [app.deps.publicIds.decode('gol', id)]);
    expect(await target()).toBe(2);
    expect(await post('end', { despiteNotice: true })).toMatchObject({ status: 200, body: { state: 'ended' } });
    expect(await post('end', { despiteNotice: true })).toMatchObject({ status: 409, body: { code: 'goal_state_wrong' } });
  });
});

describe('an older version', () => {
  it('comes back as a new one, by the road of every change: with notice where members may get less, from its day, and the draft stays', async () => {
    const { draft, post, read, buy, clock, points, target, difference } = await shopWithGoal(challenge(3));
    await draft(challenge(2));
    await post('publish');
    await draft(challenge(9));
    expect(await difference('?to=1')).toMatchObject({ status: 200, body: { changes: [{ field: 'task', after: '3\u00a0zakupy', verdict: 'worse' }], earliest: EARLIEST } });
    expect(await post('rollback', { version: 1 })).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
    expect(await post('rollback', { version: 7 })).toMatchObject({ status: 404 });
    expect(await post('rollback', { version: 1, inForceFrom: at(-1) })).toMatchObject({ status: 409, body: { code: 'rule_starts_in_past' } });
    expect((await read()).versions).toHaveLength(2);
    expect(await post('rollback', { version: 1, inForceFrom: EARLIEST })).toMatchObject({
      status: 200, body: { current: { version: 2 }, draft: { task: { target: 9 } }, versions: [{}, {}, { version: 3, inForceFrom: EARLIEST, definition: { task: { target: 3 } } }] },
    });
    await buy();
    await clock(13);
    expect([await target(), await points()]).toEqual([2, 0]);
    await clock(15);
    expect([await target(), await points()]).toEqual([3, 0]);
    expect(await post('rollback', { version: 2 })).toMatchObject({ status: 200, body: { current: { version: 4 }, draft: { task: { target: 9 } } } });
    await buy();
    await clock(16);
    expect([await target(), await points()]).toEqual([2, 50]);
    expect(await post('end', { despiteNotice: true })).toMatchObject({ status: 200 });
    expect(await post('rollback', { version: 1, despiteNotice: true })).toMatchObject({ status: 409, body: { code: 'goal_state_wrong' } });
  });

  it('goes by what its segment says now, and is refused when what it names is gone', async () => {
    const who = { attribute: 'member.segment', operator: 'inSegment', value: 'Znani' };
    const { shop, params, id, draft, post, read } = await shopWithGoal();
    const segment = await shop.api.createSegment({ params, body: { name: 'Znani', condition: { attribute: 'history.salesCount', operator: 'below', value: 100 } } });
    await draft(challenge(2, 50, { who }));
    await post('publish', { despiteNotice: true });
    await draft(challenge(1));
    await post('publish', { despiteNotice: true });
    const one = { ...params, segment: segment.id };
    const drafted = await shop.api.changeSegment({ params: one, body: { revision: segment.revision, condition: { attribute: 'history.salesCount', operator: 'below', value: 50 } } });
    await shop.api.publishSegment({ params: one, body: { revision: drafted.revision } });
    expect(await post('rollback', { version: 2, despiteNotice: true })).toMatchObject({ status: 200, body: { current: { version: 4, definition: { who } } } });
    const [said] = await app.ask<{ who: unknown }>('select definition->\'who\' as who from goal_version where goal_id = $1 and version = 4', [app.deps.publicIds.decode('gol', id)]);
    expect(JSON.stringify(said!.who)).toContain('50');
    expect(await post('rollback', { version: 3, despiteNotice: true })).toMatchObject({ status: 200 });
    expect(await shop.call('POST', `/segments/${segment.id}/archive`)).toMatchObject({ status: 200 });
    expect(await post('rollback', { version: 2, despiteNotice: true })).toMatchObject({ body: { code: 'segment_unknown' } });
    expect(await read()).toMatchObject({ current: { version: 5 }, draft: null });
  });

  it('waits for a second person where the program asks for one, who is told which it is', async () => {
    const { shop, read, draft, post, id } = await shopWithGoal();
    await draft(challenge(1));
    await post('publish');
    await shop.call('PATCH', '', { secondPerson: true });
    const person = async (name: string) => { const ask = await signedInStaff(app, shop, name); return async (step: string, body: object = {}) => ask('POST', `/goals/${id}/${step}`, { revision: (await read()).revision, ...body }); };
    const [marek, ewa] = [await person('marek'), await person('ewa')];
    expect(await marek('rollback', { version: 1, despiteNotice: true })).toMatchObject({ status: 200, body: { current: { version: 2 }, proposal: { step: 'publish', version: 1, by: 'marek' } } });
    expect(await marek('approve')).toMatchObject({ status: 403, body: { code: 'approval_not_yours' } });
    expect(await ewa('approve')).toMatchObject({ status: 200, body: { proposal: null, current: { version: 3, publishedBy: 'marek', definition: { task: { target: 2 } } } } });
    const { items } = await shop.api.listAudit({ params: { program: shop.code }, query: {} });
    expect(items.map((one) => one.action)).toEqual(expect.arrayContaining(['goal.rolledBack', 'goal.approved', 'goal.proposed']));
  });
});

it('two people plan a version and an end; the notice is looked at again when the other one agrees', async () => {
  const { shop, read, draft, clock, id } = await shopWithGoal();
  const person = async (name: string) => { const ask = await signedInStaff(app, shop, name); return async (step: string, body: object = {}) => ask('POST', `/goals/${id}/${step}`, { revision: (await read()).revision, ...body }); };
  const [marek, ewa] = [await person('marek'), await person('ewa')];
  await shop.call('PATCH', '', { secondPerson: true });
  await draft(challenge(3));
  expect(await marek('publish')).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
  expect(await marek('publish', { inForceFrom: EARLIEST })).toMatchObject({ status: 200, body: { current: { version: 1 }, proposal: { step: 'publish', inForceFrom: EARLIEST, by: 'marek' } } });
  await clock(2);
  expect(await ewa('approve')).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
  expect(await marek('publish', { inForceFrom: at(20) })).toMatchObject({ status: 200 });
  expect(await marek('approve')).toMatchObject({ status: 403, body: { code: 'approval_not_yours' } });
  expect(await ewa('approve')).toMatchObject({ status: 200, body: { proposal: null, current: { version: 1 }, versions: [{}, { version: 2, inForceFrom: at(20), publishedBy: 'marek' }] } });
  expect(await marek('end', { inForceFrom: at(17) })).toMatchObject({ status: 200 });
  await clock(4);
  expect(await ewa('approve')).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
  expect(await marek('end', { inForceFrom: at(30) })).toMatchObject({ status: 200, body: { endsAt: null, proposal: { step: 'end', inForceFrom: at(30) } } });
  expect(await ewa('approve')).toMatchObject({ status: 200, body: { endsAt: at(30), proposal: null } });
  await clock(31);
  expect(await read()).toMatchObject({ state: 'ended' });
});

it('a changed segment leaves what is planned planned', async () => {
  const who = { attribute: 'member.segment', operator: 'inSegment', value: 'Znani' };
  const { shop, params, draft, post, read, clock, target } = await shopWithGoal();
  const segment = await shop.api.createSegment({ params, body: { name: 'Znani', condition: { attribute: 'history.salesCount', operator: 'below', value: 100 } } });
  await draft(challenge(7, 50, { who }));
  await post('publish', { inForceFrom: at(20) });
  const one = { ...params, segment: segment.id };
  const drafted = await shop.api.changeSegment({ params: one, body: { revision: segment.revision, condition: { attribute: 'history.salesCount', operator: 'below', value: 50 } } });
  await shop.api.publishSegment({ params: one, body: { revision: drafted.revision, despiteNotice: true } });
  expect(await read()).toMatchObject({ current: { version: 3 }, versions: [{}, { withdrawnBy: 3 }, { version: 3 }, { version: 4, inForceFrom: at(20), withdrawnBy: null }] });
  expect(await target()).toBe(2);
  await clock(21);
  expect(await target()).toBe(7);
});

it('a goal and the segment that it asks for are published one after the other: what was published last of each is in force', async () => {
  const { shop, params, id, draft, post, read } = await shopWithGoal();
  const spending = (value: number) => ({ attribute: 'history.spent', operator: 'atLeast', value });
  const segment = await shop.api.createSegment({ params, body: { name: 'Klub', condition: spending(100) as never } });
  const who = { attribute: 'member.segment', operator: 'inSegment', value: 'Klub' };
  await draft(challenge(2, 50, { who }));
  await post('publish', { despiteNotice: true });
  await draft(challenge(2, 60, { who }));
  const changed = await shop.api.changeSegment({ params: { ...params, segment: segment.id }, body: { revision: segment.revision, condition: spending(50) as never } });
  const waiting = async () => (await app.ask<{ n: number }>("select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"))[0]!.n;
  const until = async (count: number) => { while (await waiting() < count) await new Promise((resolve) => { setTimeout(resolve, 20); }); };
  let answers: Promise<unknown[]> | undefined;
  await app.deps.db.inProgram(shop.id, async (tx) => {
    await tx.rows(sql`select id from goal where program_id = ${shop.id} for update`); // both publishers stand before the goal, the goal's own first
    const goal = post('publish');
    await until(1);
    const follows = shop.call('POST', `/segments/${segment.id}/publish`, { revision: changed.revision });
    await until(2);
    answers = Promise.all([goal, follows]);
  });
  expect(await answers).toMatchObject([{ status: 200 }, { status: 200 }]);
  expect(await read()).toMatchObject({ current: { definition: { reward: { points: { points: 60 } } } } });
  const [said] = await app.ask<{ who: unknown }>(`select definition->'who' as who from goal_version where goal_id = $1 order by version desc limit 1`, [app.deps.publicIds.decode('gol', id)]);
  expect(JSON.stringify(said!.who)).toContain('50');
});
