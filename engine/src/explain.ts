import { calendarParts, type CalendarParts } from './calendar.ts';
import type { SaleDocument } from './facts.ts';
import type { Demand, Phrases, Seeing } from './phrase-parts.ts';
import { phrasesOf } from './phrases.ts';
import type { Points } from './points.ts';
import { ruleWords, type NotApplied, type NotAppliedCode, type RuleWords } from './rule-words.ts';
import type { Ruleset } from './rules.ts';
import { readTrace, type RuleOutcome, type Trace } from './trace.ts';
import { formatDate, POINT_WORDS, type Lang, type UnitWords } from './words.ts';

export type ExplainedAward = { readonly ruleId: number; readonly version: number; readonly walletNo: number; readonly rule: string; readonly points: Points; readonly reason: string };

export type { NotApplied, NotAppliedCode };

export type Explanation = { readonly awards: readonly ExplainedAward[]; readonly notApplied: readonly NotApplied[] };

export type ExplainInput = {
  readonly ruleset: Ruleset;
  readonly trace: Trace;
  readonly document: SaleDocument;
  readonly lang: Lang;
  /** The wallet's unit; default: points. */
  readonly units?: (walletNo: number) => UnitWords;
};

/** Words for a stored trace: a sentence for every award, and for every other rule the reason why not. Throws RangeError when the trace is of another ruleset. */
export function explain(input: ExplainInput): Explanation {
  const { ruleset, lang } = input;
  const { rulesetNo, outcomes } = readTrace(input.trace);
  if (rulesetNo !== ruleset.no || outcomes.length !== ruleset.rules.length) {
    throw new RangeError(`the trace is of ruleset ${rulesetNo}, not ${ruleset.no}`);
  }
  const words = ruleWords(ruleset, lang, (walletNo) => input.units?.(walletNo) ?? POINT_WORDS[lang]);
  const calendar = calendarParts(ruleset.timeZone, input.document.occurredAt);
  const awards: ExplainedAward[] = [];
  const notApplied: NotApplied[] = [];
  for (const [i, said] of words.entries()) {
    const outcome = outcomes[i]!;
    // That a rule for surveys is silent about a coffee explains nothing.
    if (outcome.outcome === 'otherTrigger') continue;
    const { rule: { ruleId, version, definition: { name } }, walletNo } = said;
    if (outcome.outcome === 'applied' || (outcome.outcome === 'capped' && outcome.points > 0)) {
      awards.push({ ruleId, version, walletNo, rule: name, points: outcome.points, reason: awardReason(said, outcome) });
    } else notApplied.push(whyNot(said, outcome, input, calendar));
  }
  return { awards, notApplied };
}

function awardReason(said: RuleWords, outcome: Extract<RuleOutcome, { outcome: 'applied' | 'capped' }>): string {
  const { lang, currency, unit } = said.options;
  const got = phrasesOf(lang).got(said.rule.definition.effect, said.effect(), outcome.basis, outcome.points, currency, unit);
  return outcome.outcome === 'applied' ? got : `${got} ${cut(said, outcome)}`;
}

function cut({ rule: { definition }, options }: RuleWords, outcome: Extract<RuleOutcome, { outcome: 'capped' }>): string {
  const { cap, before, points } = outcome;
  return phrasesOf(options.lang).cut(cap, definition.caps[cap] ?? points, before, points, options.unit);
}

function whyNot(said: RuleWords, outcome: Exclude<RuleOutcome, { outcome: 'otherTrigger' }>, input: ExplainInput, calendar: CalendarParts): NotApplied {
  const { lang } = said.options;
  const phrases = phrasesOf(lang);
  const { schedule } = said.rule.definition;
  const because = (key: string, make: () => string) => said.notApplied(outcome.outcome, key, make);
  switch (outcome.outcome) {
    case 'notYet': return because(calendar.date, () => phrases.outside('notYet', formatDate(schedule.from ?? calendar.date, lang), formatDate(calendar.date, lang)));
    case 'ended': return because(calendar.date, () => phrases.outside('ended', formatDate(schedule.until ?? calendar.date, lang), formatDate(calendar.date, lang)));
    case 'conditionNotMet': return whyConditionNotMet(said, outcome.leaf, { document: input.document, calendar, currency: said.options.currency, seen: outcome.seen });
    case 'noEarningLines': return because('noEarningLines', () => phrases.noEarningLines);
    case 'noMatchingLines': return because('noMatchingLines', () => phrases.noMatchingLines(said.lines()));
    case 'lostGroup': return because(`lost ${outcome.winner}`, () => phrases.lostGroup(input.ruleset.rules[outcome.winner]?.definition.name ?? ''));
    case 'roundedToZero': return because(`${outcome.basis} ${input.document.paidWithPointsMinor > 0}`, () => tooLittle(said, outcome.basis, input.document.paidWithPointsMinor > 0));
    case 'nothingToMultiply': return because('nothingToMultiply', () => phrases.nothingToMultiply);
    case 'capped': return because(`${outcome.cap} ${outcome.before} ${outcome.points}`, () => cut(said, outcome));
    case 'applied': return because('applied', () => '');
  }
}

const tooLittle = (said: RuleWords, basis: number, paidWithPoints: boolean) =>
  phrasesOf(said.options.lang).tooLittle(said.rule.definition.effect, said.effect(), basis, said.options.currency, paidWithPoints);

/** What a sentence calls a purchase is an event when the document tells one. */
function seenOf(phrases: Phrases, demand: Demand, seeing: Seeing, lang: Lang): string | null {
  const said = phrases.seen(demand, seeing);
  if (said === null || seeing.document.event === null) return said;
  return lang === 'pl' ? said.replace(/^zakup był/, 'zdarzenie było').replace(/^zakup nie/, 'zdarzenie nie') : said.replace(/^the purchase/, 'the event');
}

const LEAVES_KEYED = 64;

function whyConditionNotMet(said: RuleWords, leaf: number, seeing: Seeing): NotApplied {
  const phrases = phrasesOf(said.options.lang);
  const { demand, clause, alternative } = said.test(leaf);
  if (alternative) return said.notApplied('conditionNotMet', `${leaf}`, () => phrases.noneOfSeveral(demand.negated ? phrases.not(clause) : clause));
  // A number from the trace says by itself what was seen: with few tests a rule, the two fit one key.
  if (seeing.seen !== null && leaf < LEAVES_KEYED && Number.isSafeInteger(seeing.seen * LEAVES_KEYED)) {
    return said.notApplied('conditionNotMet', seeing.seen * LEAVES_KEYED + leaf, () => phrases.works(clause, demand.negated, seenOf(phrases, demand, seeing, said.options.lang)));
  }
  const seen = seenOf(phrases, demand, seeing, said.options.lang);
  return said.notApplied('conditionNotMet', `${leaf} ${seen}`, () => phrases.works(clause, demand.negated, seen));
}
