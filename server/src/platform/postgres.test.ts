import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { processStart } from './data-folder.ts';
import { clearLeftovers } from './postgres-leftovers.ts';
import { findRunningPostgres } from './postgres.ts';
import { projectRoot } from './project-root.ts';
import { asAdmin } from './roles.ts';
import { loadSecrets } from './secrets.ts';

interface Holder { readonly child: ChildProcess; readonly url: string; readonly pid: number; readonly said: () => string }

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'wracam-postgres-'));
  await chmod(dataDir, 0o755);
});
afterAll(async () => {
  await clearLeftovers(path.join(dataDir, 'postgres'), () => undefined);
  await rm(dataDir, { recursive: true });
});

/** A process of its own that starts the embedded PostgreSQL; rejects with what it printed when it ends instead. */
async function hold(folder = dataDir): Promise<Holder> {
  const child = spawn(process.execPath, ['tools/run.mjs', 'server/src/testing/hold-postgres.ts', folder], { cwd: projectRoot(), stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => { said += String(chunk); });
  const ended = once(child, 'close').then(([code]) => { throw new Error(`ended with code ${String(code)}: ${said}`); });
  const line = once(createInterface(child.stdout), 'line').then(([text]) => JSON.parse(String(text)) as { url: string; pid: number });
  ended.catch(() => undefined);
  return { child, ...(await Promise.race([line, ended])), said: () => said };
}

const ended = async (child: ChildProcess, signal: NodeJS.Signals) => {
  const over = once(child, 'close');
  child.kill(signal);
  await over;
};
const count = (url: string) => asAdmin(url, async (client) => Number((await client.query('select count(*) from kept')).rows[0]?.count));

describe('the embedded server', () => {
  it('keeps what was committed through a kill of its process, of the server, and of both', async () => {
    let holder = await hold();
    await asAdmin(holder.url, async (client) => { await client.query('create table kept (a int); insert into kept values (1)'); });

    await ended(holder.child, 'SIGKILL'); // PostgreSQL is left running
    expect(processStart(holder.pid)).toBeDefined();
    const orphan = holder.pid;
    holder = await hold();
    expect(holder.said()).toContain(`left running (process ${orphan})`);
    expect(processStart(orphan)).toBeUndefined();
    await asAdmin(holder.url, async (client) => { await client.query('insert into kept values (2)'); });

    process.kill(holder.pid, 'SIGKILL'); // our process starts it again, on the same address
    for (const until = Date.now() + 5_000; ; await sleep(50)) {
      const found = await count(holder.url).catch(() => undefined);
      if (found !== undefined) { expect(found).toBe(2); break; }
      expect(Date.now()).toBeLessThan(until);
    }
    await asAdmin(holder.url, async (client) => { await client.query('insert into kept values (3)'); });

    await ended(holder.child, 'SIGKILL');
    const left = Number((await readFile(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
    process.kill(left, 'SIGKILL');
    const before = holder.url;
    holder = await hold();
    expect(await count(holder.url)).toBe(3);
    expect(holder.url).toBe(before);
    await ended(holder.child, 'SIGTERM');
  }, 60_000);

  it('a second start on the same data folder says so, ends with code 1 and harms nothing; after a stop the folder is free', async () => {
    const first = await hold();
    await expect(hold()).rejects.toThrow(/ended with code 1: Wracam already runs on the data folder .* \(process \d+\)/);
    expect(await count(first.url)).toBe(3);
    expect(await findRunningPostgres(dataDir, (await loadSecrets(dataDir)).postgres)).toBe(first.url);
    await ended(first.child, 'SIGTERM');
    expect(processStart(first.pid)).toBeUndefined();
    expect(await findRunningPostgres(dataDir, (await loadSecrets(dataDir)).postgres)).toBeUndefined();
  }, 60_000);

  it('a stale process number that another program has by now stops nobody', async () => {
    const pidFile = path.join(dataDir, 'postgres', 'postmaster.pid');
    await writeFile(pidFile, `${process.pid}\n${path.join(dataDir, 'postgres')}\n0\n5432\n\n\n\nready\n`);
    await writeFile(path.join(dataDir, 'running.lock'), JSON.stringify({ pid: process.pid, started: '1', place: 'vm' }));
    const holder = await hold();
    expect(await count(holder.url)).toBe(3);
    await ended(holder.child, 'SIGTERM');
  }, 60_000);

  it('runs as its own user with checksums, Polish order, passwords and durable commits', async () => {
    const holder = await hold();
    expect((await stat(path.join(dataDir, 'postgres'))).mode & 0o777).toBe(0o700);
    expect((await stat(path.join(dataDir, 'postgres'))).uid).not.toBe(0);
    const asked = await asAdmin(holder.url, (client) => client.query(`
      select current_setting('data_checksums') as checksums, current_setting('fsync') || current_setting('full_page_writes') || current_setting('synchronous_commit') as durable,
        (select string_agg(w, '' order by w) from unnest(array['b', 'ą', 'c', 'ż', 'ź', 'z', 'a', 'ł', 'm', 'l']) w) as letters, current_setting('listen_addresses') as addresses`));
    expect(asked.rows).toEqual([{ checksums: 'on', durable: 'ononon', letters: 'aąbclłmzźż', addresses: '127.0.0.1' }]);
    await expect(asAdmin(holder.url.replace(/:[0-9a-f]{48}@/, ':wrong@'), async () => undefined)).rejects.toThrow(/does not let postgres in/);
    await ended(holder.child, 'SIGTERM');
  }, 60_000);
});
