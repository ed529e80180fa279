import type { Language } from '@wracam/contract';
import { localDate, type LocalDate } from '@wracam/engine/calendar';
import { act, announce, audit } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { wake } from '../../platform/jobs.ts';
import { refuse } from '../../platform/refusal.ts';
import { endMemberSessions } from '../access/index.ts';
import { assertActive, clearSuspension, newWorkingSet, openMember, saveWorkingSet, suspensionOf, type MemberLedger } from '../ledger/index.ts';
import { contactChangedMail, queueMessage } from '../messages/index.ts';
import { getProgram } from '../programs/index.ts';
import { leaveCircles, moveToCircles } from './circles.ts';
import { IDENTIFIERS, MEMBER_CHANGED, displayName, type Key } from './core.ts';
import { forgetDays } from './days.ts';
import { enrol, profileOf, refuseTaken, type NewMember } from './enrol.ts';
import { ownAccount } from './find.ts';
import { emailKey, phoneKey } from './identifiers.ts';
import { keepAttributes, keepBirthday, keepingGroups } from './past.ts';
import { monthDayOf, nameTokens, openProfile, sealProfile } from './profile.ts';
import * as store from './store.ts';
import { getMemberView } from './views.ts';

const refOf = (deps: Deps, id: number) => deps.publicIds.encode('mem', id);

/** Adds a member at the counter or through the API. */
export const createMember = (deps: Deps, ctx: Ctx, input: NewMember) => act(deps, ctx, async (tx) => {
  const id = await enrol(deps, tx, input, ctx.actor.kind === 'key' ? 'api' : 'counter', ctx.language);
  await audit(deps, tx, ctx, 'member.created', refOf(deps, id));
  await announce(deps, tx, ctx.programId, 'member.joined', refOf(deps, id));
  return getMemberView(tx, deps, id);
});

export type MemberChange = {
  readonly firstName?: string | null | undefined; readonly lastName?: string | null | undefined; readonly phone?: string | null | undefined; readonly email?: string | null | undefined;
  readonly birthDate?: LocalDate | null | undefined; readonly externalId?: string | null | undefined; readonly attributes?: store.Attributes | undefined; readonly groups?: readonly string[] | undefined;
  readonly household?: string | null | undefined; readonly company?: string | null | undefined; readonly language?: Language | undefined;
  readonly emailConsent?: boolean | undefined;
};

/** Locks a member with everything the ledger knows, and refuses one whose account is closed. */
async function openOpen(tx: ProgramTx, id: number): Promise<MemberLedger> {
  const member = await openMember(tx, newWorkingSet(tx.program.id, tx.program.purgeable, tx.program.now), id);
  if (member.state === 'closed') refuse('member_closed');
  return member;
}

/**
 * Changes the fields that are given; null clears one. Attributes and groups are replaced as a whole; a household or company takes the place of the one before. When the e-mail address changes, the old one is told:
 * whoever lost a mailbox to somebody else finds out. Sessions that were opened with the old one end, but for the one of the token `keepSession`.
 */
export const changeMember = (deps: Deps, ctx: Ctx, id: number, change: MemberChange, keepSession: string | null = null) => act(deps, ctx, async (tx) => {
  await openOpen(tx, id);
  const row = (await store.lockMember(tx, id))!;
  const keys = await deps.keyring.forProgram(ctx.programId);
  const before = openProfile(keys, row);
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as MemberChange;
  const after = profileOf({ ...before, ...given }, localDate(tx.program.timeZone, tx.program.now));
  if (given.attributes !== undefined) await keepAttributes(tx, id, row.attributes, given.attributes);
  await keepBirthday(tx, keys, id, monthDayOf(before.birthDate), monthDayOf(after.birthDate));
  await store.saveProfile(tx, id, { sealed: sealProfile(keys, id, after), attributes: given.attributes ?? row.attributes, language: given.language ?? row.language });

  if (given.emailConsent !== undefined) await store.saveEmailConsent(tx, id, given.emailConsent);
  const { groups } = given;
  if (groups !== undefined) await keepingGroups(tx, id, () => store.replaceGroups(tx, id, groups));
  await moveToCircles(deps, tx, id, { household: given.household, company: given.company });
  const { externalId } = given;
  const oldExternal = externalId === undefined ? undefined : (await store.identifiersOf(tx, id)).find((one) => one.kind === IDENTIFIERS.externalId);
  if (after.phone !== before.phone) await swapKey(tx, ctx, id, before.phone === null ? null : phoneKey(keys, before.phone), after.phone === null ? null : phoneKey(keys, after.phone));
  if (after.email !== before.email) await swapKey(tx, ctx, id, before.email === null ? null : emailKey(keys, before.email), after.email === null ? null : emailKey(keys, after.email));
  if (externalId !== undefined && externalId !== (oldExternal?.key ?? null)) await swapKey(tx, ctx, id, oldExternal ?? null, externalId === null ? null : { kind: IDENTIFIERS.externalId, key: externalId });
  if (displayName(after) !== displayName(before)) {
    await store.removeNameTokens(tx, id);
    await store.insertNameTokens(tx, nameTokens(keys, id, after));
  }
  if (after.birthDate !== before.birthDate || after.firstName !== before.firstName) await forgetDays(tx, id);
  await wake(tx, ctx.programId, MEMBER_CHANGED, id, tx.program.now);
  if (before.email !== null && after.email !== before.email) {
    await endMemberSessions(tx, id, keepSession);
    await queueMessage(tx, deps, { memberId: id, to: before.email, ...contactChangedMail(row.language, { program: (await getProgram(tx)).name }) });
  }
  await audit(deps, tx, ctx, 'member.changed', refOf(deps, id), { fields: Object.keys(given) });
  await announce(deps, tx, ctx.programId, 'member.changed', refOf(deps, id), { fields: Object.keys(given) });
  return getMemberView(tx, deps, id);
});

/** The member's old identifier of a kind makes room for the new one. Refuses `identifier_taken`. */
async function swapKey(tx: ProgramTx, ctx: Ctx, memberId: number, before: Key | null, after: Key | null): Promise<void> {
  if (before) await store.removeIdentifier(tx, memberId, before);
  const taken = after ? await store.insertIdentifiers(tx, [{ ...after, memberId, active: true, since: tx.program.now }]) : [];
  if (taken[0]) refuseTaken(taken[0].kind, ctx.language);
}

/**
 * Gives the member a card; `replaces` names a lost one, which stays on the list but opens nothing any more. A card that the member has
 * already, also one that was given up, works again. Refuses `card_unknown` and `identifier_taken`.
 */
export const addCard = (deps: Deps, ctx: Ctx, id: number, card: { number: string; replaces?: string | undefined }) => act(deps, ctx, async (tx) => {
  assertActive(await openOpen(tx, id));
  const kind = IDENTIFIERS.card;
  if (card.replaces !== undefined && await store.setIdentifierActive(tx, id, { kind, key: card.replaces }, false) === 0) refuse('card_unknown');
  const taken = await store.insertIdentifiers(tx, [{ kind, key: card.number, memberId: id, active: true, since: tx.program.now }]);
  const own = taken.length > 0 && (await store.identifiersOf(tx, id)).some((one) => one.kind === kind && one.key === card.number);
  if (taken.length > 0 && !own) refuseTaken(kind, ctx.language);
  if (own) await store.setIdentifierActive(tx, id, { kind, key: card.number }, true);
  await audit(deps, tx, ctx, card.replaces === undefined ? 'member.card_added' : 'member.card_replaced', refOf(deps, id));
  return getMemberView(tx, deps, id);
});

async function setState(deps: Deps, tx: ProgramTx, ctx: Ctx, id: number, state: MemberLedger['state'], reason: string): Promise<boolean> {
  const set = newWorkingSet(tx.program.id, tx.program.purgeable, tx.program.now);
  const member = await openMember(tx, set, id);
  if (member.state === state) return false;
  if (member.state === 'closed') refuse('member_closed');
  member.state = state;
  member.changed = true;
  await saveWorkingSet(tx, set);
  const action = { blocked: 'member.blocked', active: 'member.unblocked', closed: 'member.closed' }[state];
  await audit(deps, tx, ctx, action, refOf(deps, id), { reason });
  await announce(deps, tx, ctx.programId, action, refOf(deps, id));
  return true;
}

/** Stops earning and spending, or lets the member in again; doing it twice changes nothing. Refuses `member_closed`. */
export const setBlocked = (deps: Deps, ctx: Ctx, id: number, blocked: boolean, reason: string) => act(deps, ctx, async (tx) => {
  await setState(deps, tx, ctx, id, blocked ? 'blocked' : 'active', reason);
  return getMemberView(tx, deps, id);
});

/**
 * Lets a member spend again whom the auditor stopped. Figures are not touched: whoever clears has explained the difference, and the reason
 * stays in the trail. Clearing twice changes nothing. Refuses `adjust_own_account`.
 */
export async function clearMember(deps: Deps, ctx: Ctx, id: number, reason: string) {
  if (await ownAccount(deps, ctx) === id) refuse('adjust_own_account');
  return act(deps, ctx, async (tx) => {
    const member = await openMember(tx, newWorkingSet(tx.program.id, tx.program.purgeable, tx.program.now), id);
    if (member.suspended) {
      const { found } = await suspensionOf(tx, id);
      await clearSuspension(tx, id);
      await audit(deps, tx, ctx, 'member.cleared', refOf(deps, id), { reason, found });
      await announce(deps, tx, ctx.programId, 'member.cleared', refOf(deps, id));
    }
    return getMemberView(tx, deps, id);
  });
}

/** Ends membership for good: identifiers but the own number become free for others, and every session ends. Closing twice changes nothing. */
export const closeMember = (deps: Deps, ctx: Ctx, id: number, reason: string) => act(deps, ctx, async (tx) => {
  if (await setState(deps, tx, ctx, id, 'closed', reason)) {
    await store.freeIdentifiers(tx, id, IDENTIFIERS.number);
    await leaveCircles(tx, id);
    await store.saveClosed(tx, id, tx.program.now);
    await endMemberSessions(tx, id);
  }
  return getMemberView(tx, deps, id);
});
