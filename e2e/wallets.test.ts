import { createStaff, openSession } from '@wracam/server/modules/access/index';
import { expect, it } from 'vitest';
import { press, see } from './site/journey.ts';
import { ownSite } from './site/own-site.ts';
import { PROGRAM } from './site/start-site.ts';

const params = { program: PROGRAM };
const wallet = `/panel/${PROGRAM}/wallets/punkty`;

const own = ownSite();

it('a change of a wallet that nobody uses yet is in force at once, and the form says so', () => own.asOwner(async (page) => {
  await own.site.api.changeProgram({ params, body: { secondPerson: true, noticeDays: 14 } });
  await own.site.api.addWallet({ params, body: { code: 'naklejki', name: 'Naklejki', forms: { one: 'naklejka', few: 'naklejki', many: 'naklejek', fraction: 'naklejki' }, expiry: { kind: 'months', months: 12, roundTo: 'day' }, pendingDays: 0, debtLimit: 0 } });
  await page.goto(`/panel/${PROGRAM}/wallets/naklejki`);
  await page.getByLabel('Po ilu miesiącach').fill('3');
  const english = page.getByRole('group', { name: /po angielsku/ });
  await english.getByLabel('1 …').fill('sticker');
  expect(await page.getByRole('button', { name: 'Zapisz portfel' }).isDisabled()).toBe(true); // half a name is none
  await english.getByLabel('5 …').fill('stickers');
  await see(page, /5\snaklejek, 1\ssticker, 5\sstickers/);
  await see(page, 'może pogorszyć');
  await see(page, /Nikt jeszcze nie korzysta z tego portfela/);
  expect(await page.getByText('Zatwierdzi ją druga osoba').count()).toBe(0);
  await press(page, 'Zapisz portfel');
  await see(page, /Portfel zmieniony/);
  expect((await own.site.api.listWallets({ params })).items.find((one) => one.code === 'naklejki')).toMatchObject({ forms: { few: 'naklejki', en: { one: 'sticker', many: 'stickers' } }, expiry: { months: 3 }, proposal: null });
}));

it('a change of a wallet that may harm members is in force only once another person has approved it', async () => {
  await own.site.api.changeProgram({ params, body: { secondPerson: true, noticeDays: 0 } });
  const anna = await own.site.api.createMember({ params, body: { firstName: 'Anna', card: 'W-1', termsVersion: 1 } });
  await own.site.api.adjustPoints({ params: { ...params, member: anna.id }, body: { points: 5, reason: 'Na start' } }); // a wallet that nobody has yet harms nobody
  const monthsNow = async () => (await own.site.api.listWallets({ params })).items.find((one) => one.code === 'punkty')!.expiry;
  const before = await monthsNow();
  const staffId = await createStaff(own.site.deps, own.site.programId, { name: 'Marek Zieliński', email: 'marek@podlipa.example', role: 'manager' });
  const { token } = await openSession(own.site.deps, 'staff', { staffId }, null);
  await own.inWindow(async (page) => {
    await page.goto(wallet);
    await page.getByLabel('Po ilu miesiącach').fill('3');
    await see(page, 'może pogorszyć');
    await see(page, /Zatwierdzi ją druga osoba/);
    await press(page, 'Zapisz portfel');
    await see(page, 'Zgłoszone. Teraz zatwierdzić musi druga osoba.');
    await page.goto(wallet);
    await see(page, 'Wycofaj zgłoszenie');
    expect(await page.getByRole('button', { name: 'Zatwierdź' }).count()).toBe(0);
    expect(await monthsNow()).toEqual(before);
  }, { cookies: { wracam_staff: token } });
  await own.asOwner(async (page) => {
    await page.goto(wallet);
    await see(page, 'Zmiana portfela czeka na drugą osobę');
    await see(page, /Zgłasza: Marek Zieliński/);
    await press(page, 'Zatwierdź');
    await see(page, 'Zatwierdzone');
    await page.getByText('Zmiana portfela czeka na drugą osobę').waitFor({ state: 'detached' });
    await expect.poll(() => page.getByLabel('Po ilu miesiącach').inputValue()).toBe('3');
  });
  expect(await monthsNow()).toMatchObject({ kind: 'months', months: 3 });
});
