import { afterAll, beforeAll, expect, it } from 'vitest';
import { testApp, type TestApp } from '../testing/app.ts';
import { databaseHash } from './database-hash.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

it('the hash of the database sees a changed cell, a row more, a row twice and values that changed places, each in its table alone; not that somebody was seen', async () => {
  await app.ask(`create table shelf (no int, word text, seen_at timestamptz); insert into shelf values (1, 'a', null), (2, 'b', null)`);
  let before = await databaseHash(app);
  const changedBy = async (statement: string): Promise<string[]> => {
    await app.ask(statement);
    const [was, is] = [before, before = await databaseHash(app)];
    return Object.keys(is).filter((name) => is[name] !== was[name]);
  };
  for (const change of [
    `update shelf set word = 'c' where no = 2`, `update shelf set word = null where no = 2`, `update shelf set word = '' where no = 2`,
    `update shelf set word = case no when 1 then '' else 'a' end`, `update shelf set no = 3 - no`, `insert into shelf values (3, 'c')`, `insert into shelf values (3, 'c')`, 'delete from shelf where no = 3',
  ]) expect(await changedBy(change), change).toEqual(['shelf']);
  expect(await changedBy('update shelf set seen_at = now()')).toEqual([]);
  expect(await databaseHash(app, ['shelf'])).not.toHaveProperty('shelf');
});
