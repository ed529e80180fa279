import { calendarParts, endOfLocalDay, localDate } from '@wracam/engine/calendar';
import { HOLDS, isGroup, conditionHolds, type CompiledCondition, type Condition, type ConditionLeaf, type SlotOf } from '@wracam/engine/conditions';
import { decide, type Decision } from '@wracam/engine/decide';
import { UNKNOWN_MEMBER } from '@wracam/engine/facts';
import { newAccount, openBook, type Account } from '@wracam/engine/ledger/book';
import { credit, settle, spend, takeBack } from '@wracam/engine/ledger/moves';
import type { PastMember } from '@wracam/engine/replay/history';
import { applyReturn, keptPoints, remainingOf, type RemainingLine } from '@wracam/engine/returns';
import { compileRuleset, type Ruleset } from '@wracam/engine/rules';
import type { PastStep } from '@wracam/engine/testing/past';
import { TIME_ZONE } from './past.ts';

/** A condition that is read as it stands each time, instead of being made into anything. Tests on the member are answered beforehand, as everywhere. */
function readTree(condition: Condition, slotOf: SlotOf = () => null): CompiledCondition {
  const slots = new Map<ConditionLeaf, number | null>();
  const note = (one: Condition): void => { if (isGroup(one)) partsOf(one).forEach(note); else slots.set(one, slotOf(one)); };
  note(condition);
  return (facts, line, states) => {
    const holds = (one: Condition): boolean => {
      if ('all' in one) return one.all.every(holds);
      if ('any' in one) return one.any.some(holds);
      if ('none' in one) return !one.none.some(holds);
      const slot = slots.get(one) ?? null;
      return slot === null ? conditionHolds(one, facts, line) : states[slot] === 1;
    };
    return holds(condition) ? HOLDS : 0;
  };
}
const partsOf = (group: Exclude<Condition, ConditionLeaf>) => ('all' in group ? group.all : 'any' in group ? group.any : group.none);

type Sale = { readonly step: Extract<PastStep, { kind: 'document' }>; readonly decision: Decision; remaining: readonly RemainingLine[]; moved: number; expired: number };
type State = { salesCount: number; spentMinor: number; lastSaleOn: string | null; readonly used: Map<string, Map<number, number>>; readonly account: Account };

/**
 * The same work by the tree: every step decided by the general engine with conditions read as they stand, and booked with the ledger's own
 * moves on objects. Answers what each member earned less what was taken back.
 */
export function replayByTree(ruleset: Ruleset, members: readonly PastMember[], steps: readonly (PastStep & { readonly place: number })[], until: number): Float64Array {
  const compiled = compileRuleset(ruleset, undefined, readTree);
  const states = members.map((_, id): State => ({ salesCount: 0, spentMinor: 0, lastSaleOn: null, used: new Map(), account: newAccount(id, 1, 1_000_000) }));
  const sales = new Map<number, Sale>();
  const returned = new Set(steps.flatMap((step) => (step.kind === 'return' ? [step.of] : [])));
  const earned = new Float64Array(members.length);
  const book = openBook(0);
  const setNow = (now: number) => { (book as { now: number }).now = now; };
  const settleUntil = (account: Account, now: number): void => {
    while (account.nextDueAt !== null && account.nextDueAt <= now) { setNow(account.nextDueAt); settle(book, account); }
    setNow(now);
  };
  const drain = (): void => {
    for (const one of book.transfers) if (one.kind === 'earn' || one.kind === 'return') earned[one.memberId]! += one.incoming ? one.points : -one.points;
    book.transfers.length = 0;
  };
  for (const step of steps) {
    const state = states[step.member]!;
    const { account, used } = state;
    settleUntil(account, step.at);
    if (step.kind === 'document') {
      const { document } = step;
      const calendar = calendarParts(TIME_ZONE, document.occurredAt);
      const { joinedOn, kind } = members[step.member]!;
      const { salesCount, spentMinor, lastSaleOn } = state;
      const decision = decide(compiled, { document, calendar, member: { ...UNKNOWN_MEMBER, joinedOn, kind, salesCount, spentMinor, lastSaleOn }, caps: { usedToday: used.get(calendar.date) ?? new Map(), budgetLeft: new Map() } });
      const points = decision.awards.reduce((sum, one) => sum + one.points, 0);
      const [first] = decision.awards;
      if (first) credit(book, account, points, { usableAt: null, expiresAt: first.expiresOn === null ? null : endOfLocalDay(TIME_ZONE, first.expiresOn) }, { kind: 'earn', origin: { kind: 'transaction', id: step.place }, rulesetNo: ruleset.no });
      for (const { ruleId, points: by } of decision.capUse) use(used, calendar.date, ruleId, by);
      state.salesCount += 1;
      state.spentMinor += document.totalMinor;
      state.lastSaleOn = calendar.date;
      if (returned.has(step.place)) sales.set(step.place, { step, decision, remaining: remainingOf(document), moved: 0, expired: 0 });
    } else if (step.kind === 'return') {
      const sale = sales.get(step.of)!;
      const { document } = sale.step;
      const applied = applyReturn(document, sale.remaining, step.lines);
      const before = keptPoints(compiled, document, sale.decision.frozen, sale.remaining);
      const kept = keptPoints(compiled, document, sale.decision.frozen, applied.remaining);
      sale.remaining = applied.remaining;
      for (const { booked, kept: target } of kept.wallets) {
        const goes = booked - sale.moved - target;
        if (goes <= 0) continue;
        sale.moved += goes;
        sale.expired += takeBack(book, account, goes, { originId: step.of, expiredCounted: sale.expired }, { kind: 'transaction', id: step.place }, null).expired;
      }
      kept.awards.forEach((one, i) => use(used, localDate(TIME_ZONE, document.occurredAt), one.ruleId, one.kept - before.awards[i]!.kept));
      state.spentMinor -= applied.taken.reduce((sum, one) => sum + one.amountMinor, 0);
    } else if (step.kind === 'spend') spend(book, account, step.points, { kind: 'spend', origin: { kind: 'order', id: null } });
    drain();
  }
  for (const { account } of states) settleUntil(account, until);
  return earned;
}

function use(used: Map<string, Map<number, number>>, date: string, ruleId: number, points: number): void {
  const own = used.get(date) ?? new Map<number, number>();
  used.set(date, own.set(ruleId, Math.max(0, (own.get(ruleId) ?? 0) + points)));
}
