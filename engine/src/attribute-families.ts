import { attribute, ANY, type Attribute, type AttributeScope } from './attribute-rows.ts';
import type { Attributes } from './facts.ts';
import type { Seen } from './operators.ts';

/** Keys an organiser's own attribute may have: they stand in codes, forms and SQL parameters. */
export const CUSTOM_KEY = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;

/** Attributes that differ in one parameter, which stands in their code between `before` and `after`. */
export type Family = {
  readonly before: string;
  readonly after: string;
  readonly scope: AttributeScope;
  readonly parameter: 'key';
  /** Of the whole family, the parameter still open. */
  readonly words: { readonly pl: string; readonly en: string };
  /** The attribute of a parameter; null when the text is none. */
  readonly of: (parameter: string) => Attribute | null;
};

type Place = { readonly before: string; readonly scope: AttributeScope; readonly words: Family['words']; readonly own: (key: string) => Family['words']; readonly read: (key: string) => Attribute['read'] };

// Never a property that every object inherits: keys come from the organiser.
const valueOf = (values: Attributes, key: string): Seen => (Object.hasOwn(values, key) ? values[key]! : null);

const attributeWords = (key: string) => ({ pl: `cecha „${key}”`, en: `attribute “${key}”` });
const fieldWords = (key: string) => ({ pl: `pole „${key}”`, en: `field “${key}”` });

const keyed = ({ before, scope, words, own, read }: Place): Family => ({
  before, after: '', scope, words, parameter: 'key',
  of: (key) => (CUSTOM_KEY.test(key) ? attribute({ code: before + key, type: 'custom', scope, words: own(key), column: null, operators: ANY, read: read(key) }) : null),
});

export const families: readonly Family[] = [
  keyed({ before: 'transaction.attribute.', scope: 'document', words: { pl: 'własna cecha zakupu', en: 'own attribute of the purchase' }, own: attributeWords, read: (key) => (f) => valueOf(f.document.attributes, key) }),
  keyed({ before: 'event.field.', scope: 'document', words: { pl: 'pole zdarzenia', en: 'field of the event' }, own: fieldWords, read: (key) => (f) => (f.document.event === null ? null : valueOf(f.document.attributes, key)) }),
  keyed({ before: 'line.attribute.', scope: 'line', words: { pl: 'własna cecha pozycji', en: 'own attribute of the line' }, own: attributeWords, read: (key) => (_, l) => valueOf(l.attributes, key) }),
  keyed({ before: 'member.attribute.', scope: 'member', words: { pl: 'własna cecha uczestnika', en: 'own attribute of the member' }, own: attributeWords, read: (key) => (f) => valueOf(f.member.attributes, key) }),
];

/** The family a code belongs to and the parameter in it, right or not; null for a code of none. */
export function familyOf(code: string): { readonly family: Family; readonly parameter: string } | null {
  const family = families.find((one) => code.startsWith(one.before) && code.endsWith(one.after) && code.length >= one.before.length + one.after.length);
  return family === undefined ? null : { family, parameter: code.slice(family.before.length, code.length - family.after.length) };
}
