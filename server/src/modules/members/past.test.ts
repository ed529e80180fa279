import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemCtx } from '../../platform/deps.ts';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';
import { changeMember } from './actions.ts';

let app: TestApp;
let shop: TestProgram;
beforeAll(async () => {
  app = await testApp();
  shop = await app.program();
});
afterAll(() => app.close());

let count = 0;
const params = () => ({ program: shop.code });
const newMember = async () => (await shop.api.createMember({ params: params(), body: { firstName: 'Anna', card: `CARD-${count += 1}`, termsVersion: 1 } })).id;
const company = (name: string) => shop.api.createCircle({ params: params(), body: { kind: 'company', name } });
const change = (member: string, body: Record<string, unknown>, headers: Record<string, string> = {}) => shop.call('PATCH', `/members/${member}`, body, headers);
const pastOf = async (member: string, fact: number) => (await app.ask<{ value: Record<string, unknown> }>(
  'select value from member_past where program_id = $1 and member_id = $2 and fact = $3 order by until', [shop.id, app.deps.publicIds.decode('mem', member), fact])).map(({ value }) => value);

/** Until there are so many transactions that wait for a lock. */
async function waiting(transactions: number): Promise<void> {
  for (;;) {
    const [row] = await app.ask<{ found: number }>(`select count(*)::int as found from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
    if (row!.found === transactions) return;
  }
}

/** Runs work while another session holds what these statements took. */
async function whileHeld<T>(statements: readonly string[], work: (letGo: () => Promise<void>) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: app.database.adminUrl });
  await client.connect();
  try {
    await client.query('begin');
    for (const statement of statements) await client.query(statement);
    return await work(async () => { await client.query('rollback'); });
  } finally {
    await client.end();
  }
}

it('who joins a company that is being renamed was in it under its old name', async () => {
  const [anna, firm] = [await newMember(), await company('Huta')];
  // The external id that somebody else may be taking keeps the joining open after the member is in the company.
  const taken = `insert into member_identifier (program_id, kind, key, member_id, active, since) select program_id, (select kind from member_identifier where program_id = ${shop.id} and key = 'EXT-1'), 'EXT-2', member_id, true, now() from member_identifier where program_id = ${shop.id} and key = 'EXT-1'`;
  await change(await newMember(), { externalId: 'EXT-1' });
  await whileHeld([taken], async (letGo) => {
    const joining = change(anna, { company: firm.id, externalId: 'EXT-2' });
    await waiting(1);
    const renaming = shop.call('PATCH', `/circles/${firm.id}`, { name: 'Huta Nowa' });
    await waiting(2);
    await letGo();
    expect((await Promise.all([joining, renaming])).map(({ status }) => status)).toEqual([200, 200]);
  });
  expect((await pastOf(anna, 3)).map((one) => one['companyName'])).toEqual([null, 'Huta']);
});

it('who moves to another company while the first is renamed was in the first, under one of its names, until then', async () => {
  const [anna, first, second] = [await newMember(), await company('Stal'), await company('Szkło')];
  await change(anna, { company: first.id });
  await whileHeld([`select from member_circle where program_id = ${shop.id} and name = 'Szkło' for update`], async (letGo) => {
    const moving = change(anna, { company: second.id });
    await waiting(1);
    const renaming = shop.call('PATCH', `/circles/${first.id}`, { name: 'Stal Nowa' });
    await waiting(2);
    await letGo();
    expect((await Promise.all([moving, renaming])).map(({ status }) => status)).toEqual([200, 200]);
  });
  expect((await pastOf(anna, 3)).map((one) => one['companyName'])).toEqual([null, 'Stal']);
});

it('a change that began first and was made last does not turn the past round', async () => {
  const anna = await newMember();
  await change(anna, { attributes: { plec: 'K' } });
  const scope = Buffer.alloc(16, 7);
  const ctx = { ...systemCtx(shop.id), idempotency: { key: 'first', scope, bodyHash: Buffer.alloc(32) } };
  // A request has its instant when it claims its key, and waits while somebody else claims the same.
  const claimed = `insert into idempotency_key (program_id, scope, key, body_hash, at) values (${shop.id}, '\\x${scope.toString('hex')}', 'first', '\\x00', now())`;
  await whileHeld([claimed], async (letGo) => {
    const first = changeMember(app.deps, ctx, app.deps.publicIds.decode('mem', anna)!, { attributes: { plec: 'third' } });
    await waiting(1);
    expect((await change(anna, { attributes: { plec: 'second' } })).status).toBe(200);
    await letGo();
    expect((await first).attributes).toEqual({ plec: 'third' });
  });
  // The first row is what was true before everything that is known.
  expect(await pastOf(anna, 1)).toEqual([{}, { plec: 'K' }]);
});
