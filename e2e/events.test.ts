import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openVisitor, startBrowser } from './site/browser.ts';
import { availableOf, press, see } from './site/journey.ts';
import { PROGRAM, startSite, type Site } from './site/start-site.ts';

const params = { program: PROGRAM };

let site: Site;
let browser: Browser;
beforeAll(async () => { [site, browser] = await Promise.all([startSite(), startBrowser()]); });
afterAll(async () => {
  await browser.close();
  await site.close();
});

it('an event is recorded at a member, told before it is saved, and taken back', async () => {
  const wallet = (await site.api.listWallets({ params })).items[0]!.code;
  const rule = await site.api.createRule({ params, body: { definition: {
    name: 'Za wizytę', wallet, trigger: { kind: 'event', type: 'check-in' }, when: null, lines: null, effect: { kind: 'fixed', points: 7 }, schedule: { from: null, until: null }, priority: 100, exclusiveGroup: null,
    caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: null,
  } } });
  await site.api.publishRule({ params: { ...params, rule: rule.id }, body: { revision: rule.revision } });
  const { id } = await site.api.createMember({ params, body: { firstName: 'Hanna', card: 'E-1', termsVersion: 1 } });
  const { page, faults, context } = await openVisitor(browser, site.url, { cookies: { wracam_staff: await site.staffToken() } });
  await page.goto(`/panel/${PROGRAM}/members/${id}`);
  await press(page, 'Więcej czynności');
  await page.getByRole('menuitem', { name: 'Zapisz zdarzenie' }).click();
  await page.getByRole('combobox', { name: 'Co się stało' }).click();
  await page.getByRole('option', { name: 'Quiz', exact: true }).click();
  await page.getByLabel('Nazwa').fill('Znasz kawę?');
  await see(page, /Na razie nic/);
  await page.getByRole('combobox', { name: 'Co się stało' }).click();
  await page.getByRole('option', { name: 'Wizyta', exact: true }).click();
  await see(page, /7\spunktów za wizytę/);
  expect(await availableOf(site.api, id)).toBe(0);
  await page.getByRole('dialog').getByRole('button', { name: 'Zapisz zdarzenie' }).click();
  await see(page, 'Zdarzenie zapisane');
  expect(await availableOf(site.api, id)).toBe(7);
  await press(page, 'Cofnij');
  await see(page, 'Zdarzenie cofnięte');
  expect(await availableOf(site.api, id)).toBe(0);
  expect(faults()).toEqual([]);
  await context.close();
});
