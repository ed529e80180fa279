import { refusalWords } from '@wracam/contract';
import { makeDeps, type MadeDeps } from '@wracam/server/make-deps';
import { listPrograms, programIdOf } from '@wracam/server/modules/programs/index';
import type { Deps } from '@wracam/server/platform/deps';
import { makeLog } from '@wracam/server/platform/log';
import { migrate } from '@wracam/server/platform/migrate';
import { openUrls } from '@wracam/server/platform/open-database';
import { Refusal } from '@wracam/server/platform/refusal';
import { databaseName, roleNames, type DatabaseUrls } from '@wracam/server/platform/roles';
import { startProblem } from '@wracam/server/platform/start-problem';
import { withInstallation } from './installation.ts';
import type { Output } from './output.ts';

export type Opened = { readonly deps: Deps; readonly urls: DatabaseUrls; readonly dataDir: string };

/**
 * Opens the installation with everything that actions use, migrated to this version. A refusal of an action becomes one English sentence,
 * as any other reason not to go on.
 */
export const withDeps = <T>(output: Output, work: (opened: Opened) => Promise<T>): Promise<T> =>
  withInstallation(output.say, async ({ config, secrets, adminUrl }) => {
    const urls = await openUrls(config, secrets, adminUrl);
    if (urls.migratorUrl) {
      await migrate({ migratorUrl: urls.migratorUrl, names: { ...roleNames(databaseName(urls.migratorUrl)), app: decodeURIComponent(new URL(urls.appUrl).username) }, log: output.say });
    }
    const made: MadeDeps = await makeDeps({ appUrl: urls.appUrl, masterKey: secrets.masterKey, log: makeLog('error'), publicUrl: config.publicUrl });
    try {
      return await work({ deps: made.deps, urls, dataDir: config.dataDir });
    } catch (error) {
      throw error instanceof Refusal ? startProblem(sentenceOf(error)) : error;
    } finally {
      await made.close();
    }
  });

function sentenceOf(refusal: Refusal): string {
  const { sentence, wayOut } = refusalWords(refusal.code, 'en', refusal.params);
  return [sentence, wayOut, ...refusal.faults.map((fault) => `${fault.pointer}: ${fault.detail}`)].filter(Boolean).join(' ');
}

/** The program of this code or public id; without one, the only program there is. Otherwise a sentence that names the choices. */
export async function programFor(deps: Deps, ref: string | undefined): Promise<{ id: number; code: string }> {
  const all = await deps.db.onPlatform(listPrograms);
  const codes = all.map((program) => program.code).join(', ') || 'none yet; wracam programs create makes one';
  if (ref === undefined) {
    if (all.length === 1) return all[0]!;
    throw startProblem(`Say which program by --program. There is: ${codes}.`);
  }
  const id = await programIdOf(deps, ref);
  return all.find((program) => program.id === id) ?? noProgram(ref, codes);
}

function noProgram(ref: string, codes: string): never {
  throw startProblem(`There is no program ${ref}. There is: ${codes}.`);
}
