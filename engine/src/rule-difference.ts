import { addDays, type LocalDate } from './calendar.ts';
import { describeCondition, describeEffect, type DescribeOptions } from './describe.ts';
import { eventReason } from './event-types.ts';
import { describeExpiry } from './expiry-words.ts';
import { expiryDate } from './expiry.ts';
import type { Effect, RuleDefinition, RuleExpiry, WalletExpiry } from './rules.ts';
import { formatDate, formatPoints, POINT_WORDS, type Lang } from './words.ts';

/** May members get less by it: `worse` says they may, `better` that nobody can, `same` that it decides nothing. */
export type Verdict = 'worse' | 'better' | 'same';
export type RuleChangeLine = { readonly field: string; readonly name: string; readonly before: string; readonly after: string; readonly verdict: Verdict };
/** What the two definitions do not say themselves. `today`: the day from which the later one would count. */
export type DifferenceOptions = DescribeOptions & { readonly wallet: { readonly expiry: WalletExpiry; readonly pendingDays: number }; readonly today: LocalDate };

const NAMES: Readonly<Record<string, readonly [pl: string, en: string]>> = {
  name: ['nazwa', 'name'], description: ['opis', 'description'], trigger: ['na co odpowiada', 'what it answers to'], wallet: ['portfel', 'wallet'], when: ['kiedy działa', 'when it works'],
  lines: ['które pozycje liczy', 'which lines it counts'], effect: ['co daje', 'what it gives'], 'schedule.from': ['pierwszy dzień', 'first day'], 'schedule.until': ['ostatni dzień', 'last day'],
  priority: ['pierwszeństwo', 'priority'], exclusiveGroup: ['grupa wykluczających się zasad', 'group of rules that exclude each other'],
  'caps.perTransaction': ['limit za jeden zakup', 'limit for one purchase'], 'caps.perMemberDay': ['limit dzienny osoby', 'limit of a person and day'], 'caps.perProgram': ['budżet całej akcji', 'budget'],
  'caps.perMemberWeek': ['limit tygodniowy osoby', 'limit of a person and week'], 'caps.perMemberMonth': ['limit miesięczny osoby', 'limit of a person and month'], 'caps.perMemberYear': ['limit roczny osoby', 'limit of a person and year'], 'caps.perMemberEver': ['limit osoby', 'limit of a person'],
  'caps.perHouseholdDay': ['limit dzienny gospodarstwa domowego', 'limit of a household and day'], 'caps.perHouseholdMonth': ['limit miesięczny gospodarstwa domowego', 'limit of a household and month'], 'caps.perHouseholdEver': ['limit gospodarstwa domowego', 'limit of a household'],
  'caps.perCompanyDay': ['limit dzienny firmy', 'limit of a company and day'], 'caps.perCompanyMonth': ['limit miesięczny firmy', 'limit of a company and month'], 'caps.perCompanyEver': ['limit firmy', 'limit of a company'],
  expiry: ['ważność punktów', 'end of points'], pendingDays: ['do użycia po ilu dniach', 'usable after how many days'],
};

/**
 * What differs between two definitions of a rule, field by field in words, and whether members may get less by it. A difference that cannot be
 * shown to be harmless counts as worse: it is said before publishing, and people decide.
 */
export function diffRule(before: RuleDefinition, after: RuleDefinition, options: DifferenceOptions): RuleChangeLine[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((field) => {
    const [a, b] = [old.get(field) ?? null, now.get(field) ?? null];
    if (JSON.stringify(a) === JSON.stringify(b)) return [];
    const name = NAMES[field]?.[options.lang === 'pl' ? 0 : 1] ?? field;
    return [{ field, name, before: textOf(field, a, before, options), after: textOf(field, b, after, options), verdict: verdictOf(field, a, b, options) }];
  });
}

/**
 * What members see change when a rule stops for a while or for good: what it gives comes to nothing. A rule whose last day is over by `on` gives nothing
 * then as it is, so nobody loses by it.
 */
export function diffStop(before: RuleDefinition, step: 'pause' | 'end', on: LocalDate, options: DescribeOptions): RuleChangeLine[] {
  const { until } = before.schedule;
  const [name, nothing] = options.lang === 'pl' ? ['co daje', step === 'pause' ? 'nic, dopóki jest wstrzymana' : 'nic, bo jest zakończona'] : ['what it gives', step === 'pause' ? 'nothing as long as it is paused' : 'nothing, as it has ended'];
  return [{ field: 'effect', name, before: effectText(before, options), after: nothing, verdict: until !== null && until < on ? 'same' : 'worse' }];
}

export const mayWorsen = (changes: readonly RuleChangeLine[]): boolean => changes.some((change) => change.verdict === 'worse');

/** Of several differences the one by which somebody may lose; where nobody can: the first. None: empty. */
export const worst = (differences: readonly RuleChangeLine[][]): RuleChangeLine[] => differences.find(mayWorsen) ?? differences[0] ?? [];

/** Every setting by its name; limits and days of the schedule one by one. What has no name here is still compared. */
function fieldsOf(definition: RuleDefinition): Map<string, unknown> {
  const { schedule, caps, ...rest } = definition;
  const parts = (of: object, prefix: string) => Object.entries(of).map(([key, value]) => [`${prefix}.${key}`, value as unknown] as const);
  return new Map<string, unknown>([...Object.entries(rest), ...parts(schedule, 'schedule'), ...parts(caps, 'caps')].filter(([, value]) => value !== undefined && value !== null));
}

const PURCHASE = { pl: 'za zakup', en: 'for a purchase' };

function textOf(field: string, value: unknown, of: RuleDefinition, options: DifferenceOptions): string {
  const { lang } = options;
  if (field === 'trigger') return of.trigger?.kind === 'event' ? eventReason(of.trigger.type, lang, options.eventReasons) : PURCHASE[lang];
  if (value === null) return lang === 'pl' ? 'brak' : 'none';
  if (field === 'effect') return effectText(of, options);
  if (field === 'when') return describeCondition(of.when!, 'when', options);
  if (field === 'lines') return describeCondition(of.lines!, 'line', options);
  if (field === 'expiry') return describeExpiry(of.expiry, lang);
  if (field.startsWith('schedule.')) return formatDate(String(value), lang);
  if (field.startsWith('caps.') && typeof value === 'number') return formatPoints(value, options.unit ?? POINT_WORDS[lang], lang);
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}

/** A message is told with all it says: a changed word would not show otherwise. */
function effectText(of: RuleDefinition, options: DescribeOptions): string {
  const message = of.effect.kind === 'grant' ? of.effect.message : null;
  const texts = message ? [message.pl, ...(message.en ? [message.en] : [])] : [];
  return [describeEffect(of, options), ...texts.map(({ subject, text }) => `„${subject}”: ${text}`)].join('\n');
}

const more = (a: number, b: number): Verdict => (b < a ? 'worse' : 'better');
const less = (a: number, b: number): Verdict => (b > a ? 'worse' : 'better');

function verdictOf(field: string, a: unknown, b: unknown, options: DifferenceOptions): Verdict {
  switch (field) {
    case 'name': case 'description': return 'same';
    case 'effect': return effectVerdict(a as Effect, b as Effect);
    // A test that is gone lets the rule speak more often; any other change may silence it for somebody.
    case 'when': case 'lines': return b === null ? 'better' : 'worse';
    case 'schedule.from': return b === null ? 'better' : a === null || String(b) > String(a) ? 'worse' : 'better';
    case 'schedule.until': return b === null ? 'better' : a === null || String(b) < String(a) ? 'worse' : 'better';
    case 'caps.programMoney': return 'worse';
    case 'pendingDays': return less(Number(a ?? options.wallet.pendingDays), Number(b ?? options.wallet.pendingDays));
    case 'expiry': return expiryVerdict(a as RuleExpiry, b as RuleExpiry, options);
    // A limit in points, whatever it counts over.
    default: return !field.startsWith('caps.') ? 'worse' : b === null ? 'better' : a === null ? 'worse' : more(Number(a), Number(b));
  }
}

const ROUNDINGS = ['steps', 'down', 'nearest', 'up'];

function effectVerdict(a: Effect, b: Effect): Verdict {
  if (a.kind === 'grant' && b.kind === 'grant' && a.message && b.message) return 'same';
  if (a.kind === 'fixed' && b.kind === 'fixed') return more(a.points, b.points);
  if (a.kind === 'multiplier' && b.kind === 'multiplier') return b.numerator * a.denominator < a.numerator * b.denominator ? 'worse' : 'better';
  if (a.kind !== 'perAmount' || b.kind !== 'perAmount' || a.per !== b.per) return 'worse';
  // Of full steps a member may have filled the old one and not the next new one, unless the new ones fill the old.
  const stepHolds = b.rounding === 'steps' ? a.perMinor % b.perMinor === 0 : b.perMinor <= a.perMinor;
  const rateHolds = BigInt(b.points) * BigInt(a.perMinor) >= BigInt(a.points) * BigInt(b.perMinor) && stepHolds;
  return rateHolds && ROUNDINGS.indexOf(b.rounding) >= ROUNDINGS.indexOf(a.rounding) ? 'better' : 'worse';
}

/** Every way to end points comes round within a year; two years of days show each case and its leap day's neighbours. */
const DAYS = 731;

function expiryVerdict(a: RuleExpiry, b: RuleExpiry, { wallet, today }: DifferenceOptions): Verdict {
  return endsSooner(a.kind === 'wallet' ? wallet.expiry : a, b.kind === 'wallet' ? wallet.expiry : b, today) ? 'worse' : 'better';
}

/** Do points earned on some day from `today` on end sooner by the second policy than by the first. */
export function endsSooner(before: WalletExpiry, after: WalletExpiry, today: LocalDate): boolean {
  if (after.kind === 'never') return false;
  for (let day = 0, date = today; day < DAYS; day += 1, date = addDays(date, 1)) {
    const [was, is] = [expiryDate(before, date), expiryDate(after, date)];
    if (is !== null && (was === null || is < was)) return true;
  }
  return false;
}

/** "Ta zmiana może pogorszyć warunki: limit dzienny osoby, co daje." */
export function worseSentence(changes: readonly RuleChangeLine[], lang: Lang): string | null {
  const worse = changes.filter((change) => change.verdict === 'worse').map((change) => change.name);
  if (worse.length === 0) return null;
  return lang === 'pl' ? `Ta zmiana może pogorszyć warunki uczestników: ${worse.join(', ')}.` : `This change may lower what members get: ${worse.join(', ')}.`;
}
