import type { WordForms } from '@wracam/sdk';
import { formatDecimal, formatPoints, NBSP } from '@wracam/engine/words';
import type { Lang } from '@wracam/ui/lang.tsx';

/** "1 punkt", "3 punkty", "5 punktów"; minus is the typographic one. */
export const writePoints = (points: number, forms: WordForms, lang: Lang): string => formatPoints(points, forms, lang);

/** "+5 punktów", "−3 punkty": for histories, where the direction is the news. */
export const writeSignedPoints = (points: number, forms: WordForms, lang: Lang): string =>
  (points > 0 ? '+' : '') + formatPoints(points, forms, lang);

/**
 * Points after "brakuje" and "zostanie", which take the genitive: "1 punktu", "3 punktów", "5 punktów".
 * The wallet's `fraction` is the genitive singular (1,5 punktu) and `many` the genitive plural, so the four forms are enough.
 */
export function writeGenitive(points: number, forms: WordForms, lang: Lang): string {
  const form = lang === 'pl' ? (points === 1 ? forms.fraction : forms.many) : points === 1 ? forms.one : forms.many;
  return `${formatDecimal(points, 0, lang)}${NBSP}${form}`;
}
