import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type ConsoleMessage, type Page } from 'playwright-core';
import { listenTo } from './quiet.ts';

export const PHONE = { width: 390, height: 844 } as const;
export const DESKTOP = { width: 1440, height: 900 } as const;

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
/** A machine that also builds and tests something else may take its time; a page that never comes is still found. */
const PATIENCE_MS = 40_000;

/** The system's Chromium, or the one that CHROMIUM names. */
export function startBrowser(...flags: readonly string[]): Promise<Browser> {
  const known = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  return chromium.launch({ args: [...FLAGS, ...flags], ...(existsSync(known) ? { executablePath: known } : {}) });
}

/** A browser of one person: own cookies, own storage. */
export type Visitor = {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What no page may do: script errors, refused content, answers that nobody expected, requests to another host. */
  readonly faults: () => readonly string[];
  readonly forgetFaults: () => void;
};

type VisitorOptions = BrowserContextOptions & { readonly cookies?: Readonly<Record<string, string>> };

/** Opens a browser window of `url`'s site. Everything that goes wrong in any of its pages is written down. */
export async function openVisitor(browser: Browser, url: string, { cookies = {}, ...options }: VisitorOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({ baseURL: url, viewport: DESKTOP, locale: 'pl-PL', timezoneId: 'Europe/Warsaw', reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  await context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url })));
  const faults: string[] = [];
  context.on('request', (request) => { if (isForeign(request.url(), url)) faults.push(`asked another host: ${request.url()}`); });
  context.on('console', (message) => { if (['error', 'warning'].includes(message.type()) && !isSignInQuestion(message)) faults.push(`console ${message.type()}: ${message.text()} (${message.location().url})`); });
  context.on('weberror', (error) => faults.push(`uncaught: ${String(error.error())}`));
  const page = await context.newPage();
  listenTo(page);
  return { context, page, faults: () => faults, forgetFaults: () => { faults.length = 0; } };
}

/** `data:` and `blob:` stay in the page. */
const isForeign = (asked: string, url: string) => /^(https?|wss?):/.test(asked) && new URL(asked).host !== new URL(url).host;

/** Pages ask who is signed in; the answer "nobody" is a 401, and the browser writes every 401 to the console. */
const isSignInQuestion = (message: ConsoleMessage) => message.text().includes('status of 401') && /\/me(\/|$)/.test(message.location().url);
