import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Transaction, TransactionLine } from '../../api/shapes.ts';
import { amountOf, lineLeft, returnDocument, returnableLines, wholeReturn } from './return-draft.ts';

const line = (part: Partial<TransactionLine>): TransactionLine => ({
  lineId: '1', kind: 'goods', sku: null, name: 'Kawa', category: null, brand: null, quantity: 3, unit: null,
  amountMinor: 1000, discountMinor: 0, returnedQuantity: 0, returnedMinor: 0, ...part,
});
const sale = (lines: TransactionLine[]): Transaction => ({
  id: 'txn_1', source: 'panel', externalId: 'a', kind: 'sale', state: 'booked', member: 'mem_1', occurredAt: '2026-11-20T10:00:00Z',
  bookedAt: '2026-11-20T10:00:00Z', totalMinor: 1000, currency: 'PLN', memberName: 'Anna', lines, store: null, till: null, cashier: null,
  channel: null, payments: [], awards: [], notApplied: [], takenBack: [], milestones: [], related: [],
});
const NOW = Date.UTC(2026, 10, 22);

it.each([[1000, 333], [2000, 667], [3000, 1000], [9000, 1000]])('%i thousandths of three pieces for 10 zł come back as %i gr', (quantity, amount) => {
  expect(amountOf(line({}), quantity)).toBe(amount);
});

it('pieces given back one by one give back exactly the whole amount', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 1_000_000 }), (pieces, amountMinor) => {
    let now = line({ quantity: pieces, amountMinor });
    for (let piece = 0; piece < pieces; piece += 1) {
      now = { ...now, returnedMinor: now.returnedMinor + amountOf(now, 1000), returnedQuantity: now.returnedQuantity + 1 };
    }
    expect(now.returnedMinor).toBe(amountMinor);
    expect(lineLeft(now)).toEqual({ quantity: 0, amountMinor: 0 });
  }));
});

it('a return names its sale, every line it touches and the article of each', () => {
  const lines = [line({}), line({ lineId: '2', name: 'Sernik', category: 'ciasta', amountMinor: 500, quantity: 1 })];
  expect(returnDocument(sale(lines), { 2: { quantity: 1000, amountMinor: 500 } }, NOW)).toMatchObject({
    kind: 'return', totalMinor: 500, of: { source: 'panel', externalId: 'a' },
    lines: [{ lineId: '1', name: 'Sernik', category: 'ciasta', quantity: 1, amountMinor: 500, of: { source: 'panel', externalId: 'a', lineId: '2' } }],
  });
});

it('a sale told as a total comes back by amount, without lines', () => {
  const whole = sale([]);
  const document = returnDocument(whole, wholeReturn(returnableLines(whole, 'Zakup')), NOW);
  expect(document).toMatchObject({ kind: 'return', totalMinor: 1000 });
  expect(document).not.toHaveProperty('lines');
});

it('nothing ticked is no return', () => {
  expect(returnDocument(sale([line({})]), {}, NOW)).toBeNull();
});
