import type { Language } from '@wracam/contract';
import { localDate, type LocalDate } from '@wracam/engine/calendar';
import { announce } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { CODE_MINUTES, codeEnd, issueCode, openSession, steadily, takeCode, type NewSession } from '../access/index.ts';
import { codeMail, queueMessage } from '../messages/index.ts';
import { getProgram } from '../programs/index.ts';
import { enrol, profileOf } from './enrol.ts';
import { findByEmail } from './find.ts';
import { normalEmail } from './identifiers.ts';
import { openProfile } from './profile.ts';
import * as store from './store.ts';
import { getOwnView, type MemberView } from './views.ts';

export type JoinInput = { readonly firstName: string; readonly phone?: string | undefined; readonly email: string; readonly birthDate?: LocalDate | undefined; readonly termsVersion: number; readonly invitation?: string | undefined; readonly emailConsent?: boolean | undefined };
type Joining = JoinInput & { readonly language: Language };

/**
 * Puts a code on its way in the transaction's commit. It goes to the address as addresses are compared: whoever types one that only looks like
 * another's must not get the code that proves the other.
 */
export const sendCode = async (deps: Deps, tx: ProgramTx, to: string, memberId: number | null, code: string, language: Language) => queueMessage(tx, deps, {
  memberId, to: normalEmail(to), ...codeMail(language, { program: (await getProgram(tx)).name, code, validMinutes: CODE_MINUTES }), code: { text: code, of: 'member' }, until: codeEnd(tx.program.now),
});

/**
 * Asks to join: a code goes to the address, and whoever has it becomes a member by `confirmMemberCode`. A member of this address already
 * gets a code too, which signs in: nobody learns here who is a member. Refuses `terms_version_unknown`, `phone_invalid`, `too_many_requests`.
 */
export const joinProgram = (deps: Deps, ctx: Ctx, input: JoinInput, from: string): Promise<number> => steadily(async () => {
  await deps.db.readProgram(ctx.programId, async (tx) => {
    const { termsVersion } = await getProgram(tx);
    if (input.termsVersion !== termsVersion) refuse('terms_version_unknown', { current: termsVersion }, [{ pointer: '/termsVersion', detail: String(termsVersion) }]);
    profileOf(input, localDate(tx.program.timeZone, tx.program.now));
  });
  const payload: Joining = { ...input, language: ctx.language };
  const code = await issueCode(deps, { purpose: 'member_join', programId: ctx.programId, from, email: input.email, payload });
  await deps.db.inProgram(ctx.programId, async (tx) => sendCode(deps, tx, input.email, await findByEmail(deps, tx, input.email), code, ctx.language));
  return CODE_MINUTES;
});

/** Sends a code to a member's address. Unknown addresses get the same answer in the same time. */
export const requestMemberCode = (deps: Deps, ctx: Ctx, email: string, from: string): Promise<number> => steadily(async () => {
  const code = await issueCode(deps, { purpose: 'member_code', programId: ctx.programId, from, email });
  await deps.db.inProgram(ctx.programId, async (tx) => {
    const memberId = await findByEmail(deps, tx, email);
    const row = memberId === null ? null : await store.findMember(tx, memberId);
    const to = row && openProfile(await deps.keyring.forProgram(ctx.programId), row).email;
    if (row && to) await sendCode(deps, tx, to, row.id, code, ctx.language);
  });
  return CODE_MINUTES;
});

/**
 * Opens a member's session with the code; whoever asked to join becomes a member now, because the code proves the address. Refuses
 * `code_wrong`, `too_many_requests`, and `identifier_taken` when the phone belongs to another member.
 */
export async function confirmMemberCode(deps: Deps, ctx: Ctx, input: { email: string; code: string; from: string }, previous: string | null): Promise<{ member: MemberView; session: NewSession }> {
  const { programId } = ctx;
  const { purpose, payload } = await takeCode(deps, { programId, ...input });
  if (purpose === 'member_email') refuse('code_wrong'); // it proves an address for somebody who is signed in already
  const memberId = await deps.db.inProgram(programId, async (tx) => {
    const known = await findByEmail(deps, tx, input.email);
    if (known !== null) return known;
    if (purpose !== 'member_join') refuse('code_wrong');
    const id = await enrol(deps, tx, payload as Joining, 'portal', ctx.language);
    await announce(deps, tx, programId, 'member.joined', deps.publicIds.encode('mem', id));
    return id;
  });
  const session = await openSession(deps, 'member', { programId, memberId }, previous);
  return { member: await deps.db.readProgram(programId, (tx) => getOwnView(tx, deps, memberId)), session };
}
