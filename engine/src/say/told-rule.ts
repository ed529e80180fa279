import type { LocalDate } from '../calendar.ts';
import type { Condition } from '../conditions.ts';
import type { EventReasons } from '../event-types.ts';
import { GRANT_KINDS } from '../grants.ts';
import type { Minor, Rounding } from '../points.ts';
import type { RuleExpiry, RuleTrigger } from '../rules.ts';
import { phrasesOf } from '../phrases.ts';
import { LINE_SCOPES, WHEN_SCOPES } from '../rule-validation.ts';
import { CAPS, type Cap } from '../trace.ts';
import { formatDate, formatMoneyShort, formatPoints, POINT_WORDS, type UnitWords } from '../words.ts';
import { givenReader, piecesReader, pointsReader, type Given } from './gives.ts';
import { dateReader, longest, moneyReader, spokenOf, type Read, type Reader, type Spoken } from './scan.ts';
import { readTemplate, templateOf, type Sample } from './template.ts';
import { conditionReader, testReader, type Tongue } from './test-phrases.ts';
import { expiryReader } from './validity.ts';

/** What one piece of a sentence adds to a rule. */
export type Part =
  | { readonly kind: 'given'; readonly given: Given }
  /** A return may name its goods at once, and `perThousandths` when points are for each so many pieces of them. */
  | { readonly kind: 'trigger'; readonly trigger: RuleTrigger; readonly lines?: Condition; readonly perThousandths?: number; readonly guessed?: readonly string[] }
  /** `guessed`: names in it that the program does not know. `newcomers`: nothing where another part says how new somebody is. */
  | { readonly kind: 'when'; readonly when: Condition; readonly guessed?: readonly string[]; readonly newcomers?: true }
  | { readonly kind: 'lines'; readonly lines: Condition; readonly guessed?: readonly string[] }
  /** A number of points is for each so many pieces of these, of any goods with null; `once`: for the first so many of a purchase alone. */
  | { readonly kind: 'each'; readonly lines: Condition | null; readonly perThousandths: number; readonly once?: boolean; readonly guessed?: readonly string[] }
  /** So often, whatever is given once. */
  | { readonly kind: 'times'; readonly cap: Cap; readonly times: number }
  | { readonly kind: 'schedule'; readonly from: LocalDate | null; readonly until: LocalDate | null }
  | { readonly kind: 'cap'; readonly cap: Cap; readonly points: number }
  | { readonly kind: 'budget'; readonly limitMinor: Minor; readonly per1000: Minor }
  | { readonly kind: 'expiry'; readonly expiry: RuleExpiry }
  /** How a part of a point is rounded. */
  | { readonly kind: 'rounding'; readonly rounding: Rounding }
  /** Not raised by multipliers. */
  | { readonly kind: 'plain' };

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
  const forms = ([[FROM, UNTIL], [FROM, null], [null, UNTIL], [FROM, FROM]] as const).map(([from, until]): Reader<Part> => {
    const samples = [...new Set([from, until])].filter((date) => date !== null).map(day);
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

const SAMPLE_POINTS = 17;
const SAMPLE_LIMIT = 1900;
const SAMPLE_WORTH = 2300;
/** The units limits are told in: the wallet's, or pieces of what a rule grants. */
const unitsOf = ({ lang }: Tongue, unit: UnitWords): UnitWords[] => [unit, ...GRANT_KINDS.map(phrasesOf(lang).grantUnit)];

function capReader(tongue: Tongue, unit: UnitWords): Reader<Part> {
  const { lang } = tongue;
  const [points, pieces] = [pointsReader(tongue, unit), piecesReader(tongue, unitsOf(tongue, unit))];
  const samples: Sample[] = [{ words: formatPoints(SAMPLE_POINTS, unit, lang), read: (spoken, at) => points(spoken, at) ?? pieces(spoken, at) }];
  const forms = CAPS.filter((cap) => cap !== 'programMoney').map((cap): Reader<Part> => {
    const template = templateOf(phrasesOf(lang).limit(cap, SAMPLE_POINTS, unit), samples);
    return (spoken, at) => {
      const read = template && readTemplate(template, spoken, at);
      return read && { value: { kind: 'cap', cap, points: read.value[0] as number }, end: read.end };
    };
  });
  return (spoken, at) => longest(forms, spoken, at);
}

/** A budget in money needs the worth of a point, so only a sentence that says both is one. */
function budgetReader(tongue: Tongue, unit: UnitWords): Reader<Part> {
  const { lang, currency } = tongue;
  const samples = [SAMPLE_LIMIT, SAMPLE_WORTH].map((minor): Sample => ({ words: formatMoneyShort(minor, currency, lang), read: moneyReader(lang, currency) }));
  const forms = unitsOf(tongue, unit).map((one): Reader<Part> => {
    const template = templateOf(phrasesOf(lang).budget(SAMPLE_LIMIT, currency, { per1000: SAMPLE_WORTH, unit: one }), samples);
    return (spoken, at) => {
      const read = template && readTemplate(template, spoken, at);
      return read && { value: { kind: 'budget', limitMinor: read.value[0] as number, per1000: read.value[1] as number }, end: read.end };
    };
  });
  return (spoken, at) => longest(forms, spoken, at);
}

function plainReader({ lang }: Tongue): Reader<Part> {
  const template = templateOf(phrasesOf(lang).afterMultipliers, [])!;
  return (spoken, at) => {
    const read = readTemplate(template, spoken, at);
    return read && { value: { kind: 'plain' }, end: read.end };
  };
}

const grammars = new Map<string, Grammar>();

/** Made once for each language, currency and unit: the phrases are asked for everything they can say. */
export function grammarOf(tongue: Tongue, unit: UnitWords = POINT_WORDS[tongue.lang], eventReasons: EventReasons = {}): Grammar {
  const key = JSON.stringify([tongue.lang, tongue.currency, unit, eventReasons]);
  let grammar = grammars.get(key);
  if (!grammar) {
    const lines = conditionReader(testReader('line', LINE_SCOPES, tongue), tongue.lang);
    const when = conditionReader(testReader('when', WHEN_SCOPES, tongue), tongue.lang);
    const extras = [scheduleReader(tongue), capReader(tongue, unit), budgetReader(tongue, unit), expiryReader(tongue, unit), plainReader(tongue)];
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
