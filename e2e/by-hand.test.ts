import { expect, it } from 'vitest';
import { axeFindings } from './site/axe.ts';
import { availableOf, press, see } from './site/journey.ts';
import { ownSite } from './site/own-site.ts';
import { runJobs } from './site/run-jobs.ts';
import { PROGRAM } from './site/start-site.ts';

const params = { program: PROGRAM };
const panel = (path: string) => `/panel/${PROGRAM}${path}`;

const own = ownSite();
const { asOwner } = own;

let count = 0;
const join = async (email?: string) => (await own.site.api.createMember({ params, body: { firstName: 'Hanna', lastName: 'Zawiadomiona', phone: `60${8_500_000 + (count += 1)}`, termsVersion: 1, ...(email && { email }) } })).id;

it('whoever has an address is written to of points changed by hand, unless that is unticked; of one without an address the panel says so', () => asOwner(async (page) => {
  const email = 'hanna.zawiadomiona@example.test';
  const [hanna, silent] = [await join(email), await join()];
  const told = async () => (await own.site.api.listMessages({ params })).items.filter((one) => one.to === email).map(({ subject }) => subject.replaceAll('\u00a0', ' ').split(': ')[1]!.split(',')[0]);
  const give = async (points: number, reason: string) => {
    await page.getByLabel('Ile', { exact: true }).fill(String(points));
    await page.getByLabel('Powód', { exact: true }).fill(reason);
    await press(page, `Przyznaj ${points} punktów`);
    await see(page, 'Zapisano korektę');
  };
  const tick = page.getByRole('checkbox', { name: 'Powiadom uczestnika e-mailem' });
  await page.goto(panel(`/members/${hanna}`));
  await press(page, 'Przyznaj lub odejmij');
  expect(await tick.isChecked()).toBe(true);
  await give(25, 'Przeprosiny za zimną kawę');
  await press(page.getByRole('alert').filter({ hasText: 'Zapisano korektę' }), 'Cofnij');
  await see(page, 'Korekta cofnięta');
  expect(await told()).toEqual(['−25 punktów', '+25 punktów']);
  await page.reload();
  await press(page, 'Przyznaj lub odejmij');
  await tick.uncheck();
  await give(30, 'Nic o tym nie pisz');
  await page.reload();
  await press(page.getByRole('row').filter({ hasText: 'Nic o tym nie pisz' }), 'Cofnij');
  expect(await tick.isChecked()).toBe(true);
  await page.getByRole('dialog').getByLabel('Powód', { exact: true }).fill('Jednak nie');
  await press(page.getByRole('dialog'), 'Cofnij korektę');
  await see(page, 'Korekta cofnięta');
  expect(await told()).toEqual(['−30 punktów', '−25 punktów', '+25 punktów']);
  await page.goto(panel(`/members/${silent}`));
  await press(page, 'Przyznaj lub odejmij');
  expect([await tick.isDisabled(), await tick.isChecked()]).toEqual([true, false]);
  await see(page.getByRole('dialog'), 'Nie ma podanego adresu e-mail');
  expect(await axeFindings(page)).toEqual([]);
  await give(40, 'Bez listu');
  expect(await availableOf(own.site.api, silent)).toBe(40);
}));

it('other systems are offered only where there are any, and hear of the change when it is ticked', () => asOwner(async (page) => {
  const hanna = await join();
  const systems = page.getByRole('checkbox', { name: 'Powiadom o tym inne systemy (webhooki)' });
  await page.goto(panel(`/members/${hanna}`));
  await press(page, 'Przyznaj lub odejmij');
  await page.getByRole('checkbox', { name: 'Powiadom uczestnika e-mailem' }).waitFor();
  expect(await systems.count()).toBe(0);
  const { webhook } = await own.site.api.addWebhook({ params, body: { url: 'https://magazyn.example/wracam' } });
  await page.reload();
  await press(page, 'Przyznaj lub odejmij');
  await systems.check();
  await page.getByLabel('Ile', { exact: true }).fill('15');
  await page.getByLabel('Powód', { exact: true }).fill('Przeprosiny');
  await press(page, 'Przyznaj 15 punktów');
  await see(page, 'Zapisano korektę');
  await runJobs(own.site);
  expect((await own.site.api.listWebhookDeliveries({ params: { ...params, webhook: webhook.id } })).items).toMatchObject([{ type: 'points.adjusted' }]);
}));

it('a gift that is taken back is called one, and neither side is written to unless that is ticked', () => asOwner(async (page) => {
  const [hanna, zofia] = [await join('hanna.dajaca@example.test'), await join('zofia.bioraca@example.test')];
  await own.site.api.changeWallet({ params: { ...params, wallet: 'punkty' }, body: { revision: 1, transfers: { minPoints: 10, dayPoints: 200, dayTimes: 3 } } });
  await own.site.api.adjustPoints({ params: { ...params, member: hanna }, body: { points: 60, reason: 'Na start' } });
  const { number } = await own.site.api.getMember({ params: { ...params, member: zofia } });
  await own.site.api.moveMemberPoints({ params: { ...params, member: hanna }, body: { to: { number }, points: 30 } });
  await page.goto(panel(`/members/${zofia}`));
  await press(page, 'Cofnij');
  const dialog = page.getByRole('dialog');
  await see(dialog, 'Punkty wrócą do osoby, która je przekazała.');
  const tick = dialog.getByRole('checkbox', { name: 'Powiadom e-mailem obie osoby, którym zmienią się punkty' });
  expect(await tick.isChecked()).toBe(false);
  await tick.check();
  await dialog.getByLabel('Powód', { exact: true }).fill('Pomyłka w numerze');
  await press(dialog, 'Cofnij przekazanie');
  await see(page, 'Przekazanie cofnięte');
  expect(await Promise.all([hanna, zofia].map((one) => availableOf(own.site.api, one)))).toEqual([60, 0]);
  const told = (await own.site.api.listMessages({ params })).items.map(({ to, subject }) => `${to} ${subject.split(': ')[1]!}`.replaceAll('\u00a0', ' '));
  expect(told.slice(0, 2).sort()).toEqual(['hanna.dajaca@example.test +30 punktów', 'zofia.bioraca@example.test −30 punktów']);
}));
