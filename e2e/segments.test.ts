import { expect, it } from 'vitest';
import { axeFindings } from './site/axe.ts';
import { press, see } from './site/journey.ts';
import { ownSite } from './site/own-site.ts';
import { PROGRAM } from './site/start-site.ts';

const params = { program: PROGRAM };
const panel = (path: string) => `/panel/${PROGRAM}${path}`;

const own = ownSite();

it('a segment is made in words and counted at once, a rule asks for it, the preview shows it, and a sale earns inside and not outside', () => own.asOwner(async (page, { faults }) => {
  const guest = async (lastName: string, groups: string[]) => {
    const { id } = await own.site.api.createMember({ params, body: { firstName: 'Hanna', lastName, card: `SEG-${lastName}`, termsVersion: 1 } });
    if (groups.length > 0) await own.site.api.changeMember({ params: { ...params, member: id }, body: { groups } });
    return id;
  };
  const [inside, outside] = [await guest('Klubowa', ['Klub kawowy']), await guest('Zwykla', [])];
  await page.goto(panel('/segments'));
  await press(page, 'Dodaj segment');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Nazwa segmentu').fill('Klub kawowy');
  await press(dialog, 'Dodaj warunek');
  await dialog.getByRole('combobox', { name: 'Co sprawdzić' }).click();
  await page.getByRole('option', { name: 'grupa', exact: true }).click();
  await dialog.locator('input').and(dialog.getByLabel('Wartość', { exact: true })).fill('Klub kawowy');
  await page.keyboard.press('Enter');
  await see(dialog, 'Uczestnik należy do segmentu, gdy jest w grupie „Klub kawowy”.');
  await see(dialog, 'Teraz: 1 uczestnik');
  await dialog.getByRole('button', { name: 'Dodaj segment' }).click();
  await see(page, 'Segment dodany');
  await page.getByRole('link', { name: 'Klub kawowy' }).click();
  await page.getByRole('heading', { name: 'Klub kawowy', level: 1 }).waitFor();
  await page.getByRole('link', { name: 'Hanna Klubowa' }).waitFor();
  expect(await page.getByRole('link', { name: 'Hanna Zwykla' }).count()).toBe(0);

  await page.goto(panel('/rules/new'));
  await page.getByLabel('Nazwa', { exact: true }).fill('Dla klubu');
  await page.getByRole('combobox', { name: 'Rodzaj korzyści' }).click();
  await page.getByRole('option', { name: /^Stała liczba/ }).click();
  await page.getByLabel('Ile punktów').fill('15');
  await press(page.locator('section').filter({ hasText: 'Kiedy działa' }), 'Dodaj warunek');
  await page.getByRole('combobox', { name: 'Co sprawdzić' }).first().click();
  await page.getByRole('option', { name: 'segment uczestników', exact: true }).click();
  await page.getByRole('combobox', { name: 'Wybierz segment' }).click();
  await page.getByRole('option', { name: 'Klub kawowy' }).click();
  await see(page, 'dla uczestników z segmentu „Klub kawowy”');
  const preview = page.locator('section').filter({ hasText: 'Przymiarka' });
  await see(preview, 'a uczestnik do niego nie należał');
  await preview.getByLabel(/^Licz tak, jakby/).check();
  await see(preview.locator('div').filter({ hasText: /^Dwie kawy i sernik/ }).first(), '+15 punktów');
  await press(page, 'Zapisz i opublikuj');
  await see(page, 'Zasada opublikowana');
  await page.getByRole('heading', { name: 'Dla klubu', level: 1 }).waitFor();

  const rulesOf = async (member: string, externalId: string) => (await own.site.api.recordTransaction({ params, body: { source: 'kasa-1', externalId, kind: 'sale', occurredAt: new Date().toISOString(), member: { id: member }, totalMinor: 1_000, lines: [] } })).awards.map((award) => [award.rule, award.points]);
  expect(await rulesOf(inside, 'SEG-1')).toContainEqual(['Dla klubu', 15]);
  expect(await rulesOf(outside, 'SEG-2')).not.toContainEqual(['Dla klubu', 15]);
  expect(faults()).toEqual([]);

  // A challenge for the club alone: the form tries it on members, its page says for whom it is, and others do not see it.
  await page.goto(panel('/goals/new/challenge'));
  await page.getByLabel('Nazwa', { exact: true }).fill('Pięć kaw klubu');
  await press(page.locator('section').filter({ hasText: 'Kto bierze udział' }), 'Dodaj warunek');
  await page.getByRole('combobox', { name: 'Co sprawdzić' }).first().click();
  expect(await page.getByRole('option', { name: 'odznaka', exact: true }).count()).toBe(0);
  await page.getByRole('option', { name: 'segment uczestników', exact: true }).click();
  await page.getByRole('combobox', { name: 'Wybierz segment' }).click();
  await page.getByRole('option', { name: 'Klub kawowy' }).click();
  await see(page, 'Pozostali tego celu nie widzą.');
  await see(page.locator('section').filter({ hasText: 'Przymiarka na uczestnikach' }), /Udział bierze teraz: \d|Udziału nie bierze teraz nikt/);
  expect(await axeFindings(page)).toEqual([]);
  await press(page, 'Zapisz i opublikuj');
  await see(page, /dla uczestników z segmentu „Klub kawowy”/);
  const seenBy = async (member: string) => (await own.site.api.getMemberGoals({ params: { ...params, member } })).challenges.map((one) => one.name);
  expect([await seenBy(inside), await seenBy(outside)].map((names) => names.includes('Pięć kaw klubu'))).toEqual([true, false]);
  expect(faults()).toEqual([]);

  // The rule runs now: a change of the segment is published with open eyes, and what it was comes back.
  await page.goto(panel('/segments'));
  await page.getByRole('link', { name: 'Klub kawowy' }).click();
  await see(page, 'Dla klubu');
  await see(page, 'Pięć kaw klubu');
  await press(page, 'Zmień warunki');
  await press(dialog, 'Dodaj warunek');
  await dialog.getByRole('combobox', { name: 'Co sprawdzić' }).nth(1).click();
  await page.getByRole('option', { name: 'grupa', exact: true }).click();
  await dialog.locator('input').and(dialog.getByLabel('Wartość', { exact: true })).last().fill('Zarząd');
  await page.keyboard.press('Enter');
  await see(dialog, 'Teraz: 0 uczestników');
  await press(dialog, 'Zapisz szkic');
  await see(page, 'Szkic zapisany. Działa to, co było.');
  await see(page, /zasada „Dla klubu”, cel „Pięć kaw klubu”/);
  await see(page, 'Kto dziś z niego wypada: 1 uczestnik');
  await see(page, 'Kto dziś do niego wchodzi: 0 uczestników');
  expect(await axeFindings(page)).toEqual([]);
  await press(page, 'Wyrzuć szkic');
  await see(page, /Szkic wyrzucony/);
  await press(page, 'Cofnij');
  await see(page, 'Szkic wrócił');
  await press(page, 'Opublikuj');
  await see(dialog, /Ta zmiana może pogorszyć warunki uczestników: kto należy do segmentu, zasady i cele, które o niego pytają\. Program zapowiada takie zmiany 14 dni wcześniej/);
  expect(await dialog.getByRole('button', { name: 'Opublikuj' }).isDisabled()).toBe(true);
  await dialog.getByLabel('Publikuję mimo krótszego terminu').check();
  await press(dialog, 'Opublikuj');
  await see(page, 'Warunki opublikowane');
  await see(page, 'Wersja 2');
  expect(await rulesOf(inside, 'SEG-3')).not.toContainEqual(['Dla klubu', 15]);
  await press(page, 'Przywróć tę wersję');
  await press(dialog, 'Przywróć tę wersję');
  await see(page, 'Wcześniejsza wersja działa znowu.');
  expect(await rulesOf(inside, 'SEG-4')).toContainEqual(['Dla klubu', 15]);
}));

it('on a phone the versions of a segment stand before the members in it, of whom a few are shown; a draft says whom it moves before whom it harms', () => own.asOwner(async (page) => {
  const group = (...value: string[]) => ({ attribute: 'member.group', operator: 'includesAny' as const, value });
  const made = await own.site.api.createSegment({ params, body: { name: 'Ogródek', condition: group('ogródek') } });
  const at = { ...params, segment: made.id };
  const draft = async (...groups: string[]) => own.site.api.changeSegment({ params: at, body: { revision: (await own.site.api.getSegment({ params: at })).revision, condition: group(...groups) } });
  for (const more of ['lato', 'zima', 'wiosna']) await own.site.api.publishSegment({ params: at, body: { revision: (await draft('ogródek', more)).revision } });
  for (let no = 1; no <= 12; no += 1) {
    const { id } = await own.site.api.createMember({ params, body: { firstName: 'Ola', lastName: `Ogrodowa${no}`, card: `OGR-${no}`, termsVersion: 1 } });
    await own.site.api.changeMember({ params: { ...params, member: id }, body: { groups: ['ogródek'] } });
  }
  await draft('jesień');
  await page.goto(panel(`/segments/${made.id}`));
  const guests = page.getByRole('link', { name: /^Ola Ogrodowa/ });
  await guests.first().waitFor();
  expect(await guests.count()).toBe(10);
  expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual(['Po publikacji szkicu', 'Zasady i cele, które o niego pytają', 'Wersje', 'Uczestnicy w segmencie']);
  const paper = page.getByRole('region', { name: 'Po publikacji szkicu' });
  await see(paper, 'Kto dziś z niego wypada: 12 uczestników');
  expect(await paper.innerText()).toMatch(/Kto dziś z niego wypada: 12[^]*O ten segment nie pyta żadna zasada ani żaden cel, więc nikt na tym nie straci ani nie zyska/);
  expect(await page.getByText(/^Wersja \d$/).allInnerTexts()).toEqual(['Wersja 4', 'Wersja 3', 'Wersja 2']);
  await press(page, 'Pokaż starsze wersje (1)');
  await see(page, 'Wersja 1');
  await press(page, 'Pokaż więcej');
  await guests.nth(11).waitFor();
  expect(await guests.count()).toBe(12);
  expect(await axeFindings(page)).toEqual([]);
}, { viewport: { width: 390, height: 844 } }));
