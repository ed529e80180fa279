/* The portal without a network: the shell and the public facts of the program. Answers about a person are never kept here. */

// Both are filled in by the build.
const VERSION = '__VERSION__';
const SHELL = '__SHELL__';

const SHELL_CACHE = `wracam-shell-${VERSION}`;
const FACTS_CACHE = 'wracam-facts';
const PAGE = '/p/index.html';
/** The public answer: name, colour, rewards, terms. Everything else under /api goes past this worker. */
const PUBLIC_FACTS = /^\/api\/v1\/programs\/[^/]+\/portal$/;

// A newer worker waits until every page of the old build is closed: an open page still needs the old files.
self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL_CACHE).then((cache) => cache.addAll(SHELL)));
});

self.addEventListener('activate', (event) => {
  const old = (name) => name.startsWith('wracam-shell-') && name !== SHELL_CACHE;
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))).then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => caches.match(PAGE).then((page) => page ?? Response.error())));
  else if (SHELL.includes(url.pathname)) event.respondWith(caches.match(request, { ignoreSearch: true }).then((kept) => kept ?? fetch(request)));
  else if (PUBLIC_FACTS.test(url.pathname)) event.respondWith(freshOrKept(request));
});

async function freshOrKept(request) {
  const cache = await caches.open(FACTS_CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
  } catch (error) {
    const kept = await cache.match(request, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}
