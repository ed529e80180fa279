import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import { personalData, type ColumnKind } from '../platform/personal-data.ts';
import { platformTables } from '../platform/platform-tables.ts';
import { cloneDatabase, type TestDatabase } from '../testing/database.ts';

let database: TestDatabase;
let admin: pg.Client;
beforeAll(async () => {
  database = await cloneDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

const names = async (text: string, values: unknown[] = []) => (await admin.query<{ name: string }>(text, values)).rows.map(({ name }) => name);
const TABLES = `c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`;
const OWN_PROGRAM = `(program_id = (NULLIF(current_setting(''app.program''::text, true), ''''::text))::bigint)`;
const firstColumn = (keys: string) => `(select attname from pg_attribute where attrelid = c.oid and attnum = ${keys}[0])`;

/** Each names what breaks it: nothing. */
const rules: readonly (readonly [promise: string, breaking: string])[] = [
  ['belongs to a program, but for the named platform tables', `select relname as name from pg_class c where ${TABLES} and relname <> all($1)
    and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary and ${firstColumn('i.indkey')} = 'program_id')`],
  ['begins every primary key and unique index with the program', `select c.relname || '.' || i.indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid
    where ${TABLES} and c.relname <> all($1) and i.indisunique and ${firstColumn('i.indkey')} is distinct from 'program_id'`],
  ['begins every foreign key with the program on both sides, and lets it end as NO ACTION or CASCADE', `select c.relname || '.' || k.conname as name from pg_constraint k join pg_class c on c.oid = k.conrelid
    where k.contype = 'f' and ${TABLES} and c.relname <> all($1) and ((select attname from pg_attribute where attrelid = c.oid and attnum = k.conkey[1]) <> 'program_id'
      or (select attname from pg_attribute where attrelid = k.confrelid and attnum = k.confkey[1]) <> (case when k.confrelid = 'program'::regclass then 'id' else 'program_id' end)
      or k.confdeltype not in ('a', 'c') or k.confupdtype <> 'a')`],
  ['has row level security, forced on its owner too, and a policy', `select relname as name from pg_class c where ${TABLES} and relname <> 'migration' and $1::text[] is not null
    and not (relrowsecurity and relforcerowsecurity and exists (select from pg_policy p where p.polrelid = c.oid))`],
  ['of a program has one policy: its program alone, for reading and for writing', `select c.relname as name from pg_class c where ${TABLES} and c.relname <> all($1)
    and (select array_agg(p.polcmd = '*' and pg_get_expr(p.polqual, c.oid) = '${OWN_PROGRAM}' and pg_get_expr(p.polwithcheck, c.oid) = '${OWN_PROGRAM}') from pg_policy p where p.polrelid = c.oid) is distinct from array[true]`],
  ['counts in whole numbers and dates with time zones: no float, no numeric, no money, no local timestamp', `select c.relname || '.' || a.attname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where ${TABLES} and $1::text[] is not null and a.atttypid = any(array['float4', 'float8', 'numeric', 'money', 'timestamp', 'time', 'timetz', 'json', 'varchar', 'bpchar']::regtype[])`],
  ['takes ids and instants from the application: no default that differs from call to call, no identity column', `select c.relname || '.' || a.attname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum where ${TABLES} and $1::text[] is not null and c.relname <> 'migration' and (a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) ~ '[(]')`],
];

describe('every table', () => {
  it('is there', async () => expect((await names(`select relname as name from pg_class c where ${TABLES}`)).length).toBeGreaterThan(30));

  it.each(rules)('%s', async (_, breaking) => expect(await names(breaking, [[...platformTables]])).toEqual([]));

  it('that broke any of it would be named', async () => {
    const bad = await cloneDatabase();
    const client = new pg.Client({ connectionString: bad.adminUrl });
    await client.connect();
    try {
      await client.query(`create table stray_target (id bigint, program_id bigint, primary key (id, program_id));
        create table stray (id bigint generated always as identity primary key, program_id bigint, target_id bigint, points numeric, at timestamptz default now(), foreign key (target_id, program_id) references stray_target on delete set null)`);
      for (const [promise, breaking] of rules) {
        const found = (await client.query<{ name: string }>(breaking, [[...platformTables]])).rows.map(({ name }) => name);
        expect(found.filter((name) => name.startsWith('stray')), promise).not.toEqual([]);
      }
    } finally {
      await client.end();
      await bad.drop();
    }
  });
});

describe('the rest of the schema', () => {
  it('has no rules, no materialized views, and no view that rests on its owner’s rights', async () => {
    expect(await names(`select rulename as name from pg_rules where schemaname in ('public', 'reporting')`)).toEqual([]);
    expect(await names(`select relname as name from pg_class where relkind = 'm'`)).toEqual([]);
    expect(await names(`select c.oid::regclass::text as name from pg_class c where relkind = 'v' and relnamespace in ('public'::regnamespace, 'reporting'::regnamespace)
      and not coalesce(reloptions @> array['security_invoker=true'], false)`)).toEqual([]);
  });

  it('has two functions that run with their owner’s rights, and triggers that look at their own row only', async () => {
    // They ask for housekeeping of tables and read no row; their search path is their own.
    expect(await names(`select proname || ' ' || coalesce(array_to_string(proconfig, ','), '') as name from pg_proc where pronamespace = 'public'::regnamespace and prosecdef`)).toEqual(['know_hot_rows search_path=public, pg_temp,default_statistics_target=10', 'know_loaded_days search_path=public, pg_temp']);
    expect(await names(`select distinct p.proname as name from pg_trigger t join pg_proc p on p.oid = t.tgfoid where not t.tgisinternal order by 1`)).toEqual(['keep_history', 'refuse_change']);
    expect(await names(`select proname as name from pg_proc where proname in ('keep_history', 'refuse_change') and prosrc ~* '\\m(from|join|into|update)\\s+(?!pg_tables)\\w+' and prosrc ~* '\\m(insert|delete from|update \\w+ set)\\M'`)).toEqual([]);
  });

  it('lets the application add to history and never change it', async () => {
    const may = async (right: string) => names(`select relname as name from pg_class c where ${TABLES} and has_table_privilege($1, c.oid, $2) order by 1`, [database.roles.app, right]);
    const history = ['audit_entry', 'earning_base_version', 'earning_rule_version', 'hold', 'hold_resolution', 'outbox', 'product_set_version', 'ruleset', 'segment_version', 'transfer', 'transfer_note'];
    const [updates, deletes, truncates] = [await may('update'), await may('delete'), await may('truncate')];
    expect(history.filter((table) => updates.includes(table) || deletes.includes(table))).toEqual([]);
    expect(['account', 'lot', 'member', 'member_ledger', 'reward', 'reward_order', 'reward_order_line', 'sale_return', 'transaction'].filter((table) => deletes.includes(table))).toEqual([]);
    expect(truncates).toEqual([]);
    expect(await names(`select a.attname as name from pg_attribute a where attrelid = 'transaction'::regclass and attnum > 0 and attname in ('program_id', 'id', 'source', 'external_id', 'test') and has_column_privilege($1, attrelid, attnum, 'update')`, [database.roles.app])).toEqual([]);
  });

  it('gives the application no way around: not a superuser, not the owner, no BYPASSRLS, no right to make anything', async () => {
    const { rows: [role] } = await admin.query('select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication from pg_roles where rolname = $1', [database.roles.app]);
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false, rolreplication: false });
    expect(await names(`select relname as name from pg_class c where ${TABLES} and pg_has_role($1, relowner, 'member')`, [database.roles.app])).toEqual([]);
    expect(await names(`select nspname as name from pg_namespace where has_schema_privilege($1, oid, 'create')`, [database.roles.app])).toEqual([]);
    expect(await names(`select proname as name from pg_proc where pronamespace = 'public'::regnamespace and proname like 'belongs_to_%' and has_function_privilege($1, oid, 'execute') and prosecdef`, [database.roles.app])).toEqual([]);
  });
});

describe('the map of personal data', () => {
  const listed = new Map<string, ColumnKind>(Object.entries(personalData).flatMap(([table, kinds]) => Object.entries(kinds).flatMap(([kind, columns]) => columns.split(' ').map((column) => [`${table}.${column}`, kind as ColumnKind] as [string, ColumnKind]))));
  const columns = async () => (await admin.query<{ name: string; type: string }>(`select c.relname || '.' || a.attname as name, a.atttypid::regtype::text as type from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped where ${TABLES} order by 1`)).rows;

  it('names every column once: say in platform/personal-data.ts what a new one tells about people', async () => {
    const there = (await columns()).map(({ name }) => name);
    expect(there.filter((name) => !listed.has(name))).toEqual([]);
    expect([...listed.keys()].filter((name) => !there.includes(name))).toEqual([]);
    expect(listed.size).toBe(Object.values(personalData).flatMap((kinds) => Object.values(kinds).join(' ').split(' ')).length);
  });

  it('calls sealed, index and secret only what is bytes, so that no plain text hides there', async () => {
    const known = ['api_key.hint']; // the last four characters of a key, by which its owner knows it again
    expect((await columns()).filter(({ name, type }) => ['sealed', 'index', 'secret'].includes(listed.get(name) ?? '') && type !== 'bytea' && !known.includes(name))).toEqual([]);
  });
});
