/** What of a text stays when case, diacritics and spaces are left aside: "Kawa  Ziarnista" and "kawaziarnista" are alike. */
export const alikeKey = (text: string): string => text.normalize('NFKD').replace(/[\p{M}\s]/gu, '').toLowerCase().replaceAll('ł', 'l');

/**
 * The spelling that is meant when a text is none of the known ones but is written as one of them apart from case, diacritics and spaces; the
 * first of several. Null: it is known, or nothing is alike. Conditions compare letter by letter, so such a text would hold for nothing.
 */
export function spellingOf(text: string, known: readonly string[]): string | null {
  if (known.includes(text)) return null;
  const key = alikeKey(text);
  return key === '' ? null : known.find((one) => alikeKey(one) === key) ?? null;
}
