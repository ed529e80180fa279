import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { openVisitor, startBrowser, type Visitor } from './browser.ts';
import { tellingWhatShows } from './shown.ts';
import { startSite, type Site } from './start-site.ts';
import { lendWindows } from './windows.ts';

type Options = NonNullable<Parameters<typeof openVisitor>[2]> & { /** Something is meant to go wrong on the way. */ readonly mayFault?: boolean };
type Work = (page: Page, visitor: Visitor) => Promise<void>;

/** The product and a browser of one test file: they start before its first test and stop after its last, and are there only between. `fill`: what the site has besides. */
export function ownSite(fill: (site: Site) => Promise<unknown> = () => Promise.resolve()) {
  let started: { readonly site: Site; readonly browser: Browser; readonly lend: ReturnType<typeof lendWindows> } | null = null;
  const own = () => started ?? raise();
  beforeAll(async () => {
    const [site, browser] = await Promise.all([startSite(), startBrowser()]);
    started = { site, browser, lend: lendWindows(browser, site.url) };
    await fill(site);
  });
  afterAll(async () => {
    await started?.browser.close();
    await started?.site.close();
  });
  /** Does the work in a window where nothing may go wrong on the way: one that somebody had before, or a new one where it has to be of another kind than a plain one. */
  async function inWindow(work: Work, { mayFault = false, cookies = {}, viewport, ...kind }: Options = {}): Promise<void> {
    const { site, browser, lend } = own();
    const whole = async (visitor: Visitor) => {
      await work(visitor.page, visitor);
      if (!mayFault) expect(visitor.faults()).toEqual([]);
    };
    if (Object.keys(kind).length === 0) {
      await lend(cookies, async (visitor) => {
        if (viewport) await visitor.page.setViewportSize(viewport);
        await whole(visitor);
      }, { mayFault });
      return;
    }
    const visitor = await openVisitor(browser, site.url, { cookies, ...(viewport && { viewport }), ...kind });
    try {
      await tellingWhatShows(visitor.page, () => whole(visitor));
    } finally {
      await visitor.context.close();
    }
  }
  return {
    get site() { return own().site; },
    get browser() { return own().browser; },
    inWindow,
    /** In a window of the signed-in owner. */
    asOwner: async (work: Work, options: Options = {}) => inWindow(work, { ...options, cookies: { wracam_staff: await own().site.staffToken() } }),
    /** In a window of a member, signed in. */
    asMember: async (member: string, work: Work, options: Options = {}) => inWindow(work, { ...options, cookies: { wracam_member: await own().site.memberToken(member) } }),
  };
}

function raise(): never {
  throw new Error('The site is there from the first test on.');
}
