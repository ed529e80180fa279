import type { Instant } from '@wracam/engine/calendar';
import { localDate } from '@wracam/engine/calendar';
import { netOf } from '@wracam/engine/ledger/check';
import type { Account, Draw, Transfer, TransferKind } from '@wracam/engine/ledger/book';
import { credit, takeOff } from '@wracam/engine/ledger/moves';
import { readTrace } from '@wracam/engine/trace';
import type { CompiledRuleset } from '@wracam/engine/rules';
import { endBadge, giveBadge, goalBadgeKey, type GoalBadge } from '../badges/index.ts';
import type { Rulesets } from '../earning/index.ts';
import { accountKey, accountOf, isOfGoal } from '../ledger/index.ts';
import { walletByCode, type Wallet } from '../programs/index.ts';
import { carryLevels, type CarriedLevels } from '../tiers/index.ts';
import type { Turn } from './levels.ts';
import { addMemoryMember, bookInMemory, changeMemoryMember, drainTransfers, memoryWorkspace, type Booked, type GivenInMemory, type MemoryDocument, type MemoryMember, type Outcome, type Workspace } from '../transactions/index.ts';

/** Points of a month by what moved them; `net` is by how much the liability grew. */
export type MonthSums = { earned: number; returned: number; spent: number; expired: number; other: number; net: number };
export type RuleSums = { points: number; documents: number; capped: number; cut: number };
export type HeldPoints = { readonly memberId: number; readonly walletNo: number; draws: readonly Draw[]; open: boolean; refunded: number };

/** What a goal's grant gave last; `open`: not taken back since. `expiredCounted`: of its lots, what expired and so counted as taken. */
export type GoalReward = { points: number; open: boolean; expiredCounted: number };

/** One set of rules carried through history: accounts and counters of its own, and what came of it in the period. */
export type Side = {
  readonly work: Workspace; readonly holds: Map<number, HeldPoints>; readonly holdOfOrigin: Map<string, number>; readonly moved: Map<string, Transfer>; /** Points of goals by wallet and grant. */ readonly rewards: Map<string, GoalReward>;
  readonly months: Map<string, MonthSums>; readonly rules: Map<number, RuleSums>; readonly earnedBy: Map<number, number>;
  /** Usable points at the end by member, of those who have no accounts here, because the kernel replayed them. */
  readonly standing: Map<number, number>;
  /** What changes this side besides documents, in the order of time; those before `turned` are taken. */
  readonly turns: Turn[]; turned: number;
  /** Null: nobody asks for levels. */
  readonly levels: CarriedLevels | null;
  followWallets(wallets: readonly Wallet[]): void;
  opening: number; shortfalls: number; /** Points owed at the end by those who have no accounts here, as `standing`. */ owed: number; ruleset: CompiledRuleset | null;
  /** Does any of the rules look back at earlier purchases. */
  readonly looksBack: boolean;
  /** What rules give besides points, where a repair asks for it. */
  readonly given: GivenInMemory | null;
  /** Of a repair: lots that were lent, by account, for what was spent in fact. */
  readonly loans: Map<string, number[]> | null;
  readonly advances: Advances;
  /** Follows the rules that should have decided, and comes to what earlier repairs booked by itself. */
  readonly repairs: boolean;
};
/**
 * What the side of then (`own`) had to be advanced for the payment that is being booked, by account. It paid in fact: what is missing there
 * was given back later in truth than in the order of replay. Other sides are advanced as much and no more.
 */
export type Advances = { readonly own: boolean; readonly missing: Map<string, number> };
export type Stretch = { readonly from: Instant; readonly until: Instant; readonly walletNo: number; readonly timeZone: string };

type SideKind = { readonly lends: boolean; readonly advances: Advances; readonly repairs: boolean; readonly levels: boolean; readonly grants: boolean };

export function openSide(program: { id: number; timeZone: string; currency: string }, wallets: readonly Wallet[], compiled: ReadonlyMap<number, CompiledRuleset>, { lends, advances, repairs, levels, grants }: SideKind): Side {
  const byNo = (no: number): CompiledRuleset => compiled.get(no) ?? raise(`ruleset ${no} is not part of this replay`);
  const carried = levels ? carryLevels() : null;
  const rulesets: Omit<Rulesets, 'wallets'> & { wallets: readonly Wallet[] } = { wallets, followed: false, byNo, byNoOrNull: (no) => (no === null ? null : byNo(no)), at: () => side.ruleset };
  const side: Side = {
    work: memoryWorkspace(program, rulesets, carried), levels: carried, followWallets: (changed) => { rulesets.wallets = changed; }, holds: new Map(), holdOfOrigin: new Map(), moved: new Map(), rewards: new Map(), months: new Map(), rules: new Map(), earnedBy: new Map(), standing: new Map(), turns: [], turned: 0,
    opening: 0, shortfalls: 0, owed: 0, ruleset: null, looksBack: [...compiled.values()].some((one) => one.pastDays > 0),
    given: grants ? new Map() : null, loans: lends ? new Map() : null, advances, repairs,
  };
  return side;
}

function raise(message: string): never {
  throw new Error(message);
}

/** With what changes of the member: `todayFrom`: from that instant on everything is as it is today; null: each change on its own day. */
export function addMember(side: Side, member: MemoryMember, todayFrom: Instant | null): void {
  addMemoryMember(side.work, member);
  for (const { at, facts } of member.changes) side.turns.push({ at: todayFrom === null ? at : Math.min(at, todayFrom), id: 0, take: () => changeMemoryMember(side.work, member.id, facts) });
  for (const badge of member.badges ?? []) badgeTurns(side, badge, todayFrom);
}

const AFTER_DOCUMENTS = Number.MAX_SAFE_INTEGER;

/** A goal's badge comes and goes at its instants, after the document that reached it where the two share one; seen as today, whoever has it has had it since `todayFrom` at the latest. */
function badgeTurns(side: Side, { memberId, grantId, code, givenAt, takenAt }: GoalBadge, todayFrom: Instant | null): void {
  const { badges, tx: { program: { timeZone } } } = side.work;
  const at = (instant: Instant) => (todayFrom === null ? instant : Math.min(instant, todayFrom));
  const key = goalBadgeKey(grantId);
  side.turns.push({ at: at(givenAt), id: AFTER_DOCUMENTS, take: () => giveBadge(badges!, memberId, { key, code, from: localDate(timeZone, at(givenAt)), until: null }) });
  if (takenAt !== null) side.turns.push({ at: at(takenAt), id: AFTER_DOCUMENTS, take: () => endBadge(badges!, memberId, key, localDate(timeZone, at(takenAt))) });
}

/** Turns in the order of time, once all are known. */
export const sortTurns = (side: Side): void => { side.turns.sort((a, b) => a.at - b.at || a.id - b.id); };

/** Takes what changes the side before a document. */
export function passTurns(side: Side, at: Instant, documentId: number): void {
  const isBefore = (turn: Turn) => turn.at < at || (turn.at === at && turn.id < documentId);
  while (side.turned < side.turns.length && isBefore(side.turns[side.turned]!)) {
    side.turns[side.turned]!.take();
    side.turned += 1;
  }
}

/** Books a document by the side's rules. Who has not the points to pay with under these rules pays with money: counted as a shortfall. */
export function bookOnSide(side: Side, document: MemoryDocument, ruleset: CompiledRuleset | null, referred: boolean): Outcome {
  side.ruleset = ruleset;
  const options = { referred, periods: ruleset?.periods ?? [], looksBack: side.looksBack, ...(side.given && { given: side.given }) };
  const outcome = bookInMemory(side.work, document, options);
  const payments = document.document.payments.filter((one) => one.kind === 'points');
  for (const { holdId } of payments) if (holdId !== null && 'awards' in outcome) closeHold(side, holdId);
  if (payments.length > 0 && side.advances.own) side.advances.missing.clear();
  if ('awards' in outcome || payments.length === 0) return outcome;
  if (document.memberId !== null) {
    for (const [walletNo, points] of pointsToPay(side, payments)) makeAffordable(side, accountOf(side.work.set, document.memberId, side.work.rulesets.wallets.find((one) => one.no === walletNo)!), points);
    const again = bookInMemory(side.work, document, options);
    if ('awards' in again || side.loans) return again;
  }
  side.shortfalls += 1;
  return bookInMemory(side.work, { ...document, document: { ...document.document, payments: document.document.payments.filter((one) => one.kind !== 'points') } }, options);
}

function pointsToPay(side: Side, payments: MemoryDocument['document']['payments']): Map<number, number> {
  const needed = new Map<number, number>();
  for (const { holdId, wallet, points } of payments) if (holdId === null) {
    const { no } = walletByCode(side.work.rulesets.wallets, wallet ?? undefined);
    needed.set(no, (needed.get(no) ?? 0) + points!);
  }
  return needed;
}

/** Gives an account what it lacks for a payment that was made in fact, as far as its side has to: the sides of a repair lend all of it, others as much as the side of then needs. */
export function makeAffordable(side: Side, account: Account, points: number): void {
  if (side.loans) { lend(side, side.loans, account, points); return; }
  const { own, missing } = side.advances;
  const key = accountKey(account.memberId, account.walletNo);
  const lacks = Math.max(0, points - account.available);
  if (own) missing.set(key, lacks);
  if (lacks > 0 && lacks <= (missing.get(key) ?? 0)) advance(side, account, lacks);
}

/** What was spent in fact stays spent, and the loan is owed at the end. */
function lend(side: Side, loans: Map<string, number[]>, account: Account, points: number): void {
  // New points repay a debt first, so one loan may not be enough.
  while (account.available < points) {
    const { seq } = creditByHand(side, account, points - account.available);
    const key = accountKey(account.memberId, account.walletNo);
    loans.set(key, [...loans.get(key) ?? [], seq]);
  }
}

/** Points that are owed at once, as far as the wallet allows: the return that took them too early would have left a debt as well, and no more than that. */
function advance(side: Side, account: Account, points: number): void {
  const { debt } = account;
  creditByHand(side, account, debt + points);
  takeOff(side.work.set.book, account, debt + points, { own: [], sparesOthers: true }, { origin: BY_HAND, note: null });
}

const BY_HAND = { kind: 'system', id: null } as const;
const creditByHand = (side: Side, account: Account, points: number) => credit(side.work.set.book, account, points, { usableAt: null, expiresAt: null }, { kind: 'adjust', origin: BY_HAND });

export function closeHold(side: Side, holdId: number): void {
  const held = side.holds.get(holdId);
  if (held) held.open = false;
  side.work.holds.delete(holdId);
}

const NO_POINTS = (): MonthSums => ({ earned: 0, returned: 0, spent: 0, expired: 0, other: 0, net: 0 });
const KIND_SUM: Readonly<Partial<Record<TransferKind, 'earned' | 'returned' | 'spent' | 'expired'>>> = { earn: 'earned', return: 'returned', spend: 'spent', refund: 'spent', expire: 'expired' };

/** Takes what moved since the last call into the side's figures: before the period into the opening balance, afterwards into its month. */
export function countMovements(side: Side, stretch: Stretch): void {
  drainTransfers(side.work, (transfer, at) => {
    if (transfer.walletNo !== stretch.walletNo) return;
    const net = netOf(transfer);
    if (at < stretch.from) { side.opening += net; return; }
    const month = monthOf(stretch.timeZone, at);
    let sums = side.months.get(month);
    if (!sums) side.months.set(month, sums = NO_POINTS());
    sums.net += net;
    // Points of goals are no earnings by rules, and taking them back is no return of such.
    const sum = isOfGoal(transfer) ? undefined : KIND_SUM[transfer.kind];
    if (sum === undefined) sums.other += net;
    else sums[sum] += transfer.kind === 'refund' ? -transfer.points : transfer.points;
    // A return may give points back when what remains earns more: the sign tells.
    if (!isOfGoal(transfer) && (transfer.kind === 'earn' || transfer.kind === 'return')) side.earnedBy.set(transfer.memberId, (side.earnedBy.get(transfer.memberId) ?? 0) + net);
  });
}

/** What each rule gave and what its limits cut off, of one document in the period. */
export function countRules(side: Side, booked: Booked, walletNo: number): void {
  for (const award of booked.awards) {
    if (award.walletNo !== walletNo) continue;
    const sums = sumsOf(side, award.ruleId);
    sums.points += award.points;
    sums.documents += 1;
  }
  if (booked.trace.length === 0 || side.ruleset === null) return;
  const { rules } = side.ruleset.ruleset;
  readTrace(booked.trace).outcomes.forEach((one, at) => {
    if (one.outcome !== 'capped') return;
    const sums = sumsOf(side, rules[at]!.ruleId);
    sums.capped += 1;
    sums.cut += one.before - one.points;
  });
}

function sumsOf(side: Side, ruleId: number): RuleSums {
  let sums = side.rules.get(ruleId);
  if (!sums) side.rules.set(ruleId, sums = { points: 0, documents: 0, capped: 0, cut: 0 });
  return sums;
}

export const monthOf = (timeZone: string, at: Instant): string => localDate(timeZone, at).slice(0, 7);
