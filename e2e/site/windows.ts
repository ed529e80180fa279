import type { Browser } from 'playwright-core';
import { DESKTOP, openVisitor, type Visitor } from './browser.ts';
import { tellingWhatShows } from './shown.ts';

type Cookies = Readonly<Record<string, string>>;
/** `left`: of the visitor who left a page as it was opened. */
type Free = { readonly visitor: Visitor; readonly left: Cookies | null };
type Lending = {
  /** Something is meant to go wrong. */
  readonly mayFault?: boolean;
  /** May begin at the page that the same visitor left, in the same document. */
  readonly goesOn?: boolean;
  /** Leaves its page as it was opened, with nothing typed and no dialog, so that its visitor can go on from there. */
  readonly leaves?: boolean;
};

/**
 * Windows of `url`'s site that one visitor after the other gets. A new window reads and compiles every script anew, which costs more than
 * looking at the page; here only files with a hash in their name are kept. Cookies and storage are the next visitor's own, nothing stays of
 * the page before, and a window in which anything went wrong is not lent again, but where it was meant to (`mayFault`).
 */
export function lendWindows(browser: Browser, url: string) {
  const free: Free[] = [];
  return async function lend<T>(cookies: Cookies, work: (visitor: Visitor) => Promise<T>, { mayFault = false, goesOn = false, leaves = false }: Lending = {}): Promise<T> {
    const fit = goesOn ? free.findIndex((one) => one.left === cookies) : -1;
    const { visitor, left } = free.splice(fit, 1)[0] ?? { visitor: await openVisitor(browser, url), left: null };
    let clean = false;
    try {
      if (fit < 0 || left === null) await greet(visitor, url, cookies);
      visitor.forgetFaults();
      const result = await tellingWhatShows(visitor.page, () => work(visitor));
      await visitor.page.unrouteAll();
      await visitor.context.setOffline(false);
      await visitor.page.evaluate(() => { localStorage.clear(); sessionStorage.clear(); });
      clean = mayFault || visitor.faults().length === 0;
      return result;
    } finally {
      if (clean) free.push({ visitor, left: leaves ? cookies : null });
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
