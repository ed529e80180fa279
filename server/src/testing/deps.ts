import { randomBytes } from 'node:crypto';
import { makeDeps } from '../make-deps.ts';
import type { Deps } from '../platform/deps.ts';
import { makeLog } from '../platform/log.ts';
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
export async function testDeps(options: { smtpUrl?: string; mailFrom?: string } = {}): Promise<TestDeps> {
  const database = await cloneDatabase();
  const made = await makeDeps({ appUrl: database.appUrl, masterKey: randomBytes(32).toString('hex'), log: makeLog('silent'), publicUrl: 'https://punkty.example.pl', ...options });
  let count = 0;
  return {
    deps: made.deps, database,
    program: (input = {}) => createProgram(made.deps, { code: `program-${count += 1}`, name: 'Kawiarnia Pod Lipą', organisation: `Firma ${count}`, ...input }),
    ask: (text, values = []) => asAdmin(database.adminUrl, async (client) => (await client.query(text, values)).rows),
    close: async () => { await made.close(); await database.drop(); },
  };
}
