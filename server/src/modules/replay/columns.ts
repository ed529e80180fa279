import type { Instant } from '@wracam/engine/calendar';
import { dayNumberOf } from '@wracam/engine/calendar';
import { growingColumn, push } from '@wracam/engine/replay/column';
import type { Handle, HoldHandle } from '@wracam/engine/replay/open-history';
import { openHistory } from '@wracam/engine/replay/open-history';
import type { History } from '@wracam/engine/replay/history';
import { NO_DAY } from '@wracam/engine/replay/kernel';
import { isOfGoal, isOfRepair } from '../ledger/index.ts';
import { linesReturned, refKey, refsOf, returnedBySale, saleDocument, type BookedAward, type DocumentRow, type MemoryMember } from '../transactions/index.ts';
import type { PastStep } from './past-steps.ts';

/** What a document was given when it was booked, for holding what is decided again to it: six numbers an award. */
export type StoredAwards = { readonly id: number; readonly from: number; readonly to: number };
export const AWARD_WIDTH = 6;
const numbersOf = ({ walletNo, ruleId, version, points, expiresOn, pendingUntil }: BookedAward): readonly number[] =>
  [walletNo, ruleId, version, points, expiresOn === null ? NO_DAY : dayNumberOf(expiresOn), pendingUntil === null ? NO_DAY : dayNumberOf(pendingUntil)];

export type Columns = ReturnType<typeof openColumns>;

const originKey = (walletNo: number, origin: { kind: string; id: number | null }): string => `${walletNo}:${origin.kind}:${origin.id}`;

/**
 * Writes a program's history into columns, in the order of booking. Whoever did something that columns have no words for is left out and
 * goes the general way with all of their history, as does whoever changed in what rules ask for: corrections, payments with points, returns before their sale, reversals, repairs.
 */
export function openColumns(timeZone: string, members: readonly MemoryMember[], rulesetNos: readonly number[], referred: ReadonlySet<number>, undone: ReadonlySet<string>) {
  const open = openHistory(timeZone);
  const placeOf = new Map(members.map((one) => [one.id, open.addMember({ ...one, tier: null, company: one.circles?.companyName ?? null })]));
  const leftOut = new Set(members.flatMap((one) => (one.changes.length > 0 ? [one.id] : [])));
  const rulesetAt = new Map(rulesetNos.map((no, at) => [no, at + 1]));
  const sales = new Map<string, Handle & { readonly memberId: number }>();
  /** What something refers to before it is there. */
  const missing = new Set<string>();
  const ownersOf = new Map<number, number[]>();
  /** Returns that something corrects, by key. */
  const corrected = new Map<string, number>();
  /** Documents that wait for something, or whose owner is told by what they correct. */
  const unsettled = new Set<number>();
  const holds = new Map<number, HoldHandle>();
  const holdOfOrigin = new Map<string, HoldHandle>();
  const awards = growingColumn();
  const stored = new Map<number, StoredAwards>();

  const leaveOut = (memberId: number | null): void => { if (memberId !== null) leftOut.add(memberId); };

  const addReturn = ({ id, document }: DocumentRow, at: Instant): void => {
    const asked = returnedBySale(document);
    if (referred.has(id)) corrected.set(refKey(document), id);
    for (const ref of refsOf(document)) {
      const sale = sales.get(refKey(ref));
      if (sale === undefined) { missing.add(refKey(ref)); unsettled.add(id); continue; }
      ownersOf.set(id, [...ownersOf.get(id) ?? [], sale.memberId]);
      const lines = asked.get(refKey(ref));
      if (lines !== undefined) open.addReturn(sale, at, linesReturned(document, sale.remaining, lines));
    }
    if (!missing.has(refKey(document))) return;
    unsettled.add(id);
    for (const owner of ownersOf.get(id) ?? []) leaveOut(owner);
  };

  return {
    leftOut,
    /** Must the general way see a document: it is, or may be, of somebody who was left out. Of anybody else it finds nothing there. */
    isGeneral: (documentId: number, memberId: number | null): boolean =>
      (memberId !== null && leftOut.has(memberId)) || unsettled.has(documentId) || (ownersOf.get(documentId)?.some((owner) => leftOut.has(owner)) ?? false),
    addDocument(row: DocumentRow, at: Instant): void {
      const { document, memberId, rulesetNo } = row;
      if (document.kind === 'return') { addReturn(row, at); return; }
      if (document.kind === 'correction') {
        leaveOut(memberId);
        unsettled.add(row.id);
        for (const ref of refsOf(document)) {
          const sale = sales.get(refKey(ref));
          if (sale === undefined) missing.add(refKey(ref)); else leaveOut(sale.memberId);
          for (const owner of ownersOf.get(corrected.get(refKey(ref)) ?? -1) ?? []) leaveOut(owner);
        }
        return;
      }
      const place = memberId === null ? undefined : placeOf.get(memberId);
      if (memberId === null || place === undefined) return;
      if (document.payments.some((one) => one.kind === 'points') || missing.has(refKey(document))) leaveOut(memberId);
      const from = awards.length;
      for (const award of row.decision?.awards ?? []) for (const number of numbersOf(award)) push(awards, number);
      if (rulesetNo !== null) stored.set(open.stepCount(), { id: row.id, from, to: awards.length });
      const handle = open.addDocument(place, at, saleDocument(document), rulesetNo === null ? 0 : rulesetAt.get(rulesetNo) ?? 0, referred.has(row.id));
      if (referred.has(row.id)) sales.set(refKey(document), Object.assign(handle, { memberId }));
    },
    addStep(step: PastStep): void {
      const { memberId, walletNo } = step.kind === 'move' ? step.movement : step.hold;
      const place = placeOf.get(memberId);
      if (place === undefined) return;
      if (step.kind === 'hold') {
        const { hold } = step;
        const handle = open.addHold(place, step.at, walletNo, hold.points);
        holds.set(hold.id, handle);
        const key = originKey(walletNo, hold.origin);
        // Which of two reservations of one order is paid back is told by what succeeded before.
        if (holdOfOrigin.has(key)) leaveOut(memberId);
        holdOfOrigin.set(key, handle);
      } else if (step.kind === 'end') {
        const handle = holds.get(step.hold.id);
        if (handle === undefined) return;
        if (step.hold.captured) open.addCapture(handle, step.at); else open.addRelease(handle, step.at);
      } else {
        const { movement } = step;
        const { points, incoming, kind, seq, usableAt, expiresAt } = movement;
        if (movement.reversesSeq !== null || undone.has(`${memberId}:${walletNo}:${seq}`) || isOfRepair(movement) || (isOfGoal(movement) && !incoming)) leaveOut(memberId);
        if (kind === 'refund') {
          const handle = holdOfOrigin.get(originKey(walletNo, movement.origin));
          if (handle !== undefined) open.addRefund(handle, step.at, points);
        } else if (incoming) open.addGiven(place, step.at, { walletNo, points, usableAt, expiresAt });
        else if (kind === 'spend') open.addSpend(place, step.at, walletNo, points);
        else open.addTaken(place, step.at, walletNo, points);
      }
    },
    /** The history of all who were not left out. */
    close: (): { history: History; stored: ReadonlyMap<number, StoredAwards>; awards: typeof awards.data } =>
      ({ history: open.close(new Set([...leftOut].flatMap((id) => placeOf.get(id) ?? []))), stored, awards: awards.data }),
  };
}
