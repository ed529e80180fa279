import type { Phrases } from './phrase-parts.ts';
import { englishPhrases } from './phrases-en.ts';
import { polishPhrases } from './phrases-pl.ts';
import type { Lang } from './words.ts';

/** The sentences of a language. */
export const phrasesOf = (lang: Lang): Phrases => (lang === 'pl' ? polishPhrases : englishPhrases);
