import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp, type TestProgram } from '../testing/app.ts';
import { purgeDemo } from './purge.ts';

let app: TestApp;
let shop: TestProgram;
let demo: TestProgram;
beforeAll(async () => {
  app = await testApp();
  shop = await app.program();
  demo = await app.program({ demo: true });
});
afterAll(() => app.close());

const entriesOf = async ({ id }: TestProgram) => (await app.ask('select 1 as one from audit_entry where program_id = $1', [id])).length;
const asOwner = async (statement: string, purging: boolean): Promise<string> => {
  const client = new pg.Client({ connectionString: app.database.migratorUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(`set local role ${app.database.roles.owner}`);
    await client.query("select use_platform(), use_program($1), set_config('app.purge', $2, true)", [shop.id, purging ? 'on' : '']);
    return await client.query(statement).then(({ rowCount }) => `${rowCount} rows`, (error: Error) => error.message);
  } finally {
    await client.end();
  }
};

describe('deleting a demo program', () => {
  it('waits for nobody who writes for another program, and takes every row of its own, history too', async () => {
    await demo.api.createMember({ params: { program: demo.code }, body: { firstName: 'Anna', termsVersion: 1, card: 'A' } });
    expect(await entriesOf(demo)).toBeGreaterThan(0);
    const till = new pg.Client({ connectionString: app.database.adminUrl });
    await till.connect();
    try {
      await till.query('begin');
      await till.query("insert into audit_entry (program_id, id, at, actor_kind, action, details) values ($1, 7, now(), 'system', 'probe', '{}')", [shop.id]);
      expect((await purgeDemo(app.database.migratorUrl, { really: true })).map(({ code }) => code)).toEqual([demo.code]);
      await till.query('commit');
    } finally {
      await till.end();
    }
    expect(await entriesOf(demo)).toBe(0);
    expect(await entriesOf(shop)).toBeGreaterThan(0);
  });

  it('leaves the guards of everybody else’s history shut, also to the owner of the tables who says that it is a purge', async () => {
    for (const purging of [false, true]) {
      for (const table of ['audit_entry', 'ruleset', 'earning_rule_version']) expect(await asOwner(`delete from ${table} where program_id = ${shop.id}`, purging)).toBe(`rows of ${table} are added to, never changed`);
    }
  });
});
