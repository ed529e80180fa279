import { withoutMarks } from './scan.ts';

const ENDING = /(?:ymi|imi|iego|ego|emu|ych|ich|ym|im|iej|ej|ami|ach|ow|om|ie|ia|-|[aeiouy])$/;
/** Vowels that come and go: "Bywalec" and "bywalców", "Rynek" and "na Rynku". */
const MOVABLE = /^(.{3,})[eo]([^aeiouy])$/;

/** A Polish word without the ending of a noun or an adjective: "złotych", "złota" and "Złoty" are one. */
export const stem = (word: string): string => withoutMarks(word.toLowerCase()).replace(ENDING, '').replace(/-$/, '').replace(MOVABLE, '$1$2');

/** An English word without the ending of a plural: "coffees" and "coffee", "pastries" and "pastry" are one. */
export const englishStem = (word: string): string => withoutMarks(word.toLowerCase()).replace(/(?<!s)s$/, '').replace(/ie$/, 'y').replace(/e$/, '');
