import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expiringOf, newAccount, openBook, sumDraws, SOONEST_MAX, type Account, type Book, type Draw, type Lot, type Transfer } from './book.ts';
import { accountDifferences, sumTransfers } from './check.ts';
import { capture, credit, refund, release, reserve, reverseAdjustment, settle, sliceDraws, spend, takeBack } from './moves.ts';

const SALE = { kind: 'transaction', id: 1 } as const;
const HAND = { kind: 'adjustment', id: null } as const;
const LIMIT = 50;

/** One account that lives through time, with what a caller has to remember of its holds, sales and adjustments. */
type World = {
  now: number; account: Account; transfers: Transfer[]; readLots: boolean;
  holds: Draw[][]; captured: { draws: readonly Draw[]; refunded: number }[]; sales: { id: number; left: number; expired: number }[]; adjustments: Transfer[];
};
const newWorld = (): World => ({ now: 0, account: newAccount(1, 1, LIMIT), transfers: [], readLots: true, holds: [], captured: [], sales: [], adjustments: [] });

/** Runs a piece of work the way a caller does: settle first, then decide. */
function work(world: World, act: (book: Book, account: Account) => void): void {
  const book = openBook(world.now);
  settle(book, world.account);
  act(book, world.account);
  world.transfers.push(...book.transfers);
}

const points = fc.integer({ min: 1, max: 120 });
const pick = fc.nat({ max: 9 });
const days = fc.option(fc.integer({ min: 0, max: 12 }), { nil: null });
type Step = (world: World) => void;
const at = <T>(list: readonly T[], place: number): T | undefined => (list.length === 0 ? undefined : list[place % list.length]);

const earn = fc.record({ points, usableIn: days, expiresIn: days, blind: fc.boolean() }).map(({ points, usableIn, expiresIn, blind }): Step => (world) => work(world, (book, account) => {
  const id = world.sales.length + 1;
  // A till that only earns reads no lots; that is allowed when nothing is due.
  account.lotsRead = !blind;
  credit(book, account, points, { usableAt: usableIn === null ? null : world.now + usableIn, expiresAt: expiresIn === null ? null : world.now + expiresIn }, { kind: 'earn', origin: { kind: 'transaction', id } });
  account.lotsRead = true;
  world.sales.push({ id, left: points, expired: 0 });
}));
const pay = points.map((points): Step => (world) => work(world, (book, account) => {
  const { available } = account;
  expect(spend(book, account, points, { kind: 'spend', origin: SALE }) !== null).toBe(available >= points);
}));
const hold = points.map((points): Step => (world) => work(world, (_book, account) => {
  const draws = reserve(account, points);
  if (draws) world.holds.push(draws);
}));
const end = fc.record({ pick, kept: fc.boolean() }).map(({ pick, kept }): Step => (world) => work(world, (book, account) => {
  const draws = at(world.holds, pick);
  if (!draws) return;
  world.holds.splice(world.holds.indexOf(draws), 1);
  if (kept) world.captured.push({ draws: capture(book, account, draws, SALE).draws!, refunded: 0 });
  else release(book, account, draws);
}));
const giveBackSome = fc.record({ pick, points }).map(({ pick, points }): Step => (world) => work(world, (book, account) => {
  const spent = at(world.captured, pick);
  if (!spent) return;
  const part = sliceDraws(spent.draws, spent.refunded, points);
  if (part.length === 0) return;
  spent.refunded += refund(book, account, part, SALE).points;
}));
const returnGoods = fc.record({ pick, points }).map(({ pick, points }): Step => (world) => work(world, (book, account) => {
  const sale = at(world.sales, pick);
  const wanted = Math.min(points, sale?.left ?? 0);
  if (!sale || wanted === 0) return;
  const taken = takeBack(book, account, wanted, { originId: sale.id, expiredCounted: sale.expired }, SALE, 1);
  expect(taken.points + taken.expired + taken.forgiven).toBe(wanted);
  sale.left -= wanted;
  sale.expired += taken.expired;
}));
const adjust = fc.integer({ min: -120, max: 120 }).filter((n) => n !== 0).map((n): Step => (world) => work(world, (book, account) => {
  const transfer = n > 0 ? credit(book, account, n, { usableAt: null, expiresAt: null }, { kind: 'adjust', origin: HAND }) : spend(book, account, -n, { kind: 'adjust', origin: HAND });
  if (transfer) world.adjustments.push(transfer);
}));
const reverse = pick.map((pick): Step => (world) => work(world, (book, account) => {
  const transfer = at(world.adjustments, pick);
  if (transfer && reverseAdjustment(book, account, transfer, HAND, '')) world.adjustments.splice(world.adjustments.indexOf(transfer), 1);
}));
const wait = fc.integer({ min: 1, max: 6 }).map((by): Step => (world) => { world.now += by; });
const steps = fc.array(fc.oneof(earn, earn, pay, hold, end, giveBackSome, returnGoods, adjust, reverse, wait), { minLength: 1, maxLength: 60 });

const figures = ({ available, pending, held, debt, seq, soonest }: Account) => ({ available, pending, held, debt, seq, soonest });
const lotsOf = (world: World) => [...world.account.lots.values()];

describe('whatever happens to an account, in any order and at any time', () => {
  it('account, lots and transfers tell the same, nothing is negative or beyond its limit, and nobody owes who has free points', () => {
    fc.assert(fc.property(steps, (list) => {
      const world = newWorld();
      for (const step of list) {
        step(world);
        const { account } = world;
        expect(accountDifferences(account, lotsOf(world), sumTransfers(world.transfers))).toEqual([]);
        for (const value of [account.available, account.pending, account.held, account.debt, account.debtLimit - account.debt]) expect(value).toBeGreaterThanOrEqual(0);
        for (const lot of lotsOf(world)) expect(lot.remaining >= 0 && lot.expired >= 0 && lot.remaining + lot.expired <= lot.points).toBe(true);
        expect(account.debt === 0 || account.available === 0).toBe(true);
        expect(account.held).toBe(world.holds.reduce((sum, draws) => sum + sumDraws(draws), 0));
        expect(world.transfers.map((one) => one.seq)).toEqual(world.transfers.map((_, place) => place + 1));
      }
    }), { numRuns: 1000 });
  });

  it('each transfer draws exactly its points from lots, or owes the rest', () => {
    fc.assert(fc.property(steps, (list) => {
      const world = newWorld();
      for (const step of list) step(world);
      for (const transfer of world.transfers) if (transfer.draws !== null) expect(sumDraws(transfer.draws) + transfer.owed).toBe(transfer.points);
    }), { numRuns: 300 });
  });

  it('the summary of the account names the nearest expiry dates exactly', () => {
    fc.assert(fc.property(steps, (list) => {
      const world = newWorld();
      for (const step of list) {
        step(world);
        const told = world.account.soonest;
        const all = expiringOf(lotsOf(world));
        expect(told).toEqual(all.slice(0, told.length));
        expect(told.length === Math.min(SOONEST_MAX, all.length)).toBe(true);
      }
    }), { numRuns: 1000 });
  });

  it('after settling nothing is left that is due, and settling again does nothing', () => {
    fc.assert(fc.property(steps, (list) => {
      const world = newWorld();
      for (const step of list) step(world);
      work(world, () => undefined);
      for (const lot of lotsOf(world)) if (lot.remaining > 0) expect((lot.expiresAt ?? Infinity) > world.now && (!lot.pending || lot.usableAt! > world.now)).toBe(true);
      const before = [figures(world.account), world.transfers.length];
      work(world, () => undefined);
      expect([figures(world.account), world.transfers.length]).toEqual(before);
    }), { numRuns: 500 });
  });

  it('a late job changes no answer: settling at every moment and settling only at the end come to the same', () => {
    fc.assert(fc.property(fc.array(fc.record({ points, usableIn: days, expiresIn: days, after: fc.integer({ min: 0, max: 4 }) }), { maxLength: 12 }), fc.integer({ min: 0, max: 40 }), (earned, end) => {
      const run = (often: boolean) => {
        const world = newWorld();
        world.account.debt = 0;
        for (const one of earned) {
          for (let step = 0; step < one.after; step += 1) { world.now += 1; if (often) work(world, () => undefined); }
          const book = openBook(world.now);
          settle(book, world.account);
          credit(book, world.account, one.points, { usableAt: one.usableIn === null ? null : world.now + one.usableIn, expiresAt: one.expiresIn === null ? null : world.now + one.expiresIn }, { kind: 'earn', origin: SALE });
          world.transfers.push(...book.transfers);
        }
        for (let step = 0; step < end; step += 1) { world.now += 1; if (often) work(world, () => undefined); }
        work(world, () => undefined);
        return figures(world.account);
      };
      const { seq: _a, ...often } = run(true);
      const { seq: _b, ...once } = run(false);
      expect(once).toEqual(often);
    }), { numRuns: 300 });
  });
});

/** An account with lots of these points and expiries. */
function accountWith(...lots: readonly (readonly [points: number, expiresAt: number | null])[]): World {
  const world = newWorld();
  for (const [points, expiresAt] of lots) {
    work(world, (book, account) => credit(book, account, points, { usableAt: null, expiresAt }, { kind: 'earn', origin: { kind: 'transaction', id: world.sales.push({ id: world.sales.length + 1, left: points, expired: 0 }) } }));
  }
  return world;
}
const settleAt = (world: World, now: number) => { world.now = now; work(world, () => undefined); };
const expired = (world: World) => world.transfers.filter((one) => one.kind === 'expire').map((one) => one.points);

describe('expiry', () => {
  it('takes only what is left of the lot: earn 100 until day 1 and 100 until day 2, spend 80, pass day 1: 100 remain', () => {
    const world = accountWith([100, 10], [100, 20]);
    work(world, (book, account) => spend(book, account, 80, { kind: 'spend', origin: SALE }));
    settleAt(world, 10);
    expect(world.account.available).toBe(100);
    expect(expired(world)).toEqual([20]);
  });

  it('books each lot once, however often it is looked at', () => {
    const world = accountWith([30, 5], [40, 6], [50, null]);
    for (const now of [5, 5, 6, 7, 100]) settleAt(world, now);
    expect(expired(world)).toEqual([30, 40]);
    expect(world.account.available).toBe(50);
  });

  it('does not touch points that are held; released after their day they expire in the same commit', () => {
    const world = accountWith([100, 5]);
    let draws: Draw[] | null = null;
    work(world, (_book, account) => { draws = reserve(account, 60); });
    settleAt(world, 9);
    expect([world.account.available, world.account.held, expired(world)]).toEqual([0, 60, [40]]);
    work(world, (book, account) => release(book, account, draws!));
    expect([world.account.available, world.account.held, expired(world)]).toEqual([0, 0, [40, 60]]);
  });

  it('meets points that are refunded into a lot that is over: they come back and go in the same commit', () => {
    const world = accountWith([100, 5]);
    let spent: Transfer | null = null;
    work(world, (book, account) => { spent = spend(book, account, 100, { kind: 'spend', origin: SALE }); });
    world.now = 9;
    work(world, (book, account) => { refund(book, account, spent!.draws!, SALE); });
    expect(world.account.available).toBe(0);
    expect(world.transfers.slice(-2).map((one) => [one.kind, one.points])).toEqual([['refund', 100], ['expire', 100]]);
  });

  it('of points that come after their own day is booked at once, and they repay no debt', () => {
    const world = newWorld();
    world.now = 10;
    work(world, (book, account) => credit(book, account, 70, { usableAt: null, expiresAt: 8 }, { kind: 'earn', origin: SALE }));
    expect([world.account.available, expired(world)]).toEqual([0, [70]]);
  });
});

describe('a return', () => {
  it('takes the sale’s own points first, counts what expired of them, then others, then owes up to the limit', () => {
    const world = accountWith([100, 5], [30, null]);
    work(world, (book, account) => spend(book, account, 60, { kind: 'spend', origin: SALE }));
    settleAt(world, 6);
    work(world, (book, account) => {
      expect(takeBack(book, account, 100, { originId: 1, expiredCounted: 0 }, SALE, 1)).toMatchObject({ points: 60, owed: 30, expired: 40, forgiven: 0, from: [{ points: 30, own: false }] });
    });
    expect([world.account.available, world.account.debt]).toEqual([0, 30]);
  });

  it('takes the sale’s own lots as they were given, in whatever order they were read', () => {
    const taken = (turned: boolean) => {
      const world = accountWith([10, 30], [20, 20]);
      const [first, second] = [...lotsOf(world)].map(({ seq }) => seq);
      if (turned) (world.account as { lots: ReadonlyMap<number, Lot> }).lots = new Map([...world.account.lots].reverse());
      work(world, (book, account) => takeBack(book, account, 12, { originId: -1, expiredCounted: 0, also: [second!, first!] }, SALE, 1));
      return [first, second].map((seq) => world.account.lots.get(seq!)!.remaining);
    };
    expect([taken(false), taken(true)]).toEqual([[0, 18], [0, 18]]);
  });

  it('beyond the debt that the wallet allows is written off', () => {
    const world = accountWith([100, null]);
    work(world, (book, account) => spend(book, account, 100, { kind: 'spend', origin: SALE }));
    work(world, (book, account) => expect(takeBack(book, account, 100, { originId: 1, expiredCounted: 0 }, SALE, 1)).toEqual({ points: 50, owed: 50, expired: 0, forgiven: 50, from: [] }));
  });

  it('leaves a debt that the next points repay before anything else', () => {
    const world = accountWith([100, null]);
    work(world, (book, account) => spend(book, account, 100, { kind: 'spend', origin: SALE }));
    work(world, (book, account) => takeBack(book, account, 40, { originId: 1, expiredCounted: 0 }, SALE, 1));
    work(world, (book, account) => credit(book, account, 100, { usableAt: null, expiresAt: null }, { kind: 'earn', origin: SALE }));
    expect([world.account.available, world.account.debt]).toEqual([60, 0]);
  });
});

describe('the summary of expiry dates, when the lots were not read', () => {
  it('keeps a later date when a nearer lot is used up by a debt at once', () => {
    const world = accountWith([10, 20], [10, 30], [10, 40]);
    for (const lot of lotsOf(world)) { lot.pending = true; }
    Object.assign(world.account, { pending: 30, available: 0, debt: 25, lotsRead: false });
    credit(openBook(0), world.account, 25, { usableAt: null, expiresAt: 10 }, { kind: 'earn', origin: SALE });
    expect(world.account.soonest.map((one) => one.at)).toEqual([20, 30, 40]);
  });
});

it('partial refunds walk through the draws without overlap and add up to the whole', () => {
  fc.assert(fc.property(fc.array(fc.record({ seq: fc.nat(), points }), { maxLength: 6 }), fc.array(points, { maxLength: 12 }), (draws, parts) => {
    let skip = 0;
    const taken = parts.flatMap((part) => { const slice = sliceDraws(draws, skip, part); skip += sumDraws(slice); return slice; });
    expect(sumDraws(taken)).toBe(Math.min(sumDraws(draws), parts.reduce((sum, part) => sum + part, 0)));
    expect(sumDraws([...taken, ...sliceDraws(draws, skip, sumDraws(draws))])).toBe(sumDraws(draws));
  }));
});
