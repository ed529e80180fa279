import { isIP } from 'node:net';
import path from 'node:path';
import { startProblem } from './start-problem.ts';

export type Role = 'all' | 'api' | 'worker';
export type DemoProgram = 'cafe' | 'none';

/** Settings of one process, checked; see `readConfig`. */
export interface Config {
  readonly role: Role;
  /** How many processes serve the API and the pages. One: this process itself. */
  readonly processes: number;
  /** Where the API and the pages listen. 0 lets the system choose. */
  readonly port: number;
  readonly host: string;
  /** An administrator's URL of a PostgreSQL server; absent means the embedded one. */
  readonly databaseUrl: string | undefined;
  /** URL of an application role made by hand; absent means that roles are made on start. */
  readonly appUrl: string | undefined;
  /** Absolute path. */
  readonly dataDir: string;
  readonly demo: DemoProgram;
  /** What people and links see, without a slash at the end. */
  readonly publicUrl: string;
  /** Proxies in front whose word about a caller's address is believed: addresses, networks, or names of such. */
  readonly proxies: readonly string[];
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string | undefined;
  /** May webhooks lead into the network of this installation? */
  readonly webhooks: 'public' | 'private';
  /** 32 bytes as 64 hexadecimal digits; absent means the one in the data folder's `secrets.json`. */
  readonly masterKey: string | undefined;
}

const known = [
  'WRACAM_APP_URL', 'WRACAM_DATA', 'WRACAM_DEMO', 'WRACAM_HOST', 'WRACAM_MAIL_FROM', 'WRACAM_MASTER_KEY', 'WRACAM_PROCESSES', 'WRACAM_PROXIES', 'WRACAM_PUBLIC_URL',
  'WRACAM_ROLE', 'WRACAM_SMTP_URL', 'WRACAM_WEBHOOKS',
] as const;
type Name = (typeof known)[number] | 'PORT' | 'DATABASE_URL';

/**
 * Reads the settings from the environment. An empty value counts as not set. A wrong or unknown `WRACAM_…` setting throws a start
 * problem: one sentence that names the setting, what it was and what it can be. Passwords inside URLs are never repeated.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  for (const name of Object.keys(env)) {
    if (name.startsWith('WRACAM_') && !(known as readonly string[]).includes(name)) {
      throw startProblem(`${name} is not a setting of Wracam: remove it, or use one of ${known.join(', ')}.`);
    }
  }
  const read = (name: Name) => env[name]?.trim() || undefined;
  const port = readPort(read('PORT'));
  const publicUrl = readUrl('WRACAM_PUBLIC_URL', read('WRACAM_PUBLIC_URL'), ['http:', 'https:'], 'https://punkty.example.pl');
  if (publicUrl && /[?#]/.test(publicUrl)) throw startProblem('WRACAM_PUBLIC_URL must not contain ? or #: write it like https://punkty.example.pl.');
  return {
    role: oneOf('WRACAM_ROLE', read('WRACAM_ROLE'), ['all', 'api', 'worker']),
    processes: readProcesses(read('WRACAM_PROCESSES')),
    port,
    host: readHost(read('WRACAM_HOST')),
    databaseUrl: readDatabaseUrl('DATABASE_URL', read('DATABASE_URL')),
    appUrl: readDatabaseUrl('WRACAM_APP_URL', read('WRACAM_APP_URL')),
    dataDir: path.resolve(read('WRACAM_DATA') ?? './data'),
    demo: oneOf('WRACAM_DEMO', read('WRACAM_DEMO'), ['cafe', 'none']),
    publicUrl: (publicUrl ?? `http://localhost:${port}`).replace(/\/+$/, ''),
    proxies: readProxies(read('WRACAM_PROXIES')),
    smtpUrl: readUrl('WRACAM_SMTP_URL', read('WRACAM_SMTP_URL'), ['smtp:', 'smtps:'], 'smtps://user:password@mail.example.pl:465'),
    mailFrom: readMailFrom(read('WRACAM_MAIL_FROM')),
    webhooks: oneOf('WRACAM_WEBHOOKS', read('WRACAM_WEBHOOKS'), ['public', 'private']),
    masterKey: readMasterKey(read('WRACAM_MASTER_KEY')),
  };
}

function oneOf<const T extends string>(name: Name, value: string | undefined, allowed: readonly [T, ...T[]]): T {
  const found = value === undefined ? allowed[0] : allowed.find((one) => one === value);
  if (!found) throw startProblem(`${name} is "${value}": set it to one of ${allowed.join(', ')}, or leave it out for ${allowed[0]}.`);
  return found;
}

function readPort(value: string | undefined): number {
  if (value === undefined) return 3000;
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) {
    throw startProblem(`PORT is "${value}": set it to a whole number from 0 to 65535, or leave it out for 3000.`);
  }
  return Number(value);
}

const PROCESSES_MAX = 64;

function readProcesses(value: string | undefined): number {
  if (value === undefined) return 1;
  if (!/^\d{1,2}$/.test(value) || Number(value) < 1 || Number(value) > PROCESSES_MAX) {
    throw startProblem(`WRACAM_PROCESSES is "${value}": set it to a whole number from 1 to ${PROCESSES_MAX}, or leave it out for 1.`);
  }
  return Number(value);
}

function readHost(value: string | undefined): string {
  if (value === undefined) return '0.0.0.0';
  if (!/^[A-Za-z0-9.:_-]+$/.test(value)) {
    throw startProblem(`WRACAM_HOST is "${value}": set it to the address to listen on, such as 127.0.0.1, or leave it out for all addresses.`);
  }
  return value;
}

/** Whoever may say for whom a request comes gets around limits by address, so nobody but this machine may unless it is said. */
function readProxies(value: string | undefined): string[] {
  const proxies = (value ?? 'loopback').split(',').map((one) => one.trim()).filter((one) => one !== '');
  const sound = (one: string) => {
    const [address = '', bits, ...rest] = one.split('/');
    return ['loopback', 'linklocal', 'uniquelocal'].includes(one) || (isIP(address) !== 0 && rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (isIP(address) === 4 ? 32 : 128))));
  };
  if (!proxies.every(sound)) throw startProblem(`WRACAM_PROXIES is "${value}": list the addresses of the proxies in front, such as 10.0.0.2, 172.16.0.0/12, or leave it out for one on this machine.`);
  return proxies;
}

function readUrl(name: Name, value: string | undefined, protocols: readonly string[], example: string): string | undefined {
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !protocols.includes(url.protocol) || !url.hostname) throw startProblem(`${name} is not an address that can be used: write it like ${example}.`);
  return value;
}

function readDatabaseUrl(name: 'DATABASE_URL' | 'WRACAM_APP_URL', value: string | undefined): string | undefined {
  const example = 'postgres://user:password@host:5432/wracam';
  const url = readUrl(name, value, ['postgres:', 'postgresql:'], example);
  if (url === undefined) return undefined;
  const database = decodeURIComponent(new URL(url).pathname.slice(1));
  // Role names are made from it ("…_migrator"), and PostgreSQL cuts names at 63 bytes.
  if (!/^[A-Za-z_][A-Za-z0-9_-]{0,49}$/.test(database)) {
    throw startProblem(`${name} must end with the name of a database (letters, digits, _ and -, at most 50): write it like ${example}.`);
  }
  return url;
}

function readMailFrom(value: string | undefined): string | undefined {
  if (value !== undefined && (!/^[^\r\n]*<?[^\s@<>]+@[^\s@<>]+>?$/.test(value))) {
    throw startProblem(`WRACAM_MAIL_FROM is "${value}": write it like Punkty <punkty@example.pl>.`);
  }
  return value;
}

function readMasterKey(value: string | undefined): string | undefined {
  if (value !== undefined && !/^[0-9a-f]{64}$/i.test(value)) {
    throw startProblem('WRACAM_MASTER_KEY must be 64 hexadecimal digits (32 bytes): make one with `openssl rand -hex 32`.');
  }
  return value?.toLowerCase();
}
