import { randomBytes } from 'node:crypto';
import { connect } from '../platform/db.ts';
import type { Deps } from '../platform/deps.ts';
import { makeIds, makePublicIds } from '../platform/ids.ts';
import { makeKeyring } from '../platform/keyring.ts';
import { makeLog } from '../platform/log.ts';
import type { Mailer } from '../platform/mail.ts';
import { asAdmin } from '../platform/roles.ts';
import { createProgram, type NewProgram } from '../modules/programs/index.ts';
import { cloneDatabase, type TestDatabase } from './database.ts';

export interface TestDeps {
  readonly deps: Deps;
  readonly database: TestDatabase;
  /** A program of its own, by default a live one. */
  readonly program: (input?: Partial<NewProgram>) => Promise<{ id: number; code: string }>;
  /** Rows of a statement run as administrator, past every policy. */
  readonly ask: <Row extends Record<string, unknown>>(text: string, values?: unknown[]) => Promise<Row[]>;
  readonly close: () => Promise<void>;
}

/** What actions need, over a fresh database. */
export async function testDeps(options: { mailer?: Mailer | null; connections?: number } = {}): Promise<TestDeps> {
  const database = await cloneDatabase();
  const log = makeLog('silent');
  const db = connect(database.appUrl, log, { max: options.connections ?? 12 });
  const deps: Deps = {
    db, ids: makeIds(db), publicIds: makePublicIds(randomBytes(16)), keyring: makeKeyring(db, randomBytes(32)), log, mailer: options.mailer ?? null, publicUrl: 'https://punkty.example.pl',
  };
  let count = 0;
  return {
    deps, database,
    program: (input = {}) => createProgram(deps, { code: `program-${count += 1}`, name: 'Kawiarnia Pod Lipą', organisation: `Firma ${count}`, ...input }),
    ask: (text, values = []) => asAdmin(database.adminUrl, async (client) => (await client.query(text, values)).rows),
    close: async () => { await db.close(); await database.drop(); },
  };
}
