import { attributeOf } from './attributes.ts';
import type { CalendarParts } from './calendar.ts';
import { NO_LINE, type ConditionLeaf } from './conditions.ts';
import { NO_CAPS_USED, UNKNOWN_MEMBER, type SaleDocument } from './facts.ts';
import { findOperator, type OperatorValue } from './operators.ts';
import { formatDate, formatDecimal, formatMoneyShort, formatQuantity, type Lang, type UnitWords } from './words.ts';
import type { GrantKind } from './grants.ts';
import { readReference } from './set-reference.ts';
import type { Effect } from './rules.ts';
import type { Minor, Points } from './points.ts';
import type { Cap } from './trace.ts';

/** A test in its positive form: `isNot`, `noneOf`, `includesNone`, `notInSet`, `notInSegment` and `isFalse` are told as what must not be. */
export type Demand = { readonly attribute: string; readonly operator: string; readonly value: OperatorValue; readonly negated: boolean };

/** What a sentence may look at besides the rule. */
export type Seeing = { readonly document: SaleDocument; readonly calendar: CalendarParts; readonly currency: string; /** The member's number kept in the trace. */ readonly seen: number | null };

/** The sentences of one language. Clauses begin small and end bare; sentences are whole. */
export type Phrases = EffectPhrases & {
  /** When a rule works: "w środy", "gdy …". */
  readonly when: (demand: Demand, currency: string) => string;
  /** Which lines: "z kategorii „kawa”". */
  readonly line: (demand: Demand, currency: string) => string;
  /** What was there instead: "zakup był w piątek"; null when the trace does not tell. */
  readonly seen: (demand: Demand, seeing: Seeing) => string | null;
  readonly and: string;
  readonly or: string;
  readonly not: (clause: string) => string;
  readonly lines: (clause: string) => string;
  readonly works: (clause: string, negated: boolean, seen: string | null) => string;
  readonly noneOfSeveral: (clause: string) => string;
  readonly outside: (which: 'notYet' | 'ended', limit: string, date: string) => string;
  readonly noEarningLines: string;
  readonly noMatchingLines: (lines: string | null) => string;
  /** `giver`: the rule that gave something in the winner's place; null: the winner itself did. */
  readonly lostGroup: (winner: string, giver: string | null) => string;
  /** The rule that won gave nothing in the end, and no other in its place. */
  readonly lostInVain: (winner: string) => string;
  readonly nothingToMultiply: string;
  readonly schedule: (from: string | null, until: string | null) => string | null;
};

/** The sentences of one language about what rules give and what their limits do. `points` of a grant are pieces, and `unit` is `grantUnit`. */
export type EffectPhrases = {
  /** `reason`: what an event's points are for, with its preposition; null: purchases. */
  readonly effect: (effect: Effect, currency: string, unit: UnitWords, lines: string | null, reason: string | null) => string;
  readonly grantUnit: (what: GrantKind) => UnitWords;
  readonly afterMultipliers: string;
  readonly got: (effect: Effect, text: string, basis: number, points: Points, currency: string, unit: UnitWords) => string;
  readonly cut: (cap: Cap, limit: Points, before: Points, points: Points, unit: UnitWords) => string;
  readonly limit: (cap: Cap, points: Points, unit: UnitWords) => string;
  /** `worth`: what a thousand cost, in words with their unit; null: not told. */
  readonly budget: (minor: Minor, currency: string, worth: { readonly per1000: Minor; readonly unit: UnitWords } | null) => string;
  readonly tooLittle: (effect: Effect, text: string, basis: number, currency: string, paidWithPoints: boolean) => string;
  readonly lostBestOf: (winner: string, points: Points, unit: UnitWords) => string;
  readonly noTier: (tiers: readonly string[]) => string;
};

/** The unit a rule's numbers are told in: the wallet's, or pieces of what it grants. */
export const unitOfEffect = (effect: Effect, unit: UnitWords, phrases: EffectPhrases): UnitWords => (effect.kind === 'grant' ? phrases.grantUnit(effect.what) : unit);

/** Basis points as "2,5%" (Polish) or "2.5%". */
export const formatPercent = (basisPoints: number, lang: Lang): string =>
  `${basisPoints % 100 === 0 ? formatDecimal(basisPoints / 100, 0, lang) : basisPoints % 10 === 0 ? formatDecimal(basisPoints / 10, 1, lang) : formatDecimal(basisPoints, 2, lang)}%`;

/** The positive form of a test, and whether it must not hold. */
export function demandOf(leaf: ConditionLeaf, negated = false): Demand {
  const positive: Readonly<Record<string, string>> = { isNot: 'is', noneOf: 'oneOf', isFalse: 'isTrue', includesNone: 'includesAny', notInSet: 'inSet', notInSegment: 'inSegment' };
  const operator = positive[leaf.operator];
  return operator === undefined ? { ...leaf, negated } : { attribute: leaf.attribute, operator, value: leaf.value, negated: !negated };
}

/** The values of a test as a person reads them, in order. */
export function valuesOf(demand: Demand, lang: Lang, currency: string): string[] {
  if (demand.operator === 'inSet' || demand.operator === 'inSegment') return [valueText(demand.attribute, readReference(String(demand.value)).name, lang, currency)];
  const values: readonly unknown[] = Array.isArray(demand.value) ? demand.value : [demand.value];
  return values.map((value) => valueText(demand.attribute, value, lang, currency));
}

/** One value of an attribute in words. */
export function valueText(code: string, value: unknown, lang: Lang, currency: string): string {
  const attribute = attributeOf(code);
  const option = attribute?.options?.find((one) => one.value === value);
  if (option !== undefined) return option.words[lang];
  if (attribute?.type === 'money' && typeof value === 'number') return formatMoneyShort(value, currency, lang);
  if (attribute?.type === 'quantity' && typeof value === 'number') return formatQuantity(value, lang);
  if (attribute?.type === 'time' && typeof value === 'number') return timeText(value);
  if (attribute?.type === 'date' && typeof value === 'string') return formatDate(value, lang);
  return typeof value === 'string' ? (lang === 'pl' ? `„${value}”` : `“${value}”`) : String(value);
}

/** "9:05" of minutes since midnight. */
export const timeText = (minutes: number): string => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;

/** "a, b albo c". */
export function listOf(parts: readonly string[], last: string): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} ${last} ${parts.at(-1)}`;
}

/** Words of the table for attributes without a phrase of their own. */
export function plainTest(demand: Demand, lang: Lang, currency: string, last: string): string {
  const name = attributeOf(demand.attribute)?.words[lang] ?? demand.attribute;
  const operator = findOperator(demand.operator)?.words[lang] ?? demand.operator;
  return `${name} ${operator} ${demand.value === null ? '' : listOf(valuesOf(demand, lang, currency), last)}`.trim();
}

/** The first and the last of three or more days in a row, which nobody lists one by one; null for any others. Days are 1 (Monday) to 7. */
export function dayRun(days: readonly number[]): readonly [first: number, last: number] | null {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  const [first = 0, last = 0] = [sorted[0], sorted.at(-1)];
  return sorted.length >= 3 && sorted.length < 7 && last - first === sorted.length - 1 ? [first, last] : null;
}

/** The key of an own attribute of the purchase that a test only wants to be there and true; null for any other test. */
export const wantedAttribute = ({ attribute, operator }: Demand): string | null =>
  (operator === 'isTrue' && attribute.startsWith('transaction.attribute.') ? attribute.slice('transaction.attribute.'.length) : null);

/** The fact of a document that a test on it saw; null for facts that are not in the document. */
export function documentFact(demand: Demand, seeing: Seeing, lang: Lang): string | null {
  const attribute = attributeOf(demand.attribute);
  if (attribute === null || attribute.scope !== 'document') return null;
  const { document, calendar } = seeing;
  const value = attribute.read({ document, calendar, member: UNKNOWN_MEMBER, caps: NO_CAPS_USED }, document.lines[0] ?? NO_LINE);
  if (Array.isArray(value)) return null;
  return value === null ? null : valueText(demand.attribute, value, lang, seeing.currency);
}
