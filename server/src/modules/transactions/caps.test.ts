import { PERIODS } from '@wracam/engine/facts';
import { describe, expect, it } from 'vitest';
import { addUse, bucketOf, packCaps, parseCaps, useIn, type BucketUse } from './caps.ts';

const days = (from: string, count: number, step: number) => Array.from({ length: count }, (_, i) => new Date(Date.parse(from) + i * step * 86_400_000).toISOString().slice(0, 10));

describe('what a member’s row remembers of caps', () => {
  it('has a bucket for the day, the week of Monday, the month, the year and ever', () => {
    expect(PERIODS.map((period) => bucketOf(period, '2027-01-01'))).toEqual(['2027-01-01', 'w2026-12-28', 'm2027-01', 'y2027', 'e']);
  });

  it('counts each kind by itself, and gives back in the bucket of the sale', () => {
    let uses: BucketUse[] = [];
    for (const period of PERIODS) uses = addUse(uses, period, '2026-11-22', [{ ruleId: 7, points: 5 }]);
    for (const period of PERIODS) uses = addUse(uses, period, '2026-11-23', [{ ruleId: 7, points: 3 }, { ruleId: 8, points: 1 }]);
    uses = addUse(uses, 'week', '2026-11-22', [{ ruleId: 7, points: -2 }]);
    const again = parseCaps(packCaps(uses));
    expect(again).toEqual(uses);
    expect(PERIODS.map((period) => useIn(again, period, '2026-11-22')?.get(7))).toEqual([5, 3, 8, 8, 8]);
    expect(useIn(again, 'week', '2026-11-25')?.get(7)).toBe(3);
  });

  it('never goes below zero', () => {
    expect(useIn(addUse([], 'month', '2026-11-22', [{ ruleId: 7, points: -2 }]), 'month', '2026-11-01')?.get(7)).toBe(0);
  });

  it('keeps the newest buckets of a kind; an older one has to be added up, and pushes none of them out', () => {
    let uses: BucketUse[] = [];
    for (const date of days('2026-01-01', 20, 9)) for (const period of PERIODS) uses = addUse(uses, period, date, [{ ruleId: 7, points: 1 }]);
    expect(PERIODS.map((period) => useIn(uses, period, '2026-01-01') === null)).toEqual([true, true, true, false, false]);
    expect(useIn(uses, 'ever', '2026-01-01')?.get(7)).toBe(20);
    expect(addUse(uses, 'month', '2026-01-01', [{ ruleId: 7, points: 1 }])).toEqual(uses);
    expect(useIn(uses, 'month', '2027-01-01')?.get(7)).toBe(undefined);
  });

  it('reads what was written before there were longer stretches', () => {
    const old = parseCaps('[["2026-11-20",[101,5,102,7]],["2026-11-19",[101,1]]]');
    expect([useIn(old, 'day', '2026-11-20')?.get(102), useIn(old, 'week', '2026-11-20')?.size]).toEqual([7, 0]);
  });
});
