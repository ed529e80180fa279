import { localDate, type Instant } from '@wracam/engine/calendar';
import type { Decision, Grant } from '@wracam/engine/decide';
import type { KeptGrant } from '@wracam/engine/returns';
import type { CompiledRuleset } from '@wracam/engine/rules';
import type { Write } from '../../platform/db.ts';
import { announcing, EVENT_FOR_WEBHOOKS } from '../../platform/act.ts';
import { wakingAll } from '../../platform/jobs.ts';
import { endBadge, giveBadge, ruleBadgeKey } from '../badges/index.ts';
import { insertingGrants, keepingOfGrant, writesOfRuleMessages } from '../earning/index.ts';
import { accountKey } from '../ledger/index.ts';
import type { Workspace } from './workspace.ts';

/** What a document of this booking gives that is not points. */
export type GrantGiven = Grant & { readonly transactionId: number; readonly memberId: number; readonly at: Instant; /** Of a message: the rule's wallet, and what the document gave in it. */ readonly about?: { readonly walletNo: number; readonly points: number } };
/** How many pieces of a grant stay once a return is booked. */
export type GrantChange = Pick<GrantGiven, 'transactionId' | 'memberId' | 'ruleId' | 'what' | 'code' | 'count'> & { readonly kept: number; readonly at: Instant };

const keyOf = (one: { transactionId: number; ruleId: number }) => `${one.transactionId}:${one.ruleId}`;

/** Takes the grants of a decided document into the booking; most documents have none. */
export function giveGrants(work: Workspace, ruleset: CompiledRuleset, decision: Decision, memberId: number, transactionId: number): void {
  const at = work.set.book.now;
  for (const grant of decision.grants) {
    work.grants.push({ ...grant, memberId, transactionId, at, ...(grant.what === 'message' ? { about: aboutOf(ruleset, decision, grant.ruleId) } : {}) });
    if (work.badges && grant.what === 'badge') giveBadge(work.badges, memberId, { key: ruleBadgeKey(transactionId, grant.ruleId), code: grant.code, from: localDate(work.tx.program.timeZone, at), until: null });
  }
}

function aboutOf({ ruleset: { rules, wallets } }: CompiledRuleset, { awards }: Decision, ruleId: number): GrantGiven['about'] & object {
  const code = rules.find((rule) => rule.ruleId === ruleId)!.definition.wallet;
  const walletNo = wallets.find((wallet) => wallet.code === code)!.no;
  return { walletNo, points: awards.reduce((sum, award) => (award.walletNo === walletNo ? sum + award.points : sum), 0) };
}

/** Messages about these documents as this booking leaves the balances; none about what was given and taken back in it. */
function messagesOf({ set }: Workspace, given: readonly (GrantGiven & { readonly kept: number })[]) {
  return given.flatMap(({ transactionId, ruleId, memberId, about, kept }) => (about === undefined || kept === 0 ? [] : [{ transactionId, ruleId, memberId, points: about.points, balance: set.accounts.get(accountKey(memberId, about.walletNo))?.available ?? 0 }]));
}

/** Moves what a sale granted to what its remaining lines would have been granted. */
export function changeGrants(work: Workspace, { ruleset }: CompiledRuleset, sale: { id: number; memberId: number | null }, grants: readonly KeptGrant[], keptBefore: ReadonlyMap<number, number>): void {
  for (const { ruleId, booked, kept } of grants) {
    if (keptBefore.get(ruleId) === kept) continue;
    const effect = ruleset.rules.find((rule) => rule.ruleId === ruleId)!.definition.effect;
    if (effect.kind !== 'grant') continue;
    const at = work.set.book.now;
    const change = { transactionId: sale.id, memberId: sale.memberId!, ruleId, what: effect.what, code: effect.code, count: booked, kept, at };
    if (work.badges && effect.what === 'badge') endBadge(work.badges, sale.memberId!, ruleBadgeKey(sale.id, ruleId), kept === 0 ? localDate(work.tx.program.timeZone, at) : null);
    work.grantChanges.set(keyOf(change), change);
  }
}

/**
 * Grants as writes, with their announcements, in the commit of the documents: the row's key (document, rule) makes each of them exactly once.
 * History that is loaded announces nothing: what it granted was handed out long ago. `idOf`: documents that got their id only now.
 */
export async function writesOfGrants(work: Workspace, idOf: (transactionId: number) => number): Promise<Write[]> {
  if (work.grants.length === 0 && work.grantChanges.size === 0) return [];
  const { program } = work.tx;
  const given = work.grants.map((one) => ({ ...one, transactionId: idOf(one.transactionId), kept: work.grantChanges.get(keyOf(one))?.kept ?? one.count }));
  const isNew = new Set(work.grants.map(keyOf));
  const changed = [...work.grantChanges].filter(([key]) => !isNew.has(key)).map(([, one]) => ({ ...one, transactionId: idOf(one.transactionId) }));
  const writes = [...insertingGrants(program, given), ...changed.map((one) => keepingOfGrant(program, one))];
  if (work.mode.history) return writes;
  writes.push(...writesOfRuleMessages(program, messagesOf(work, given), changed.flatMap((one) => (one.what === 'message' && one.kept === 0 ? [one.transactionId] : []))));
  const told = [...given.filter((one) => one.kept > 0).map((one) => ({ type: 'grant.given', one })), ...changed.map((one) => ({ type: one.kept < one.count ? 'grant.revoked' : 'grant.given', one }))];
  if (told.length === 0) return writes;
  const ids = await work.deps.ids.take(told.length);
  const { publicIds } = work.deps;
  writes.push(announcing(program.id, program.now, told.map(({ type, one }, at) => ({
    id: ids[at]!, type, ref: publicIds.encode('txn', one.transactionId),
    body: { member: publicIds.encode('mem', one.memberId), rule: publicIds.encode('rul', one.ruleId), what: one.what, code: one.code, count: one.count, kept: one.kept },
  }))));
  const calls = told.flatMap(({ one }, at) => (one.what === 'webhook' ? [ids[at]!] : []));
  if (calls.length > 0) writes.push(wakingAll(program.id, EVENT_FOR_WEBHOOKS, calls, program.now));
  return writes;
}
