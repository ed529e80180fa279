import type { Browser, Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { openVisitor, PHONE, startBrowser } from './site/browser.ts';
import { press, see } from './site/journey.ts';
import { ownSite } from './site/own-site.ts';
import { PROGRAM } from './site/start-site.ts';

const own = ownSite();

/** Makes an API key and presses "copy". Gives its field. */
async function copyKey(browser: Browser, url: string, work: (field: Locator, dialog: Locator) => Promise<void>, permissions: string[]) {
  const { page, context, faults } = await openVisitor(browser, url, { viewport: PHONE, permissions, cookies: { wracam_staff: await own.site.staffToken() } });
  await page.goto(`/panel/${PROGRAM}/settings/keys`);
  await press(page, 'Nowy klucz');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Do czego jest ten klucz').fill('Kasa 7');
  await press(dialog, 'Nowy klucz');
  await press(dialog, 'Skopiuj');
  await work(dialog.getByLabel('Twój nowy klucz'), dialog);
  // Over plain http a browser says that it leaves one header out.
  expect(faults().filter((one) => !one.includes('Cross-Origin-Opener-Policy header has been ignored'))).toEqual([]);
  await context.close();
}

it('a secret is copied by one press', () => copyKey(own.browser, own.site.url, async (field, dialog) => {
  await see(dialog, 'Skopiowano');
  expect(await field.page().evaluate(() => navigator.clipboard.readText())).toBe(await field.inputValue());
}, ['clipboard-read', 'clipboard-write']));

it('on plain http, where browsers have no clipboard, the secret is selected and a sentence says how to copy it', async () => {
  // Browsers trust 127.0.0.1 as they do https; under another name it is an ordinary address on plain http.
  const browser = await startBrowser('--host-resolver-rules=MAP kawiarnia.test 127.0.0.1');
  try {
    const url = own.site.url.replace(/\/\/[^:]+/, '//kawiarnia.test');
    await copyKey(browser, url, async (field, dialog) => {
      await see(dialog, /Tekst jest zaznaczony/);
      expect(await field.evaluate((input: HTMLInputElement) => [window.isSecureContext, document.activeElement === input, input.value.slice(input.selectionStart ?? 0, input.selectionEnd ?? 0)])).toEqual([false, true, await field.inputValue()]);
    }, []);
  } finally {
    await browser.close();
  }
});
