import { describe, expect, it } from 'vitest';
import { diffBase } from './base-difference.ts';

const base = { kinds: ['goods', 'service'], excludedCategories: ['piwo'], excludedBrands: [], excludedSkus: [], paidWithPointsEarns: false, amounts: 'gross', netRounding: 'nearest', discount: 'after', multipliers: 'add' } as const;
type Base = Parameters<typeof diffBase>[0];
const verdicts = (before: object, after: object) => diffBase({ ...base, ...before } as Base, { ...base, ...after } as Base, 'pl').map((one) => [one.field, one.verdict]);

describe('what differs in what earns', () => {
  it.each([
    [{}, { kinds: ['goods'] }, 'kinds', 'worse'], [{}, { kinds: ['goods', 'service', 'shipping'] }, 'kinds', 'better'], [{}, { kinds: ['goods', 'shipping'] }, 'kinds', 'worse'],
    [{}, { excludedCategories: ['piwo', 'wino'] }, 'excludedCategories', 'worse'], [{}, { excludedCategories: [] }, 'excludedCategories', 'better'], [{}, { excludedCategories: ['Piwo'] }, 'excludedCategories', 'worse'],
    [{}, { excludedBrands: ['Lipa'] }, 'excludedBrands', 'worse'], [{ excludedSkus: ['A', 'B'] }, { excludedSkus: ['B'] }, 'excludedSkus', 'better'],
    [{}, { paidWithPointsEarns: true }, 'paidWithPointsEarns', 'better'], [{ paidWithPointsEarns: true }, {}, 'paidWithPointsEarns', 'worse'],
    [{}, { amounts: 'net' }, 'amounts', 'worse'], [{ amounts: 'net' }, {}, 'amounts', 'better'], [{}, { discount: 'before' }, 'discount', 'better'], [{ discount: 'before' }, {}, 'discount', 'worse'],
    [{}, { netRounding: 'down' }, 'netRounding', 'same'], [{ amounts: 'net' }, { amounts: 'net', netRounding: 'down' }, 'netRounding', 'worse'], [{ amounts: 'net' }, { amounts: 'net', netRounding: 'up' }, 'netRounding', 'better'],
    [{}, { multipliers: 'multiply' }, 'multipliers', 'worse'],
  ])('from %j to %j: %s is %s', (before, after, field, verdict) => expect(verdicts(before, after)).toEqual([[field, verdict]]));

  it('lists in another order, or with an entry twice, do not differ', () => {
    expect(verdicts({ excludedSkus: ['A', 'B'] }, { excludedSkus: ['B', 'A', 'B'], kinds: ['service', 'goods'] })).toEqual([]);
  });

  it('is told in words, long lists by their beginning', () => {
    expect(diffBase(base, { ...base, kinds: ['goods', 'gift_card'], excludedCategories: [] }, 'pl')).toMatchObject([{ name: 'rodzaje pozycji, które się liczą', before: 'towary, usługi', after: 'towary, karty podarunkowe' }, { before: 'piwo', after: 'brak' }]);
    expect(diffBase(base, { ...base, excludedSkus: Array.from({ length: 33 }, (_, at) => `K${at}`) }, 'en')[0]!.after).toMatch(/K29 \(\+3\)$/);
  });
});
