import { attributeOf } from './attributes.ts';
import { groupOf, isGroup, type Condition, type ConditionLeaf } from './conditions.ts';
import { eventReason, RETURN_EVENT, type EventReasons } from './event-types.ts';
import type { OperatorValue } from './operators.ts';
import { demandOf, listOf, unitOfEffect, type Demand, type Phrases } from './phrase-parts.ts';
import { phrasesOf } from './phrases.ts';
import { whoClause } from './phrases-who.ts';
import { describeRuleExpiry } from './expiry-words.ts';
import type { Effect, RuleDefinition } from './rules.ts';
import { CAPS, type Cap } from './trace.ts';
import { formatDate, POINT_WORDS, type Lang, type UnitWords } from './words.ts';

/** What the organiser calls fields of own events, by key, and values of attributes that stand for something with a name, by code. `reasons`: how own events are told now, before what a ruleset wrote down. */
export type OwnNames = { readonly reasons?: EventReasons; readonly fields?: Readonly<Record<string, string>>; readonly values?: Readonly<Record<string, Readonly<Record<string, string>>>> };
export type DescribeOptions = { readonly lang: Lang; readonly currency: string; /** The wallet's unit; default: points. */ readonly unit?: UnitWords; /** How the organiser's own types of events are told. */ readonly eventReasons?: EventReasons; readonly names?: OwnNames; /** For everybody to read: what points cost the organiser is not told. */ readonly open?: boolean };

/** "50 punktów za zakup przy pierwszym zakupie" and "50 points for a purchase on the first purchase" name the purchase twice. */
const FOR_PURCHASE: Readonly<Record<Lang, RegExp>> = { pl: / za zakup$/, en: / for a purchase$/ };
const NAMES_PURCHASE: Readonly<Record<Lang, RegExp>> = { pl: /^przy (?=(?:pierwszym )?zakupie)/, en: /^on (?=the first purchase|purchases)/ };

/** A test on the total names the purchase; of a return it is told as its worth. `sayRule` turns it back. */
const ON_PURCHASE: Readonly<Record<Lang, readonly [RegExp, string]>> = { pl: [/(?<=^| )przy zakupie (?:za )?/g, 'o wartości '], en: [/(?<=^| )on purchases of /g, 'with a value of '] };

/** One sentence that says what a rule does: "1 punkt za każde 10 zł w środy, od 1 maja 2026, najwyżej 50 punktów dziennie." */
export function describeRule(definition: RuleDefinition, options: DescribeOptions): string {
  const { lang } = options;
  const phrases = phrasesOf(lang);
  const told = definition.when === null ? null : describeCondition(definition.when, 'when', options);
  const when = told !== null && definition.trigger?.kind === 'event' && definition.trigger.type === RETURN_EVENT ? told.replace(...ON_PURCHASE[lang]) : told;
  const { from, until } = definition.schedule;
  const extras = [
    phrases.schedule(from === null ? null : formatDate(from, lang), until === null ? null : formatDate(until, lang)),
    ...CAPS.map((cap) => limitText(definition, cap, options)),
    definition.effect.kind === 'grant' ? null : describeRuleExpiry(definition.expiry, options.unit ?? POINT_WORDS[lang], lang),
    definition.afterMultipliers === true ? phrases.afterMultipliers : null,
  ].filter((extra) => extra !== null);
  const effect = describeEffect(definition, options);
  const start = when === null ? effect : onCondition(definition.effect.kind, effect, when, lang);
  const text = [start, ...extras].join(', ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** The effect with the condition behind it, with what both of them name said once: English then says what it is for. */
function onCondition(kind: Effect['kind'], effect: string, when: string, lang: Lang): string {
  if (kind === 'fixed' && FOR_PURCHASE[lang].test(effect) && NAMES_PURCHASE[lang].test(when)) return `${effect.replace(FOR_PURCHASE[lang], '')} ${lang === 'en' ? when.replace(NAMES_PURCHASE.en, 'for ') : when}`;
  return `${effect}${when.startsWith('gdy ') ? ',' : ''} ${when}`;
}

function limitText({ caps, effect }: RuleDefinition, cap: Cap, { lang, currency, unit: wallets, open }: DescribeOptions): string | null {
  const phrases = phrasesOf(lang);
  const unit = unitOfEffect(effect, wallets ?? POINT_WORDS[lang], phrases);
  if (cap === 'programMoney') return caps.programMoney ? phrases.budget(caps.programMoney.limitMinor, currency, open ? null : { per1000: caps.programMoney.per1000, unit }) : null;
  const points = caps[cap] ?? null;
  return points === null ? null : phrases.limit(cap, points, unit);
}

/** What a rule gives and for which lines, beginning small: "1 punkt za każde 10 zł wydane na towary z kategorii „kawa”". */
export function describeEffect(definition: RuleDefinition, options: DescribeOptions): string {
  const { trigger } = definition;
  const gives = calledEffect(definition.effect, options.names);
  const phrases = phrasesOf(options.lang);
  const reason = trigger?.kind === 'event' ? eventReason(trigger.type, options.lang, options.eventReasons) : null;
  const effect = phrases.effect(gives, options.currency, unitOfEffect(gives, options.unit ?? POINT_WORDS[options.lang], phrases), describeLines(definition, options), reason);
  // What comes once is told with what it is for; other effects name an amount first.
  if (reason === null || gives.kind === 'fixed' || (gives.kind === 'grant' && !gives.perMinor)) return effect;
  return gives.kind === 'multiplier' ? `${effect} ${reason}` : `${effect}, ${reason}`;
}

/** "towarów z kategorii „kawa”"; null when the rule counts every line. */
export function describeLines(definition: RuleDefinition, options: DescribeOptions): string | null {
  return definition.lines === null ? null : phrasesOf(options.lang).lines(describeCondition(definition.lines, 'line', options));
}

/** Who is in a segment, in a sentence: "Uczestnik należy do segmentu, gdy jest firmą i gdy od ostatniego zakupu minęło mniej niż 60 dni." */
export const describeSegment = (condition: Condition, options: DescribeOptions): string =>
  `${options.lang === 'pl' ? 'Uczestnik należy do segmentu, ' : 'A member is in the segment '}${told(condition, false, 'who', options, phrasesOf(options.lang), false)}.`;

/** A condition tree in words. */
export function describeCondition(condition: Condition, kind: 'when' | 'line', options: DescribeOptions): string {
  return told(condition, false, kind, options, phrasesOf(options.lang), false);
}

function told(condition: Condition, negated: boolean, kind: 'when' | 'line' | 'who', options: DescribeOptions, phrases: Phrases, inner: boolean): string {
  if (!isGroup(condition)) {
    const demand = demandOf(calledValue(condition, options.names), negated);
    const clause = calledField(condition, kind === 'who' ? whoClause(demand, options.currency, options.lang) : phrases[kind](demand, options.currency), options);
    return demand.negated ? phrases.not(clause) : clause;
  }
  // `none` is told as "not … and not …", just as the engine reads it.
  const { parts, every, negates } = groupOf(condition, negated);
  if (parts.length === 1) return told(parts[0]!, negates, kind, options, phrases, inner);
  const text = listOf(parts.map((part) => told(part, negates, kind, options, phrases, true)), every ? phrases.and : phrases.or);
  return inner ? `(${text})` : text;
}

/** One test with its clause, as the organiser names its codes. */
export function describeTest(leaf: ConditionLeaf, negated: boolean, options: DescribeOptions): { demand: Demand; clause: string } {
  const demand = demandOf(calledValue(leaf, options.names), negated);
  return { demand, clause: calledField(leaf, phrasesOf(options.lang).when(demand, options.currency), options) };
}

export const own = (names: Readonly<Record<string, string>> | undefined, code: string): string => (names && Object.hasOwn(names, code) ? names[code]! : code);

/** The test with the names of what its codes stand for. */
function calledValue(leaf: ConditionLeaf, names: OwnNames | undefined): ConditionLeaf {
  const known = names?.values?.[leaf.attribute];
  if (!known) return leaf;
  const called = (value: unknown) => (typeof value === 'string' ? own(known, value) : value);
  return { ...leaf, value: (Array.isArray(leaf.value) ? leaf.value.map(called) : called(leaf.value)) as OperatorValue };
}

/** A clause that says a field or a badge of its attribute by its code says it by its name. A field that every program knows has words of its own and stays. */
function calledField({ attribute }: ConditionLeaf, clause: string, { lang, names }: DescribeOptions): string {
  const [before, known] = ([['event.field.', names?.fields], ['member.badgeDays.', names?.values?.['member.badge']]] as const).find(([start]) => attribute.startsWith(start)) ?? [];
  if (before === undefined || !known) return clause;
  const code = attribute.slice(before.length);
  const words = attributeOf(attribute)?.words[lang] ?? '';
  const part = clause.includes(words) ? words : clause;
  return clause.replace(part, () => part.replace(`„${code}”`, () => `„${own(known, code)}”`).replace(`“${code}”`, () => `“${own(known, code)}”`));
}

function calledEffect(effect: Effect, names: OwnNames | undefined): Effect {
  if (effect.kind === 'perUnit' && effect.of) return { ...effect, of: { field: own(names?.fields, effect.of.field) } };
  if (effect.kind === 'grant' && effect.what === 'badge') return { ...effect, code: own(names?.values?.['member.badge'], effect.code) };
  return effect.kind === 'tierMultiplier' ? { ...effect, tiers: effect.tiers.map((one) => ({ ...one, tier: own(names?.values?.['member.tier'], one.tier) })) } : effect;
}
