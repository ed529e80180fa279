import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { LangProvider, type Lang } from './lang.tsx';
import { styleNonce } from './style-nonce.ts';
import { cssVariables, theme } from './theme.ts';
import '@fontsource-variable/nunito-sans/wght.css';
import './base.css';

/** Theme, font, base styles and language in one wrapper; each app imports the component styles it needs. The scheme follows the system until the person chooses. */
export function WracamProvider({ lang, children }: { lang: Lang; children: ReactNode }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" getStyleNonce={styleNonce}>
      <LangProvider lang={lang}>{children}</LangProvider>
    </MantineProvider>
  );
}
