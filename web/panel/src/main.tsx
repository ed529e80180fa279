import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import { tellStyleNonce } from '@wracam/ui/style-nonce.ts';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import './app.css';

// After an update the server no longer has the parts this page still asks for: the page is read anew, once in a while, never in a loop.
const RELOAD_PAUSE_MS = 30_000;
const RELOADED = 'wracam-panel-reloaded';
window.addEventListener('vite:preloadError', (event) => {
  const last = Number(sessionStorage.getItem(RELOADED) ?? 0);
  if (Date.now() - last < RELOAD_PAUSE_MS) return;
  sessionStorage.setItem(RELOADED, String(Date.now()));
  event.preventDefault();
  window.location.reload();
});

tellStyleNonce();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(<App />);
