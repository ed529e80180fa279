import { useLang } from '@wracam/ui/lang.tsx';
import { en } from './en.ts';
import { pl } from './pl.ts';

export type Words = typeof pl;

/** Every word of the portal in the language of the screen. */
export const useWords = (): Words => (useLang() === 'pl' ? pl : en);
