import { describeLines, describeRule, type DescribeOptions } from './describe.ts';
import { listOf } from './phrase-parts.ts';
import type { RuleCaps, RuleDefinition } from './rules.ts';
import type { Cap } from './trace.ts';
import { NBSP, type Lang } from './words.ts';

/** Everyday goods that are called by a feminine noun. Of any other word in "-a" nobody can tell whether it is one ("kawa") or many ("ciasta"). */
const FEMININE = new Set(['kawa', 'herbata', 'czekolada', 'woda', 'lemoniada', 'pizza', 'zupa', 'kanapka', 'sałatka', 'ryba', 'mąka', 'biżuteria', 'elektronika', 'chemia', 'bielizna', 'prasa', 'karma', 'kuchnia', 'książka', 'zabawka']);

/** And those that are many in "-a": they stay. */
const MANY = new Set(['ciasta', 'ciastka', 'śniadania', 'wina', 'piwa', 'warzywa', 'ubrania', 'jajka', 'jabłka', 'dania', 'zioła', 'mięsa', 'lekarstwa', 'akcesoria']);

/** "kawę", "pieczywo": what points are for, as it is said; null when the word alone does not tell its case. Goods are things, so but for those in "-a" it is the word itself. */
function accusativeOf(name: string): string | null {
  if (!/^\p{L}{2,}(?: \p{L}{2,}){0,2}$/u.test(name)) return null;
  const said = name === name.toUpperCase() ? name : `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  if (FEMININE.has(said)) return `${said.slice(0, -1)}ę`;
  return !MANY.has(said) && said.split(' ').some((word) => /[aąę]$/.test(word)) ? null : said;
}

const plainName: Readonly<Record<Lang, (name: string) => string | null>> = { pl: accusativeOf, en: (name) => (/^\p{L}{2,}(?: \p{L}{2,}){0,2}$/u.test(name) ? name : null) };
/** Doubled is whatever was bought of them; what is given once is for any of them. */
const AND: Readonly<Record<Lang, string>> = { pl: 'i', en: 'and' };
const OR: Readonly<Record<Lang, string>> = { pl: 'lub', en: 'or' };

/** The goods of a rule that asks for categories alone, as people call them; null for another rule. */
function plainGoods({ lines, effect }: RuleDefinition, lang: Lang): string | null {
  if (lines === null || !('attribute' in lines) || lines.attribute !== 'line.category' || !['is', 'oneOf'].includes(lines.operator)) return null;
  const names = (Array.isArray(lines.value) ? lines.value : [lines.value]).map((name) => plainName[lang](String(name)));
  return names.every((name) => name !== null) ? listOf(names, (effect.kind === 'fixed' || effect.kind === 'grant' ? OR : AND)[lang]) : null;
}

/** "towary z kategorii „kawa”" is "kawę"; where Polish would need another case, the longer words stay. */
function withPlainGoods(said: string, definition: RuleDefinition, options: DescribeOptions): string {
  const goods = plainGoods(definition, options.lang);
  const told = goods === null ? null : describeLines(definition, options);
  if (goods === null || told === null) return said;
  if (options.lang === 'en') return said.replace(told, () => goods);
  return said.replace(`za zakup ${told}`, () => `za ${goods}`).replace(told.replace(/^towarów/, 'towary'), () => goods);
}

const OFTEN: Readonly<Partial<Record<Cap, Readonly<Record<Lang, string>>>>> = {
  perMemberDay: { pl: ' dziennie', en: ' a day' }, perMemberWeek: { pl: ' w tygodniu', en: ' a week' }, perMemberMonth: { pl: ' w miesiącu', en: ' a month' }, perMemberYear: { pl: ' w roku', en: ' a year' }, perMemberEver: { pl: '', en: '' },
};

function oftenText(cap: Cap, times: number, lang: Lang): string {
  const per = OFTEN[cap]?.[lang] ?? '';
  if (lang === 'pl') return times === 1 ? (per === '' ? 'tylko raz' : `najwyżej raz${per}`) : `najwyżej ${times}${NBSP}razy${per}`;
  return times === 1 ? (per === '' ? 'only once' : `at most once${per}`) : `at most ${times} times${per}`;
}

/** What comes at once and is limited to so many times of itself is limited in times: "najwyżej raz dziennie", not "najwyżej 50 punktów dziennie". */
function inTimes({ effect, caps }: RuleDefinition, lang: Lang): { readonly caps: RuleCaps; readonly often: readonly string[] } {
  const given = effect.kind === 'fixed' ? effect.points : effect.kind === 'grant' && !effect.perMinor ? effect.count : null;
  const counted = given === null ? [] : (Object.keys(OFTEN) as Cap[]).flatMap((cap) => { const limit = caps[cap]; return typeof limit === 'number' && limit % given === 0 ? [{ cap, times: limit / given }] : []; });
  return { caps: { ...caps, ...Object.fromEntries(counted.map(({ cap }) => [cap, null])) }, often: counted.map(({ cap, times }) => oftenText(cap, times, lang)) };
}

/** A rule as a person tells it to anybody: what it costs the organiser is not told, goods have their everyday names, limits are in times where they can be. */
export function tellOpenly(definition: RuleDefinition, options: DescribeOptions): string {
  const open = { ...options, open: true };
  const { caps, often } = inTimes(definition, options.lang);
  const said = withPlainGoods(describeRule({ ...definition, caps }, open), definition, open);
  return `${[said.replace(/\.$/, ''), ...often].join(', ')}.`;
}
