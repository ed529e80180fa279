import type { RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from '../../platform/sql.ts';
import { loadHistory } from '../connectors/index.ts';
import { goalsInPast, layGoals } from '../goals/index.ts';
import { testApp, type TestApp } from '../../testing/app.ts';
import { ruleNamed } from '../../testing/replay-rules.ts';
import { replayed, storedAccounts } from '../../testing/replayed.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const asks = (name: string, points: number, operator: string, value: string[] | number, attribute = 'member.badge') =>
  ruleNamed(name, { when: { attribute, operator, value }, effect: { kind: 'fixed', points } });
const gives = (code: string, when: RuleDefinition['when']) => ruleNamed(`Odznaka ${code}`, { when, effect: { kind: 'grant', what: 'badge', code, count: 1 } });
/** Each condition gives a number of points of its own, so that the sum says which held. */
const RULES = [
  asks('Kawosz', 1, 'includesAny', ['kawosz']),
  asks('Nie kawosz', 10, 'includesNone', ['kawosz']),
  asks('Obie', 100, 'includesAll', ['kawosz', 'bywalec']),
  asks('Kawosz od tygodnia', 1_000, 'atLeast', 7, 'member.badgeDays.kawosz'),
  asks('Świeży bywalec', 10_000, 'below', 7, 'member.badgeDays.bywalec'),
  gives('kawosz', { attribute: 'transaction.total', operator: 'atLeast', value: 10_000 }),
];
const quoted = (name: string) => `"${name}"`;
const DAY_MS = 86_400_000;
const START = Date.parse('2026-03-02T08:00:00Z');

/** A shop with a clock whose challenge gives the badge `bywalec` for three purchases, and where a big purchase gives `kawosz` by a rule. */
async function cafe(rules: readonly RuleDefinition[] = RULES) {
  const shop = await app.program({ rules: [...rules], test: true, startsAt: START });
  const params = { program: shop.code };
  const badge = async (code: string) => (await shop.call('POST', '/badges', { name: code, description: null, shape: 'circle', icon: 'cup', color: 'amber', code })).body as unknown as { id: string };
  const [bywalec] = [await badge('bywalec'), await badge('kawosz')];
  const draft = await shop.api.createGoal({ params, body: { definition: {
    kind: 'challenge', name: 'Trzy wizyty', description: null, onReturn: 'takeBack', reward: { points: null, badge: bywalec.id, coupon: null }, when: null, lines: null,
    task: { kind: 'count', of: 'documents', target: 3 }, window: { kind: 'once', from: '2026-01-01', until: null },
  } as never } });
  await shop.api.publishGoal({ params: { ...params, goal: draft.id }, body: { revision: draft.revision } });
  const anna = await shop.api.createMember({ params, body: { firstName: 'Anna', card: `${shop.code}-A`, termsVersion: 1 } });
  let count = 0;
  const now = async () => Date.parse((await shop.api.getTestClock({ params })).now);
  const post = async (body: object) => (await shop.api.recordTransaction({ params, body: { source: 'till', externalId: `S${count += 1}`, kind: 'sale', occurredAt: new Date(await now()).toISOString(), member: { id: anna.id }, ...body } as never }));
  return {
    shop, params, anna, now,
    /** Points of a sale; `daysAgo`: told so late. */
    sell: async (totalMinor: number, daysAgo = 0) => (await post({ totalMinor, occurredAt: new Date(await now() - daysAgo * DAY_MS).toISOString() })).awards.reduce((sum, one) => sum + one.points, 0),
    giveBack: (sale: string, totalMinor: number) => post({ kind: 'return', totalMinor, of: { source: 'till', externalId: sale } }),
    pass: async (days: number) => shop.api.moveTestClock({ params, body: { now: new Date(await now() + days * DAY_MS).toISOString() } }),
    exact: async () => {
      const { result, accounts } = await replayed(app.deps, shop.id, {});
      expect(result.difference).toMatchObject({ documents: 0, first: null });
      expect(accounts).toEqual(await storedAccounts(app.ask, shop.id));
      return result;
    },
  };
}

it('a sale is decided by the badges of its own day, from rules and from goals, also when it is told late, and so is its replay', async () => {
  const { sell, giveBack, pass, exact, shop, params, anna, now } = await cafe();
  expect(await sell(1_000)).toBe(10); // S1: nothing yet
  expect(await sell(10_000)).toBe(10); // S2: gives kawosz, and does not see it itself
  expect(await sell(1_000)).toBe(1); // S3: the third purchase; the challenge gives bywalec when the clock moves
  await pass(1);
  expect(await sell(1_000)).toBe(1 + 100 + 10_000);
  expect(await sell(1_000, 2)).toBe(10); // the day before the first purchase: nothing was held
  await pass(7);
  expect(await sell(1_000)).toBe(1 + 100 + 1_000);
  await giveBack('S2', 10_000); // kawosz goes with what earned it; bywalec stays, for three purchases are left
  expect(await sell(1_000)).toBe(10);
  expect(await sell(1_000, 3)).toBe(1 + 100 + 10_000); // three days ago both were held, bywalec for less than a week
  const result = await exact();
  expect(result.changingFacts).toEqual(['member.badge', 'member.badgeDays.bywalec', 'member.badgeDays.kawosz']);
  // A preview decides alike, and a segment by the same condition finds the same people.
  const preview = await shop.api.previewTransaction({ params, body: { source: 'till', externalId: 'P', kind: 'sale', occurredAt: new Date(await now()).toISOString(), member: { id: anna.id }, totalMinor: 1_000 } as never });
  expect(preview.awards.map((one) => one.points)).toEqual([10]);
  const held = (code: string) => shop.call('POST', '/segments/count', { condition: { attribute: 'member.badge', operator: 'includesAny', value: [code] } });
  expect((await held('bywalec')).body).toMatchObject({ members: 1 });
  expect((await held('kawosz')).body).toMatchObject({ members: 0 });
});

it('a badge that a goal took back and gave again counts by its days of each time', async () => {
  const { sell, giveBack, pass, exact } = await cafe([asks('Bywalec', 1, 'includesAny', ['bywalec']), asks('Od dawna', 10, 'atLeast', 3, 'member.badgeDays.bywalec')]);
  for (let visit = 0; visit < 3; visit += 1) await sell(1_000); // S1–S3
  await pass(5);
  expect(await sell(1_000)).toBe(11); // S4
  await giveBack('S1', 1_000);
  await giveBack('S4', 1_000);
  await pass(5);
  expect(await sell(1_000)).toBe(0); // S7 reaches it again
  await pass(1);
  expect(await sell(1_000)).toBe(1);
  expect(await sell(1_000, 2)).toBe(0); // between the two times
  expect(await sell(1_000, 8)).toBe(11); // in the first
  await exact();
});

it('who asks for no badge reads none at a booking', async () => {
  const [asking, plain] = [await cafe([asks('Kawosz', 1, 'includesNone', ['kawosz'])]), await cafe([ruleNamed('Za zakupy')])];
  const role = (await app.deps.db.readProgram(asking.shop.id, (tx) => tx.rows<{ role: string }>(sql`select current_user::text as role`)))[0]!.role;
  await app.ask(`revoke select on held_badge from ${quoted(role)}`, []);
  expect(await plain.sell(5_000)).toBe(5);
  await expect(asking.sell(5_000)).rejects.toThrow();
  await app.ask(`grant select on held_badge to ${quoted(role)}`, []);
  expect(await asking.sell(5_000)).toBe(1);
});

it('history that is loaded gives badges at the instants of its documents: the next one of the same batch sees them, and so does a replay', async () => {
  const shop = await app.program({ rules: RULES });
  const params = { program: shop.code };
  await shop.api.createMember({ params, body: { firstName: 'Anna', card: 'HB-1', termsVersion: 1 } });
  const badge = async (code: string) => (await shop.call('POST', '/badges', { name: code, description: null, shape: 'circle', icon: 'cup', color: 'amber', code })).body as unknown as { id: string };
  const [bywalec] = [await badge('bywalec'), await badge('kawosz')];
  await app.deps.db.inProgram(shop.id, (tx) => layGoals(app.deps, tx, [{
    kind: 'challenge', name: 'Trzy wizyty', description: null, onReturn: 'takeBack', reward: { points: null, badge: bywalec.id, coupon: null }, when: null, lines: null,
    task: { kind: 'count', of: 'documents', target: 3 }, window: { kind: 'once', from: '2019-12-01', until: null },
  }]));
  const spare = await app.deps.ids.take(20);
  const companion = await app.deps.db.readProgram(shop.id, (tx) => goalsInPast(app.deps, tx, 0, () => spare.pop()!));
  const sale = (day: number, totalMinor = 1_000) => ({
    source: 'h', externalId: `${day}`, kind: 'sale' as const, occurredAt: Date.UTC(2020, 0, day, 12), pointer: { kind: 2, key: 'HB-1' }, totalMinor, lines: [], payments: [], currency: 'PLN', store: null, till: null, cashier: null, channel: null, attributes: {}, of: null,
  });
  const points: number[] = [];
  await loadHistory(app.deps, shop.id, [sale(1), sale(2, 10_000), sale(3), sale(4), sale(20)], {
    batchNo: null, companion, onOutcome: (_, outcome) => { points.push(outcome && 'awards' in outcome ? outcome.awards.reduce((sum, one) => sum + one.points, 0) : -1); },
  });
  expect(points).toEqual([10, 10, 1, 1 + 100 + 10_000, 1 + 100 + 1_000]);
  const { result, accounts } = await replayed(app.deps, shop.id, {});
  expect(result.difference).toMatchObject({ documents: 0, checked: 5, first: null });
  expect(accounts).toEqual(await storedAccounts(app.ask, shop.id));
});

it('409 badge_code_in_use: a rule that gives a badge or asks for it would not know it by another code; name and picture change freely', async () => {
  const shop = await app.program({ rules: [asks('Pyta', 1, 'includesNone', ['pytana']), gives('dawana', null)] });
  for (const [code, rule] of [['pytana', 'Pyta'], ['dawana', 'Odznaka dawana']] as const) {
    const face = { name: code, description: null, shape: 'circle', icon: 'cup', color: 'amber' };
    const { id } = (await shop.call('POST', '/badges', { ...face, code })).body as unknown as { id: string };
    const refused = await shop.call('PATCH', `/badges/${id}`, { ...face, revision: 1, code: 'inna' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'badge_code_in_use' } });
    expect(JSON.stringify(refused.body)).toContain(`„${rule}”`);
    expect((await shop.call('PATCH', `/badges/${id}`, { ...face, revision: 1, code: null })).status).toBe(409);
    expect((await shop.call('PATCH', `/badges/${id}`, { ...face, name: 'Nowa nazwa', revision: 1, code })).body).toMatchObject({ name: 'Nowa nazwa', code, revision: 2 });
  }
  const free = (await shop.call('POST', '/badges', { name: 'Wolna', description: null, shape: 'circle', icon: 'cup', color: 'amber', code: 'wolna' })).body as unknown as { id: string };
  expect((await shop.call('PATCH', `/badges/${free.id}`, { name: 'Wolna', description: null, shape: 'circle', icon: 'cup', color: 'amber', revision: 1, code: 'inna' })).body).toMatchObject({ code: 'inna' });
});

it('409 badge_code_in_use: a rule that comes back to the code while the badge is being changed is waited for', async () => {
  const shop = await app.program({ rules: [] });
  const params = { program: shop.code };
  const named = gives('stara', null) as never;
  let rule = await shop.api.createRule({ params, body: { definition: named } });
  const at = { ...params, rule: rule.id };
  rule = await shop.api.publishRule({ params: at, body: { revision: rule.revision } });
  rule = await shop.api.changeRule({ params: at, body: { revision: rule.revision, definition: gives('nowa', null) as never } });
  rule = await shop.api.publishRule({ params: at, body: { revision: rule.revision, despiteNotice: true } }); // since now nothing names the old code
  const face = { name: 'Odznaka', description: null, shape: 'circle', icon: 'cup', color: 'amber' };
  const { id } = (await shop.call('POST', '/badges', { ...face, code: 'stara' })).body as unknown as { id: string };
  const waiting = async () => (await app.ask<{ n: number }>("select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'", []))[0]!.n;
  const until = async (done: () => Promise<boolean>) => { while (!(await done())) await new Promise((resolve) => { setTimeout(resolve, 20); }); };
  let answered = false;
  let answers: Promise<[unknown, unknown]> | undefined;
  await app.deps.db.inProgram(shop.id, async (tx) => {
    await tx.rows(sql`select id from earning_rule where program_id = ${shop.id} for update`); // the publisher stands here, with the program's lock
    const back = shop.call('POST', `/earning-rules/${rule.id}/rollback`, { revision: rule.revision, version: 1, despiteNotice: true });
    await until(async () => await waiting() === 1);
    const changed = shop.call('PATCH', `/badges/${id}`, { ...face, revision: 1, code: 'inna' }).then((answer) => { answered = true; return answer; });
    await until(async () => answered || await waiting() === 2);
    answers = Promise.all([back, changed]);
  });
  expect(await answers).toMatchObject([{ status: 200 }, { status: 409, body: { code: 'badge_code_in_use' } }]);
});
