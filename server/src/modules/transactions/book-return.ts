import { localDate } from '@wracam/engine/calendar';
import type { Frozen } from '@wracam/engine/frozen';
import { credit, refund, sliceDraws, takeBack } from '@wracam/engine/ledger/moves';
import { roundDown } from '@wracam/engine/points';
import { applyReturn, keptPoints, paidWithPointsKept, type RemainingLine, type ReturnedLine } from '@wracam/engine/returns';
import type { Origin } from '@wracam/engine/ledger/book';
import { accountOf, type StoredAccount } from '../ledger/index.ts';
import type { Wallet } from '../programs/index.ts';
import { countDay, dayOf } from '../tiers/index.ts';
import { isPurchase, returnedDay } from './activity.ts';
import { meetDemands, shortOf } from './asked-again.ts';
import { termsOf, useCaps } from './book-sale.ts';
import { countInCircles } from './circle-caps.ts';
import { correctedReturn, firstReturn, giveBackTaken, lotsGivenBack, newTerms, packedFrom, returnAnew } from './correct-return.ts';
import { isNobodys, type ReturnEffect } from './decision.ts';
import { refKey, saleDocument, sumOf, type NewDocument } from './document.ts';
import { changeGrants } from './grants.ts';
import { linesOfTotal } from './lines-of-total.ts';
import { remainingNow } from './remaining.ts';
import { bookingDay, type SaleRecord, type Workspace } from './workspace.ts';

/** What of each sale a return (or the old side of a correction) gives back, by the sale's key. */
export function returnedBySale(document: NewDocument): Map<string, ReturnedLine[]> {
  const bySale = new Map<string, ReturnedLine[]>();
  if (document.kind === 'correction') return document.of ? bySale.set(refKey(document.of), []) : bySale;
  for (const line of document.lines) {
    const ref = line.of ?? document.of;
    if (!ref) continue;
    const lineId = line.of?.lineId ?? line.lineId;
    bySale.set(refKey(ref), [...(bySale.get(refKey(ref)) ?? []), { lineId, quantity: line.quantity === 0 ? null : line.quantity, amountMinor: line.amountMinor }]);
  }
  if (document.lines.length === 0 && document.of) bySale.set(refKey(document.of), []);
  return bySale;
}

/** The whole of what is left: a correction takes the old document back in full, and what is worth nothing has no parts. */
const allOf = (remaining: readonly RemainingLine[]): ReturnedLine[] => remaining.map(({ lineId }) => ({ lineId, quantity: null, amountMinor: null }));

/** Lines that a return takes off a sale of which `before` is left, whether it names them or only a total. */
export const linesReturned = (document: NewDocument, before: readonly RemainingLine[], asked: readonly ReturnedLine[]): readonly ReturnedLine[] =>
  (asked.length > 0 ? asked : document.kind === 'correction' || sumOf(before) === 0 ? allOf(before) : linesOfTotal(before, document.totalMinor));

/**
 * Takes lines of a return off one sale and moves what is booked to what the rest would have earned by the sale's own rules and facts.
 * The effect is kept with the pair of documents, so later returns start from it.
 */
export function applyToSale(work: Workspace, sale: SaleRecord, document: NewDocument, returnId: number, asked: readonly ReturnedLine[]): ReturnEffect {
  const engineSale = saleDocument(sale.row.document);
  const before = remainingNow(sale);
  const corrected = correctedReturn(work, document);
  const corrects = corrected && firstReturn(sale, corrected.id);
  const anew = corrected && corrects !== null ? returnAnew(sale, corrects, before, corrected.document, document) : null;
  const applied = applyReturn(engineSale, anew?.before ?? before, anew?.asked ?? linesReturned(document, before, asked));
  const { remaining, met } = anew === null || anew.isReplaced ? { remaining: applied.remaining, met: [] } : meetDemands(sale, corrects!, applied, anew.passed);
  const short = anew?.short ?? shortOf(document, applied.taken);
  const came: ReturnEffect = {
    taken: anew ? lessOf(before, remaining) : applied.taken.filter((line) => line.quantity > 0 || line.amountMinor > 0), excess: applied.excess.filter((line) => line.quantity > 0 || line.amountMinor > 0),
    ...(corrects === null ? {} : { corrects, said: document.totalMinor }), ...(short > 0 ? { short } : {}), ...(met.length > 0 ? { met } : {}), ...(document.kind === 'correction' && corrected === null ? { replaces: true } : {}),
    ...(sale.row.memberId === null || sale.row.state === 'unclaimed' ? { wallets: [], refunded: [], freed: [] } : movePoints(work, sale, returnId, before, remaining, corrects !== null)),
  };
  const others = sale.returns.filter((one) => one.returnId !== returnId);
  const earlier = others.filter((one) => one.applied);
  const effect: ReturnEffect = earlier.some((one) => one.returnId > returnId) ? { ...came, turn: earlier.length } : came;
  sale.returns = [...others, { returnId, applied: true, effect }];
  work.returns.set(`${sale.row.id}:${returnId}`, { saleId: sale.row.id, returnId, effect });
  if (sale.row.memberId === null || isNobodys(sale.row.document.kind, sale.row.decision)) return effect;
  if (isPurchase(sale.row.document.kind)) uncount(work, sale, sumOf(effect.taken), before, remaining);
  if (work.standings) {
    const { timeZone } = work.tx.program;
    countDay(work.standings, sale.row.memberId, returnedDay(dayOf(timeZone, sale.row.document.occurredAt), sale.row.document.kind, effect, salesGone(sumOf(effect.taken), before, remaining)), bookingDay(work));
  }
  return effect;
}

/** By line, what there is less of than before; below zero: more. */
function lessOf(before: readonly RemainingLine[], after: readonly RemainingLine[]): RemainingLine[] {
  const left = new Map(after.map((line) => [line.lineId, line]));
  return before.map(({ lineId, quantity, amountMinor }) => ({ lineId, quantity: quantity - (left.get(lineId)?.quantity ?? 0), amountMinor: amountMinor - (left.get(lineId)?.amountMinor ?? 0) })).filter((line) => line.quantity !== 0 || line.amountMinor !== 0);
}

/** 1: the last of a sale went back, so it is none any more; -1: it is one again. */
const salesGone = (takenMinor: number, before: readonly RemainingLine[], after: readonly RemainingLine[]): 1 | 0 | -1 =>
  (takenMinor > 0 && sumOf(after) === 0 ? 1 : takenMinor < 0 && sumOf(before) === 0 ? -1 : 0);

function uncount(work: Workspace, sale: SaleRecord, takenMinor: number, before: readonly RemainingLine[], after: readonly RemainingLine[]): void {
  const member = work.set.members.get(sale.row.memberId!)!;
  member.spentMinor -= takenMinor;
  member.salesCount = Math.max(0, member.salesCount - salesGone(takenMinor, before, after));
  member.changed = true;
}

/** Points of the sale that are booked now, by wallet. */
function bookedNow(sale: SaleRecord, walletNo: number): number {
  const earned = (sale.row.decision?.awards ?? []).filter((award) => award.walletNo === walletNo).reduce((sum, award) => sum + award.points, 0);
  return earned - sale.returns.flatMap((one) => one.effect?.wallets ?? []).filter((one) => one.walletNo === walletNo).reduce((sum, one) => sum + one.moved, 0);
}

function movePoints(work: Workspace, sale: SaleRecord, returnId: number, before: readonly RemainingLine[], after: readonly RemainingLine[], corrects: boolean): Pick<ReturnEffect, 'wallets' | 'refunded' | 'freed'> {
  const { row } = sale;
  const refunded = refundPaid(work, sale, returnId, after, corrects);
  if (row.rulesetNo === null || row.frozen === null) return { wallets: [], refunded, freed: [] };
  const ruleset = work.rulesets.byNo(row.rulesetNo);
  const engineSale = saleDocument(row.document);
  const kept = keptPoints(ruleset, engineSale, row.frozen as Frozen, after);
  const wallets = kept.wallets.flatMap(({ walletNo, kept: target }) => {
    const moved = bookedNow(sale, walletNo) - target;
    if (moved === 0) return [];
    const wallet = work.rulesets.wallets.find((one) => one.no === walletNo)!;
    const account = accountOf(work.set, row.memberId!, wallet);
    const origin = { kind: 'transaction', id: returnId } as const;
    if (moved < 0) {
      const terms = termsOf(work.tx.program.timeZone, row.decision!.awards.find((award) => award.walletNo === walletNo)!);
      if (corrects) return [giveBackTaken(work, account, wallet, sale, -moved, terms, returnId)];
      credit(work.set.book, account, -moved, terms, { kind: 'earn', origin, rulesetNo: row.rulesetNo });
      return [{ walletNo, moved, owed: 0, expired: 0, forgiven: 0 }];
    }
    const expiredCounted = sale.returns.flatMap((one) => one.effect?.wallets ?? []).filter((one) => one.walletNo === walletNo).reduce((sum, one) => sum + one.expired, 0);
    const taken = takeBack(work.set.book, account, moved, { originId: row.id, expiredCounted, sparesOthers: wallet.debtPolicy === 'nextEarnings', also: lotsGivenBack(sale, account) }, origin, row.rulesetNo);
    return [{ walletNo, moved, owed: taken.owed, expired: taken.expired, forgiven: taken.forgiven, from: packedFrom(taken.from) }];
  });
  const was = keptPoints(ruleset, engineSale, row.frozen as Frozen, before);
  const keptBefore = new Map([...was.awards, ...was.grants].map((one) => [one.ruleId, one.kept]));
  const freed = [...kept.awards, ...kept.grants].map((one) => ({ ruleId: one.ruleId, points: (keptBefore.get(one.ruleId) ?? one.booked) - one.kept })).filter((one) => one.points !== 0);
  changeGrants(work, ruleset, row, kept.grants, keptBefore);
  const date = localDate(work.tx.program.timeZone, row.document.occurredAt);
  const back = freed.map(({ ruleId, points }) => ({ ruleId, points: -points }));
  useCaps(work, ruleset, row.memberId!, date, back);
  countInCircles(work, ruleset, row.decision?.circles ?? null, date, back, false);
  return { wallets, refunded, freed };
}

/** Points that paid for what came back return to the lots they came from; parts add up to the whole whatever their order. */
function refundPaid(work: Workspace, sale: SaleRecord, returnId: number, after: readonly RemainingLine[], corrects: boolean): { walletNo: number; points: number }[] {
  const engineSale = saleDocument(sale.row.document);
  const paidMinor = engineSale.paidWithPointsMinor;
  if (paidMinor === 0) return [];
  const backMinor = paidMinor - paidWithPointsKept(engineSale, after);
  return (sale.row.decision?.spent ?? []).flatMap((spent, at) => {
    const refunds = sale.returns.flatMap((one) => one.effect?.refunded.filter((_, index) => index === at) ?? []);
    const earlier = refunds.reduce((sum, one) => sum + one.points, 0);
    const points = roundDown(spent.points, backMinor, paidMinor) - earlier;
    const wallet = work.rulesets.wallets.find((one) => one.no === spent.walletNo)!;
    const account = accountOf(work.set, sale.row.memberId!, wallet);
    const origin = { kind: 'transaction', id: returnId } as const;
    if (points < 0) return [{ walletNo: spent.walletNo, points: corrects ? -payAgain(work, account, wallet, -points, origin) : 0 }];
    // Draws come back once: what was paid again after that was paid with other points.
    const drawn = refundedMost(refunds);
    const again = Math.min(points, drawn - earlier);
    if (again > 0) credit(work.set.book, account, again, newTerms(work, wallet), { kind: 'earn', origin, rulesetNo: sale.row.rulesetNo });
    if (points > again) refund(work.set.book, account, sliceDraws(spent.draws, drawn, points - again), origin);
    return [{ walletNo: spent.walletNo, points }];
  });
}

/** The most that refunds had given back at once. */
function refundedMost(refunds: readonly { readonly points: number }[]): number {
  let [now, most] = [0, 0];
  for (const { points } of refunds) most = Math.max(most, now += points);
  return most;
}

/** Goods did not come back after all: what had paid for them pays again, as far as the wallet may owe. Points that were paid. */
function payAgain(work: Workspace, account: StoredAccount, wallet: Wallet, points: number, origin: Origin): number {
  return takeBack(work.set.book, account, points, { originId: -1, expiredCounted: 0, sparesOthers: wallet.debtPolicy === 'nextEarnings' }, origin, null).points;
}
