import { expect, it } from 'vitest';
import { openVisitor } from './site/browser.ts';
import { press, see } from './site/journey.ts';
import { ownSite } from './site/own-site.ts';
import { PROGRAM } from './site/start-site.ts';

const params = { program: PROGRAM };
const own = ownSite();

it('a rule asks for a badge chosen by its name and for the days of holding it; the preview pretends, and a sale earns with the badge alone', async () => {
  const badge = await own.site.api.createBadge({ params, body: { name: 'Nocny marek', description: null, shape: 'star', icon: 'sun', color: 'rose', code: 'nocny-marek' } });
  await own.site.api.createBadge({ params, body: { name: 'Bez kodu', description: null, shape: 'circle', icon: 'cup', color: 'amber', code: null } });
  const { id } = await own.site.api.createMember({ params, body: { firstName: 'Hanna', lastName: 'Nocna', card: 'BDG-1', termsVersion: 1 } });
  const { page, faults, context } = await openVisitor(own.browser, own.site.url, { cookies: { wracam_staff: await own.site.staffToken() } });
  await page.goto(`/panel/${PROGRAM}/rules/new`);
  await page.getByLabel('Nazwa', { exact: true }).fill('Dla nocnych marków');
  await page.getByRole('combobox', { name: 'Rodzaj korzyści' }).click();
  await page.getByRole('option', { name: /^Stała liczba/ }).click();
  await page.getByLabel('Ile punktów').fill('15');
  const conditions = page.locator('section').filter({ hasText: 'Kiedy działa' });
  await press(conditions, 'Dodaj warunek');
  await page.getByRole('combobox', { name: 'Co sprawdzić' }).first().click();
  await page.getByRole('option', { name: 'odznaka', exact: true }).click();
  await page.getByRole('combobox', { name: 'Wybierz odznaki' }).click();
  expect(await page.getByRole('option', { name: /Bez kodu/ }).count()).toBe(0);
  await page.getByRole('option', { name: 'Nocny marek (nocny-marek)' }).click();
  await page.keyboard.press('Escape');
  await see(page, 'gdy ma odznakę „Nocny marek”');
  await press(conditions, 'Dodaj warunek');
  await page.getByRole('combobox', { name: 'Co sprawdzić' }).nth(1).click();
  await page.getByRole('option', { name: 'dni od otrzymania odznaki', exact: true }).click();
  await page.getByRole('combobox', { name: 'Wybierz odznakę' }).click();
  await page.getByRole('option', { name: 'Nocny marek (nocny-marek)' }).click();
  await page.getByRole('combobox', { name: 'Jak', exact: true }).nth(1).click();
  await page.getByRole('option', { name: 'poniżej', exact: true }).click();
  await page.locator('input').and(page.getByLabel('Wartość', { exact: true })).last().fill('30');
  await see(page, 'gdy od otrzymania odznaki „Nocny marek” minęło mniej niż 30');
  const preview = page.locator('section').filter({ hasText: 'Przymiarka' });
  const basket = preview.locator('div').filter({ hasText: /^Dwie kawy i sernik/ }).first();
  await see(preview, 'a ten warunek nie był spełniony');
  await preview.getByLabel('Licz tak, jakby uczestnik miał odznaki, o które pyta zasada').check();
  await see(basket, '+15 punktów');
  await preview.getByLabel('Od ilu dni je ma').fill('30');
  await see(preview, 'minęło mniej niż 30');
  await press(page, 'Zapisz i opublikuj');
  await see(page, 'Zasada opublikowana');

  const points = async (externalId: string) => (await own.site.api.recordTransaction({ params, body: { source: 'kasa-1', externalId, kind: 'sale', occurredAt: new Date().toISOString(), member: { id }, totalMinor: 1_000, lines: [] } })).awards.filter((award) => award.rule === 'Dla nocnych marków').map((award) => award.points);
  expect(await points('BDG-S1')).toEqual([]);
  const gives = await own.site.api.createRule({ params, body: { definition: {
    name: 'Odznaka za zakup', wallet: 'punkty', when: null, lines: null, effect: { kind: 'grant', what: 'badge', code: badge.code!, count: 1 }, schedule: { from: null, until: null }, priority: 0, exclusiveGroup: null,
    caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: null,
  } } });
  await own.site.api.publishRule({ params: { ...params, rule: gives.id }, body: { revision: gives.revision } });
  expect(await points('BDG-S2')).toEqual([]);
  expect(await points('BDG-S3')).toEqual([15]);
  expect(faults()).toEqual([]);
  await context.close();
});
