import { randomBytes } from 'node:crypto';
import { permissionNames } from '@wracam/contract';
import { createClient, type Client } from '@wracam/sdk';
import { makeServer } from '@wracam/server/app';
import { makeDeps } from '@wracam/server/make-deps';
import { createApiKey, createStaff, issueSignInLink, openSession } from '@wracam/server/modules/access/index';
import type { Deps } from '@wracam/server/platform/deps';
import { makeLog } from '@wracam/server/platform/log';
import { setUpProgram } from '@wracam/server/setup';
import { cloneDatabase } from '@wracam/server/testing/database';
import { freePort, HOST } from './free-port.ts';
import { SHOP_RULES } from './shop-rules.ts';

const DAY_MS = 86_400_000;

export const OWNER = { name: 'Ola Lipska', email: 'ola@podlipa.example' } as const;
export const PROGRAM = 'pod-lipa';

/** The whole product on a port of its own, with a program that is 90 days old and has rules, and nothing else yet. */
export type Site = {
  readonly url: string;
  readonly programId: number;
  readonly deps: Deps;
  /** The API with a key that may do everything. */
  readonly api: Client;
  /** The value of a session cookie, for pages that are not about signing in. */
  readonly staffToken: () => Promise<string>;
  readonly memberToken: (member: string) => Promise<string>;
  /** A one-time link to the panel for the owner, as the start prints it. */
  readonly signInLink: () => Promise<string>;
  readonly close: () => Promise<void>;
};

/** Starts the built pages and the API on a loopback port and a cloned database. */
export async function startSite(): Promise<Site> {
  const database = await cloneDatabase();
  const port = await freePort();
  const url = `http://${HOST}:${port}`;
  const { deps, close } = await makeDeps({ appUrl: database.appUrl, masterKey: randomBytes(32).toString('hex'), log: makeLog(process.env['TEST_LOG'] ?? 'silent'), publicUrl: url });
  const server = await makeServer(deps, { checkAnswers: true });
  await server.listen({ host: HOST, port });
  const program = await setUpProgram(deps, { code: PROGRAM, name: 'Kawiarnia Pod Lipą', organisation: 'Pod Lipą sp. z o.o.', brandColor: '#8a4b2a', startsAt: Date.now() - 90 * DAY_MS }, SHOP_RULES);
  const owner = await createStaff(deps, program.id, { ...OWNER, role: 'owner' });
  const { secret } = await createApiKey(deps, program.id, { name: 'test', scopes: permissionNames });
  return {
    url, programId: program.id, deps, api: createClient({ baseUrl: `${url}/api/v1`, apiKey: secret, retries: 0 }),
    staffToken: async () => (await openSession(deps, 'staff', { staffId: owner }, null)).token,
    memberToken: async (member) => (await openSession(deps, 'member', { programId: program.id, memberId: deps.publicIds.decode('mem', member)! }, null)).token,
    signInLink: () => issueSignInLink(deps, owner),
    async close() {
      await server.close();
      await close();
      await database.drop();
    },
  };
}
