import type { Browser } from 'playwright-core';
import { DESKTOP, openVisitor, type Visitor } from './browser.ts';
import { tellingWhatShows } from './shown.ts';

type Cookies = Readonly<Record<string, string>>;

/**
 * Windows of `url`'s site that one visitor after the other gets. A new window reads and compiles every script anew, which costs more than
 * looking at the page; here only files with a hash in their name are kept. Cookies and storage are the next visitor's own, nothing stays of
 * the page before, and a window in which anything went wrong is not lent again, but where it was meant to (`mayFault`).
 */
export function lendWindows(browser: Browser, url: string) {
  const free: Visitor[] = [];
  return async function lend<T>(cookies: Cookies, work: (visitor: Visitor) => Promise<T>, mayFault = false): Promise<T> {
    const visitor = free.pop() ?? await openVisitor(browser, url);
    let clean = false;
    try {
      await greet(visitor, url, cookies);
      visitor.forgetFaults();
      const result = await tellingWhatShows(visitor.page, () => work(visitor));
      await visitor.page.unrouteAll();
      await visitor.context.setOffline(false);
      await visitor.page.evaluate(() => { localStorage.clear(); sessionStorage.clear(); });
      clean = mayFault || visitor.faults().length === 0;
      return result;
    } finally {
      if (clean) free.push(visitor);
      else await visitor.context.close();
    }
  };
}

/**
 * The page before is left for one without a script: an address that differs from the last one in its fragment alone would not be loaded anew.
 * It is one of the same site, because for a blank page the browser would end the process, and forget what it has compiled.
 */
async function greet({ context, page }: Visitor, url: string, cookies: Cookies): Promise<void> {
  await page.goto('/api/v1/health');
  await page.setViewportSize(DESKTOP);
  await context.clearCookies();
  await context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url })));
}
