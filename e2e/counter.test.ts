import { expect, it } from 'vitest';
import { PHONE } from './site/browser.ts';
import { availableOf, openFinder, press, see } from './site/journey.ts';
import { ownSite } from './site/own-site.ts';
import { runJobs } from './site/run-jobs.ts';
import { PROGRAM } from './site/start-site.ts';

const params = { program: PROGRAM };

const own = ownSite();

it('an event is recorded at a member, told before it is saved, and taken back', () => own.asOwner(async (page) => {
  const wallet = (await own.site.api.listWallets({ params })).items[0]!.code;
  const rule = await own.site.api.createRule({ params, body: { definition: {
    name: 'Za wizytę', wallet, trigger: { kind: 'event', type: 'check-in' }, when: null, lines: null, effect: { kind: 'fixed', points: 7 }, schedule: { from: null, until: null }, priority: 100, exclusiveGroup: null,
    caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: null,
  } } });
  await own.site.api.publishRule({ params: { ...params, rule: rule.id }, body: { revision: rule.revision } });
  const { id } = await own.site.api.createMember({ params, body: { firstName: 'Hanna', card: 'E-1', termsVersion: 1 } });
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
  expect(await availableOf(own.site.api, id)).toBe(0);
  await page.getByRole('dialog').getByRole('button', { name: 'Zapisz zdarzenie' }).click();
  await see(page, 'Zdarzenie zapisane');
  expect(await availableOf(own.site.api, id)).toBe(7);
  await press(page, 'Cofnij');
  await see(page, 'Zdarzenie cofnięte');
  expect(await availableOf(own.site.api, id)).toBe(0);
}));

it('somebody new joins in the middle of a sale: nothing typed is lost, the phone is taken over, and the new member is chosen', () => own.asOwner(async (page) => {
  await page.goto(`/panel/${PROGRAM}/sales/new`);
  await page.getByLabel('Kwota zakupu', { exact: true }).last().fill('42,90');
  await press(page, 'Szczegóły');
  await page.getByLabel('Numer paragonu').fill('K-77');
  await page.locator('input').and(page.getByLabel('Uczestnik', { exact: true })).fill('605 999 888');
  await press(page, 'Dodaj uczestnika');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Imię').fill('Nela');
  expect(await dialog.getByLabel('Telefon').inputValue()).toBe('605 999 888');
  await dialog.getByLabel(/przyjął regulamin/).check();
  await press(dialog, 'Dodaj uczestnika');
  await dialog.waitFor({ state: 'hidden' });
  await press(page, /Zapisz sprzedaż za 42,90/);
  await see(page, 'Zapisano dla: Nela');
  const { items: [sale] } = await own.site.api.listTransactions({ params, query: { externalId: 'K-77' } });
  expect(sale).toMatchObject({ totalMinor: 4290, memberName: 'Nela' });
}, { viewport: PHONE }));

it('a scanner chooses whom the code belongs to: by the number of the card in the portal, and never from the list that answered what was typed before', () => own.asOwner(async (page) => {
  await own.site.api.createMember({ params, body: { firstName: 'Zenobia', lastName: 'Pierwsza', card: 'KARTA-87', termsVersion: 1 } });
  const scanned = await own.site.api.createMember({ params, body: { firstName: 'Gracjan', lastName: 'Zeskanowany', card: 'KARTA-88', termsVersion: 1 } });
  await page.goto(`/panel/${PROGRAM}/sales/new`);
  const field = page.locator('input').and(page.getByLabel('Uczestnik', { exact: true }));
  for (const code of [scanned.number, 'KARTA-88']) {
    await field.pressSequentially('Zenob');
    await page.getByRole('option', { name: /Zenobia Pierwsza/ }).waitFor();
    await field.press('Control+a');
    await field.pressSequentially(code);
    await field.press('Enter');
    await page.getByRole('button', { name: 'Zmień uczestnika' }).waitFor();
    await see(page, 'Gracjan Zeskanowany');
    expect(await page.getByText('Zenobia Pierwsza').count()).toBe(0);
    await press(page, 'Zmień uczestnika');
  }
  await field.fill('Nikogo takiego');
  await field.press('Enter');
  await see(page, 'Nie ma takiego uczestnika.');
}));

it('a sale needs no mouse: who is scanned hands over to the amount, and after the sale the next code can be scanned', () => own.asOwner(async (page) => {
  const scanned = await own.site.api.createMember({ params, body: { firstName: 'Bez', lastName: 'Myszy', card: 'KARTA-90', termsVersion: 1 } });
  await page.goto(`/panel/${PROGRAM}/sales/new`);
  await page.locator('input:focus').waitFor();
  await page.keyboard.type('KARTA-90');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Zmień uczestnika' }).waitFor();
  await page.locator('input:focus').waitFor();
  await page.keyboard.type('19,90');
  await page.getByRole('button', { name: 'Zapisz sprzedaż za 19,90' }).waitFor();
  await page.keyboard.press('Enter');
  await see(page, 'Zapisano dla: Bez Myszy');
  await page.locator('input:focus').and(page.getByLabel('Uczestnik', { exact: true })).waitFor();
  const { items } = await own.site.api.listTransactions({ params, query: { member: scanned.id } });
  expect(items).toMatchObject([{ totalMinor: 1990, memberName: 'Bez Myszy' }]);
}));

it('an amount that is none is named as the fault it is, and nothing can be saved', () => own.asOwner(async (page) => {
  await page.goto(`/panel/${PROGRAM}/sales/new`);
  const amount = page.getByLabel('Kwota zakupu', { exact: true }).last();
  for (const [typed, fault] of [['-5', 'Wpisz liczbę bez minusa.'], ['5 zł', 'Wpisz samą liczbę.'], ['1,234', 'Po przecinku najwyżej 2 cyfry.'], ['0', 'Kwota musi być większa od zera.']] as const) {
    await amount.fill(typed);
    await see(page, fault);
    expect(await page.getByRole('button', { name: 'Zapisz sprzedaż', exact: true }).isDisabled()).toBe(true);
  }
}, { viewport: PHONE }));

it('a sale paid with more points than there are is refused once, with no way to be refused again, and the refusal goes with what was typed', () => own.asOwner(async (page) => {
  const { id } = await own.site.api.createMember({ params, body: { firstName: 'Olga', card: 'E-3', termsVersion: 1 } });
  await page.goto(`/panel/${PROGRAM}/sales/new?member=${id}`);
  await page.getByLabel('Kwota zakupu', { exact: true }).last().fill('42,90');
  await press(page, 'Szczegóły');
  await page.getByLabel('Kwota zapłacona punktami').fill('5');
  await page.getByLabel('Tyle punktów to kosztuje').fill('500');
  await press(page, /Zapisz sprzedaż za 42,90/);
  await page.locator('form').getByText('Brakuje punktów: 500.').waitFor();
  expect(await page.getByRole('button', { name: 'Spróbuj ponownie' }).count()).toBe(0);
  await page.getByLabel('Tyle punktów to kosztuje').fill('');
  await page.getByLabel('Kwota zapłacona punktami').fill('');
  await page.locator('form').getByText('Brakuje punktów').waitFor({ state: 'detached' });
}, { mayFault: true }));

it('a return of more than was sold is not taken at the counter, and one from a till says on its page what was beyond', () => own.asOwner(async (page) => {
  const { id } = await own.site.api.createMember({ params, body: { firstName: 'Iga', card: 'E-2', termsVersion: 1 } });
  const sold = { source: 'kasa-1', externalId: 'S-nad', kind: 'sale', occurredAt: new Date(Date.now() - 60_000).toISOString(), member: { id }, totalMinor: 3_000, channel: 'till', lines: [{ lineId: '1', name: 'Sernik', quantity: 1, amountMinor: 3_000 }] } as const;
  const { transaction } = await own.site.api.recordTransaction({ params, body: { ...sold, lines: [...sold.lines] } });
  const back = await own.site.api.recordTransaction({ params, body: { source: 'kasa-1', externalId: 'Z-nad', kind: 'return', occurredAt: new Date().toISOString(), totalMinor: 3_500, of: { source: 'kasa-1', externalId: 'S-nad' } } });
  await page.goto(`/panel/${PROGRAM}/transactions/${back.transaction.id}`);
  await see(page, /5,00\szł z tego zwrotu jest ponad to/);
  await page.goto(`/panel/${PROGRAM}/transactions/${transaction.id}`);
  await see(page, 'kasa');
  const other = await own.site.api.recordTransaction({ params, body: { ...sold, externalId: 'S-dwa', lines: [...sold.lines] } });
  await page.goto(`/panel/${PROGRAM}/transactions/${other.transaction.id}/return`);
  await page.getByLabel('Zwróć: Sernik').check();
  await page.getByLabel('Kwota zwrotu').fill('31');
  await see(page, /zostało 1, 30,00/);
  expect(await page.getByRole('button', { name: /Przyjmij zwrot 31,00/ }).isDisabled()).toBe(true);
}));

it('a coupon that a member shows is found by its code, and used where it leads', () => own.asOwner(async (page) => {
  const { id } = await own.site.api.createMember({ params, body: { firstName: 'Hanna', lastName: 'Kuponowa', card: 'E-KUPON', termsVersion: 1 } });
  const goal = await own.site.api.createGoal({ params, body: { definition: { kind: 'threshold', name: 'Tysiąc punktów', description: null, measure: { kind: 'points', wallet: 'punkty' }, at: 1000, repeats: false, since: null, onReturn: 'keep', reward: { points: null, badge: null, coupon: 'ciastko gratis' } } } });
  await own.site.api.publishGoal({ params: { ...params, goal: goal.id }, body: { revision: 1 } });
  await own.site.api.recordTransaction({ params, body: { source: 'kasa-1', externalId: 'S-kupon', kind: 'sale', occurredAt: new Date(Date.now() - 60_000).toISOString(), member: { id }, totalMinor: 100_000 } });
  await runJobs(own.site);
  const { code } = (await own.site.api.getMemberGoals({ params: { ...params, member: id } })).coupons[0]!;
  await page.goto(`/panel/${PROGRAM}/today`);
  await page.getByRole('heading', { name: 'Dziś', level: 1 }).waitFor();
  await openFinder(page);
  await page.keyboard.type(code.toLowerCase());
  await see(page, 'ciastko gratis');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Hanna Kuponowa', level: 1 }).waitFor();
  await page.getByRole('button', { name: `Wykorzystaj: ${code}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Wykorzystaj', exact: true }).click();
  await see(page, 'Kupon wykorzystany');
  await openFinder(page);
  await page.keyboard.type(code);
  await see(page, 'ciastko gratis, wykorzystany');
}));
