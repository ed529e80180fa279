import { createContext, useContext, useEffect, type ReactNode } from 'react';

/** Languages the screens speak; Polish is the first. */
export type Lang = 'pl' | 'en';

const LangContext = createContext<Lang>('pl');

/** Gives the language to everything inside and tells the browser, so that screen readers speak the right tongue. */
export function LangProvider({ lang, children }: { lang: Lang; children: ReactNode }) {
  useEffect(() => {
    document.documentElement.lang = lang;
  }, [lang]);
  return <LangContext.Provider value={lang}>{children}</LangContext.Provider>;
}

/** The language of the screen; Polish where nobody said otherwise. */
export const useLang = (): Lang => useContext(LangContext);
