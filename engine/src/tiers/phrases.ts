import { formatDate, formatDecimal, formatMoneyShort, formatPoints, NBSP, type Lang, type UnitWords } from '../words.ts';
import type { TierLadder, TierLevel, TierMeasure } from './ladder.ts';
import type { TierGoal, TierProgress } from './progress.ts';

export type TierPhraseOptions = {
  readonly lang: Lang; readonly currency: string;
  /** The unit of the wallet that is measured. */
  readonly unit: UnitWords;
};

const SALES: Readonly<Record<Lang, UnitWords>> = { pl: { one: 'zakup', few: 'zakupy', many: 'zakupów', fraction: 'zakupu' }, en: { one: 'purchase', few: 'purchases', many: 'purchases', fraction: 'purchases' } };
const VISITS: Readonly<Record<Lang, UnitWords>> = { pl: { one: 'wizyta', few: 'wizyty', many: 'wizyt', fraction: 'wizyty' }, en: { one: 'visit', few: 'visits', many: 'visits', fraction: 'visits' } };

const unitOf = (measure: TierMeasure, { lang, unit }: TierPhraseOptions): UnitWords => (measure.kind === 'points' ? unit : measure.kind === 'sales' ? SALES[lang] : VISITS[lang]);

/** "1200 zł", "3 wizyty", "5 punktów". */
export function measureText(measure: TierMeasure, value: number, options: TierPhraseOptions): string {
  return measure.kind === 'spent' ? formatMoneyShort(value, options.currency, options.lang) : formatPoints(value, unitOf(measure, options), options.lang);
}

/** After "brakuje" Polish takes the genitive: "1 punktu", "3 punktów". */
function missingText(measure: TierMeasure, value: number, options: TierPhraseOptions): string {
  if (measure.kind === 'spent' || options.lang === 'en') return measureText(measure, value, options);
  const unit = unitOf(measure, options);
  return `${formatDecimal(value, 0, 'pl')}${NBSP}${value === 1 ? unit.fraction : unit.many}`;
}

export const levelName = (level: Pick<TierLevel, 'pl' | 'en'>, lang: Lang): string => level[lang];
const toLevel = (level: TierLevel): string => level.plTo ?? `poziomu ${level.pl}`;

/** "Do Złota brakuje 120 zł, masz na to czas do 31 grudnia 2026." Null: there is no higher level. */
export function nextSentence(ladder: TierLadder, progress: TierProgress, options: TierPhraseOptions): string | null {
  const { next } = progress;
  if (next === null) return null;
  const { lang } = options;
  const until = next.by === null ? null : formatDate(next.by, lang);
  if (next.missing === 0) {
    if (lang === 'pl') return until === null || !progress.atPeriodEnd ? `Masz już tyle, ile trzeba do ${toLevel(next.level)}.` : `Masz już tyle, ile trzeba do ${toLevel(next.level)}; poziom zmieni się po ${until}.`;
    return until === null || !progress.atPeriodEnd ? `You have all it takes for ${next.level.en}.` : `You have all it takes for ${next.level.en}; the level changes after ${until}.`;
  }
  const missing = missingText(ladder.measure, next.missing, options);
  // The end of a calendar period is a last day; a rolling window only starts to lose what is oldest.
  const last = ladder.period.kind === 'calendar' ? until : null;
  if (lang === 'pl') return `Do ${toLevel(next.level)} brakuje ${missing}${last === null ? '' : `, masz na to czas do ${last}`}.`;
  return `${missing} more for ${next.level.en}${last === null ? '' : `, until ${last}`}.`;
}

/** What keeps the level: "Żeby zachować ten poziom, zbierz jeszcze 300 zł do 31 grudnia 2026." Null: nothing is asked. */
export function keepSentence(ladder: TierLadder, goal: TierGoal | null, options: TierPhraseOptions): string | null {
  if (goal === null) return null;
  const { lang } = options;
  const missing = missingText(ladder.measure, goal.missing, options);
  const by = goal.by === null ? null : formatDate(goal.by, lang);
  if (lang === 'pl') return `Do utrzymania tego poziomu brakuje ${missing}${by === null ? '' : `, masz na to czas do ${by}`}.`;
  return `${missing} more to keep this level${by === null ? '' : `, until ${by}`}.`;
}

/** "Poziom pewny do 31 grudnia 2027." Null: no end. */
export function untilSentence(progress: Pick<TierProgress, 'until' | 'granted' | 'level'>, lang: Lang): string | null {
  if (progress.until === null || progress.level === null) return null;
  const date = formatDate(progress.until, lang);
  if (lang === 'pl') return progress.granted ? `Poziom przyznany do ${date}.` : `Poziom jest pewny do ${date}.`;
  return progress.granted ? `The level is granted until ${date}.` : `The level is sure until ${date}.`;
}

/** Over which days a measure counts: "w ostatnich 12 miesiącach". */
export function periodText({ period }: Pick<TierLadder, 'period'>, lang: Lang): string {
  if (period.kind === 'lifetime') return lang === 'pl' ? 'od początku' : 'since the beginning';
  if (period.kind === 'rolling') {
    const { months } = period;
    if (lang === 'en') return `in the last ${months}${NBSP}${months === 1 ? 'month' : 'months'}`;
    return months === 1 ? 'w ostatnim miesiącu' : `w ostatnich ${months}${NBSP}miesiącach`;
  }
  const words = { month: { pl: 'w miesiącu kalendarzowym', en: 'in a calendar month' }, quarter: { pl: 'w kwartale', en: 'in a quarter' }, year: { pl: 'w roku kalendarzowym', en: 'in a calendar year' } };
  return words[period.unit][lang];
}


