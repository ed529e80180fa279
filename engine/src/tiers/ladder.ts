import { AMOUNT_MAX } from '../bounds.ts';
import { dayNumberOf, type LocalDate } from '../calendar.ts';
import { fault, type Fault } from '../faults.ts';
import { periodDays, type PeriodDays, type TierPeriod } from './periods.ts';

/** What is added up: money spent, sales, days with a sale, or points earned in a wallet (status points are a wallet of their own). */
export type TierMeasure = { readonly kind: 'spent' | 'sales' | 'visits' } | { readonly kind: 'points'; /** Code of the wallet. */ readonly wallet: string };

/** Something a level brings besides points: rules and rewards may test the code, members read the words. */
export type TierBenefit = { readonly code: string; readonly pl: string; readonly en: string };

export type TierLevel = {
  readonly code: string;
  readonly pl: string;
  readonly en: string;
  /** After "do": "Złota". Null: "poziomu Złoty". */
  readonly plTo: string | null;
  readonly color: string;
  /** Measure that reaches the level; 0: everybody stands on it at least. */
  readonly threshold: number;
  /** Measure that keeps it; null: as much as reaches it. */
  readonly keep: number | null;
  readonly benefits: readonly TierBenefit[];
};

/** A program's levels and how they are reached, kept and lost. */
export type TierLadder = {
  /** From the lowest to the highest. */
  readonly levels: readonly TierLevel[];
  readonly measure: TierMeasure;
  readonly period: TierPeriod;
  /** `periodEnd`: rolling and lifetime measures are looked at when a month is over. */
  readonly promotion: 'atOnce' | 'periodEnd';
  /** How long a level that was earned is sure: to the end of the next period, or as long as this one's measure carries it. */
  readonly lasts: 'nextPeriod' | 'thisPeriod';
  /** Where a member falls: to where the measure puts them, or by one level a period. */
  readonly demotion: 'toMeasure' | 'oneLevel';
  /** Days after the end in which the level stays, and what is collected still counts for keeping it. */
  readonly graceDays: number;
  /** What a return does to a level that rested on the sale: takes it away at once, or leaves it until its end. */
  readonly returns: 'takeLevel' | 'keepLevel';
};

/**
 * A published ladder: in force from the start of a local day until the next one is. `publishedOn`: the local day of its publication; absent: some
 * day before it came into force.
 */
export type TierVersion = { readonly no: number; readonly effectiveOn: LocalDate; readonly publishedOn?: LocalDate; readonly ladder: TierLadder };

/** A version ready to decide: days as numbers, thresholds side by side. */
export type CompiledLadder = {
  readonly no: number;
  readonly from: number;
  /** Published on its own first day: the ladder before it, by which that day began, counts on it as well. */
  readonly sharesDay: boolean;
  readonly ladder: TierLadder;
  readonly thresholds: readonly number[];
  readonly keeps: readonly number[];
  readonly days: PeriodDays;
  /** Number of the wallet whose points are the measure. */
  readonly walletNo: number | null;
};

export const LEVELS_MAX = 10;
export const BENEFITS_MAX = 12;
export const GRACE_DAYS_MAX = 180;
export const ROLLING_MONTHS_MAX = 36;

/** Versions in the order in which they come into force; of two of one day the later number holds. Wallets that are gone measure nothing. */
export function compileLadders(versions: readonly TierVersion[], wallets: readonly { readonly no: number; readonly code: string }[]): CompiledLadder[] {
  const byDay = new Map<LocalDate, TierVersion>();
  for (const version of versions.toSorted((a, b) => a.no - b.no)) {
    // A later publication replaces whatever was planned for its day and after.
    for (const day of byDay.keys()) if (day >= version.effectiveOn) byDay.delete(day);
    byDay.set(version.effectiveOn, version);
  }
  return [...byDay.values()].sort((a, b) => (a.effectiveOn < b.effectiveOn ? -1 : 1)).map(({ no, effectiveOn, publishedOn, ladder }) => {
    const { measure } = ladder;
    return {
      no, from: dayNumberOf(effectiveOn), sharesDay: publishedOn === effectiveOn, ladder, thresholds: ladder.levels.map((level) => level.threshold), keeps: ladder.levels.map((level) => level.keep ?? level.threshold),
      days: periodDays(ladder.period), walletNo: measure.kind === 'points' ? wallets.find((one) => one.code === measure.wallet)?.no ?? -1 : null,
    };
  });
}

/** The version in force on a day; null before the first. */
export function ladderOn(ladders: readonly CompiledLadder[], day: number): CompiledLadder | null {
  let found: CompiledLadder | null = null;
  for (const one of ladders) if (one.from <= day) found = one;
  return found;
}

/** The highest level a measure reaches; -1: none. */
export function levelAt(thresholds: readonly number[], value: number): number {
  let level = -1;
  while (level + 1 < thresholds.length && value >= thresholds[level + 1]!) level += 1;
  return level;
}

const CODE = /^[a-z][a-z0-9-]{0,39}$/;
const COLOR = /^#[0-9a-f]{6}$/;

/** Everything that is wrong with a ladder. */
export function validateLadder(ladder: TierLadder, context: { readonly wallets: readonly string[] }): Fault[] {
  const faults: Fault[] = [];
  const add = (pointer: string, code: string, pl: string, en: string) => faults.push(fault(pointer, code, pl, en));
  const { levels, measure, period } = ladder;
  if (levels.length === 0 || levels.length > LEVELS_MAX) add('/levels', 'levels_count', `Poziomów musi być od 1 do ${LEVELS_MAX}.`, `A ladder has 1 to ${LEVELS_MAX} levels.`);
  const codes = new Set<string>();
  levels.forEach((level, at) => {
    const here = `/levels/${at}`;
    if (!CODE.test(level.code)) add(`${here}/code`, 'code_wrong', 'Kod to małe litery, cyfry i łączniki.', 'A code has small letters, digits and hyphens.');
    if (codes.has(level.code)) add(`${here}/code`, 'code_repeated', 'Dwa poziomy mają ten sam kod.', 'Two levels share this code.');
    codes.add(level.code);
    if (!COLOR.test(level.color)) add(`${here}/color`, 'color_wrong', 'Podaj kolor jak #c9a227.', 'Give a colour such as #c9a227.');
    if (!isAmount(level.threshold)) add(`${here}/threshold`, 'threshold_wrong', 'Próg to liczba całkowita od 0.', 'A threshold is a whole number from 0.');
    if (at > 0 && level.threshold <= levels[at - 1]!.threshold) add(`${here}/threshold`, 'threshold_not_higher', 'Próg musi być wyższy niż próg poziomu poniżej.', 'The threshold must be above that of the level below.');
    if (level.keep !== null && !(isAmount(level.keep) && level.keep <= level.threshold)) add(`${here}/keep`, 'keep_wrong', 'Próg utrzymania nie może być wyższy niż próg zdobycia.', 'What keeps a level cannot be more than what reaches it.');
    const before = levels[at - 1];
    if (before && (level.keep ?? level.threshold) < (before.keep ?? before.threshold)) add(`${here}/keep`, 'keep_below', 'Wyższy poziom nie może być łatwiejszy do utrzymania niż niższy.', 'A higher level cannot be easier to keep than a lower one.');
    if (level.benefits.length > BENEFITS_MAX) add(`${here}/benefits`, 'benefits_count', `Najwyżej ${BENEFITS_MAX} korzyści.`, `At most ${BENEFITS_MAX} benefits.`);
    if (new Set(level.benefits.map((one) => one.code)).size !== level.benefits.length) add(`${here}/benefits`, 'code_repeated', 'Dwie korzyści mają ten sam kod.', 'Two benefits share a code.');
  });
  if (measure.kind === 'points' && !context.wallets.includes(measure.wallet)) add('/measure/wallet', 'wallet_unknown', 'Program nie ma takiego portfela.', 'The program has no such wallet.');
  if (period.kind === 'rolling' && !(Number.isInteger(period.months) && period.months >= 1 && period.months <= ROLLING_MONTHS_MAX)) add('/period/months', 'months_wrong', `Od 1 do ${ROLLING_MONTHS_MAX} miesięcy.`, `1 to ${ROLLING_MONTHS_MAX} months.`);
  if (!(Number.isInteger(ladder.graceDays) && ladder.graceDays >= 0 && ladder.graceDays <= GRACE_DAYS_MAX)) add('/graceDays', 'grace_wrong', `Od 0 do ${GRACE_DAYS_MAX} dni.`, `0 to ${GRACE_DAYS_MAX} days.`);
  if (period.kind === 'calendar' && ladder.graceDays > 0 && period.unit === 'month' && ladder.graceDays > 27) add('/graceDays', 'grace_long', 'Okres łaski musi być krótszy niż miesiąc, bo tyle trwa okres.', 'The grace must be shorter than a month, which is the period.');
  if (period.kind === 'calendar' && period.unit === 'quarter' && ladder.graceDays > 89) add('/graceDays', 'grace_long', 'Okres łaski musi być krótszy niż kwartał, bo tyle trwa okres.', 'The grace must be shorter than a quarter, which is the period.');
  if (ladder.promotion === 'periodEnd' && ladder.lasts === 'thisPeriod') add('/lasts', 'lasts_wrong', 'Poziom przyznany na koniec okresu musi trwać przez następny.', 'A level given at the end of a period must last through the next.');
  return faults;
}

const isAmount = (value: number) => Number.isSafeInteger(value) && value >= 0 && value <= AMOUNT_MAX;
