import { endOfLocalDay, localDate } from '@wracam/engine/calendar';
import { expiryDate } from '@wracam/engine/expiry';
import { credit, type Terms } from '@wracam/engine/ledger/moves';
import { linesOf } from '@wracam/engine/facts';
import { prorate, roundDown } from '@wracam/engine/points';
import type { RemainingLine, ReturnedLine } from '@wracam/engine/returns';
import type { StoredAccount } from '../ledger/index.ts';
import type { Wallet } from '../programs/index.ts';
import { demandOf, passOn, standing } from './asked-again.ts';
import type { MetDemand, ReturnEffect, SaleReturn, TakenPart, WalletEffect } from './decision.ts';
import { refKey, saleDocument, sumOf, type NewDocument } from './document.ts';
import { OWN_SOURCE, type DocumentRow } from './store.ts';
import type { SaleRecord, Workspace } from './workspace.ts';

/** The return that a correction names, or the correction of one: booked, or waiting for its sale. Null: it corrects a sale. */
export function correctedReturn(work: Workspace, { kind, of }: NewDocument): DocumentRow | null {
  if (kind !== 'correction' || of === null) return null;
  const key = refKey(of);
  const row = work.sales.get(key)?.row ?? [...work.waiting.values()].find((one) => refKey(one.document) === key);
  return row && isOfReturn(work, row) ? row : null;
}

/** A return, or a correction of one: that says so itself once it is applied, and before what it names does. */
export const isOfReturn = (work: Workspace, { id, document }: DocumentRow): boolean => document.kind === 'return' || (document.kind === 'correction' && ([...work.sales.values()].some(({ returns }) => returns.some((one) => one.returnId === id && one.effect?.corrects !== undefined)) || correctedReturn(work, document) !== null));

/** Sales, and places kept for sales, that a return or a correction of one is about, in the order of their keys. */
export const salesOfReturn = (work: Workspace, { id }: Pick<DocumentRow, 'id'>): SaleRecord[] => [...work.sales.values()].filter(({ row: { document: { kind } }, returns }) =>
  kind !== 'return' && kind !== 'event' && returns.some((one) => one.returnId === id)).sort((a, b) => (refKey(a.row.document) < refKey(b.row.document) ? -1 : 1));

/** Nothing is left to correct: the return, or a sale of it, was undone, or it undoes one itself. */
export const isUndone = ({ state, document }: DocumentRow, behind: readonly SaleRecord[]): boolean => state === 'voided' || document.source === OWN_SOURCE || behind.some(({ row }) => row.state === 'voided');

const NOTHING: ReturnEffect = { taken: [], excess: [], wallets: [], refunded: [], freed: [] };

/** A return is undone while it waits for these sales: it takes nothing of them when they come. */
export function stopWaiting(work: Workspace, returnId: number, { lines }: NewDocument): void {
  for (const { of } of lines) takeNothing(work, work.sales.get(refKey(of!))!, returnId);
}

/** What waited for a document has nothing to do with it any more. */
export function takeNothing(work: Workspace, awaited: SaleRecord, returnId: number): void {
  awaited.returns = awaited.returns.map((one) => (one.returnId === returnId ? { returnId, applied: true, effect: NOTHING } : one));
  work.returns.set(`${awaited.row.id}:${returnId}`, { saleId: awaited.row.id, returnId, effect: NOTHING });
}

/** It waited for this sale when it was undone. A correction that was undone is no such: what it had taken of the sale stays taken. */
export const neverCame = ({ id, state, document }: Pick<DocumentRow, 'id' | 'state' | 'document'>, returns: readonly SaleReturn[]): boolean => document.kind === 'return' && state === 'voided' && !returns.some(({ effect }) => effect?.corrects === id);

/** Is something else in the place of a return by now. */
export const isCorrected = (work: Workspace, returnId: number): boolean => [...work.sales.values()].some(({ returns }) => returns.some((one) => one.effect?.corrects === returnId));

/** The return at the beginning of a row of corrections, as it stands with the sale; null: that knows nothing of it. */
export function firstReturn({ returns }: SaleRecord, returnId: number): number | null {
  const own = returns.find((one) => one.returnId === returnId);
  return own?.effect ? own.effect.corrects ?? returnId : null;
}

/** Documents that gave points back to the sale. */
export const correctionsOf = ({ returns }: SaleRecord): number[] => returns.flatMap(({ returnId, effect }) => (effect?.corrects === undefined ? [] : [returnId]));

/** Lots that these gave it back: they are the sale's own, as those that it gave itself. */
export const lotsGivenBack = ({ returns }: SaleRecord, { walletNo, lots }: StoredAccount): number[] => returns.flatMap(({ returnId, effect }) => (effect?.corrects === undefined ? []
  : effect.wallets.filter((one) => one.walletNo === walletNo).flatMap((one) => one.gave ?? [...lots.values()].filter((lot) => lot.originId === returnId).map((lot) => lot.seq))));

/** What the newest correction of a return said: of two that name the same return the second comes in the place of the first. */
const saidLast = ({ returns }: SaleRecord, first: number): number | undefined => returns.findLast(({ effect }) => effect?.corrects === first)?.effect?.said;

/** The sale as if the return had never been, and the lines that it has instead: those of the correction, or its total as a part of what came back. */
export function returnAnew(sale: SaleRecord, first: number, before: readonly RemainingLine[], corrected: NewDocument, document: NewDocument): { before: RemainingLine[]; asked: ReturnedLine[]; short: number; isReplaced: boolean; passed: MetDemand[] } {
  const held = standing(sale, first);
  // Without the return the correction that stands in the sale's place would have taken this too.
  const isReplaced = sale.returns.some(({ effect }) => effect?.replaces);
  const byLine = new Map(held.map((line) => [line.lineId, line]));
  const bought = new Map(linesOf(saleDocument(sale.row.document)).map((line) => [line.lineId, line]));
  const gone: RemainingLine[] = [];
  const whole = before.map((line) => {
    const back = byLine.get(line.lineId);
    if (!back) return line;
    const left = { lineId: line.lineId, quantity: line.quantity + back.quantity, amountMinor: line.amountMinor + back.amountMinor };
    // What another return took the last piece or the last grosz of went back with that as a whole.
    const { quantity, amountMinor } = bought.get(line.lineId)!;
    if ((quantity === 0 || left.quantity > 0) && (amountMinor === 0 || left.amountMinor > 0)) return left;
    gone.push(back);
    return { lineId: line.lineId, quantity: 0, amountMinor: 0 };
  });
  const anew = isReplaced ? { asked: held, short: 0 } : document.lines.length > 0 ? { asked: linesAnew(sale, corrected, document), short: 0 } : partAnew(demandOf(sale, first), saidLast(sale, first) ?? corrected.totalMinor, document.totalMinor);
  return { before: whole, isReplaced, passed: passOn(sale, first, gone), ...anew };
}

/** A line of a correction that names no line of a sale means what the return's line of that name meant. */
function linesAnew(sale: SaleRecord, corrected: NewDocument, { lines }: NewDocument): ReturnedLine[] {
  const key = refKey(sale.row.document);
  return lines.flatMap(({ lineId, of, quantity, amountMinor }) => {
    const ref = of ?? corrected.lines.find((line) => line.lineId === lineId)?.of ?? null;
    const named = ref ?? (corrected.kind === 'return' ? corrected.of : sale.row.document);
    return named !== null && refKey(named) === key ? [{ lineId: ref?.lineId ?? lineId, quantity: quantity === 0 ? null : quantity, amountMinor }] : [];
  });
}

/** A total in place of another is its part of every line that was asked for, also of what others had taken before. Where nothing was asked for, it says of no line how much it is. */
function partAnew({ lines, short }: ReturnType<typeof demandOf>, wasMinor: number, isMinor: number): { asked: ReturnedLine[]; short: number } {
  const askedMinor = sumOf(lines) + short;
  const part = askedMinor === wasMinor ? isMinor : wasMinor === 0 ? 0 : roundDown(askedMinor, isMinor, wasMinor);
  // What was told as a total has first what there is.
  if (part > 0 && part >= sumOf(lines) && (short > 0 || part === askedMinor)) return { asked: [...lines], short: part - sumOf(lines) };
  if (part === 0 || lines.length === 0) return { asked: [], short: 0 };
  return { asked: prorate(part, lines.map((line) => line.amountMinor)).map((amountMinor, at) => ({ lineId: lines[at]!.lineId, quantity: null, amountMinor })).filter((line) => line.amountMinor > 0), short: 0 };
}

type Part = { readonly what: 'drawn' | 'expired' | 'owed' | 'forgiven'; readonly points: number; readonly terms?: Terms };

/** What returns took of a sale in a wallet and corrections did not give back yet, in the order in which it was taken. */
function takenParts({ returns }: SaleRecord, walletNo: number, terms: Terms): Part[] {
  const taken: Part[] = [];
  for (const { effect } of returns) for (const one of effect?.wallets ?? []) if (one.walletNo === walletNo) {
    if (one.moved > 0) taken.push(...partsOf(one, terms));
    else if (effect?.corrects !== undefined) takeLast(taken, -one.moved);
  }
  return taken;
}

/** Returns of before corrections gave anything back did not keep where they took from: their points come back as those of the sale. */
function partsOf({ moved, owed, expired, forgiven, from }: WalletEffect, terms: Terms): Part[] {
  const lots = from ?? [[moved - owed - expired - forgiven, terms.usableAt, terms.expiresAt, 1] as const];
  const drawn = (own: 0 | 1) => lots.filter((one) => one[3] === own).map(([points, usableAt, expiresAt]): Part => ({ what: 'drawn', points, terms: { usableAt, expiresAt } }));
  return [...drawn(1), { what: 'expired', points: expired }, ...drawn(0), { what: 'owed', points: owed }, { what: 'forgiven', points: forgiven }];
}

/** Takes so many points off the end, the last first. */
function takeLast(parts: Part[], points: number): Part[] {
  const last: Part[] = [];
  for (let left = points; left > 0 && parts.length > 0;) {
    const one = parts.pop()!;
    const some = Math.min(one.points, left);
    left -= some;
    if (some > 0) last.push({ ...one, points: some });
    if (some < one.points) parts.push({ ...one, points: one.points - some });
  }
  return last;
}

/** Of points given at this moment. */
export function newTerms({ set, tx: { program: { timeZone } } }: Workspace, wallet: Wallet): Terms {
  const last = expiryDate(wallet.expiry, localDate(timeZone, set.book.now));
  return { usableAt: null, expiresAt: last === null ? null : endOfLocalDay(timeZone, last) };
}

/**
 * Gives points of a sale back that its returns took, the last taken first: each as it was, good until the same day; what was owed as new points, which
 * repay what is owed still. What had ended, or was written off, was never taken from anybody.
 */
export function giveBackTaken(work: Workspace, account: StoredAccount, wallet: Wallet, sale: SaleRecord, points: number, terms: Terms, returnId: number): WalletEffect {
  const anew = newTerms(work, wallet);
  const parts = takeLast(takenParts(sale, wallet.no, terms), points);
  const as = { kind: 'earn', origin: { kind: 'transaction', id: returnId }, rulesetNo: sale.row.rulesetNo } as const;
  const gave = parts.flatMap((part) => {
    if (part.what === 'drawn') return [credit(work.set.book, account, part.points, wallet.expiry.kind === 'inactivity' ? anew : part.terms!, as).seq];
    return part.what === 'owed' ? [credit(work.set.book, account, part.points, anew, as).seq] : [];
  });
  const sum = (what: Part['what']) => parts.reduce((all, part) => (part.what === what ? all - part.points : all), 0);
  return { walletNo: wallet.no, moved: -points, owed: sum('owed'), expired: sum('expired'), forgiven: sum('forgiven'), gave };
}

/** What a return kept of where it took points from. */
export const packedFrom = (from: readonly (Terms & { readonly points: number; readonly own: boolean })[]): TakenPart[] => from.map(({ points, usableAt, expiresAt, own }) => [points, usableAt, expiresAt, own ? 1 : 0]);
