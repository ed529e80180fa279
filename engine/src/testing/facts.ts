import { calendarParts } from '../calendar.ts';
import { NO_CAPS_USED, type CapUsage, type Facts, type Line, type MemberFacts, type SaleDocument } from '../facts.ts';

export const WARSAW = 'Europe/Warsaw';

/** A line worth `amountMinor`, one piece of coffee unless told otherwise. */
export const line = (amountMinor: number, more: Partial<Line> = {}): Line => ({
  lineId: '1', kind: 'goods', sku: 'KAWA-1', name: 'Kawa ziarnista', category: 'kawa', brand: 'Palarnia', quantity: 1000, unit: 'szt',
  discountMinor: 0, taxRateBps: 2300, attributes: {}, amountMinor, ...more,
});

/** A sale on Friday the 20th of November 2026, 14:05 in Warsaw. Lines get ids 1, 2, … */
export function sale(lines: readonly Line[] | number, more: Partial<SaleDocument> = {}): SaleDocument {
  const numbered = typeof lines === 'number' ? [] : lines.map((one, i) => ({ ...one, lineId: String(i + 1) }));
  return {
    kind: 'sale', event: null, occurredAt: Date.parse('2026-11-20T13:05:00Z'), lines: numbered,
    totalMinor: typeof lines === 'number' ? lines : lines.reduce((total, one) => total + one.amountMinor, 0),
    currency: 'PLN', store: 'Rynek', till: '1', cashier: null, channel: 'till', paidWithPointsMinor: 0, payments: [], attributes: {}, ...more,
  };
}

export const member = (more: Partial<MemberFacts> = {}): MemberFacts => ({
  joinedOn: '2026-01-10', kind: 'person', birthday: false, salesCount: 3, spentMinor: 20_000, lastSaleOn: '2026-11-10', tier: null, company: null, groups: [], badges: [], attributes: {}, past: [], ...more,
});

export const factsOf = (document: SaleDocument, about: Partial<MemberFacts> = {}, caps: CapUsage = NO_CAPS_USED): Facts => ({
  document, member: member(about), calendar: calendarParts(WARSAW, document.occurredAt), caps,
});
