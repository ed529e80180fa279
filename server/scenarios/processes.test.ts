import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { permissionNames } from '@wracam/contract';
import { createClient } from '@wracam/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../src/modules/access/index.ts';
import { verifyProgram } from '../src/modules/ledger/index.ts';
import { asAdmin } from '../src/platform/roles.ts';
import { setUpProgram } from '../src/setup.ts';
import { scenarios } from './all.ts';
import { startProcesses, type Processes } from './processes.ts';
import type { Stage } from './stage.ts';

let processes: Processes;
let stage: Stage;
const opened: number[] = [];
beforeAll(async () => {
  processes = await startProcesses();
  const { made: { deps }, baseUrls } = processes;
  stage = {
    baseUrls,
    openProgram: async (startsAt) => {
      const program = await setUpProgram(deps, { code: `test-${opened.length + 1}`, name: 'Kawiarnia', organisation: 'Firma', test: true, startsAt: Date.parse(startsAt) }, []);
      opened.push(program.id);
      return { code: program.code, apiKey: (await createApiKey(deps, program.id, { name: 'scenario', scopes: [...permissionNames] })).secret };
    },
  };
}, 180_000);
let stopped: Promise<(number | null)[]> | undefined;
afterAll(async () => { await (stopped ?? processes?.stop()); }, 60_000);

/** Process numbers of its children; Linux tells them. */
const childrenOf = (pid: number): number[] => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter((text) => text !== '').map(Number);
const ask = <Row extends Record<string, unknown>>(text: string, values: unknown[] = []) => asAdmin(processes.adminUrl, async (client) => (await client.query<Row>(text, values)).rows);

describe('two api and two worker processes on one database', () => {
  it('start at the same moment on an empty database and make one program', async () => {
    expect(processes.baseUrls.length).toBe(2);
    expect(new Set(processes.baseUrls).size).toBe(2);
    expect(await ask('select code from program')).toEqual([{ code: 'program' }]);
    expect(await ask('select role from staff_role')).toEqual([{ role: 'owner' }]);
  });

  it.each(scenarios)('%s', (_, play) => play(stage), 120_000);

  it('book one document once when both are asked for it at the same moment', async () => {
    const { code, apiKey } = await stage.openProgram('2026-01-01T00:00:00Z');
    const apis = stage.baseUrls.map((baseUrl) => createClient({ baseUrl, apiKey }));
    const params = { program: code };
    const draft = await apis[0]!.createRule({ params, body: { definition: { name: 'Punkty', wallet: 'punkty', when: null, lines: null, effect: { kind: 'perAmount', points: 1, perMinor: 1000, rounding: 'down', per: 'transaction' }, schedule: { from: null, until: null }, priority: 1, exclusiveGroup: null, caps: { perTransaction: null, perMemberDay: null, perProgram: 100 }, expiry: { kind: 'wallet' }, pendingDays: null } } });
    await apis[1]!.publishRule({ params: { ...params, rule: draft.id }, body: { revision: draft.revision } });
    const member = await apis[0]!.createMember({ params, body: { card: 'K-1', termsVersion: 1 } });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, round) => round).flatMap((round) => apis.flatMap((api) => [0, 1, 2].map(() =>
      api.recordTransaction({ params, body: { source: 'kasa', externalId: `P-${round}`, kind: 'sale', occurredAt: '2026-01-01T00:00:00Z', totalMinor: 10_000, member: { id: member.id } } })))));
    expect(new Set(answers.map((answer) => answer.transaction.id)).size).toBe(20);
    expect(answers.filter((answer) => !answer.duplicate).length).toBe(20);
    // The rule's budget of 100 points is shared: ten sales of ten, the rest earn nothing.
    expect((await apis[1]!.getBalances({ params: { ...params, member: member.id } })).balances[0]!.available).toBe(100);

    const reward = await apis[0]!.createReward({ params, body: { name: 'Ostatnia', pricePoints: 10, stockLeft: 3 } });
    const orders = await Promise.allSettled(Array.from({ length: 12 }, (_, n) => apis[n % 2]!.placeOrder({ params, body: { member: { id: member.id }, lines: [{ reward: reward.id, quantity: 1 }] } })));
    expect(orders.filter((one) => one.status === 'fulfilled').length).toBe(3);
    expect((await apis[1]!.getReward({ params: { ...params, reward: reward.id } })).stockLeft).toBe(0);
  }, 60_000);

  it('give a receipt that two people claim at the same moment to one of them', async () => {
    const { code, apiKey } = await stage.openProgram('2026-01-01T00:00:00Z');
    const apis = stage.baseUrls.map((baseUrl) => createClient({ baseUrl, apiKey }));
    const params = { program: code };
    const members = await Promise.all(['K-1', 'K-2'].map((card) => apis[0]!.createMember({ params, body: { card, termsVersion: 1 } })));
    for (let round = 0; round < 15; round += 1) {
      const { transaction } = await apis[0]!.recordTransaction({ params, body: { source: 'kasa', externalId: `P-${round}`, kind: 'sale', occurredAt: '2026-01-01T00:00:00Z', totalMinor: 10_000 } });
      const claims = await Promise.allSettled(members.map((member, n) => apis[n]!.claimTransaction({ params: { ...params, transaction: transaction.id }, body: { member: { id: member.id } } })));
      expect(claims.filter((one) => one.status === 'fulfilled').length).toBe(1);
      expect(claims.find((one) => one.status === 'rejected')).toMatchObject({ reason: { problem: { code: 'transaction_not_claimable' } } });
    }
  }, 30_000);

  it('know within a second when a key is revoked by the other', async () => {
    const { code, apiKey } = await stage.openProgram('2026-01-01T00:00:00Z');
    const [first, second] = stage.baseUrls.map((baseUrl) => createClient({ baseUrl, apiKey }));
    const params = { program: code };
    const { apiKey: made, secret } = await first!.createApiKey({ params, body: { name: 'Kasa', scopes: ['settings.read'] } });
    const till = createClient({ baseUrl: stage.baseUrls[1]!, apiKey: secret, retries: 0 });
    expect((await till.getProgram({ params })).code).toBe(code);
    await first!.revokeApiKey({ params: { ...params, apiKey: made.id } });
    await sleep(1_100);
    await expect(till.getProgram({ params })).rejects.toMatchObject({ problem: { code: 'not_signed_in' } });
    expect((await second!.listApiKeys({ params })).items.find((one) => one.id === made.id)?.revokedAt).not.toBeNull();
  });

  it('do each night’s work once, whichever worker takes it', async () => {
    const before = await ask<{ kind: string; ref: string }>(`select d.kind, d.ref from due d join program p on p.id = d.program_id where not p.test order by 1`);
    expect(before.length).toBeGreaterThanOrEqual(2);
    await ask(`update due d set due_at = '2026-01-01' from program p where p.id = d.program_id and not p.test`);
    const until = Date.now() + 20_000;
    const due = () => ask<{ kind: string; ref: string; tries: number; last_error: string | null }>(`select d.kind, d.ref, d.tries, d.last_error from due d join program p on p.id = d.program_id where not p.test and d.due_at > now() + interval '10 minutes' order by 1`);
    while ((await due()).length < before.length && Date.now() < until) await sleep(200);
    expect(await due()).toEqual(before.map(({ kind, ref }) => ({ kind, ref: String(Number(ref) + 1), tries: 0, last_error: null })));
  }, 30_000);

  it('leave ledgers that add up, transfer by transfer', async () => {
    for (const id of opened) expect((await verifyProgram(processes.made.deps.db, id)).differences).toEqual([]);
  }, 60_000);

  it('serve on while one that serves beside others is killed, and another takes its place', async () => {
    const front = processes.all[1]!.child.pid!;
    const before = childrenOf(front);
    expect(before.length).toBe(2);
    process.kill(before[0]!, 'SIGKILL');
    const answers = () => fetch(`${processes.baseUrls[1]}/health`, { headers: { connection: 'close' } }).then(({ ok }) => ok);
    const until = Date.now() + 20_000;
    while ((childrenOf(front).length < 2 || childrenOf(front).includes(before[0]!)) && Date.now() < until) await sleep(100);
    expect(childrenOf(front).length).toBe(2);
    expect(await Promise.all(Array.from({ length: 10 }, answers))).toEqual(Array.from({ length: 10 }, () => true));
    expect(processes.all[1]!.said()).toMatch(/"signal":"SIGKILL","msg":"a process that serves ended; another takes its place"/);
  }, 30_000);

  it('stop cleanly on SIGTERM and said nothing of a fault', async () => {
    stopped = processes.stop();
    expect(await stopped).toEqual([0, 0, 0, 0]);
    for (const one of processes.all) expect(one.said().replace(/.*another takes its place.*\n/, '')).not.toMatch(/"level":50|Error:|a bug/);
  }, 60_000);
});
