import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateOf, dayNumberOf, type LocalDate } from '../calendar.ts';
import { buckets, compiled, ladder, ladders, level, measured, someDay } from '../testing/tiers.ts';
import type { Buckets } from './activity.ts';
import { compileLadders, type CompiledLadder, type TierLadder } from './ladder.ts';
import { giveByHand, levelHeld, type TierGrant } from './held.ts';
import { FOREVER, levelOf, standingOn, type TierState } from './standing.ts';

const stand = (list: readonly CompiledLadder[], of: Buckets, on: LocalDate | number, earlier: TierState | null = null) => standingOn(list, () => of, earlier, typeof on === 'number' ? on : dayNumberOf(on));
const standOn = (more: Partial<TierLadder>, of: Buckets, on: LocalDate) => stand(compiled(more), of, on)!;
const levelOn = (more: Partial<TierLadder>, of: Buckets, on: LocalDate) => ladder(more).levels[levelOf(standOn(more, of, on))]?.code ?? null;
const untilOn = (more: Partial<TierLadder>, of: Buckets, on: LocalDate) => { const state = standOn(more, of, on); const until = state.untils[levelOf(state)]!; return until === FOREVER ? null : dateOf(until); };

describe('a level by a calendar year', () => {
  const gold = buckets({ '2025-03-01': 100_000, '2025-06-10': 20_000 });
  it.each([['2025-02-28', 'bronze'], ['2025-06-09', 'silver'], ['2025-06-10', 'gold'], ['2026-12-31', 'gold'], ['2027-01-01', 'bronze']])('on %s is %s: reached at once, good to the end of the next year', (date, code) => expect(levelOn({}, gold, date)).toBe(code));
  it('is prolonged by a year in which its threshold is met again', () => {
    const again = buckets({ '2025-06-10': 120_000, '2026-12-31': 120_000 });
    expect([levelOn({}, again, '2027-12-31'), untilOn({}, again, '2026-12-30'), untilOn({}, again, '2026-12-31')]).toEqual(['gold', '2026-12-31', '2027-12-31']);
  });
  it('is kept by less than reached it, when the ladder says so', () => {
    const levels = [level('bronze', 0), level('gold', 120_000, { keep: 60_000 })];
    const kept = buckets({ '2025-06-10': 120_000, '2026-02-01': 60_000 });
    expect([levelOn({ levels }, kept, '2027-05-05'), levelOn({}, kept, '2027-05-05')]).toEqual(['gold', 'silver']);
  });
  it('that an earlier year gave is kept by the first year, which had less than reaching it takes, although nothing was bought in between', () => {
    const levels = [level('bronze', 0), level('gold', 120_000, { keep: 60_000 })];
    const of = buckets({ '2024-06-10': 120_000, '2025-11-02': 60_000 });
    const [late] = [compiled({ levels }, '2025-12-27')];
    expect(levelOf(stand(late, of, '2026-06-01')!)).toBe(1);
    expect(stand(late, of, '2026-06-01')).toEqual(stand(late, of, '2026-06-01', stand(late, of, '2025-12-30')));
  });
  it('falls to where the measure puts it, or by one level a year', () => {
    const platinum = buckets({ '2025-05-05': 300_000 });
    expect(['2026-12-31', '2027-01-01', '2028-01-01', '2029-01-01'].map((date) => levelOn({}, platinum, date))).toEqual(['platinum', 'bronze', 'bronze', 'bronze']);
    expect(['2026-12-31', '2027-01-01', '2028-01-01', '2029-01-01'].map((date) => levelOn({ demotion: 'oneLevel' }, platinum, date))).toEqual(['platinum', 'gold', 'silver', 'bronze']);
  });
  it('stays through the days of grace, in which purchases still count for the year before', () => {
    const of = buckets({ '2025-05-05': 120_000, '2026-06-01': 100_000 });
    const late = buckets({ '2025-05-05': 120_000, '2026-06-01': 100_000, '2027-01-14': 20_000 });
    expect(['2027-01-14', '2027-01-15'].map((date) => levelOn({ graceDays: 14 }, of, date))).toEqual(['gold', 'silver']);
    expect([levelOn({ graceDays: 14 }, late, '2027-12-31'), levelOn({}, late, '2027-12-31')]).toEqual(['gold', 'silver']);
  });
  it('is given at the end of the year when the ladder says so', () => {
    expect(['2025-12-31', '2026-01-01', '2026-12-31', '2027-01-01'].map((date) => levelOn({ promotion: 'periodEnd' }, gold, date))).toEqual(['bronze', 'gold', 'gold', 'bronze']);
  });
  it('ends with its own year when it lasts only as long', () => {
    expect(['2025-12-31', '2026-01-01'].map((date) => levelOn({ lasts: 'thisPeriod' }, gold, date))).toEqual(['gold', 'bronze']);
  });
  it('counts a leap day into its year and month', () => {
    const leap = buckets({ '2024-02-29': 120_000 });
    expect(levelOn({}, leap, '2024-02-29')).toBe('gold');
    expect(levelOn({ period: { kind: 'calendar', unit: 'month' }, lasts: 'thisPeriod' }, leap, '2024-03-01')).toBe('bronze');
  });
});

describe('a level by the last months', () => {
  const twelve = { period: { kind: 'rolling', months: 12 } } as const;
  it('is reached when the window holds enough, and is good for a whole length after the purchase that last carried it', () => {
    const of = buckets({ '2025-01-10': 60_000, '2026-01-10': 30_000, '2026-01-09': 60_000 });
    expect(['2025-12-01', '2026-01-09', '2027-01-09', '2027-01-10'].map((date) => levelOn(twelve, of, date))).toEqual(['silver', 'gold', 'gold', 'silver']);
  });
  it('ends the day the window no longer carries it, when it lasts only as long', () => {
    const of = buckets({ '2025-01-31': 60_000, '2025-02-10': 60_000 });
    expect(untilOn({ ...twelve, lasts: 'thisPeriod' }, of, '2025-03-01')).toBe('2026-01-30');
    expect(['2026-01-30', '2026-01-31', '2026-02-09', '2026-02-10'].map((date) => levelOn({ ...twelve, lasts: 'thisPeriod' }, of, date))).toEqual(['gold', 'silver', 'silver', 'bronze']);
  });
  it('from 29 February lasts to the end of February a year later', () => {
    const of = buckets({ '2024-02-29': 120_000 });
    expect([untilOn(twelve, of, '2024-03-01'), levelOn(twelve, of, '2025-02-28'), levelOn(twelve, of, '2025-03-01')]).toEqual(['2025-02-28', 'gold', 'bronze']);
  });
  it('of a lifetime has no end', () => expect([levelOn({ period: { kind: 'lifetime' } }, buckets({ '2024-02-01': 120_000 }), '2080-01-01'), untilOn({ period: { kind: 'lifetime' } }, buckets({ '2024-02-01': 120_000 }), '2080-01-01')]).toEqual(['gold', null]));
});

describe('a new version of the ladder', () => {
  const versions = (second: TierLadder, effectiveOn = '2026-06-01') => compileLadders([{ no: 1, effectiveOn: '2024-01-01', ladder: ladder() }, { no: 2, effectiveOn, ladder: second }], []);
  const of = buckets({ '2025-05-05': 120_000, '2026-02-01': 60_000 });
  const codeOn = (list: readonly CompiledLadder[], date: LocalDate) => { const state = stand(list, of, date)!; return list.find((one) => one.no === state.ladderNo)!.ladder.levels[levelOf(state)]?.code ?? null; };
  it('takes no level away at once, and asks its own thresholds at the end', () => {
    const dearer = versions(ladder({ levels: [level('bronze', 0), level('silver', 80_000), level('gold', 200_000)] }));
    expect(['2026-05-31', '2026-06-01', '2026-12-31', '2027-01-01'].map((date) => codeOn(dearer, date))).toEqual(['gold', 'gold', 'gold', 'silver']);
  });
  it('gives at once what its lower thresholds give', () => expect(codeOn(versions(ladder({ levels: [level('bronze', 0), level('gold', 20_000), level('diamond', 60_000)] })), '2026-06-01')).toBe('diamond'));
  it('puts whoever stood on a level that is gone on the nearest below', () => expect(codeOn(versions(ladder({ levels: [level('bronze', 0), level('silver', 100_000)] })), '2026-06-01')).toBe('silver'));
  it('ends levels that had no end with the period after the one it begins in', () => {
    const list = compileLadders([{ no: 1, effectiveOn: '2024-01-01', ladder: ladder({ period: { kind: 'lifetime' } }) }, { no: 2, effectiveOn: '2026-06-01', ladder: ladder() }], []);
    expect(['2026-06-01', '2027-12-31', '2028-01-01'].map((date) => codeOn(list, date))).toEqual(['gold', 'gold', 'bronze']);
  });
  it('replaces what was planned for its day and after', () => {
    const list = compileLadders([1, 2, 3].map((no) => ({ no, effectiveOn: ['2024-01-01', '2026-06-01', '2026-03-01'][no - 1]!, ladder: ladder() })), []);
    expect(list.map((one) => one.no)).toEqual([1, 3]);
  });
});

describe('a level given by hand', () => {
  const list = compiled();
  const held = (grant: TierGrant, on: LocalDate, of = buckets({})) => {
    const found = levelHeld(list, stand(list, of, on), giveByHand([], grant, dayNumberOf('2026-03-01')), dayNumberOf(on))!;
    return [found.ladder.ladder.levels[found.level]?.code, found.given?.by === 'hand'];
  };
  it('is good from the day on which it was given through its last', () => expect(['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01'].map((date) => held({ level: 'gold', until: dayNumberOf('2026-03-31') }, date))).toEqual([['bronze', false], ['gold', true], ['gold', true], ['bronze', false]]));
  it('never takes a better one away', () => expect(held({ level: 'silver', until: null }, '2026-03-01', buckets({ '2026-02-01': 300_000 }))).toEqual(['platinum', false]));
});

describe('laws of levels', () => {
  const run = (check: Parameters<typeof fc.assert>[0]) => fc.assert(check, { numRuns: 400 });
  const listOf = (one: TierLadder) => compileLadders([{ no: 1, effectiveOn: '2024-01-01', ladder: one }], []);
  const plus = (of: Buckets, day: number, value: number): Buckets => {
    const sums = new Map(of.days.map((one, at) => [one, of.values[at]!]));
    sums.set(day, (sums.get(day) ?? 0) + value);
    const days = [...sums.keys()].sort((a, b) => a - b);
    return { days, values: days.map((one) => sums.get(one)!) };
  };

  it('more measured never means a lower level, nor one that ends sooner', () => run(fc.property(ladders, measured, fc.integer({ min: 0, max: 900 }), fc.integer({ min: 1, max: 20 }), someDay, (one, of, day, value, on) => {
    const list = listOf(one);
    const less = stand(list, of, on)!;
    const more = stand(list, plus(of, dayNumberOf('2023-11-01') + day, value), on)!;
    expect(levelOf(more)).toBeGreaterThanOrEqual(levelOf(less));
    if (levelOf(less) >= 0 && levelOf(more) === levelOf(less)) expect(more.untils[levelOf(less)]).toBeGreaterThanOrEqual(less.untils[levelOf(less)]!);
  })));

  it('looking oftener changes nothing, and a look that was missed is made up', () => run(fc.property(ladders, measured, fc.array(someDay, { maxLength: 6 }), someDay, (one, of, looks, on) => {
    const list = listOf(one);
    let state: TierState | null = null;
    for (const look of looks.filter((day) => day < on).sort((a, b) => a - b)) state = stand(list, of, look, state);
    expect(stand(list, of, on, state)).toEqual(stand(list, of, on));
  })));

  it('every night gives what one look gives, also when a purchase is known only from its own day on', () => fc.assert(fc.property(ladders, measured, (one, of) => {
    const list = listOf(one);
    const known = (day: number): Buckets => ({ days: of.days.filter((at) => at <= day), values: of.values.slice(0, of.days.filter((at) => at <= day).length) });
    let state: TierState | null = null;
    for (let day = list[0]!.from; day < list[0]!.from + 900; day += 1) {
      state = standingOn(list, () => known(day - 1), state, day); // midnight
      if (of.days.includes(day)) state = standingOn(list, () => known(day), state, day); // the purchase
    }
    expect(state).toEqual(stand(list, of, list[0]!.from + 899));
  }), { numRuns: 60 }));

  it('the order of days does not matter', () => run(fc.property(ladders, measured, someDay, fc.integer(), (one, of, on, seed) => {
    const order = of.days.map((_, at) => at).sort((a, b) => ((a + 1) * seed) % 7 - ((b + 1) * seed) % 7);
    const mixed = { days: order.map((at) => of.days[at]!), values: order.map((at) => of.values[at]!) };
    if (one.lasts === 'nextPeriod') expect(stand(listOf(one), mixed, on)).toEqual(stand(listOf(one), of, on));
  })));

  it('a soft landing never falls more than one level in a period', () => run(fc.property(ladders, measured, (one, of) => {
    const soft = { ...one, demotion: 'oneLevel' as const };
    const list = listOf(soft);
    let [before, fell]: [TierState | null, number | null] = [null, null];
    for (let day = list[0]!.from; day < list[0]!.from + 700; day += 1) {
      const state: TierState = stand(list, of, day, before)!;
      if (before !== null && levelOf(state) < levelOf(before)) {
        expect(levelOf(before) - levelOf(state)).toBe(1);
        const length = soft.period.kind === 'rolling' ? soft.period.months * 28 : soft.period.kind === 'calendar' ? { month: 28, quarter: 90, year: 365 }[soft.period.unit] : 0;
        if (fell !== null) expect(day - fell).toBeGreaterThanOrEqual(length);
        fell = day;
      } else if (before !== null && levelOf(state) > levelOf(before)) fell = null;
      before = state;
    }
  })));

  it('a level lost to the measure was good to its last day and its grace', () => run(fc.property(ladders, measured, someDay, (one, of, on) => {
    const list = listOf(one);
    const [today, tomorrow] = [stand(list, of, on)!, stand(list, of, on + 1)!];
    today.untils.forEach((until, at) => { if (until >= on) expect(tomorrow.untils[at]).toBeGreaterThanOrEqual(until === on && one.graceDays === 0 ? -1 : until); });
  })));
});
