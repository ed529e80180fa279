import { calendarParts } from './calendar.ts';
import { leavesOf } from './conditions.ts';
import { describeEffect, describeLines, type DescribeOptions } from './describe.ts';
import type { SaleDocument } from './facts.ts';
import { demandOf, type Seeing } from './phrase-parts.ts';
import { phrasesOf } from './phrases.ts';
import type { Points } from './points.ts';
import type { RuleDefinition, Ruleset, RulesetRule } from './rules.ts';
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
  const { rulesetNo, outcomes } = readTrace(input.trace);
  if (rulesetNo !== input.ruleset.no || outcomes.length !== input.ruleset.rules.length) {
    throw new RangeError(`the trace is of ruleset ${rulesetNo}, not ${input.ruleset.no}`);
  }
  const awards: ExplainedAward[] = [];
  const notApplied: NotApplied[] = [];
  input.ruleset.rules.forEach((rule, i) => {
    const outcome = outcomes[i]!;
    const { ruleId, version, definition: { name } } = rule;
    const walletNo = input.ruleset.wallets.find((one) => one.code === rule.definition.wallet)?.no ?? 0;
    const options: DescribeOptions = { lang: input.lang, currency: input.ruleset.currency, unit: input.units?.(walletNo) ?? POINT_WORDS[input.lang] };
    if (outcome.outcome === 'applied' || (outcome.outcome === 'capped' && outcome.points > 0)) {
      awards.push({ ruleId, version, walletNo, rule: name, points: outcome.points, reason: awardReason(rule.definition, outcome, options) });
    } else notApplied.push({ ruleId, version, rule: name, code: outcome.outcome, reason: whyNot(rule, outcome, input, options) });
  });
  return { awards, notApplied };
}

function awardReason(definition: RuleDefinition, outcome: Extract<RuleOutcome, { outcome: 'applied' | 'capped' }>, options: DescribeOptions): string {
  const phrases = phrasesOf(options.lang);
  const unit = options.unit ?? POINT_WORDS[options.lang];
  const text = describeEffect(definition, options);
  const got = phrases.got(definition.effect, text, outcome.basis, outcome.points, options.currency, unit);
  return outcome.outcome === 'applied' ? got : `${got} ${cut(definition, outcome, options)}`;
}

function cut(definition: RuleDefinition, outcome: Extract<RuleOutcome, { outcome: 'capped' }>, options: DescribeOptions): string {
  const { cap, before, points } = outcome;
  return phrasesOf(options.lang).cut(cap, definition.caps[cap] ?? points, before, points, options.unit ?? POINT_WORDS[options.lang]);
}

function whyNot(rule: RulesetRule, outcome: RuleOutcome, input: ExplainInput, options: DescribeOptions): string {
  const phrases = phrasesOf(input.lang);
  const { definition } = rule;
  const { schedule } = definition;
  const calendar = calendarParts(input.ruleset.timeZone, input.document.occurredAt);
  switch (outcome.outcome) {
    case 'notYet': return phrases.outside('notYet', formatDate(schedule.from ?? calendar.date, input.lang), formatDate(calendar.date, input.lang));
    case 'ended': return phrases.outside('ended', formatDate(schedule.until ?? calendar.date, input.lang), formatDate(calendar.date, input.lang));
    case 'conditionNotMet': return whyConditionNotMet(definition, outcome.leaf, { document: input.document, calendar, currency: input.ruleset.currency, seen: outcome.seen }, input.lang);
    case 'noEarningLines': return phrases.noEarningLines;
    case 'noMatchingLines': return phrases.noMatchingLines(describeLines(definition, options));
    case 'lostGroup': return phrases.lostGroup(input.ruleset.rules[outcome.winner]?.definition.name ?? '');
    case 'roundedToZero': return phrases.tooLittle(definition.effect, describeEffect(definition, options), outcome.basis, input.ruleset.currency, input.document.paidWithPointsMinor > 0);
    case 'nothingToMultiply': return phrases.nothingToMultiply;
    case 'capped': return cut(definition, outcome, options);
    case 'applied': return '';
  }
}

function whyConditionNotMet(definition: RuleDefinition, leaf: number, seeing: Seeing, lang: Lang): string {
  const phrases = phrasesOf(lang);
  const placed = definition.when === null ? undefined : leavesOf(definition.when)[leaf];
  if (placed === undefined) throw new RangeError(`the rule has no test ${leaf}`);
  const demand = demandOf(placed.leaf, placed.negated);
  const clause = phrases.when(demand, seeing.currency);
  if (placed.alternative) return phrases.noneOfSeveral(demand.negated ? phrases.not(clause) : clause);
  return phrases.works(clause, demand.negated, phrases.seen(demand, seeing));
}
