import { calendarParts, dayNumberOf, endOfLocalDay, localDate, startOfLocalDay, type LocalDate } from '@wracam/engine/calendar';
import { encodeNumbers } from '@wracam/engine/codec';
import { decide, type Decision } from '@wracam/engine/decide';
import { NO_CAPS_USED, type CapUsage, type LongPeriod, type Period } from '@wracam/engine/facts';
import { capture, credit, spend } from '@wracam/engine/ledger/moves';
import type { CompiledRuleset } from '@wracam/engine/rules';
import type { RefusalCode, RefusalParams } from '@wracam/contract';
import { accountOf, keepUsed, type MemberLedger } from '../ledger/index.ts';
import { walletByCode } from '../programs/index.ts';
import { countDay } from '../tiers/index.ts';
import { bookedDay } from './activity.ts';
import { addUse, bucketOf, packCaps, useIn } from './caps.ts';
import { circlesOfSale, countInCircles, usedInCircle } from './circle-caps.ts';
import { awardsOf, lotsToOpen, packDecision, type BookedAward, type LotTerms, type SpentPoints, type StoredDecision } from './decision.ts';
import { saleDocument, type NewDocument } from './document.ts';
import { giveGrants } from './grants.ts';
import { bookingDay, memberFacts, usesOf, type Workspace } from './workspace.ts';

export type Denied = { readonly refusal: RefusalCode; readonly params: RefusalParams };
export type DecidedSale = { readonly ruleset: CompiledRuleset; readonly decision: Decision; readonly stored: StoredDecision };

/** Instants of an award's two dates: usable from the start of one local day, gone at the end of another. */
export const termsOf = (timeZone: string, award: Pick<BookedAward, 'expiresOn' | 'pendingUntil'>): LotTerms => ({
  usableAt: award.pendingUntil === null ? null : startOfLocalDay(timeZone, award.pendingUntil),
  expiresAt: award.expiresOn === null ? null : endOfLocalDay(timeZone, award.expiresOn),
});

function capUsage(work: Workspace, ruleset: CompiledRuleset, memberId: number, date: string): CapUsage {
  if (ruleset.shared.length === 0) return NO_CAPS_USED;
  const uses = usesOf(work, work.set.members.get(memberId)!);
  const used = (period: Period) => useIn(uses, period, date) ?? work.oldCaps.get(`${memberId}:${bucketOf(period, date)}`) ?? new Map<number, number>();
  const usedIn: { [period in LongPeriod]?: ReadonlyMap<number, number> } = {};
  for (const period of ruleset.periods) if (period !== 'day') usedIn[period] = used(period);
  const budgetLeft = new Map<number, number>();
  for (const { ruleId, limits } of ruleset.shared) {
    const budget = limits.find((one) => one.counter === 'program');
    if (budget) budgetLeft.set(ruleId, Math.max(0, budget.limit - (work.budgets.get(ruleId) ?? 0) - (work.budgetUse.get(ruleId) ?? 0)));
  }
  const usedToday = ruleset.periods.includes('day') ? used('day') : new Map<number, number>();
  return ruleset.circles.length > 0 ? { usedToday, usedIn, budgetLeft, usedInCircle: usedInCircle(work, ruleset, memberId, date) } : { usedToday, usedIn, budgetLeft };
}

/** Decides a sale of a member by the ruleset in force when it occurred; changes nothing. Null when no ruleset was in force. */
export function decideSale(work: Workspace, document: NewDocument, memberId: number): { ruleset: CompiledRuleset; decision: Decision } | null {
  const ruleset = work.rulesets.at(document.occurredAt);
  if (!ruleset) return null;
  const calendar = calendarParts(ruleset.ruleset.timeZone, document.occurredAt);
  return { ruleset, decision: decide(ruleset, { document: saleDocument(document), member: memberFacts(work, memberId, calendar.date, ruleset), calendar, caps: capUsage(work, ruleset, memberId, calendar.date) }) };
}

/** Pays with points before anything is earned. A refusal changes nothing. */
export function payWithPoints(work: Workspace, document: NewDocument, memberId: number, transactionId: number): SpentPoints[] | Denied {
  const origin = { kind: 'transaction', id: transactionId } as const;
  const payments = document.payments.filter((payment) => payment.kind === 'points');
  if (payments.length === 0) return [];
  if (work.set.members.get(memberId)!.suspended) return { refusal: 'account_suspended', params: {} };
  const needed = new Map<number, number>();
  for (const payment of payments) {
    const wallet = work.rulesets.wallets.find((one) => one.code === payment.wallet) ?? (payment.wallet === null ? work.rulesets.wallets[0]! : null);
    if (!wallet) return { refusal: 'wallet_unknown', params: { wallet: payment.wallet ?? '' } };
    if (wallet.kind === 'status') return { refusal: 'wallet_not_spendable', params: { wallet: wallet.name } };
    if (payment.holdId === null) { needed.set(wallet.no, (needed.get(wallet.no) ?? 0) + payment.points!); continue; }
    const hold = work.holds.get(payment.holdId);
    if (!hold || hold.memberId !== memberId || hold.walletNo !== wallet.no || hold.points !== payment.points) return { refusal: 'payment_incomplete', params: {} };
    // An order's hold ends with its order, and one hold pays once.
    if (hold.origin.kind !== 'hold' || payments.filter((one) => one.holdId === hold.id).length > 1) return { refusal: 'payment_incomplete', params: {} };
    if (hold.state === 'held' && hold.expiresAt !== null && hold.expiresAt <= work.set.book.now) return { refusal: 'hold_resolved', params: { state: 'released' } };
    if (hold.state !== 'held' || work.set.resolutions.some((one) => one.holdId === hold.id)) return { refusal: 'hold_resolved', params: { state: hold.state } };
  }
  for (const [walletNo, points] of needed) {
    const { available } = accountOf(work.set, memberId, work.rulesets.wallets.find((one) => one.no === walletNo)!);
    if (available < points) return { refusal: 'points_not_enough', params: { missing: points - available } };
  }
  return payments.map((payment) => {
    const wallet = walletByCode(work.rulesets.wallets, payment.wallet ?? undefined);
    const account = accountOf(work.set, memberId, wallet);
    const hold = payment.holdId === null ? null : work.holds.get(payment.holdId)!;
    const transfer = hold ? capture(work.set.book, account, hold.draws, origin) : spend(work.set.book, account, payment.points!, { kind: 'spend', origin })!;
    keepUsed(account, wallet.expiry, work.tx.program.timeZone, work.set.book.now);
    if (hold) work.set.resolutions.push({ holdId: hold.id, transferSeq: transfer.seq, hadExpiry: hold.expiresAt !== null });
    return { walletNo: wallet.no, points: transfer.points, draws: transfer.draws ?? [] };
  });
}

/** Books what a decided sale earns, its counters and caps. */
export function earnFor(work: Workspace, document: NewDocument, memberId: number, transactionId: number, decided: { ruleset: CompiledRuleset; decision: Decision } | null, spent: SpentPoints[]): StoredDecision | null {
  const member = work.set.members.get(memberId)!;
  const { timeZone } = work.tx.program;
  const date = localDate(timeZone, document.occurredAt);
  const circles = decided && circlesOfSale(work, decided.ruleset, memberId);
  const awards = decided ? awardsOf(decided.decision) : [];
  if (decided) {
    for (const lot of lotsToOpen(awards)) {
      const wallet = work.rulesets.wallets.find((one) => one.no === lot.walletNo)!;
      const account = accountOf(work.set, memberId, wallet);
      credit(work.set.book, account, lot.points, termsOf(timeZone, lot), { kind: 'earn', origin: { kind: 'transaction', id: transactionId }, rulesetNo: decided.ruleset.ruleset.no });
      keepUsed(account, wallet.expiry, timeZone, work.set.book.now);
    }
    useCaps(work, decided.ruleset, memberId, date, decided.decision.capUse);
    countInCircles(work, decided.ruleset, circles, date, decided.decision.capUse, true);
    giveGrants(work, decided.ruleset, decided.decision, memberId, transactionId);
  }
  if (document.kind !== 'event') countSale(member, document.totalMinor, date);
  if (work.standings) countDay(work.standings, memberId, bookedDay(dayNumberOf(date), document.kind, document.totalMinor, decided?.decision.awards ?? []), bookingDay(work));
  if (!decided) return spent.length > 0 ? { trace: [], awards: [], spent, grants: [] } : null;
  const { trace, grants } = decided.decision;
  return circles ? { trace, awards, spent, grants, circles } : { trace, awards, spent, grants };
}

function countSale(member: MemberLedger, totalMinor: number, date: LocalDate): void {
  member.salesCount += 1;
  member.spentMinor += totalMinor;
  if (member.lastSaleOn === null || date > member.lastSaleOn) member.lastSaleOn = date;
  member.changed = true;
}

/** Adds to (or, with negative points, frees in) the counters of rules with shared caps, in the buckets of the document's own date. */
export function useCaps(work: Workspace, ruleset: CompiledRuleset, memberId: number, date: string, changes: readonly { ruleId: number; points: number }[]): void {
  if (changes.length === 0 || ruleset.shared.length === 0) return;
  const counted = (counter: Period | 'program') => changes.filter(({ ruleId }) => ruleset.shared.some((rule) => rule.ruleId === ruleId && rule.limits.some((limit) => limit.counter === counter)));
  for (const { ruleId, points } of counted('program')) work.budgetUse.set(ruleId, (work.budgetUse.get(ruleId) ?? 0) + points);
  const member = work.set.members.get(memberId)!;
  for (const period of ruleset.periods) {
    const own = counted(period);
    if (own.length === 0) continue;
    const before = usesOf(work, member);
    const after = addUse(before, period, date, own);
    member.caps = packCaps(after);
    work.capUses.set(memberId, { text: member.caps, uses: after });
    // A bucket that a newer one pushes off the row may come again in this very transaction.
    for (const use of before) if (!after.some((one) => one.bucket === use.bucket)) work.oldCaps.set(`${memberId}:${use.bucket}`, use.used);
    member.changed = true;
    const key = `${memberId}:${bucketOf(period, date)}`;
    const old = work.oldCaps.get(key);
    if (old) work.oldCaps.set(key, new Map([...old, ...own.map(({ ruleId, points }) => [ruleId, Math.max(0, (old.get(ruleId) ?? 0) + points)] as const)]));
  }
}

export const packed = (stored: StoredDecision | null) => (stored === null ? null : packDecision(stored));
export const packedFrozen = (decided: { decision: Decision } | null) => (decided === null ? null : Buffer.from(encodeNumbers(decided.decision.frozen)));
