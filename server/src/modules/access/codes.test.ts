import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDeps, type TestDeps } from '../../testing/deps.ts';
import { issueCode, sweepAccess, takeCode } from './codes.ts';
import { networkOf } from './core.ts';

let t: TestDeps;
beforeAll(async () => { t = await testDeps(); });
afterAll(() => t.close());

let people = 0;
const somebody = () => `osoba${people += 1}@example.pl`;
const STAFF = { programId: null } as const;
/** Each test comes from a network of its own, unless it says from where. */
let network = 0;
beforeEach(() => { network += 1; });
const here = () => `10.0.${network}.1`;
const issue = (email: string, from = here()) => issueCode(t.deps, { ...STAFF, from, purpose: 'staff_code', email });
const attempt = (email: string, code: string, from = here()) => takeCode(t.deps, { ...STAFF, from, email, code }).then(() => 'taken', (error: { code?: string }) => error.code);
const other = (code: string) => code.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10));

describe('one-time codes', () => {
  it('a code works once, in any spelling of the address', async () => {
    const email = somebody();
    const code = await issue(email.toUpperCase());
    expect(await attempt(` ${email}`, code)).toBe('taken');
    expect(await attempt(email, code)).toBe('code_wrong');
  });

  it('twenty tries with the right code at the same moment: one gets in', async () => {
    const email = somebody();
    const code = await issue(email);
    const results = await Promise.all(Array.from({ length: 20 }, () => attempt(email, code)));
    expect(results.filter((one) => one === 'taken')).toHaveLength(1);
  });

  it('a burst of fifty wrong tries: five reach the code, ten are answered in the hour, and the right code is dead then', async () => {
    const email = somebody();
    const code = await issue(email);
    const results = await Promise.all(Array.from({ length: 50 }, () => attempt(email, other(code))));
    expect(results.filter((one) => one === 'code_wrong')).toHaveLength(10);
    expect(results.filter((one) => one === 'too_many_requests')).toHaveLength(40);
    expect(await t.ask('select tries_left from one_time_code order by id desc limit 1')).toEqual([{ tries_left: 0 }]);
    await t.ask(`update attempt set at = at - interval '1 hour'`);
    expect(await attempt(email, code)).toBe('code_wrong');
  });

  it('after five wrong tries the right code is refused', async () => {
    const email = somebody();
    const code = await issue(email);
    for (let at = 0; at < 5; at += 1) expect(await attempt(email, other(code))).toBe('code_wrong');
    expect(await attempt(email, code)).toBe('code_wrong');
  });

  it('a newer code ends the older one', async () => {
    const email = somebody();
    const older = await issue(email);
    const newer = await issue(email);
    expect(older === newer ? 'code_wrong' : await attempt(email, older)).toBe('code_wrong');
    expect(await attempt(email, newer)).toBe('taken');
  });

  it('a code is dead after ten minutes', async () => {
    const email = somebody();
    const code = await issue(email);
    const [row] = await t.ask<{ minutes: number }>('select extract(epoch from expires_at - created_at)::int / 60 as minutes from one_time_code order by id desc limit 1');
    expect(row).toEqual({ minutes: 10 });
    await t.ask(`update one_time_code set expires_at = expires_at - interval '10 minutes'`);
    expect(await attempt(email, code)).toBe('code_wrong');
  });

  it('a code of one address opens no other address, and a member\'s code no staff session', async () => {
    const [anna, jan] = [somebody(), somebody()];
    const { id } = await t.program();
    const code = await issue(anna);
    await issue(jan);
    const members = await issueCode(t.deps, { purpose: 'member_code', programId: id, from: here(), email: jan });
    expect(await attempt(jan, code)).toBe('code_wrong');
    expect(await attempt(jan, members)).toBe('code_wrong');
  });

  it('the sixth code within an hour is refused with the seconds to wait, and given when they are over', async () => {
    const email = somebody();
    for (let at = 0; at < 5; at += 1) await issue(email);
    const refused = await Promise.all(Array.from({ length: 5 }, () => issue(email).then(() => null, (error: { code: string; params: { seconds: number } }) => error)));
    for (const one of refused) {
      expect(one?.code).toBe('too_many_requests');
      expect(one?.params.seconds).toBeGreaterThan(3590);
      expect(one?.params.seconds).toBeLessThanOrEqual(3600);
    }
    await t.ask(`update attempt set at = at - interval '1 hour'`);
    expect(await issue(email)).toMatch(/^\d{6}$/);
  });

  it('neither the address nor the code can be read in the table, and the hash is no plain one', async () => {
    const email = somebody();
    const code = await issue(email);
    const rows = await t.ask<{ text: string }>('select c::text as text from one_time_code c');
    expect(rows.filter(({ text }) => text.includes(email) || text.includes(Buffer.from(email).toString('hex')) || new RegExp(`\\D${code}\\D`).test(text))).toEqual([]);
  });

  it('the sweep forgets what is over for a day and leaves what counts', async () => {
    const email = somebody();
    const code = await issue(email);
    await t.ask(`update attempt set at = at - interval '2 days' where at < (select max(at) from attempt)`);
    expect(await sweepAccess(t.deps)).toBeGreaterThan(0);
    expect((await t.ask<{ n: number }>('select count(*)::int as n from attempt'))[0]?.n).toBe(2); // of the person and of the network
    expect(await attempt(email, code)).toBe('taken');
  });
});

describe('limits by network', () => {
  const refusal = (work: Promise<unknown>) => work.then(() => null, (error: { code?: string; params?: { seconds?: number } }) => error);

  it('the hundred and first code of an hour is refused to a network, whomever it is for, and given to others and an hour later', async () => {
    for (let at = 0; at < 100; at += 20) await Promise.all(Array.from({ length: 20 }, () => issue(somebody())));
    const email = somebody();
    const refused = await refusal(issue(email));
    expect(refused).toMatchObject({ code: 'too_many_requests' });
    expect(refused!.params!.seconds).toBeGreaterThan(3590);
    expect(await issue(email, '10.77.0.1')).toMatch(/^\d{6}$/);
    await t.ask(`update attempt set at = at - interval '1 hour'`);
    expect(await issue(email)).toMatch(/^\d{6}$/);
  });

  it('a burst over many addresses is counted like a queue: of 220 tries from one network, twenty at once, 200 reach a code', async () => {
    const answers: (string | undefined)[] = [];
    for (let at = 0; at < 11; at += 1) {
      const pair = [somebody(), somebody()];
      answers.push(...await Promise.all(Array.from({ length: 20 }, (_, one) => attempt(pair[one % 2]!, '000000'))));
    }
    expect(answers.filter((one) => one === 'code_wrong')).toHaveLength(200);
    expect(answers.filter((one) => one === 'too_many_requests')).toHaveLength(20);
  }, 60_000);

  it('a refused request is counted for nobody: the person it named still has all tries from elsewhere', async () => {
    const email = somebody();
    const code = await issue(email, '10.88.0.1');
    await t.ask(`insert into attempt (subject, at, kind) select $1, clock_timestamp(), 'try' from generate_series(1, 200)`, [t.deps.keyring.platform.index('network', networkOf(here()))]);
    for (let at = 0; at < 12; at += 1) expect(await attempt(email, other(code))).toBe('too_many_requests');
    expect(await attempt(email, code, '10.88.0.1')).toBe('taken');
  });

  it.each([
    ['192.0.2.7', '192.0.2.7'], ['::ffff:192.0.2.7', '192.0.2.7'], ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'], ['2001:db8:1:2::9', '2001:db8:1:2::/64'], ['2001:DB8:0001:0002:ffff::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'], ['::1', '0:0:0:0::/64'], ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s counts as %s', (address, network) => expect(networkOf(address)).toBe(network));
});
