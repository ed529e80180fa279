import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { openVisitor, startBrowser, type Visitor } from './browser.ts';
import { startSite, type Site } from './start-site.ts';

type Options = Parameters<typeof openVisitor>[2] & { /** Something is meant to go wrong on the way. */ readonly mayFault?: boolean };

/** The product and a browser of one test file: they start before its first test and stop after its last, and are there only between. `fill`: what the site has besides. */
export function ownSite(fill: (site: Site) => Promise<unknown> = () => Promise.resolve()) {
  let started: { readonly site: Site; readonly browser: Browser } | null = null;
  const own = () => started ?? raise();
  beforeAll(async () => {
    const [site, browser] = await Promise.all([startSite(), startBrowser()]);
    started = { site, browser };
    await fill(site);
  });
  afterAll(async () => {
    await started?.browser.close();
    await started?.site.close();
  });
  return {
    get site() { return own().site; },
    get browser() { return own().browser; },
    /** Does the work in a window of the signed-in owner, where nothing may go wrong on the way. */
    async asOwner(work: (page: Page, visitor: Visitor) => Promise<void>, { mayFault = false, ...options }: Options = {}): Promise<void> {
      const { site, browser } = own();
      const visitor = await openVisitor(browser, site.url, { cookies: { wracam_staff: await site.staffToken() }, ...options });
      try {
        await work(visitor.page, visitor);
        if (!mayFault) expect(visitor.faults()).toEqual([]);
      } finally {
        await visitor.context.close();
      }
    },
  };
}

function raise(): never {
  throw new Error('The site is there from the first test on.');
}
