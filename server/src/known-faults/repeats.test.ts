import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseHash } from '../contract-tests/database-hash.ts';
import { createApiKey } from '../modules/access/index.ts';
import { testApp, type TestApp } from '../testing/app.ts';
import { nextName, openTill, type Till } from '../testing/till.ts';

let app: TestApp;
let till: Till;
beforeAll(async () => {
  app = await testApp();
  till = await openTill(app);
});
afterAll(() => app.close());

const adjust = (member: { id: string }, key: string, points: number, headers: Record<string, string> = {}, at: Till = till) => at.call('POST', `/members/${member.id}/adjustments`, { points, reason: 'Gratis' }, { 'idempotency-key': key, ...headers });

describe('an Idempotency-Key', () => {
  it('is bound to method, path and body: the same key with another body is refused, on another address it runs', async () => {
    const [anna, jan, key] = [await till.member(), await till.member(), nextName('klucz')];
    const first = await adjust(anna, key, 10);
    expect(first.status).toBe(200);
    expect((await adjust(anna, key, 10)).body).toEqual(first.body);
    const before = await databaseHash(app);
    expect(await adjust(anna, key, 1000)).toMatchObject({ status: 422, body: { code: 'idempotency_mismatch' } });
    expect(await databaseHash(app)).toEqual(before);
    expect((await adjust(jan, key, 10)).status).toBe(200);
    expect((await till.call('POST', `/members/${anna.id}/holds`, { points: 1 }, { 'idempotency-key': key })).status).toBe(200);
    expect([await till.available(anna), await till.available(jan)]).toEqual([9, 10]);
  });

  it('4xx is not cached: after a refusal nothing is bound, and the corrected body works with the same key', async () => {
    const [member, key] = [await till.member(), nextName('klucz')];
    expect(await adjust(member, key, -10)).toMatchObject({ status: 409, body: { code: 'points_not_enough' } });
    expect(await adjust(member, key, 0.5)).toMatchObject({ status: 400 });
    expect(await adjust(member, key, 10)).toMatchObject({ status: 200 });
    expect(await till.available(member)).toBe(10);
  });

  it('of one program or one caller is nobody else’s: another program, and another key of the same one, get no answer of ours', async () => {
    const other = await openTill(app);
    const [anna, theirs, key] = [await till.member(), await other.member(), nextName('klucz')];
    const first = await adjust(anna, key, 10);
    const { secret } = await createApiKey(app.deps, till.shop.id, { name: 'druga kasa', scopes: ['points.adjust', 'members.read'] });
    const second = await adjust(anna, key, 10, { authorization: `Bearer ${secret}` });
    const third = await adjust(theirs, key, 10, {}, other);
    expect([second.status, third.status]).toEqual([200, 200]);
    expect(JSON.stringify(third.body)).not.toContain(String(Reflect.get(Object(first.body['transfer']), 'id')));
    expect([await till.available(anna), await other.available(theirs)]).toEqual([20, 10]);
  });

  it('that is no key is refused before anything happens: empty, with spaces, too long, with letters beyond ASCII', async () => {
    const member = await till.member();
    for (const key of ['', 'dwa słowa', 'ż', 'k'.repeat(201)]) expect(await adjust(member, key, 10)).toMatchObject({ status: 400, body: { code: 'idempotency_key_invalid' } });
    expect(await till.available(member)).toBe(0);
  });

  it('of a public request tells nobody an answer that was another person’s: a code is asked for and tried anew by each', async () => {
    const headers = { authorization: '', 'idempotency-key': nextName('klucz') };
    const body = { email: 'ktos@example.pl', code: '000000' };
    const tries = async () => (await app.ask<{ n: number }>("select count(*)::int as n from attempt where kind = 'try'"))[0]!.n;
    const before = await tries();
    for (let again = 0; again < 2; again += 1) expect(await till.call('POST', '/portal/code/confirm', body, headers)).toMatchObject({ status: 401, body: { code: 'code_wrong' } });
    expect(await tries(), 'each try counts for the person and for the network').toBe(before + 4);
  });
});
