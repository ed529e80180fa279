import { permissionNames } from '@wracam/contract';
import { createClient } from '@wracam/sdk';
import { createApiKey, createStaff, openSession } from '@wracam/server/modules/access/index';
import { setUpProgram } from '@wracam/server/setup';
import { OWNER, type Site } from './start-site.ts';

export const EMPTY_PROGRAM = 'nowy';

/** A second program of the same owner, on its first day: no rules, no rewards, one member. Gives the member's session. */
export async function addEmptyProgram({ deps, url }: Site): Promise<{ memberToken: string }> {
  const program = await setUpProgram(deps, { code: EMPTY_PROGRAM, name: 'Pusta piekarnia', organisation: 'Pod Lipą sp. z o.o.' }, []);
  await createStaff(deps, program.id, { ...OWNER, role: 'owner' });
  const { secret } = await createApiKey(deps, program.id, { name: 'test', scopes: permissionNames });
  const api = createClient({ baseUrl: `${url}/api/v1`, apiKey: secret, retries: 0 });
  const { id } = await api.createMember({ params: { program: EMPTY_PROGRAM }, body: { firstName: 'Iga', email: 'iga@poczta.example', termsVersion: 1 } });
  const session = await openSession(deps, 'member', { programId: program.id, memberId: deps.publicIds.decode('mem', id)! }, null);
  return { memberToken: session.token };
}
