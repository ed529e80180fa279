import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { startProblem } from './start-problem.ts';

/** The user that PostgreSQL runs as; undefined in `run*` functions means the one who started us. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

const NEW_USER = 'wracam';

/**
 * PostgreSQL refuses to run as root. Gives undefined when we are not root; otherwise an existing system user (`wracam`, then `postgres`),
 * or a new one called `wracam`. Throws a start problem when none can be made.
 */
export function databaseUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const found = findUser(NEW_USER) ?? findUser('postgres') ?? makeUser();
  if (!found) {
    throw startProblem('PostgreSQL does not run as root and no system user could be made for it: run `useradd --system wracam`, or start as an ordinary user.');
  }
  return found;
}

/** True when the user can enter the folder, and write there when asked; asks the system rather than reading mode bits. */
export function canUse(user: SystemUser | undefined, folder: string, need: 'enter' | 'write'): boolean {
  const test = need === 'write' ? 'cd "$1" && test -w .' : 'cd "$1"';
  return spawnSync('/bin/sh', ['-c', test, 'sh', folder], { ...user, cwd: '/', stdio: 'ignore' }).status === 0;
}

function findUser(name: string): SystemUser | undefined {
  const ask = (flag: '-u' | '-g') => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: ask('-u'), gid: ask('-g') };
  } catch {
    return undefined;
  }
}

function makeUser(): SystemUser | undefined {
  const shell = existsSync('/usr/sbin/nologin') ? '/usr/sbin/nologin' : '/sbin/nologin';
  // Debian, Fedora and others have useradd; Alpine and other BusyBox systems have adduser.
  const made = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', shell, NEW_USER], { stdio: 'ignore' }).status === 0
    || spawnSync('adduser', ['-S', '-D', '-H', '-s', shell, NEW_USER], { stdio: 'ignore' }).status === 0;
  return made ? findUser(NEW_USER) : undefined;
}
