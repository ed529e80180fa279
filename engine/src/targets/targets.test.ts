import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, localDate, startOfLocalDay } from '../calendar.ts';
import { line, sale, WARSAW } from '../testing/facts.ts';
import { compileTarget, countTarget, percentOf } from './count.ts';
import type { TargetDefinition, TargetWindow } from './definition.ts';
import { describeTarget, targetSum } from './describe.ts';
import { begunPeriods, countsUntil, periodCode, shownTargetPeriod, targetPeriod, targetPeriodOf } from './period.ts';
import { planReached, type Reached } from './reached.ts';
import { validateTarget } from './validation.ts';

const target = (more: Partial<TargetDefinition> = {}): TargetDefinition => ({
  name: 'Obrót kwartału', description: null, side: 'member', groups: [], counts: 'amount', when: null, lines: null, amount: 5_000_000,
  window: { every: 'quarter', from: '2026-01-01', until: null }, settle: 'atOnce', returnDays: 14, ...more,
});
const window = (every: TargetWindow['every'], from: string, until: string | null = null): TargetWindow => ({ every, from, until });
const at = (instant: string, amountMinor = 1000, more: Parameters<typeof sale>[1] = {}) => ({ document: sale([line(amountMinor)], { occurredAt: Date.parse(instant), ...more }) });
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('a period', () => {
  it.each([
    [window('month', '2026-01-01'), '2026-02-10', '2026-02-01', '2026-02-28', '2026-02'],
    [window('quarter', '2026-01-01'), '2026-12-31', '2026-10-01', '2026-12-31', '2026-Q4'],
    [window('year', '2026-01-01'), '2028-02-29', '2028-01-01', '2028-12-31', '2028'],
    [window('quarter', '2026-02-10', '2026-05-20'), '2026-03-01', '2026-02-10', '2026-03-31', '2026-Q1'],
    [window('quarter', '2026-02-10', '2026-05-20'), '2026-05-20', '2026-04-01', '2026-05-20', '2026-Q2'],
    [window('once', '2026-03-03', '2026-03-20'), '2026-03-20', '2026-03-03', '2026-03-20', '2026-03-03/2026-03-20'],
  ])('of %j with %s in it is from %s to %s and is called %s', (one, date, from, until, code) => {
    const period = targetPeriod(one, date)!;
    expect(period).toMatchObject({ from, until });
    expect(periodCode(one, period)).toBe(code);
    expect(targetPeriodOf(one, period.no)).toEqual(period);
  });

  it('lies inside the window, and days are in the same one exactly when it says so', () => {
    fc.assert(fc.property(fc.constantFrom('month', 'quarter', 'year'), fc.nat(2000), fc.nat(900), fc.nat(3000), (every, start, length, offset) => {
      const from = addDays('2024-01-01', start);
      const one = window(every, from, addDays(from, length));
      const date = addDays('2024-01-01', offset);
      const period = targetPeriod(one, date);
      expect(period !== null).toBe(date >= one.from && date <= one.until!);
      if (period === null) return;
      expect(period.from <= date && date <= period.until && period.from >= one.from && period.until <= one.until!).toBe(true);
      expect(targetPeriod(one, period.from)).toEqual(period);
      expect(targetPeriod(one, period.until)).toEqual(period);
      expect(targetPeriod(one, addDays(period.until, 1))?.no).not.toBe(period.no);
    }));
  });

  it('counts when it has begun and was not over for good when the target was started', () => {
    const nos = (definition: Partial<TargetDefinition>, startedOn: string, today: string) => begunPeriods(target(definition), startedOn, today).map((one) => one.until);
    expect(nos({}, '2026-05-02', '2026-11-22')).toEqual(['2026-06-30', '2026-09-30', '2026-12-31']);
    expect(nos({}, '2026-04-14', '2026-04-20')).toEqual(['2026-03-31', '2026-06-30']);
    expect(nos({}, '2026-04-15', '2026-04-20')).toEqual(['2026-06-30']);
    expect(nos({ window: window('once', '2026-03-01', '2026-03-10') }, '2026-03-20', '2026-03-22')).toEqual(['2026-03-10']);
    expect(nos({ window: window('once', '2026-03-01', '2026-03-10') }, '2026-03-25', '2026-03-26')).toEqual([]);
    expect(nos({ window: window('month', '2026-05-01') }, '2026-03-25', '2026-04-26')).toEqual([]);
  });

  it('is shown as the one that runs, the first before it, the last after it', () => {
    const one = window('month', '2026-02-10', '2026-04-20');
    expect(['2026-01-01', '2026-03-15', '2026-09-09'].map((today) => shownTargetPeriod(one, today).until)).toEqual(['2026-02-28', '2026-03-31', '2026-04-20']);
    expect(countsUntil({ returnDays: 14 }, shownTargetPeriod(one, '2026-03-15'))).toBe('2026-04-14');
  });
});

describe('a sum', () => {
  const sums = (definition: Partial<TargetDefinition>, documents: Parameters<typeof countTarget>[2]) => [...countTarget(compileTarget(target(definition)), WARSAW, documents).values()];

  it('counts money, documents or quantity of what matches', () => {
    const documents = [{ document: sale([line(1500, { quantity: 2000 }), line(700, { category: 'ciasta' })], { occurredAt: Date.parse('2026-02-02T12:00:00Z') }) }, at('2026-02-03T12:00:00Z', 900)];
    const lines = { attribute: 'line.category', operator: 'is', value: 'kawa' };
    expect([sums({}, documents), sums({ counts: 'documents' }, documents), sums({ counts: 'quantity' }, documents)]).toEqual([[3100], [2], [4000]]);
    expect([sums({ lines }, documents), sums({ counts: 'quantity', lines }, documents)]).toEqual([[2400], [3000]]);
    expect(sums({ when: { attribute: 'transaction.store', operator: 'is', value: 'Dworzec' } }, documents)).toEqual([]);
    expect(sums({}, [at('2026-02-03T12:00:00Z', 900, { event: 'survey' })])).toEqual([]);
  });

  it('counts only articles of a set, by the codes at hand', () => {
    const compiled = compileTarget(target({ lines: { attribute: 'line.sku', operator: 'inSet', value: 'Kawy' } }), (name) => new Set(name === 'Kawy' ? ['KAWA-1'] : []));
    expect([...countTarget(compiled, WARSAW, [at('2026-02-03T12:00:00Z', 900), { document: sale([line(100, { sku: 'INNE' })], { occurredAt: Date.parse('2026-02-03T12:00:00Z') }) }]).values()]).toEqual([900]);
  });

  it('puts a document into the month of its own instant in the program’s zone, also beside both changes of clocks', () => {
    const months = (instants: string[]) => [...countTarget(compileTarget(target({ window: window('month', '2026-01-01') })), WARSAW, instants.map((one) => at(one, 1)))].map(([no, sum]) => [targetPeriodOf(window('month', '2026-01-01'), no)!.from.slice(0, 7), sum]);
    // Summer time ends on 25 October: midnight of 1 November is 23:00 UTC; on 1 October it was 22:00 UTC.
    expect(months(['2026-09-30T21:59:59Z', '2026-09-30T22:00:00Z', '2026-10-31T22:59:59Z', '2026-10-31T23:00:00Z'])).toEqual([['2026-09', 1], ['2026-10', 2], ['2026-11', 1]]);
    // It begins on 29 March: 1 March is 23:00 UTC of the day before, 1 April 22:00.
    expect(months(['2026-02-28T22:59:59Z', '2026-02-28T23:00:00Z', '2026-03-31T21:59:59Z', '2026-03-31T22:00:00Z'])).toEqual([['2026-02', 1], ['2026-03', 2], ['2026-04', 1]]);
  });

  it('is the same in any order, and in parts what it is in whole', () => {
    fc.assert(fc.property(fc.array(fc.record({ day: fc.nat(400), amount: fc.integer({ min: 1, max: 9999 }) }), { maxLength: 20 }), fc.nat(20), (rows, cut) => {
      const documents = rows.map(({ day, amount }) => ({ document: sale([line(amount)], { occurredAt: startOfLocalDay(WARSAW, addDays('2025-10-20', day)) + 3_600_000 }) }));
      const compiled = compileTarget(target());
      const whole = countTarget(compiled, WARSAW, documents);
      expect(new Map(countTarget(compiled, WARSAW, documents.toReversed()))).toEqual(whole);
      const [one, two] = [countTarget(compiled, WARSAW, documents.slice(0, cut)), countTarget(compiled, WARSAW, documents.slice(cut))];
      for (const [no, sum] of whole) {
        const { from, until } = targetPeriodOf(target().window, no)!;
        expect(sum).toBe(documents.filter(({ document }) => { const date = localDate(WARSAW, document.occurredAt); return date >= from && date <= until; }).reduce((total, { document }) => total + document.totalMinor, 0));
        expect((one.get(no) ?? 0) + (two.get(no) ?? 0)).toBe(sum);
      }
    }));
  });

  it.each([[0, 100, 0], [-5, 100, 0], [99, 100, 99], [9_999_999, 10_000_000, 99], [10_000_000, 10_000_000, 100], [29, 100, 29], [15_000, 10_000, 150]])('of %i to %i is %i per cent, and 100 only when it is reached', (sum, amount, percent) => expect(percentOf(sum, amount)).toBe(percent));
});

describe('a reached target', () => {
  it('gives the event to all who belong to the participant then, once, and to nobody who comes later', () => {
    const now = { amount: 100, sum: 100, sumOfHolders: 100, active: [1, 2], standing: [] as Reached[] };
    expect(planReached({ ...now, sum: 99 })).toEqual({ give: [], take: [] });
    expect(planReached(now)).toEqual({ give: [1, 2], take: [] });
    expect(planReached({ ...now, active: [1, 2, 3], standing: [{ memberId: 1, amount: 100 }, { memberId: 2, amount: 100 }] })).toEqual({ give: [], take: [] });
    expect(planReached({ ...now, amount: null })).toEqual({ give: [], take: [] });
  });

  it('is taken back by returns, not by a higher amount, a lost amount or by who left', () => {
    const standing = [{ memberId: 1, amount: 100 }];
    const now = { amount: 100, sum: 99, sumOfHolders: 99, active: [1], standing };
    expect(planReached(now).take).toEqual([1]);
    expect(planReached({ ...now, sumOfHolders: 100 }).take).toEqual([]);
    expect(planReached({ ...now, amount: 150, sum: 120, sumOfHolders: 120 }).take).toEqual([]);
    expect(planReached({ ...now, amount: 150 }).take).toEqual([1]);
    expect(planReached({ ...now, amount: 50 }).take).toEqual([]);
    expect(planReached({ ...now, amount: null, sumOfHolders: 100 }).take).toEqual([]);
  });

  it('stands after any ups and downs exactly where a plain comparison says, and a second look finds nothing to do', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -60, max: 90 }), { maxLength: 30 }), fc.integer({ min: 1, max: 120 }), (changes, amount) => {
      let sum = 0;
      const standing = new Set<number>();
      for (const change of changes) {
        sum += change;
        const look = () => planReached({ amount, sum, sumOfHolders: sum, active: [1, 2, 3], standing: [...standing].map((memberId) => ({ memberId, amount })) });
        const moves = look();
        for (const id of moves.give) { expect(standing.has(id)).toBe(false); standing.add(id); }
        for (const id of moves.take) expect(standing.delete(id)).toBe(true);
        expect(look()).toEqual({ give: [], take: [] });
        expect([...standing]).toEqual(sum >= amount ? [1, 2, 3] : []);
      }
    }));
  });
});

describe('a target in words', () => {
  const said = (more: Partial<TargetDefinition>, lang: 'pl' | 'en' = 'pl') => plain(describeTarget(target(more), { lang, currency: 'PLN' }));
  it.each<[Partial<TargetDefinition>, string]>([
    [{}, 'Sprzedaż za 50 000 zł w każdym kwartale, od 1 stycznia 2026, każdy uczestnik z osobna. Cel liczy się od razu, a zwroty cofają go jeszcze przez 14 dni po końcu okresu.'],
    [{ counts: 'documents', amount: 22, side: 'company', window: window('month', '2026-01-01'), settle: 'afterEnd' }, '22 transakcje w każdym miesiącu, od 1 stycznia 2026, wszyscy z jednej firmy razem. Cel rozlicza się po okresie na zwroty: 14 dni po końcu okresu.'],
    [{ counts: 'quantity', amount: 40_000, lines: { attribute: 'line.category', operator: 'is', value: 'kawa' }, side: 'group', groups: ['Północ', 'Południe'], returnDays: 1 }, 'Sprzedaż 40 szt. lub kg towarów z kategorii „kawa” w każdym kwartale, od 1 stycznia 2026, wszyscy z jednej grupy razem („Północ”, „Południe”). Cel liczy się od razu, a zwroty cofają go jeszcze przez 1 dzień po końcu okresu.'],
    [{ amount: null, groups: ['handlowcy'], window: window('once', '2026-01-01', '2026-01-31'), returnDays: 0, settle: 'afterEnd' }, 'Sprzedaż tyle, ile ustalono dla danego uczestnika celu, od 1 stycznia 2026 do 31 stycznia 2026, każdy uczestnik z grupy „handlowcy” z osobna. Cel rozlicza się nazajutrz po końcu okresu.'],
  ])('%#', (definition, words) => expect(said(definition)).toBe(words));

  it('is told in English, too', () => {
    expect(said({ counts: 'documents', amount: 1, lines: { attribute: 'line.category', operator: 'is', value: 'kawa' } }, 'en')).toBe('1 sale of articles with category “kawa” in each quarter, from 1 January 2026, each member alone. It counts at once; returns undo it for 14 days after the period.');
  });

  it.each([[1, '1 transakcja'], [3, '3 transakcje'], [5, '5 transakcji'], [22, '22 transakcje']])('%i documents are %s', (n, words) => expect(plain(targetSum('documents', n, { lang: 'pl', currency: 'PLN' }))).toBe(words));
});

describe('a definition', () => {
  const faults = (more: Record<string, unknown>) => validateTarget({ ...target(), ...more }).map((fault) => fault.pointer);
  it('that is whole has no faults', () => expect(faults({})).toEqual([]));
  it.each<[Record<string, unknown>, string[]]>([
    [{ amount: 0 }, ['/amount']], [{ amount: null }, []], [{ side: 'group' }, ['/groups']], [{ side: 'company', groups: ['A'] }, ['/groups']], [{ groups: ['A', 'A'] }, ['/groups/1']],
    [{ window: { every: 'once', from: '2026-01-01', until: null } }, ['/window/until']], [{ window: { every: 'week', from: '2026-02-30', until: null } }, ['/window/every', '/window/from']],
    [{ window: { every: 'year', from: '2026-01-02', until: '2026-01-01' } }, ['/window/until']], [{ returnDays: 181 }, ['/returnDays']], [{ settle: 'never' }, ['/settle']], [{ more: 1 }, ['/more']],
    [{ lines: { attribute: 'transaction.store', operator: 'is', value: 'A' } }, ['/lines/attribute']], [{ when: { attribute: 'line.category', operator: 'is', value: 'A' } }, ['/when/attribute']],
  ])('%j is at fault at %j', (more, pointers) => expect(faults(more)).toEqual(pointers));
});
