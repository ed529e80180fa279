import fc from 'fast-check';
import { addDays, calendarParts, endOfLocalDay, localDate, startOfLocalDay, type Instant } from '../calendar.ts';
import { compileRuleset, type CompiledRuleset } from '../compile.ts';
import { decide } from '../decide.ts';
import { PERIODS, type LongPeriod, type MemberFacts, type Period, type SaleDocument } from '../facts.ts';
import { newAccount, openBook, sumDraws, type Account, type Draw } from '../ledger/book.ts';
import { capture, credit, refund, release, reserve, settle, sliceDraws, spend, takeBack } from '../ledger/moves.ts';
import { CAP_OF, firstDay } from '../periods.ts';
import type { PastMember } from '../replay/history.ts';
import { openHistory, type Handle, type HoldHandle } from '../replay/open-history.ts';
import { kernelSpeaks } from '../replay/speaks.ts';
import type { LotPolicy } from '../replay/lots.ts';
import type { ReplayWallet, RunPlan } from '../replay/run.ts';
import { applyReturn, keptPoints, remainingOf, type RemainingLine, type ReturnedLine } from '../returns.ts';
import type { RuleDefinition, Ruleset } from '../rules.ts';
import { facts, rules, settings, someSets } from './arbitraries.ts';
import { WARSAW } from './facts.ts';
import { rulesetOf } from './rules.ts';

/** What happened to a member. `of` names an earlier step by its place. */
export type PastStep = { readonly member: number; readonly at: Instant } & (
  | { readonly kind: 'document'; readonly document: SaleDocument; readonly ruleset: number }
  | { readonly kind: 'return'; readonly of: number; readonly lines: readonly ReturnedLine[] }
  | { readonly kind: 'spend' | 'take' | 'hold'; readonly walletNo: number; readonly points: number }
  | { readonly kind: 'give'; readonly walletNo: number; readonly points: number; readonly usableAt: Instant | null; readonly expiresAt: Instant | null }
  | { readonly kind: 'capture' | 'release'; readonly of: number }
  | { readonly kind: 'refund'; readonly of: number; readonly points: number });

export type Past = { readonly members: readonly PastMember[]; readonly steps: readonly PastStep[]; readonly rulesets: readonly Ruleset[]; readonly wallets: readonly ReplayWallet[]; readonly until: Instant;
  /** Other policies of returns from an instant on. */
  readonly later?: RunPlan['later'] };

const START = Date.parse('2026-01-15T08:00:00Z');
const HOUR_MS = 3_600_000;
const DAYS = 500;

// Many conditions and caps together leave next to nothing: most rules have few of them, so that points flow.
const oftenPlain: fc.Arbitrary<RuleDefinition> = fc.record({ rule: rules, anyTime: fc.nat(2), anyLine: fc.nat(2), free: fc.nat(3), keep: fc.constantFrom(...PERIODS, 'transaction', 'program') })
  .map(({ rule, anyTime, anyLine, free, keep }) => ({ ...rule, when: anyTime > 0 ? null : rule.when, lines: anyLine > 0 ? null : rule.lines, caps: free === 0 ? rule.caps : free === 1 ? { ...NO_CAPS, [keep === 'transaction' ? 'perTransaction' : keep === 'program' ? 'perProgram' : CAP_OF[keep]]: 20 } : NO_CAPS }));
const NO_CAPS: RuleDefinition['caps'] = { perTransaction: null, perMemberDay: null, perProgram: null };

const rulesets: fc.Arbitrary<Ruleset> = fc.record({ rules: fc.array(oftenPlain, { minLength: 2, maxLength: 7, size: 'max' }), settings, expiry: fc.constantFrom(1, 3, 12), pendingDays: fc.constantFrom(0, 0, 5) }).map(({ rules: drawn, settings: own, expiry, pendingDays }) => {
  const whole = rulesetOf(drawn, { ...own, wallets: [{ no: 1, code: 'points', expiry: { kind: 'months', months: expiry, roundTo: 'day' }, pendingDays }, { no: 2, code: 'stamps', expiry: { kind: 'never' }, pendingDays: 14 }] });
  return { ...whole, rules: whole.rules.filter((rule) => kernelSpeaks({ ...whole, rules: [rule] }, { whole: true }) === null) };
});

const returned = fc.record({ line: fc.integer({ min: 1, max: 5 }), quantity: fc.constantFrom(null, 500, 1000, 2000), amountMinor: fc.constantFrom(null, 0, 333, 1000, 4000) });
const points = fc.integer({ min: 1, max: 12 });
const drawn = fc.record({
  kind: fc.constantFrom('document', 'document', 'document', 'document', 'return', 'return', 'return', 'spend', 'take', 'give', 'hold', 'end', 'refund'), facts, hours: fc.constantFrom(0, 1, 1, 5, 24, 24 * 6, 24 * 20), late: fc.constantFrom(0, 0, 0, 1, 40), member: fc.nat(2),
  ruleset: fc.constantFrom(0, 1, 1, 1, 2, 2), of: fc.nat(30), lines: fc.array(returned, { minLength: 1, maxLength: 3 }), points, walletNo: fc.constantFrom(1, 1, 2), days: fc.constantFrom(null, 0, 3, 40), captured: fc.boolean(),
});

/** Pasts of a few members under two rulesets that the kernel speaks, with everything that can happen to points. */
export const pasts: fc.Arbitrary<Past> = fc.record({
  sets: fc.tuple(rulesets, rulesets), owners: fc.array(facts.map(({ member }) => member), { minLength: 1, maxLength: 3 }), birthMonthDay: fc.constantFrom(null, '11-20', '02-29'), drawn: fc.array(drawn, { minLength: 6, maxLength: 40, size: 'max' }), debtLimit: fc.constantFrom(0, 5, 1000), sparesOthers: fc.boolean(),
  change: fc.option(fc.record({ after: fc.integer({ min: 1, max: 30 }), debtLimit: fc.constantFrom(0, 3, 1000), sparesOthers: fc.boolean() })),
}).map(({ sets, owners, birthMonthDay, drawn: list, debtLimit, sparesOthers, change }) => {
  const steps: PastStep[] = [];
  let at = START;
  for (const one of list) {
    at += one.hours * HOUR_MS;
    const step = stepOf(one, at, steps, owners.length);
    if (step !== null && at < START + DAYS * 24 * HOUR_MS) steps.push(step);
  }
  return {
    members: owners.map(({ joinedOn, kind, tier, company, groups, attributes }) => ({ joinedOn, kind, tier, company, groups, attributes, birthMonthDay })), steps, rulesets: sets.map((set, i) => ({ ...set, no: i + 1 })),
    wallets: [{ no: 2, debtLimit: 0, sparesOthers: false }, { no: 1, debtLimit, sparesOthers }], until: at + 400 * 24 * HOUR_MS,
    // At the very instant of a return, where there is one: that one is the first of the new policy.
    ...(change === null ? {} : { later: { from: returnsOf(steps)[change.after % Math.max(1, returnsOf(steps).length)]?.at ?? START, policies: [{ debtLimit: 0, sparesOthers: false }, { debtLimit: change.debtLimit, sparesOthers: change.sparesOthers }] } }),
  };
});

const returnsOf = (steps: readonly PastStep[]): PastStep[] => steps.filter((one) => one.kind === 'return');

type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

function stepOf(one: Drawn, at: Instant, steps: readonly PastStep[], members: number): PastStep | null {
  const member = one.member % members;
  const among = (kind: PastStep['kind']) => steps.flatMap((step, i) => (step.kind === kind ? [i] : []));
  const pick = (kind: PastStep['kind']): number | null => { const all = among(kind); return all.length === 0 ? null : all[one.of % all.length]!; };
  const { walletNo } = one;
  switch (one.kind) {
    case 'document': return { kind: 'document', member, at, ruleset: one.ruleset, document: { ...one.facts.document, occurredAt: at - one.late * 24 * HOUR_MS } };
    case 'return': {
      const of = pick('document');
      const sale = of === null ? undefined : steps[of];
      return sale?.kind === 'document' ? { kind: 'return', member: sale.member, at, of: of!, lines: one.lines.map(({ line, quantity, amountMinor }) => ({ lineId: String(line), quantity, amountMinor })) } : null;
    }
    case 'give': return { kind: 'give', member, at, walletNo, points: one.points, usableAt: one.late === 1 ? at + 2 * HOUR_MS : null, expiresAt: one.days === null ? null : at + one.days * 24 * HOUR_MS };
    case 'spend': case 'take': case 'hold': return { kind: one.kind, member, at, walletNo, points: one.points };
    case 'end': case 'refund': {
      const of = pick('hold');
      if (of === null) return null;
      return one.kind === 'refund' ? { kind: 'refund', member: steps[of]!.member, at, of, points: one.points } : { kind: one.captured ? 'capture' : 'release', member: steps[of]!.member, at, of };
    }
    default: return null;
  }
}

/** The past in columns, and the step of each of its documents by place. */
export function columnsOf(past: Past) {
  const open = openHistory(WARSAW);
  for (const member of past.members) open.addMember(member);
  const referred = new Set(past.steps.flatMap((step) => (step.kind === 'return' ? [step.of] : [])));
  const handles = new Map<number, Handle>();
  const holds = new Map<number, HoldHandle>();
  past.steps.forEach((step, place) => {
    const { member, at } = step;
    switch (step.kind) {
      case 'document': handles.set(place, open.addDocument(member, at, step.document, step.ruleset, referred.has(place))); return;
      case 'return': open.addReturn(handles.get(step.of)!, at, step.lines); return;
      case 'spend': open.addSpend(member, at, step.walletNo, step.points); return;
      case 'take': open.addTaken(member, at, step.walletNo, step.points); return;
      case 'give': open.addGiven(member, at, step); return;
      case 'hold': holds.set(place, open.addHold(member, at, step.walletNo, step.points)); return;
      case 'capture': open.addCapture(holds.get(step.of)!, at); return;
      case 'release': open.addRelease(holds.get(step.of)!, at); return;
      case 'refund': open.addRefund(holds.get(step.of)!, at, step.points);
    }
  });
  return open.close();
}

export const compiledOf = (past: Past): CompiledRuleset[] => past.rulesets.map((one) => compileRuleset(one, someSets));

/** What a replay comes to, in the words of both ways of finding it. */
export type Outcome = {
  /** By step: points of each rule of a document, by the rule's place. */
  readonly decided: Readonly<Record<number, readonly number[]>>;
  /** By member and wallet: available, pending, held, debt, and lots that hold points as [points, remaining, ends at]. */
  readonly accounts: readonly string[];
  /** Of each wallet what moved, by kind. */
  readonly moved: Readonly<Record<string, number>>;
  readonly shortfalls: number;
};

/** The general engine on the same past: objects, maps and the ledger's own moves, one step after another as they were booked. */
export function bookPlainly(past: Past): Outcome {
  const compiled = compiledOf(past);
  const own = past.members.map(() => ({ salesCount: 0, spentMinor: 0, lastSaleOn: null as string | null }));
  const accounts = new Map<string, Account>();
  const used = new Map<string, number>();
  const budgets = new Map<number, number>();
  const sales = new Map<number, { compiled: CompiledRuleset | null; decision: ReturnType<typeof decide> | null; remaining: readonly RemainingLine[]; kept: Map<number, number>; moved: Map<number, number>; expired: Map<number, number> }>();
  const holds = new Map<number, { draws: Draw[]; points: number; open: boolean; refunded: number }>();
  const decided: Record<number, readonly number[]> = {};
  const moved: Record<string, number> = {};
  let shortfalls = 0;
  const book = openBook(0);
  const setNow = (now: Instant) => { (book as { now: Instant }).now = now; };
  const accountOf = (member: number, walletNo: number): Account => {
    const key = `${member}:${walletNo}`;
    if (!accounts.has(key)) accounts.set(key, newAccount(member, walletNo, 0));
    return accounts.get(key)!;
  };
  const policyOf = (walletNo: number, at: Instant): LotPolicy => {
    const place = past.wallets.findIndex((one) => one.no === walletNo);
    return past.later !== undefined && at >= past.later.from ? past.later.policies[place]! : past.wallets[place]!;
  };
  const settleMember = (member: number, now: Instant): void => {
    for (const account of accounts.values()) {
      if (account.memberId !== member) continue;
      while (account.nextDueAt !== null && account.nextDueAt <= now) { setNow(account.nextDueAt); settle(book, account); }
    }
    setNow(now);
  };
  const bucket = (member: number, ruleId: number, period: Period, date: string): string => `${member}:${ruleId}:${period}:${period === 'ever' ? '' : firstDay(period, date)}`;
  const use = (set: CompiledRuleset, member: number, date: string, ruleId: number, by: number): void => {
    for (const { counter } of set.shared.find((rule) => rule.ruleId === ruleId)?.limits ?? []) {
      if (counter === 'program') budgets.set(ruleId, (budgets.get(ruleId) ?? 0) + by);
      // Nobody is in a household, and nobody's company counts.
      const period = PERIODS.find((one) => one === counter);
      if (period) used.set(bucket(member, ruleId, period, date), Math.max(0, (used.get(bucket(member, ruleId, period, date)) ?? 0) + by));
    }
  };
  const terms = (award: { expiresOn: string | null; pendingUntil: string | null }) => ({ usableAt: award.pendingUntil === null ? null : startOfLocalDay(WARSAW, award.pendingUntil), expiresAt: award.expiresOn === null ? null : endOfLocalDay(WARSAW, award.expiresOn) });

  past.steps.forEach((step, place) => {
    const { member, at } = step;
    settleMember(member, at);
    switch (step.kind) {
      case 'document': {
        const { document } = step;
        const date = localDate(WARSAW, document.occurredAt);
        const set = step.ruleset === 0 ? null : compiled[step.ruleset - 1]!;
        const facts = (): MemberFacts => ({ ...past.members[member]!, ...own[member]!, birthday: isBirthday(past.members[member]!.birthMonthDay, date), badges: [], past: [] });
        const usage = (period: Period) => new Map((set?.shared ?? []).map(({ ruleId }) => [ruleId, used.get(bucket(member, ruleId, period, date)) ?? 0]));
        const usedIn = Object.fromEntries(PERIODS.filter((one) => one !== 'day').map((period) => [period, usage(period)])) as Record<LongPeriod, Map<number, number>>;
        const budgetLeft = new Map((set?.shared ?? []).flatMap(({ ruleId, limits }) => limits.filter((one) => one.counter === 'program').map(({ limit }) => [ruleId, Math.max(0, limit - (budgets.get(ruleId) ?? 0))] as const)));
        const decision = set === null ? null : decide(set, { document, member: facts(), calendar: calendarParts(WARSAW, document.occurredAt), caps: { usedToday: usage('day'), usedIn, budgetLeft } });
        sales.set(place, { compiled: set, decision, remaining: remainingOf(document), kept: new Map([...decision?.awards ?? [], ...(decision?.grants ?? []).map((one) => ({ ...one, points: one.count }))].map((one) => [one.ruleId, one.points])), moved: new Map(), expired: new Map() });
        if (set !== null && decision !== null) {
          decided[place] = set.ruleset.rules.map(({ ruleId }) => decision.awards.find((one) => one.ruleId === ruleId)?.points ?? decision.grants.find((one) => one.ruleId === ruleId)?.count ?? 0);
          const lots = new Map<string, { walletNo: number; points: number; expiresOn: string | null; pendingUntil: string | null }>();
          for (const award of decision.awards) {
            const key = `${award.walletNo}|${award.expiresOn}|${award.pendingUntil}`;
            lots.set(key, { ...award, points: award.points + (lots.get(key)?.points ?? 0) });
          }
          for (const lot of lots.values()) credit(book, accountOf(member, lot.walletNo), lot.points, terms(lot), { kind: 'earn', origin: { kind: 'transaction', id: place } });
          for (const { ruleId, points: by } of decision.capUse) use(set, member, date, ruleId, by);
        }
        if (document.event === null) {
          const mine = own[member]!;
          mine.salesCount += 1;
          mine.spentMinor += document.totalMinor;
          if (mine.lastSaleOn === null || date > mine.lastSaleOn) mine.lastSaleOn = date;
        }
        return;
      }
      case 'return': {
        const sale = sales.get(step.of)!;
        const { document } = past.steps[step.of] as Extract<PastStep, { kind: 'document' }>;
        const applied = applyReturn(document, sale.remaining, step.lines);
        sale.remaining = applied.remaining;
        if (sale.compiled !== null && sale.decision !== null) {
          const kept = keptPoints(sale.compiled, document, sale.decision.frozen, applied.remaining);
          for (const { walletNo, booked, kept: target } of kept.wallets) {
            const goes = booked - (sale.moved.get(walletNo) ?? 0) - target;
            if (goes === 0) continue;
            sale.moved.set(walletNo, (sale.moved.get(walletNo) ?? 0) + goes);
            if (goes < 0) credit(book, accountOf(member, walletNo), -goes, terms(sale.decision.awards.find((one) => one.walletNo === walletNo)!), { kind: 'earn', origin: { kind: 'transaction', id: -1 - place } });
            else {
              const { debtLimit, sparesOthers } = policyOf(walletNo, at);
              const account = accountOf(member, walletNo);
              // What is owed already stays owed.
              account.debtLimit = Math.max(debtLimit, account.debt);
              const { expired } = takeBack(book, account, goes, { originId: step.of, expiredCounted: sale.expired.get(walletNo) ?? 0, sparesOthers }, { kind: 'transaction', id: -1 - place }, null);
              sale.expired.set(walletNo, (sale.expired.get(walletNo) ?? 0) + expired);
            }
          }
          for (const one of [...kept.awards, ...kept.grants]) {
            const free = sale.kept.get(one.ruleId)! - one.kept;
            sale.kept.set(one.ruleId, one.kept);
            if (free !== 0) use(sale.compiled, member, localDate(WARSAW, document.occurredAt), one.ruleId, -free);
          }
        }
        const taken = applied.taken.reduce((sum, one) => sum + one.amountMinor, 0);
        if (document.event !== null) return;
        own[member]!.spentMinor -= taken;
        if (taken > 0 && applied.remaining.every((one) => one.amountMinor === 0)) own[member]!.salesCount = Math.max(0, own[member]!.salesCount - 1);
        return;
      }
      case 'spend': case 'take':
        if (spend(book, accountOf(member, step.walletNo), step.points, { kind: step.kind === 'spend' ? 'spend' : 'adjust', origin: { kind: 'order', id: null } }) === null) shortfalls += 1;
        return;
      case 'give': credit(book, accountOf(member, step.walletNo), step.points, step, { kind: 'adjust', origin: { kind: 'adjustment', id: null } }); return;
      case 'hold': {
        const draws = reserve(accountOf(member, step.walletNo), step.points);
        if (draws === null) shortfalls += 1; else holds.set(place, { draws, points: step.points, open: true, refunded: 0 });
        return;
      }
      case 'capture': case 'release': case 'refund': {
        const hold = holds.get(step.of);
        const account = accountOf(member, (past.steps[step.of] as PastStep & { readonly walletNo: number }).walletNo);
        if (hold === undefined) return;
        if (step.kind === 'refund') {
          const draws = sliceDraws(hold.draws, hold.refunded, step.points);
          hold.refunded += sumDraws(draws);
          refund(book, account, draws, { kind: 'order', id: null });
        } else if (hold.open) {
          hold.open = false;
          if (step.kind === 'capture') capture(book, account, hold.draws, { kind: 'hold', id: null });
          else { holds.delete(step.of); release(book, account, hold.draws); }
        }
      }
    }
  });
  past.members.forEach((_, member) => settleMember(member, past.until));
  for (const { kind, side, incoming, points: by, walletNo } of book.transfers) {
    if (side === 'debt') continue;
    const name = `${walletNo}:${kind === 'earn' ? 'earned' : kind === 'return' ? 'returned' : kind === 'expire' ? 'expired' : kind === 'adjust' ? 'other' : 'spent'}`;
    moved[name] = (moved[name] ?? 0) + (kind === 'refund' || (kind === 'adjust' && !incoming) ? -by : by);
  }
  const text = (member: number, no: number): string => {
    const account = accounts.get(`${member}:${no}`);
    const lots = [...account?.lots.values() ?? []].filter((lot) => lot.remaining > 0).sort((a, b) => (a.expiresAt ?? Infinity) - (b.expiresAt ?? Infinity) || a.seq - b.seq);
    return JSON.stringify([account?.available ?? 0, account?.pending ?? 0, account?.held ?? 0, account?.debt ?? 0, lots.map((lot) => [lot.points, lot.remaining, lot.expiresAt])]);
  };
  return { decided, shortfalls, moved, accounts: past.members.flatMap((_, member) => past.wallets.map(({ no }) => text(member, no))) };
}

const isBirthday = (birth: string | null, date: string): boolean => birth === date.slice(5) || (birth === '02-29' && date.slice(5) === '02-28' && addDays(date, 1).slice(5) === '03-01');
