import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { codeSentTo, press, see, whileBusy } from './site/journey.ts';
import { ownSite } from './site/own-site.ts';
import { PICTURE } from './site/fill-shop.ts';
import { PROGRAM } from './site/start-site.ts';

const params = { program: PROGRAM };
const panel = (path: string) => `/panel/${PROGRAM}${path}`;
const own = ownSite();

const gone = (page: Page, button: string) => page.getByRole('button', { name: button }).waitFor({ state: 'detached' });
/** Until the page has drawn what it has heard. */
const settled = (page: Page) => page.evaluate(() => new Promise((done) => { setTimeout(() => requestAnimationFrame(done), 50); }));

/** Holds the answer to the first reading of `path`, as a slow line does, until it is let go. */
async function holdFirstAnswer(page: Page, path: string) {
  let letGo = () => {};
  const held = new Promise<void>((done) => { letGo = done; });
  let arrived: Promise<void> | null = null;
  await page.route(path, async (route) => {
    if (arrived || route.request().method() !== 'GET') return route.continue();
    arrived = (async () => {
      const answer = await route.fetch();
      await held;
      await route.fulfill({ response: answer }).catch(() => {}); // a page that asks no longer is as good
    })();
    return arrived;
  });
  return async () => {
    letGo();
    await arrived;
    await page.unroute(path);
  };
}

it('whoever signs in by a link stays signed in when "nobody is signed in", asked before, arrives after', () => own.inWindow(async (page) => {
  const letGo = await holdFirstAnswer(page, '**/api/v1/me');
  await page.goto(await own.site.signInLink());
  await page.getByRole('heading', { name: 'Dziś', level: 1 }).waitFor();
  await letGo();
  await page.getByRole('link', { name: 'Uczestnicy' }).first().click();
  await page.getByRole('heading', { name: 'Uczestnicy', level: 1 }).waitFor();
}));

it('so does a member who signs in with a code', () => own.inWindow(async (page) => {
  await own.site.api.createMember({ params, body: { firstName: 'Zofia', email: 'zofia.pozna@poczta.example', termsVersion: 1 } });
  const letGo = await holdFirstAnswer(page, `**/api/v1/programs/${PROGRAM}/me`);
  await page.goto(`/p/${PROGRAM}/sign-in`);
  await page.getByRole('textbox', { name: 'E-mail' }).fill('zofia.pozna@poczta.example');
  await press(page, 'Wyślij kod');
  await page.getByRole('heading', { name: 'Wpisz kod z wiadomości' }).waitFor();
  await page.getByLabel('Kod z 6 cyfr').fill(await codeSentTo(own.site.api, 'zofia.pozna@poczta.example'));
  await page.getByRole('heading', { name: 'Zofia', level: 1 }).waitFor();
  await letGo();
  await page.getByRole('link', { name: 'Historia' }).first().click();
  await page.getByRole('heading', { name: 'Historia', level: 1 }).waitFor();
}));

it('a list that is asked for before something is added shows it, though the first answer comes after', () => own.asOwner(async (page) => {
  const letGo = await holdFirstAnswer(page, `**/api/v1/programs/${PROGRAM}/api-keys`);
  await page.goto(panel('/settings/keys'));
  await press(page, 'Nowy klucz');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Do czego jest ten klucz').fill('Kasa 7');
  const added = page.waitForResponse((one) => one.request().method() === 'POST' && one.url().endsWith('/api-keys'));
  await press(dialog, 'Nowy klucz');
  await added;
  await letGo();
  await press(dialog, 'Mam go zapisany');
  await page.getByText('Kasa 7', { exact: true }).waitFor();
}));

it.each(['/sales/new', '/orders/new'])('at %s whoever is chosen by hand stays chosen when the member of the address arrives', (place) => own.asOwner(async (page) => {
  const guest = (firstName: string) => own.site.api.createMember({ params, body: { firstName, lastName: place, card: `${firstName}-${place.slice(1, 3)}`, termsVersion: 1 } });
  const [named, chosen] = [await guest('Adresowa'), await guest('Wybrana')];
  const letGo = await holdFirstAnswer(page, `**/members/${named.id}`);
  await page.goto(panel(`${place}?member=${named.id}`));
  await page.locator('input').and(page.getByLabel('Uczestnik', { exact: true })).fill(chosen.number);
  await page.getByRole('option', { name: 'Wybrana' }).click();
  await page.getByRole('button', { name: 'Zmień uczestnika' }).waitFor();
  const arrived = page.waitForResponse((one) => one.url().endsWith(`/members/${named.id}`));
  await letGo();
  await arrived;
  await settled(page);
  await see(page, `Wybrana ${place}`);
  expect(await page.getByText('Adresowa').count()).toBe(0);
}));

it('a sale is not saved for nobody while the member of the address is on the way', () => own.asOwner(async (page) => {
  const { id } = await own.site.api.createMember({ params, body: { firstName: 'Powolna', card: 'LIPA-POWOLI', termsVersion: 1 } });
  const letGo = await holdFirstAnswer(page, `**/members/${id}`);
  await page.goto(panel(`/sales/new?member=${id}`));
  await page.getByLabel('Kwota zakupu', { exact: true }).last().fill('10');
  const save = page.getByRole('button', { name: /^Zapisz sprzedaż za/ });
  await save.waitFor();
  expect(await save.isDisabled()).toBe(true);
  await letGo();
  await save.click();
  await see(page, 'Zapisano dla: Powolna');
}));

it('nor when that member cannot be read: one says that somebody else is meant, and goes on in the field', () => own.asOwner(async (page) => {
  await page.goto(panel('/sales/new?member=mem_nieznany00'));
  await page.getByLabel('Kwota zakupu', { exact: true }).last().fill('10');
  const save = page.getByRole('button', { name: /^Zapisz sprzedaż za/ });
  const other = page.getByRole('button', { name: 'Nie dla tej osoby' });
  await other.waitFor();
  await expect.poll(() => page.getByRole('alert').count()).toBeGreaterThan(0);
  expect(await save.isDisabled()).toBe(true);
  await other.click();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('placeholder'))).toBe('Wpisz albo zeskanuj');
  expect(await save.isEnabled()).toBe(true);
}, { mayFault: true }));

it('whom somebody began to type is chosen or cleared before a sale is saved: it is not saved for nobody', () => own.asOwner(async (page) => {
  await own.site.api.createMember({ params, body: { firstName: 'Wpisana', card: 'LIPA-WPISANA', termsVersion: 1 } });
  await page.goto(panel('/sales/new'));
  await page.locator('input').and(page.getByLabel('Uczestnik', { exact: true })).fill('Wpisana');
  await page.getByLabel('Kwota zakupu', { exact: true }).last().fill('10');
  await press(page, /^Zapisz sprzedaż za/);
  await see(page, /^Wpisano „Wpisana”/);
  await page.locator('input').and(page.getByLabel('Uczestnik', { exact: true })).click();
  await page.getByRole('option', { name: 'Wpisana' }).click();
  await press(page, /^Zapisz sprzedaż za/);
  await see(page, 'Zapisano dla: Wpisana');
}));

it('what a press did is told where the answer takes away what was pressed, before the rest of the page has been read again', () => own.asOwner(async (page) => {
  const { id } = await own.site.api.createMember({ params, body: { firstName: 'Zofia', card: 'LIPA-9', termsVersion: 1 } });
  await own.site.api.sendWorkReport({ params: { ...params, member: id }, body: { type: 'works-report', fields: { name: 'Naprawa ławek', quantity: 2 }, pictures: [PICTURE] } });
  await page.goto(panel('/events/reports'));
  await page.getByRole('article').getByRole('img').waitFor();
  await page.route('**/pictures/*', async (route) => { // a picture is longer on its way than the list
    await gone(page, 'Zatwierdź');
    await route.continue();
  });
  await press(page, 'Zatwierdź');
  await see(page, 'Zgłoszenie zatwierdzone');
}));

it('pressed twice before the page can draw the button as busy, a thing is made once', () => own.asOwner(async (page) => {
  await page.goto(panel('/rewards/new'));
  await page.getByLabel('Nazwa', { exact: true }).fill('Naklejka');
  await page.getByLabel('Cena', { exact: true }).fill('40');
  const box = (await page.getByRole('button', { name: 'Zapisz nagrodę' }).boundingBox())!;
  await whileBusy(page, () => page.mouse.click(box.x + box.width / 2, box.y + box.height / 2, { clickCount: 2 }));
  await page.getByRole('heading', { name: 'Nagrody', level: 1 }).waitFor();
  expect((await own.site.api.listRewards({ params })).items.map((one) => one.name)).toEqual(['Naklejka']);
}));

async function openFinder(page: Page, text: string) {
  await page.goto(panel('/today'));
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Control+k');
  await page.locator('input:focus').and(page.getByPlaceholder(/^Dokąd/)).waitFor(); // letters before that go nowhere
  await page.keyboard.type(text);
}

it('in the finder Enter waits for the answer to the text that stands there, and never opens whom the text before found', () => own.asOwner(async (page) => {
  const join = (lastName: string) => own.site.api.createMember({ params, body: { firstName: 'Zofia', lastName, card: `F-${lastName}`, termsVersion: 1 } });
  await Promise.all(['Abacka', 'Abacka-Wolska'].map(join));
  await openFinder(page, 'Zofia Abacka');
  const field = page.getByPlaceholder(/^Dokąd/);
  await page.getByRole('dialog').getByText('Zofia Abacka-Wolska').waitFor();
  let letGo = () => {};
  const held = new Promise<void>((done) => { letGo = done; });
  await page.route('**/members/search', async (route) => { await held; await route.continue(); });
  await page.keyboard.type('-Wol');
  await page.keyboard.press('Enter');
  await settled(page);
  expect(await field.isVisible()).toBe(true); // still waits
  letGo();
  await page.getByRole('heading', { name: 'Zofia Abacka-Wolska', level: 1 }).waitFor();
  expect(await field.count()).toBe(0);
}));

it('in the finder Enter opens what was picked with the arrows, and what is typed after Enter calls it off', () => own.asOwner(async (page) => {
  let letGo = () => {};
  const held = new Promise<void>((done) => { letGo = done; });
  await page.route('**/members/search', async (route) => { await held; await route.continue(); });
  await openFinder(page, 'nag');
  await page.keyboard.press('Enter');
  await page.keyboard.type('rody');
  letGo();
  await page.getByRole('dialog').getByRole('button', { name: 'Nagrody' }).waitFor();
  await settled(page);
  expect(new URL(page.url()).pathname).toBe(panel('/today'));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname !== panel('/today'));
}));

it('a member who gives points is asked about the one the form names: it cannot be changed while the receiver is looked for', async () => {
  const { revision } = (await own.site.api.getProgram({ params })).wallets[0]!;
  await own.site.api.changeWallet({ params: { ...params, wallet: 'punkty' }, body: { revision, transfers: { minPoints: 1, dayPoints: 500, dayTimes: 9 } } });
  const guest = (card: string) => own.site.api.createMember({ params, body: { firstName: 'Hanna', card, termsVersion: 1 } });
  const [giver] = await Promise.all([guest('DAJE-1'), guest('BIERZE-1')]);
  await own.site.api.adjustPoints({ params: { ...params, member: giver.id }, body: { points: 50, reason: 'Na start' } });
  await own.asMember(giver.id, async (page) => {
    await page.goto(`/p/${PROGRAM}/give`);
    const whom = page.getByLabel('Komu', { exact: true });
    await whom.fill('BIERZE-1');
    await page.getByLabel('Ile', { exact: true }).fill('20');
    let letGo = () => {};
    const held = new Promise<void>((done) => { letGo = done; });
    await page.route('**/recipient', async (route) => { await held; await route.continue(); });
    await press(page, 'Dalej');
    await whom.pressSequentially('2');
    expect(await whom.inputValue()).toBe('BIERZE-1');
    letGo();
    await see(page, 'Przekazać 20 punktów?');
  });
});

it('a member whose session has ended is told so with the way in, and the page forgets whose it was', async () => {
  const { id } = await own.site.api.createMember({ params, body: { firstName: 'Hanna', card: 'MINELA-1', termsVersion: 1 } });
  await own.asMember(id, async (page) => {
    await page.goto(`/p/${PROGRAM}/profile`);
    await press(page, 'Zmień dane');
    await page.getByLabel('Nazwisko').fill('Nowa');
    await page.context().clearCookies();
    await press(page, 'Zapisz');
    await see(page, 'Minął czas Twojej sesji.');
    await press(page, 'Zaloguj się');
    await page.waitForURL(`**/p/${PROGRAM}/sign-in`);
    await page.getByRole('textbox', { name: 'E-mail' }).waitFor();
  }, { mayFault: true });
});

it('what takes the pressed button away hands the focus on: a profile that is saved, a nickname that is taken and given up', async () => {
  const { id } = await own.site.api.createMember({ params, body: { firstName: 'Hanna', card: 'OGNISKO-1', termsVersion: 1 } });
  await own.site.api.createLeaderboard({ params, body: { name: 'Punkty w miesiącu', measure: { kind: 'points', wallet: 'punkty' }, period: 'month', state: 'shown' } });
  await own.asMember(id, async (page) => {
    await page.goto(`/p/${PROGRAM}/profile`);
    await press(page, 'Zmień dane');
    await page.getByLabel('Nazwisko').fill('Nowa');
    await page.keyboard.press('Enter');
    await see(page, 'Zapisano zmiany.');
    await page.locator('button:focus', { hasText: 'Zmień dane' }).waitFor();
    await page.goto(`/p/${PROGRAM}/challenges`);
    const name = page.getByLabel('Pseudonim w rankingach');
    await name.fill('Hania');
    await press(page, 'Pokaż mnie w rankingach');
    await see(page, 'W rankingach jesteś jako Hania.');
    await page.locator('input:focus').and(name).waitFor();
    await press(page, 'Wypisz mnie');
    await see(page, 'Nie ma Cię już w rankingach.');
    await page.locator('input:focus').and(name).waitFor();
  });
});
