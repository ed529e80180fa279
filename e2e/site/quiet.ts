import type { Page, Request } from 'playwright-core';

/** As long as this nothing was asked: what an answer makes a page ask comes within a few frames. */
const QUIET_MS = 100;
const PATIENCE_MS = 40_000;
const asked = new WeakMap<Page, Set<Request>>();

/** Writes down what the page asks of the server and has no answer to yet. */
export function listenTo(page: Page): void {
  const open = new Set<Request>();
  asked.set(page, open);
  page.on('request', (request) => {
    if (request.isNavigationRequest()) open.clear(); // what the page before asked is answered to nobody
    open.add(request);
  });
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
}

/** Until the page has all that it asked for. The browser's own idle network (`networkidle`) comes once a document, so not to pages that are walked to. */
export async function quiet(page: Page): Promise<void> {
  const began = performance.now();
  for (let since = began; performance.now() - since < QUIET_MS;) {
    await page.evaluate(() => new Promise(requestAnimationFrame));
    if (asked.get(page)!.size > 0) since = performance.now();
    if (performance.now() - began > PATIENCE_MS) throw new Error(`no answer to ${[...asked.get(page)!].map((one) => one.url()).join(', ')}`);
  }
}

const appOf = (path: string): string | undefined => /^\/(panel|p)\//.exec(path)?.[1];

/** Goes to a page as its links do, in the document that is open; from outside, and between panel and portal, by its address. A document takes several times the work of a page. */
export async function walkTo(page: Page, path: string): Promise<void> {
  const here = new URL(page.url()).pathname;
  if (appOf(here) !== undefined && appOf(here) === appOf(path)) await page.evaluate((to) => { history.pushState(null, '', to); }, path);
  else await page.goto(path);
  await quiet(page);
}
