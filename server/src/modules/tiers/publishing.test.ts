import { level } from '@wracam/engine/testing/tiers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp } from '../../testing/app.ts';
import { signedInStaff } from '../../testing/signed-in.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const DAY = 86_400_000;
/** A local noon of 5 March, so that days are counted without the change of the clock. */
const START = Date.UTC(2026, 2, 5, 11);
const kawa = { code: 'kawa', pl: 'Kawa gratis', en: 'Free coffee' };
const ladder = (gold: number, more: object = {}) => ({
  levels: [level('brazowy', 0), level('zloty', gold, { pl: 'Złoty', en: 'Gold', benefits: [kawa] })], measure: { kind: 'spent' }, period: { kind: 'calendar', unit: 'year' }, promotion: 'atOnce', lasts: 'nextPeriod', demotion: 'toMeasure', graceDays: 0, returns: 'takeLevel', ...more,
});

/** A program with one member and a published ladder: gold from 1000 zł. */
async function shopWithLadder() {
  const shop = await app.program({ test: true, startsAt: START });
  const params = { program: shop.code };
  const member = await shop.api.createMember({ params, body: { firstName: 'Anna', card: 'C-1', termsVersion: 1 } });
  const read = () => shop.api.getTiers({ params });
  const draft = async (definition: object) => (await shop.api.changeTiers({ params, body: { revision: (await read()).revision, definition: definition as never } })).revision;
  const post = (step: string, body: object) => shop.call('POST', `/tiers/${step}`, body);
  const clock = (days: number) => shop.call('POST', '/test-clock', { now: new Date(START + days * DAY).toISOString() });
  await post('publish', { revision: await draft(ladder(100_000)) });
  let count = 0;
  const levelAfter = async (totalMinor: number) => {
    const { now } = await shop.api.getTestClock({ params });
    await shop.api.recordTransaction({ params, body: { source: 'till', externalId: `L-${count += 1}`, kind: 'sale', occurredAt: now, totalMinor, member: { id: member.id } } });
    return (await shop.api.getMemberTier({ params: { ...params, member: member.id } })).tier!.level!.code;
  };
  return { shop, params, read, draft, post, clock, levelAfter };
}

describe('a ladder by which members may get less', () => {
  it('409 notice_too_short before the program’s notice is over; what takes nothing from anybody is in force at once', async () => {
    const { shop, draft, post, read } = await shopWithLadder();
    const revision = await draft(ladder(200_000));
    expect(await shop.call('GET', '/tiers/difference')).toMatchObject({ status: 200, body: { changes: [{ name: 'próg poziomu Złoty', verdict: 'worse' }], worse: 'Ta zmiana może pogorszyć warunki uczestników: próg poziomu Złoty.', noticeDays: 14, earliest: '2026-03-18T23:00:00.000Z', withdraws: [] } });
    expect(await post('publish', { revision })).toMatchObject({ status: 409, body: { code: 'notice_too_short', params: { days: 14, earliest: '19\u00a0marca 2026' } } });
    expect(await post('publish', { revision, effectiveOn: '2026-03-18' })).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
    expect((await read()).versions).toHaveLength(1);
    expect(await post('publish', { revision, effectiveOn: '2026-03-19' })).toMatchObject({ status: 200, body: { current: { version: 1 }, draft: null, versions: [{ version: 1 }, { version: 2, effectiveOn: '2026-03-19', withdrawnBy: null }] } });
    expect(await post('publish', { revision: await draft(ladder(50_000, { graceDays: 7 })) })).toMatchObject({ status: 200, body: { current: { version: 3 }, versions: [{}, { withdrawnBy: 3 }, { withdrawnBy: null }] } });
  });

  it.each([['a benefit less', { levels: ladder(100_000).levels.map((one) => ({ ...one, benefits: [] })) }], ['harder to keep', { lasts: 'thisPeriod' }], ['gone', { levels: [level('brazowy', 0)] }]])('409 notice_too_short: %s; it goes when somebody says that it is known', async (_, change) => {
    const { draft, post } = await shopWithLadder();
    const revision = await draft(ladder(100_000, change));
    expect(await post('publish', { revision })).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
    expect(await post('publish', { revision, despiteNotice: true })).toMatchObject({ status: 200, body: { current: { version: 2 } } });
  });

  it('409 notice_too_short: a planned ladder that is better is a promise, and what was announced for later does not come sooner', async () => {
    const { draft, post, read } = await shopWithLadder();
    expect(await post('publish', { revision: await draft(ladder(50_000)), effectiveOn: '2026-03-10' })).toMatchObject({ status: 200 });
    expect(await post('rollback', { revision: (await read()).revision, version: 1 })).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
    await post('publish', { revision: await draft(ladder(200_000)), effectiveOn: '2026-03-25' });
    expect(await post('publish', { revision: await draft(ladder(200_000, { graceDays: 3 })), effectiveOn: '2026-03-12' })).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
  });

  it('200: where nobody is a member nobody loses, so nothing waits', async () => {
    const shop = await app.program({ test: true, startsAt: START });
    for (const [at, gold] of [100_000, 200_000].entries()) {
      await shop.api.changeTiers({ params: { program: shop.code }, body: { revision: at * 2, definition: ladder(gold) as never } });
      expect(await shop.call('POST', '/tiers/publish', { revision: at * 2 + 1 })).toMatchObject({ status: 200, body: { current: { version: at + 1 } } });
    }
  });
});

describe('versions of a ladder', () => {
  it('a later one counts from its own day; an older one comes back as a new one, takes the place of what was planned and leaves the draft', async () => {
    const { shop, draft, post, clock, levelAfter, read } = await shopWithLadder();
    await post('publish', { revision: await draft(ladder(50_000)), effectiveOn: '2026-03-25' });
    expect(await levelAfter(60_000)).toBe('brazowy');
    const sketch = await draft(ladder(10_000));
    expect(await shop.call('GET', '/tiers/difference?from=1&to=2')).toMatchObject({ body: { changes: [{ field: 'level.zloty.threshold', verdict: 'better' }], withdraws: [] } });
    expect(await shop.call('GET', '/tiers/difference')).toMatchObject({ body: { worse: null, withdraws: [{ version: 2, inForceFrom: '2026-03-24T23:00:00.000Z' }] } });
    expect(await post('rollback', { revision: sketch, version: 1 })).toMatchObject({ status: 200, body: { current: { version: 3, effectiveOn: '2026-03-05', definition: { levels: [{}, { threshold: 100_000 }] } }, draft: { levels: [{}, { threshold: 10_000 }] }, versions: [{}, { withdrawnBy: 3 }, {}] } });
    await clock(25);
    expect(await levelAfter(10_000)).toBe('brazowy');
    expect(await post('rollback', { revision: (await read()).revision, version: 2 })).toMatchObject({ status: 200, body: { current: { version: 4 } } });
    expect(await levelAfter(100)).toBe('zloty');
    expect(await post('rollback', { revision: (await read()).revision, version: 9 })).toMatchObject({ status: 404 });
  });

  it('409 rule_starts_in_past, 409 nothing_to_publish, 412 rule_changed_meanwhile: nothing is published; a draft thrown away ends what waited', async () => {
    const { shop, params, draft, post, read } = await shopWithLadder();
    expect(await post('publish', { revision: 2 })).toMatchObject({ status: 409, body: { code: 'nothing_to_publish' } });
    const revision = await draft(ladder(50_000));
    for (const effectiveOn of ['2026-03-04', '2028-03-06']) expect(await post('publish', { revision, effectiveOn })).toMatchObject({ status: 409, body: { code: 'rule_starts_in_past' } });
    expect(await post('publish', { revision: revision - 1 })).toMatchObject({ status: 412 });
    expect(await post('discard', { revision })).toMatchObject({ status: 200, body: { draft: null } });
    expect(await post('discard', { revision: revision + 1 })).toMatchObject({ status: 409, body: { code: 'nothing_to_publish' } });
    expect((await read()).versions).toHaveLength(1);
    expect((await shop.api.listAudit({ params, query: {} })).items[0]).toMatchObject({ action: 'tiers.discarded' });
  });
});

it('412 rule_changed_meanwhile: of two first drafts at once one is kept, and is not overwritten unseen', async () => {
  const shop = await app.program();
  // Both have read that there is none before either may write.
  await app.ask('begin');
  await app.ask('lock table tier_ladder in share mode');
  const sent = Promise.all([10, 20].map((gold) => shop.call('PATCH', '/tiers', { revision: 0, definition: ladder(gold) })));
  const waiting = async () => (await app.ask<{ n: number }>(`select count(*)::int as n from pg_locks where not granted and relation = 'tier_ladder'::regclass`))[0]!.n;
  while (await waiting() < 2);
  await app.ask('commit');
  const answers = await sent;
  expect(answers.map((one) => one.status).sort()).toEqual([200, 412]);
  const kept = answers.find((one) => one.status === 200)!.body as unknown as { draft: object };
  expect(await shop.api.getTiers({ params: { program: shop.code } })).toMatchObject({ revision: 1, draft: kept.draft });
});

describe('two people', () => {
  it('what one proposed another publishes for its day; neither the one nor a key does, a new draft ends the proposal, and nothing counts before', async () => {
    const { shop, draft, post, read, clock, levelAfter } = await shopWithLadder();
    const person = async (name: string) => { const ask = await signedInStaff(app, shop, name); return (step: string, body: object) => ask('POST', `/tiers/${step}`, body); };
    const [marek, ewa] = [await person('marek'), await person('ewa')];
    await shop.call('PATCH', '', { secondPerson: true });
    const revision = await draft(ladder(50_000));
    expect(await marek('publish', { revision, effectiveOn: '2026-03-07' })).toMatchObject({ status: 200, body: { current: { version: 1 }, proposal: { by: 'marek', version: null, inForceFrom: '2026-03-06T23:00:00.000Z' }, draft: { levels: [{}, { threshold: 50_000 }] } } });
    expect(await levelAfter(60_000)).toBe('brazowy');
    for (const one of [marek, post]) expect(await one('approve', { revision: revision + 1 })).toMatchObject({ status: 403, body: { code: 'approval_not_yours' } });
    await draft(ladder(40_000));
    expect(await ewa('approve', { revision: revision + 2 })).toMatchObject({ status: 409, body: { code: 'nothing_to_approve' } });
    await marek('publish', { revision: revision + 2, effectiveOn: '2026-03-07' });
    const answers = await Promise.all([1, 2].map(() => ewa('approve', { revision: revision + 3 })));
    expect(answers.map((one) => one.status).sort()).toEqual([200, 412]);
    expect(await read()).toMatchObject({ proposal: null, draft: null, current: { version: 1 }, versions: [{}, { version: 2, publishedBy: 'marek', effectiveOn: '2026-03-07' }] });
    await clock(3);
    expect([(await read()).current!.version, await levelAfter(100)]).toEqual([2, 'zloty']);
    await marek('rollback', { revision: (await read()).revision, version: 1, despiteNotice: true });
    expect(await ewa('decline', { revision: (await read()).revision })).toMatchObject({ status: 200, body: { proposal: null, current: { version: 2 } } });
  });
});

describe('a level that is put between others', () => {
  const between = (more: object = {}) => ({ ...ladder(100_000), levels: [level('brazowy', 0), level('srebrny', 50_000, { pl: 'Srebrny' }), level('zloty', 100_000, { pl: 'Złoty', en: 'Gold', benefits: [kawa] })], ...more });
  const tierRule = (value: string[]) => ({ name: 'Dla brązu', wallet: 'punkty', when: { attribute: 'member.tier', operator: 'oneOf', value }, lines: null, effect: { kind: 'fixed', points: 5 }, schedule: { from: null, until: null }, priority: 0, exclusiveGroup: null, caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: null });

  it('409 notice_too_short where a running rule or a reward names the level below and not it: both are told by name', async () => {
    const { shop, params, draft, post } = await shopWithLadder();
    const made = await shop.api.createRule({ params, body: { definition: tierRule(['brazowy']) as never } });
    const { revision } = await shop.api.publishRule({ params: { ...params, rule: made.id }, body: { revision: made.revision } });
    await shop.api.createReward({ params, body: { name: 'Kubek', pricePoints: 10, levels: ['brazowy'] } });
    await shop.api.createReward({ params, body: { name: 'Czapka', pricePoints: 10 } });
    const drafted = await draft(between());
    const told = { field: 'level.brazowy.users.srebrny', before: 'zasada „Dla brązu”, nagroda „Kubek”', after: 'nie obejmują albo dają mniej: poziom „Srebrny”', verdict: 'worse' };
    expect(await shop.call('GET', '/tiers/difference')).toMatchObject({ body: { changes: [{ field: 'level.srebrny', verdict: 'better' }, told], earliest: '2026-03-18T23:00:00.000Z' } });
    expect(await post('publish', { revision: drafted })).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
    // Of the draft of a rule nobody has anything; its publication is looked at by itself.
    await shop.api.changeRule({ params: { ...params, rule: made.id }, body: { revision, definition: tierRule(['brazowy', 'srebrny']) as never } });
    expect(await post('publish', { revision: drafted })).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
    expect(await post('publish', { revision: drafted, effectiveOn: '2026-03-19' })).toMatchObject({ status: 200 });
  });

  it('where something else is measured, rules and rewards of the levels that may be left are told by name', async () => {
    const { shop, params, draft } = await shopWithLadder();
    const { id, revision } = await shop.api.createRule({ params, body: { definition: tierRule(['zloty']) as never } });
    await shop.api.publishRule({ params: { ...params, rule: id }, body: { revision } });
    await shop.api.createReward({ params, body: { name: 'Kubek', pricePoints: 10, levels: ['zloty'] } });
    await draft({ ...ladder(10), measure: { kind: 'visits' } });
    const { changes } = await shop.api.compareTiers({ params, query: {} });
    expect(changes.filter((one) => one.field.includes('users'))).toMatchObject([{ field: 'level.zloty.users', name: 'zasady i nagrody przy przejściu: poziom „Złoty” → inny poziom', before: 'zasada „Dla brązu”, nagroda „Kubek”', after: 'nie obejmują albo dają mniej: poziom „brazowy”', verdict: 'worse' }]);
  });

  it('is in force at once where every rule and reward of the level below is for it too', async () => {
    const { shop, params, draft, post } = await shopWithLadder();
    const { id, revision } = await shop.api.createRule({ params, body: { definition: tierRule(['brazowy', 'srebrny']) as never } });
    await shop.api.publishRule({ params: { ...params, rule: id }, body: { revision } });
    await shop.api.createReward({ params, body: { name: 'Kubek', pricePoints: 10, levels: ['brazowy', 'srebrny'] } });
    expect(await post('publish', { revision: await draft(between()) })).toMatchObject({ status: 200, body: { current: { version: 2 } } });
  });

  it('409 notice_too_short where a segment that a rule names asks for the level below', async () => {
    const { shop, params, draft, post } = await shopWithLadder();
    await shop.api.createSegment({ params, body: { name: 'Brązowi', condition: { attribute: 'member.tier', operator: 'is', value: 'brazowy' } } });
    const { id, revision } = await shop.api.createRule({ params, body: { definition: { ...tierRule([]), when: { attribute: 'member.segment', operator: 'inSegment', value: 'Brązowi' } } as never } });
    await shop.api.publishRule({ params: { ...params, rule: id }, body: { revision } });
    expect(await post('publish', { revision: await draft(between()) })).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
  });
});
