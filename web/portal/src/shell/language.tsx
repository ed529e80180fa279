import { LangProvider, type Lang } from '@wracam/ui/lang.tsx';
import { createContext, useContext, useState, type ReactNode } from 'react';

const KEY = 'wracam.lang';

const ChoiceContext = createContext<(lang: Lang) => void>(() => undefined);

/** Chosen before, else English for a browser that speaks no Polish first. */
function initialLang(): Lang {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept === 'pl' || kept === 'en') return kept;
  } catch {
    // Storage is refused: the browser's own language decides.
  }
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'pl';
}

/** The language of the screen, kept on this device. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [lang, setLang] = useState<Lang>(initialLang);
  const choose = (next: Lang) => {
    setLang(next);
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // Lasts until the page closes.
    }
  };
  return <ChoiceContext.Provider value={choose}><LangProvider lang={lang}>{children}</LangProvider></ChoiceContext.Provider>;
}

/** Changes the language of the screen. */
export const useChooseLanguage = () => useContext(ChoiceContext);
