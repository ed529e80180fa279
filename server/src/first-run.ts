import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { permissionNames } from '@wracam/contract';
import { createApiKey, createStaff, issueSignInLink } from './modules/access/index.ts';
import type { Config } from './platform/config.ts';
import type { Deps } from './platform/deps.ts';
import type { DatabaseUrls } from './platform/roles.ts';
import { findProgramForStart } from './start-program.ts';

/** Where scripts learn how to reach a new installation. Readable by its owner alone. */
const FILE = 'first-run.json';
const OWNER_ONLY = 0o600;
const OWNER = { name: 'Właściciel', email: 'wlasciciel@wracam.local', role: 'owner' } as const;

/** On the first start: the first program, its owner, an API key, and a one-time link to the panel. Later starts print where to go. */
export async function announceFirstRun(deps: Deps, config: Config, urls: DatabaseUrls): Promise<void> {
  const file = path.join(config.dataDir, FILE);
  const say = (line: string) => console.log(line);
  if (existsSync(file)) {
    const known = JSON.parse(await readFile(file, 'utf8')) as { program: string };
    say(`Panel: ${config.publicUrl}/panel/   Portal: ${config.publicUrl}/p/${known.program}   API: ${config.publicUrl}/api/docs`);
    return;
  }
  const program = await findProgramForStart(deps, config, urls, say);
  const staffId = await createStaff(deps, program.id, OWNER);
  const { secret } = await createApiKey(deps, program.id, { name: 'first run', scopes: [...permissionNames] });
  const signInUrl = await issueSignInLink(deps, staffId);
  const content = { panelUrl: `${config.publicUrl}/panel/`, portalUrl: `${config.publicUrl}/p/${program.code}`, apiUrl: `${config.publicUrl}/api/v1`, signInUrl, program: program.code, apiKey: secret };
  await writeFile(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: OWNER_ONLY });
  await rename(`${file}.new`, file);
  say(`Panel:  ${content.panelUrl}\nPortal: ${content.portalUrl}\nAPI:    ${config.publicUrl}/api/docs\nSign in to the panel once with this link (24 h): ${signInUrl}`);
}
