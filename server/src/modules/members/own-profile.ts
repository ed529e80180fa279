import type { Language } from '@wracam/contract';
import type { LocalDate } from '@wracam/engine/calendar';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { CODE_MINUTES, issueCode, steadily, takeCode, withFewGuesses } from '../access/index.ts';
import { changeMember, closeMember } from './actions.ts';
import { sendCode } from './portal.ts';
import { findByEmail } from './find.ts';
import { getOwnView, type MemberView } from './views.ts';

export type OwnChange = { readonly firstName?: string | undefined; readonly lastName?: string | null | undefined; readonly phone?: string | null | undefined; readonly birthDate?: LocalDate | null | undefined; readonly language?: Language | undefined; readonly emailConsent?: boolean | undefined };

const ownView = (deps: Deps, ctx: Ctx): Promise<MemberView> => deps.db.readProgram(ctx.programId, (tx) => getOwnView(tx, deps, ctx.memberId!));

/**
 * Changes of the own profile what signs nobody in. That a phone is taken tells who is a member, so a few such answers an hour are all there
 * are. Refusals as of `changeMember`, and `too_many_requests`.
 */
export async function changeMyself(deps: Deps, ctx: Ctx, change: OwnChange): Promise<MemberView> {
  const save = () => changeMember(deps, ctx, ctx.memberId!, change);
  if (change.phone) await withFewGuesses(deps, { programId: ctx.programId, memberId: ctx.memberId! }, 'identifier_taken', save);
  else await save();
  return ownView(deps, ctx);
}

type NewEmail = { readonly memberId: number };

/**
 * Sends a code to the address that is to become one's own. An address that another member has gets nothing and the same answer, so nobody
 * learns here who is a member. Refuses `too_many_requests`.
 */
export const requestMyEmailCode = (deps: Deps, ctx: Ctx, email: string, from: string): Promise<number> => steadily(async () => {
  const payload: NewEmail = { memberId: ctx.memberId! };
  const code = await issueCode(deps, { purpose: 'member_email', programId: ctx.programId, from, email, payload });
  await deps.db.inProgram(ctx.programId, async (tx) => {
    const known = await findByEmail(deps, tx, email);
    if (known === null || known === ctx.memberId) await sendCode(deps, tx, email, ctx.memberId!, code, ctx.language);
  });
  return CODE_MINUTES;
});

/** Makes the proved address one's own; the old one is told, and sessions but the one of the token `session` end. Refuses `code_wrong` also for a code that another member or another purpose has. */
export async function confirmMyEmail(deps: Deps, ctx: Ctx, input: { email: string; code: string; from: string }, session: string | null): Promise<MemberView> {
  const { purpose, payload } = await takeCode(deps, { programId: ctx.programId, ...input });
  if (purpose !== 'member_email' || (payload as NewEmail).memberId !== ctx.memberId) refuse('code_wrong');
  await changeMember(deps, ctx, ctx.memberId, { email: input.email }, session);
  return ownView(deps, ctx);
}

/** Ends the own membership for good; every session of it ends too. */
export async function closeMyAccount(deps: Deps, ctx: Ctx): Promise<void> {
  await closeMember(deps, ctx, ctx.memberId!, ctx.language === 'pl' ? 'Na własną prośbę, w portalu' : 'On the member’s own request, in the portal');
}
