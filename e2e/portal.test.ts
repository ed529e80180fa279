import { localDate } from '@wracam/engine/calendar';
import { formatDate } from '@wracam/engine/words';
import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { axeFindings } from './site/axe.ts';
import { PHONE } from './site/browser.ts';
import { codeSentTo, press, see } from './site/journey.ts';
import { ownSite } from './site/own-site.ts';
import { PROGRAM } from './site/start-site.ts';

const params = { program: PROGRAM };
const portal = (path = '') => `/p/${PROGRAM}${path}`;

const own = ownSite(async ({ api }) => {
  await api.createReward({ params, body: { name: 'Kawa gratis', icon: 'cup', pricePoints: 100 } });
  await api.createReward({ params, body: { name: 'Kubek', icon: 'bag', pricePoints: 900 } });
});

const onPhone = (work: (page: Page) => Promise<void>, options: Parameters<typeof own.inWindow>[1] = {}) => own.inWindow(work, { viewport: PHONE, hasTouch: true, isMobile: true, ...options });
/** In the window of a member who joined at the counter, signed in. */
async function asMember(email: string, work: (page: Page, member: { readonly id: string; readonly number: string }) => Promise<void>, options: Parameters<typeof own.inWindow>[1] = {}) {
  const member = await own.site.api.createMember({ params, body: { firstName: 'Zofia', email, termsVersion: 1 } });
  await own.asMember(member.id, (page) => work(page, member), { viewport: PHONE, ...options });
}

describe('in the portal', () => {
  it('the first page reaches a cheap phone packed: with its letters and all it needs it is less than 260 kB', () => onPhone(async (page) => {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Network.enable');
    const sizes: number[] = [];
    cdp.on('Network.loadingFinished', ({ encodedDataLength }) => sizes.push(encodedDataLength));
    await page.goto(portal());
    await see(page, 'Dołącz za darmo');
    await page.waitForLoadState('networkidle');
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    expect(sizes.length).toBeGreaterThan(5);
    expect(bytes).toBeLessThan(260_000);
  }));

  it('somebody joins with a code that the shop reads in its outbox', () => onPhone(async (page) => {
    await page.goto(portal());
    await page.getByRole('link', { name: 'Dołącz za darmo' }).first().click();
    await page.getByLabel('Imię').fill('Zofia');
    await page.getByRole('textbox', { name: 'E-mail' }).fill('zofia@poczta.example');
    await page.getByLabel(/^Telefon/).fill('606 000 001');
    await page.getByLabel(/Znam i akceptuję regulamin/).check();
    await press(page, 'Wyślij kod');
    await page.getByRole('heading', { name: 'Wpisz kod z wiadomości' }).waitFor();

    let code = '';
    await own.asOwner(async (panel) => {
      await panel.goto(`/panel/${PROGRAM}/messages`);
      const subject = panel.getByText(/^\d{6} to Twój kod/).first();
      await subject.waitFor();
      code = (await subject.innerText()).slice(0, 6);
    });

    await page.getByLabel('Kod z 6 cyfr').fill(code);
    await page.getByRole('heading', { name: 'Zofia', level: 1 }).waitFor();
    await see(page, '0 punktów');
    expect(await own.site.api.lookupMember({ params, body: { phone: '+48606000001' } })).toMatchObject({ firstName: 'Zofia', termsVersion: 1 });
  }));

  it('a wrong code is refused in words, and the right one still works', () => onPhone(async (page) => {
    await own.site.api.createMember({ params, body: { firstName: 'Wanda', email: 'wanda@poczta.example', termsVersion: 1 } });
    await page.goto(portal('/sign-in'));
    await page.getByLabel('E-mail').fill('wanda@poczta.example');
    await press(page, 'Wyślij kod');
    await page.getByRole('heading', { name: 'Wpisz kod z wiadomości' }).waitFor();
    const code = await codeSentTo(own.site.api, 'wanda@poczta.example');
    await page.getByLabel('Kod z 6 cyfr').fill(code === '000000' ? '000001' : '000000');
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Kod z 6 cyfr').fill(code);
    await page.getByRole('heading', { name: 'Wanda', level: 1 }).waitFor();
  }, { mayFault: true }));

  it('a sale at the counter becomes a balance and a history that tells why', () => asMember('historia@poczta.example', async (page, { number }) => {
    await own.site.api.recordTransaction({ params, body: { source: 'kasa-1', externalId: 'S-historia', kind: 'sale', occurredAt: new Date(Date.now() - 60_000).toISOString(), member: { number }, totalMinor: 3_200, lines: [{ lineId: '1', name: 'Cappuccino', category: 'kawa', amountMinor: 1_600 }, { lineId: '2', name: 'Sernik', category: 'ciasta', amountMinor: 1_600 }] } });
    await page.goto(portal());
    await see(page, '93'); // 32 for złote, 30 for the first purchase, and once more the half of both that coffee has
    await see(page, 'Brakuje Ci 7 punktów');
    await page.getByRole('link', { name: 'Historia', exact: true }).click();
    await page.getByRole('button', { name: /^Dlaczego\?/ }).first().click();
    const why = page.getByRole('dialog');
    await see(why, 'Zadziałało');
    await see(why, 'Cappuccino');
    await see(why, '+30 punktów');
  }));

  it('the card shows its code and opens without a network too', () => asMember('karta@poczta.example', async (page, { number }) => {
    await page.goto(portal('/card'));
    await page.getByRole('img', { name: `Kod QR karty o numerze ${number}` }).waitFor();
    await page.getByRole('img', { name: `Kod kreskowy karty o numerze ${number}` }).waitFor();
    await page.evaluate(async () => { await navigator.serviceWorker.ready; });
    await page.reload({ waitUntil: 'networkidle' }); // now the page is served by its worker
    await page.context().setOffline(true);
    await page.reload();
    await page.getByRole('img', { name: `Kod QR karty o numerze ${number}` }).waitFor();
    await see(page, 'Nie masz teraz internetu. Kartę pokażesz i tak.');
  }, { hasTouch: true, mayFault: true })); // a window of its own: nobody else has filled what it keeps

  it('a reward is ordered and cancelled: the points wait, then come back', () => asMember('nagroda@poczta.example', async (page, { id, number }) => {
    await own.site.api.adjustPoints({ params: { ...params, member: id }, body: { points: 130, reason: 'Na start' } });
    const balance = async () => (await own.site.api.getMember({ params: { ...params, member: `number:${number}` } })).balances[0];
    await page.goto(portal('/rewards'));
    await page.getByRole('link', { name: 'Kawa gratis' }).click();
    await see(page, 'Po zamówieniu na koncie: 30 punktów');
    await press(page, 'Zamów za 100 punktów');
    await see(page, /czeka na potwierdzenie/);
    expect(await balance()).toMatchObject({ available: 30, held: 100 });
    await page.getByRole('link', { name: 'Zobacz zamówienie' }).click();
    await press(page, 'Anuluj zamówienie');
    await see(page.getByRole('dialog'), 'Od razu odzyskasz 100 punktów.');
    await press(page.getByRole('dialog'), 'Anuluj zamówienie');
    await see(page, 'Zapłata wróciła na Twoje konto.');
    expect(await balance()).toMatchObject({ available: 130, held: 0 });
  }));

  it('an order refused because the points went elsewhere says so, though nothing can be ordered any more', () => asMember('gdzie-indziej@poczta.example', async (page, { id }) => {
    await own.site.api.adjustPoints({ params: { ...params, member: id }, body: { points: 110, reason: 'Na start' } });
    await page.goto(portal('/rewards'));
    await page.getByRole('link', { name: 'Kawa gratis' }).click();
    await see(page, 'Po zamówieniu na koncie: 10 punktów');
    await own.site.api.adjustPoints({ params: { ...params, member: id }, body: { points: -110, reason: 'Wydane gdzie indziej' } });
    await press(page, 'Zamów za 100 punktów');
    await see(page, 'Brakuje Ci 100 punktów');
    await see(page.getByRole('alert'), 'Brakuje punktów: 100.');
    expect(await page.getByRole('button', { name: /^Zamów za/ }).count()).toBe(0);
  }, { mayFault: true }));

  it('a member corrects the own profile, proves a new address by its code, and leaves for good by an own word', () => asMember('profil@poczta.example', async (page, { id }) => {
    const me = () => own.site.api.getMember({ params: { ...params, member: id } });
    await page.goto(portal('/profile'));
    await press(page, 'Zmień dane');
    await page.getByLabel('Nazwisko').fill('Malinowska');
    await page.getByLabel('Telefon', { exact: true }).fill('606 777 888');
    await press(page, 'Zapisz');
    await page.getByRole('heading', { name: 'Zofia Malinowska' }).waitFor();
    expect(await me()).toMatchObject({ lastName: 'Malinowska', phone: '+48606777888' });
    await press(page, 'Zmień e-mail');
    await page.getByLabel('Nowy e-mail').fill('profil.nowy@poczta.example');
    await press(page.getByRole('dialog'), 'Wyślij kod');
    await page.getByLabel('Kod z 6 cyfr').waitFor();
    await page.getByLabel('Kod z 6 cyfr').fill(await codeSentTo(own.site.api, 'profil.nowy@poczta.example'));
    await press(page.getByRole('dialog'), 'Potwierdź adres');
    // The dialog names the new address too, before it is proved.
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await see(page, 'profil.nowy@poczta.example');
    expect((await me()).email).toBe('profil.nowy@poczta.example');
    await press(page, 'Zamknij konto');
    await page.getByLabel('Rozumiem, co tracę').check();
    await press(page.getByRole('dialog'), 'Zamknij na zawsze');
    await page.getByRole('link', { name: 'Dołącz za darmo' }).first().waitFor();
    expect((await me()).state).toBe('closed');
  }));

  it('the language is switched in place and kept; signing out forgets the card', () => asMember('jezyk@poczta.example', async (page, { number }) => {
    await page.goto(portal('/profile'));
    await page.getByRole('heading', { name: 'Profil', level: 1 }).waitFor();
    await press(page, 'English');
    await page.getByRole('heading', { name: 'Profile', level: 1 }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Profile', level: 1 }).waitFor();
    await page.goto(portal());
    await see(page, '0 points');
    await page.goto(portal('/profile'));
    await press(page, 'Sign out');
    await page.getByRole('link', { name: /Join/ }).first().waitFor();
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(number);
  }, { mayFault: true }));

  it('a member gives points to another one after seeing whom the number means, and finds every date and every ticket', () => asMember('zofia.daje@poczta.example', async (page, { id }) => {
    await own.site.api.changeWallet({ params: { ...params, wallet: 'punkty' }, body: { revision: 1, transfers: { minPoints: 1, dayPoints: 500, dayTimes: 3 } } });
    const jan = await own.site.api.createMember({ params, body: { firstName: 'Jan', lastName: 'Kos', card: 'KOS-1', termsVersion: 1 } });
    for (const [points, expiresOn] of [[40, '2099-12-31'], [30, '2099-06-30']] as const) await own.site.api.adjustPoints({ params: { ...params, member: id }, body: { points, reason: 'Na start', expiresOn } });
    await page.goto(portal('/give'));
    await page.getByLabel('Komu').fill('KOS-1');
    await page.getByLabel('Ile').fill('100');
    await press(page, 'Dalej');
    await see(page, /Masz tylko 70\spunktów/);
    await page.getByLabel('Ile').fill('50');
    await press(page, 'Dalej');
    await see(page, `Dostanie: J… K…, numer kończy się na ${jan.number.slice(-4)}.`);
    await page.getByRole('button', { name: /^Przekaż 50/ }).click();
    await see(page, /Zostało Ci 20\spunktów/);
    expect((await own.site.api.getBalances({ params: { ...params, member: jan.id } })).balances[0]!.available).toBe(50);

    const { items: [rule] } = await own.site.api.listRules({ params });
    const ticket = await own.site.api.createRule({ params, body: { definition: { ...rule!.current!.definition, name: 'Los za każde 10 zł', when: null, lines: null, effect: { kind: 'grant', what: 'ticket', code: 'wiosna', count: 1, perMinor: 1_000 } } } });
    await own.site.api.publishRule({ params: { ...params, rule: ticket.id }, body: { revision: ticket.revision } });
    await own.site.api.recordTransaction({ params, body: { source: 'kasa', externalId: 'LOSY-1', kind: 'sale', occurredAt: new Date().toISOString(), member: { id }, totalMinor: 2_000 } });
    await page.goto(portal('/challenges'));
    await see(page, /2\slosy „wiosna”/);
    await page.goto(portal('/history'));
    await see(page, 'do 31 grudnia 2099');
  }));

  it('a member sees what comes soon, from which day and what for, when they may take part; a draft nobody sees', () => asMember('zofia.wkrotce@poczta.example', async (page, { id }) => {
    const day = new Date(Date.now() + 20 * 86_400_000);
    const definition = {
      kind: 'challenge' as const, name: 'Zimowe wieczory', description: 'Wpadnij po pracy.', onReturn: 'keep' as const, reward: { points: { wallet: 'punkty', points: 50 }, badge: null, coupon: 'gorąca czekolada' },
      who: { attribute: 'member.group', operator: 'includesAny', value: ['klub'] }, when: null, lines: null, task: { kind: 'count' as const, of: 'documents' as const, target: 3 }, window: { kind: 'month' as const, from: '2026-01-01', until: null },
    };
    const made = await own.site.api.createGoal({ params, body: { definition } });
    await page.goto(portal('/challenges'));
    await see(page, 'Nie ma teraz wyzwań');
    await own.site.api.publishGoal({ params: { ...params, goal: made.id }, body: { revision: 1, inForceFrom: day.toISOString() } });
    await own.site.api.createGoal({ params, body: { definition: { ...definition, name: 'Szkic na wiosnę' } } });
    await page.reload();
    await see(page, 'Nie ma teraz wyzwań');
    await own.site.api.changeMember({ params: { ...params, member: id }, body: { groups: ['klub'] } });
    await page.reload();
    const soon = page.getByRole('region', { name: 'Wkrótce' });
    await soon.getByRole('heading', { name: 'Zimowe wieczory' }).waitFor();
    await see(soon, /^3\szakupy w jednym miesiącu/);
    await see(soon, /Nagroda: 50\spunktów, kupon: gorąca czekolada/);
    await see(soon, `Rusza ${formatDate(localDate('Europe/Warsaw', day.getTime()), 'pl')}.`);
    expect(await soon.getByRole('listitem').count()).toBe(1);
    expect(await axeFindings(page)).toEqual([]);
  }));
});
