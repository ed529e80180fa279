import { localDate } from '@wracam/engine/calendar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobHandlers } from '../../app.ts';
import { runNextJob } from '../../platform/jobs.ts';
import { FIRST_RULES } from '../../setup.ts';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';
import { maskedName } from '../members/index.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const [RULE] = FIRST_RULES;
const today = () => localDate('Europe/Warsaw', Date.now());
const PERIOD = { from: '2026-01-01', until: '2999-12-31' };

/** Runs what is due until the replay is over. */
async function ended(shop: TestProgram, replay: string) {
  const params = { program: shop.code, replay };
  for (let turn = 0; turn < 50; turn += 1) {
    const view = await shop.api.getReplay({ params });
    if (view.state !== 'waiting' && view.state !== 'running') return view;
    await runNextJob(app.deps, jobHandlers);
  }
  throw new Error('the replay did not end');
}

async function shopWithSales() {
  const shop = await app.program();
  const params = { program: shop.code };
  const [anna, jan] = await Promise.all([['Anna', 'Nowak', 'person'], ['Jan', 'Zięba', 'company']].map(([firstName, lastName, kind]) =>
    shop.api.createMember({ params, body: { firstName: firstName!, lastName: lastName!, kind: kind as 'person', card: `${shop.code}-${firstName}`, termsVersion: 1 } })));
  const sale = (externalId: string, member: string, totalMinor: number, more: object = {}) =>
    shop.api.recordTransaction({ params, body: { source: 'till', externalId, kind: 'sale', occurredAt: new Date().toISOString(), member: { id: member }, totalMinor, ...more } as never });
  await sale('S1', anna!.id, 50_000);
  await sale('S2', jan!.id, 20_000);
  await sale('R1', anna!.id, 10_000, { kind: 'return', of: { source: 'till', externalId: 'S1' } });
  await sale('S3', anna!.id, 9_000, { payments: [{ kind: 'points', amountMinor: 1_000, points: 30 }] });
  const { items: [rule] } = await shop.api.listRules({ params });
  return { shop, params, anna: anna!, jan: jan!, rule: rule!.id };
}

describe('a replay', () => {
  it('of unchanged rules changes nothing, and decides every document as it is booked', async () => {
    const { shop, params } = await shopWithSales();
    const started = await shop.api.startReplay({ params, body: { ...PERIOD, costPer100Minor: 150, changes: [] } });
    expect(started).toMatchObject({ state: 'waiting', result: null, until: '2999-12-31' });
    const { state, result, done, total } = await ended(shop, started.id);
    expect({ state, done, total }).toEqual({ state: 'done', done: 4, total: 4 });
    expect(result!.check).toEqual({ checked: 3, differing: 0 });
    // 50 + 20 + 8 earned, 10 taken back, 30 spent: 68 points at 1,50 zł a hundred.
    expect(result!.now).toMatchObject({ earned: 78, returned: 10, spent: 30, outstanding: 38, costMinor: 102, shortfalls: 0 });
    expect(result!.draft).toEqual(result!.now);
    expect(result!.changingFacts).toEqual([]);
    expect(result!.members).toEqual({ gaining: 0, losing: 0, unchanged: 2 });
    expect(result!.top).toEqual([]);
    const last = result!.months.at(-1)!;
    expect(last).toMatchObject({ month: today().slice(0, 7), now: { earned: 78, outstanding: 38 }, draft: { earned: 78, outstanding: 38 } });
  });

  it('of a doubled rate doubles the points, and leaves the program as it was', async () => {
    const { shop, params, rule, anna } = await shopWithSales();
    const before = await shop.api.getBalances({ params: { ...params, member: anna.id } });
    const doubled = { ...RULE!, effect: { kind: 'perAmount', points: 2, perMinor: 1000, rounding: 'down', per: 'transaction' } };
    const { id } = await shop.api.startReplay({ params, body: { ...PERIOD, costPer100Minor: 100, changes: [{ rule, definition: doubled as never }] } });
    const { result, changes } = await ended(shop, id);
    expect(changes).toEqual([{ rule, name: 'Punkty za zakupy', change: 'changed' }]);
    expect(result!.check).toEqual({ checked: 3, differing: 0 });
    expect(result!.draft.earned).toBe(2 * result!.now.earned);
    expect(result!.draft).toMatchObject({ earned: 156, returned: 20, spent: 30, outstanding: 106, costMinor: 136 });
    expect(result!.members).toEqual({ gaining: 2, losing: 0, unchanged: 0 });
    expect(result!.top).toEqual([{ member: anna.id, name: 'A… N…', now: 48, draft: 96 }, { member: expect.any(String) as string, name: 'J… Z…', now: 20, draft: 40 }]);
    expect(result!.spread.filter((step) => step.members > 0)).toEqual([{ from: 10, to: 99, members: 2 }]);
    expect(result!.segments.filter((one) => one.by === 'kind')).toEqual([{ by: 'kind', value: 'person', members: 1, now: 48, draft: 96 }, { by: 'kind', value: 'company', members: 1, now: 20, draft: 40 }]);
    expect(await shop.api.getBalances({ params: { ...params, member: anna.id } })).toEqual(before);
    const { text, fileName } = await shop.api.getReplayTable({ params: { ...params, replay: id, table: 'members' } });
    expect(fileName).toBe('wracam-uczestnicy.csv');
    expect(text.split('\r\n')[1]).toBe(`${anna.id},A… N…,48,96,48`);
  });

  it('without a rule says who could not have paid with points, and pays them with money', async () => {
    const { shop, params, rule } = await shopWithSales();
    const { id } = await shop.api.startReplay({ params, body: { ...PERIOD, changes: [{ rule, definition: null }] } });
    const { result } = await ended(shop, id);
    expect(result!.draft).toMatchObject({ earned: 0, spent: 0, outstanding: 0, shortfalls: 1 });
    expect(result!.members).toEqual({ gaining: 0, losing: 2, unchanged: 0 });
  });

  it('takes a rule’s saved draft, and rules that are not there yet; limits that cut points are counted', async () => {
    const { shop, params } = await shopWithSales();
    const draft = await shop.api.createRule({ params, body: { definition: { ...RULE!, name: 'Szkic', effect: { kind: 'fixed', points: 7 } } as never } });
    const capped = { ...RULE!, name: 'Z limitem', effect: { kind: 'fixed', points: 9 }, caps: { perTransaction: 4, perMemberDay: null, perProgram: null } };
    const { id } = await shop.api.startReplay({ params, body: { ...PERIOD, changes: [{ rule: draft.id }, { definition: capped as never }] } });
    const { result } = await ended(shop, id);
    expect(result!.draft.earned - result!.now.earned).toBe(3 * 7 + 3 * 4);
    expect(result!.draft).toMatchObject({ capped: 3, cut: 15 });
    expect(result!.rules.find((one) => one.name === 'Z limitem')).toMatchObject({ rule: null, now: { points: 0 }, draft: { points: 12, documents: 3, capped: 3, cut: 15 } });
  });

  it('takes members as they were on each day, or as they are today, and says which of their facts the rules ask for', async () => {
    const { shop, params, anna } = await shopWithSales();
    await shop.api.changeMember({ params: { ...params, member: anna.id }, body: { groups: ['klub'] } });
    const forClub = { ...RULE!, name: 'Dla klubu', when: { attribute: 'member.group', operator: 'includesAny', value: ['klub'] }, effect: { kind: 'fixed', points: 5 } };
    const gained = async (membersAs?: 'then' | 'today') => {
      const { id } = await shop.api.startReplay({ params, body: { ...PERIOD, changes: [{ definition: forClub as never }], ...(membersAs && { membersAs }) } });
      const { result, ...head } = await ended(shop, id);
      expect(result).toMatchObject({ changingFacts: ['grupa'], check: { differing: 0 } });
      expect(head.membersAs).toBe(membersAs ?? 'then');
      return result!.draft.earned - result!.now.earned;
    };
    // Anna bought twice before she was in the club.
    expect([await gained(), await gained('then'), await gained('today')]).toEqual([0, 0, 10]);
  });

  it('before its period follows the rules of then', async () => {
    const { shop, params, rule } = await shopWithSales();
    const { id } = await shop.api.startReplay({ params, body: { from: '2998-01-01', until: '2999-12-31', changes: [{ rule, definition: null }] } });
    const { result } = await ended(shop, id);
    expect(result).toMatchObject({ check: { checked: 3, differing: 0 }, now: { earned: 0 }, draft: { earned: 0 }, members: { losing: 0 } });
  });

  it('409 replay_running while another is not over; a cancelled one makes room and never gets a result', async () => {
    const { shop, params } = await shopWithSales();
    const first = await shop.api.startReplay({ params, body: { ...PERIOD, changes: [] } });
    expect(await shop.call('POST', '/replays', { ...PERIOD, changes: [] })).toMatchObject({ status: 409, body: { code: 'replay_running' } });
    expect(await shop.api.cancelReplay({ params: { ...params, replay: first.id } })).toMatchObject({ state: 'cancelled', result: null });
    const second = await shop.api.startReplay({ params, body: { ...PERIOD, changes: [] } });
    expect((await ended(shop, second.id)).state).toBe('done');
    expect(await shop.api.cancelReplay({ params: { ...params, replay: second.id } })).toMatchObject({ state: 'done' });
    expect((await shop.api.getReplay({ params: { ...params, replay: first.id } })).state).toBe('cancelled');
    expect((await shop.api.listReplays({ params })).items.map((one) => one.state)).toEqual(['done', 'cancelled']);
  });

  it('refuses a period that ends before it begins, a change that names nothing, a rule without a draft and a definition the engine would not run', async () => {
    const { shop, rule } = await shopWithSales();
    const ask = async (body: object) => { const { status, body: { code } } = await shop.call('POST', '/replays', { ...PERIOD, changes: [], ...body }); return [status, code]; };
    expect(await ask({ from: '2026-05-02', until: '2026-05-01' })).toEqual([400, 'invalid_request']);
    expect(await ask({ changes: [{}] })).toEqual([400, 'invalid_request']);
    expect(await ask({ changes: [{ rule }] })).toEqual([409, 'rule_state_wrong']);
    expect(await ask({ changes: [{ definition: { ...RULE, when: { attribute: 'no.such', operator: 'is', value: 1 } } }] })).toEqual([400, 'invalid_request']);
    expect(await ask({ wallet: 'brak' })).toEqual([400, 'wallet_unknown']);
    expect(await app.ask('select 1 as one from replay r join program p on p.id = r.program_id where p.code = $1', [shop.code])).toEqual([]);
  });
});

it('a name is masked to its first letters', () => {
  expect(['Anna Nowak', 'Łucja', null].map(maskedName)).toEqual(['A… N…', 'Ł…', null]);
});
