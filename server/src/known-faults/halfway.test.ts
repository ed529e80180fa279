import type { Member } from '@wracam/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseHash } from '../contract-tests/database-hash.ts';
import { testApp, type TestAnswer, type TestApp } from '../testing/app.ts';
import { nextName, openTill, type Till } from '../testing/till.ts';

/**
 * A switch in the database itself: a write to the table that it names fails, or only the commit does. It notes which tables an act writes, so
 * that each of them is broken once and none is guessed.
 */
const SWITCH = `
  create schema chaos;
  create table chaos.broken (name text);
  create table chaos.written (name text);
  create function chaos.strike() returns trigger language plpgsql security definer as $$
  begin
    if exists (select from chaos.broken b where b.name = tg_table_name) then raise exception 'the disk is gone'; end if;
    insert into chaos.written values (tg_table_name);
    return null;
  end $$;
  create function chaos.strike_late() returns trigger language plpgsql security definer as $$
  begin
    if exists (select from chaos.broken b where b.name = 'commit') then raise exception 'the disk is gone at the commit'; end if;
    return null;
  end $$;
  do $$ declare t text; begin
    for t in select relname from pg_class c where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'program_id') and relname not in ('api_key', 'staff_role') loop
      execute format('create trigger chaos_strike after insert or update or delete on %I for each statement execute function chaos.strike()', t);
    end loop;
  end $$;
  create constraint trigger chaos_late after insert or update on member_ledger deferrable initially deferred for each row execute function chaos.strike_late();
  create constraint trigger chaos_late after insert on transfer deferrable initially deferred for each row execute function chaos.strike_late();
`;

let app: TestApp;
let till: Till;
beforeAll(async () => {
  app = await testApp();
  till = await openTill(app);
  await app.ask(SWITCH);
});
afterAll(async () => {
  const faults = await till.faults();
  await app.close();
  expect(faults).toEqual([]);
});

const rich = async (): Promise<Member> => {
  const member = await till.member();
  await till.give(member, 500);
  return member;
};
const written = async () => (await app.ask<{ name: string }>('select distinct name from chaos.written order by name')).map((row) => row.name);
const breaking = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
  await app.ask('insert into chaos.broken values ($1)', [name]);
  try {
    return await work();
  } finally {
    await app.ask('delete from chaos.broken');
  }
};
const key = () => ({ 'idempotency-key': nextName('klucz') });
const idOf = (answer: TestAnswer, name: string) => (answer.body as unknown as Record<string, { id: string }>)[name]!.id;

/** Each act with everything before it done: sending it again sends the very same request. */
const acts: Record<string, () => Promise<() => Promise<TestAnswer>>> = {
  'a sale paid in part with points': async () => {
    const body = await till.sale(await rich(), 10_000, { payments: [{ kind: 'points', amountMinor: 1000, points: 100 }] });
    return () => till.send(body);
  },
  'a return': async () => {
    const { transaction: { source, externalId } } = await till.sell(await rich(), 10_000);
    const body = { source: 'kasa', externalId: nextName('R'), kind: 'return', occurredAt: await till.now(), totalMinor: 4000, of: { source, externalId } };
    return () => till.send(body);
  },
  'an order': async () => {
    const [member, reward, headers] = [await rich(), await till.reward(100, { stockLeft: 5 }), key()];
    return () => till.call('POST', '/orders', { member: { id: member.id }, lines: [{ reward: reward.id, quantity: 1 }], confirm: true }, headers);
  },
  'a cancelled order': async () => {
    const order = idOf(await till.order(await rich(), await till.reward(100, { stockLeft: 5 }), { confirm: true }), 'order');
    const headers = key();
    return () => till.call('POST', `/orders/${order}/cancel`, {}, headers);
  },
  'a captured hold': async () => {
    const hold = (await till.api.createHold({ params: { ...till.params, member: (await rich()).id }, body: { points: 60 } })).id;
    const headers = key();
    return () => till.call('POST', `/holds/${hold}/capture`, undefined, headers);
  },
  'an adjustment': async () => {
    const [member, headers] = [await rich(), key()];
    return () => till.call('POST', `/members/${member.id}/adjustments`, { points: 30, reason: 'Gratis' }, headers);
  },
};

describe('a balance never moves without its row, nor a row without its balance', () => {
  it.each(Object.keys(acts))('%s that fails at any write, or at the commit itself, leaves nothing; sent again with its key it is done once', async (name) => {
    await app.ask('delete from chaos.written');
    const first = await acts[name]!();
    await app.ask('delete from chaos.written');
    expect((await first()).status).toBe(200);
    const tables = await written();
    expect(tables.length, 'the act writes the ledger and more').toBeGreaterThan(3);
    for (const table of [...tables, 'commit']) {
      const send = await acts[name]!();
      const before = await databaseHash(app);
      const failed = await breaking(table, send);
      expect({ table, status: failed.status, told: JSON.stringify(failed.body).includes('disk') }).toEqual({ table, status: 500, told: false });
      expect(await databaseHash(app), `nothing is left when ${table} fails`).toEqual(before);
      expect((await send()).status, `the key is free again after ${table} failed`).toBe(200);
      if (table !== 'commit') continue;
      const after = await databaseHash(app);
      expect((await send()).status).toBe(200);
      expect(await databaseHash(app), 'and the third time changes nothing').toEqual(after);
    }
  }, 60_000);
});
