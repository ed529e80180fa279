import { useQueryClient } from '@tanstack/react-query';
import type { Lang } from '@wracam/ui';
import { readAgain } from '@wracam/ui/newer-answer.ts';
import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';

const STORED = 'wracam-panel-language';

const stored = (): Lang => {
  try {
    return localStorage.getItem(STORED) === 'en' ? 'en' : 'pl';
  } catch {
    return 'pl'; // storage is switched off in this browser
  }
};

const ChoiceContext = createContext<{ lang: Lang; choose: (lang: Lang) => void }>({ lang: 'pl', choose: () => undefined });

/** Keeps the chosen language on this device. Sentences that the server wrote are asked for again in the new one. */
export function LanguageChoice({ children }: { children: (lang: Lang) => ReactNode }) {
  const [lang, setLang] = useState(stored);
  const queries = useQueryClient();
  const value = useMemo(() => ({
    lang,
    choose: (next: Lang) => {
      document.documentElement.lang = next;
      try {
        localStorage.setItem(STORED, next);
      } catch {
        // storage is switched off: the choice lasts until the page is closed
      }
      setLang(next);
      void readAgain(queries);
    },
  }), [lang, queries]);
  return <ChoiceContext value={value}>{children(lang)}</ChoiceContext>;
}

export const useLanguageChoice = () => useContext(ChoiceContext);
