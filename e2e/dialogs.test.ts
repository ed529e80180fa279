import { expect, it } from 'vitest';
import { PHONE } from './site/browser.ts';
import { press, see, stillness, whileBusy } from './site/journey.ts';
import { ownSite } from './site/own-site.ts';
import { runJobs } from './site/run-jobs.ts';
import { PROGRAM } from './site/start-site.ts';

const params = { program: PROGRAM };
const panel = (path: string) => `/panel/${PROGRAM}${path}`;

const own = ownSite();

it('Escape closes the dialog on top alone, and what opened it has the focus again', () => own.asOwner(async (page) => {
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  await page.goto(panel('/events/types'));
  await press(page, 'Zapisz zdarzenie');
  await page.getByRole('dialog').getByLabel('Uczestnik').first().fill('Nieznana Zofia');
  await press(page, 'Dodaj uczestnika');
  await expect.poll(() => page.getByRole('dialog').count()).toBe(2);
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('dialog').count()).toBe(1);
  await expect.poll(focused).toBe('Dodaj uczestnika');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  await expect.poll(focused).toBe('Zapisz zdarzenie');
}));

it('two presses of Escape close two dialogs, also where the page is busy and meets both at once', () => own.asOwner(async (page) => {
  await page.goto(panel('/events/types'));
  await press(page, 'Zapisz zdarzenie');
  await page.getByRole('dialog').getByLabel('Uczestnik').first().fill('Nieznana Zofia');
  await press(page, 'Dodaj uczestnika');
  await expect.poll(() => page.getByRole('dialog').count()).toBe(2);
  await whileBusy(page, async () => {
    await Promise.all([page.keyboard.press('Escape'), page.keyboard.press('Escape')]);
  });
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
}));

it('a condition added or removed by keyboard takes the focus along, and where the focus is can be seen at every field', () => own.asOwner(async (page) => {
  const here = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent);
  await page.goto(panel('/rules/new'));
  await page.getByRole('button', { name: 'Dodaj warunek' }).first().press('Enter');
  await expect.poll(here).toBe('Warunek');
  await page.keyboard.press('Tab');
  expect(await here()).toBe('Co sprawdzić');
  expect(await page.evaluate(() => getComputedStyle(document.activeElement!).outlineWidth)).toBe('2px');
  await page.getByRole('button', { name: 'Usuń warunek' }).press('Enter');
  await expect.poll(here).toBe('Dodaj warunek');
}));

it('on a phone a figure and its unit stand on one line of their tile, and what is told at the bottom leaves the tabs in reach', () => own.asOwner(async (page) => {
  const { id } = await own.site.api.createMember({ params, body: { firstName: 'Hanna', card: 'LIPA-TELEFON', termsVersion: 1 } });
  await own.site.api.recordTransaction({ params, body: { source: 'kasa', externalId: 'duża', kind: 'sale', occurredAt: new Date().toISOString(), member: { id }, totalMinor: 1_234_500, lines: [] } });
  await runJobs(own.site);
  await page.goto(panel('/today'));
  const figure = page.locator('.wracam-stat', { hasText: /\d{2}\s\d{3}\spunk/ }).first();
  await figure.waitFor();
  const lines = await figure.evaluate((one) => { const range = document.createRange(); range.selectNodeContents(one); return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size; });
  expect(lines).toBe(1);
  await page.goto(panel(`/sales/new?member=${id}`));
  await page.getByLabel('Kwota zakupu', { exact: true }).last().fill('10');
  await press(page, /^Zapisz sprzedaż za/);
  await see(page, 'Zapisano dla: Hanna');
  await stillness(page);
  const toast = (await page.getByRole('alert').filter({ hasText: 'Zapisano' }).last().boundingBox())!;
  const tab = (await page.getByRole('link', { name: 'Uczestnicy' }).last().boundingBox())!;
  expect(toast.y + toast.height).toBeLessThanOrEqual(tab.y);
}, { viewport: PHONE, hasTouch: true, isMobile: true }));
