import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp } from '../../testing/app.ts';
import { publishingShop } from '../../testing/publishing-shop.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const START = Date.UTC(2026, 2, 5, 11);
const shopOf = () => publishingShop(app, START);

describe('two people', () => {
  it('publish what one proposed and another approved; neither the one nor a key approves, and nothing counts before', async () => {
    const { shop, owner, marek, ewa, draft, read, path } = await shopOf();
    expect((await owner('PATCH', '', { secondPerson: true })).status).toBe(200);
    const before = await read();
    const revision = await draft({ name: 'Hojniej', effect: { kind: 'perAmount', points: 2, perMinor: 1000, rounding: 'down', per: 'transaction' } });
    expect(await marek('POST', `${path}/publish`, { revision })).toMatchObject({ status: 200, body: { proposal: { step: 'publish', by: 'marek' }, current: { version: before.current!.version } } });
    const asked = (await read()).revision;
    expect(await marek('POST', `${path}/approve`, { revision: asked })).toMatchObject({ status: 403, body: { code: 'approval_not_yours' } });
    expect(await shop.call('POST', `${path}/approve`, { revision: asked })).toMatchObject({ status: 403, body: { code: 'approval_not_yours' } });
    const answers = await Promise.all([ewa, owner].map((one) => one('POST', `${path}/approve`, { revision: asked })));
    expect(answers.map((one) => one.status).sort()).toEqual([200, 412]);
    expect(await read()).toMatchObject({ proposal: null, draft: null, current: { version: before.current!.version + 1, publishedBy: 'marek' }, versions: { length: before.versions.length + 1 } });
  });

  it('403 approval_not_yours: who made the key that proposed is the first person, be it by a key that a key made', async () => {
    const { shop, owner, ewa, draft, read, path } = await shopOf();
    await owner('PATCH', '', { secondPerson: true });
    const scopes = ['access.manage', 'rules.write'];
    const withKey = async (secret: string, where: string, body: object) => (await app.server.inject({ method: 'POST', url: `/api/v1/programs/${shop.code}${where}`, headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }, payload: JSON.stringify(body) })).json<{ secret: string }>();
    const { secret: first } = (await owner('POST', '/api-keys', { name: 'Kasa', scopes })).body as unknown as { secret: string };
    const { secret: second } = await withKey(first, '/api-keys', { name: 'Drugi', scopes });
    for (const secret of [first, second]) {
      expect(await withKey(secret, `${path}/publish`, { revision: await draft({ name: 'Hojniej' }) })).toMatchObject({ proposal: { step: 'publish' } });
      expect(await owner('POST', `${path}/approve`, { revision: (await read()).revision })).toMatchObject({ status: 403, body: { code: 'approval_not_yours' } });
    }
    expect(await ewa('POST', `${path}/approve`, { revision: (await read()).revision })).toMatchObject({ status: 200, body: { proposal: null } });
  });

  it('a proposal ends when somebody declines it or changes the draft; a pause never waits', async () => {
    const { owner, marek, ewa, draft, read, path } = await shopOf();
    await owner('PATCH', '', { secondPerson: true });
    await marek('POST', `${path}/publish`, { revision: await draft({ name: 'A' }) });
    expect(await ewa('POST', `${path}/decline`, { revision: (await read()).revision })).toMatchObject({ status: 200, body: { proposal: null, draft: { name: 'A' } } });
    await marek('POST', `${path}/publish`, { revision: (await read()).revision });
    await draft({ name: 'B' });
    expect(await ewa('POST', `${path}/approve`, { revision: (await read()).revision })).toMatchObject({ status: 409, body: { code: 'nothing_to_approve' } });
    expect(await marek('POST', `${path}/pause`, { revision: (await read()).revision, despiteNotice: true })).toMatchObject({ status: 200, body: { state: 'paused' } });
    expect(await marek('POST', `${path}/resume`, { revision: (await read()).revision })).toMatchObject({ status: 200, body: { state: 'paused', proposal: { step: 'resume' } } });
  });

  it('403 not_allowed: a manager cannot go back to one person, the owner can', async () => {
    const { owner, marek } = await shopOf();
    await marek('PATCH', '', { secondPerson: true });
    expect(await marek('PATCH', '', { secondPerson: false })).toMatchObject({ status: 403, body: { code: 'not_allowed' } });
    expect(await owner('PATCH', '', { secondPerson: false })).toMatchObject({ status: 200, body: { secondPerson: false } });
  });
});

describe('a change by which members may get less', () => {
  it('409 notice_too_short before the program’s notice is over, in words; it goes with the notice or with a confirmation', async () => {
    const { marek, draft, read, path } = await shopOf();
    const revision = await draft({ effect: { kind: 'perAmount', points: 1, perMinor: 5000, rounding: 'down', per: 'transaction' } });
    const difference = await marek('GET', `${path}/difference`);
    expect(difference).toMatchObject({ status: 200, body: { changes: [{ field: 'effect', verdict: 'worse' }], worse: 'Ta zmiana może pogorszyć warunki uczestników: co daje.', noticeDays: 14, earliest: '2026-03-18T23:00:00.000Z' } });
    const refused = await marek('POST', `${path}/publish`, { revision, inForceFrom: '2026-03-18T22:59:59Z' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'notice_too_short', params: { days: 14, earliest: '19\u00a0marca 2026' } } });
    expect((await read()).versions).toHaveLength(1);
    expect(await marek('POST', `${path}/publish`, { revision, inForceFrom: '2026-03-18T23:00:00Z' })).toMatchObject({ status: 200, body: { current: { version: 1 }, versions: [{ version: 1 }, { version: 2 }] } });
    const lower = await draft({ caps: { perTransaction: 1, perMemberDay: null, perProgram: null } });
    expect(await marek('POST', `${path}/publish`, { revision: lower, despiteNotice: true })).toMatchObject({ status: 200, body: { current: { version: 3 }, versions: [{}, { withdrawnBy: 3 }, {}] } });
  });

  it('a change by which nobody can get less is in force at once', async () => {
    const { marek, draft, path } = await shopOf();
    const revision = await draft({ effect: { kind: 'perAmount', points: 3, perMinor: 1000, rounding: 'up', per: 'transaction' } });
    expect(await marek('GET', `${path}/difference`)).toMatchObject({ body: { worse: null, earliest: '2026-03-05T11:00:00.000Z' } });
    expect(await marek('POST', `${path}/publish`, { revision })).toMatchObject({ status: 200, body: { current: { version: 2 } } });
  });
});

it('going back publishes the older version as a new one and leaves the draft', async () => {
  const { marek, draft, read, definition, path } = await shopOf();
  await marek('POST', `${path}/publish`, { revision: await draft({ name: 'Dwójka', effect: { kind: 'perAmount', points: 5, perMinor: 1000, rounding: 'down', per: 'transaction' } }) });
  const revision = await draft({ name: 'Szkic trójki' });
  expect(await marek('POST', `${path}/rollback`, { revision, version: 7, despiteNotice: true })).toMatchObject({ status: 404 });
  expect(await marek('POST', `${path}/rollback`, { revision, version: 1 })).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
  expect(await marek('POST', `${path}/rollback`, { revision, version: 1, despiteNotice: true })).toMatchObject({ status: 200 });
  const after = await read();
  expect(after).toMatchObject({ current: { version: 3 }, draft: { name: 'Szkic trójki' } });
  // A rule is called what members know it by until the draft is published.
  expect(after.name).toBe(definition.name);
  expect(after.versions.at(-1)!.definition).toEqual(definition);
  expect(await marek('GET', `${path}/difference?from=1&to=3`)).toMatchObject({ body: { changes: [], worse: null } });
});

describe('versions planned for later', () => {
  const rate = (points: number) => ({ effect: { kind: 'perAmount', points, perMinor: 1000, rounding: 'down', per: 'transaction' } });
  const at = (days: number) => new Date(START + days * 86_400_000).toISOString();

  it('409 notice_too_short: what was announced for later does not come sooner, though the newest version says the same', async () => {
    const { marek, draft, path } = await shopOf();
    const double = { effect: { kind: 'perAmount', points: 1, perMinor: 2000, rounding: 'down', per: 'transaction' } };
    expect(await marek('POST', `${path}/publish`, { revision: await draft(double), inForceFrom: at(20) })).toMatchObject({ status: 200 });
    const revision = await draft({ ...double, name: 'Już teraz' });
    expect(await marek('POST', `${path}/publish`, { revision, inForceFrom: at(6) })).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
    expect(await marek('POST', `${path}/publish`, { revision })).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
    expect(await marek('POST', `${path}/publish`, { revision, inForceFrom: at(21) })).toMatchObject({ status: 200 });
  });

  it('409 notice_too_short: a change for the better that begins within the notice is a promise; one that begins after it can be withdrawn in time', async () => {
    const { marek, draft, read, path } = await shopOf();
    await marek('POST', `${path}/publish`, { revision: await draft(rate(3)), inForceFrom: at(30) });
    expect(await marek('POST', `${path}/rollback`, { revision: (await read()).revision, version: 1 })).toMatchObject({ status: 200 });
    await marek('POST', `${path}/publish`, { revision: await draft(rate(3)), inForceFrom: at(5) });
    expect(await marek('POST', `${path}/rollback`, { revision: (await read()).revision, version: 1 })).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
  });

  it('are withdrawn by what is published from an earlier day on: each answer says which, and their day changes nothing', async () => {
    const { shop, params, marek, draft, read, path } = await shopOf();
    const member = await shop.api.createMember({ params, body: { firstName: 'Anna', card: 'C-1', termsVersion: 1 } });
    let count = 0;
    const pointsOf = async (occurredAt: string) => (await shop.api.recordTransaction({ params, body: { source: 'till', externalId: `P-${count += 1}`, kind: 'sale', occurredAt, totalMinor: 5000, member: { id: member.id } } })).awards.reduce((sum, one) => sum + one.points, 0);
    expect(await marek('POST', `${path}/publish`, { revision: await draft(rate(3)), inForceFrom: at(20) })).toMatchObject({ body: { current: { version: 1 }, versions: [{ withdrawnBy: null }, { version: 2, withdrawnBy: null }] } });
    expect(await marek('POST', `${path}/publish`, { revision: await draft(rate(4)), inForceFrom: at(30) })).toMatchObject({ body: { current: { version: 1 } } });
    expect(await marek('GET', `${path}/difference?from=1&to=2`)).toMatchObject({ body: { withdraws: [] } });
    const revision = await draft({ name: 'Dwójka', ...rate(2) });
    expect(await marek('GET', `${path}/difference?inForceFrom=${at(25)}`)).toMatchObject({ body: { changes: [{ field: 'name' }, { field: 'effect', verdict: 'worse' }], withdraws: [{ version: 3, inForceFrom: at(30) }] } });
    expect(await marek('GET', `${path}/difference`)).toMatchObject({ body: { worse: null, withdraws: [{ version: 2 }, { version: 3 }] } });
    expect(await marek('POST', `${path}/publish`, { revision })).toMatchObject({ status: 200, body: { current: { version: 4 }, versions: [{ withdrawnBy: null }, { withdrawnBy: 4 }, { withdrawnBy: 4 }, { version: 4, withdrawnBy: null }] } });
    expect(await pointsOf(at(0))).toBe(10);
    await shop.call('POST', '/test-clock', { now: at(31) });
    expect(await pointsOf(at(31))).toBe(10);
    expect(await read()).toMatchObject({ current: { version: 4 } });
  });

  it('are withdrawn by going back now, and a program that plans another rule keeps its day', async () => {
    const { shop, params, marek, draft, read, definition, path } = await shopOf();
    await marek('POST', `${path}/publish`, { revision: await draft(rate(3)), inForceFrom: at(20) });
    const other = await shop.api.createRule({ params, body: { definition: { ...definition, name: 'Dodatek', effect: { kind: 'fixed', points: 7 } } } });
    await shop.api.publishRule({ params: { ...params, rule: other.id }, body: { revision: other.revision, inForceFrom: at(10) } });
    expect(await shop.api.getRule({ params: { ...params, rule: other.id } })).toMatchObject({ current: { version: 1 }, state: 'active' });
    await marek('POST', `${path}/rollback`, { revision: (await read()).revision, version: 1 });
    await shop.call('POST', '/test-clock', { now: at(21) });
    const member = await shop.api.createMember({ params, body: { firstName: 'Anna', card: 'C-2', termsVersion: 1 } });
    const { awards } = await shop.api.recordTransaction({ params, body: { source: 'till', externalId: 'Z-1', kind: 'sale', occurredAt: at(21), totalMinor: 5000, member: { id: member.id } } });
    expect(awards.map((one) => one.points).sort()).toEqual([5, 7]);
  });
});

describe('a draft that is thrown away', () => {
  it('of a published rule leaves what is published, ends the proposal to publish it, and stands in the audit trail', async () => {
    const { shop, params, owner, marek, draft, read, definition, path } = await shopOf();
    await owner('PATCH', '', { secondPerson: true });
    await marek('POST', `${path}/publish`, { revision: await draft({ name: 'Pomyłka' }), despiteNotice: true });
    const { revision } = await read();
    expect(await marek('POST', `${path}/discard`, { revision: revision - 1 })).toMatchObject({ status: 412 });
    expect(await marek('POST', `${path}/discard`, { revision })).toMatchObject({ status: 200, body: { rule: { draft: null, proposal: null, state: 'active', current: { version: 1, definition } } } });
    expect(await marek('POST', `${path}/discard`, { revision: revision + 1 })).toMatchObject({ status: 409, body: { code: 'nothing_to_publish' } });
    const { items: [last] } = await shop.api.listAudit({ params, query: {} });
    expect(last).toMatchObject({ action: 'rule.discarded', details: { name: 'Pomyłka', whole: false } });
    // Undone by saving the same words again.
    await draft({ name: 'Pomyłka' });
    expect(await read()).toMatchObject({ draft: { name: 'Pomyłka' } });
  });

  it('stays what it is while an older version waits to come back', async () => {
    const { owner, marek, draft, read, path } = await shopOf();
    await marek('POST', `${path}/publish`, { revision: await draft({ name: 'Dwójka' }), despiteNotice: true });
    await owner('PATCH', '', { secondPerson: true });
    await marek('POST', `${path}/rollback`, { revision: await draft({ name: 'Szkic' }), version: 1, despiteNotice: true });
    expect(await marek('POST', `${path}/discard`, { revision: (await read()).revision })).toMatchObject({ status: 200, body: { rule: { draft: null, proposal: { version: 1 } } } });
  });

  it('of a rule that was never published goes with the whole rule', async () => {
    const { shop, params, definition } = await shopOf();
    const { id, revision } = await shop.api.createRule({ params, body: { definition: { ...definition, name: 'Szkic' } } });
    expect(await shop.call('POST', `/earning-rules/${id}/discard`, { revision })).toMatchObject({ status: 200, body: { rule: null } });
    expect((await shop.call('GET', `/earning-rules/${id}`)).status).toBe(404);
    expect((await shop.api.listRules({ params })).items.map((one) => one.name)).toEqual([definition.name]);
    expect((await shop.api.listAudit({ params, query: {} })).items[0]).toMatchObject({ action: 'rule.discarded', subject: id, details: { name: 'Szkic', whole: true } });
  });

  it('409 rule_kept: a rule that a repair names stays', async () => {
    const { shop, params, definition } = await shopOf();
    const { id, revision } = await shop.api.createRule({ params, body: { definition: { ...definition, name: 'Szkic' } } });
    await shop.api.startRepair({ params, body: { rule: id, from: '2026-03-01', until: '2026-03-02' } });
    expect(await shop.call('POST', `/earning-rules/${id}/discard`, { revision })).toMatchObject({ status: 409, body: { code: 'rule_kept' } });
    expect(await shop.api.getRule({ params: { ...params, rule: id } })).toMatchObject({ state: 'draft', revision });
  });
});
