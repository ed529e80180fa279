import type { Condition } from '../conditions.ts';
import { describeCondition, describeEffect } from '../describe.ts';
import { EVENT_TYPES, type EventReasons } from '../event-types.ts';
import type { Points, RateRounding, Rounding } from '../points.ts';
import type { Effect, RuleDefinition, RuleTrigger } from '../rules.ts';
import { formatMoneyShort, formatPoints, type UnitWords } from '../words.ts';
import { longest, moneyReader, numberReader, pattern, remembering, type Reader } from './scan.ts';
import { namedForms } from './named-forms.ts';
import { readTemplate, templateOf, type Sample } from './template.ts';
import type { Tongue } from './test-phrases.ts';

/** What a sentence says a rule gives, for what and for which lines; no trigger: for purchases. */
export type Given = { readonly trigger: RuleTrigger | null; readonly effect: Effect; readonly lines: Condition | null };

const POINTS = 17;
const MINOR = 1900;
const UNITS = 23;
const ROUNDINGS: readonly Rounding[] = ['down', 'nearest', 'up'];
export const RATE_ROUNDINGS: readonly RateRounding[] = [...ROUNDINGS, 'steps'];

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const formsOf = (unit: UnitWords): string[] => [unit.one, unit.few, unit.many, unit.fraction, `${unit.one.slice(0, -1)}ę`].map((form) => literal(form.toLowerCase()));

/** "17 punktów", "2 pkt": a number with any form of the unit. */
export const pointsReader = (tongue: Tongue, unit: UnitWords): Reader<Points> => countReader(tongue, [...formsOf(unit), 'pkt\\.?', 'pts?\\.?']);

/** "3 losy": a number with any form of one of the units, and no shorter word for it. */
export const piecesReader = (tongue: Tongue, units: readonly UnitWords[]): Reader<Points> => countReader(tongue, units.flatMap(formsOf));

function countReader({ lang }: Tongue, forms: readonly string[]): Reader<Points> {
  const number = numberReader(lang);
  const word = pattern(` ?(?:${[...new Set(forms)].join('|')})(?![\\p{L}\\d])`, () => true);
  return (spoken, at) => {
    const read = number(spoken, at);
    const named = read && word(spoken, read.end);
    return read && named && { value: read.value, end: named.end };
  };
}

const common = (a: number, b: number): number => (b === 0 ? a : common(b, a % b));

/** A multiplier of so many hundredths, in lowest terms. */
export function multiplierOf(hundredths: number): Effect {
  const divisor = common(hundredths, 100);
  return { kind: 'multiplier', numerator: hundredths / divisor, denominator: 100 / divisor };
}

export type Numbers = readonly number[];
/** A way of saying an effect. `make` gets what was read at the samples' places, as numbers and as they are. */
export type Form = { readonly sample: Effect; readonly values: readonly Sample[]; readonly make: (numbers: Numbers, values: readonly unknown[]) => Effect };

/** Every way in which an effect is said, with what may differ from rule to rule. */
function effectForms(tongue: Tongue, unit: UnitWords): Form[] {
  const { lang, currency } = tongue;
  const points: Sample = { words: formatPoints(POINTS, unit, lang), read: remembering(pointsReader(tongue, unit)) };
  const money: Sample = { words: formatMoneyShort(MINOR, currency, lang), read: remembering(moneyReader(lang, currency)) };
  const perAmount = (rounding: RateRounding, per: 'transaction' | 'line'): Form[] => [
    { sample: { kind: 'perAmount', points: POINTS, perMinor: MINOR, rounding, per }, values: [points, money], make: ([n, perMinor]) => ({ kind: 'perAmount', points: n!, perMinor: perMinor!, rounding, per }) },
    // A hundred grosze have a word of their own.
    { sample: { kind: 'perAmount', points: POINTS, perMinor: 100, rounding, per }, values: [points], make: ([n]) => ({ kind: 'perAmount', points: n!, perMinor: 100, rounding, per }) },
  ];
  const perUnit = (rounding: RateRounding, per: 'transaction' | 'line'): Form[] => [
    { sample: { kind: 'perUnit', points: POINTS, perThousandths: UNITS * 1000, rounding, per }, values: [points, { words: String(UNITS), read: numberReader(lang, 3) }], make: ([n, units]) => ({ kind: 'perUnit', points: n!, perThousandths: units!, rounding, per }) },
    // One piece has words of its own.
    { sample: { kind: 'perUnit', points: POINTS, perThousandths: 1000, rounding, per }, values: [points], make: ([n]) => ({ kind: 'perUnit', points: n!, perThousandths: 1000, rounding, per }) },
  ];
  const percent = (rounding: Rounding, per: 'transaction' | 'line'): Form =>
    ({ sample: { kind: 'percent', basisPoints: POINTS * 100, rounding, per }, values: [{ words: String(POINTS), read: numberReader(lang, 2) }], make: ([rate]) => ({ kind: 'percent', basisPoints: rate!, rounding, per }) });
  const pers = ['transaction', 'line'] as const;
  return [
    ...RATE_ROUNDINGS.flatMap((rounding) => pers.flatMap((per) => perUnit(rounding, per))),
    ...ROUNDINGS.flatMap((rounding) => pers.map((per) => percent(rounding, per))),
    { sample: { kind: 'fixed', points: POINTS }, values: [points], make: ([n]) => ({ kind: 'fixed', points: n! }) },
    ...RATE_ROUNDINGS.flatMap((rounding) => [...perAmount(rounding, 'transaction'), ...perAmount(rounding, 'line')]),
    ...namedForms(tongue, points),
    ...[200, 300].map((size): Form => ({ sample: multiplierOf(size), values: [], make: () => multiplierOf(size) })),
    { sample: multiplierOf(POINTS * 100), values: [{ words: String(POINTS), read: numberReader(lang, 2) }], make: ([size]) => multiplierOf(size!) },
  ];
}

/** How the conditions on lines are said in a sample. */
const LINES: Condition = { attribute: 'line.sku', operator: 'is', value: 'qqlinesqq' };
const BLANK: RuleDefinition = {
  name: '', wallet: '', when: null, lines: null, effect: { kind: 'fixed', points: POINTS }, schedule: { from: null, until: null }, priority: 0, exclusiveGroup: null,
  caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: null,
};

/** Reads what a rule gives and for what, as `describeEffect` says it. `lines`: reads the conditions on lines inside. */
export function givenReader(lines: Reader<Condition>, tongue: Tongue, unit: UnitWords, eventReasons: EventReasons): Reader<Given> {
  const options = { ...tongue, unit, eventReasons };
  const told: Sample = { words: describeCondition(LINES, 'line', options), read: remembering(lines) };
  const triggers: readonly (RuleTrigger | null)[] = [null, ...[...EVENT_TYPES.map(({ code }) => code), ...Object.keys(eventReasons)].map((type): RuleTrigger => ({ kind: 'event', type }))];
  const readers = effectForms(tongue, unit).flatMap(({ sample, values, make }) => triggers.flatMap((trigger) => [false, true].flatMap((limited): Reader<Given>[] => {
    const said = describeEffect({ ...BLANK, effect: sample, lines: limited ? LINES : null, ...(trigger && { trigger }) }, options);
    const template = templateOf(said, limited ? [...values, told] : values);
    if (template === null) return [];
    return [(spoken, at) => {
      const read = readTemplate(template, spoken, at);
      return read && { value: { trigger, effect: make(read.value as number[], read.value), lines: limited ? read.value.at(-1) as Condition : null }, end: read.end };
    }];
  })));
  return (spoken, at) => longest(readers, spoken, at);
}
