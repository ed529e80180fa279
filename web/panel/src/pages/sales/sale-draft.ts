import type { PreviewInput, TransactionInput } from '../../api/shapes.ts';

/** Where sales typed in the panel come from; with the receipt's number it makes the document unique. */
export const PANEL_SOURCE = 'panel';

export type DraftLine = { key: number; name: string; category: string; quantity: number | null; amountMinor: number | null };

/** What the person at the counter has typed so far. */
export type SaleDraft = {
  memberId: string | null;
  mode: 'total' | 'lines';
  totalMinor: number | null;
  lines: readonly DraftLine[];
  receipt: string;
  store: string;
  /** The part of the total paid with points, in minor units, and the points it costs; both or none. */
  paidMinor: number | null;
  paidPoints: number | null;
  /** Local time as the browser's field writes it; empty means now. */
  occurredAt: string;
};

export const emptyLine = (key: number): DraftLine => ({ key, name: '', category: '', quantity: 1000, amountMinor: null });
export const emptyDraft: SaleDraft = { memberId: null, mode: 'total', totalMinor: null, lines: [emptyLine(0)], receipt: '', store: '', paidMinor: null, paidPoints: null, occurredAt: '' };

const filled = (draft: SaleDraft) => draft.lines.filter((line) => line.amountMinor !== null && line.amountMinor > 0);

/** The amount of the draft in minor units; null until there is one above zero. */
export function draftTotal(draft: SaleDraft): number | null {
  const total = draft.mode === 'total' ? draft.totalMinor ?? 0 : filled(draft).reduce((sum, line) => sum + (line.amountMinor ?? 0), 0);
  return total > 0 ? total : null;
}

/** Which half of a payment with points is missing: without both of them it would be left out in silence. */
export function missingOfPayment({ memberId, paidMinor, paidPoints }: SaleDraft): 'amount' | 'points' | null {
  if (memberId === null || !paidMinor === !paidPoints) return null;
  return paidMinor ? 'points' : 'amount';
}

/** The document of a draft as the API takes it; null until there is an amount. `now` is the program's time in milliseconds UTC. */
export function saleDocument(draft: SaleDraft, currency: string, now: number): PreviewInput | null {
  const totalMinor = draftTotal(draft);
  if (totalMinor === null) return null;
  const lines = filled(draft).map((line, at) => ({
    lineId: String(at + 1),
    amountMinor: line.amountMinor ?? 0,
    quantity: (line.quantity || 1000) / 1000,
    ...(line.name.trim() && { name: line.name.trim() }),
    ...(line.category.trim() && { category: line.category.trim() }),
  }));
  return {
    kind: 'sale',
    occurredAt: new Date(draft.occurredAt === '' ? now : Date.parse(draft.occurredAt)).toISOString(),
    totalMinor,
    currency,
    ...(draft.memberId !== null && { member: { id: draft.memberId } }),
    ...(draft.mode === 'lines' && { lines }),
    ...(draft.paidMinor && draft.paidPoints && draft.memberId !== null && { payments: [{ kind: 'points' as const, amountMinor: draft.paidMinor, points: draft.paidPoints }] }),
    ...(draft.store.trim() && { store: draft.store.trim() }),
  };
}

/** The same with a name of its own: the receipt's number, or `key` when there is none. */
export const namedSale = (document: PreviewInput, draft: SaleDraft, key: string): TransactionInput => ({
  ...document, source: PANEL_SOURCE, externalId: draft.receipt.trim() || key,
});
