import { useLang } from '@wracam/ui';
import { en } from './en.ts';
import { pl } from './pl.ts';

export type Words = typeof pl;

/** Every word of the panel in the language of the screen. */
export const useWords = (): Words => (useLang() === 'pl' ? pl : en);
