import type { Line, SaleDocument } from '@wracam/engine/facts';

/** What all sales of the benchmark have in common. */
export const SOME_SALE: { readonly document: SaleDocument; readonly line: Line } = {
  document: { kind: 'sale', event: null, occurredAt: 0, totalMinor: 0, lines: [], currency: 'PLN', store: null, till: '2', cashier: null, channel: null, paidWithPointsMinor: 0, payments: [], attributes: {} },
  line: { lineId: '1', kind: 'goods', sku: '', name: '', category: '', brand: null, quantity: 1000, unit: null, amountMinor: 0, discountMinor: 0, taxRateBps: 2300, attributes: {} },
};
