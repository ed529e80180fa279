import { randomBytes } from 'node:crypto';
import { permissionNames, type Permission } from '@wracam/contract';
import { createClient, type Client } from '@wracam/sdk';
import type { RuleDefinition } from '@wracam/engine/rules';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { makeServer } from '../app.ts';
import { makeDeps, type DepsInput } from '../make-deps.ts';
import { createApiKey } from '../modules/access/index.ts';
import type { NewProgram } from '../modules/programs/index.ts';
import { FIRST_RULES, setUpProgram } from '../setup.ts';
import type { Deps } from '../platform/deps.ts';
import { idCounter } from '../platform/ids.ts';
import { makeLog } from '../platform/log.ts';
import { cloneDatabase, type TestDatabase } from './database.ts';

const PUBLIC_URL = 'http://localhost:3000';

export type TestAnswer = { status: number; body: Record<string, never> & { code?: string }; headers: Record<string, unknown> };
export type TestProgram = {
  readonly id: number; readonly code: string; readonly apiKey: string; readonly api: Client;
  /** A request under the program's path, as any HTTP client would send it. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<TestAnswer>;
};
export type TestApp = {
  readonly deps: Deps; readonly server: FastifyInstance; readonly database: TestDatabase;
  /** What `deps` were made of: for a thread or a process beside it. */
  readonly input: DepsInput;
  /** A program of its own with an API key. */
  program(input?: Partial<NewProgram> & { rules?: readonly RuleDefinition[]; scopes?: readonly Permission[] }): Promise<TestProgram>;
  /** Rows of one statement as administrator, past every policy. */
  ask<Row extends Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
};

/** The whole server on a database of its own; every answer is held to the contract's shape. `outward`: what it may speak to; default: messages are kept and nothing is called. */
export async function testApp(outward: { smtpUrl?: string; mailFrom?: string; webhooks?: 'private' } = {}): Promise<TestApp> {
  const database = await cloneDatabase();
  const input: DepsInput = { appUrl: database.appUrl, counter: idCounter(), masterKey: randomBytes(32).toString('hex'), log: makeLog(process.env['TEST_LOG'] ?? 'silent'), publicUrl: PUBLIC_URL, ...outward };
  const { deps, close } = await makeDeps(input);
  const server = await makeServer(deps, { checkAnswers: true, pages: false });
  await server.ready();
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  const viaInject: typeof fetch = async (input, init) => {
    const answer = await server.inject({ method: (init?.method ?? 'GET') as 'GET', url: String(input).replace(PUBLIC_URL, ''), headers: init?.headers as Record<string, string>, ...(init?.body ? { payload: init.body as string } : {}) });
    return new Response(answer.rawPayload.length > 0 ? new Uint8Array(answer.rawPayload) : null, { status: answer.statusCode, headers: answer.headers as Record<string, string> });
  };
  let count = 0;
  return {
    deps, server, database, input,
    ask: async (text, values = []) => (await admin.query(text, values)).rows,
    async program({ rules = FIRST_RULES, scopes = permissionNames, ...input } = {}) {
      const code = `program-${count += 1}`;
      const program = await setUpProgram(deps, { code, name: 'Kawiarnia Pod Lipą', organisation: `Firma ${count}`, ...input }, rules);
      const { secret } = await createApiKey(deps, program.id, { name: 'test', scopes });
      return {
        ...program, apiKey: secret, api: createClient({ baseUrl: `${PUBLIC_URL}/api/v1`, apiKey: secret, fetch: viaInject, retries: 0 }),
        async call(method, path, body, headers = {}) {
          const answer = await server.inject({ method: method as 'GET', url: `/api/v1/programs/${program.code}${path}`, headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', ...headers }, ...(body === undefined ? {} : { payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) }) });
          return { status: answer.statusCode, body: answer.body ? JSON.parse(answer.body) : null, headers: answer.headers };
        },
      };
    },
    async close() {
      await server.close();
      await close();
      await admin.end();
      await database.drop();
    },
  };
}
