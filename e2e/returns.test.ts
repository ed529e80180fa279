import { expect, it } from 'vitest';
import { openVisitor } from './site/browser.ts';
import { availableOf, press, see } from './site/journey.ts';
import { ownSite } from './site/own-site.ts';
import { PROGRAM } from './site/start-site.ts';

const params = { program: PROGRAM };
const own = ownSite();

it('a return taken by mistake is undone: at once from its message, or later on its page with a reason; the points come back, and the goods can be returned again', () => own.asOwner(async (page) => {
  const { id } = await own.site.api.createMember({ params, body: { firstName: 'Mylna', lastName: 'Kasjerka', card: 'RET-U', termsVersion: 1 } });
  const answer = await own.site.api.recordTransaction({ params, body: { source: 'kasa-1', externalId: 'RET-U1', kind: 'sale', occurredAt: new Date().toISOString(), member: { id }, totalMinor: 5000 } });
  const before = await availableOf(own.site.api, id);
  expect(before).toBeGreaterThan(0);
  const takeBack = async () => {
    await page.goto(`/panel/${PROGRAM}/transactions/${answer.transaction.id}/return`);
    await press(page, 'Cały zakup');
    await press(page, /Przyjmij zwrot 50,00/);
    await see(page, 'Zwrot przyjęty');
    expect(await availableOf(own.site.api, id)).toBe(0);
  };
  await takeBack();
  await press(page, 'Cofnij');
  await see(page, 'Zwrot cofnięty');
  expect(await availableOf(own.site.api, id)).toBe(before);
  await takeBack();
  await press(page, 'Cofnij zwrot');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Powód').fill('Nie ta sprzedaż');
  await see(dialog, 'Będzie tak, jakby zwrotu nie było');
  await press(dialog, 'Cofnij zwrot');
  await dialog.waitFor({ state: 'hidden' });
  await see(page, 'cofnięty');
  const points = new RegExp(`^\\+${before}\\spunkt`);
  await see(page.locator('section').filter({ hasText: 'Punkty, które wróciły' }), points);
  expect(await page.getByRole('button', { name: 'Cofnij zwrot' }).count()).toBe(0);
  expect(await availableOf(own.site.api, id)).toBe(before);
  const { items: [trail] } = await own.site.api.listAudit({ params, query: {} });
  expect(trail).toMatchObject({ action: 'return.voided', details: { reason: 'Nie ta sprzedaż' } });
  await page.getByRole('link', { name: /^Korekta/ }).first().click();
  await see(page.getByRole('heading'), 'Cofnięcie zwrotu');
  await see(page.locator('section').filter({ hasText: 'Punkty, które wróciły' }), points);
  expect(await page.getByRole('button', { name: 'Cofnij sprzedaż' }).count()).toBe(0);
  await page.goto(`/panel/${PROGRAM}/transactions/${answer.transaction.id}`);
  await see(page, 'cofnięty');
  // What came back in full is not offered to come back again.
  await page.getByRole('link', { name: 'Przyjmij zwrot' }).waitFor();
  await takeBack();
  await page.goto(`/panel/${PROGRAM}/transactions/${answer.transaction.id}`);
  await see(page, 'Powiązane dokumenty');
  await page.getByRole('button', { name: 'Cofnij sprzedaż' }).waitFor();
  expect(await page.getByRole('link', { name: 'Przyjmij zwrot' }).count()).toBe(0);
}));

it('a rule for returned packaging is said in one sentence, warned about and limited, tried on a sample return, published; a return at the till earns by it, and its page leads to the return', async () => {
  const { id } = await own.site.api.createMember({ params, body: { firstName: 'Hanna', lastName: 'Zwrotna', card: 'RET-1', termsVersion: 1 } });
  const { page, faults, context } = await openVisitor(own.browser, own.site.url, { cookies: { wracam_staff: await own.site.staffToken() } });
  await page.goto(`/panel/${PROGRAM}/rules/new`);
  await page.getByLabel('Powiedz to własnymi słowami').fill('2 pkt za każde zwrócone opakowanie');
  await page.keyboard.press('Enter'); // sends, in a field that grows with the sentence
  await see(page, /za każdą sztukę lub kg towarów z kategorii „opakowanie”, za zwrot/);
  await page.getByLabel('Nazwa', { exact: true }).fill('Za opakowania');
  await see(page, 'Zwrot można powtarzać: kupić to samo jeszcze raz i znów oddać.');
  await press(page, 'Ogranicz do 100 dla osoby w miesiącu');
  await see(page, 'Dlatego zasada ma limit na osobę.');
  expect(await page.getByLabel('Dla osoby w miesiącu').inputValue()).toBe('100');
  const preview = page.locator('section').filter({ hasText: 'Przymiarka' });
  await see(preview, '+2 punkty');
  await preview.getByLabel('Ilość').fill('3');
  await see(preview, '+6 punktów');
  await preview.getByLabel('Kategoria').fill('kawa');
  await see(preview, 'Przykładowy zwrot');
  await preview.getByText('+6 punktów').waitFor({ state: 'detached' });
  await press(page, 'Zapisz i opublikuj');
  await see(page, 'Zasada opublikowana');

  const answer = await own.site.api.recordTransaction({ params, body: { source: 'kasa-1', externalId: 'RET-R1', kind: 'return', occurredAt: new Date().toISOString(), member: { id }, totalMinor: 200, lines: [{ lineId: '1', category: 'opakowanie', quantity: 4, amountMinor: 200 }] } });
  expect(answer.awards).toMatchObject([{ rule: 'Za opakowania', points: 8 }]);
  const [told] = (await own.site.api.listTransactions({ params, query: { member: id, kind: 'event' } })).items;
  await page.goto(`/panel/${PROGRAM}/transactions/${told!.id}`);
  await see(page, 'Zwrot towaru');
  await see(page, 'opakowanie');
  await page.getByRole('link', { name: /^Zwrot/ }).first().click();
  await see(page, 'RET-R1');

  // Chosen by hand, the limit comes with it and goes with it.
  await page.goto(`/panel/${PROGRAM}/rules/new`);
  await page.getByRole('combobox', { name: 'Za co są punkty' }).click();
  await page.getByRole('option', { name: 'Zwrot towaru', exact: true }).click();
  expect(await page.getByLabel('Dla osoby w miesiącu').inputValue()).toBe('100');
  expect(await page.getByRole('combobox', { name: 'Rodzaj korzyści' }).inputValue()).toMatch(/^Stała liczba/);
  expect(await page.getByLabel('Dni od zakupu').inputValue()).toBe('0');
  await see(page, 'Wszystko, co wróciło.');
  await page.getByRole('combobox', { name: 'Za co są punkty' }).click();
  await page.getByRole('option', { name: 'Ankieta', exact: true }).click();
  expect(await page.getByLabel('Dla osoby w miesiącu').inputValue()).toBe('');
  expect(faults()).toEqual([]);
  await context.close();
});
