import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';

/** One bare accrual, as the plainest program would write it. No rules, no lots, no idempotency, no trace. */
const accrual = `\\set m random(1, :members)
\\set a random(100, 50000)
BEGIN;
INSERT INTO floor_transaction (external_id, member_id, amount) VALUES ('T-' || :m || '-' || :a, :m, :a) RETURNING id \\gset
INSERT INTO floor_entry (transaction_id, member_id, points) VALUES (:id, :m, :a);
UPDATE floor_balance SET points = points + :a, version = version + 1 WHERE member_id = :m;
COMMIT;
`;

const tables = `DROP TABLE IF EXISTS floor_transaction, floor_entry, floor_balance;
CREATE TABLE floor_transaction (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, external_id text NOT NULL, member_id bigint NOT NULL, amount bigint NOT NULL, at timestamptz NOT NULL DEFAULT now());
CREATE TABLE floor_entry (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, transaction_id bigint, member_id bigint NOT NULL, points bigint NOT NULL, at timestamptz NOT NULL DEFAULT now());
CREATE TABLE floor_balance (member_id bigint PRIMARY KEY, points bigint NOT NULL, version int NOT NULL DEFAULT 0) WITH (fillfactor = 80);`;

/** Makes the floor's tables anew with `members` balances, so that they are as old as ours. */
export async function prepareFloor(admin: pg.Client, members: number): Promise<void> {
  await admin.query(tables);
  await admin.query('INSERT INTO floor_balance SELECT g, 0, 0 FROM generate_series(1, $1::int8) g', [members]);
  await admin.query('VACUUM ANALYZE floor_balance');
}

/** Accruals a second that pgbench reaches with 16 clients and prepared statements. Fails when pgbench is missing or reports an error. */
export async function runFloor(url: string, members: number, seconds: number): Promise<number> {
  const script = join(mkdtempSync(join(tmpdir(), 'wracam-floor-')), 'floor.sql');
  writeFileSync(script, accrual);
  const output = await run(pgbench(), ['-n', '-M', 'prepared', '-f', script, '-D', `members=${members}`, '-c', '16', '-j', '2', '-T', String(seconds), url])
    .finally(() => rmSync(dirname(script), { recursive: true }));
  const tps = /tps = ([\d.]+) /.exec(output)?.[1];
  if (!tps || !/number of failed transactions: 0 /.test(output)) throw new Error(`pgbench gave no clean figure:\n${output}`);
  return Number(tps);
}

/** pgbench 15 where Debian puts it, else whatever the PATH holds. */
export function pgbench(): string {
  const debian = '/usr/lib/postgresql/15/bin/pgbench';
  return existsSync(debian) ? debian : 'pgbench';
}

function run(command: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    child.once('error', (cause) => reject(new Error(`${command} cannot run; Debian: apt install postgresql-15 (contrib)`, { cause })));
    child.once('close', (code) => (code === 0 ? resolve(output) : reject(new Error(`${command} ended with ${code}:\n${output}`))));
  });
}
