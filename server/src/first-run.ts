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

/** On the first start: the first program, its owner, an API key, and a one-time link to the panel. Later starts print where to go. */
export async function announceFirstRun(deps: Deps, config: Config, urls: DatabaseUrls): Promise<void> {
  const file = path.join(config.dataDir, FILE);
  if (existsSync(file)) return sayWhere(config, file);
  return oneAfterAnother(deps, () => (existsSync(file) ? sayWhere(config, file) : firstRun(deps, config, urls, file)));
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
  const known = JSON.parse(await readFile(file, 'utf8')) as { program: string };
  say(`Panel: ${config.publicUrl}/panel/   Portal: ${config.publicUrl}/p/${known.program}   API: ${config.publicUrl}/api/docs\nA new link to the panel: npx wracam staff link`);
}

async function firstRun(deps: Deps, config: Config, urls: DatabaseUrls, file: string): Promise<void> {
  const program = await findProgramForStart(deps, config, urls, say);
  const staffId = await ensureStaff(deps, program.id, OWNER);
  const { secret } = await createApiKey(deps, program.id, { name: 'first run', scopes: [...permissionNames] });
  const signInUrl = await issueSignInLink(deps, staffId);
  const content = { panelUrl: `${config.publicUrl}/panel/`, portalUrl: `${config.publicUrl}/p/${program.code}`, apiUrl: `${config.publicUrl}/api/v1`, signInUrl, program: program.code, apiKey: secret };
  await writeFile(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: OWNER_ONLY });
  await rename(`${file}.new`, file);
  say(`Panel:  ${content.panelUrl}\nPortal: ${content.portalUrl}\nAPI:    ${config.publicUrl}/api/docs\nSign in to the panel once with this link (24 h): ${signInUrl}`);
}
