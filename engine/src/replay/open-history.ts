import { calendarParts, dayNumberOf, type Instant } from '../calendar.ts';
import { LINE_KINDS, linesOf, type Attributes, type Paid, type SaleDocument } from '../facts.ts';
import type { Minor, Points } from '../points.ts';
import { applyReturn, remainderOf, remainingOf, type RemainingLine, type ReturnedLine } from '../returns.ts';
import { spreadPaid } from '../what-earns.ts';
import { closed, codeOf, growingColumn, growingDictionary, push, reordered, type Column, type GrowingColumn } from './column.ts';
import { NO_REF, NO_ROW, STEP, type Given, type History, type MemberShape, type PastMember } from './history.ts';

/** A document that returns refer to. */
export type Handle = { readonly member: number; readonly ref: number; readonly sale: SaleDocument; readonly paid: readonly Minor[]; remaining: readonly RemainingLine[] };
/** A reservation of points: its number among the member's. */
export type HoldHandle = { readonly member: number; readonly ref: number; readonly walletNo: number };

export type OpenHistory = ReturnType<typeof openHistory>;

const columns = <const K extends string>(...names: readonly K[]): Record<K, GrowingColumn> => Object.fromEntries(names.map((name) => [name, growingColumn()])) as Record<K, GrowingColumn>;
const closedAll = <K extends string>(growing: Record<K, GrowingColumn>): Record<K, Column> => Object.fromEntries(Object.entries<GrowingColumn>(growing).map(([name, column]) => [name, closed(column)])) as Record<K, Column>;

/**
 * A history that is still being written. Members first; then steps in the order in which they were booked, whoever's they are: instants
 * never go back. Members are named by their place.
 */
export function openHistory(timeZone: string) {
  const members = columns('joinedDay', 'birth', 'shape');
  const steps = columns('member', 'kind', 'at', 'row', 'ref', 'ruleset', 'wallet', 'points', 'usableAt', 'expiresAt', 'taken', 'whole', 'turn');
  const rows = columns('day', 'minute', 'event', 'total', 'paid', 'store', 'till', 'cashier', 'channel', 'currency', 'payments', 'attributes', 'lines');
  const lines = columns('kind', 'sku', 'name', 'category', 'brand', 'attributes', 'quantity', 'amount', 'discount', 'tax', 'paid');
  const shapes = growingDictionary<MemberShape>({ kind: 'person', tier: null, company: null, groups: [], attributes: {} }, JSON.stringify);
  const events = growingDictionary<string | null>(null);
  const texts = growingDictionary<string | null>(null);
  const payments = growingDictionary<readonly Paid[]>([], JSON.stringify);
  const attributes = growingDictionary<Attributes>({}, JSON.stringify);
  const refs: number[] = [];
  const holds: number[] = [];
  const days = { first: Infinity, last: -Infinity };
  let hasPaid = false;
  let addsUp = true;

  const attributesOf = (own: Attributes): number => {
    for (const _ in own) return codeOf(attributes, own);
    return 0;
  };
  const step = (member: number, kind: number, at: Instant, more: { row?: number; ref?: number; ruleset?: number; wallet?: number; points?: Points; usableAt?: number; expiresAt?: number; taken?: Minor; whole?: boolean }): void => {
    push(steps.turn, steps.kind.length);
    push(steps.member, member);
    push(steps.kind, kind);
    push(steps.at, at);
    push(steps.row, more.row ?? 0);
    push(steps.ref, more.ref ?? NO_REF);
    push(steps.ruleset, more.ruleset ?? 0);
    push(steps.wallet, more.wallet ?? 0);
    push(steps.points, more.points ?? 0);
    push(steps.usableAt, more.usableAt ?? 0);
    push(steps.expiresAt, more.expiresAt ?? 0);
    push(steps.taken, more.taken ?? 0);
    push(steps.whole, more.whole ? 1 : 0);
  };
  const row = (document: SaleDocument, paid: readonly Minor[]): number => {
    const { dayNumber, hour, minute } = calendarParts(timeZone, document.occurredAt);
    days.first = Math.min(days.first, dayNumber);
    days.last = Math.max(days.last, dayNumber);
    push(rows.day, dayNumber);
    push(rows.minute, hour * 60 + minute);
    push(rows.event, codeOf(events, document.event));
    push(rows.total, document.totalMinor);
    push(rows.paid, document.paidWithPointsMinor);
    for (const name of ['store', 'till', 'cashier', 'channel', 'currency'] as const) push(rows[name], codeOf(texts, document[name]));
    push(rows.payments, document.payments.length === 0 ? 0 : codeOf(payments, document.payments.map(({ kind, amountMinor }) => ({ kind, amountMinor }))));
    push(rows.attributes, attributesOf(document.attributes));
    push(rows.lines, lines.kind.length);
    linesOf(document).forEach((line, i) => {
      push(lines.kind, LINE_KINDS.indexOf(line.kind));
      for (const name of ['sku', 'name', 'category', 'brand'] as const) push(lines[name], codeOf(texts, line[name]));
      push(lines.attributes, attributesOf(line.attributes));
      push(lines.quantity, line.quantity);
      push(lines.amount, line.amountMinor);
      push(lines.discount, line.discountMinor);
      push(lines.tax, line.taxRateBps === null ? 0 : line.taxRateBps + 1);
      push(lines.paid, paid[i] ?? 0);
      hasPaid ||= (paid[i] ?? 0) > 0;
    });
    addsUp &&= linesOf(document).reduce((sum, line) => sum + line.amountMinor, 0) === document.totalMinor;
    return rows.day.length - 1;
  };
  const numbered = (counts: number[], member: number): number => {
    const ref = counts[member] ?? 0;
    counts[member] = ref + 1;
    return ref;
  };

  return {
    addMember({ joinedOn, birthMonthDay, kind, tier, company, groups, attributes: own }: PastMember): number {
      push(members.joinedDay, dayNumberOf(joinedOn));
      push(members.birth, birthMonthDay === null ? 0 : Number(birthMonthDay.slice(0, 2)) * 32 + Number(birthMonthDay.slice(3)));
      push(members.shape, codeOf(shapes, { kind, tier, company, groups, attributes: own }));
      return members.shape.length - 1;
    },
    /** A sale, an event, or what a correction made of a sale. `ruleset` counts from 1; 0: no rules decided it. */
    addDocument(member: number, at: Instant, document: SaleDocument, ruleset: number, referred: boolean): Handle {
      const paid = document.paidWithPointsMinor === 0 ? [] : spreadPaid(document);
      const ref = referred ? numbered(refs, member) : NO_REF;
      const at0 = row(document, paid);
      step(member, STEP.document, at, { row: at0, ref, ruleset });
      return { member, ref, sale: document, paid, remaining: referred ? remainingOf(document) : [] };
    },
    /** Takes lines off a document that was added as referred. */
    addReturn(handle: Handle, at: Instant, returned: readonly ReturnedLine[]): void {
      const { remaining, taken } = applyReturn(handle.sale, handle.remaining, returned);
      handle.remaining = remaining;
      const rest = remainderOf(handle.sale, remaining, handle.paid);
      const left = remaining.reduce((sum, one) => sum + one.amountMinor, 0);
      step(handle.member, STEP.return, at, { ref: handle.ref, row: rest === null ? NO_ROW : row(rest.document, rest.paid), taken: handle.sale.event !== null ? 0 : taken.reduce((sum, one) => sum + one.amountMinor, 0), whole: left === 0 });
    },
    addSpend: (member: number, at: Instant, walletNo: number, points: Points): void => step(member, STEP.spend, at, { wallet: walletNo, points }),
    /** By hand, or to another member. */
    addTaken: (member: number, at: Instant, walletNo: number, points: Points): void => step(member, STEP.take, at, { wallet: walletNo, points }),
    addGiven: (member: number, at: Instant, { walletNo, points, usableAt, expiresAt }: Given): void => step(member, STEP.give, at, { wallet: walletNo, points, usableAt: usableAt ?? 0, expiresAt: expiresAt ?? 0 }),
    addHold(member: number, at: Instant, walletNo: number, points: Points): HoldHandle {
      const ref = numbered(holds, member);
      step(member, STEP.hold, at, { ref, wallet: walletNo, points });
      return { member, ref, walletNo };
    },
    addCapture: ({ member, ref, walletNo }: HoldHandle, at: Instant): void => step(member, STEP.capture, at, { ref, wallet: walletNo }),
    addRelease: ({ member, ref, walletNo }: HoldHandle, at: Instant): void => step(member, STEP.release, at, { ref, wallet: walletNo }),
    addRefund: ({ member, ref, walletNo }: HoldHandle, at: Instant, points: Points): void => step(member, STEP.refund, at, { ref, wallet: walletNo, points }),
    /** How many steps there are; the place of the next. */
    stepCount: (): number => steps.kind.length,
    /** The history in columns, without the steps of these members. */
    close(leftOut: ReadonlySet<number> = new Set()): History {
      push(rows.lines, lines.kind.length);
      const count = members.shape.length;
      const { from, order } = byMember(closed(steps.member), count, leftOut);
      const inOrder = <K extends string>(all: Record<K, Column>, by: Uint32Array) => Object.fromEntries(Object.entries<Column>(all).map(([name, column]) => [name, reordered(column, by)])) as Record<K, Column>;
      const orderedSteps = inOrder(closedAll(steps), order);
      // Rows and lines stand in the order in which they are read, too: what is read next is at hand.
      const rowOrder = new Uint32Array(rows.day.length); // longer than needed where somebody is left out
      let next = 0;
      orderedSteps.row = Int32Array.from(orderedSteps.row, (old, at) => {
        const kind = orderedSteps.kind[at]!;
        if ((kind !== STEP.document && kind !== STEP.return) || old === NO_ROW) return NO_ROW;
        rowOrder[next] = old;
        next += 1;
        return next - 1;
      });
      const readRows = rowOrder.subarray(0, next);
      const firstLines = closed(rows.lines);
      const allLines = new Uint32Array(lines.kind.length);
      const linesFrom = new Int32Array(readRows.length + 1);
      let line = 0;
      readRows.forEach((old, at) => {
        for (let i = firstLines[old]!; i < firstLines[old + 1]!; i += 1) { allLines[line] = i; line += 1; }
        linesFrom[at + 1] = line;
      });
      const { lines: _, ...rowColumns } = closedAll(rows);
      return {
        timeZone, members: { count, ...closedAll(members) }, from, steps: { count: order.length, ...orderedSteps }, rows: { count: next, ...inOrder(rowColumns, readRows), lines: linesFrom }, lines: { count: line, ...inOrder(closedAll(lines), allLines.subarray(0, line)) },
        words: { shapes, events, texts, payments, attributes, kinds: LINE_KINDS },
        firstDay: Number.isFinite(days.first) ? days.first : 0, lastDay: Number.isFinite(days.last) ? days.last : 0, hasPaid, addsUp, refsMost: refs.reduce((most, one) => Math.max(most, one ?? 0), 0),
      };
    },
  };
}

/** Steps of one member after another; each member's stay in their order. */
function byMember(member: Column, count: number, leftOut: ReadonlySet<number>): { from: Uint32Array; order: Uint32Array } {
  const from = new Uint32Array(count + 1);
  const stays = Uint8Array.from({ length: count }, (_, m) => (leftOut.has(m) ? 0 : 1));
  for (let i = 0; i < member.length; i += 1) from[member[i]! + 1]! += stays[member[i]!]!;
  for (let m = 0; m < count; m += 1) from[m + 1]! += from[m]!;
  const next = from.slice();
  const order = new Uint32Array(from[count]!);
  for (let i = 0; i < member.length; i += 1) {
    const m = member[i]!;
    if (stays[m] === 0) continue;
    order[next[m]!] = i;
    next[m]! += 1;
  }
  return { from, order };
}
