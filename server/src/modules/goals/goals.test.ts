import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GoalDefinition } from '@wracam/engine/goals/definition';
import { FIRST_RULES } from '../../setup.ts';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';
import { runNextJob } from '../../platform/jobs.ts';
import { verifyProgram } from '../ledger/index.ts';
import { goalJobs, sweepGoals } from './index.ts';
import { settleMembers } from './settle.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const START = '2026-03-02T08:00:00Z'; // a Monday
const PER_ZLOTY = [{ ...FIRST_RULES[0]!, effect: { kind: 'perAmount' as const, points: 1, perMinor: 100, rounding: 'down' as const, per: 'transaction' as const } }];
const common = { description: null, onReturn: 'takeBack' as const };
const points = (n: number) => ({ points: { wallet: 'punkty', points: n }, badge: null, coupon: null });
const challenge = (task: Extract<GoalDefinition, { kind: 'challenge' }>['task'], more: Partial<Extract<GoalDefinition, { kind: 'challenge' }>> = {}) => ({
  kind: 'challenge' as const, name: 'Pięć kaw', ...common, reward: points(10), when: null, lines: null, task, window: { kind: 'once' as const, from: '2026-01-01', until: null }, ...more,
});
const threshold = (at: number, more: Partial<Extract<GoalDefinition, { kind: 'threshold' }>> = {}) => ({
  kind: 'threshold' as const, name: `Co ${at}`, ...common, reward: points(50), measure: { kind: 'points' as const, wallet: 'punkty' }, at, repeats: true, since: null, ...more,
});

/** A test program with a clock, a member, and the means to sell, return and let time pass. */
async function shop(test = true) {
  const program = await app.program({ rules: PER_ZLOTY, ...(test ? { test: true, startsAt: Date.parse(START) } : {}) });
  const params = { program: program.code };
  const { api } = program;
  const anna = await api.createMember({ params, body: { firstName: 'Anna', card: `${program.code}-A`, termsVersion: 1 } });
  let count = 0;
  const now = async () => (test ? (await api.getTestClock({ params })).now : new Date(Date.now() - 1000).toISOString());
  return {
    program, params, api, anna, annaId: app.deps.publicIds.decode('mem', anna.id)!,
    publish: async (definition: object) => {
      const draft = await api.createGoal({ params, body: { definition: definition as never } });
      return api.publishGoal({ params: { ...params, goal: draft.id }, body: { revision: draft.revision } });
    },
    sell: async (totalMinor: number, more: object = {}) => {
      const externalId = `S-${count += 1}`;
      await api.recordTransaction({ params, body: { source: 'till', externalId, kind: 'sale', occurredAt: await now(), totalMinor, member: { id: anna.id }, ...more } });
      return externalId;
    },
    giveBack: async (sale: string, totalMinor: number) => {
      await api.recordTransaction({ params, body: { source: 'till', externalId: `R-${count += 1}`, kind: 'return', occurredAt: await now(), totalMinor, of: { source: 'till', externalId: sale } } });
    },
    /** Moves the clock; due work runs on the way. */
    until: (to: string) => api.moveTestClock({ params, body: { now: to } }),
    run: async () => { await api.moveTestClock({ params, body: { now: await now() } }); },
    goals: () => api.getMemberGoals({ params: { ...params, member: anna.id } }),
    balance: async () => (await api.getBalances({ params: { ...params, member: anna.id } })).balances[0]!.available,
    grants: () => app.ask<{ round: number; standing: boolean; points: string | null }>('select round, standing, points from goal_grant where program_id = $1 order by goal_id, round', [program.id]),
  };
}

/** Runs due work of a live program until there is none at this instant. */
async function runLive(program: TestProgram): Promise<void> {
  for (let left = 30; left > 0; left -= 1) {
    await app.ask('update due set due_at = now() where program_id = $1 and kind like $2 and due_at < now() + interval \'1 minute\'', [program.id, 'documents.%']);
    const { n } = (await app.ask<{ n: string }>('select count(*) as n from touched_member where program_id = $1', [program.id]))[0]!;
    const sweeping = (await app.ask('select 1 as one from due where program_id = $1 and kind = $2', [program.id, 'goals.sweep'])).length > 0;
    if (n === '0' && !sweeping) return;
    await runNextJob(app.deps, goalJobs);
  }
  throw new Error('touched members were not looked at');
}

describe('why', () => {
  it('of a goal’s points tells what was to be done for them, and of their going that the goal is reached no more', async () => {
    const { publish, sell, giveBack, run, api, params, anna } = await shop();
    await publish(challenge({ kind: 'count', of: 'documents', target: 1 }, { name: 'Pierwsza kawa' }));
    const sale = await sell(2_000);
    await run();
    await giveBack(sale, 2_000);
    await run();
    const { items } = await api.listHistory({ params: { ...params, member: anna.id }, query: {} });
    const whys = await Promise.all(items.filter((one) => one.origin.kind === 'system').map(async (one) => [one.kind, (await api.explainTransfer({ params: { ...params, transfer: one.id } })).sentence]));
    expect(Object.fromEntries(whys)).toEqual({
      earn: 'Za osiągnięty cel „Pierwsza kawa”: 1\u00a0zakup, od 1\u00a0stycznia 2026.',
      return: 'Po zwrocie cel „Pierwsza kawa” nie jest już osiągnięty, więc punkty za niego wróciły do programu. Cel to: 1\u00a0zakup, od 1\u00a0stycznia 2026.',
    });
  });
});

describe('a threshold', () => {
  it('gives each step once, at the sale that reached it, and takes it back when returns undo it', async () => {
    const { publish, sell, giveBack, run, balance, grants, goals, program } = await shop();
    await publish(threshold(500));
    await sell(49_900);
    await run();
    expect(await balance()).toBe(499);
    const second = await sell(60_000);
    await run();
    expect(await balance()).toBe(499 + 600 + 2 * 50);
    await run();
    await sweepGoals(app.deps, program.id);
    expect(await balance()).toBe(1199);
    expect((await goals()).thresholds[0]).toMatchObject({ value: 1099, from: 1000, at: 1500, missing: 401, granted: 2 });
    await giveBack(second, 20_000);
    await run();
    expect(await balance()).toBe(499 + 400 + 50);
    expect(await grants()).toMatchObject([{ round: 1, standing: true }, { round: 2, standing: false }]);
    await sell(20_000);
    await run();
    expect(await balance()).toBe(499 + 400 + 200 + 2 * 50);
    expect(await grants()).toMatchObject([{ round: 1, standing: true }, { round: 2, standing: true }]);
    expect((await verifyProgram(app.deps.db, program.id)).differences).toEqual([]);
  });

  it('keeps what it gave when it is set to, and gives it no second time', async () => {
    const { publish, sell, giveBack, run, balance } = await shop();
    await publish(threshold(100, { onReturn: 'keep', measure: { kind: 'spent' }, at: 10_000, repeats: false }));
    const sale = await sell(10_000);
    await run();
    await giveBack(sale, 10_000);
    await run();
    expect(await balance()).toBe(50);
    await sell(10_000);
    await run();
    expect(await balance()).toBe(150);
  });

  it('takes back what the member has spent already as a debt, like any return', async () => {
    const { publish, sell, giveBack, run, balance, api, params, anna, program } = await shop();
    await publish(threshold(100));
    const sale = await sell(10_000);
    await run();
    await api.adjustPoints({ params: { ...params, member: anna.id }, body: { points: -150, reason: 'Wydane' } });
    await giveBack(sale, 10_000);
    await run();
    const { balances } = await api.getBalances({ params: { ...params, member: anna.id } });
    expect(balances[0]).toMatchObject({ available: 0, debt: 150 });
    expect(await balance()).toBe(0);
    expect((await verifyProgram(app.deps.db, program.id)).differences).toEqual([]);
  });

  it('counts no points that goals gave: a reward never brings the next one nearer', async () => {
    const { publish, sell, run, grants } = await shop();
    await publish(threshold(100, { reward: points(100) }));
    await sell(10_000);
    await run();
    await run();
    expect(await grants()).toHaveLength(1);
  });

  it('is told in the history under its own name', async () => {
    const { publish, sell, run, api, params, anna } = await shop();
    await publish(threshold(100));
    await sell(10_000);
    await run();
    const { items } = await api.listHistory({ params: { ...params, member: anna.id } });
    expect(items.find((one) => one.points === 50)).toMatchObject({ kind: 'earn', reason: 'Co 100', origin: { kind: 'system' } });
  });
});

describe('a challenge', () => {
  it('shows progress and deadline at once, and gives points, badge and coupon when it is done', async () => {
    const { publish, sell, run, goals, balance, api, params, until } = await shop();
    const badge = await api.createBadge({ params, body: { name: 'Kawosz', description: null, shape: 'circle', icon: 'cup', color: 'amber' } });
    await publish(challenge({ kind: 'count', of: 'documents', target: 2 }, { reward: { points: { wallet: 'punkty', points: 10 }, badge: badge.id, coupon: 'kawa gratis' }, window: { kind: 'week', from: '2026-03-02', until: '2026-03-31' } }));
    await sell(500);
    expect((await goals()).challenges[0]).toMatchObject({ state: 'running', value: 1, target: 2, daysLeft: 7, period: { from: '2026-03-02', until: '2026-03-08' } });
    await sell(500);
    await run();
    const done = await goals();
    expect(done.challenges[0]).toMatchObject({ state: 'reached', value: 2, granted: 1 });
    expect(done.badges).toMatchObject([{ id: badge.id, name: 'Kawosz' }]);
    expect(await balance()).toBe(20);
    const [coupon] = done.coupons;
    expect((await api.findCoupon({ params, body: { code: coupon!.code.toLowerCase() } })).found).toEqual({ coupon, member: expect.stringMatching(/^mem_/) as string });
    expect(await api.findCoupon({ params, body: { code: 'NOSUCH99' } })).toEqual({ found: null });
    expect((await api.useCoupon({ params, body: { code: coupon!.code.toLowerCase() } })).coupon).toMatchObject({ title: 'kawa gratis', usedAt: expect.any(String) });
    await expect(api.useCoupon({ params, body: { code: coupon!.code } })).rejects.toMatchObject({ problem: { code: 'coupon_used' } });
    await expect(api.useCoupon({ params, body: { code: 'NOSUCH99' } })).rejects.toMatchObject({ problem: { code: 'coupon_unknown' } });
    await until('2026-03-09T08:00:00Z');
    expect((await goals()).challenges[0]).toMatchObject({ state: 'running', value: 0, daysLeft: 7 });
    expect((await api.listBadges({ params })).items).toMatchObject([{ holders: 1 }]);
  });

  it('goes back with a return, together with its badge and its coupon, and a void counts for nothing', async () => {
    const { publish, sell, giveBack, run, goals, api, params } = await shop();
    const badge = await api.createBadge({ params, body: { name: 'Kawosz', description: null, shape: 'circle', icon: 'cup', color: 'amber' } });
    const made = await publish(challenge({ kind: 'count', of: 'amount', target: 1000 }, { reward: { points: null, badge: badge.id, coupon: 'kawa gratis' } }));
    const sale = await sell(1000);
    await run();
    const { coupons } = await goals();
    expect(coupons).toHaveLength(1);
    await giveBack(sale, 100);
    await run();
    expect(await goals()).toMatchObject({ challenges: [{ value: 900, state: 'running', granted: 0 }], badges: [], coupons: [] });
    expect(await api.findCoupon({ params, body: { code: coupons[0]!.code } })).toEqual({ found: null });
    await expect(api.useCoupon({ params, body: { code: coupons[0]!.code } })).rejects.toMatchObject({ problem: { code: 'coupon_unknown' } });
    const more = await sell(500);
    await run();
    expect((await goals()).coupons).toMatchObject([{ code: coupons[0]!.code }]);
    const { items } = await api.listTransactions({ params, query: { externalId: more } as never });
    await api.voidTransaction({ params: { ...params, transaction: items.find((one) => one.externalId === more)!.id }, body: { reason: 'Pomyłka' } });
    await run();
    expect((await goals()).challenges[0]).toMatchObject({ value: 900, granted: 0 });
    expect((await api.getGoal({ params: { ...params, goal: made.id } })).figures).toMatchObject({ begun: 1, granted: 0, takenBack: 1 });
  });

  it('counts a sale from the moment it is claimed', async () => {
    const { publish, sell, run, goals, api, params, anna } = await shop();
    await publish(challenge({ kind: 'count', of: 'documents', target: 1 }));
    const sale = await sell(1000, { member: undefined });
    await run();
    expect((await goals()).challenges[0]).toMatchObject({ value: 0 });
    const { items } = await api.listTransactions({ params });
    await api.claimTransaction({ params: { ...params, transaction: items.find((one) => one.externalId === sale)!.id }, body: { member: { id: anna.id } } });
    await run();
    expect((await goals()).challenges[0]).toMatchObject({ value: 1, granted: 1 });
  });

  it('is not taken from anybody when the organiser makes it harder, and ends for good', async () => {
    const { publish, sell, run, goals, api, params, program } = await shop();
    const made = await publish(challenge({ kind: 'count', of: 'documents', target: 1 }));
    await sell(1000);
    await run();
    const changed = await api.changeGoal({ params: { ...params, goal: made.id }, body: { revision: made.revision, definition: challenge({ kind: 'count', of: 'documents', target: 5 }) as never } });
    await expect(api.publishGoal({ params: { ...params, goal: made.id }, body: { revision: made.revision } })).rejects.toMatchObject({ problem: { code: 'rule_changed_meanwhile' } });
    const again = await api.publishGoal({ params: { ...params, goal: made.id }, body: { revision: changed.revision, despiteNotice: true } });
    await sweepGoals(app.deps, program.id);
    expect((await goals()).challenges[0]).toMatchObject({ value: 1, target: 5, granted: 1 });
    expect((await api.getGoal({ params: { ...params, goal: made.id } })).distribution).toEqual([[1, 24, 1], [25, 49, 0], [50, 74, 0], [75, 99, 0], [100, 100, 0]].map(([from, to, members]) => ({ from, to, members })));
    await api.endGoal({ params: { ...params, goal: made.id }, body: { revision: again.revision, despiteNotice: true } });
    expect((await goals()).challenges).toEqual([]);
    await expect(api.publishGoal({ params: { ...params, goal: made.id }, body: { revision: again.revision + 1 } })).rejects.toMatchObject({ problem: { code: 'goal_state_wrong' } });
  });

  it('400 with every fault and its place: nothing is drafted', async () => {
    const { program } = await shop();
    const answer = await program.call('POST', '/goals', { definition: { ...challenge({ kind: 'streak', every: 'day', length: 5 }), window: { kind: 'week', from: '2026-03-02', until: '2026-03-01' }, reward: { points: null, badge: null, coupon: null } } });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect((answer.body as unknown as { errors: { pointer: string }[] }).errors.map((one) => one.pointer).sort()).toEqual(['/definition/reward', '/definition/window/kind', '/definition/window/until']);
    expect(await app.ask('select id from goal where program_id = $1', [program.id])).toEqual([]);
  });

  it('can be tried on members before it is published: nothing is saved', async () => {
    const { sell, api, params } = await shop();
    await sell(1000);
    expect(await api.previewGoal({ params, body: { definition: challenge({ kind: 'count', of: 'documents', target: 1 }) as never } })).toMatchObject({ members: 1, reached: 1, sentence: expect.stringMatching(/^1\u00a0zakup, od 1/) });
    expect((await api.listGoals({ params })).items).toEqual([]);
  });

  it('says from which day the trial counts, and that a goal which begins today has nobody yet', async () => {
    const { sell, api, params } = await shop();
    await sell(1000);
    const tried = async (from: string) => api.previewGoal({ params, body: { definition: { ...challenge({ kind: 'count', of: 'documents', target: 1 }), window: { kind: 'once', from, until: null } } as never } });
    const today = (await api.getTestClock({ params })).now.slice(0, 10);
    const yesterday = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10);
    expect(await tried(today)).toMatchObject({ countsFrom: today, fresh: true });
    expect(await tried(yesterday)).toMatchObject({ countsFrom: yesterday, fresh: false });
  });
});

describe('counting', () => {
  it('makes up missed nights by one sweep', async () => {
    const { program, publish } = await shop(false);
    await publish(challenge({ kind: 'count', of: 'documents', target: 2 }));
    const now = Date.now();
    const next = await goalJobs['goals.nightly']!.run(app.deps, { programId: program.id, kind: 'goals.nightly', ref: Math.floor(now / 86_400_000) - 30, dueAt: now, now });
    expect(next!.dueAt).toBeGreaterThan(now);
    expect(next!.dueAt - now).toBeLessThanOrEqual(25 * 3_600_000);
    // A clock that jumps sweeps once, at the last of the nights.
    expect(goalJobs['goals.nightly']!.nextTime).toBeDefined();
  });

  it('leaves a note of whom a booking touched only where somebody follows, and rewards at once in a live program', async () => {
    const { program, publish, sell, goals, balance } = await shop(false);
    const touched = () => app.ask('select member_id from touched_member where program_id = $1', [program.id]);
    await sell(1000);
    expect(await touched()).toEqual([]);
    await publish(challenge({ kind: 'count', of: 'documents', target: 2 }));
    await runLive(program);
    await sell(1000);
    expect(await touched()).toHaveLength(1);
    await runLive(program);
    expect(await touched()).toEqual([]);
    expect((await goals()).challenges[0]).toMatchObject({ value: 2, granted: 1 });
    expect(await balance()).toBe(30);
  });

  it('gives a reward once when ten processes count the same member while tills go on selling', async () => {
    const { program, publish, sell, annaId, grants, goals } = await shop(false);
    await publish(threshold(100, { reward: points(7) }));
    await sell(10_000);
    await Promise.all([...Array.from({ length: 10 }, () => settleMembers(app.deps, program.id, [annaId])), ...Array.from({ length: 5 }, () => sell(10_000))]);
    await settleMembers(app.deps, program.id, [annaId]);
    expect((await grants()).map((one) => one.round)).toEqual([1, 2, 3, 4, 5, 6]);
    const [paid] = await app.ask<{ n: string }>('select sum(points) as n from transfer where program_id = $1 and origin_kind = 6', [program.id]);
    expect(Number(paid!.n)).toBe(6 * 7);
    expect((await goals()).thresholds[0]).toMatchObject({ value: 600, granted: 6 });
    expect((await verifyProgram(app.deps.db, program.id)).differences).toEqual([]);
  });

  it('gives nothing to a blocked member until the account is open again', async () => {
    const { program, publish, sell, annaId, grants, api, params, anna } = await shop(false);
    await publish(threshold(100));
    await sell(10_000);
    await api.blockMember({ params: { ...params, member: anna.id }, body: { reason: 'Sprawdzamy' } });
    await settleMembers(app.deps, program.id, [annaId]);
    expect(await grants()).toEqual([]);
    await api.unblockMember({ params: { ...params, member: anna.id }, body: { reason: 'W porządku' } });
    await settleMembers(app.deps, program.id, [annaId]);
    expect(await grants()).toHaveLength(1);
  });

  it('tells when the next step comes only when there is enough to go by', async () => {
    const { publish, sell, goals, until } = await shop();
    await publish(threshold(500));
    await sell(2000);
    expect((await goals()).thresholds[0]!.forecast).toEqual({ day: null, earliest: null, latest: null, why: 'fewDays' });
    for (let week = 1; week <= 6; week += 1) {
      await until(new Date(Date.parse(START) + week * 7 * 86_400_000).toISOString());
      await sell(2000);
    }
    const { forecast, missing } = (await goals()).thresholds[0]!;
    expect(missing).toBe(360);
    expect(forecast).toMatchObject({ day: '2026-08-17', why: null });
    expect(forecast.earliest! < forecast.day! && forecast.day! < forecast.latest!).toBe(true);
  });
});

describe('leaderboards', () => {
  it('show who agreed, under a nickname, with shared places; the own place is told to oneself alone', async () => {
    const { program, api, params, anna, sell } = await shop(false);
    const session = async (id: string) => {
      const { openSession } = await import('../access/index.ts');
      return `wracam_member=${(await openSession(app.deps, 'member', { programId: program.id, memberId: app.deps.publicIds.decode('mem', id)! }, null)).token}`;
    };
    const asMember = async (id: string, method: string, path: string, body?: unknown) => program.call(method, path, body, { authorization: '', cookie: await session(id), origin: 'http://localhost:3000' });
    await api.createLeaderboard({ params, body: { name: 'Miesiąc', measure: { kind: 'points', wallet: 'punkty' }, period: 'month', state: 'shown' } });
    const others = [];
    for (const [name, zl] of [['Bogdan', 50], ['Celina', 70], ['Dorota', 50]] as const) {
      const one = await api.createMember({ params, body: { firstName: name, card: `${program.code}-${name}`, termsVersion: 1 } });
      await sell(zl * 100, { member: { id: one.id } });
      expect((await asMember(one.id, 'POST', '/me/leaderboards/join', { nickname: `Kawosz ${name}` })).status).toBe(200);
      others.push(one);
    }
    await sell(3000);
    type Boards = { nickname: string | null; items: { standings: { place: number; nickname: string; me: boolean }[]; own: { place: number; score: number } | null }[] };
    const seen = async () => (await asMember(anna.id, 'GET', '/me/leaderboards')).body as unknown as Boards;
    expect(await seen()).toMatchObject({ nickname: null, items: [{ standings: [{ place: 1, nickname: 'Kawosz Celina' }, { place: 2 }, { place: 2 }], own: { place: 4, score: 30 } }] });
    expect((await asMember(anna.id, 'POST', '/me/leaderboards/join', { nickname: 'kawosz BOGDAN' })).body).toMatchObject({ code: 'nickname_taken' });
    expect((await asMember(anna.id, 'POST', '/me/leaderboards/join', { nickname: 'ania@example.pl' })).body).toMatchObject({ code: 'invalid_request' });
    expect((await asMember(anna.id, 'POST', '/me/leaderboards/join', { nickname: '601 234 567' })).body).toMatchObject({ code: 'invalid_request' });
    expect((await asMember(anna.id, 'POST', '/me/leaderboards/join', { nickname: 'Ania' })).body).toMatchObject({ nickname: 'Ania', items: [{ standings: [{}, {}, {}, { place: 4, nickname: 'Ania', me: true }] }] });
    expect((await asMember(others[1]!.id, 'POST', '/me/leaderboards/leave')).body).toMatchObject({ nickname: null });
    expect(await seen()).toMatchObject({ items: [{ standings: [{ place: 1 }, { place: 1 }, { place: 3, nickname: 'Ania' }] }] });
    expect((await asMember(others[0]!.id, 'POST', '/me/leaderboards/join', { nickname: 'Kawosz Celina' })).status).toBe(200);
    const plain = await app.ask<{ text: string }>('select t::text as text from leaderboard_name t where program_id = $1', [program.id]);
    expect(plain.some((row) => /Kawosz|Ania/.test(row.text))).toBe(false);
    await api.closeMember({ params: { ...params, member: others[0]!.id }, body: { reason: 'Prośba' } });
    expect((await seen()).items[0]!.standings.map((one) => one.nickname)).toEqual(['Kawosz Dorota', 'Ania']);
  });
});
