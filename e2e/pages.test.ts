import { sweepGoals } from '@wracam/server/modules/goals/index';
import { sweepTargets } from '@wracam/server/modules/targets/index';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAt, knownAddresses } from './site/addresses.ts';
import { addReplay } from './site/add-replay.ts';
import { addRepair } from './site/add-repair.ts';
import { addWebhook } from './site/add-webhook.ts';
import { axeFindings } from './site/axe.ts';
import { DESKTOP, PHONE, startBrowser } from './site/browser.ts';
import { addEmptyProgram } from './site/empty-program.ts';
import { fillShop, type Shop } from './site/fill-shop.ts';
import { emptyPanelPages, emptyPortalPages, openPages, panelPages, portalPages, type KnownPage } from './site/page-list.ts';
import { stillness } from './site/journey.ts';
import { walkTo } from './site/quiet.ts';
import { startSite, type Site } from './site/start-site.ts';
import { stopSpending } from './site/stop-spending.ts';
import { lendWindows } from './site/windows.ts';

const NARROWEST = { width: 320, height: 640 };

let site: Site;
let shop: Shop;
let browser: Browser;
let lend: ReturnType<typeof lendWindows>;
const cookies = { nobody: {}, owner: {}, member: {}, newcomer: {} };
const visited = new Set<string>();
beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(), startBrowser()]);
  lend = lendWindows(browser, site.url);
  const filled = await fillShop(site.api);
  await sweepGoals(site.deps, site.programId);
  await sweepTargets(site.deps, site.programId);
  shop = { ...filled, replay: await addReplay(site, filled.rules.sketch), repair: await addRepair(site, filled.rules.sketch) };
  await addWebhook(site);
  await stopSpending(site, shop.members.celina);
  cookies.owner = { wracam_staff: await site.staffToken() };
  cookies.newcomer = { wracam_member: (await addEmptyProgram(site)).memberToken };
  cookies.member = { wracam_member: await site.memberToken(shop.members.anna) };
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

/** Pixels that the page is wider than its window. A menu that slides away with the change of width is given a moment. */
async function sidewaysBy(page: Page): Promise<number> {
  await page.evaluate(() => new Promise(requestAnimationFrame));
  await stillness(page);
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
/** Choices beside each other of which the page shows a part or nothing: their box hides what goes beyond it. */
const cutChoices = (page: Page) => page.evaluate(() => [...document.querySelectorAll('[role=radiogroup]')].flatMap((group) => {
  const { right } = group.getBoundingClientRect();
  return [...group.querySelectorAll('label')].filter((choice) => choice.getBoundingClientRect().right > right + 1).map((choice) => `the choice "${choice.textContent}" is cut`);
}));
const named = (where: string, findings: readonly string[]) => findings.map((one) => `${where}: ${one}`);

/** A page's colours do not depend on the width, nor its widths on the scheme: on a desk in light and on a phone in dark shows all four. */
const LOOKS = [[DESKTOP, 'light', 'all'], [PHONE, 'dark', 'all']] as const;
const PHONE_LOOKS = [[PHONE, 'light', 'all'], [PHONE, 'dark', 'colours']] as const;

const DIALOG = '[role=dialog], dialog[open]';
/** What is new of a page that was opened further: where a dialog lies over one that is looked at by itself too, the dialog. */
async function newOn(page: Page, known: KnownPage): Promise<string | null> {
  const byItself = [...panelPages, ...portalPages, ...openPages, ...emptyPanelPages].some((other) => !other.open && other.path(shop) === known.path(shop));
  return known.open && byItself && await page.locator(DIALOG).filter({ visible: true }).count() === 1 ? DIALOG : null;
}

/** Walks one page through its looks in one window, and gives everything that is wrong with it. Whoever is signed in goes on from the page before, where that was left as it was opened. */
const wrongWith = (known: KnownPage, who: keyof typeof cookies, bigLetters: boolean, from = lend) => from(cookies[who], async ({ page, faults }): Promise<string[]> => {
  const looks = known.phoneOnly ? PHONE_LOOKS : LOOKS;
  const dress = async ([viewport, colorScheme]: (typeof looks)[number]) => {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
  };
  await dress(looks[0]);
  await walkTo(page, known.path(shop));
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await known.open?.(page);
  await page.getByText(known.shows).locator('visible=true').first().waitFor();
  visited.add(new URL(page.url()).pathname);
  const wrong: string[] = [];
  let within: string | null = null; // the first look is at all of it
  for (const look of looks) {
    const [{ width }, scheme, which] = look;
    await dress(look);
    await page.locator(`html[data-mantine-color-scheme=${scheme}]`).waitFor(); // the page hears of it a frame later than its styles
    wrong.push(...named(`${width} ${scheme}`, await axeFindings(page, which, within)));
    within = await newOn(page, known);
  }
  await page.setViewportSize(NARROWEST);
  const excess = await sidewaysBy(page);
  if (excess > 0) wrong.push(`scrolls sideways at ${NARROWEST.width} by ${excess} px`);
  wrong.push(...named(`${NARROWEST.width}`, await cutChoices(page)));
  if (bigLetters) {
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
    const more = await sidewaysBy(page);
    await page.evaluate(() => { document.documentElement.style.fontSize = ''; });
    if (more > 0) wrong.push(`scrolls sideways at ${NARROWEST.width} with letters twice as large by ${more} px`);
  }
  return [...new Set([...wrong, ...faults().filter((fault) => !known.refused?.test(fault))])];
}, { goesOn: who !== 'nobody', leaves: known.open === undefined });

/** One of every fault: pale letters, a picture without words, a wide row, a foreign picture, a foreign window, a thrown error. */
async function spoil(page: Page): Promise<void> {
  await page.evaluate(() => {
    const main = document.querySelector('main')!;
    main.insertAdjacentHTML('beforeend', '<p>blado</p><img src="https://pictures.example/x.png">');
    main.querySelector<HTMLElement>(':scope > p:last-of-type')!.style.cssText = 'color: #ddd; background: #fff; width: 900px';
    setTimeout(() => { throw new Error('spoiled'); });
  });
  const [other] = await Promise.all([page.waitForEvent('popup'), page.evaluate(() => { window.open(location.href.replace('127.0.0.1', 'localhost')); })]);
  await other.close(); // a window in front would let this one sleep
}

/** A dialog whose words are pale in the dark alone. */
const openPaleDialog = (page: Page) => page.evaluate(() => {
  document.querySelector('main')!.insertAdjacentHTML('beforeend', '<div role="dialog" aria-label="blady"><p>blado</p></div>');
  document.querySelector<HTMLElement>('[role=dialog] p')!.style.cssText = 'color: light-dark(#111, #444); background: light-dark(#fff, #333)';
});

const leaveThings = (page: Page) => page.evaluate(() => { localStorage.setItem('left', '1'); sessionStorage.setItem('left', '1'); document.cookie = 'left=1; path=/'; });
const thingsLeft = async (page: Page) => [
  ...await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((key) => key === 'left')), ...(await page.context().cookies()).map(({ name }) => name),
];

describe.concurrent('axe finds nothing on a desk in light and on a phone in dark; nothing scrolls sideways at 320; no fault in the console; no other host is asked', () => {
  it('and each of these faults is seen where it is made on purpose, in a window that somebody had before and left things in', async () => {
    const again = lendWindows(browser, site.url);
    const plain: KnownPage = { name: 'without a program', path: () => '/p/', shows: 'Otwórz swój program' };
    expect(await wrongWith({ ...plain, open: leaveThings }, 'owner', true, again)).toEqual([]);
    let found: string[] = [];
    const wrong = await wrongWith({ ...plain, open: async (page) => { found = await thingsLeft(page); await spoil(page); } }, 'nobody', true, again);
    for (const fault of [/^1440 light: image-alt/, /^390 dark: color-contrast/, /^scrolls sideways at 320 by/, /letters twice as large/, /^console error: .*Content Security Policy/, /^asked another host/, /^uncaught: .*spoiled/]) {
      expect(wrong).toContainEqual(expect.stringMatching(fault));
    }
    expect(found).toEqual([]);
    expect(await wrongWith(plain, 'nobody', true, again)).toEqual([]);
    expect(await wrongWith({ ...plain, shows: 'blado', open: openPaleDialog }, 'nobody', true, again)).toEqual([expect.stringMatching(/^390 dark: color-contrast.*blado/)]);
  });
  it('and a failure tells what the page showed', async () => {
    const failing = lend(cookies.nobody, async ({ page }) => {
      await page.goto('/p/');
      await page.getByText('Otwórz swój program').waitFor();
      throw new Error('nothing came');
    });
    await expect(failing).rejects.toThrow(/^nothing came\n\nThe page at http:\S+\/p\/ showed\n {2}headings: .*Otwórz swój program/);
  });
  it.each(openPages)('$name', async (known) => expect(await wrongWith(known, 'nobody', known.name.startsWith('portal'))).toEqual([]));
  it.each(panelPages)('panel: $name', async (known) => expect(await wrongWith(known, 'owner', false)).toEqual([]));
  it.each(portalPages)('portal: $name', async (known) => expect(await wrongWith(known, 'member', true)).toEqual([]));
  it.each(emptyPanelPages)('panel of an empty program: $name', async (known) => expect(await wrongWith(known, 'owner', false)).toEqual([]));
  it.each(emptyPortalPages)('portal of an empty program: $name', async (known) => expect(await wrongWith(known, 'newcomer', true)).toEqual([]));
});

it('no address of panel or portal was left out', () => {
  expect(knownAddresses().length).toBeGreaterThan(30);
  expect(knownAddresses().filter((address) => ![...visited].some((path) => isAt(address, path)))).toEqual([]);
});
