import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { permissionNames } from '@wracam/contract';
import { createApiKey, ensureStaff, issueSignInLink } from './modules/access/index.ts';
import type { Config } from './platform/config.ts';
import type { Deps } from './platform/deps.ts';
import type { DatabaseUrls } from './platform/roles.ts';
import { sql } from './platform/sql.ts';
import { findProgramForStart } from './start-program.ts';

/** Where scripts learn how to reach a new installation. Readable by its owner alone. */
const FILE = 'first-run.json';
const OWNER_ONLY = 0o600;
const OWNER = { name: 'Właściciel', email: 'wlasciciel@wracam.local', role: 'owner' } as const;

/** What the file says. What a purge took away with its program is not there any more. */
type Known = { readonly panelUrl: string; readonly portalUrl?: string; readonly apiUrl: string; readonly signInUrl?: string; readonly program?: string; readonly apiKey?: string };

/** On the first start: the first program, its owner, an API key, and a one-time link to the panel. Later starts write down where they listen, and print where to go. */
export async function announceFirstRun(deps: Deps, config: Config, urls: DatabaseUrls): Promise<void> {
  const file = path.join(config.dataDir, FILE);
  if (existsSync(file)) return sayWhere(config, file);
  return oneAfterAnother(deps, () => (existsSync(file) ? sayWhere(config, file) : firstRun(deps, config, urls, file)));
}

/** Where the server of a data folder was reached last, without a slash at the end; undefined before its first start. */
export async function lastAddress(dataDir: string): Promise<string | undefined> {
  const file = path.join(dataDir, FILE);
  return existsSync(file) ? (await readKnown(file)).apiUrl.slice(0, -API_PATH.length) : undefined;
}

/** Takes out of the file what belongs to a program that is gone: its key opens nothing any more. */
export async function forgetProgram(dataDir: string, code: string): Promise<void> {
  const file = path.join(dataDir, FILE);
  if (!existsSync(file)) return;
  const { portalUrl: _, signInUrl: __, program, apiKey: ___, ...rest } = await readKnown(file);
  if (program === code) await writeKnown(file, rest);
}

const API_PATH = '/api/v1';
const readKnown = async (file: string) => JSON.parse(await readFile(file, 'utf8')) as Known;

/** Whole or not at all, and readable by its owner alone. Several processes may write it at once. */
async function writeKnown(file: string, known: Known): Promise<void> {
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(known, null, 2)}\n`, { mode: OWNER_ONLY });
  await rename(draft, file);
}

/** The same with the addresses of a server that listens elsewhere now. */
function movedTo(publicUrl: string, known: Known): Known {
  const { program, signInUrl } = known;
  return {
    ...known, panelUrl: `${publicUrl}/panel/`, apiUrl: `${publicUrl}${API_PATH}`, ...(program === undefined ? {} : { portalUrl: `${publicUrl}/p/${program}` }),
    ...(signInUrl === undefined ? {} : { signInUrl: `${publicUrl}${signInUrl.slice(signInUrl.indexOf('/panel/'))}` }),
  };
}

/** Processes that start at once on a new database go one after another; whoever comes second finds what the first has made. */
const oneAfterAnother = (deps: Deps, work: () => Promise<void>): Promise<void> => deps.db.onPlatform(async (tx) => {
  await tx.run(sql`set local lock_timeout = 0`);
  await tx.run(sql`set local statement_timeout = 0`);
  await tx.run(sql`set local idle_in_transaction_session_timeout = 0`);
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended('first run', 0))`);
  await work();
});

const say = (line: string) => console.log(line);

async function sayWhere(config: Config, file: string): Promise<void> {
  const known = await readKnown(file);
  const moved = movedTo(config.publicUrl, known);
  if (moved.apiUrl !== known.apiUrl) await writeKnown(file, moved);
  say(`Panel: ${moved.panelUrl}   ${moved.portalUrl === undefined ? '' : `Portal: ${moved.portalUrl}   `}API: ${config.publicUrl}/api/docs\n${moved.program === undefined ? 'A new program: npx wracam programs create <code> --name <name>; a link to the panel of one you have: npx wracam staff link' : 'A new link to the panel: npx wracam staff link'}`);
}

async function firstRun(deps: Deps, config: Config, urls: DatabaseUrls, file: string): Promise<void> {
  const program = await findProgramForStart(deps, config, urls, say);
  const staffId = await ensureStaff(deps, program.id, OWNER);
  const { secret } = await createApiKey(deps, program.id, { name: 'first run', scopes: [...permissionNames] });
  const signInUrl = await issueSignInLink(deps, staffId);
  const content = movedTo(config.publicUrl, { panelUrl: '', apiUrl: '', signInUrl, program: program.code, apiKey: secret });
  await writeKnown(file, content);
  say(`Panel:  ${content.panelUrl}\nPortal: ${content.portalUrl}\nAPI:    ${config.publicUrl}/api/docs\nSign in to the panel once with this link (24 h): ${signInUrl}`);
}
