import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, calendarParts, dayNumberOf, startOfLocalDay } from '../calendar.ts';
import type { SaleDocument } from '../facts.ts';
import { applyReturn, keptDocument, remainingOf, type RemainingLine } from '../returns.ts';
import { line, sale, WARSAW } from '../testing/facts.ts';
import { compileChallenge, foldChallenge, runOn, type KeptDocument, type Progress } from './challenge.ts';
import type { ChallengeDefinition, ChallengeTask, ThresholdDefinition } from './definition.ts';
import { planGrants, type KnownGrant } from './grants.ts';
import { nicknameFault, nicknameKey, placesOf } from './leaderboard.ts';
import { openFrom, periodNoOf, periodOf, shownPeriod } from './period.ts';
import { standingOf, stepsReached } from './threshold.ts';

const challenge = (task: ChallengeTask, more: Partial<ChallengeDefinition> = {}): ChallengeDefinition => ({
  kind: 'challenge', name: 'Pięć kaw', description: null, reward: { points: { wallet: 'points', points: 10 }, badge: null, coupon: null }, onReturn: 'takeBack',
  when: null, lines: null, task, window: { kind: 'once', from: '2026-01-01', until: null }, ...more,
});
/** At noon of a local date. */
const on = (date: string, lines: Parameters<typeof sale>[0] = [line(1500)], more: Partial<SaleDocument> = {}): KeptDocument => {
  const occurredAt = startOfLocalDay(WARSAW, date) + 12 * 3_600_000;
  return { document: sale(lines, { occurredAt, ...more }), bookedAt: occurredAt };
};
const progressOf = (definition: ChallengeDefinition, documents: readonly KeptDocument[]): Map<number, Progress> => foldChallenge(compileChallenge(definition), WARSAW, documents);
const only = (definition: ChallengeDefinition, documents: readonly KeptDocument[]): Progress | undefined => progressOf(definition, documents).get(0);

describe('a counter', () => {
  const basket = [line(1500, { category: 'kawa', quantity: 2000 }), line(1900, { category: 'ciasta' }), line(700, { category: 'kawa' })];

  it.each([['documents', 2], ['lines', 4], ['amount', 4400], ['quantity', 6000]] as const)('of %s counts what matches, line by line', (of, value) => {
    const definition = challenge({ kind: 'count', of, target: 2 }, { lines: { attribute: 'line.category', operator: 'is', value: 'kawa' } });
    const documents = [on('2026-11-02', basket), on('2026-11-03', [line(1900, { category: 'ciasta' })]), on('2026-11-04', basket)];
    expect(only(definition, documents)).toMatchObject({ value, reached: true });
  });

  it('is reached by the document that brought it to the target, and knows when', () => {
    const documents = ['2026-11-02', '2026-11-03', '2026-11-04'].map((date) => on(date));
    expect(only(challenge({ kind: 'count', of: 'documents', target: 2 }), documents)).toMatchObject({ value: 3, reached: true, reachedAt: documents[1]!.bookedAt });
    expect(only(challenge({ kind: 'count', of: 'documents', target: 4 }), documents)).toMatchObject({ value: 3, reached: false, reachedAt: null });
  });

  it('counts purchases alone, or one type of event alone', () => {
    const documents = [on('2026-11-02'), on('2026-11-03', 0, { event: 'recenzja' }), on('2026-11-04', 0, { event: 'polecenie' })];
    expect(only(challenge({ kind: 'count', of: 'documents', target: 1 }), documents)?.value).toBe(1);
    expect(only(challenge({ kind: 'count', of: 'documents', target: 1 }, { trigger: { kind: 'event', type: 'recenzja' } }), documents)?.reachedAt).toBe(documents[1]!.bookedAt);
  });

  it('reads the document and its calendar: only Wednesdays in one store', () => {
    const when = { all: [{ attribute: 'calendar.weekday', operator: 'is', value: 3 }, { attribute: 'transaction.store', operator: 'is', value: 'Rynek' }] };
    const documents = [on('2026-11-04'), on('2026-11-04', [line(100)], { store: 'Dworzec' }), on('2026-11-05')];
    expect(only(challenge({ kind: 'count', of: 'documents', target: 1 }, { when }), documents)?.value).toBe(1);
  });

  it('begins anew each week on Monday and each month, and keeps to its dates', () => {
    const dates = ['2026-10-31', '2026-11-01', '2026-11-02', '2026-11-08', '2026-11-09', '2026-12-01'];
    const counts = (kind: 'week' | 'month') => [...progressOf(challenge({ kind: 'count', of: 'documents', target: 9 }, { window: { kind, from: '2026-11-01', until: '2026-11-30' } }), dates.map((date) => on(date))).values()].map((one) => one.value);
    expect(counts('week')).toEqual([1, 2, 1]);
    expect(counts('month')).toEqual([4]);
    expect(periodOf({ kind: 'week', from: '2026-11-04', until: '2026-11-30' }, periodNoOf({ kind: 'week', from: '2026-11-04', until: null }, '2026-11-05')!)).toMatchObject({ from: '2026-11-04', until: '2026-11-08' });
  });
});

describe('a streak', () => {
  const days = (length: number) => challenge({ kind: 'streak', every: 'day', length }, { window: { kind: 'once', from: '2024-01-01', until: null } });
  const weeks = (length: number) => challenge({ kind: 'streak', every: 'week', length }, { window: { kind: 'once', from: '2024-01-01', until: null } });
  const from = (date: string, count: number, step = 1) => Array.from({ length: count }, (_, i) => on(addDays(date, i * step)));

  it.each([
    ['clocks go forward', '2026-03-28'], ['clocks go back', '2026-10-24'], ['the year ends', '2025-12-30'], ['February has 29 days', '2024-02-27'],
  ])('goes on while %s', (_, date) => expect(only(days(4), from(date, 4))).toMatchObject({ value: 4, reached: true, run: 4 }));

  it('counts local days: a purchase just before and one just after midnight are two', () => {
    const midnight = startOfLocalDay(WARSAW, '2026-10-25');
    const at = (occurredAt: number): KeptDocument => ({ document: sale([line(100)], { occurredAt }), bookedAt: occurredAt });
    expect(only(days(2), [at(midnight - 1), at(midnight)])).toMatchObject({ value: 2, reached: true });
    expect(only(days(2), [at(midnight), at(midnight + 24 * 3_600_000)])?.value).toBe(1); // that day has 25 hours
  });

  it('breaks on a missed day, and the longest run stays the progress', () => {
    const documents = [...from('2026-11-01', 3), ...from('2026-11-05', 2)];
    expect(only(days(5), documents)).toMatchObject({ value: 3, reached: false, run: 2, lastUnit: dayNumberOf('2026-11-06') });
  });

  it('of weeks runs through the turn of the year, Monday to Sunday', () => {
    expect(only(weeks(4), from('2025-12-14', 4, 7))).toMatchObject({ value: 4, reached: true });
    expect(only(weeks(2), [on('2026-01-04'), on('2026-01-05')])).toMatchObject({ value: 2, reached: true });
    expect(only(weeks(2), [on('2026-01-05'), on('2026-01-11')])?.value).toBe(1);
  });

  it('is filled by a late document whatever the order in which they came', () => {
    fc.assert(fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 15 }), fc.boolean(), (offsets, daily) => {
      const documents = offsets.map((offset) => on(addDays('2025-12-20', offset * (daily ? 1 : 7))));
      const sorted = [...new Set(offsets)].sort((a, b) => a - b);
      let [longest, run] = [1, 1];
      sorted.forEach((offset, i) => { if (i > 0) { run = offset === sorted[i - 1]! + 1 ? run + 1 : 1; longest = Math.max(longest, run); } });
      expect(only(daily ? days(5) : weeks(5), documents)).toMatchObject({ value: longest, run });
    }));
  });

  it('can be gone on with today when it reached yesterday, and is over the day after', () => {
    const progress = only(days(9), from('2026-11-01', 3))!;
    const today = dayNumberOf('2026-11-03');
    expect([0, 1, 2].map((later) => runOn(days(9), progress, today + later))).toEqual([3, 3, 0]);
    const weekly = only(weeks(9), from('2026-11-01', 3, 7))!;
    expect([0, 7, 14].map((later) => runOn(weeks(9), weekly, dayNumberOf('2026-11-15') + later))).toEqual([3, 3, 0]);
  });
});

describe('a collection', () => {
  it('wants one of each, in any order and number', () => {
    const definition = challenge({ kind: 'collection', by: 'category', items: ['kawa', 'ciasta', 'śniadania'] });
    const documents = [on('2026-11-02', [line(1500, { category: 'kawa' }), line(100, { category: 'kawa' })]), on('2026-11-03', [line(900, { category: 'śniadania' }), line(900, { category: 'karty' })])];
    expect(only(definition, documents)).toMatchObject({ value: 2, reached: false, collected: ['kawa', 'śniadania'] });
    expect(only(definition, [...documents, on('2026-11-05', [line(1, { category: 'ciasta' })])])).toMatchObject({ value: 3, reached: true, reachedAt: on('2026-11-05').bookedAt });
    expect(only(challenge({ kind: 'collection', by: 'store', items: ['Rynek', 'Dworzec'] }), [on('2026-11-02'), on('2026-11-03', [line(1)], { store: null })])?.collected).toEqual(['Rynek']);
  });
});

describe('returns', () => {
  const CATEGORIES = ['kawa', 'ciasta', 'śniadania'];
  const bought = fc.array(fc.record({ day: fc.nat(9), lines: fc.array(fc.record({ category: fc.constantFrom(...CATEGORIES), pieces: fc.integer({ min: 1, max: 3 }), each: fc.integer({ min: 1, max: 900 }) }), { minLength: 1, maxLength: 3 }) }), { minLength: 1, maxLength: 8 });
  const picks = fc.array(fc.record({ sale: fc.nat(7), line: fc.nat(2), pieces: fc.integer({ min: 1, max: 3 }) }), { maxLength: 20 });

  it('leave the progress that the kept lines alone make, for every kind of task and any returns in any order', () => {
    fc.assert(fc.property(bought, picks, (sales, returns) => {
      const documents = sales.map(({ day, lines }) => on(addDays('2026-10-20', day), lines.map(({ category, pieces, each }) => line(pieces * each, { category, quantity: pieces * 1000 }))));
      const remaining: (readonly RemainingLine[])[] = documents.map(({ document }) => remainingOf(document));
      for (const { sale: which, line: lineAt, pieces } of returns) {
        const { document } = documents[which % documents.length]!;
        remaining[which % documents.length] = applyReturn(document, remaining[which % documents.length]!, [{ lineId: document.lines[lineAt % document.lines.length]!.lineId, quantity: pieces * 1000, amountMinor: null }]).remaining;
      }
      const kept = documents.flatMap(({ document, bookedAt }, i) => { const left = keptDocument(document, remaining[i]!); return left === null ? [] : [{ document: left, bookedAt }]; });
      // What an honest clerk would count by hand from what was not returned.
      const rows = documents.flatMap(({ document }, i) => remaining[i]!.filter((rest) => rest.quantity > 0).map((rest) => ({ day: calendarParts(WARSAW, document.occurredAt).dayNumber, sale: i, category: document.lines.find((one) => one.lineId === rest.lineId)!.category, ...rest })));
      const coffee = rows.filter((row) => row.category === 'kawa');
      const lines = { attribute: 'line.category', operator: 'is', value: 'kawa' };
      const value = (task: ChallengeTask, more: Partial<ChallengeDefinition> = {}) => only(challenge(task, more), kept)?.value ?? 0;
      expect(value({ kind: 'count', of: 'documents', target: 3 }, { lines })).toBe(new Set(coffee.map((row) => row.sale)).size);
      expect(value({ kind: 'count', of: 'lines', target: 3 })).toBe(rows.length);
      expect(value({ kind: 'count', of: 'amount', target: 3 }, { lines })).toBe(coffee.reduce((sum, row) => sum + row.amountMinor, 0));
      expect(value({ kind: 'count', of: 'quantity', target: 3 })).toBe(rows.reduce((sum, row) => sum + row.quantity, 0));
      expect(value({ kind: 'collection', by: 'category', items: CATEGORIES })).toBe(new Set(rows.map((row) => row.category)).size);
      const days = new Set(rows.map((row) => row.day));
      const runs = [...days].map((day) => { let run = 1; while (days.has(day + run)) run += 1; return run; });
      expect(value({ kind: 'streak', every: 'day', length: 3 })).toBe(Math.max(0, ...runs));
    }), { numRuns: 300 });
  });
});

describe('a threshold', () => {
  const threshold = (more: Partial<ThresholdDefinition> = {}): ThresholdDefinition => ({
    kind: 'threshold', name: 'Co 500', description: null, reward: { points: { wallet: 'points', points: 50 }, badge: null, coupon: null }, onReturn: 'takeBack',
    measure: { kind: 'points', wallet: 'points' }, at: 500, repeats: true, since: null, ...more,
  });

  it.each([[-3, true, []], [0, true, []], [499, true, []], [500, true, [1]], [1999, true, [1, 2, 3]], [1999, false, [1]]])('at %i (again and again: %s) has reached steps %j', (measure, repeats, steps) => {
    expect(stepsReached(threshold({ repeats }), measure)).toEqual(steps);
  });

  it('tells how far the next step is', () => {
    expect(standingOf(threshold(), 1200)).toEqual({ measure: 1200, step: 3, from: 1000, at: 1500, missing: 300 });
    expect(standingOf(threshold(), -40)).toMatchObject({ step: 1, missing: 500 });
    expect(standingOf(threshold({ repeats: false }), 700)).toMatchObject({ step: 1, missing: 0 });
    expect(stepsReached(threshold(), Number.MAX_SAFE_INTEGER)).toHaveLength(1000);
  });

  it('gives each step once however the figure goes up and down, and ends with exactly the steps that stand', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -700, max: 900 }), { maxLength: 30 }), fc.constantFrom('takeBack', 'keep'), (changes, onReturn) => {
      const definition = threshold({ onReturn });
      const known = new Map<number, boolean>();
      let [measure, highest, given] = [0, 0, 0];
      for (const change of changes) {
        measure += change;
        highest = Math.max(highest, ...stepsReached(definition, measure));
        const moves = planGrants(stepsReached(definition, measure), [...known].map(([round, standing]) => ({ round, standing, current: true })), onReturn);
        for (const round of moves.grant) { expect(known.get(round)).not.toBe(true); known.set(round, true); given += 1; }
        for (const round of moves.takeBack) { expect(known.get(round)).toBe(true); known.set(round, false); }
        // A second look finds nothing to do.
        expect(planGrants(stepsReached(definition, measure), [...known].map(([round, standing]) => ({ round, standing, current: true })), onReturn)).toEqual({ grant: [], takeBack: [] });
      }
      const standing = [...known].filter(([, stands]) => stands).map(([round]) => round).sort((a, b) => a - b);
      expect(standing).toEqual(onReturn === 'keep' ? Array.from({ length: highest }, (_, i) => i + 1) : stepsReached(definition, measure));
      if (onReturn === 'keep') expect(given).toBe(highest);
    }), { numRuns: 300 });
  });

  it('never takes what an earlier version gave', () => {
    const old: KnownGrant = { round: 1, standing: true, current: false };
    expect(planGrants([], [old], 'takeBack')).toEqual({ grant: [], takeBack: [] });
    expect(planGrants([], [{ ...old, current: true }], 'takeBack')).toEqual({ grant: [], takeBack: [1] });
  });
});

describe('a leaderboard', () => {
  it('lets equal scores share a place, and counts on: 1, 2, 2, 4', () => {
    const placed = placesOf([{ id: 7, score: 5 }, { id: 3, score: 9 }, { id: 2, score: 5 }, { id: 9, score: 1 }, { id: 4, score: 0 }]);
    expect(placed.map(({ id, place }) => [id, place])).toEqual([[3, 1], [2, 2], [7, 2], [9, 4]]);
  });

  it('gives everybody one place more than there are people with more', () => {
    fc.assert(fc.property(fc.array(fc.nat(6), { maxLength: 30 }), (scores) => {
      for (const one of placesOf(scores.map((score, id) => ({ id, score })))) expect(one.place).toBe(scores.filter((score) => score > one.score).length + 1);
    }));
  });

  it.each<[string, string | null]>([
    ['Kawosz', null], ['Ola z Rynku', null], ['Łucja 88', null], ["O'Brien-K.", null], ['K', 'length'], ['x'.repeat(25), 'length'], [' Ola', 'length'], ['ola@example.pl', 'contact'], ['601 234 567', 'contact'],
    ['Ola 601-23-45', 'contact'], ['kawa.pl', 'contact'], ['<b>Ola</b>', 'letters'], ['Ola\u202eX', 'letters'], ['Ola  K', 'letters'],
  ])('takes or refuses the nickname %j: %s', (nickname, fault) => expect(nicknameFault(nickname)).toBe(fault));

  it('takes two nicknames that look alike for one', () => {
    expect(new Set(['Kawosz', 'KAWOSZ', 'ka wosz', 'Ｋawosz'].map(nicknameKey)).size).toBe(1);
  });
});

describe('periods', () => {
  it('of the past are settled whole or not at all', () => {
    expect(openFrom({ kind: 'month', from: '2025-01-01', until: null }, '2026-11-22')).toBe('2026-09-01');
    expect(openFrom({ kind: 'week', from: '2025-01-01', until: null }, '2026-11-22')).toBe('2026-08-24');
    expect(openFrom({ kind: 'week', from: '2026-11-03', until: null }, '2026-11-22')).toBe('2026-11-03');
    expect(openFrom({ kind: 'once', from: '2020-11-03', until: null }, '2026-11-22')).toBe('2020-11-03');
  });

  it('are shown as the one that runs, the first before it, the last after it', () => {
    const window = { kind: 'month', from: '2026-02-10', until: '2026-04-20' } as const;
    expect(['2026-01-01', '2026-03-15', '2026-09-09'].map((today) => shownPeriod(window, today).until)).toEqual(['2026-02-28', '2026-03-31', '2026-04-20']);
  });
});
