import { randomBytes } from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { makeDataFolder } from './data-folder.ts';
import { startProblem } from './start-problem.ts';

/** What only this installation knows. Losing `masterKey` loses every encrypted column: keep a copy away from the database. */
export interface Secrets {
  /** 32 bytes, hexadecimal. */
  readonly masterKey: string;
  /** Password of the embedded server's administrator. */
  readonly postgres: string;
  readonly migrator: string;
  readonly app: string;
  readonly loader: string;
}

const names = ['masterKey', 'postgres', 'migrator', 'app', 'loader'] as const;

/**
 * The secrets of a data folder; the first call makes `secrets.json` (mode 0600). Processes that start at once agree: the file appears
 * whole or not at all, and the first one wins. `masterKey`, when given, stands in for the file's and is not written to it.
 */
export async function loadSecrets(dataDir: string, masterKey?: string): Promise<Secrets> {
  const file = path.join(dataDir, 'secrets.json');
  const stored = (await readSecrets(file)) ?? (await makeSecrets(file));
  return masterKey ? { ...stored, masterKey } : stored;
}

async function readSecrets(file: string): Promise<Secrets | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw startProblem(`${file} cannot be read (${error.code}): start as the user who made it.`);
  });
  if (text === undefined) return undefined;
  let parsed: unknown;
  try { parsed = JSON.parse(text); } catch { parsed = undefined; }
  if (!isSecrets(parsed)) throw startProblem(`${file} is damaged: put back a copy of it; a new one would not open the data that is stored.`);
  return parsed;
}

const isSecrets = (value: unknown): value is Secrets =>
  typeof value === 'object' && value !== null && names.every((name) => /^[0-9a-f]{48,64}$/.test(String(Reflect.get(value, name))))
  && String(Reflect.get(value, 'masterKey')).length === 64;

async function makeSecrets(file: string): Promise<Secrets> {
  const password = () => randomBytes(24).toString('hex');
  const secrets: Secrets = {
    masterKey: randomBytes(32).toString('hex'), postgres: password(), migrator: password(), app: password(), loader: password(),
  };
  await makeDataFolder(path.dirname(file));
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(secrets, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
    return secrets;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const theirs = await readSecrets(file);
    if (!theirs) throw error;
    return theirs;
  } finally {
    await rm(draft);
  }
}
