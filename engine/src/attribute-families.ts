import { daysBetween } from './calendar.ts';
import { AMOUNTS, ANY, attribute, COUNTS, SEVERAL, type Attribute, type AttributeScope } from './attribute-rows.ts';
import { EVENT_TYPES } from './event-types.ts';
import type { Attributes } from './facts.ts';
import type { Seen } from './operators.ts';
import { boughtIn, quantityIn, salesIn, spentIn, WINDOW_DAYS_MAX } from './past.ts';

/** Keys an organiser's own attribute may have: they stand in codes, forms and SQL parameters. */
export const CUSTOM_KEY = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;

/** Attributes that differ in one parameter, which stands in their code between `before` and `after`. */
export type Family = {
  readonly before: string;
  readonly after: string;
  readonly scope: AttributeScope;
  /** A key of the organiser's, or a number of days. */
  readonly parameter: 'key' | 'days';
  /** Of the whole family, the parameter still open. */
  readonly words: { readonly pl: string; readonly en: string };
  /** Parameters whose attribute has words of its own instead of the parameter. */
  readonly named: readonly string[];
  /** The attribute of a parameter; null when the text is none. */
  readonly of: (parameter: string) => Attribute | null;
};

type Place = { readonly before: string; readonly scope: AttributeScope; readonly words: Family['words']; readonly own: (key: string) => Family['words']; readonly named?: readonly string[]; readonly read: (key: string) => Attribute['read'] };

// Never a property that every object inherits: keys come from the organiser.
const valueOf = (values: Attributes, key: string): Seen => (Object.hasOwn(values, key) ? values[key]! : null);

// A sentence must tell whose attribute it is: a purchase and its member may both have a “city”.
const attributeWords = (pl: string, en: string) => (key: string) => ({ pl: `cecha ${pl} „${key}”`, en: `${en} attribute “${key}”` });

/** Fields of the events that every program knows, by key, whose words fit a sentence: "gdy kod celu to …". Others and an organiser's own are told by their keys. */
const FITTING = ['name', 'score', 'hours', 'quantity', 'place', 'rating', 'batch', 'number', 'dueOn', 'paidOn', 'daysLate', 'onTime', 'target', 'period', 'percent', 'share', 'reached', 'reason', 'daysSincePurchase'];
const knownFields = new Map(EVENT_TYPES.flatMap(({ fields }) => fields.filter(({ key }) => FITTING.includes(key)).map(({ key, words }) => [key, words] as const)));
const fieldWords = (key: string) => knownFields.get(key) ?? { pl: `pole „${key}”`, en: `field “${key}”` };

const keyed = ({ before, scope, words, own, named = [], read }: Place): Family => ({
  before, after: '', scope, words, parameter: 'key', named,
  of: (key) => (CUSTOM_KEY.test(key) ? attribute({ code: before + key, type: 'custom', scope, words: own(key), column: null, operators: ANY, read: read(key) }) : null),
});

/** Whole days for which a badge has been held, 0 on the day it was given; nothing to compare where it is not held. By the badge's code. */
const badgeDays: Family = {
  before: 'member.badgeDays.', after: '', scope: 'badge', parameter: 'key', named: [], words: { pl: 'dni od otrzymania odznaki', en: 'days since getting the badge' },
  of: (code) => (!CUSTOM_KEY.test(code) ? null : attribute({
    code: `member.badgeDays.${code}`, type: 'number', scope: 'badge', unit: 'days', words: { pl: `dni od otrzymania odznaki „${code}”`, en: `days since getting the badge “${code}”` }, column: null, operators: COUNTS,
    read: ({ member, calendar }) => { const held = member.badges.find((badge) => badge.code === code); return held === undefined ? null : daysBetween(held.since, calendar.date); },
  })),
};

const DAYS = /^[1-9]\d{0,2}$/;

type Window = Pick<Attribute, 'type' | 'operators' | 'words'> & { readonly after: string; readonly unit?: Attribute['unit']; readonly read: (days: number) => Attribute['read'] };

/** What was bought in the last so many days. */
const windowed = ({ after, words, read, ...row }: Window): Family => ({
  before: 'history.days.', after, scope: 'history', parameter: 'days', named: ['1'], words: { pl: `${words.pl} w ostatnich … dniach`, en: `${words.en} in the last … days` },
  of: (text) => {
    const days = Number(text);
    if (!DAYS.test(text) || days > WINDOW_DAYS_MAX) return null;
    return attribute({ ...row, code: `history.days.${text}${after}`, scope: 'history', pastDays: days, column: null, words: { pl: `${words.pl} (${days} ${days === 1 ? 'dzień' : 'dni'})`, en: `${words.en} (${days} ${days === 1 ? 'day' : 'days'})` }, read: read(days) });
  },
});

export const families: readonly Family[] = [
  keyed({ before: 'transaction.attribute.', scope: 'document', words: { pl: 'własna cecha zakupu', en: 'own attribute of the purchase' }, own: attributeWords('zakupu', 'purchase'), read: (key) => (f) => valueOf(f.document.attributes, key) }),
  keyed({ before: 'event.field.', scope: 'document', words: { pl: 'pole zdarzenia', en: 'field of the event' }, own: fieldWords, named: [...knownFields.keys()], read: (key) => (f) => (f.document.event === null ? null : valueOf(f.document.attributes, key)) }),
  keyed({ before: 'line.attribute.', scope: 'line', words: { pl: 'własna cecha pozycji', en: 'own attribute of the line' }, own: attributeWords('pozycji', 'line'), read: (key) => (_, l) => valueOf(l.attributes, key) }),
  keyed({ before: 'member.attribute.', scope: 'member', words: { pl: 'własna cecha uczestnika', en: 'own attribute of the member' }, own: attributeWords('uczestnika', 'member'), read: (key) => (f) => valueOf(f.member.attributes, key) }),
  badgeDays,
  windowed({ after: '.spent', type: 'money', operators: AMOUNTS, words: { pl: 'kwota zakupów', en: 'amount spent' }, read: (days) => (f) => spentIn(f, days) }),
  windowed({ after: '.sales', type: 'number', unit: 'sales', operators: COUNTS, words: { pl: 'liczba zakupów', en: 'number of purchases' }, read: (days) => (f) => salesIn(f, days) }),
  windowed({ after: '.quantity', type: 'quantity', operators: AMOUNTS, words: { pl: 'ilość kupionych towarów', en: 'quantity of articles bought' }, read: (days) => (f) => quantityIn(f, days) }),
  windowed({ after: '.category', type: 'text', operators: SEVERAL, words: { pl: 'kategorie kupione', en: 'categories bought' }, read: (days) => (f) => boughtIn(f, days, 'category') }),
  windowed({ after: '.sku', type: 'text', operators: SEVERAL, words: { pl: 'kody towarów kupionych', en: 'codes of articles bought' }, read: (days) => (f) => boughtIn(f, days, 'sku') }),
];

/** The family a code belongs to and the parameter in it, right or not; null for a code of none. */
export function familyOf(code: string): { readonly family: Family; readonly parameter: string } | null {
  const family = families.find((one) => code.startsWith(one.before) && code.endsWith(one.after) && code.length >= one.before.length + one.after.length);
  return family === undefined ? null : { family, parameter: code.slice(family.before.length, code.length - family.after.length) };
}
