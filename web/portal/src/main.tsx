import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@fontsource-variable/nunito-sans/wght.css';
import './shell/mantine.css';
import '@wracam/ui/base.css';
import './shell/portal.css';
import { tellStyleNonce } from '@wracam/ui/style-nonce.ts';
import { BrandProvider } from './brand/brand-provider.tsx';
import { App } from './app.tsx';
import { LanguageProvider } from './shell/language.tsx';
import { listenForInstall } from './shell/install.ts';

/** Our own green until the program's colour is known. */
const HOUSE_COLOR = '#1a5638';
/** A balance older than this is asked for again when the page comes back to the front. */
const FRESH_MS = 10_000;

// Offline a question fails at once with a sentence, instead of waiting in grey for a network.
const queries = new QueryClient({
  defaultOptions: { queries: { retry: false, networkMode: 'always', staleTime: FRESH_MS }, mutations: { networkMode: 'always' } },
});

tellStyleNonce();
listenForInstall();
// An answer from the development server must never be kept, so the worker exists in builds only.
if (import.meta.env.PROD && 'serviceWorker' in navigator) void navigator.serviceWorker.register(`${import.meta.env.BASE_URL}sw.js`).catch(() => undefined);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <LanguageProvider>
        <BrandProvider color={HOUSE_COLOR}><App /></BrandProvider>
      </LanguageProvider>
    </QueryClientProvider>
  </StrictMode>,
);
