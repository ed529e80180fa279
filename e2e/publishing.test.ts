import { expect, it } from 'vitest';
import { addRepair } from './site/add-repair.ts';
import { axeFindings } from './site/axe.ts';
import { press, see } from './site/journey.ts';
import { ownSite } from './site/own-site.ts';
import { PROGRAM } from './site/start-site.ts';

const params = { program: PROGRAM };
const panel = (path: string) => `/panel/${PROGRAM}${path}`;

const own = ownSite();

it('what earns is drafted, thrown away and brought back, published with open eyes, and an older version comes back as a new one', () => own.asOwner(async (page) => {
  await page.goto(panel('/rules/base'));
  await see(page, 'obowiązuje od początku programu');
  await page.getByLabel('usługi').uncheck();
  await see(page, 'może pogorszyć');
  await press(page, 'Zapisz szkic');
  await see(page, 'Szkic zapisany. Działa to, co było.');
  await press(page, 'Wyrzuć szkic');
  await see(page, /Szkic wyrzucony/);
  expect((await own.site.api.getEarningBase({ params })).draft).toBeNull();
  await press(page, 'Cofnij');
  await see(page, 'Szkic wrócił');
  await press(page, 'Zapisz i opublikuj…');
  const dialog = page.getByRole('dialog');
  await see(dialog, /Program zapowiada takie zmiany 14 dni wcześniej/);
  expect(await dialog.getByRole('button', { name: 'Opublikuj' }).isDisabled()).toBe(true);
  await press(dialog, /^Wybierz \d/);
  await expect.poll(() => dialog.getByRole('button', { name: 'Opublikuj' }).isDisabled()).toBe(false);
  await dialog.getByLabel('Obowiązuje od').fill('');
  await dialog.getByLabel('Publikuję mimo krótszego terminu').check();
  await press(dialog, 'Opublikuj');
  await see(page, 'Wersja 2');
  expect(await own.site.api.getEarningBase({ params })).toMatchObject({ kinds: ['goods'], version: 2, draft: null });
  await press(page, 'Przywróć tę wersję');
  await press(dialog, 'Przywróć tę wersję');
  await see(page, 'Wersja 3');
  expect(await own.site.api.getEarningBase({ params })).toMatchObject({ kinds: ['goods', 'service'], version: 3 });
  expect(await axeFindings(page)).toEqual([]);
}));

it('a rule tells what is planned for it, and going back now says which planned version it withdraws', () => own.asOwner(async (page) => {
  const { items: [running] } = await own.site.api.listRules({ params });
  const rule = { ...params, rule: running!.id };
  const { definition } = running!.current!;
  const { revision } = await own.site.api.changeRule({ params: rule, body: { revision: running!.revision, definition: { ...definition, name: 'Hojniej wiosną' } } });
  await own.site.api.publishRule({ params: rule, body: { revision, inForceFrom: new Date(Date.now() + 30 * 86_400_000).toISOString() } });
  await page.goto(panel(`/rules/${running!.id}`));
  await page.getByRole('heading', { name: 'Działa teraz' }).waitFor();
  await page.getByRole('heading', { name: /^Zacznie działać / }).waitFor();
  await see(page, 'zaplanowana');
  await press(page, 'Przywróć tę wersję');
  const dialog = page.getByRole('dialog');
  await see(dialog, /^Wersja 2, zaplanowana na .*, nie wejdzie już w życie\.$/);
  await press(dialog, 'Przywróć tę wersję');
  await see(page, 'zastąpiła ją wersja 3');
  await page.getByRole('heading', { name: /^Zacznie działać / }).waitFor({ state: 'detached' });
  expect(await own.site.api.getRule({ params: rule })).toMatchObject({ current: { version: 3, definition: { name: definition.name } }, versions: [{}, { withdrawnBy: 3 }, {}] });
  expect(await axeFindings(page)).toEqual([]);
}));

it('a rule saved and published from its form at once, which the program must announce first, is said not to be published, and its draft is kept', () => own.asOwner(async (page) => {
  const { items: [running] } = await own.site.api.listRules({ params });
  await page.goto(panel(`/rules/${running!.id}/edit`));
  await page.getByLabel('Za każde wydane').fill('50');
  await press(page, 'Zapisz i opublikuj');
  await see(page, /a program zapowiada takie zmiany 14\sdni wcześniej.*Wybierz dzień nie wcześniejszy niż/);
  await page.getByRole('heading', { name: 'Po publikacji' }).waitFor();
  const rule = { ...params, rule: running!.id };
  const { draft, revision } = await own.site.api.getRule({ params: rule });
  expect(draft).toMatchObject({ effect: { perMinor: 5_000 } });
  await own.site.api.discardRule({ params: rule, body: { revision } });
}, { mayFault: true }));

it('a rule is stopped from a day that keeps the notice, which its page tells and calls off; at once only with open eyes', () => own.asOwner(async (page) => {
  const { items: [running] } = await own.site.api.listRules({ params });
  const made = await own.site.api.createRule({ params, body: { definition: { ...running!.current!.definition, name: 'Na lato' } } });
  const rule = { ...params, rule: made.id };
  await own.site.api.publishRule({ params: rule, body: { revision: made.revision } });
  await page.goto(panel(`/rules/${made.id}`));
  await press(page, 'Zakończ na zawsze');
  const dialog = page.getByRole('dialog');
  const action = (name: string) => dialog.getByRole('button', { name, exact: true });
  await see(dialog, /Ta zmiana może pogorszyć warunki uczestników: co daje\. Program zapowiada takie zmiany 14 dni wcześniej/);
  expect(await action('Zakończ na zawsze').isDisabled()).toBe(true);
  await press(dialog, /^Wybierz \d/);
  expect(await axeFindings(page)).toEqual([]);
  await press(dialog, 'Zakończ na zawsze');
  await see(page, /^Zakończy się /);
  expect(await own.site.api.getRule({ params: rule })).toMatchObject({ state: 'active', stop: { step: 'end' } });
  expect(await axeFindings(page)).toEqual([]);
  await press(page, 'Odwołaj zatrzymanie');
  await press(dialog, 'Odwołaj zatrzymanie');
  await see(page, 'Zatrzymanie odwołane, zasada działa dalej');
  await press(page, 'Wstrzymaj');
  expect(await action('Wstrzymaj').isDisabled()).toBe(true);
  await dialog.getByLabel('Wstrzymuję mimo krótszego terminu').check();
  await press(dialog, 'Wstrzymaj');
  await see(page, 'Zasada wstrzymana');
  expect(await own.site.api.getRule({ params: rule })).toMatchObject({ state: 'paused', stop: null });
}));

it('a ladder is published with open eyes, its versions tell what changed, and one waits for a second person', () => own.asOwner(async (page) => {
  const level = (code: string, pl: string, threshold: number) => ({ code, pl, en: pl, plTo: null, color: '#8a5a33', threshold, keep: null, benefits: [] });
  const ladder = (gold: number) => ({ levels: [level('brazowy', 'Brązowy', 0), level('zloty', 'Złoty', gold)], measure: { kind: 'spent' as const }, period: { kind: 'calendar' as const, unit: 'year' as const }, promotion: 'atOnce' as const, lasts: 'nextPeriod' as const, demotion: 'toMeasure' as const, graceDays: 0, returns: 'takeLevel' as const });
  await own.site.api.createMember({ params, body: { firstName: 'Anna', card: 'LIPA-1', termsVersion: 1 } });
  const { revision: first } = await own.site.api.changeTiers({ params, body: { revision: (await own.site.api.getTiers({ params })).revision, definition: ladder(100_000) } });
  const { versions } = await own.site.api.publishTiers({ params, body: { revision: first, despiteNotice: true } });
  await page.goto(panel('/tiers'));
  await page.getByLabel('Próg', { exact: true }).nth(1).fill('2000');
  await see(page, 'próg poziomu Złoty');
  await see(page, /^Kogo to dziś dotyczy: \d+\sosób\.$/);
  await press(page, 'Zapisz szkic');
  await see(page, 'Szkic zapisany');
  await press(page, 'Opublikuj');
  const dialog = page.getByRole('dialog');
  await see(dialog, /Ta zmiana może pogorszyć warunki uczestników: próg poziomu Złoty\./);
  expect(await dialog.getByRole('button', { name: 'Opublikuj' }).isDisabled()).toBe(true);
  await dialog.getByLabel('Publikuję mimo krótszego terminu').check();
  await press(dialog, 'Opublikuj');
  await see(page, 'Poziomy opublikowane. Przeliczamy wszystkich.');
  await see(page, `Wersja ${versions.length + 1}`);
  await own.site.api.changeProgram({ params, body: { secondPerson: true } });
  await page.reload();
  await press(page, 'Przywróć tę wersję');
  await press(dialog, 'Przywróć tę wersję');
  await see(page, 'Publikacja czeka na drugą osobę');
  expect((await own.site.api.getTiers({ params })).current!.definition).toEqual(ladder(200_000));
  await press(page, 'Wycofaj zgłoszenie');
  await see(page, 'Zgłoszenia już nie ma, wszystko zostaje, jak było.');
  await own.site.api.changeProgram({ params, body: { secondPerson: false } });
  expect(await axeFindings(page)).toEqual([]);
}));

it('a repair of points waits for a second person, with the reason that members will read', () => own.asOwner(async (page) => {
  const anna = await own.site.api.createMember({ params, body: { firstName: 'Anna', card: 'LIPA-2', termsVersion: 1 } });
  await own.site.api.recordTransaction({ params, body: { source: 'kasa-1', externalId: 'NAPRAWA-1', kind: 'sale', occurredAt: new Date().toISOString(), totalMinor: 10_000, member: { id: anna.id } } });
  const rule = (await own.site.api.listRules({ params })).items.find((one) => one.current?.definition.effect.kind === 'perAmount')!;
  await own.site.api.changeRule({ params: { ...params, rule: rule.id }, body: { revision: rule.revision, definition: { ...rule.current!.definition, effect: { kind: 'perAmount', points: 3, perMinor: 100, rounding: 'down', per: 'transaction' } } } });
  const repair = await addRepair(own.site, rule.id);
  const read = () => own.site.api.getRepair({ params: { ...params, repair } });
  await own.site.api.changeProgram({ params, body: { secondPerson: true } });
  await page.goto(panel(`/repairs/${repair}`));
  await press(page, 'Zaksięguj różnice');
  const dialog = page.getByRole('dialog');
  await see(dialog, 'Zatwierdzi ją druga osoba.');
  await dialog.getByLabel('Powód').fill('Liczyliśmy za mało');
  await press(dialog, 'Zaksięguj różnice');
  await see(page, 'Zgłoszone. Teraz zatwierdzić musi druga osoba.');
  await see(page, 'Zaksięgowanie czeka na drugą osobę');
  await see(page, /Powód: Liczyliśmy za mało/);
  await page.getByRole('button', { name: 'Zaksięguj różnice' }).waitFor({ state: 'detached' });
  expect(await axeFindings(page)).toEqual([]);
  expect(await page.getByRole('button', { name: 'Zatwierdź' }).count()).toBe(0);
  expect(await read()).toMatchObject({ state: 'ready', booked: null });
  await press(page, 'Wycofaj zgłoszenie');
  await see(page, 'Zgłoszenia już nie ma, naprawa zostaje, jaka jest.');
  expect(await read()).toMatchObject({ state: 'ready', proposal: null });
  await own.site.api.changeProgram({ params, body: { secondPerson: false } });
}));

it('a threshold waits for a second person before it gives anything, and its page says for whom', () => own.asOwner(async (page) => {
  const { id } = await own.site.api.createGoal({ params, body: { definition: { kind: 'threshold', name: 'Sto punktów', description: null, measure: { kind: 'points', wallet: 'punkty' }, at: 100, repeats: false, since: null, onReturn: 'takeBack', reward: { points: { wallet: 'punkty', points: 50 }, badge: null, coupon: null } } } });
  await own.site.api.changeProgram({ params, body: { secondPerson: true } });
  await page.goto(panel(`/goals/of/${id}`));
  await press(page, 'Opublikuj');
  const dialog = page.getByRole('dialog');
  await see(dialog, /Zadziała, gdy zgodzi się druga osoba\./);
  await press(dialog, 'Opublikuj');
  await see(page, 'Zgłoszone. Teraz zatwierdzić musi druga osoba.');
  await see(page, 'Publikacja czeka na drugą osobę');
  await page.getByRole('button', { name: 'Opublikuj' }).waitFor({ state: 'detached' });
  expect(await axeFindings(page)).toEqual([]);
  expect(await page.getByRole('button', { name: 'Zatwierdź' }).count()).toBe(0);
  await press(page, 'Wycofaj zgłoszenie');
  await see(page, 'Zgłoszenia już nie ma, wszystko zostaje, jak było.');
  expect(await own.site.api.getGoal({ params: { ...params, goal: id } })).toMatchObject({ state: 'draft', proposal: null });
  await own.site.api.changeProgram({ params, body: { secondPerson: false } });
}));

it('a running challenge is made harder with notice: its form and page tell what members lose, the end is planned and called off', () => own.asOwner(async (page) => {
  const definition = { kind: 'challenge' as const, name: 'Trzy kawy', description: null, onReturn: 'takeBack' as const, reward: { points: { wallet: 'punkty', points: 50 }, badge: null, coupon: null }, when: null, lines: null, task: { kind: 'count' as const, of: 'documents' as const, target: 3 }, window: { kind: 'month' as const, from: '2026-01-01', until: null } };
  const made = await own.site.api.createGoal({ params, body: { definition } });
  const at = { ...params, goal: made.id };
  await own.site.api.publishGoal({ params: at, body: { revision: 1 } });
  await page.goto(panel(`/goals/of/${made.id}/edit`));
  const changes = page.getByRole('region', { name: 'Co się zmieni' });
  await see(changes, 'Szkic nie różni się od obecnej wersji.');
  await page.getByLabel('Ile', { exact: true }).fill('6');
  await see(changes, /było: 3\szakupy → będzie: 6\szakupów/);
  await see(changes, /może pogorszyć warunki uczestników: co trzeba zrobić\. Program zapowiada takie zmiany 14 dni wcześniej/);
  expect(await axeFindings(page)).toEqual([]);
  await press(page, 'Zapisz szkic');
  await see(page, 'Szkic zapisany');
  await see(changes, /było: 3\szakupy → będzie: 6\szakupów/);
  await press(page, 'Opublikuj');
  const dialog = page.getByRole('dialog');
  expect(await dialog.getByRole('button', { name: 'Opublikuj' }).isDisabled()).toBe(true);
  await press(dialog, /^Wybierz /);
  await press(dialog, 'Opublikuj');
  await see(page, 'Zaplanowane. Do tego dnia liczymy jak dotąd.');
  await see(page, /Zacznie działać/);
  expect(await own.site.api.getGoal({ params: at })).toMatchObject({ current: { version: 1 }, draft: null, versions: [{}, { version: 2, withdrawnBy: null }] });
  await press(page, 'Zakończ na zawsze');
  await see(dialog, /Ta zmiana może pogorszyć warunki uczestników: co daje\./);
  await press(dialog, /^Wybierz /);
  await press(dialog, 'Zakończ na zawsze');
  await see(page, 'Do tego dnia wszystko liczy się jak dotąd.');
  expect(await axeFindings(page)).toEqual([]);
  await press(page, 'Odwołaj zakończenie');
  await see(page, 'Zakończenie odwołane, wszystko liczy się dalej');
  expect(await own.site.api.getGoal({ params: at })).toMatchObject({ state: 'active', endsAt: null });
}));

it('a challenge tells what it gives now and what its draft will, and an older version comes back as a new one', () => own.asOwner(async (page) => {
  const giving = (points: number) => ({ kind: 'challenge' as const, name: 'Dwie kawy', description: null, onReturn: 'takeBack' as const, reward: { points: { wallet: 'punkty', points }, badge: null, coupon: null }, when: null, lines: null, task: { kind: 'count' as const, of: 'documents' as const, target: 2 }, window: { kind: 'month' as const, from: '2026-01-01', until: null } });
  const made = await own.site.api.createGoal({ params, body: { definition: giving(50) } });
  const at = { ...params, goal: made.id };
  await own.site.api.publishGoal({ params: at, body: { revision: 1 } });
  const { revision } = await own.site.api.changeGoal({ params: at, body: { revision: 2, definition: giving(80) } });
  await page.goto(panel(`/goals/of/${made.id}`));
  const card = (title: string) => page.locator('section', { has: page.getByRole('heading', { name: title, exact: true }) });
  await see(card('Tak liczy się teraz'), /Daje: 50\spunktów/);
  await see(card('Po publikacji'), /Daje: 80\spunktów/);
  expect(await axeFindings(page)).toEqual([]);
  await own.site.api.publishGoal({ params: at, body: { revision } });
  await page.reload();
  await see(card('Tak liczy się teraz'), /Daje: 80\spunktów/);
  await press(page, 'Przywróć tę wersję');
  const dialog = page.getByRole('dialog');
  const action = dialog.getByRole('button', { name: 'Przywróć tę wersję' });
  await see(dialog, /Ta zmiana może pogorszyć warunki uczestników: punkty w nagrodę\./);
  expect(await action.isDisabled()).toBe(true);
  await dialog.getByLabel('Publikuję mimo krótszego terminu').check();
  expect(await axeFindings(page)).toEqual([]);
  await press(dialog, 'Przywróć tę wersję');
  await see(page, 'Wcześniejsza wersja działa znowu.');
  await see(page, 'Wersja 3');
  await see(card('Tak liczy się teraz'), /Daje: 50\spunktów/);
  expect(await own.site.api.getGoal({ params: at })).toMatchObject({ current: { version: 3, definition: { reward: { points: { points: 50 } } } } });
}));

it('codes of a set are drafted, published with open eyes where a rule loses by it, and an older version comes back', () => own.asOwner(async (page) => {
  const made = await own.site.api.createProductSet({ params, body: { name: 'Kawy', codes: ['A', 'B'] } });
  const { items: [running] } = await own.site.api.listRules({ params });
  const rule = await own.site.api.createRule({ params, body: { definition: { ...running!.current!.definition, name: 'Za kawy', lines: { attribute: 'line.sku', operator: 'inSet', value: 'Kawy' } } } });
  await own.site.api.publishRule({ params: { ...params, rule: rule.id }, body: { revision: rule.revision } });
  const read = () => own.site.api.getProductSet({ params: { ...params, set: made.id } });
  await page.goto(panel('/product-sets'));
  await press(page, 'Zmień kody: Kawy');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Kody towarów').fill('B\nC');
  await press(dialog, 'Zapisz szkic');
  await see(page, 'Szkic zapisany: 2 kody. Działa to, co było.');
  await see(page, 'kody, które odchodzą');
  expect(await read()).toMatchObject({ version: 1, draft: { size: 2 } });
  await press(page, 'Opublikuj: Kawy');
  await see(dialog, /Ta zmiana może pogorszyć warunki uczestników: kody, które odchodzą\./);
  expect(await dialog.getByRole('button', { name: 'Opublikuj' }).isDisabled()).toBe(true);
  await dialog.getByLabel('Publikuję mimo krótszego terminu').check();
  await press(dialog, 'Opublikuj');
  await see(page, 'Kody opublikowane');
  await press(page, 'Wersje: Kawy');
  await see(page, 'Wersja 2');
  expect(await axeFindings(page)).toEqual([]);
  await press(page, 'Przywróć tę wersję');
  await dialog.getByLabel('Publikuję mimo krótszego terminu').check();
  await press(dialog, 'Przywróć tę wersję');
  await see(page, 'Wcześniejsza wersja działa znowu.');
  expect(await read()).toMatchObject({ version: 3, size: 2, draft: null });
}));

it('codes that are read again while they are being published are not compared with a draft that is gone', () => own.asOwner(async (page) => {
  const { id } = await own.site.api.createProductSet({ params, body: { name: 'Herbaty', codes: ['A', 'B'] } });
  await own.site.api.changeProductSet({ params: { ...params, set: id }, body: { revision: 1, codes: ['B', 'C'] } });
  await page.goto(panel('/product-sets'));
  const dialog = page.getByRole('dialog');
  await page.route('**/publish', async (route) => {
    const answer = await route.fetch();
    // Whoever comes back to the page after a while has it read again, before the answer to the publication is there.
    await Promise.all([
      page.waitForResponse((one) => one.url().endsWith('/product-sets')),
      page.evaluate(() => { const now = Date.now; Date.now = () => now() + 60_000; document.dispatchEvent(new Event('visibilitychange', { bubbles: true })); }),
    ]);
    await see(page, '2 kody · Wersja 2');
    await route.fulfill({ response: answer });
  });
  await press(page, 'Opublikuj: Herbaty');
  await press(dialog, 'Opublikuj');
  await see(page, 'Kody opublikowane');
  await page.unroute('**/publish');
}));

it('a draft of a rule that was never published goes whole and comes back with one press; it offers no repair', () => own.asOwner(async (page, { faults }) => {
  const { items: [running] } = await own.site.api.listRules({ params });
  const { id } = await own.site.api.createRule({ params, body: { definition: { ...running!.current!.definition, name: 'Na próbę' } } });
  await page.goto(panel(`/rules/${id}`));
  await see(page, 'Ta zasada jeszcze nie działa');
  expect(await page.getByRole('link', { name: 'Naprawa punktów' }).count()).toBe(0);
  await press(page, 'Wyrzuć szkic');
  await see(page, /Zasada wyrzucona/);
  await page.getByRole('heading', { name: 'Zasady', level: 1 }).waitFor();
  expect((await own.site.api.listRules({ params })).items.map((one) => one.name)).not.toContain('Na próbę');
  await press(page, 'Cofnij');
  await page.getByRole('heading', { name: 'Na próbę', level: 1 }).waitFor();
  expect((await own.site.api.listRules({ params })).items.find((one) => one.name === 'Na próbę')).toMatchObject({ state: 'draft' });
  expect(faults().filter((one) => !one.includes('404'))).toEqual([]);
}, { mayFault: true }));

it('a category typed in another case is told to be in no document, and one press takes the right one', () => own.asOwner(async (page) => {
  await own.site.api.recordTransaction({ params, body: { source: 'kasa-1', externalId: 'PIS-1', kind: 'sale', occurredAt: new Date().toISOString(), totalMinor: 1_000, lines: [{ lineId: '1', amountMinor: 1_000, category: 'Kawa mrożona' }] } });
  await page.goto(panel('/rules/new'));
  const lines = page.locator('section').filter({ hasText: 'Które pozycje' });
  await press(lines, 'Dodaj warunek');
  await lines.getByLabel('Co sprawdzić').first().click();
  await page.getByRole('option', { name: 'kategoria', exact: true }).click();
  const value = lines.locator('input').and(lines.getByLabel('Wartość', { exact: true }));
  await value.fill('kawa mrozona');
  await see(lines, 'W dokumentach jest „Kawa mrożona”, a nie „kawa mrozona”.');
  await press(lines, 'Weź „Kawa mrożona”');
  await expect.poll(() => value.inputValue()).toBe('Kawa mrożona');
  await lines.getByText('W dokumentach jest').waitFor({ state: 'detached' });
}));
