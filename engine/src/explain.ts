import { calendarParts, type CalendarParts } from './calendar.ts';
import type { SaleDocument } from './facts.ts';
import type { Seeing } from './phrase-parts.ts';
import { phrasesOf } from './phrases.ts';
import type { Points } from './points.ts';
import { ruleWords, type RuleWords, type TestWords } from './rule-words.ts';
import type { Ruleset } from './rules.ts';
import { readTrace, type RuleOutcome, type Trace } from './trace.ts';
import { formatDate, POINT_WORDS, type Lang, type UnitWords } from './words.ts';

export type ExplainedAward = { readonly ruleId: number; readonly version: number; readonly walletNo: number; readonly rule: string; readonly points: Points; readonly reason: string };

export type NotAppliedCode = RuleOutcome['outcome'];

export type NotApplied = { readonly ruleId: number; readonly version: number; readonly rule: string; readonly code: NotAppliedCode; readonly reason: string };

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
    const { rule: { ruleId, version, definition: { name } }, walletNo } = said;
    if (outcome.outcome === 'applied' || (outcome.outcome === 'capped' && outcome.points > 0)) {
      awards.push({ ruleId, version, walletNo, rule: name, points: outcome.points, reason: awardReason(said, outcome) });
    } else notApplied.push({ ruleId, version, rule: name, code: outcome.outcome, reason: whyNot(said, outcome, input, calendar) });
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

function whyNot(said: RuleWords, outcome: RuleOutcome, input: ExplainInput, calendar: CalendarParts): string {
  const { lang, currency } = said.options;
  const phrases = phrasesOf(lang);
  const { schedule, effect } = said.rule.definition;
  switch (outcome.outcome) {
    case 'notYet': return phrases.outside('notYet', formatDate(schedule.from ?? calendar.date, lang), formatDate(calendar.date, lang));
    case 'ended': return phrases.outside('ended', formatDate(schedule.until ?? calendar.date, lang), formatDate(calendar.date, lang));
    case 'conditionNotMet': return whyConditionNotMet(said.test(outcome.leaf), { document: input.document, calendar, currency, seen: outcome.seen }, lang);
    case 'noEarningLines': return phrases.noEarningLines;
    case 'noMatchingLines': return phrases.noMatchingLines(said.lines());
    case 'lostGroup': return phrases.lostGroup(input.ruleset.rules[outcome.winner]?.definition.name ?? '');
    case 'roundedToZero': return phrases.tooLittle(effect, said.effect(), outcome.basis, currency, input.document.paidWithPointsMinor > 0);
    case 'nothingToMultiply': return phrases.nothingToMultiply;
    case 'capped': return cut(said, outcome);
    case 'applied': return '';
  }
}

function whyConditionNotMet({ demand, clause, alternative }: TestWords, seeing: Seeing, lang: Lang): string {
  const phrases = phrasesOf(lang);
  if (alternative) return phrases.noneOfSeveral(demand.negated ? phrases.not(clause) : clause);
  return phrases.works(clause, demand.negated, phrases.seen(demand, seeing));
}
