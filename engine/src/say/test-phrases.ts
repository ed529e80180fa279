import { families } from '../attribute-families.ts';
import { CONDITION_DEPTH_MAX } from '../bounds.ts';
import { attributes, type Attribute, type AttributeScope } from '../attributes.ts';
import type { Condition, ConditionLeaf } from '../conditions.ts';
import { findOperator, type OperatorCode, type OperatorValue } from '../operators.ts';
import { demandOf, valueText } from '../phrase-parts.ts';
import { phrasesOf } from '../phrases.ts';
import type { Lang } from '../words.ts';
import { dateReader, listReader, longest, moneyReader, numberReader, quoted, timeReader, type Read, type Reader, type Spoken } from './scan.ts';
import { readTemplate, templateOf, type Sample, type Template } from './template.ts';

export type Tongue = { readonly lang: Lang; readonly currency: string };
type Kind = 'when' | 'line';

/** An organiser's key that no sentence has by chance. */
const KEY = 'qqkeyqq';
/** Values that sound unlike each other, and the two plural forms of what is counted. */
const COUNTS = [[17], [1]] as const;
/** The last one is said with one number: from 1 day to 1 day. */
const RANGES = [[17, 22], [0, 1], [1, 17], [1]] as const;
const NAMES = ['qqfirstqq', 'qqsecondqq'] as const;
const DAYS = ['2031-07-17', '2033-09-23'] as const;
const NUMBER_SCALE: Partial<Record<Attribute['type'], number>> = { money: 100, quantity: 1000 };

/** An attribute as it is said, and how its code is made when a part of it is said too: the organiser's key, a number of days. */
type Said = { readonly attribute: Attribute; readonly hole: Sample | null; readonly codeOf: (parameter: unknown) => string };

function familyMembers({ lang }: Tongue): Said[] {
  return families.flatMap(({ before, after, parameter, named, of }) => {
    const codeOf = (text: unknown) => `${before}${String(text)}${after}`;
    const open: Sample & { readonly parameter: string } = parameter === 'key'
      ? { parameter: KEY, words: lang === 'pl' ? `„${KEY}”` : `“${KEY}”`, read: quoted } : { parameter: '77', words: '77', read: numberReader(lang) };
    const said = (text: string, hole: Sample | null): Said[] => { const attribute = of(text); return attribute === null ? [] : [{ attribute, hole, codeOf: hole === null ? () => attribute.code : codeOf }]; };
    return [...said(open.parameter, open), ...named.flatMap((text) => said(text, null))];
  });
}

/** Reads one test, such as "w środy" or "z kategorii „kawa”". */
export function testReader(kind: Kind, scopes: readonly AttributeScope[], tongue: Tongue): Reader<ConditionLeaf> {
  const plain = attributes.map((attribute): Said => ({ attribute, hole: null, codeOf: () => attribute.code }));
  const forms = [...plain, ...familyMembers(tongue)].filter(({ attribute }) => scopes.includes(attribute.scope)).flatMap((one) => formsOf(one, kind, tongue));
  return (spoken, at) => longest(forms, spoken, at);
}

function formsOf(said: Said, kind: Kind, tongue: Tongue): Reader<ConditionLeaf>[] {
  const { attribute } = said;
  return attribute.operators.flatMap((code) => {
    const operator = findOperator(code);
    // Told as what must not be: the reader of a whole condition turns it round.
    if (operator === null || demandOf({ attribute: attribute.code, operator: code, value: null }).negated) return [];
    const say = (value: OperatorValue): string => phrasesOf(tongue.lang)[kind](demandOf({ attribute: attribute.code, operator: code, value }), tongue.currency);
    const leaf = (value: OperatorValue, parameter: unknown): ConditionLeaf => ({ attribute: said.codeOf(parameter), operator: code, value });
    if (operator.takes === 'nothing') return [form(say(null), [], said, () => null, leaf)];
    if (operator.takes === 'range') return samplesOf(attribute, code, RANGES, tongue).map(({ values, samples }) =>
      form(say([values[0]!, values.at(-1)!] as OperatorValue), samples, said, (read) => [read[0], read.at(-1)] as unknown as OperatorValue, leaf));
    if (attribute.options !== null) return choices(attribute, operator.takes === 'many', say, leaf);
    const singles = samplesOf(attribute, code, COUNTS, tongue);
    if (operator.takes === 'one' || operator.takes === 'segment') return singles.map((one) => form(say(one.values[0]!), one.samples, said, ([value]) => value as OperatorValue, leaf));
    return singles.slice(0, 1).map((one) => form(say([one.values[0]] as OperatorValue), one.samples, said, ([values]) => values as OperatorValue, leaf, joinerOf(say(NAMES))));
  });
}

/** The word between two names that are said together. */
const joinerOf = (both: string): string => both.slice(both.indexOf(NAMES[0]) + NAMES[0].length + 1, both.indexOf(NAMES[1]) - 1).trim();

type Sampled = { readonly values: readonly (string | number)[]; readonly samples: readonly Sample[] };

/** In "jedno z 0 albo 1. dnia miesiąca" the day is another test, and no value of the list. */
const unlessOrdinal = (number: Reader<number>): Reader<number> => (spoken, at) => {
  const read = number(spoken, at);
  return read !== null && spoken.text.startsWith('. ', read.end) ? null : read;
};

/** Values to say aloud, with the words they then have. An organiser's own attribute takes names and numbers alike. */
function samplesOf(attribute: Attribute, code: OperatorCode, counts: readonly (readonly number[])[], { lang, currency }: Tongue): Sampled[] {
  const sampled = (values: readonly (string | number)[], read: Reader<unknown>): Sampled => ({ values, samples: values.map((value) => ({ words: valueText(attribute.code, value, lang, currency), read })) });
  const named = (read: Reader<unknown>): Sampled => sampled(NAMES.slice(0, counts[0]!.length), read);
  switch (attribute.type) {
    case 'money': return counts.slice(0, 1).map((list) => sampled(list.map((n) => n * NUMBER_SCALE.money!), moneyReader(lang, currency)));
    case 'quantity': return counts.slice(0, 1).map((list) => sampled(list.map((n) => n * NUMBER_SCALE.quantity!), numberReader(lang, 3)));
    case 'number': return counts.map((list) => sampled(list, numberReader(lang)));
    case 'time': return [sampled([1025, 1343].slice(0, counts[0]!.length), timeReader)];
    case 'date': return [sampled(DAYS.slice(0, counts[0]!.length), dateReader(lang))];
    case 'custom': {
      const compares = findOperator(code)?.compares;
      const number = unlessOrdinal(numberReader(lang));
      if (compares === 'numbers') return [sampled(counts[0]!, number)];
      return [named(compares === 'texts' ? quoted : (spoken, at) => quoted(spoken, at) ?? number(spoken, at))];
    }
    default: return [named(quoted)];
  }
}

type MakeLeaf = (value: OperatorValue, parameter: unknown) => ConditionLeaf;

/** A reader of one phrase; with a joiner its first value is a list. */
function form(sentence: string, samples: readonly Sample[], { hole }: Said, valueOf: (read: readonly unknown[]) => OperatorValue, leaf: MakeLeaf, joiner: string | null = null): Reader<ConditionLeaf> {
  const listed = joiner === null ? samples : samples.map((sample) => ({ ...sample, read: listReader(sample.read, [joiner]) }));
  const template = templateOf(sentence, hole === null ? listed : [...listed, hole]);
  if (template === null) return () => null;
  return (spoken, at) => {
    const read = readTemplate(template, spoken, at);
    return read && { value: leaf(valueOf(read.value.slice(0, samples.length)), read.value[samples.length]), end: read.end };
  };
}

/** A choice is said by its own words; a list of choices repeats the phrase ("w środy i w piątki") or only the words ("towar albo usługa"). */
function choices(attribute: Attribute, many: boolean, say: (value: OperatorValue) => string, leaf: MakeLeaf): Reader<ConditionLeaf>[] {
  const options = (attribute.options ?? []).map((option) => ({ value: option.value, template: templateOf(say(many ? [option.value] as OperatorValue : option.value), [])! }));
  const one = anyOf(options);
  if (!many) return [(spoken, at) => { const read = one(spoken, at); return read && { value: leaf(read.value, null), end: read.end }; }];
  // Where one choice has a test of its own, a list is of two or more.
  const single = attribute.operators.includes('is');
  const values = options.map(({ value }) => value);
  const list = listOfChoices(values, one, (some) => say(some as OperatorValue));
  const runs = runsOf(values, (some) => say(some as OperatorValue));
  return [(spoken, at) => {
    const read = longest([list, runs], spoken, at);
    return read && (read.value.length > 1 || !single) ? { value: leaf(read.value as unknown as OperatorValue, null), end: read.end } : null;
  }];
}

type Choice = string | number;

/** Three or more in a row may have words of their own: "od poniedziałku do piątku". */
function runsOf(values: readonly Choice[], say: (values: readonly Choice[]) => string): Reader<Choice[]> {
  const spans = values.flatMap((_, from) => values.slice(from + 2).map((__, more) => values.slice(from, from + 3 + more)));
  const told = spans.filter((span) => !say(span).startsWith(say(span.slice(0, 1)))).map((span): Reader<Choice[]> => {
    const template = templateOf(say(span), [])!;
    return (spoken, at) => {
      const read = readTemplate(template, spoken, at);
      return read && { value: [...span], end: read.end };
    };
  });
  return (spoken, at) => longest(told, spoken, at);
}

/** How two choices are said together shows how any number of them is. */
function listOfChoices(values: readonly Choice[], one: Reader<Choice>, say: (values: readonly Choice[]) => string): Reader<Choice[]> {
  const [a, b] = values;
  if (a === undefined || b === undefined) return () => null;
  const [first, second, both] = [say([a]), say([b]), say([a, b])];
  const repeats = both.endsWith(second);
  const shared = repeats ? '' : prefixOf(first, second);
  const joiner = both.slice(first.length, both.length - second.length + shared.length).trim();
  const later = repeats ? one : anyOf(values.map((value) => ({ value, template: templateOf(say([value]).slice(shared.length), [])! })));
  return (spoken, at) => {
    const start = one(spoken, at);
    const rest = start && listReader(later, [joiner])(spoken, at + shared.length);
    return start && rest && { value: [start.value, ...rest.value.slice(1)], end: rest.end };
  };
}

const prefixOf = (a: string, b: string): string => {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return a.slice(0, a.lastIndexOf(' ', length - 1) + 1);
};

const anyOf = (choices: readonly { readonly value: Choice; readonly template: Template }[]): Reader<Choice> => {
  const readers = choices.map(({ value, template }): Reader<Choice> => (spoken, at) => {
    const read = readTemplate(template, spoken, at);
    return read && { value, end: read.end };
  });
  return (spoken, at) => longest(readers, spoken, at);
};

const NOT: Readonly<Record<Lang, readonly string[]>> = { pl: ['nie wtedy, ', 'nie '], en: ['not '] };
const JOIN: Readonly<Record<Lang, readonly { readonly word: string; readonly group: 'all' | 'any' }[]>> = {
  pl: [{ word: ' i ', group: 'all' }, { word: ' albo ', group: 'any' }], en: [{ word: ' and ', group: 'all' }, { word: ' or ', group: 'any' }],
};
const OPPOSITE: Readonly<Record<string, string>> = { is: 'isNot', oneOf: 'noneOf', isTrue: 'isFalse', includesAny: 'includesNone', inSegment: 'notInSegment' };

export const negated = (leaf: ConditionLeaf): Condition => {
  const operator = OPPOSITE[leaf.operator];
  return operator === undefined ? { none: [leaf] } : { ...leaf, operator };
};

/** Reads a whole tree as it is told: "w środy i (w sklepie „Rynek” albo nie w kanale „www”)". */
export function conditionReader(test: Reader<ConditionLeaf>, lang: Lang): Reader<Condition> {
  // Groups deeper than a rule may have are not opened.
  const within = (depth: number): Reader<Condition> => (spoken, at) => {
    if (spoken.text[at] === '(') {
      const inner = depth < CONDITION_DEPTH_MAX ? whole(depth + 1)(spoken, at + 1) : null;
      return inner !== null && spoken.text[inner.end] === ')' ? { value: inner.value, end: inner.end + 1 } : null;
    }
    const plain = test(spoken, at);
    if (plain !== null) return plain;
    const not = NOT[lang].find((word) => spoken.text.startsWith(word, at));
    const refused = not === undefined ? null : test(spoken, at + not.length);
    return refused && { value: negated(refused.value), end: refused.end };
  };
  const whole = (depth: number): Reader<Condition> => (spoken, at) => {
    const atom = within(depth);
    const start = atom(spoken, at);
    if (start === null) return null;
    return joined(atom, spoken, start, JOIN[lang]) ?? start;
  };
  return whole(1);
}

/** "a, b i c" after its first part; null when no list follows. */
function joined(atom: Reader<Condition>, spoken: Spoken, start: Read<Condition>, joiners: typeof JOIN.pl): Read<Condition> | null {
  const parts = [start.value];
  for (let { end } = start; ;) {
    const join = joiners.find(({ word }) => spoken.text.startsWith(word, end));
    const next = join ? atom(spoken, end + join.word.length) : spoken.text.startsWith(', ', end) ? atom(spoken, end + 2) : null;
    if (next === null) return null;
    parts.push(next.value);
    if (join) return { value: join.group === 'all' ? { all: parts } : { any: parts }, end: next.end };
    ({ end } = next);
  }
}
