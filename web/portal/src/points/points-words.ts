import type { WordForms } from '@wracam/sdk';
import { formatDecimal, NBSP, plural } from '@wracam/engine/words';
import type { Lang } from '@wracam/ui/lang.tsx';

/** A wallet has one name in one language; forms that tell "few" from "many" are Polish on an English page too. */
const tongueOf = (forms: WordForms, lang: Lang): Lang => (forms.few === forms.many ? lang : 'pl');

/** The unit alone: "punkt", "punkty", "punktów". */
export const writeUnit = (points: number, forms: WordForms, lang: Lang): string => plural(points / scaleOf(forms), forms, tongueOf(forms, lang));

const scaleOf = (forms: WordForms) => 10 ** (forms.decimals ?? 0);
const isWhole = (points: number, forms: WordForms) => points % scaleOf(forms) === 0;

/** The number alone: "12 345"; in a wallet shown with decimals "12,50", round ones without them. */
export const writeNumber = (points: number, forms: WordForms, lang: Lang): string =>
  (isWhole(points, forms) ? formatDecimal(points / scaleOf(forms), 0, lang) : formatDecimal(points, forms.decimals ?? 0, lang));

/** "1 punkt", "3 punkty", "5 punktów"; minus is the typographic one. */
export const writePoints = (points: number, forms: WordForms, lang: Lang): string =>
  `${writeNumber(points, forms, lang)}${NBSP}${writeUnit(points, forms, lang)}`;

/** "+5 punktów", "−3 punkty": for histories, where the direction is the news. */
export const writeSignedPoints = (points: number, forms: WordForms, lang: Lang): string =>
  (points > 0 ? '+' : '') + writePoints(points, forms, lang);

/**
 * Points after "brakuje", which takes the genitive: "1 punktu", "3 punktów", "5 punktów".
 * The wallet's `fraction` is the genitive singular (1,5 punktu) and `many` the genitive plural, so the four forms are enough.
 */
export function writeGenitive(points: number, forms: WordForms, lang: Lang): string {
  if (lang === 'en') return writePoints(points, forms, lang);
  return `${writeNumber(points, forms, lang)}${NBSP}${points === scaleOf(forms) || !isWhole(points, forms) ? forms.fraction : forms.many}`;
}
