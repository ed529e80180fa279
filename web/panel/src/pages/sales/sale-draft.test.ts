import { expect, it } from 'vitest';
import { draftTotal, emptyDraft, emptyLine, missingOfPayment, namedSale, saleDocument } from './sale-draft.ts';

const NOW = Date.UTC(2026, 10, 22, 12);

it('a café that types only a total sends a document without lines', () => {
  expect(saleDocument({ ...emptyDraft, totalMinor: 5740, memberId: 'mem_a' }, 'PLN', NOW)).toEqual({
    kind: 'sale', occurredAt: '2026-11-22T12:00:00.000Z', totalMinor: 5740, currency: 'PLN', member: { id: 'mem_a' },
  });
});

it('lines add up to the total, empty ones are left out and quantities keep three decimals', () => {
  const lines = [{ ...emptyLine(0), name: ' Sernik ', quantity: 347, amountMinor: 1250 }, emptyLine(1), { ...emptyLine(2), amountMinor: 900 }];
  const document = saleDocument({ ...emptyDraft, mode: 'lines', lines }, 'PLN', NOW);
  expect(document?.totalMinor).toBe(2150);
  expect(document?.lines).toEqual([
    { lineId: '1', amountMinor: 1250, quantity: 0.347, name: 'Sernik' },
    { lineId: '2', amountMinor: 900, quantity: 1 },
  ]);
});

it.each([null, 0])('there is nothing to send for a total of %s', (totalMinor) => {
  expect(draftTotal({ ...emptyDraft, totalMinor })).toBeNull();
  expect(saleDocument({ ...emptyDraft, totalMinor }, 'PLN', NOW)).toBeNull();
});

it('the receipt number names the document; without one the key of the form does', () => {
  const document = saleDocument({ ...emptyDraft, totalMinor: 100 }, 'PLN', NOW);
  if (!document) throw new Error('a total makes a document');
  expect(namedSale(document, emptyDraft, 'k1').externalId).toBe('k1');
  expect(namedSale(document, { ...emptyDraft, receipt: ' 12/2026 ' }, 'k1').externalId).toBe('12/2026');
});

it('a part paid with points is told only with both its amount and its points, and only for a member', () => {
  const paid = { ...emptyDraft, totalMinor: 5000, memberId: 'mem_a', paidMinor: 1000, paidPoints: 100 };
  expect(saleDocument(paid, 'PLN', NOW)?.payments).toEqual([{ kind: 'points', amountMinor: 1000, points: 100 }]);
  expect(saleDocument({ ...paid, paidPoints: null }, 'PLN', NOW)).not.toHaveProperty('payments');
  expect(saleDocument({ ...paid, memberId: null }, 'PLN', NOW)).not.toHaveProperty('payments');
});

it('half a payment with points is named, so that nobody saves a sale without it', () => {
  const draft = { ...emptyDraft, totalMinor: 5000, memberId: 'mem_a' };
  expect([draft, { ...draft, paidMinor: 1000 }, { ...draft, paidPoints: 100 }, { ...draft, paidMinor: 1000, paidPoints: 100 }, { ...draft, paidMinor: 1000, memberId: null }].map(missingOfPayment))
    .toEqual([null, 'points', 'amount', null, null]);
});
