/** What an attribute reads from facts: one value, or all of several; null when the fact is not known. */
export type Seen = string | number | boolean | null | readonly string[];

/** What a condition compares with; its shape is the operator's `takes`. */
export type OperatorValue = string | number | boolean | null | readonly string[] | readonly number[];

/** The same, with the codes of a set of articles in place of its name. */
export type Comparand = OperatorValue | ReadonlySet<string>;

export type Operator = {
  readonly words: { readonly pl: string; readonly en: string };
  /** One value, several, a pair [from, to] with both ends included, the name of a set of articles or of a segment, or none (null). */
  readonly takes: 'one' | 'many' | 'range' | 'set' | 'segment' | 'nothing';
  /** What it can compare; 'anything' by equality only. A range of times may go past midnight. */
  readonly compares: 'anything' | 'numbers' | 'texts' | 'dates' | 'times' | 'flags';
  /** The reference: plain and slow. A fact that is not known fails every test but the negative ones. */
  readonly test: (seen: Seen, value: Comparand) => boolean;
  /** The same test with everything that does not depend on the fact done beforehand. */
  readonly compile: (value: Comparand) => (seen: Seen) => boolean;
};

const listed = (value: Comparand): readonly (string | number)[] => (Array.isArray(value) ? value : []);
const isNumber = (seen: Seen): seen is number => typeof seen === 'number';
const isText = (seen: Seen): seen is string => typeof seen === 'string';
const several = (seen: Seen): readonly (string | number)[] => (Array.isArray(seen) ? (seen as readonly string[]) : []);
const codesOf = (value: Comparand): ReadonlySet<string> => (value instanceof Set ? (value as ReadonlySet<string>) : new Set());
const lower = (value: Comparand): string => String(value).toLowerCase();

/** The one table of tests; the form, the validator, the interpreter and the closures read it. */
export const operators = {
  is: {
    words: { pl: 'to', en: 'is' }, takes: 'one', compares: 'anything',
    test: (seen, value) => seen === value,
    compile: (value) => (seen) => seen === value,
  },
  isNot: {
    words: { pl: 'to nie', en: 'is not' }, takes: 'one', compares: 'anything',
    test: (seen, value) => seen !== value,
    compile: (value) => (seen) => seen !== value,
  },
  oneOf: {
    words: { pl: 'to jedno z', en: 'is one of' }, takes: 'many', compares: 'anything',
    test: (seen, value) => listed(value).some((one) => one === seen),
    compile: (value) => {
      const set = new Set<Seen>(listed(value));
      return (seen) => set.has(seen);
    },
  },
  noneOf: {
    words: { pl: 'to żadne z', en: 'is none of' }, takes: 'many', compares: 'anything',
    test: (seen, value) => !listed(value).some((one) => one === seen),
    compile: (value) => {
      const set = new Set<Seen>(listed(value));
      return (seen) => !set.has(seen);
    },
  },
  atLeast: {
    words: { pl: 'co najmniej', en: 'is at least' }, takes: 'one', compares: 'numbers',
    test: (seen, value) => isNumber(seen) && seen >= Number(value),
    compile: (value) => {
      const least = Number(value);
      return (seen) => typeof seen === 'number' && seen >= least;
    },
  },
  below: {
    words: { pl: 'poniżej', en: 'is below' }, takes: 'one', compares: 'numbers',
    test: (seen, value) => isNumber(seen) && seen < Number(value),
    compile: (value) => {
      const limit = Number(value);
      return (seen) => typeof seen === 'number' && seen < limit;
    },
  },
  between: {
    words: { pl: 'od–do', en: 'is between' }, takes: 'range', compares: 'numbers',
    test: (seen, value) => isNumber(seen) && seen >= Number(listed(value)[0]) && seen <= Number(listed(value)[1]),
    compile: (value) => {
      const from = Number(listed(value)[0]);
      const to = Number(listed(value)[1]);
      return (seen) => typeof seen === 'number' && seen >= from && seen <= to;
    },
  },
  startsWith: {
    words: { pl: 'zaczyna się od', en: 'starts with' }, takes: 'one', compares: 'texts',
    test: (seen, value) => isText(seen) && seen.toLowerCase().startsWith(lower(value)),
    compile: (value) => {
      const start = lower(value);
      return (seen) => typeof seen === 'string' && seen.toLowerCase().startsWith(start);
    },
  },
  contains: {
    words: { pl: 'zawiera', en: 'contains' }, takes: 'one', compares: 'texts',
    test: (seen, value) => isText(seen) && seen.toLowerCase().includes(lower(value)),
    compile: (value) => {
      const part = lower(value);
      return (seen) => typeof seen === 'string' && seen.toLowerCase().includes(part);
    },
  },
  onOrAfter: {
    words: { pl: 'od dnia', en: 'is on or after' }, takes: 'one', compares: 'dates',
    test: (seen, value) => isText(seen) && seen >= String(value),
    compile: (value) => {
      const from = String(value);
      return (seen) => typeof seen === 'string' && seen >= from;
    },
  },
  before: {
    words: { pl: 'przed dniem', en: 'is before' }, takes: 'one', compares: 'dates',
    test: (seen, value) => isText(seen) && seen < String(value),
    compile: (value) => {
      const limit = String(value);
      return (seen) => typeof seen === 'string' && seen < limit;
    },
  },
  within: {
    words: { pl: 'w dniach od–do', en: 'is within' }, takes: 'range', compares: 'dates',
    test: (seen, value) => isText(seen) && seen >= String(listed(value)[0]) && seen <= String(listed(value)[1]),
    compile: (value) => {
      const from = String(listed(value)[0]);
      const to = String(listed(value)[1]);
      return (seen) => typeof seen === 'string' && seen >= from && seen <= to;
    },
  },
  timeWithin: {
    words: { pl: 'w godzinach od–do', en: 'is between the times' }, takes: 'range', compares: 'times',
    test: (seen, value) => {
      const [from, to] = [Number(listed(value)[0]), Number(listed(value)[1])];
      return isNumber(seen) && (from < to ? seen >= from && seen < to : seen >= from || seen < to);
    },
    compile: (value) => {
      const from = Number(listed(value)[0]);
      const to = Number(listed(value)[1]);
      if (from < to) return (seen) => typeof seen === 'number' && seen >= from && seen < to;
      return (seen) => typeof seen === 'number' && (seen >= from || seen < to);
    },
  },
  includesAny: {
    words: { pl: 'to co najmniej jedno z', en: 'includes any of' }, takes: 'many', compares: 'anything',
    test: (seen, value) => listed(value).some((one) => several(seen).includes(one)),
    compile: (value) => {
      const set = new Set<unknown>(listed(value));
      return (seen) => Array.isArray(seen) && seen.some((one) => set.has(one));
    },
  },
  includesNone: {
    words: { pl: 'to żadne z', en: 'includes none of' }, takes: 'many', compares: 'anything',
    test: (seen, value) => !listed(value).some((one) => several(seen).includes(one)),
    compile: (value) => {
      const set = new Set<unknown>(listed(value));
      return (seen) => !Array.isArray(seen) || !seen.some((one) => set.has(one));
    },
  },
  includesAll: {
    words: { pl: 'to wszystkie z', en: 'includes all of' }, takes: 'many', compares: 'anything',
    test: (seen, value) => listed(value).every((one) => several(seen).includes(one)),
    compile: (value) => {
      const wanted = listed(value);
      return (seen) => Array.isArray(seen) && wanted.every((one) => seen.includes(one));
    },
  },
  inSet: {
    words: { pl: 'w zestawie', en: 'is in the set' }, takes: 'set', compares: 'anything',
    test: (seen, value) => isText(seen) && codesOf(value).has(seen),
    compile: (value) => {
      const codes = codesOf(value);
      return (seen) => typeof seen === 'string' && codes.has(seen);
    },
  },
  notInSet: {
    words: { pl: 'poza zestawem', en: 'is not in the set' }, takes: 'set', compares: 'anything',
    test: (seen, value) => !isText(seen) || !codesOf(value).has(seen),
    compile: (value) => {
      const codes = codesOf(value);
      return (seen) => typeof seen !== 'string' || !codes.has(seen);
    },
  },
  inSegment: {
    words: { pl: 'w segmencie', en: 'is in the segment' }, takes: 'segment', compares: 'flags',
    test: (seen) => seen === true,
    compile: () => (seen) => seen === true,
  },
  notInSegment: {
    words: { pl: 'poza segmentem', en: 'is not in the segment' }, takes: 'segment', compares: 'flags',
    test: (seen) => seen !== true,
    compile: () => (seen) => seen !== true,
  },
  isTrue: {
    words: { pl: 'to prawda', en: 'is true' }, takes: 'nothing', compares: 'flags',
    test: (seen) => seen === true,
    compile: () => (seen) => seen === true,
  },
  isFalse: {
    words: { pl: 'to nieprawda', en: 'is false' }, takes: 'nothing', compares: 'flags',
    test: (seen) => seen === false,
    compile: () => (seen) => seen === false,
  },
} as const satisfies Record<string, Operator>;

export type OperatorCode = keyof typeof operators;

/** Null for a code the table does not have. */
export function findOperator(code: string): Operator | null {
  return Object.hasOwn(operators, code) ? operators[code as OperatorCode] : null;
}
