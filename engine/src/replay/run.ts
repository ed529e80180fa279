import type { Instant } from '../calendar.ts';
import { PERIODS } from '../facts.ts';
import type { Points } from '../points.ts';
import { bucketsOf } from './buckets.ts';
import { NO_REF, NO_ROW, STEP, type History } from './history.ts';
import { CIRCLE, PROGRAM, type Counters, type Kernel, type KernelLimit } from './kernel.ts';
import { MOVED, openLots, type Drawn, type LotPolicy, type Lots } from './lots.ts';
import { answersOf, keepOfReturn, referTo, type Referred } from './return-step.ts';
import { openTotals, type Totals } from './totals.ts';
import { NEVER } from './write-kernel.ts';

export type ReplayWallet = LotPolicy & { readonly no: number };

/** One set of rules to carry through a history. */
export type RunPlan = {
  readonly history: History;
  /** By the number that steps have, from 1; and what decides documents of the days between `firstDay` and `lastDay` instead (null: nothing else). */
  readonly kernels: readonly Kernel[]; readonly instead: Kernel | null; readonly firstDay: number; readonly lastDay: number;
  readonly counters: Counters; readonly wallets: readonly ReplayWallet[];
  /** What returns from an instant on do to each wallet, in the order of `wallets`; absent: they never change. */
  readonly later?: { readonly from: Instant; readonly policies: readonly LotPolicy[] };
  /** What the run of the rules of then (`own`) lacked for payments that were made in fact, by step: it is advanced there, and other runs as much and no more. Absent: nothing is. */
  readonly advances?: { readonly own: boolean; readonly missing: Map<number, Points> };
  /** The wallet whose points are counted. */
  readonly walletNo: number;
  /** Beginnings of the stretches that totals are kept for; what moves before the first is the opening balance. */
  readonly stretches: readonly Instant[];
  /** What falls due before this instant is booked at the end. */
  readonly until: Instant;
};

/** For tests and for holding what is decided to what is stored. */
export type RunWatcher = {
  /** A document was decided; its answers are in the kernel. */
  readonly decided?: (step: number, kernel: Kernel, hits: number) => void;
  /** A member's accounts as they stand at the end, by wallet. */
  readonly ended?: (member: number, lots: Lots, account: number) => void;
};

/**
 * Carries rules through a history: decides every document, books returns, spending and expiry on lots, and adds up. One member after another,
 * so that all that belongs to one is at hand; only where a budget of the program runs out does it start again in the order of booking, for
 * then members depend on one another.
 */
export function runReplay(plan: RunPlan, watcher: RunWatcher = {}): Totals {
  if (plan.counters.program.length === 0) return run(plan, watcher, false)!;
  return canHoldOut(plan) ? run(plan, watcher, false) ?? run(plan, watcher, true)! : run(plan, watcher, true)!;
}

const NO_LIMITS: readonly KernelLimit[] = [];
/** Use of caps in one kind of stretch: `width` counters for each number in `of`. */
type Use = { readonly of: Uint32Array; readonly width: number; readonly used: Float64Array };

/** A rule held against others looks at its budget even where it loses; then only the order of booking tells. */
const canHoldOut = ({ kernels, instead }: RunPlan): boolean =>
  [...kernels, ...(instead ? [instead] : [])].every(({ compiled, limits }) => limits.every((one) => one.period !== PROGRAM || compiled.rules.find((rule) => rule.index === one.rule)!.bestOf < 0));

/** Null when, member by member, a budget of the program may have run out. */
function run(plan: RunPlan, watcher: RunWatcher, inTurn: boolean): Totals | null {
  const { history, counters, wallets, walletNo } = plan;
  const { steps, rows, members } = history;
  const walletCount = wallets.length;
  const walletAt = new Int32Array(256).fill(-1);
  wallets.forEach((wallet, at) => { walletAt[wallet.no] = at; });
  const chosen = walletAt[walletNo]!;
  if (plan.advances?.own) plan.advances.missing.clear(); // a budget that ran out starts the run again
  const hasBudgets = counters.program.length > 0;
  const totals = openTotals(history, plan.stretches, [...plan.kernels, ...(plan.instead ? [plan.instead] : [])]);
  let member = 0;
  const lots = openLots((inTurn ? members.count : 1) * walletCount, (kind, account, points, at) => { if (account % walletCount === chosen) totals.count(kind, member, points, at); });
  const firstRef = inTurn ? refsFrom(history) : null;
  const refs: (Referred | undefined)[] = [];
  const holds = new Map<string, { drawn: Drawn; points: Points; refunded: Points; open: boolean }>();
  const sales = new Float64Array(inTurn ? members.count : 1);
  const spent = new Float64Array(sales.length);
  const last = new Float64Array(sales.length).fill(NEVER);
  const uses = PERIODS.map((period): Use | null => {
    const width = counters[period].length;
    if (width === 0) return null;
    const { of, count } = bucketsOf(history, period);
    return { of, width, used: new Float64Array(count * width) };
  });
  const budgetUsed = new Float64Array(counters.program.length);
  const budgetGiven = new Float64Array(counters.program.length);
  const budgetMost = new Float64Array(counters.program.length);

  const readRooms = ({ limits, rooms }: Kernel, step: number): void => {
    for (let i = 0; i < limits.length; i += 1) {
      const { period, slot, limit } = limits[i]!;
      if (period === PROGRAM) rooms[i] = inTurn ? Math.max(0, limit - budgetUsed[slot]!) : Infinity;
      else if (period === CIRCLE) rooms[i] = Infinity;
      else {
        const { of, width, used } = uses[period]!;
        rooms[i] = Math.max(0, limit - used[of[step]! * width + slot]!);
      }
    }
  };
  /** Adds to the counters of a rule's limits; a return frees, never below nothing. */
  const use = (limits: readonly KernelLimit[], step: number, points: Points): void => {
    for (let i = 0; i < limits.length; i += 1) {
      const { period, slot } = limits[i]!;
      if (period === PROGRAM) {
        budgetUsed[slot]! += points;
        if (points > 0) budgetGiven[slot]! += points;
      } else if (period !== CIRCLE) {
        const { of, width, used } = uses[period]!;
        const at = of[step]! * width + slot;
        used[at] = Math.max(0, used[at]! + points);
      }
    }
  };
  const watchBudgets = ({ limitsOf, hits, before }: Kernel, count: number): void => {
    for (let hit = 0; hit < count; hit += 1) {
      const rule = hits[hit]!;
      for (const { period, slot } of limitsOf[rule] ?? NO_LIMITS) if (period === PROGRAM && before[rule]! > budgetMost[slot]!) budgetMost[slot] = before[rule]!;
    }
  };
  // Awards of one document that end and begin alike become one lot, in the order of their rules.
  const lotAccount = new Int32Array(8 + Math.max(0, ...plan.kernels.map((one) => one.points.length), plan.instead?.points.length ?? 0));
  const lotPoints = new Float64Array(lotAccount.length);
  const lotEnds = new Float64Array(lotAccount.length);
  const lotUsable = new Float64Array(lotAccount.length);

  const book = (step: number, account: number, own: number): void => {
    const at = steps.at[step]!;
    const row = steps.row[step]!;
    for (let wallet = 0; wallet < walletCount; wallet += 1) if (lots.due[account + wallet]! <= at) lots.settle(account + wallet, at);
    const day = rows.day[row]!;
    const inside = day >= plan.firstDay && day <= plan.lastDay;
    const ruleset = steps.ruleset[step]!;
    const kernel = ruleset === 0 ? null : inside && plan.instead !== null ? plan.instead : plan.kernels[ruleset - 1]!;
    const firstLot = lots.lotCount();
    let referred: Referred | null = null;
    if (kernel !== null) {
      const { points, before, limitsOf, hits } = kernel;
      if (kernel.limits.length > 0) readRooms(kernel, step);
      const count = kernel.decide(row, member, sales[own]!, spent[own]!, last[own]!);
      if (hasBudgets && !inTurn) watchBudgets(kernel, count);
      watcher.decided?.(step, kernel, count);
      if (steps.ref[step] !== NO_REF) referred = referTo(kernel, count, { step, salesCount: sales[own]!, spentMinor: spent[own]!, lastSaleDay: last[own]!, firstLot }, walletCount);
      let opened = 0;
      const dayAt = day - history.firstDay;
      for (let hit = 0; hit < count; hit += 1) {
        const rule = hits[hit]!;
        const given = points[rule]!;
        if (inside && given < before[rule]!) totals.capped(kernel, rule, before[rule]! - given);
        if (given === 0) continue;
        const limits = limitsOf[rule];
        if (limits !== undefined) use(limits, step, given);
        const no = kernel.walletNo[rule]!;
        if (no === 0) continue;
        if (inside && no === walletNo) totals.awarded(kernel, rule, given);
        const terms = kernel.terms[rule]!;
        const [ends, usable, to] = [terms.endsAt[dayAt]!, terms.usableAt[dayAt]!, account + walletAt[no]!];
        let lot = 0;
        while (lot < opened && (lotAccount[lot] !== to || lotEnds[lot] !== ends || lotUsable[lot] !== usable)) lot += 1;
        if (lot < opened) lotPoints[lot]! += given;
        else {
          lotAccount[lot] = to;
          lotPoints[lot] = given;
          lotEnds[lot] = ends;
          lotUsable[lot] = usable;
          opened += 1;
        }
      }
      for (let lot = 0; lot < opened; lot += 1) lots.credit(lotAccount[lot]!, lotPoints[lot]!, lotUsable[lot]!, lotEnds[lot]!, MOVED.earned, at);
    }
    if (referred !== null) {
      referred.lastLot = lots.lotCount();
      refs[(firstRef === null ? 0 : firstRef[member]!) + steps.ref[step]!] = referred;
    }
    if (rows.event[row] === 0) {
      sales[own]! += 1;
      spent[own]! += rows.total[row]!;
      if (day > last[own]!) last[own] = day;
    }
  };

  const policiesAt = (at: Instant): readonly LotPolicy[] => (plan.later !== undefined && at >= plan.later.from ? plan.later.policies : wallets);

  const takeReturn = (step: number, account: number, own: number): void => {
    const referred = refs[(firstRef === null ? 0 : firstRef[member]!) + steps.ref[step]!];
    const at = steps.at[step]!;
    for (let wallet = 0; wallet < walletCount; wallet += 1) lots.settle(account + wallet, at);
    if (referred !== undefined) {
      const { kernel } = referred;
      const policies = policiesAt(at);
      const row = steps.row[step]!;
      kernel.rooms.set(referred.rooms);
      const count = row === NO_ROW ? 0 : kernel.decide(row, member, referred.salesCount, referred.spentMinor, referred.lastSaleDay);
      if (hasBudgets && !inTurn) watchBudgets(kernel, count);
      keepOfReturn(referred, answersOf(kernel, count), wallets, {
        move: (wallet, moved, first) => {
          const to = account + wallet;
          if (moved > 0) return lots.takeBack(to, moved, referred.firstLot, referred.lastLot, referred.expired[wallet]!, policies[wallet]!, at);
          const terms = kernel.terms[first]!;
          const dayAt = rows.day[steps.row[referred.step]!]! - history.firstDay;
          lots.credit(to, -moved, terms.usableAt[dayAt]!, terms.endsAt[dayAt]!, MOVED.earned, at);
          return 0;
        },
        free: (rule, points) => use(kernel.limitsOf[rule] ?? NO_LIMITS, referred.step, -points),
      });
    }
    spent[own]! -= steps.taken[step]!;
    if (steps.taken[step]! > 0 && steps.whole[step] === 1) sales[own] = Math.max(0, sales[own]! - 1);
  };

  const makeAffordable = (step: number, to: number, points: Points): void => {
    const lacks = points - lots.available[to]!;
    if (lacks <= 0 || plan.advances === undefined) return;
    const { own, missing } = plan.advances;
    if (own) missing.set(step, lacks);
    if (lacks <= (missing.get(step) ?? 0)) lots.advance(to, lacks, policiesAt(steps.at[step]!)[to % walletCount]!, steps.at[step]!);
  };

  const move = (step: number, account: number): void => {
    const at = steps.at[step]!;
    for (let wallet = 0; wallet < walletCount; wallet += 1) lots.settle(account + wallet, at);
    const to = account + walletAt[steps.wallet[step]!]!;
    const points = steps.points[step]!;
    const key = `${member}:${steps.ref[step]!}`;
    const hold = holds.get(key);
    if (steps.kind[step] === STEP.spend || steps.kind[step] === STEP.take || steps.kind[step] === STEP.hold) makeAffordable(step, to, points);
    switch (steps.kind[step]) {
      case STEP.spend: if (!lots.spend(to, points, MOVED.spent, at)) totals.fellShort(); return;
      case STEP.take: if (!lots.spend(to, points, MOVED.taken, at)) totals.fellShort(); return;
      case STEP.give: lots.credit(to, points, steps.usableAt[step]!, steps.expiresAt[step]! || Infinity, MOVED.given, at); return;
      case STEP.hold: {
        const drawn = lots.reserve(to, points);
        if (drawn === null) totals.fellShort();
        else holds.set(key, { drawn, points, refunded: 0, open: true });
        return;
      }
      case STEP.capture:
        if (hold?.open !== true) return;
        hold.open = false;
        lots.capture(to, hold.points, at);
        return;
      case STEP.release:
        if (hold?.open !== true) return;
        holds.delete(key);
        lots.release(to, hold.drawn, hold.points, at);
        return;
      case STEP.refund: {
        if (hold === undefined) return;
        const slice = sliceDrawn(hold.drawn, hold.refunded, points);
        hold.refunded += slice.points.reduce((sum, one) => sum + one, 0);
        lots.refund(to, slice, at);
        return;
      }
      default: throw new RangeError(`unknown step ${steps.kind[step]}`);
    }
  };

  const take = (step: number, account: number, own: number): void => {
    const kind = steps.kind[step]!;
    if (kind === STEP.document) book(step, account, own);
    else if (kind === STEP.return) takeReturn(step, account, own);
    else move(step, account);
  };
  const end = (account: number): void => {
    // What falls due at `until` itself is booked too, as the general path does.
    for (let wallet = 0; wallet < walletCount; wallet += 1) lots.settle(account + wallet, plan.until);
    totals.available[member] = chosen < 0 ? 0 : lots.available[account + chosen]!;
    if (chosen >= 0) totals.owes(lots.debt[account + chosen]!);
    watcher.ended?.(member, lots, account);
  };

  if (inTurn) {
    const order = Uint32Array.from({ length: steps.count }, (_, step) => step).sort((a, b) => steps.turn[a]! - steps.turn[b]!);
    for (let i = 0; i < order.length; i += 1) {
      member = steps.member[order[i]!]!;
      take(order[i]!, member * walletCount, member);
    }
    for (member = 0; member < members.count; member += 1) end(member * walletCount);
    return totals.close();
  }
  for (member = 0; member < members.count; member += 1) {
    lots.clear();
    refs.length = 0;
    if (holds.size > 0) holds.clear();
    sales[0] = spent[0] = 0;
    last[0] = NEVER;
    for (let step = history.from[member]!; step < history.from[member + 1]!; step += 1) take(step, 0, 0);
    end(0);
  }
  for (const { limits } of [...plan.kernels, ...(plan.instead ? [plan.instead] : [])]) {
    for (const { period, slot, limit } of limits) if (period === PROGRAM && budgetGiven[slot]! + budgetMost[slot]! > limit) return null;
  }
  return totals.close();
}

/** Where each member's referred documents begin. */
function refsFrom({ members, from, steps }: History): Uint32Array {
  const first = new Uint32Array(members.count + 1);
  for (let member = 0; member < members.count; member += 1) {
    let count = 0;
    for (let step = from[member]!; step < from[member + 1]!; step += 1) if (steps.kind[step] === STEP.document && steps.ref[step]! >= count) count = steps.ref[step]! + 1;
    first[member + 1] = first[member]! + count;
  }
  return first;
}

/** The part of a reservation that comes next after `skip` points. */
function sliceDrawn(drawn: Drawn, skip: Points, points: Points): Drawn {
  const slice: Drawn = { lots: [], points: [] };
  let before = 0;
  drawn.lots.forEach((lot, i) => {
    const from = Math.max(skip, before);
    const to = Math.min(skip + points, before + drawn.points[i]!);
    if (to > from) {
      slice.lots.push(lot);
      slice.points.push(to - from);
    }
    before += drawn.points[i]!;
  });
  return slice;
}
