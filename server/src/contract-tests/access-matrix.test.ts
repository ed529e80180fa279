import { operations, permissionNames, rolePermissions, type Operation, type OperationId, type Permission, type Role } from '@wracam/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey, openSession } from '../modules/access/index.ts';
import { testApp, type TestApp } from '../testing/app.ts';
import { databaseHash } from './database-hash.ts';
import { fillProgram, type FilledProgram } from './filled-program.ts';
import { addressOf, operationIds, sampleOf, type Sample } from './requests.ts';

const ORIGIN = 'http://localhost:3000';
const ROLES = ['owner', 'manager', 'consultant', 'cashier'] as const satisfies readonly Role[];

let app: TestApp;
let own: FilledProgram;
let foreign: FilledProgram;
beforeAll(async () => {
  app = await testApp();
  own = await fillProgram(app);
  foreign = await fillProgram(app);
}, 120_000);
afterAll(() => app.close());

type Answer = { status: number; code: string | undefined; body: Record<string, unknown>; text: string };
async function ask(id: OperationId, sample: Sample, headers: Record<string, string>): Promise<Answer> {
  const { method } = operations[id];
  const payload = sample.body === undefined ? {} : { payload: JSON.stringify(sample.body) };
  const answer = await app.server.inject({ method, url: addressOf(id, sample), headers: { ...(sample.body === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...payload });
  const body = JSON.parse(answer.body) as Record<string, unknown>;
  return { status: answer.statusCode, code: body['code'] as string | undefined, body, text: answer.body };
}

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const cookie = (value: string) => ({ cookie: value, origin: ORIGIN });
const keyWithout = new Map<Permission, string>();
async function keyLacking(permission: Permission): Promise<string> {
  let secret = keyWithout.get(permission);
  if (!secret) keyWithout.set(permission, secret = (await createApiKey(app.deps, own.shop.id, { name: `without ${permission}`, scopes: permissionNames.filter((one) => one !== permission) })).secret);
  return secret;
}

/** 'in': past every gate. Otherwise the code of the refusal. */
type Verdict = 'in' | 'not_signed_in' | 'not_allowed' | 'not_found';
type Caller = { readonly name: string; readonly headers: (access: Operation['access']) => Promise<Record<string, string>>; readonly verdict: (access: Operation['access']) => Verdict };

const isPermission = (access: Operation['access']): access is Permission => (permissionNames as readonly string[]).includes(access);
/** Staff and keys have no business in the portal, members none in the panel; a stranger has none anywhere but in public. */
const forStaff = (byPermission: (permission: Permission) => Verdict) => (access: Operation['access']): Verdict => {
  if (access === 'public' || access === 'staff') return 'in';
  return isPermission(access) ? byPermission(access) : 'not_signed_in';
};
const forKey = (byPermission: (permission: Permission) => Verdict) => (access: Operation['access']): Verdict => (isPermission(access) ? byPermission(access) : access === 'public' ? 'in' : 'not_signed_in');
const forMember = (inProgram: boolean) => (access: Operation['access']): Verdict => (access === 'public' || (access === 'member' && inProgram) ? 'in' : 'not_signed_in');

const callers: readonly Caller[] = [
  { name: 'nobody', headers: async () => ({}), verdict: forMember(false) },
  { name: 'a made-up key', headers: async () => bearer(`wk_live_${'0'.repeat(32)}`), verdict: forMember(false) },
  { name: 'a key with every scope', headers: async () => bearer(own.shop.apiKey), verdict: forKey(() => 'in') },
  { name: 'a key without this scope', headers: async (access) => bearer(isPermission(access) ? await keyLacking(access) : own.shop.apiKey), verdict: forKey(() => 'not_allowed') },
  { name: 'a key of another program', headers: async () => bearer(foreign.shop.apiKey), verdict: forKey(() => 'not_found') },
  ...ROLES.map((role): Caller => ({ name: `the ${role}`, headers: async () => cookie(own.staff.cookies[role]), verdict: forStaff((permission) => (rolePermissions[role].includes(permission) ? 'in' : 'not_allowed')) })),
  { name: 'the owner of another program', headers: async () => cookie(foreign.staff.cookies.owner), verdict: forStaff(() => 'not_found') },
  { name: 'a member', headers: async () => cookie(own.sessions.anna), verdict: forMember(true) },
  { name: 'another member', headers: async () => cookie(own.sessions.bogdan), verdict: forMember(true) },
  { name: 'a member of another program', headers: async () => cookie(foreign.sessions.anna), verdict: forMember(false) },
];

/** Samples name Anna's things; these are another member's own. */
const ofBogdan = (): Partial<Record<OperationId, Record<string, string>>> => ({ explainMyTransfer: { transfer: own.transferOfBogdan }, getMyWorkReportPicture: { report: own.reportOfBogdan, picture: '1' } });

/** A body that no operation takes: past the gate it is a fault of form, and nothing happens. */
const malformed = (sample: Sample): Sample => (sample.body === undefined ? sample : { ...sample, body: { ...sample.body, noSuchField: 1 } });
/** These have no body to spoil, so letting somebody in is letting them do it; asked with a real object below. */
const ACTS_AT_ONCE = operationIds.filter((id) => (operations[id] as Operation).method !== 'GET' && (operations[id] as Operation).body === undefined);

describe('who may do what', () => {
  it.each(operationIds)('%s: whoever may not is refused by the right name, and nothing happens', async (id) => {
    const { access } = operations[id] as Operation;
    const refused = callers.flatMap((caller) => { const verdict = caller.verdict(access); return verdict === 'in' ? [] : [{ caller, verdict }]; });
    // A key made for this question stands in the audit trail itself.
    const headers = await Promise.all(refused.map(({ caller }) => caller.headers(access)));
    const before = await databaseHash(app, ['api_key']);
    for (const [at, { caller, verdict }] of refused.entries()) {
      const answer = await ask(id, sampleOf(id, own), headers[at]!);
      expect({ caller: caller.name, code: answer.code, status: answer.status }).toEqual({ caller: caller.name, code: verdict, status: { not_signed_in: 401, not_allowed: 403, not_found: 404 }[verdict] });
    }
    expect(await databaseHash(app, ['api_key'])).toEqual(before);
  });

  it.each(operationIds.filter((id) => !ACTS_AT_ONCE.includes(id)))('%s: whoever may gets past every gate', async (id) => {
    const { access, method } = operations[id] as Operation;
    for (const caller of callers) {
      if (caller.verdict(access) !== 'in') continue;
      const bogdans = caller.name === 'another member' ? ofBogdan()[id] : undefined;
      const sample = bogdans ? { ...sampleOf(id, own), params: { program: own.shop.code, ...bogdans } } : malformed(sampleOf(id, own));
      const answer = await ask(id, sample, await caller.headers(access));
      const expected = method !== 'GET' ? 'invalid_request' : id === 'getTestClock' ? 'clock_live' : 'done';
      expect({ caller: caller.name, said: answer.status === 200 ? 'done' : answer.code }).toEqual({ caller: caller.name, said: expected });
    }
  });

  it('who signs out does it alone: the session ends, others stay', async () => {
    const staff = `wracam_staff=${(await openSession(app.deps, 'staff', { staffId: own.staff.ids.owner }, null)).token}`;
    expect((await ask('signOut', sampleOf('signOut', own), cookie(staff))).status).toBe(200);
    const member = `wracam_member=${(await openSession(app.deps, 'member', { programId: own.shop.id, memberId: app.deps.publicIds.decode('mem', own.bogdan.id)! }, null)).token}`;
    expect((await ask('memberSignOut', sampleOf('memberSignOut', own), cookie(member))).status).toBe(200);
    expect((await ask('getMe', sampleOf('getMe', own), cookie(own.staff.cookies.owner))).status).toBe(200);
    expect((await ask('getMyself', sampleOf('getMyself', own), cookie(own.sessions.bogdan))).status).toBe(200);
  });
});

/** Well-formed ids that nobody has. */
const nowhere = (): Record<string, string> => {
  const id = (prefix: 'mem' | 'txn' | 'rul' | 'rwd' | 'ord' | 'hld' | 'key' | 'stf' | 'rpl' | 'rpr' | 'pst' | 'sgm' | 'gol' | 'tgt' | 'bdg' | 'ldb') => app.deps.publicIds.encode(prefix, 2 ** 47 + 12345);
  return {
    wallet: 'nobody-has-it', webhook: app.deps.publicIds.encode('whk', 2 ** 47 + 12345),
    codeBatch: app.deps.publicIds.encode('cbt', 2 ** 47 + 12345), circle: app.deps.publicIds.encode('crc', 2 ** 47 + 12345), report: app.deps.publicIds.encode('wrp', 2 ** 47 + 12345), eventType: 'nobody-has-it', member: id('mem'), transaction: id('txn'), set: id('pst'), segment: id('sgm'), rule: id('rul'), reward: id('rwd'), order: id('ord'), hold: id('hld'), apiKey: id('key'), staff: id('stf'), replay: id('rpl'), repair: id('rpr'), goal: id('gol'), target: id('tgt'), badge: id('bdg'), leaderboard: id('ldb'), transfer: app.deps.publicIds.encodeTransfer(2 ** 47 + 12345, 1, 1),
  };
};
const told = ({ status, body: { requestId: _, ...body } }: Answer) => ({ status, body });

describe('things of others', () => {
  const named = operationIds.filter((id) => Object.keys(sampleParams(id)).length > 1);

  it('are found nowhere by operations of every kind', () => expect(named.length).toBeGreaterThan(25));

  it.each(named)('%s: a thing of another program answers as one that does not exist, to the letter', async (id) => {
    const { access } = operations[id] as Operation;
    const headers = access === 'member' ? cookie(own.sessions.anna) : bearer(own.shop.apiKey);
    const sample = sampleOf(id, own);
    const before = await databaseHash(app, ['api_key']);
    const theirs = await ask(id, { ...sample, params: { ...sampleOf(id, foreign).params, program: own.shop.code } }, headers);
    const nobodys = await ask(id, { ...sample, params: { ...sample.params, ...Object.fromEntries(Object.entries(nowhere()).filter(([name]) => name in sample.params)) } }, headers);
    expect(theirs.status).toBe(404);
    expect(told(theirs)).toEqual(told(nobodys));
    expect(await databaseHash(app, ['api_key'])).toEqual(before);
  });

  it.each([
    ['explainMyTransfer', () => ({ program: own.shop.code, transfer: own.transfer })], ['cancelMyOrder', () => ({ program: own.shop.code, order: own.order })],
  ] as const)('%s: what belongs to another member of the same program is not there either', async (id, params) => {
    const answer = await ask(id, { params: params() }, cookie(own.sessions.bogdan));
    expect(answer).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('a member sees nothing of another in own lists', async () => {
    for (const id of ['getMyself', 'getMyBalances', 'listMyHistory', 'listMyOrders'] as const) {
      const answer = await ask(id, sampleOf(id, own), cookie(own.sessions.bogdan));
      expect(answer.status).toBe(200);
      for (const trace of [own.anna.id, own.anna.number, own.order, own.transfer, 'anna@', 'Nowak']) expect(answer.text).not.toContain(trace);
    }
  });

  it('ids of another program inside a body name nobody: no order, no hold, no points', async () => {
    const headers = bearer(own.shop.apiKey);
    const order = (body: Record<string, unknown>) => ask('placeOrder', { params: own.params, body }, headers);
    expect(await order({ member: { id: foreign.anna.id }, lines: [{ reward: own.reward, quantity: 1 }] })).toMatchObject({ status: 404, code: 'member_unknown' });
    expect(await order({ member: { card: `${foreign.shop.code}-A` }, lines: [{ reward: own.reward, quantity: 1 }] })).toMatchObject({ status: 404, code: 'member_unknown' });
    expect(await order({ member: { id: own.anna.id }, lines: [{ reward: foreign.reward, quantity: 1 }] })).toMatchObject({ status: 409, code: 'reward_not_offered' });
    expect(await ask('claimTransaction', { params: { ...own.params, transaction: own.unclaimed }, body: { member: { id: foreign.anna.id } } }, headers)).toMatchObject({ status: 404, code: 'member_unknown' });
    const points = [{ kind: 'points', amountMinor: 100, points: 10, hold: foreign.hold }];
    expect((await ask('recordTransaction', { params: own.params, body: { source: 't', externalId: 'X-1', kind: 'sale', occurredAt: new Date().toISOString(), totalMinor: 1000, member: { id: own.anna.id }, payments: points } }, headers)).status).toBe(400);
    const sale = await ask('recordTransaction', { params: own.params, body: { source: 't', externalId: 'X-2', kind: 'sale', occurredAt: new Date().toISOString(), totalMinor: 100_000, member: { id: foreign.anna.id } } }, headers);
    expect(sale).toMatchObject({ status: 200, body: { transaction: { member: null, state: 'unclaimed' }, awards: [] } });
  });
});

function sampleParams(id: OperationId): Record<string, true> {
  return Object.fromEntries([...(operations[id] as Operation).path.matchAll(/\{(\w+)\}/g)].map((match) => [match[1]!, true]));
}

describe('requests that are right', () => {
  // What a live program or an unknown secret answers by design.
  const BY_DESIGN: Partial<Record<OperationId, string>> = { resendWebhookDelivery: 'not_found', signInByLink: 'link_used', confirmStaffCode: 'code_wrong', confirmMemberCode: 'code_wrong', confirmMyEmail: 'code_wrong', getTestClock: 'clock_live', moveTestClock: 'clock_live', cancelRepair: 'repair_state_wrong', bookRepair: 'repair_state_wrong', undoRepair: 'repair_state_wrong', approveRepair: 'nothing_to_approve', declineRepair: 'nothing_to_approve' };
  // Each is asked of a fresh object here; these come after one that has used theirs up.
  const USED_UP: Partial<Record<OperationId, readonly string[]>> = { approveWallet: ['rule_changed_meanwhile'], declineWallet: ['rule_changed_meanwhile'], releaseHold: ['hold_resolved'], resumeRule: ['rule_changed_meanwhile'],
    countRepairAgain: ['repair_running'], approveGoal: ['rule_changed_meanwhile', 'nothing_to_approve'], declineGoal: ['rule_changed_meanwhile', 'nothing_to_approve'], endGoal: ['rule_changed_meanwhile'], approveRule: ['rule_changed_meanwhile'], declineRule: ['rule_changed_meanwhile'], pauseRule: ['rule_changed_meanwhile'],
    endRule: ['rule_changed_meanwhile'], publishRule: ['rule_changed_meanwhile'], publishTiers: ['rule_changed_meanwhile'], rollbackTiers: ['rule_changed_meanwhile'], approveTiers: ['rule_changed_meanwhile'], declineTiers: ['rule_changed_meanwhile'], discardTiers: ['rule_changed_meanwhile'], approveProductSet: ['nothing_to_approve', 'rule_changed_meanwhile'], declineProductSet: ['nothing_to_approve', 'rule_changed_meanwhile'], discardProductSet: ['nothing_to_publish', 'rule_changed_meanwhile'], approveSegment: ['nothing_to_approve', 'rule_changed_meanwhile'], declineSegment: ['nothing_to_approve', 'rule_changed_meanwhile'], discardSegment: ['nothing_to_publish', 'rule_changed_meanwhile'], publishEarningBase: ['rule_changed_meanwhile'], rollbackEarningBase: ['rule_changed_meanwhile'], approveEarningBase: ['rule_changed_meanwhile'], declineEarningBase: ['rule_changed_meanwhile'], discardEarningBase: ['rule_changed_meanwhile'], voidTransaction: [], cancelMyOrder: ['order_state_wrong'] };

  it('are done: the samples of this test are what the product takes', async () => {
    const fresh = await fillProgram(app);
    for (const id of operationIds) {
      if (id === 'signOut' || id === 'memberSignOut' || id === 'closeMyAccount') continue;
      const { access } = operations[id] as Operation;
      const headers = access === 'member' ? cookie(fresh.sessions.anna) : access === 'staff' ? cookie(fresh.staff.cookies.owner) : access === 'public' ? {} : bearer(fresh.shop.apiKey);
      const answer = await ask(id, sampleOf(id, fresh), headers);
      const expected = [BY_DESIGN[id] ?? 'done', ...(USED_UP[id] ?? [])];
      expect(expected, `${id}: ${answer.text.slice(0, 400)}`).toContain(answer.status === 200 ? 'done' : answer.code);
    }
    expect((await ask('closeMyAccount', sampleOf('closeMyAccount', fresh), cookie(fresh.sessions.anna))).status, 'leaving comes last').toBe(200);
  }, 60_000);
});
