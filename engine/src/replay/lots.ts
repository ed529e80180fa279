import type { Instant } from '../calendar.ts';
import type { Points } from '../points.ts';

/** How points move, as totals count them; `given` and `taken` are by hand. */
export const MOVED = { earned: 0, returned: 1, spent: 2, refunded: 3, expired: 4, given: 5, taken: 6 } as const;
/** Told of every movement that changes a balance, once for each transfer that the ledger would have. */
export type OnMove = (kind: number, account: number, points: Points, at: Instant) => void;
export type LotPolicy = { readonly debtLimit: Points; /** On a return other lots stay; what is missing is owed. */ readonly sparesOthers: boolean };
/** Points that a reservation drew, lot by lot. */
export type Drawn = { readonly lots: number[]; readonly points: number[] };
export type Lots = ReturnType<typeof openLots>;

const NONE = -1;
const FIRST_CAPACITY = 1024;

/**
 * Accounts with their lots in typed arrays: the arithmetic of `ledger/moves.ts` without an object a lot. An account's lots that hold points
 * are one chain, what ends first going first and of equal ends the oldest; a lot's number is its age.
 */
export function openLots(accounts: number, onMove: OnMove) {
  const available = new Float64Array(accounts);
  const pending = new Float64Array(accounts);
  const held = new Float64Array(accounts);
  const debt = new Float64Array(accounts);
  /** Nothing falls due before this instant. */
  const due = new Float64Array(accounts).fill(Infinity);
  const head = new Int32Array(accounts).fill(NONE);
  const tail = new Int32Array(accounts).fill(NONE);
  let capacity = FIRST_CAPACITY;
  let count = 0;
  let points = new Float64Array(capacity);
  let remaining = new Float64Array(capacity);
  let expired = new Float64Array(capacity);
  let endsAt = new Float64Array(capacity);
  /** When a lot that waits becomes usable; 0: it does not wait. */
  let waits = new Float64Array(capacity);
  let next = new Int32Array(capacity);
  let previous = new Int32Array(capacity);
  let owner = new Int32Array(capacity);

  const grow = (): void => {
    capacity *= 2;
    const wider = <T extends Float64Array | Int32Array>(old: T, made: T): T => { made.set(old); return made; };
    points = wider(points, new Float64Array(capacity));
    remaining = wider(remaining, new Float64Array(capacity));
    expired = wider(expired, new Float64Array(capacity));
    endsAt = wider(endsAt, new Float64Array(capacity));
    waits = wider(waits, new Float64Array(capacity));
    next = wider(next, new Int32Array(capacity));
    previous = wider(previous, new Int32Array(capacity));
    owner = wider(owner, new Int32Array(capacity));
  };
  const link = (account: number, lot: number): void => {
    let before = tail[account]!;
    while (before !== NONE && (endsAt[before]! > endsAt[lot]! || (endsAt[before] === endsAt[lot] && before > lot))) before = previous[before]!;
    const after = before === NONE ? head[account]! : next[before]!;
    previous[lot] = before;
    next[lot] = after;
    if (before === NONE) head[account] = lot; else next[before] = lot;
    if (after === NONE) tail[account] = lot; else previous[after] = lot;
  };
  const unlink = (account: number, lot: number): void => {
    const [before, after] = [previous[lot]!, next[lot]!];
    if (before === NONE) head[account] = after; else next[before] = after;
    if (after === NONE) tail[account] = before; else previous[after] = before;
  };
  const take = (account: number, lot: number, most: Points): Points => {
    const taken = Math.min(remaining[lot]!, most);
    if (taken <= 0) return 0;
    remaining[lot]! -= taken;
    if (waits[lot]! > 0) pending[account]! -= taken; else available[account]! -= taken;
    if (remaining[lot] === 0) unlink(account, lot);
    return taken;
  };
  /** From usable lots, what ends first going first. Answers what was taken. */
  const takeUsable = (account: number, most: Points, drawn: Drawn | null): Points => {
    let left = most;
    for (let lot = head[account]!; lot !== NONE && left > 0;) {
      const after = next[lot]!;
      if (waits[lot] === 0) {
        const taken = take(account, lot, left);
        drawn?.lots.push(lot);
        drawn?.points.push(taken);
        left -= taken;
      }
      lot = after;
    }
    return most - left;
  };
  const repay = (account: number, lot: number): void => {
    if (debt[account]! > 0) debt[account]! -= take(account, lot, debt[account]!);
  };
  const expire = (account: number, lot: number, at: Instant): void => {
    const gone = take(account, lot, remaining[lot]!);
    if (gone === 0) return;
    expired[lot]! += gone;
    onMove(MOVED.expired, account, gone, at);
  };
  const dueOf = (lot: number): Instant => (waits[lot]! > 0 ? Math.min(waits[lot]!, endsAt[lot]!) : endsAt[lot]!);
  /** Of the lots that become usable by then, and before they end, the first; of one instant the oldest. */
  const ripe = (account: number, at: Instant): number => {
    let first = NONE;
    for (let lot = head[account]!; lot !== NONE; lot = next[lot]!) {
      const wait = waits[lot]!;
      if (wait > 0 && wait <= at && wait <= endsAt[lot]! && (first === NONE || wait < waits[first]! || (wait === waits[first] && lot < first))) first = lot;
    }
    return first;
  };
  const fallDue = (account: number, at: Instant): void => {
    for (let lot = ripe(account, at); lot !== NONE; lot = ripe(account, at)) {
      waits[lot] = 0;
      pending[account]! -= remaining[lot]!;
      available[account]! += remaining[lot]!;
      repay(account, lot);
    }
    while (head[account] !== NONE && endsAt[head[account]!]! <= at) expire(account, head[account]!, at);
    let soonest = Infinity;
    for (let lot = head[account]!; lot !== NONE; lot = next[lot]!) soonest = Math.min(soonest, dueOf(lot));
    due[account] = soonest;
  };
  const settle = (account: number, now: Instant): void => {
    while (due[account]! <= now) fallDue(account, due[account]!);
  };
  const giveBack = (account: number, drawn: Drawn, now: Instant): void => {
    drawn.lots.forEach((lot, i) => {
      if (remaining[lot] === 0) link(account, lot);
      remaining[lot]! += drawn.points[i]!;
      if (waits[lot]! > 0) pending[account]! += drawn.points[i]!; else available[account]! += drawn.points[i]!;
      due[account] = Math.min(due[account]!, dueOf(lot));
    });
    // What was due before was booked before: only what came back can be over, and it ends now.
    if (due[account]! <= now) fallDue(account, now);
    if (debt[account] === 0) return;
    // Into the debt goes only what came back, what ends first going first.
    const back = [...new Set(drawn.lots)].filter((lot) => remaining[lot]! > 0 && waits[lot] === 0).sort((a, b) => endsAt[a]! - endsAt[b]! || a - b);
    for (const lot of back) repay(account, lot);
  };

  const open = (account: number, given: Points, waitsUntil: Instant, ends: Instant): number => {
    if (count === capacity) grow();
    const lot = count;
    count += 1;
    points[lot] = remaining[lot] = given;
    expired[lot] = 0;
    owner[lot] = account;
    endsAt[lot] = ends;
    waits[lot] = waitsUntil;
    link(account, lot);
    if (waitsUntil > 0) pending[account]! += given; else available[account]! += given;
    return lot;
  };

  return {
    available, pending, held, debt, due, settle,
    /** Number of the next lot. */
    lotCount: (): number => count,
    /** Opens a lot: `earned`, or given by hand. Points repay a debt first; what is over already expires at once. */
    credit(account: number, given: Points, usableAt: Instant, ends: Instant, kind: number, now: Instant): void {
      const lot = open(account, given, usableAt > now ? usableAt : 0, ends);
      onMove(kind, account, given, now);
      const dueAt = dueOf(lot);
      if (dueAt < due[account]!) due[account] = dueAt;
      if (ends <= now) expire(account, lot, now);
      else if (waits[lot] === 0) repay(account, lot);
    },
    /** Points that are there at once and for good, and owed at once as far as the policy allows. */
    advance(account: number, missing: Points, policy: LotPolicy, now: Instant): void {
      open(account, missing, 0, Infinity);
      const owed = Math.min(missing, Math.max(policy.debtLimit, debt[account]!) - debt[account]!);
      debt[account]! += owed;
      if (owed < missing) onMove(MOVED.given, account, missing - owed, now);
    },
    /** False, and nothing changes, when the usable points do not cover it. */
    spend(account: number, wanted: Points, kind: number, now: Instant): boolean {
      if (available[account]! < wanted) return false;
      takeUsable(account, wanted, null);
      onMove(kind, account, wanted, now);
      return true;
    },
    reserve(account: number, wanted: Points): Drawn | null {
      if (available[account]! < wanted) return null;
      const drawn: Drawn = { lots: [], points: [] };
      takeUsable(account, wanted, drawn);
      held[account]! += wanted;
      return drawn;
    },
    capture(account: number, wanted: Points, now: Instant): void {
      held[account]! -= wanted;
      onMove(MOVED.spent, account, wanted, now);
    },
    release(account: number, drawn: Drawn, wanted: Points, now: Instant): void {
      held[account]! -= wanted;
      giveBack(account, drawn, now);
    },
    refund(account: number, drawn: Drawn, now: Instant): void {
      onMove(MOVED.refunded, account, drawn.points.reduce((sum, one) => sum + one, 0), now);
      giveBack(account, drawn, now);
    },
    /** Takes points of a document back; its lots of this account are among `first` … before `last`. Answers what of it had expired already. */
    takeBack(account: number, wanted: Points, first: number, last: number, expiredCounted: Points, policy: LotPolicy, now: Instant): Points {
      let left = wanted;
      let gone = 0;
      for (const waiting of [true, false]) for (let lot = first; lot < last && left > 0; lot += 1) if (owner[lot] === account && waits[lot]! > 0 === waiting) left -= take(account, lot, left);
      for (let lot = first; lot < last; lot += 1) if (owner[lot] === account) gone += expired[lot]!;
      const counted = Math.min(left, Math.max(0, gone - expiredCounted));
      left -= counted;
      if (left > 0 && !policy.sparesOthers) left -= takeUsable(account, left, null);
      const owed = Math.min(left, Math.max(policy.debtLimit, debt[account]!) - debt[account]!);
      const taken = wanted - counted - left + owed;
      debt[account]! += owed;
      if (taken > 0) onMove(MOVED.returned, account, taken, now);
      return counted;
    },
    /** The account's lots that hold points, as [points, remaining, ends at], what ends first going first; for tests. */
    lotsOf(account: number): (readonly [number, number, number])[] {
      const list: (readonly [number, number, number])[] = [];
      for (let lot = head[account]!; lot !== NONE; lot = next[lot]!) list.push([points[lot]!, remaining[lot]!, endsAt[lot]!]);
      return list;
    },
    /** As new: for the next member, where each is replayed by themselves. */
    clear(): void {
      count = 0;
      for (const one of [available, pending, held, debt]) one.fill(0);
      due.fill(Infinity);
      head.fill(NONE);
      tail.fill(NONE);
    },
  };
}
