import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RuleDefinition } from '@wracam/engine/rules';
import { permissionNames } from '@wracam/contract';
import { createApiKey } from '@wracam/server/modules/access/index';
import type { NewProgram } from '@wracam/server/modules/programs/index';
import type { Deps } from '@wracam/server/platform/deps';
import { makeDeps } from '@wracam/server/make-deps';
import { makeLog } from '@wracam/server/platform/log';
import { migrate } from '@wracam/server/platform/migrate';
import { prepareDatabase, roleNames, withDatabase, type AllDatabaseUrls } from '@wracam/server/platform/roles';
import { loadSecrets } from '@wracam/server/platform/secrets';
import { setUpProgram } from '@wracam/server/setup';

const DATABASE = 'wracam_bench';

/** A set-up product on a server: what a first start leaves, without a process that serves. */
export interface Installation {
  readonly urls: AllDatabaseUrls;
  readonly dataDir: string;
  /** For setting up and for checking; requests go to the server's own process. */
  readonly deps: Deps;
  readonly close: () => Promise<void>;
}

/** Makes the product's database on the server of `adminUrl`: roles, migrations, secrets in a temporary data folder. */
export async function install(adminUrl: string): Promise<Installation> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'wracam-bench-data-'));
  const secrets = await loadSecrets(dataDir);
  const urls = await prepareDatabase(withDatabase(adminUrl, DATABASE), secrets);
  await migrate({ migratorUrl: urls.migratorUrl, names: roleNames(DATABASE), log: () => undefined });
  const made = await makeDeps({ appUrl: urls.appUrl, masterKey: secrets.masterKey, log: makeLog('error'), publicUrl: 'http://localhost' });
  return { urls, dataDir, deps: made.deps, close: async () => { await made.close(); rmSync(dataDir, { recursive: true, force: true }); } };
}

/** A live program with these rules and a key that may do everything. */
export async function makeProgram({ deps }: Installation, input: Partial<NewProgram>, rules: readonly RuleDefinition[]): Promise<{ id: number; code: string; apiKey: string }> {
  const program = await setUpProgram(deps, { code: 'bench', name: 'Sklep', organisation: 'Sklep', ...input }, rules);
  const { secret } = await createApiKey(deps, program.id, { name: 'bench', scopes: permissionNames });
  return { ...program, apiKey: secret };
}

/** A port nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
