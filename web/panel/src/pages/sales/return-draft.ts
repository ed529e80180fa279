import { roundHalfUp } from '@wracam/engine/points';
import type { PreviewInput, Transaction, TransactionLine } from '../../api/shapes.ts';

/** What comes back of one line: whole thousandths and minor units. */
export type ReturnLine = { quantity: number | null; amountMinor: number | null };
/** By line id; a document without lines has one implied line named ''. */
export type ReturnDraft = Readonly<Record<string, ReturnLine>>;

const thousandths = (quantity: number) => Math.round(quantity * 1000); // the API writes quantities with three decimals

/** What of a line has not come back yet. */
export const lineLeft = (line: Pick<TransactionLine, 'quantity' | 'returnedQuantity' | 'amountMinor' | 'returnedMinor'>) => ({
  quantity: Math.max(0, thousandths(line.quantity) - thousandths(line.returnedQuantity)),
  amountMinor: Math.max(0, line.amountMinor - line.returnedMinor),
});

/** The lines a return may touch; a sale told as a total has one. */
export function returnableLines(sale: Transaction, name: string): TransactionLine[] {
  if (sale.lines.length > 0) return sale.lines;
  const returnedMinor = sale.related.filter((one) => one.kind === 'return').reduce((sum, one) => sum + Math.abs(one.totalMinor), 0);
  return [{
    lineId: '', kind: 'goods', sku: null, name, category: null, brand: null, quantity: 1, unit: null,
    amountMinor: sale.totalMinor, discountMinor: 0, returnedQuantity: 0, returnedMinor: Math.min(returnedMinor, sale.totalMinor),
  }];
}

/** The amount that goes with a quantity: the line's own share, all that is left for all that is left. */
export function amountOf(line: TransactionLine, quantity: number): number {
  const left = lineLeft(line);
  return quantity >= left.quantity ? left.amountMinor : roundHalfUp(left.amountMinor, quantity, left.quantity);
}

/** Everything that is left, as a draft. */
export const wholeReturn = (lines: readonly TransactionLine[]): ReturnDraft =>
  Object.fromEntries(lines.filter((line) => lineLeft(line).amountMinor > 0).map((line) => [line.lineId, lineLeft(line)]));

/** More comes back of a line than is left of it. */
export const isTooMuch = (line: TransactionLine, { quantity, amountMinor }: ReturnLine): boolean => {
  const left = lineLeft(line);
  return (quantity ?? 0) > left.quantity || (amountMinor ?? 0) > left.amountMinor;
};

export const returnTotal = (draft: ReturnDraft): number => Object.values(draft).reduce((sum, line) => sum + (line.amountMinor ?? 0), 0);

/** What was sold, as the page of the return tells it. */
const articleOf = (line: TransactionLine | undefined) => ({
  ...(line?.name && { name: line.name }), ...(line?.sku && { sku: line.sku }), ...(line?.category && { category: line.category }), ...(line?.unit && { unit: line.unit }),
});

/** Nothing of it stands any more: it was undone, or corrections took back all that had come back. */
export const isReturnUndone = ({ kind, state, lines }: Pick<Transaction, 'kind' | 'state' | 'lines'>): boolean =>
  kind === 'return' && (state === 'voided' || lines.some((line) => line.returnedMinor > 0) && lines.every((line) => lineLeft(line).amountMinor === 0));

/** A correction that undid a return: it is no purchase, so nothing can come back of it. */
export const isUndoOfReturn = ({ kind, totalMinor, related }: Pick<Transaction, 'kind' | 'totalMinor' | 'related'>): boolean =>
  kind === 'correction' && totalMinor === 0 && related.some((one) => one.kind === 'return');

/** The return as the API takes it; null until something comes back. `now` is the program's time in milliseconds UTC. */
export function returnDocument(sale: Transaction, draft: ReturnDraft, now: number): PreviewInput | null {
  const totalMinor = returnTotal(draft);
  if (totalMinor === 0) return null;
  const origin = { source: sale.source, externalId: sale.externalId };
  const head = {
    kind: 'return' as const, occurredAt: new Date(now).toISOString(), totalMinor, currency: sale.currency, of: origin,
    ...(sale.member !== null && { member: { id: sale.member } }),
  };
  const lines = Object.entries(draft).filter(([, line]) => (line.amountMinor ?? 0) > 0);
  if (lines.some(([lineId]) => lineId === '')) return head;
  return {
    ...head,
    lines: lines.map(([lineId, line], at) => ({
      ...articleOf(sale.lines.find((one) => one.lineId === lineId)),
      lineId: String(at + 1), amountMinor: line.amountMinor ?? 0, of: { ...origin, lineId },
      ...((line.quantity ?? 0) > 0 && { quantity: (line.quantity ?? 0) / 1000 }),
    })),
  };
}
