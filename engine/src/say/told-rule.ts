import type { LocalDate } from '../calendar.ts';
import type { Condition } from '../conditions.ts';
import type { EventReasons } from '../event-types.ts';
import type { RuleTrigger } from '../rules.ts';
import { phrasesOf } from '../phrases.ts';
import { LINE_SCOPES, WHEN_SCOPES } from '../rule-validation.ts';
import { CAPS, type Cap } from '../trace.ts';
import { formatDate, formatPoints, POINT_WORDS, type UnitWords } from '../words.ts';
import { givenReader, pointsReader, type Given } from './gives.ts';
import { dateReader, longest, spokenOf, type Read, type Reader, type Spoken } from './scan.ts';
import { readTemplate, templateOf, type Sample } from './template.ts';
import { conditionReader, testReader, type Tongue } from './test-phrases.ts';

/** What one piece of a sentence adds to a rule. */
export type Part =
  | { readonly kind: 'given'; readonly given: Given }
  | { readonly kind: 'trigger'; readonly trigger: RuleTrigger }
  | { readonly kind: 'when'; readonly when: Condition }
  | { readonly kind: 'lines'; readonly lines: Condition }
  | { readonly kind: 'schedule'; readonly from: LocalDate | null; readonly until: LocalDate | null }
  | { readonly kind: 'cap'; readonly cap: Cap; readonly points: number };

/** The readers of one language, currency and unit. */
export type Grammar = { readonly tongue: Tongue; readonly unit: UnitWords; readonly given: Reader<Part>; readonly when: Reader<Part>; readonly lines: Reader<Part>; readonly extra: Reader<Part> };

const AS = <T, P extends Part>(reader: Reader<T>, make: (value: T) => P): Reader<Part> => (spoken, at) => {
  const read = reader(spoken, at);
  return read && { value: make(read.value), end: read.end };
};

const FROM = '2031-07-17';
const UNTIL = '2033-09-23';

function scheduleReader({ lang }: Tongue): Reader<Part> {
  const day = (date: LocalDate): Sample => ({ words: formatDate(date, lang), read: dateReader(lang) });
  const forms = ([[FROM, UNTIL], [FROM, null], [null, UNTIL]] as const).map(([from, until]): Reader<Part> => {
    const samples = [from, until].filter((date) => date !== null).map(day);
    const said = phrasesOf(lang).schedule(from && formatDate(from, lang), until && formatDate(until, lang));
    const template = templateOf(said ?? '', samples);
    return (spoken, at) => {
      const read = template && readTemplate(template, spoken, at);
      const dates = read?.value as LocalDate[] | undefined;
      return read && dates ? { value: { kind: 'schedule', from: from && dates[0]!, until: until && dates.at(-1)! }, end: read.end } : null;
    };
  });
  return (spoken, at) => longest(forms, spoken, at);
}

/** Caps in points; a budget in money needs the worth of a point, which no sentence says. */
const SAID_CAPS = CAPS.filter((cap) => cap !== 'programMoney');

function capReader(tongue: Tongue, unit: UnitWords): Reader<Part> {
  const samples = [{ words: formatPoints(17, unit, tongue.lang), read: pointsReader(tongue, unit) }];
  const forms = SAID_CAPS.map((cap): Reader<Part> => {
    const template = templateOf(phrasesOf(tongue.lang).limit(cap, 17, unit), samples);
    return (spoken, at) => {
      const read = template && readTemplate(template, spoken, at);
      return read && { value: { kind: 'cap', cap, points: read.value[0] as number }, end: read.end };
    };
  });
  return (spoken, at) => longest(forms, spoken, at);
}

const grammars = new Map<string, Grammar>();

/** Made once for each language, currency and unit: the phrases are asked for everything they can say. */
export function grammarOf(tongue: Tongue, unit: UnitWords = POINT_WORDS[tongue.lang], eventReasons: EventReasons = {}): Grammar {
  const key = JSON.stringify([tongue.lang, tongue.currency, unit, eventReasons]);
  let grammar = grammars.get(key);
  if (!grammar) {
    const lines = conditionReader(testReader('line', LINE_SCOPES, tongue), tongue.lang);
    const when = conditionReader(testReader('when', WHEN_SCOPES, tongue), tongue.lang);
    const extras = [scheduleReader(tongue), capReader(tongue, unit)];
    grammars.set(key, grammar = {
      tongue, unit, given: AS(givenReader(lines, tongue, unit, eventReasons), (given) => ({ kind: 'given', given })), when: AS(when, (condition) => ({ kind: 'when', when: condition })),
      lines: AS(lines, (condition) => ({ kind: 'lines', lines: condition })), extra: (spoken, at) => longest(extras, spoken, at),
    });
  }
  return grammar;
}

/** The parts of a sentence that is said just as `describeRule` says it; null for any other sentence. */
export function readTold(grammar: Grammar, sentence: string): Part[] | null {
  const spoken = spokenOf(sentence.trim().replace(/\.$/, ''));
  const given = grammar.given(spoken, 0);
  if (given === null) return null;
  const parts = [given.value];
  const when = afterAny(grammar.when, spoken, given.end, [' ', ', ']);
  if (when !== null) parts.push(when.value);
  for (let end = when?.end ?? given.end; end < spoken.text.length;) {
    const extra = afterAny(grammar.extra, spoken, end, [', ']);
    if (extra === null) return null;
    parts.push(extra.value);
    ({ end } = extra);
  }
  return parts;
}

function afterAny(reader: Reader<Part>, spoken: Spoken, at: number, separators: readonly string[]): Read<Part> | null {
  for (const separator of separators) {
    // "…, od 1 maja 2026" is the schedule; a condition with a date follows what is given without a comma.
    if (separator === ', ' && separators.length > 1 && !spoken.text.startsWith(', gdy ', at) && spoken.text.startsWith(', ', at)) continue;
    const read = spoken.text.startsWith(separator, at) ? reader(spoken, at + separator.length) : null;
    if (read !== null) return read;
  }
  return null;
}
