import { calendarParts, type CalendarParts } from './calendar.ts';
import { own, type OwnNames } from './describe.ts';
import { RETURN_EVENT } from './event-types.ts';
import { NO_CAPS_USED, UNKNOWN_MEMBER, type SaleDocument } from './facts.ts';
import { guardingFacts, guardKey, guardsOf, refusingGuard } from './guards.ts';
import type { GrantKind } from './grants.ts';
import { budgetOf } from './periods.ts';
import { unitOfEffect, type Demand, type Phrases, type Seeing } from './phrase-parts.ts';
import { phrasesOf } from './phrases.ts';
import type { Points } from './points.ts';
import { ruleWords, type NotApplied, type NotAppliedCode, type RuleWords } from './rule-words.ts';
import type { Effect, Ruleset } from './rules.ts';
import { readTrace, type RuleOutcome, type Trace } from './trace.ts';
import { formatDate, POINT_WORDS, type Lang, type UnitWords } from './words.ts';

export type ExplainedAward = { readonly ruleId: number; readonly version: number; readonly walletNo: number; readonly rule: string; readonly points: Points; readonly reason: string };

export type { NotApplied, NotAppliedCode };

/** Something that is not points. */
export type ExplainedGrant = { readonly ruleId: number; readonly version: number; readonly rule: string; readonly what: GrantKind; readonly code: string; readonly count: number; readonly reason: string };

/** Reasons of rules one after another that the document alone refused: the same array for all documents that are refused alike, so that whoever shows it can keep what it made of it. */
export type ReasonRun = { /** Place of its first reason in `notApplied`. */ readonly from: number; readonly reasons: readonly NotApplied[] };

export type Explanation = { readonly awards: readonly ExplainedAward[]; readonly grants: readonly ExplainedGrant[]; readonly notApplied: readonly NotApplied[]; readonly runs: readonly ReasonRun[] };

export type ExplainInput = {
  readonly ruleset: Ruleset;
  readonly trace: Trace;
  readonly document: SaleDocument;
  readonly lang: Lang;
  /** The wallet's unit; default: points. */
  readonly units?: (walletNo: number) => UnitWords;
  /** What the organiser calls what rules know by codes; without them the codes are told. */
  readonly names?: OwnNames;
};

/** Words for a stored trace: a sentence for every award, and for every other rule the reason why not. Throws RangeError when the trace is of another ruleset. */
export function explain(input: ExplainInput): Explanation {
  const { ruleset, lang } = input;
  const { rulesetNo, outcomes } = readTrace(input.trace);
  if (rulesetNo !== ruleset.no || outcomes.length !== ruleset.rules.length) {
    throw new RangeError(`the trace is of ruleset ${rulesetNo}, not ${ruleset.no}`);
  }
  const words = ruleWords(ruleset, lang, (walletNo) => input.units?.(walletNo) ?? POINT_WORDS[lang], input.names);
  const calendar = calendarParts(ruleset.timeZone, input.document.occurredAt);
  const awards: ExplainedAward[] = [];
  const grants: ExplainedGrant[] = [];
  const notApplied: NotApplied[] = [];
  const runs: ReasonRun[] = [];
  let guarded: ((rule: number, count: number) => readonly NotApplied[]) | null = null;
  let told = 0;
  for (let i = 0; i < words.length; i += 1) {
    const said = words[i]!;
    const outcome = outcomes[i]!;
    // That a rule for surveys is silent about a coffee explains nothing.
    if (outcome.outcome === 'otherTrigger') continue;
    if (outcome.outcome === 'guarded') {
      if (i < told) continue;
      for (told = i + 1; outcomes[told]?.outcome === 'guarded';) told += 1;
      const reasons = (guarded ??= guardedReasons(words, input, calendar))(i, told - i);
      runs.push({ from: notApplied.length, reasons });
      for (const reason of reasons) notApplied.push(reason);
      continue;
    }
    const { rule: { ruleId, version, definition: { name, effect } }, walletNo } = said;
    if (outcome.outcome === 'applied' || (outcome.outcome === 'capped' && outcome.points > 0)) {
      const reason = awardReason(said, outcome);
      if (effect.kind === 'grant') grants.push({ ruleId, version, rule: name, what: effect.what, code: effect.code, count: outcome.points, reason });
      else awards.push({ ruleId, version, walletNo, rule: name, points: outcome.points, reason });
    } else notApplied.push(whyNot(said, outcome, input, calendar, outcomes));
  }
  return { awards, grants, notApplied, runs };
}

function awardReason(said: RuleWords, outcome: Extract<RuleOutcome, { outcome: 'applied' | 'capped' }>): string {
  const { lang, currency } = said.options;
  const got = phrasesOf(lang).got(said.rule.definition.effect, said.effect(), outcome.basis, outcome.points, currency, unitOf(said));
  return outcome.outcome === 'applied' ? got : `${got} ${cut(said, outcome)}`;
}

const unitOf = ({ rule: { definition: { effect } }, options: { lang, unit } }: RuleWords): UnitWords => unitOfEffect(effect, unit, phrasesOf(lang));

function cut(said: RuleWords, outcome: Extract<RuleOutcome, { outcome: 'capped' }>): string {
  const { cap, before, points } = outcome;
  const { caps } = said.rule.definition;
  const limit = cap === 'programMoney' ? budgetOf(caps) : caps[cap];
  return phrasesOf(said.options.lang).cut(cap, limit ?? points, before, points, unitOf(said));
}

function whyNot(said: RuleWords, outcome: Exclude<RuleOutcome, { outcome: 'otherTrigger' | 'guarded' }>, input: ExplainInput, calendar: CalendarParts, outcomes: readonly RuleOutcome[]): NotApplied {
  if (outcome.outcome === 'conditionNotMet') return whyConditionNotMet(said, outcome.leaf, { document: input.document, calendar, currency: said.options.currency, seen: outcome.seen });
  const key = keyOf(outcome, calendar, outcomes);
  return said.told(outcome.outcome, key) ?? said.tell(outcome.outcome, key, sentenceOf(said, outcome, input, calendar, outcomes));
}

/** The place of the rule that gave something in the end: the one that won, or the one that won against it in turn; null: none of them did. */
function giverOf(outcomes: readonly RuleOutcome[], place: number): number | null {
  const one = outcomes[place];
  if (one === undefined) return null;
  if (one.outcome === 'applied' || one.outcome === 'capped') return one.points > 0 ? place : null;
  return one.outcome === 'lostBestOf' ? giverOf(outcomes, one.winner) : null;
}

type Plain = Exclude<RuleOutcome, { outcome: 'otherTrigger' | 'guarded' | 'conditionNotMet' }>;

/** Under what a reason of a rule comes again; null: it hardly ever does. */
function keyOf(outcome: Plain, calendar: CalendarParts, outcomes: readonly RuleOutcome[]): string | null {
  switch (outcome.outcome) {
    case 'notYet': case 'ended': return calendar.date;
    case 'lostGroup': return `lost ${outcome.winner} ${giverOf(outcomes, outcome.winner)}`;
    case 'lostBestOf': return `${outcome.winner} ${outcome.points} ${giverOf(outcomes, outcome.winner)}`;
    case 'capped': return `${outcome.cap} ${outcome.before} ${outcome.points}`;
    case 'roundedToZero': return null;
    default: return outcome.outcome;
  }
}

function sentenceOf(said: RuleWords, outcome: Plain, input: ExplainInput, calendar: CalendarParts, outcomes: readonly RuleOutcome[]): string {
  const { lang } = said.options;
  const phrases = phrasesOf(lang);
  const { schedule } = said.rule.definition;
  const nameOf = (place: number) => input.ruleset.rules[place]?.definition.name ?? '';
  switch (outcome.outcome) {
    case 'notYet': return phrases.outside('notYet', formatDate(schedule.from ?? calendar.date, lang), formatDate(calendar.date, lang));
    case 'ended': return phrases.outside('ended', formatDate(schedule.until ?? calendar.date, lang), formatDate(calendar.date, lang));
    case 'noEarningLines': return phrases.noEarningLines;
    case 'noMatchingLines': return phrases.noMatchingLines(said.lines());
    case 'lostGroup': {
      const giver = giverOf(outcomes, outcome.winner);
      return giver === null ? phrases.lostInVain(nameOf(outcome.winner)) : phrases.lostGroup(nameOf(outcome.winner), giver === outcome.winner ? null : nameOf(giver));
    }
    case 'roundedToZero': return tooLittle(said, outcome.basis, input.document.paidWithPointsMinor > 0);
    case 'nothingToMultiply': return phrases.nothingToMultiply;
    case 'lostBestOf': return giverOf(outcomes, outcome.winner) === null ? phrases.lostInVain(nameOf(outcome.winner)) : phrases.lostBestOf(nameOf(outcome.winner), outcome.points, unitOf(said));
    case 'noTier': return phrases.noTier(tiersOf(said.rule.definition.effect).map((tier) => own(said.options.names?.values?.['member.tier'], tier)));
    case 'capped': return cut(said, outcome);
    case 'applied': return '';
  }
}

// Documents that say the same about the guards are refused by the same of them, in the same words.
const guardedBefore = new WeakMap<readonly RuleWords[], Map<string, Map<number, readonly NotApplied[]>>>();
const GUARDED_MAX = 400;

/** The reasons of rules one after another that a guard refused, by the place of the first; made once for all documents that say the same. */
function guardedReasons(words: readonly RuleWords[], { ruleset, document }: ExplainInput, calendar: CalendarParts): (first: number, count: number) => readonly NotApplied[] {
  const guards = guardsOf(ruleset);
  const facts = { document, calendar, member: UNKNOWN_MEMBER, caps: NO_CAPS_USED };
  let known = guardedBefore.get(words);
  if (!known || known.size >= GUARDED_MAX) guardedBefore.set(words, known = new Map());
  const key = `${document.event === null ? '' : 'event'}${guardKey(guards, facts)}`;
  let runs = known.get(key);
  if (!runs) known.set(key, runs = new Map());
  const made = runs;
  return (first, count) => {
    const before = made.get(first);
    if (before?.length === count) return before;
    const seen = guardingFacts(guards, facts);
    const reasons = Object.freeze(words.slice(first, first + count).map((said, i) =>
      whyConditionNotMet(said, Math.max(0, refusingGuard(guards, first + i, seen)), { document, calendar, currency: said.options.currency, seen: null })));
    made.set(first, reasons);
    return reasons;
  };
}

const tooLittle = (said: RuleWords, basis: number, paidWithPoints: boolean) =>
  phrasesOf(said.options.lang).tooLittle(said.rule.definition.effect, said.effect(), basis, said.options.currency, paidWithPoints);

/** What a sentence calls a purchase is an event when the document tells one. */
function seenOf(phrases: Phrases, demand: Demand, seeing: Seeing, { lang, names }: RuleWords['options']): string | null {
  const told = phrases.seen(demand, seeing);
  const known = names?.values?.[demand.attribute];
  // What an event says is a code of its own type: "„dobra”".
  const said = told === null || !known ? told : told.replace(/[„“]([^„“”]+)”/g, (quoted: string, code: string) => quoted.replace(code, () => own(known, code)));
  if (said === null || seeing.document.event === null) return said;
  if (seeing.document.event === RETURN_EVENT) return lang === 'pl' ? said.replace(/^zakup (?=był|nie)/, 'zwrot ') : said.replace(/^the purchase/, 'the return');
  return lang === 'pl' ? said.replace(/^zakup był/, 'zdarzenie było').replace(/^zakup nie/, 'zdarzenie nie') : said.replace(/^the purchase/, 'the event');
}
const tiersOf = (effect: Effect): readonly string[] => (effect.kind === 'tierMultiplier' ? effect.tiers.map((one) => one.tier) : []);

const LEAVES_KEYED = 64;
const NUMBERS_KEYED = 2048;

/** What was seen, as a number that comes again: a count, a time of day. Null: an amount, which hardly ever does. Undefined: only words tell. */
function seenNumber(attribute: string, { seen, document, calendar }: Seeing): number | null | undefined {
  const number = seen ?? (attribute === 'transaction.total' ? document.totalMinor : attribute === 'calendar.hour' || attribute === 'calendar.time' ? calendar.hour * MINUTES + calendar.minute : undefined);
  return number === undefined || (number >= 0 && number < NUMBERS_KEYED && Number.isInteger(number)) ? number : null;
}
const MINUTES = 60;

function whyConditionNotMet(said: RuleWords, leaf: number, seeing: Seeing): NotApplied {
  const phrases = phrasesOf(said.options.lang);
  const { demand, clause, alternative } = said.test(leaf);
  if (alternative) return said.told('conditionNotMet', `${leaf}`) ?? said.tell('conditionNotMet', `${leaf}`, phrases.noneOfSeveral(demand.negated ? phrases.not(clause) : clause));
  // With few tests a rule, a number and its test fit one key.
  const number = leaf < LEAVES_KEYED ? seenNumber(demand.attribute, seeing) : undefined;
  if (number !== undefined) {
    const key = number === null ? null : number * LEAVES_KEYED + leaf;
    return said.told('conditionNotMet', key) ?? said.tell('conditionNotMet', key, phrases.works(clause, demand.negated, seenOf(phrases, demand, seeing, said.options)));
  }
  const seen = seenOf(phrases, demand, seeing, said.options);
  const key = `${leaf} ${seen}`;
  return said.told('conditionNotMet', key) ?? said.tell('conditionNotMet', key, phrases.works(clause, demand.negated, seen));
}
