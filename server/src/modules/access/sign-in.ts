import { rolePermissions, type Language } from '@wracam/contract';
import type { Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { codeMail, queueMessage } from '../messages/index.ts';
import { takeLink } from './code-store.ts';
import { issueCode, steadily, takeCode } from './codes.ts';
import { CODE_MINUTES, codeEnd } from './core.ts';
import { readLinkToken } from './secrets.ts';
import { openSession, type NewSession } from './sessions.ts';
import { emailIndexOf, openPerson } from './staff.ts';
import * as store from './store.ts';

const STAFF = { programId: null } as const;
type SignedIn = { readonly staffId: number; readonly session: NewSession };

/** Opens a staff session with a one-time link. Refuses `link_used` for anything but a link that is alive. */
export async function signInByLink(deps: Deps, token: string, previous: string | null): Promise<SignedIn> {
  const link = readLinkToken(token) ?? refuse('link_used');
  const staff = await deps.db.onPlatform(async (tx) => {
    const used = await takeLink(tx, link.id, link.secretHash, await store.realNow(tx));
    return used && store.findStaffByEmail(tx, used.subject);
  });
  if (!staff) refuse('link_used');
  return { staffId: staff.id, session: await openSession(deps, 'staff', { staffId: staff.id }, previous) };
}

/**
 * Sends a code to a staff address. Unknown addresses get the same answer in the same time. The mail stands among the messages of the
 * first program in which the person has a role.
 */
export const requestStaffCode = (deps: Deps, { email, from }: { email: string; from: string }, language: Language): Promise<number> => steadily(async () => {
  const code = await issueCode(deps, { ...STAFF, from, purpose: 'staff_code', email });
  const found = await deps.db.onPlatform(async (tx) => {
    const staff = await store.findStaffByEmail(tx, emailIndexOf(deps, email));
    const [program, ...others] = staff ? await store.programsOf(tx, staff.id) : [];
    return staff && program ? { program, of: others.length > 0 ? 'staffOfMany' as const : 'staff' as const, to: openPerson(deps, staff).email } : null;
  });
  if (found) {
    await deps.db.inProgram(found.program.id, async (tx) => queueMessage(tx, deps, {
      memberId: null, to: found.to, ...codeMail(language, { program: 'Wracam', code, validMinutes: CODE_MINUTES }), code: { text: code, of: found.of }, until: codeEnd(tx.program.now),
    }));
  }
  return CODE_MINUTES;
});

/** Opens a staff session with a code. Refuses `code_wrong` and `too_many_requests`. */
export async function confirmStaffCode(deps: Deps, input: { email: string; code: string; from: string }, previous: string | null): Promise<SignedIn> {
  await takeCode(deps, { ...STAFF, ...input });
  const staff = await deps.db.onPlatform((tx) => store.findStaffByEmail(tx, emailIndexOf(deps, input.email)));
  if (!staff) refuse('code_wrong');
  return { staffId: staff.id, session: await openSession(deps, 'staff', { staffId: staff.id }, previous) };
}

/** The signed-in person with the programs within reach. */
export const getMe = (deps: Deps, staffId: number) => deps.db.onPlatform(async (tx) => {
  const { name, email } = openPerson(deps, await store.getStaff(tx, staffId));
  const programs = await store.programsOf(tx, staffId);
  return { id: staffId, name, email, programs: programs.map((one) => ({ ...one, permissions: [...rolePermissions[one.role]] })) };
});
