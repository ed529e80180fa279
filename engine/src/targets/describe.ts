import { describeCondition, type DescribeOptions } from '../describe.ts';
import { phrasesOf } from '../phrases.ts';
import { formatDate, formatMoneyShort, formatQuantity, NBSP, plural, type Lang, type UnitWords } from '../words.ts';
import type { TargetCounts, TargetDefinition } from './definition.ts';

const forms = (one: string, few: string, many: string): UnitWords => ({ one, few, many, fraction: few });
const SALES: Readonly<Record<Lang, UnitWords>> = { pl: forms('transakcja', 'transakcje', 'transakcji'), en: forms('sale', 'sales', 'sales') };
const DAYS: Readonly<Record<Lang, UnitWords>> = { pl: forms('dzień', 'dni', 'dni'), en: forms('day', 'days', 'days') };

/** A sum of what a target counts: "3200 zł", "12 transakcji", "40 szt. lub kg". */
export function targetSum(counts: TargetCounts, sum: number, { lang, currency }: Pick<DescribeOptions, 'lang' | 'currency'>): string {
  if (counts === 'amount') return formatMoneyShort(sum, currency, lang);
  if (counts === 'quantity') return `${formatQuantity(sum, lang)}${NBSP}${lang === 'pl' ? 'szt. lub kg' : 'pieces or kg'}`;
  return `${sum}${NBSP}${plural(sum, SALES[lang], lang)}`;
}

/**
 * Two sentences that say what has to be reached and when it is settled: "Sprzedaż za 50 000 zł w każdym kwartale, od 1 stycznia 2026, przez
 * każdego uczestnika z osobna. Cel liczy się od razu, a zwroty cofają go jeszcze przez 14 dni po końcu okresu."
 */
export function describeTarget(definition: TargetDefinition, options: DescribeOptions): string {
  return `${demandText(definition, options)}. ${settleText(definition, options.lang)}`;
}

const EVERY: Readonly<Record<Lang, Readonly<Record<Exclude<TargetDefinition['window']['every'], 'once'>, string>>>> = {
  pl: { month: 'w każdym miesiącu', quarter: 'w każdym kwartale', year: 'w każdym roku' }, en: { month: 'in each month', quarter: 'in each quarter', year: 'in each year' },
};

function demandText({ counts, amount, lines, when, window, side, groups }: TargetDefinition, options: DescribeOptions): string {
  const { lang } = options;
  const phrases = phrasesOf(lang);
  const pl = lang === 'pl';
  const chosen = lines === null ? '' : `${pl ? ' ' : ' of '}${phrases.lines(describeCondition(lines, 'line', options))}`;
  const what = amount === null
    ? `${pl ? 'Sprzedaż' : 'Sales'}${chosen} ${pl ? 'tyle, ile ustalono dla danego uczestnika celu' : 'as much as is set for whoever takes part'}`
    : counts === 'amount' ? `${pl ? 'Sprzedaż' : 'Sales'}${chosen} ${pl ? 'za' : 'for'} ${targetSum(counts, amount, options)}`
      : counts === 'documents' ? `${targetSum(counts, amount, options)}${chosen}` : `${pl ? 'Sprzedaż' : 'Sales of'} ${targetSum(counts, amount, options)}${chosen}`;
  const every = window.every === 'once' ? '' : ` ${EVERY[lang][window.every]}`;
  const dates = phrases.schedule(formatDate(window.from, lang), window.until === null ? null : formatDate(window.until, lang));
  return [`${what}${every}`, when === null ? null : describeCondition(when, 'when', options), dates, sideText(side, groups, lang)].filter((part) => part !== null).join(', ');
}

function sideText(side: TargetDefinition['side'], groups: readonly string[], lang: Lang): string {
  const quoted = groups.map((one) => (lang === 'pl' ? `„${one}”` : `“${one}”`)).join(', ');
  const several = groups.length > 1;
  switch (side) {
    case 'member':
      if (groups.length === 0) return lang === 'pl' ? 'każdy uczestnik z osobna' : 'each member alone';
      return lang === 'pl' ? `każdy uczestnik z ${several ? 'grup' : 'grupy'} ${quoted} z osobna` : `each member of the ${several ? 'groups' : 'group'} ${quoted} alone`;
    case 'company': return lang === 'pl' ? 'wszyscy z jednej firmy razem' : 'everybody of one company together';
    case 'group': return lang === 'pl' ? `wszyscy z jednej grupy razem (${quoted})` : `everybody of one group together (${quoted})`;
  }
}

function settleText({ settle, returnDays }: TargetDefinition, lang: Lang): string {
  const days = `${returnDays}${NBSP}${plural(returnDays, DAYS[lang], lang)}`;
  if (settle === 'atOnce') {
    if (returnDays === 0) return lang === 'pl' ? 'Cel liczy się od razu, a zwroty cofają go do końca okresu.' : 'It counts at once; returns undo it until the period ends.';
    return lang === 'pl' ? `Cel liczy się od razu, a zwroty cofają go jeszcze przez ${days} po końcu okresu.` : `It counts at once; returns undo it for ${days} after the period.`;
  }
  if (returnDays === 0) return lang === 'pl' ? 'Cel rozlicza się nazajutrz po końcu okresu.' : 'It is settled on the day after the period.';
  return lang === 'pl' ? `Cel rozlicza się po okresie na zwroty: ${days} po końcu okresu.` : `It is settled when the days for returns are over: ${days} after the period.`;
}
