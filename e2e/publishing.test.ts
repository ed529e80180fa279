import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axeFindings } from './site/axe.ts';
import { openVisitor, startBrowser } from './site/browser.ts';
import { press, see } from './site/journey.ts';
import { PROGRAM, startSite, type Site } from './site/start-site.ts';

const params = { program: PROGRAM };
const panel = (path: string) => `/panel/${PROGRAM}${path}`;

let site: Site;
let browser: Browser;
beforeAll(async () => { [site, browser] = await Promise.all([startSite(), startBrowser()]); });
afterAll(async () => {
  await browser.close();
  await site.close();
});

it('what earns is drafted, thrown away and brought back, published with open eyes, and an older version comes back as a new one', async () => {
  const { page, faults, context } = await openVisitor(browser, site.url, { cookies: { wracam_staff: await site.staffToken() } });
  await page.goto(panel('/rules/base'));
  await see(page, 'obowiązuje od początku programu');
  await page.getByLabel('usługi').uncheck();
  await see(page, 'może pogorszyć');
  await press(page, 'Zapisz szkic');
  await see(page, 'Szkic zapisany. Działa to, co było.');
  await press(page, 'Wyrzuć szkic');
  await see(page, /Szkic wyrzucony/);
  expect((await site.api.getEarningBase({ params })).draft).toBeNull();
  await press(page, 'Cofnij');
  await see(page, 'Szkic wrócił');
  await press(page, 'Zapisz i opublikuj…');
  const dialog = page.getByRole('dialog');
  await see(dialog, /Program zapowiada takie zmiany 14 dni wcześniej/);
  expect(await dialog.getByRole('button', { name: 'Opublikuj' }).isDisabled()).toBe(true);
  await dialog.getByLabel('Publikuję mimo krótszego terminu').check();
  await press(dialog, 'Opublikuj');
  await see(page, 'Wersja 2');
  expect(await site.api.getEarningBase({ params })).toMatchObject({ kinds: ['goods'], version: 2, draft: null });
  await press(page, 'Przywróć tę wersję');
  await press(dialog, 'Przywróć tę wersję');
  await see(page, 'Wersja 3');
  expect(await site.api.getEarningBase({ params })).toMatchObject({ kinds: ['goods', 'service'], version: 3 });
  expect(await axeFindings(page)).toEqual([]);
  expect(faults()).toEqual([]);
  await context.close();
});

it('a rule tells what is planned for it, and going back now says which planned version it withdraws', async () => {
  const { items: [running] } = await site.api.listRules({ params });
  const rule = { ...params, rule: running!.id };
  const { definition } = running!.current!;
  const { revision } = await site.api.changeRule({ params: rule, body: { revision: running!.revision, definition: { ...definition, name: 'Hojniej wiosną' } } });
  await site.api.publishRule({ params: rule, body: { revision, inForceFrom: new Date(Date.now() + 30 * 86_400_000).toISOString() } });
  const { page, faults, context } = await openVisitor(browser, site.url, { cookies: { wracam_staff: await site.staffToken() } });
  await page.goto(panel(`/rules/${running!.id}`));
  await page.getByRole('heading', { name: 'Działa teraz' }).waitFor();
  await page.getByRole('heading', { name: /^Zacznie działać / }).waitFor();
  await see(page, 'zaplanowana');
  await press(page, 'Przywróć tę wersję');
  const dialog = page.getByRole('dialog');
  await see(dialog, /^Wersja 2, zaplanowana na .*, nie wejdzie już w życie\.$/);
  await press(dialog, 'Przywróć tę wersję');
  await see(page, 'zastąpiła ją wersja 3');
  expect(await page.getByRole('heading', { name: /^Zacznie działać / }).count()).toBe(0);
  expect(await site.api.getRule({ params: rule })).toMatchObject({ current: { version: 3, definition: { name: definition.name } }, versions: [{}, { withdrawnBy: 3 }, {}] });
  expect(await axeFindings(page)).toEqual([]);
  expect(faults()).toEqual([]);
  await context.close();
});

it('a draft of a rule that was never published goes whole and comes back with one press; it offers no repair', async () => {
  const { items: [running] } = await site.api.listRules({ params });
  const { id } = await site.api.createRule({ params, body: { definition: { ...running!.current!.definition, name: 'Na próbę' } } });
  const { page, faults, context } = await openVisitor(browser, site.url, { cookies: { wracam_staff: await site.staffToken() } });
  await page.goto(panel(`/rules/${id}`));
  await see(page, 'Ta zasada jeszcze nie działa');
  expect(await page.getByRole('link', { name: 'Naprawa punktów' }).count()).toBe(0);
  await press(page, 'Wyrzuć szkic');
  await see(page, /Zasada wyrzucona/);
  await page.getByRole('heading', { name: 'Zasady', level: 1 }).waitFor();
  expect((await site.api.listRules({ params })).items.map((one) => one.name)).not.toContain('Na próbę');
  await press(page, 'Cofnij');
  await page.getByRole('heading', { name: 'Na próbę', level: 1 }).waitFor();
  expect((await site.api.listRules({ params })).items.find((one) => one.name === 'Na próbę')).toMatchObject({ state: 'draft' });
  expect(faults().filter((one) => !one.includes('404'))).toEqual([]);
  await context.close();
});

it('a category typed in another case is told to be in no document, and one press takes the right one', async () => {
  await site.api.recordTransaction({ params, body: { source: 'kasa-1', externalId: 'PIS-1', kind: 'sale', occurredAt: new Date().toISOString(), totalMinor: 1_000, lines: [{ lineId: '1', amountMinor: 1_000, category: 'Kawa mrożona' }] } });
  const { page, faults, context } = await openVisitor(browser, site.url, { cookies: { wracam_staff: await site.staffToken() } });
  await page.goto(panel('/rules/new'));
  const lines = page.locator('section').filter({ hasText: 'Które pozycje' });
  await press(lines, 'Dodaj warunek');
  await lines.getByLabel('Co sprawdzić').first().click();
  await page.getByRole('option', { name: 'kategoria', exact: true }).click();
  const value = lines.locator('input').and(lines.getByLabel('Wartość', { exact: true }));
  await value.fill('kawa mrozona');
  await see(lines, 'W dokumentach jest „Kawa mrożona”, a nie „kawa mrozona”.');
  await press(lines, 'Weź „Kawa mrożona”');
  expect(await value.inputValue()).toBe('Kawa mrożona');
  expect(await lines.getByText('W dokumentach jest').count()).toBe(0);
  expect(faults()).toEqual([]);
  await context.close();
});
