import { describeCondition, type DescribeOptions } from '../describe.ts';
import { phrasesOf } from '../phrases.ts';
import { formatDate, formatMoneyShort, formatPoints, formatQuantity, NBSP, plural, POINT_WORDS, type Lang, type UnitWords } from '../words.ts';
import type { ChallengeDefinition, Collected, GoalDefinition, ThresholdDefinition } from './definition.ts';

const forms = (one: string, few: string, many: string): UnitWords => ({ one, few, many, fraction: few });
const NOUNS: Readonly<Record<Lang, { purchases: UnitWords; events: UnitWords; lines: UnitWords; days: UnitWords; weeks: UnitWords }>> = {
  pl: { purchases: forms('zakup', 'zakupy', 'zakupów'), events: forms('zdarzenie', 'zdarzenia', 'zdarzeń'), lines: forms('pozycja', 'pozycje', 'pozycji'), days: forms('dzień', 'dni', 'dni'), weeks: forms('tydzień', 'tygodnie', 'tygodni') },
  en: { purchases: forms('purchase', 'purchases', 'purchases'), events: forms('event', 'events', 'events'), lines: forms('line', 'lines', 'lines'), days: forms('day', 'days', 'days'), weeks: forms('week', 'weeks', 'weeks') },
};
/** What progress and scores count. */
export type Counts = 'points' | 'documents' | 'lines' | 'amount' | 'quantity' | 'day' | 'week' | 'pieces';

/** A number of what is counted: "3 zakupy", "57,40 zł", "4 tygodnie". */
export function countedText(counts: Counts, value: number, options: DescribeOptions): string {
  const { lang } = options;
  switch (counts) {
    case 'points': return formatPoints(value, options.unit ?? POINT_WORDS[lang], lang);
    case 'amount': return formatMoneyShort(value, options.currency, lang);
    case 'quantity': return formatQuantity(value, lang);
    case 'pieces': return String(value);
    default: return counted(value, NOUNS[lang][({ documents: 'purchases', lines: 'lines', day: 'days', week: 'weeks' } as const)[counts]], lang);
  }
}

const PIECES: Readonly<Record<Lang, Readonly<Record<Collected, string>>>> = {
  pl: { category: 'Coś z każdej kategorii', sku: 'Każdy z towarów', brand: 'Coś każdej marki', store: 'Zakup w każdym ze sklepów' },
  en: { category: 'Something of each category', sku: 'Each of the articles', brand: 'Something of each brand', store: 'A purchase in each store' },
};

const counted = (n: number, words: UnitWords, lang: Lang) => `${n}${NBSP}${plural(n, words, lang)}`;

/** One sentence that says what to do: "5 zakupów towarów z kategorii „kawa” w jednym miesiącu, od 1 listopada 2026." `unit`: of the wallet that a threshold counts. */
export function describeGoal(definition: GoalDefinition, options: DescribeOptions): string {
  const text = definition.kind === 'threshold' ? thresholdText(definition, options) : challengeText(definition, options);
  const { who = null } = definition;
  // Whoever takes part knows of the goal at all; what the organiser calls a group of people is not for them to read.
  return `${who === null || options.open ? text : `${text}, ${describeCondition(who, 'when', options)}`}.`;
}

function thresholdText({ measure, at, repeats, since }: ThresholdDefinition, options: DescribeOptions): string {
  const { lang, currency } = options;
  const amount = measure.kind === 'spent' ? formatMoneyShort(at, currency, lang) : formatPoints(at, options.unit ?? POINT_WORDS[lang], lang);
  const spent = measure.kind === 'spent';
  const text = lang === 'pl'
    ? (repeats ? `Za każde ${amount}${spent ? ' wydane na zakupy' : ''}` : `Po ${spent ? 'wydaniu' : 'zebraniu'} ${amount}`)
    : (repeats ? `For every ${amount}${spent ? ' spent' : ''}` : `After ${spent ? 'spending' : 'earning'} ${amount}`);
  return since === null ? text : `${text}, ${lang === 'pl' ? 'licząc od' : 'counted from'} ${formatDate(since, lang)}`;
}

function challengeText(definition: ChallengeDefinition, options: DescribeOptions): string {
  const { lang } = options;
  const { window, when } = definition;
  const repeated = { once: null, week: lang === 'pl' ? 'w jednym tygodniu' : 'in one week', month: lang === 'pl' ? 'w jednym miesiącu' : 'in one month' }[window.kind];
  const dates = phrasesOf(lang).schedule(formatDate(window.from, lang), window.until === null ? null : formatDate(window.until, lang));
  const what = repeated === null ? taskText(definition, options) : `${taskText(definition, options)} ${repeated}`;
  return [what, when === null ? null : describeCondition(when, 'when', options), dates].filter((part) => part !== null).join(', ');
}

/** What is to be done, without its period: "5 zakupów towarów z kategorii „kawa”". */
export function taskText({ task, lines, trigger }: ChallengeDefinition, options: DescribeOptions): string {
  const { lang, currency } = options;
  const nouns = NOUNS[lang];
  const chosen = lines === null ? '' : ` ${phrasesOf(lang).lines(describeCondition(lines, 'line', options))}`;
  const event = trigger?.kind === 'event' ? trigger.type : null;
  const quoted = event === null ? '' : lang === 'pl' ? ` „${event}”` : ` “${event}”`;
  switch (task.kind) {
    case 'count':
      if (task.of === 'documents') return `${counted(task.target, event === null ? nouns.purchases : nouns.events, lang)}${quoted}${lang === 'pl' || chosen === '' ? chosen : ` of${chosen}`}`;
      if (task.of === 'lines') return `${counted(task.target, nouns.lines, lang)}${lang === 'pl' || chosen === '' ? chosen : ` of${chosen}`}`;
      if (task.of === 'amount') return `${lang === 'pl' ? 'Zakupy' : 'Purchases'}${lang === 'pl' || chosen === '' ? chosen : ` of${chosen}`} ${lang === 'pl' ? 'za' : 'for'} ${formatMoneyShort(task.target, currency, lang)}`;
      return `${formatQuantity(task.target, lang)}${NBSP}${lang === 'pl' ? `szt. lub kg${chosen}` : `pieces or kg${chosen === '' ? '' : ` of${chosen}`}`}`;
    case 'streak': {
      const done = event === null ? (lang === 'pl' ? 'Zakup' : 'A purchase') : `${lang === 'pl' ? 'Zdarzenie' : 'An event'}${quoted}`;
      const row = counted(task.length, task.every === 'day' ? nouns.days : nouns.weeks, lang);
      return lang === 'pl' ? `${done}${chosen} ${task.every === 'day' ? 'codziennie' : 'co tydzień'} przez ${row} z rzędu` : `${done}${chosen === '' ? '' : ` of${chosen}`} every ${task.every} for ${row} in a row`;
    }
    case 'collection':
      return `${PIECES[lang][task.by]}: ${task.items.join(', ')}`;
  }
}
