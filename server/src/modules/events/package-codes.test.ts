import type { RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSession } from '../access/index.ts';
import { databaseHash } from '../../contract-tests/database-hash.ts';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';

const rule = (points: number, label: string): RuleDefinition => ({
  name: `Kody ${label}`, wallet: 'punkty', trigger: { kind: 'event', type: 'code' }, when: { attribute: 'event.field.batch', operator: 'is', value: label }, lines: null, effect: { kind: 'fixed', points },
  schedule: { from: null, until: null }, priority: 100, exclusiveGroup: null, caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'never' }, pendingDays: null,
});

let app: TestApp;
let shop: TestProgram;
beforeAll(async () => {
  app = await testApp();
  shop = await app.program({ rules: [rule(25, 'lato'), rule(5, 'zima')], test: true, startsAt: Date.parse('2026-06-01T10:00:00Z') });
});
afterAll(() => app.close());

let count = 0;
const newMember = () => shop.api.createMember({ params: { program: shop.code }, body: { firstName: 'Anna', card: `CODE-${count += 1}`, termsVersion: 1 } });
const make = (body: Record<string, unknown> = {}) => shop.api.createCodeBatch({ params: { program: shop.code }, body: { name: 'Lato', label: 'lato', count: 3, ...body } as never });
const redeem = (code: string, member: string) => shop.call('POST', '/codes/redeem', { code, member: { id: member } });
const balance = async (member: string) => (await shop.api.getBalances({ params: { program: shop.code, member } })).balances[0]!.available;
const listed = async (id: string) => (await shop.api.listCodeBatches({ params: { program: shop.code } })).items.find((one) => one.id === id)!;
const signedIn = async (member: { id: string }) => ({ cookie: `wracam_member=${(await openSession(app.deps, 'member', { programId: shop.id, memberId: app.deps.publicIds.decode('mem', member.id)! }, null)).token}`, origin: 'http://localhost:3000', authorization: '' });

describe('a batch of codes', () => {
  it('is shown once; the database has hashes alone, and no answer that is kept tells a code', async () => {
    const body = { name: 'Lato', label: 'lato', count: 50 };
    const first = await shop.call('POST', '/code-batches', body, { 'idempotency-key': 'batch-1' });
    const { codes } = first.body as unknown as { codes: string[] };
    expect(new Set(codes).size).toBe(50);
    expect(codes.every((code) => /^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/.test(code))).toBe(true);
    expect(await shop.call('POST', '/code-batches', body, { 'idempotency-key': 'batch-1' })).toMatchObject({ status: 409, body: { code: 'secret_shown_once' } });
    const rows = await app.ask<{ hash: Buffer }>('select hash from package_code where program_id = $1', [shop.id]);
    expect(rows.length).toBe(50);
    expect(rows.every(({ hash }) => hash.length === 16)).toBe(true);
  });

  it('brings the points of the rule for its label, once a code, with a reason, and counts what is used', async () => {
    const { batch, codes } = await make();
    const member = await newMember();
    expect(await redeem(codes[0]!.toLowerCase().replaceAll('-', ' '), member.id)).toMatchObject({ status: 200, body: { awards: [{ points: 25 }], duplicate: false } });
    expect(await redeem(codes[0]!, member.id)).toMatchObject({ status: 200, body: { awards: [{ points: 25 }], duplicate: true } });
    expect(await redeem(codes[0]!, (await newMember()).id)).toMatchObject({ status: 409, body: { code: 'package_code_used' } });
    expect(await balance(member.id)).toBe(25);
    expect((await shop.api.listHistory({ params: { program: shop.code, member: member.id } })).items[0]!.reason).toBe('Za kod z opakowania');
    expect(await listed(batch.id)).toMatchObject({ issued: 3, used: 1, state: 'active' });
  });

  it('under thirty members who type one code at once gives it to exactly one', async () => {
    const { batch, codes } = await make();
    const members = await Promise.all(Array.from({ length: 30 }, newMember));
    const answers = await Promise.all(members.map((member) => redeem(codes[0]!, member.id)));
    expect(answers.map((one) => one.status).sort()).toEqual([200, ...Array.from({ length: 29 }, () => 409)]);
    expect((await Promise.all(members.map((member) => balance(member.id)))).reduce((sum, one) => sum + one, 0)).toBe(25);
    expect((await listed(batch.id)).used).toBe(1);
  });

  it('that is stopped, over or not begun gives nothing and leaves the code unused', async () => {
    const member = await newMember();
    const stopped = await make();
    expect(await shop.api.stopCodeBatch({ params: { program: shop.code, codeBatch: stopped.batch.id } })).toMatchObject({ state: 'stopped' });
    expect(await redeem(stopped.codes[0]!, member.id)).toMatchObject({ status: 409, body: { code: 'package_code_over' } });
    const over = await make({ validUntil: '2026-05-31' });
    expect(await redeem(over.codes[0]!, member.id)).toMatchObject({ status: 409, body: { code: 'package_code_over' } });
    const early = await make({ validFrom: '2026-06-02', validUntil: '2026-06-02' });
    expect(await redeem(early.codes[0]!, member.id)).toMatchObject({ status: 409, body: { code: 'package_code_early', params: { from: '2026-06-02' } } });
    expect(await balance(member.id)).toBe(0);
    await shop.api.moveTestClock({ params: { program: shop.code }, body: { now: '2026-06-02T20:00:00Z' } });
    expect(await redeem(early.codes[0]!, member.id)).toMatchObject({ status: 200 });
    expect(await shop.call('POST', '/code-batches', { name: 'X', label: 'x', count: 1, validFrom: '2026-06-02', validUntil: '2026-06-01' })).toMatchObject({ status: 400 });
  });

  it('gives a blocked member nothing, and the code stays good for others', async () => {
    const { codes } = await make();
    const blocked = await newMember();
    await shop.api.blockMember({ params: { program: shop.code, member: blocked.id }, body: { reason: 'Prośba' } });
    const before = await databaseHash(app, ['api_key']);
    expect(await redeem(codes[0]!, blocked.id)).toMatchObject({ status: 409, body: { code: 'member_blocked' } });
    expect(await databaseHash(app, ['api_key'])).toEqual(before);
    expect(await redeem(codes[0]!, (await newMember()).id)).toMatchObject({ status: 200 });
  });
});

describe('guessing', () => {
  const wrong = async () => (await make({ count: 1 })).codes[0]!; // of the right form, then turned into somebody else's program
  it('429 too_many_requests: a member has ten wrong codes an hour; right ones are not counted, typing mistakes neither', async () => {
    const member = await newMember();
    const { codes } = await make({ count: 12 });
    const stranger = await app.program({ rules: [] });
    const { codes: foreign } = await stranger.api.createCodeBatch({ params: { program: stranger.code }, body: { name: 'Obce', label: 'obce', count: 12 } });
    for (const code of codes) expect((await redeem(code, member.id)).status).toBe(200);
    for (let at = 0; at < 15; at += 1) expect(await redeem('AAAA-AAAA-AAA2', member.id)).toMatchObject({ status: 404, body: { code: 'package_code_wrong' } });
    for (const code of foreign.slice(0, 10)) expect(await redeem(code, member.id)).toMatchObject({ status: 404, body: { code: 'package_code_wrong' } });
    expect(await redeem(foreign[10]!, member.id)).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
    expect(await redeem(await wrong(), member.id)).toMatchObject({ status: 429 });
    expect((await redeem(await wrong(), (await newMember()).id)).status).toBe(200);
  });

  it('429 too_many_requests: a member is one, by whatever name; of a member whom nobody knows no code is tried', async () => {
    const member = await shop.api.createMember({ params: { program: shop.code }, body: { firstName: 'Ola', card: 'CODE-NAMES', phone: '601 700 800', email: 'ola.kody@example.pl', termsVersion: 1 } });
    const stranger = await app.program({ rules: [] });
    const { codes } = await stranger.api.createCodeBatch({ params: { program: stranger.code }, body: { name: 'Obce', label: 'obce', count: 13 } });
    const names = [{ id: member.id }, { number: member.number }, { card: 'CODE-NAMES' }, { phone: '+48601700800' }, { email: 'Ola.Kody@example.pl' }];
    const answers: number[] = [];
    for (const [at, code] of codes.slice(0, 11).entries()) answers.push((await shop.call('POST', '/codes/redeem', { code, member: names[at % names.length]! })).status);
    expect(answers).toEqual([...Array.from({ length: 10 }, () => 404), 429]);
    const { codes: [good] } = await make({ count: 1 });
    for (const code of [codes[11]!, good!]) expect(await shop.call('POST', '/codes/redeem', { code, member: { card: 'NOBODY' } })).toMatchObject({ status: 404, body: { code: 'member_unknown' } });
  });

  it('a burst of wrong codes is counted like a queue', async () => {
    const member = await newMember();
    const stranger = await app.program({ rules: [] });
    const { codes } = await stranger.api.createCodeBatch({ params: { program: stranger.code }, body: { name: 'Obce', label: 'obce', count: 20 } });
    const answers = await Promise.all(codes.map((code) => redeem(code, member.id)));
    expect(answers.filter((one) => one.status === 404)).toHaveLength(10);
    expect(answers.filter((one) => one.status === 429)).toHaveLength(10);
  });
});

describe('in the portal', () => {
  it('a member types a code, sees the points, and learns whether there are codes at all', async () => {
    const member = await newMember();
    const headers = await signedIn(member);
    const { codes } = await make();
    expect(await shop.call('GET', '/me/ways', undefined, headers)).toMatchObject({ status: 200, body: { codes: true } });
    expect(await shop.call('POST', '/me/codes', { code: codes[0] }, headers)).toMatchObject({ status: 200, body: { awards: [{ points: 25 }], balances: [{ available: 25 }] } });
    const silent = await app.program({ rules: [] });
    const anna = await silent.api.createMember({ params: { program: silent.code }, body: { firstName: 'Anna', card: 'S-1', termsVersion: 1 } });
    const token = (await openSession(app.deps, 'member', { programId: silent.id, memberId: app.deps.publicIds.decode('mem', anna.id)! }, null)).token;
    expect(await silent.call('GET', '/me/ways', undefined, { cookie: `wracam_member=${token}`, authorization: '' })).toMatchObject({ status: 200, body: { codes: false } });
  });
});
