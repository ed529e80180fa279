import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { availableOf, codeSentTo, press, see } from './site/journey.ts';
import { ownSite } from './site/own-site.ts';
import { PROGRAM } from './site/start-site.ts';

const params = { program: PROGRAM };
const panel = (path: string) => `/panel/${PROGRAM}${path}`;

const own = ownSite();
const asOwner = (work: (page: Page) => Promise<void>) => own.asOwner(work, { mayFault: true });

let count = 0;
const guest = async () => (await own.site.api.createMember({ params, body: { firstName: 'Hanna', lastName: 'Bezzasięgowa', phone: `60${7_000_000 + (count += 1)}`, termsVersion: 1 } })).id;

/** Does `act` while every answer to `path` is lost on its way back: the server has done the work, the page never hears of it. Then the line is back. */
async function whileAnswersAreLost(page: Page, path: string, act: () => Promise<void>): Promise<void> {
  const lose = `**/api/v1/programs/${PROGRAM}${path}`;
  await page.route(lose, async (route) => {
    await route.fetch();
    await route.abort('connectionreset');
  });
  await act();
  await see(page, 'Nie ma połączenia z serwerem.');
  await page.unroute(lose);
}

describe('pressed again after a lost answer', () => {
  it('a sale is booked once, and the page says so', () => asOwner(async (page) => {
    const member = await guest();
    await page.goto(panel(`/sales/new?member=${member}`));
    await page.getByLabel('Kwota zakupu', { exact: true }).last().fill('42,90');
    await see(page, '+72 punkty');
    await whileAnswersAreLost(page, '/transactions', () => press(page, /Zapisz sprzedaż za 42,90/));
    await press(page, /Zapisz sprzedaż za 42,90/);
    await see(page, 'Nic się nie podwoiło');
    expect(await availableOf(own.site.api, member)).toBe(42 + 30);
  }));

  it('a sale without a network is told as not sent, and is booked once when the line is back', () => asOwner(async (page) => {
    const member = await guest();
    await page.goto(panel(`/sales/new?member=${member}`));
    await page.getByLabel('Kwota zakupu', { exact: true }).last().fill('42,90');
    await see(page, '+72 punkty');
    await page.context().setOffline(true);
    await press(page, /Zapisz sprzedaż za 42,90/);
    await see(page, 'Nie ma połączenia z serwerem.');
    await page.context().setOffline(false);
    await press(page, /Zapisz sprzedaż za 42,90/);
    await see(page, 'Zapisano dla: Hanna Bezzasięgowa');
    expect(await availableOf(own.site.api, member)).toBe(42 + 30);
  }));

  it('a return is booked once', () => asOwner(async (page) => {
    const member = await guest();
    const { transaction } = await own.site.api.recordTransaction({ params, body: { source: 'kasa-1', externalId: 'L-zwrot', kind: 'sale', occurredAt: new Date(Date.now() - 60_000).toISOString(), member: { id: member }, totalMinor: 5_000 } });
    await page.goto(panel(`/transactions/${transaction.id}/return`));
    await press(page, 'Cały zakup');
    await whileAnswersAreLost(page, '/transactions', () => press(page, /Przyjmij zwrot 50,00/));
    await press(page, /Przyjmij zwrot 50,00/);
    await see(page, 'Zwrot przyjęty');
    expect(await availableOf(own.site.api, member)).toBe(0);
  }));

  it('points given by hand are given once; given anew they are given again', () => asOwner(async (page) => {
    const member = await guest();
    await page.goto(panel(`/members/${member}`));
    const give = async () => {
      await press(page, 'Przyznaj lub odejmij');
      await page.getByLabel('Ile', { exact: true }).fill('25');
      await page.getByLabel('Powód', { exact: true }).fill('Przeprosiny za zimną kawę');
    };
    await give();
    await whileAnswersAreLost(page, `/members/${member}/adjustments`, () => press(page, 'Przyznaj 25 punktów'));
    await press(page, 'Przyznaj 25 punktów');
    await see(page, 'Zapisano korektę');
    expect(await availableOf(own.site.api, member)).toBe(25);
    await give();
    await press(page, 'Przyznaj 25 punktów');
    await expect.poll(() => availableOf(own.site.api, member)).toBe(50);
  }));

  it('an event is written down once', () => asOwner(async (page) => {
    const member = await guest();
    await page.goto(panel(`/members/${member}`));
    await press(page, 'Więcej czynności');
    await page.getByRole('menuitem', { name: 'Zapisz zdarzenie' }).click();
    await page.getByRole('combobox', { name: 'Co się stało' }).click();
    await page.getByRole('option', { name: 'Wizyta', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await whileAnswersAreLost(page, '/events', () => press(dialog, 'Zapisz zdarzenie'));
    await press(dialog, 'Zapisz zdarzenie');
    await see(page, 'Zdarzenie zapisane');
    expect((await own.site.api.listTransactions({ params, query: { member } })).items).toHaveLength(1);
  }));

  it('a reward is ordered once', () => asOwner(async (page) => {
    const member = await guest();
    await own.site.api.adjustPoints({ params: { ...params, member }, body: { points: 100, reason: 'Na start' } });
    const reward = await own.site.api.createReward({ params, body: { name: 'Naklejka', pricePoints: 10 } });
    await page.goto(panel(`/orders/new?member=${member}`));
    await press(page, `Więcej: ${reward.name}`);
    await whileAnswersAreLost(page, '/orders', () => press(page, /^Wydaj za/));
    await press(page, /^Wydaj za/);
    await page.waitForURL(/orders\/ord_/);
    expect(await availableOf(own.site.api, member)).toBe(90);
  }));

  it('a reward is ordered once by a member in the portal', async () => {
    const member = await guest();
    await own.site.api.adjustPoints({ params: { ...params, member }, body: { points: 100, reason: 'Na start' } });
    const reward = await own.site.api.createReward({ params, body: { name: 'Zakładka', pricePoints: 15 } });
    await own.asMember(member, async (page) => {
      await page.goto(`/p/${PROGRAM}/rewards/${reward.id}`);
      await whileAnswersAreLost(page, '/me/orders', () => press(page, 'Zamów za 15 punktów'));
      await press(page, 'Zamów za 15 punktów');
      await see(page, 'Zamówione');
    }, { mayFault: true });
    expect(await availableOf(own.site.api, member)).toBe(85);
  });

  it('so is one that took the last points: what is missing for another is not told instead', async () => {
    const member = await guest();
    await own.site.api.adjustPoints({ params: { ...params, member }, body: { points: 100, reason: 'Na start' } });
    const reward = await own.site.api.createReward({ params, body: { name: 'Torba', pricePoints: 80 } });
    await own.asMember(member, async (page) => {
      await page.goto(`/p/${PROGRAM}/rewards/${reward.id}`);
      await whileAnswersAreLost(page, '/me/orders', async () => {
        const left = page.waitForResponse(async (one) => one.url().endsWith('/me') && (await one.text()).includes('"available":20'));
        await press(page, 'Zamów za 80 punktów');
        await left;
      });
      await press(page, 'Zamów za 80 punktów');
      await see(page, 'Zamówione');
    }, { mayFault: true });
    expect(await availableOf(own.site.api, member)).toBe(20);
  });

  it('points are given to another member once, also after a look at the form', async () => {
    const { revision } = (await own.site.api.getProgram({ params })).wallets[0]!;
    await own.site.api.changeWallet({ params: { ...params, wallet: 'punkty' }, body: { revision, transfers: { minPoints: 1, dayPoints: 500, dayTimes: 9 } } });
    const [giver, receiver] = [await guest(), await guest()];
    const { number } = await own.site.api.getMember({ params: { ...params, member: receiver } });
    await own.site.api.adjustPoints({ params: { ...params, member: giver }, body: { points: 100, reason: 'Na start' } });
    await own.asMember(giver, async (page) => {
      await page.goto(`/p/${PROGRAM}/give`);
      const ask = async () => {
        await page.getByLabel('Ile', { exact: true }).fill('30');
        await press(page, 'Dalej');
        await see(page, 'Przekazać 30 punktów?');
      };
      await page.getByLabel('Komu', { exact: true }).fill(number);
      await ask();
      await page.locator('h2:focus').waitFor();
      await whileAnswersAreLost(page, '/me/transfers', () => press(page, 'Przekaż 30 punktów'));
      await press(page, 'Popraw');
      await ask();
      await press(page, 'Przekaż 30 punktów');
      await see(page, 'Przekazane: 30 punktów');
    }, { mayFault: true });
    expect([await availableOf(own.site.api, giver), await availableOf(own.site.api, receiver)]).toEqual([70, 30]);
  });

  it('a new e-mail address is confirmed, though its code has been used up', async () => {
    const member = await guest();
    await own.asMember(member, async (page) => {
      await page.goto(`/p/${PROGRAM}/profile`);
      await press(page, 'Zmień e-mail');
      await page.getByLabel('Nowy e-mail').fill('Hanna.Nowa@poczta.example');
      await press(page, 'Wyślij kod');
      await page.getByLabel('Kod z 6 cyfr').fill(await expect.poll(() => codeSentTo(own.site.api, 'hanna.nowa@poczta.example').catch(() => '')).toMatch(/^\d{6}$/).then(() => codeSentTo(own.site.api, 'hanna.nowa@poczta.example')));
      await whileAnswersAreLost(page, '/me{,/email/confirm}', () => press(page, 'Potwierdź adres'));
      await press(page, 'Potwierdź adres');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await see(page, 'hanna.nowa@poczta.example');
    }, { mayFault: true });
  });

  it('an account is closed, and its member is signed out', async () => {
    const member = await guest();
    await own.asMember(member, async (page) => {
      await page.goto(`/p/${PROGRAM}/profile`);
      await press(page, 'Zamknij konto');
      await page.getByLabel('Rozumiem, co tracę').check();
      await whileAnswersAreLost(page, '/me/close', () => press(page, 'Zamknij na zawsze'));
      await press(page, 'Zamknij na zawsze');
      await page.waitForURL(`**/p/${PROGRAM}`);
      await page.getByRole('link', { name: 'Dołącz' }).first().waitFor();
    }, { mayFault: true });
    expect((await own.site.api.getMember({ params: { ...params, member } })).state).toBe('closed');
  });
});
