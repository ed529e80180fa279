import type { Instant } from '@wracam/engine/calendar';
import { capture, credit, refund, release, reserve, reverseAdjustment, sliceDraws, spend, takeBack, takeOff } from '@wracam/engine/ledger/moves';
import { sumDraws, type Account, type Transfer } from '@wracam/engine/ledger/book';
import { accountOf, isOfGoal, isOfRepair, keepUsed, setNow, type Movement, type PastHold } from '../ledger/index.ts';
import { settleMember } from '../transactions/index.ts';
import { closeHold, makeAffordable, type Side } from './side.ts';

/** What happened beside documents, as steps in time. */
export type PastStep = { readonly at: Instant; readonly order: number } & (
  | { readonly kind: 'hold'; readonly hold: PastHold }
  | { readonly kind: 'end'; readonly hold: PastHold }
  | { readonly kind: 'move'; readonly movement: Movement });

const keyOf = (memberId: number, walletNo: number, seq: number) => `${memberId}:${walletNo}:${seq}`;
const originKey = (kind: string, id: number | null, walletNo: number) => `${kind}:${id}:${walletNo}`;

/** Steps in the order of time; of one instant reservations come before their ends, and both before what moved without them. Holds captured are their own spending. */
export function stepsOf(holds: readonly PastHold[], movements: readonly Movement[]): PastStep[] {
  const captured = new Set(holds.flatMap((hold) => (hold.transferSeq === null ? [] : [keyOf(hold.memberId, hold.walletNo, hold.transferSeq)])));
  const steps: PastStep[] = [
    ...holds.map((hold): PastStep => ({ at: hold.madeAt, order: 0, kind: 'hold', hold })),
    ...holds.flatMap((hold): PastStep[] => (hold.endedAt === null ? [] : [{ at: hold.endedAt, order: 1, kind: 'end', hold }])),
    ...movements.filter((one) => !captured.has(keyOf(one.memberId, one.walletNo, one.seq))).map((movement): PastStep => ({ at: movement.at, order: 2, kind: 'move', movement })),
  ];
  return steps.sort((a, b) => a.at - b.at || a.order - b.order || idOf(a) - idOf(b));
}

const idOf = (step: PastStep) => (step.kind === 'move' ? step.movement.seq : step.hold.id);

/** Transfers that something undoes later: only these are remembered. */
export const undoneLater = (movements: readonly Movement[]): ReadonlySet<string> =>
  new Set(movements.flatMap((one) => (one.reversesSeq === null ? [] : [keyOf(one.memberId, one.walletNo, one.reversesSeq)])));

/** Takes one step on a side. What the member cannot afford under the side's rules does not happen, and counts as a shortfall. */
export function takeStep(side: Side, step: PastStep, undone: ReadonlySet<string>): void {
  const { work } = side;
  const { memberId, walletNo } = step.kind === 'move' ? step.movement : step.hold;
  const wallet = work.rulesets.wallets.find((one) => one.no === walletNo);
  if (!wallet || !work.set.members.has(memberId)) return;
  setNow(work.set, step.at);
  settleMember(work, memberId);
  if (step.kind === 'hold') return makeHold(side, step.hold);
  if (step.kind === 'end') return endHold(side, step.hold);
  move(side, step.movement, undone);
}

const walletOf = (side: Side, walletNo: number) => side.work.rulesets.wallets.find((one) => one.no === walletNo)!;
const walletAccount = (side: Side, memberId: number, walletNo: number) => accountOf(side.work.set, memberId, walletOf(side, walletNo));

function makeHold(side: Side, hold: PastHold): void {
  const account = walletAccount(side, hold.memberId, hold.walletNo);
  makeAffordable(side, account, hold.points);
  const draws = reserve(account, hold.points);
  if (draws === null) { side.shortfalls += 1; return; }
  side.holds.set(hold.id, { memberId: hold.memberId, walletNo: hold.walletNo, draws, open: true, refunded: 0 });
  side.holdOfOrigin.set(originKey(hold.origin.kind, hold.origin.id, hold.walletNo), hold.id);
  side.work.holds.set(hold.id, { id: hold.id, memberId: hold.memberId, walletNo: hold.walletNo, points: hold.points, draws, origin: hold.origin, expiresAt: null, state: 'held' });
}

function endHold(side: Side, hold: PastHold): void {
  const held = side.holds.get(hold.id);
  if (!held?.open) return;
  const account = walletAccount(side, hold.memberId, hold.walletNo);
  if (hold.captured) capture(side.work.set.book, account, held.draws, hold.origin.kind === 'hold' ? { kind: 'hold', id: hold.id } : hold.origin);
  else release(side.work.set.book, account, held.draws);
  if (hold.captured) keepUsed(account, walletOf(side, hold.walletNo).expiry, side.work.tx.program.timeZone, side.work.set.book.now);
  closeHold(side, hold.id);
  if (!hold.captured) side.holds.delete(hold.id);
}

function move(side: Side, movement: Movement, undone: ReadonlySet<string>): void {
  const { book } = side.work.set;
  const { memberId, walletNo, points, origin, seq } = movement;
  // A side that repairs history comes to what earlier repairs booked by itself.
  if (side.repairs && isOfRepair(movement)) return;
  const account = walletAccount(side, memberId, walletNo);
  if (movement.reversesSeq !== null) {
    const first = side.moved.get(keyOf(memberId, walletNo, movement.reversesSeq));
    if (!first || reverseAdjustment(book, account, first, origin, '') === null) side.shortfalls += 1;
    return;
  }
  const held = movement.kind === 'refund' ? side.holds.get(side.holdOfOrigin.get(originKey(origin.kind, origin.id, walletNo)) ?? -1) : undefined;
  if (held) {
    const draws = sliceDraws(held.draws, held.refunded, points);
    held.refunded += sumDraws(draws);
    refund(book, account, draws, origin);
    return;
  }
  // The refund of a reservation that these rules could not make gives nothing back.
  if (movement.kind === 'refund') return;
  if (isOfGoal(movement)) return moveReward(side, account, movement);
  if (!movement.incoming && !isOfRepair(movement)) makeAffordable(side, account, points);
  const done = movement.incoming ? credit(book, account, points, { usableAt: movement.usableAt, expiresAt: movement.expiresAt }, { kind: 'adjust', origin })
    : isOfRepair(movement) ? takeAgain(side, account, movement) : spend(book, account, points, { kind: movement.kind === 'spend' ? 'spend' : 'adjust', origin });
  if (movement.kind === 'move') keepUsed(account, walletOf(side, walletNo).expiry, side.work.tx.program.timeZone, book.now);
  if (done === null) side.shortfalls += 1;
  else if (undone.has(keyOf(memberId, walletNo, seq))) side.moved.set(keyOf(memberId, walletNo, seq), done);
}

/** Points of a goal are taken back as they were live: from the lots that its own grant opened, pending and expired ones among them, then from others. */
function moveReward({ work: { set: { book } }, rewards }: Side, account: Account, { incoming, points, origin, usableAt, expiresAt }: Movement): void {
  const originId = origin.id!;
  const key = `${account.walletNo}:${originId}`;
  const known = rewards.get(key);
  if (incoming) {
    // Given again, and nothing moved in between: what was taken had all expired.
    const expired = [...account.lots.values()].reduce((sum, lot) => (lot.originId === originId ? sum + lot.expired : sum), 0);
    const counted = known?.open ? known.expiredCounted + Math.min(known.points, expired - known.expiredCounted) : known?.expiredCounted ?? 0;
    rewards.set(key, { points, open: true, expiredCounted: counted });
    credit(book, account, points, { usableAt, expiresAt }, { kind: 'adjust', origin });
    return;
  }
  const reward = known ?? { points, open: true, expiredCounted: 0 };
  const taken = takeBack(book, account, reward.points, { originId, expiredCounted: reward.expiredCounted }, origin, null);
  rewards.set(key, { points: reward.points, open: false, expiredCounted: reward.expiredCounted + taken.expired });
}

/** What a repair took, from the same lots where this side has them. */
function takeAgain({ work }: Side, account: Account, { points, origin, owed, draws }: Movement): Transfer | null {
  const own = (draws ?? []).flatMap(({ seq }) => account.lots.get(seq) ?? []);
  const taken = takeOff(work.set.book, account, points, { own, sparesOthers: owed > 0 }, { origin, note: null });
  return taken.drawn ?? taken.owed;
}
