import type { RuleChangeLine, Verdict } from '../rule-difference.ts';
import { formatDecimal, NBSP, plural, type Lang, type UnitWords } from '../words.ts';
import type { TierBenefit, TierLadder, TierLevel, TierMeasure } from './ladder.ts';
import { isWider } from './periods.ts';
import { levelName, measureText } from './phrases.ts';

/** What the two ladders do not say themselves. `unitOf`: the words of what is measured, where it is points. */
export type LadderDifferenceOptions = { readonly lang: Lang; readonly currency: string; readonly unitOf: (measure: TierMeasure) => UnitWords };

const WORDS = {
  pl: {
    level: (name: string) => `poziom ${name}`, threshold: (name: string) => `próg poziomu ${name}`, keep: (name: string) => `utrzymanie poziomu ${name}`, benefits: (name: string) => `korzyści poziomu ${name}`, name: (name: string) => `nazwa poziomu ${name}`, color: (name: string) => `kolor poziomu ${name}`,
    measure: 'co się liczy', period: 'z jakiego czasu', promotion: 'awans', lasts: 'na jak długo', demotion: 'gdy zabraknie wyniku', graceDays: 'dni łaski', returns: 'zwrot, po którym brakuje wyniku', none: 'brak', from: (threshold: string) => `od ${threshold}`,
    values: {
      spent: 'wydana kwota', sales: 'liczba zakupów', visits: 'dni z zakupem', points: (code: string) => `zdobyte w portfelu ${code}`, month: 'miesiąc kalendarzowy', quarter: 'kwartał', year: 'rok kalendarzowy', lifetime: 'od początku', atOnce: 'od razu po zakupie', periodEnd: 'z końcem okresu',
      nextPeriod: 'przez następny okres', thisPeriod: 'dopóki jest wynik', toMeasure: 'spada jak wynik', oneLevel: 'spada o poziom', takeLevel: 'odbiera poziom', keepLevel: 'zostawia poziom',
    },
    months: { one: 'ostatni miesiąc', few: 'ostatnie miesiące', many: 'ostatnich miesięcy', fraction: 'ostatniego miesiąca' }, days: { one: 'dzień', few: 'dni', many: 'dni', fraction: 'dnia' },
  },
  en: {
    level: (name: string) => `level ${name}`, threshold: (name: string) => `threshold of ${name}`, keep: (name: string) => `keeping ${name}`, benefits: (name: string) => `benefits of ${name}`, name: (name: string) => `name of ${name}`, color: (name: string) => `colour of ${name}`,
    measure: 'what is counted', period: 'over what time', promotion: 'promotion', lasts: 'how long it lasts', demotion: 'when the measure is not enough', graceDays: 'days of grace', returns: 'a return that leaves too little', none: 'none', from: (threshold: string) => `from ${threshold}`,
    values: {
      spent: 'money spent', sales: 'number of purchases', visits: 'days with a purchase', points: (code: string) => `earned in wallet ${code}`, month: 'calendar month', quarter: 'quarter', year: 'calendar year', lifetime: 'since the beginning', atOnce: 'at once after the purchase', periodEnd: 'at the end of the period',
      nextPeriod: 'through the next period', thisPeriod: 'as long as the measure holds', toMeasure: 'falls with the measure', oneLevel: 'falls by one level', takeLevel: 'takes the level', keepLevel: 'leaves the level',
    },
    months: { one: 'last month', few: 'last months', many: 'last months', fraction: 'last month' }, days: { one: 'day', few: 'days', many: 'days', fraction: 'day' },
  },
} as const;

/**
 * What differs between two ladders, in words, and whether members may get less by it: a level harder to reach or to keep, gone, or with fewer
 * benefits, a shorter time. A difference that cannot be shown to be harmless counts as worse. Colours and names decide nothing.
 */
export function diffLadder(before: TierLadder, after: TierLadder, options: LadderDifferenceOptions): RuleChangeLine[] {
  return [...diffLevels(before, after, options), ...diffWay(before, after, options)];
}

function diffLevels(before: TierLadder, after: TierLadder, options: LadderDifferenceOptions): RuleChangeLine[] {
  const w = WORDS[options.lang];
  const goal = (of: TierLadder, value: number) => measureText(of.measure, value, { lang: options.lang, currency: options.currency, unit: options.unitOf(of.measure) });
  const gone = before.levels.filter((old) => !after.levels.some((one) => one.code === old.code))
    .map((old) => line(`level.${old.code}`, w.level(levelName(old, options.lang)), w.from(goal(before, old.threshold)), w.none, 'worse'));
  const others = after.levels.flatMap((now): RuleChangeLine[] => {
    const name = levelName(now, options.lang);
    const old = before.levels.find((one) => one.code === now.code);
    if (!old) return [line(`level.${now.code}`, w.level(name), w.none, w.from(goal(after, now.threshold)), newLevelVerdict(before, now))];
    const field = (what: 'threshold' | 'keep' | 'benefits' | 'name' | 'color', from: string, to: string, verdict: Verdict) => (from === to ? [] : [line(`level.${now.code}.${what}`, w[what](name), from, to, verdict)]);
    const keeps = old.keep === null && now.keep === null ? [] : field('keep', goal(before, keepOf(old)), goal(after, keepOf(now)), keepOf(now) > keepOf(old) ? 'worse' : 'better');
    const named = (level: TierLevel) => [level.pl, level.en, level.plTo ?? ''].filter((one, at, all) => one !== '' && all.indexOf(one) === at).join(' / ');
    return [
      ...field('threshold', goal(before, old.threshold), goal(after, now.threshold), now.threshold > old.threshold ? 'worse' : 'better'), ...keeps,
      ...field('benefits', benefitsText(old, options.lang), benefitsText(now, options.lang), lacksBenefit(now, old) ? 'worse' : 'better'),
      ...field('name', named(old), named(now), 'same'), ...field('color', old.color, now.color, 'same'),
    ];
  });
  return [...gone, ...others];
}

const line = (field: string, name: string, before: string, after: string, verdict: Verdict): RuleChangeLine => ({ field, name, before, after, verdict });
const keepOf = (level: TierLevel): number => level.keep ?? level.threshold;
/** The words of a benefit are what was promised: other words are another benefit. */
const sameBenefit = (a: TierBenefit, b: TierBenefit) => a.code === b.code && a.pl === b.pl && a.en === b.en;
const lacksBenefit = (now: TierLevel, of: TierLevel): boolean => of.benefits.some((one) => !now.benefits.some((other) => sameBenefit(one, other)));
/** Both languages where they differ: a change of one of them shows. */
const benefitsText = ({ benefits }: TierLevel, lang: Lang): string => (benefits.length === 0 ? WORDS[lang].none : benefits.map((one) => (one.pl === one.en ? one.pl : lang === 'pl' ? `${one.pl} (${one.en})` : `${one.en} (${one.pl})`)).join(', '));

/** Who reaches a new level leaves the one below, and with it what only that one brings. */
function newLevelVerdict(before: TierLadder, now: TierLevel): Verdict {
  const below = before.levels.findLast((one) => one.threshold <= now.threshold);
  return below && lacksBenefit(now, below) ? 'worse' : 'better';
}

const WAY = ['measure', 'period', 'promotion', 'lasts', 'demotion', 'graceDays', 'returns'] as const;
type Way = (typeof WAY)[number];

function diffWay(before: TierLadder, after: TierLadder, { lang }: LadderDifferenceOptions): RuleChangeLine[] {
  return WAY.flatMap((field) => {
    const [from, to] = [wayText(field, before, lang), wayText(field, after, lang)];
    return from === to ? [] : [line(field, WORDS[lang][field], from, to, wayVerdict(field, before, after))];
  });
}

const counted = (count: number, forms: UnitWords, lang: Lang): string => `${formatDecimal(count, 0, lang)}${NBSP}${plural(count, forms, lang)}`;

function wayText(field: Way, ladder: TierLadder, lang: Lang): string {
  const w = WORDS[lang];
  if (field === 'graceDays') return counted(ladder.graceDays, w.days, lang);
  if (field === 'measure') return ladder.measure.kind === 'points' ? w.values.points(ladder.measure.wallet) : w.values[ladder.measure.kind];
  if (field === 'period') return ladder.period.kind === 'rolling' ? counted(ladder.period.months, w.months, lang) : w.values[ladder.period.kind === 'calendar' ? ladder.period.unit : 'lifetime'];
  return w.values[ladder[field]];
}

function wayVerdict(field: Way, before: TierLadder, after: TierLadder): Verdict {
  switch (field) {
    case 'measure': return 'worse';
    case 'period': return isWider(before.period, after.period) ? 'better' : 'worse';
    // A window that moves by months gives its level to the end of the month, one that moves by days from the last purchase: that may be sooner.
    case 'promotion': return after.promotion === 'atOnce' && after.period.kind !== 'rolling' ? 'better' : 'worse';
    case 'lasts': return after.lasts === 'nextPeriod' ? 'better' : 'worse';
    case 'demotion': return after.demotion === 'oneLevel' ? 'better' : 'worse';
    case 'graceDays': return after.graceDays > before.graceDays ? 'better' : 'worse';
    case 'returns': return after.returns === 'keepLevel' ? 'better' : 'worse';
  }
}
