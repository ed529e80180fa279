import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { press, see } from './site/journey.ts';
import { ownSite } from './site/own-site.ts';
import { PROGRAM } from './site/start-site.ts';

const params = { program: PROGRAM };
const panel = (path: string) => `/panel/${PROGRAM}${path}`;
const own = ownSite();
const asOwner = (work: (page: Page) => Promise<void>) => own.asOwner(work, { mayFault: true });

const OUTRUN = 'Ktoś zapisał tu w międzyczasie inną wersję';

/** Goes to another window and comes back a minute later: the page reads anew whatever it shows. */
async function comeBack(page: Page, path: RegExp): Promise<void> {
  await Promise.all([
    page.waitForResponse((one) => path.test(one.url()) && one.request().method() === 'GET'),
    page.evaluate(() => { const now = Date.now; Date.now = () => now() + 60_000; document.dispatchEvent(new Event('visibilitychange', { bubbles: true })); }),
  ]);
}

const points = (name: string) => ({ wallet: 'punkty', when: null, lines: null, schedule: { from: null, until: null }, priority: 100, exclusiveGroup: null, caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' as const }, pendingDays: null, name, effect: { kind: 'fixed' as const, points: 5 } });
const newRule = async (name: string) => {
  const { id, revision } = await own.site.api.createRule({ params, body: { definition: points(name) } });
  return { id, saveByAnother: (other: string) => own.site.api.changeRule({ params: { ...params, rule: id }, body: { revision, definition: points(other) } }), read: async () => (await own.site.api.getRule({ params: { ...params, rule: id } })).draft?.name };
};

describe('while a form is open, somebody else saves the same', () => {
  it('a rule is not saved over theirs, though the page has read theirs meanwhile; loaded anew it is', () => asOwner(async (page) => {
    const rule = await newRule('Kawa w deszczu');
    await page.goto(panel(`/rules/${rule.id}/edit`));
    const name = page.getByLabel('Nazwa', { exact: true });
    await name.fill('Kawa w słońcu');
    await rule.saveByAnother('Kawa we mgle');
    await comeBack(page, new RegExp(rule.id));
    await see(page, OUTRUN);
    expect(await name.inputValue()).toBe('Kawa w słońcu');
    for (const save of ['Zapisz i opublikuj', 'Zapisz szkic', 'Zapisz szkic i sprawdź na historii']) await page.getByRole('button', { name: save, exact: true, disabled: true }).waitFor();
    await name.press('Enter');
    expect(await rule.read()).toBe('Kawa we mgle');
    await press(page, 'Wczytaj obecną wersję');
    expect(await name.inputValue()).toBe('Kawa we mgle');
    await page.locator('input:focus').and(name).waitFor();
    await name.fill('Kawa w śniegu');
    await press(page, 'Zapisz szkic');
    await see(page, 'Szkic zapisany');
    expect(await rule.read()).toBe('Kawa w śniegu');
  }));

  it('a refusal that comes first leads to the present version too', () => asOwner(async (page) => {
    const rule = await newRule('Herbata w deszczu');
    await page.goto(panel(`/rules/${rule.id}/edit`));
    await page.getByLabel('Nazwa', { exact: true }).fill('Herbata w słońcu');
    await rule.saveByAnother('Herbata we mgle');
    await press(page, 'Zapisz szkic');
    await see(page, OUTRUN);
    // The button that was pressed is off now, and the notice may stand far from it.
    await page.locator('[role=alert]:focus', { hasText: OUTRUN }).waitFor();
    await press(page, 'Wczytaj obecną wersję');
    expect(await page.getByLabel('Nazwa', { exact: true }).inputValue()).toBe('Herbata we mgle');
    await press(page, 'Cofnij');
    await see(page, OUTRUN);
    expect(await page.getByLabel('Nazwa', { exact: true }).inputValue()).toBe('Herbata w słońcu');
  }));

  it('a form in which nothing was typed shows theirs', () => own.asOwner(async (page) => {
    const rule = await newRule('Kakao w deszczu');
    await page.goto(panel(`/rules/${rule.id}/edit`));
    await page.getByLabel('Nazwa', { exact: true }).waitFor();
    await rule.saveByAnother('Kakao we mgle');
    await comeBack(page, new RegExp(rule.id));
    await expect.poll(() => page.getByLabel('Nazwa', { exact: true }).inputValue()).toBe('Kakao we mgle');
    expect(await page.getByText(OUTRUN).count()).toBe(0);
  }));

  it('levels that are being typed stay typed', () => own.asOwner(async (page) => {
    await page.goto(panel('/tiers'));
    await press(page, 'Ułóż poziomy');
    const name = page.getByRole('textbox').first();
    await name.fill('Miedziany');
    const level = (code: string, threshold: number) => ({ code, pl: code, en: code, plTo: null, color: '#8a5a33', threshold, keep: null, benefits: [] });
    await own.site.api.changeTiers({ params, body: { revision: 0, definition: { levels: [level('cynowy', 0), level('zloty', 50_000)], measure: { kind: 'spent' }, period: { kind: 'calendar', unit: 'year' }, promotion: 'atOnce', lasts: 'nextPeriod', demotion: 'oneLevel', graceDays: 14, returns: 'takeLevel' } } });
    await comeBack(page, /\/tiers$/);
    await see(page, OUTRUN);
    expect(await name.inputValue()).toBe('Miedziany');
    await press(page, 'Wczytaj obecną wersję');
    expect(await name.inputValue()).toBe('cynowy');
    await name.fill('Cynowy');
    await press(page, 'Zapisz szkic');
    await see(page, 'Szkic zapisany');
    expect((await own.site.api.getTiers({ params })).draft?.levels[0]?.pl).toBe('Cynowy');
    expect(await page.getByText(OUTRUN).count()).toBe(0);
  }));
});

it('pieces of a reward that are ordered while its description is typed stay ordered', () => own.asOwner(async (page) => {
  const { id: member } = await own.site.api.createMember({ params, body: { firstName: 'Hanna', card: 'DWIE-1', termsVersion: 1 } });
  await own.site.api.adjustPoints({ params: { ...params, member }, body: { points: 100, reason: 'Na start' } });
  const { id } = await own.site.api.createReward({ params, body: { name: 'Kubek', pricePoints: 10, stockLeft: 5 } });
  await page.goto(panel(`/rewards/${id}`));
  await page.getByLabel('Opis').fill('Z lipą na uchu');
  await own.site.api.placeOrder({ params, body: { member: { id: member }, lines: [{ reward: id, quantity: 3 }] } });
  await comeBack(page, new RegExp(id));
  await press(page, 'Zapisz nagrodę');
  await see(page, 'Nagroda zapisana');
  expect(await own.site.api.getReward({ params: { ...params, reward: id } })).toMatchObject({ description: 'Z lipą na uchu', stockLeft: 2 });
}));

it('settings that were not touched keep what another person chose meanwhile', () => own.asOwner(async (page) => {
  await page.goto(panel('/settings/program'));
  const name = page.getByLabel('Nazwa programu');
  await name.fill('Kawiarnia Pod Dwiema Lipami');
  await own.site.api.changeProgram({ params, body: { secondPerson: true } });
  await press(page, 'Zapisz');
  await see(page, 'Zapisano');
  expect(await own.site.api.getProgram({ params })).toMatchObject({ name: 'Kawiarnia Pod Dwiema Lipami', secondPerson: true });
  expect(await page.getByRole('switch').first().isChecked()).toBe(true);
  await own.site.api.changeProgram({ params, body: { secondPerson: false } });
}));

it('what the counter corrected stays when a member saves something else of the profile', async () => {
  const { id } = await own.site.api.createMember({ params, body: { firstName: 'Hanna', lastName: 'Dawna', email: 'hanna.dawna@poczta.example', phone: '607111222', termsVersion: 1 } });
  await own.asMember(id, async (page) => {
    await page.goto(`/p/${PROGRAM}/profile`);
    await press(page, 'Zmień dane');
    await page.getByLabel('Telefon', { exact: true }).fill('607 111 333');
    await own.site.api.changeMember({ params: { ...params, member: id }, body: { lastName: 'Nowa' } });
    await press(page, 'Zapisz');
    await see(page, 'Hanna Nowa');
  });
  expect(await own.site.api.getMember({ params: { ...params, member: id } })).toMatchObject({ lastName: 'Nowa', phone: '+48607111333' });
});

it('the list of rules tells what a rule gives now and that its change waits for a second person, who keeps the focus in the page after approving', () => own.asOwner(async (page) => {
  const { items: [running] } = await own.site.api.listRules({ params });
  const { definition } = running!.current!;
  await own.site.api.changeProgram({ params, body: { secondPerson: true } });
  const { revision } = await own.site.api.changeRule({ params: { ...params, rule: running!.id }, body: { revision: running!.revision, definition: { ...definition, effect: { kind: 'perAmount', points: 3, perMinor: 100, rounding: 'down', per: 'transaction' } } } });
  await own.site.api.publishRule({ params: { ...params, rule: running!.id }, body: { revision } });
  await page.goto(panel('/rules'));
  await see(page, 'czeka na drugą osobę');
  await see(page, '1 punkt za każdą złotówkę.');
  expect(await page.getByText('3 punkty za każdą złotówkę.').count()).toBe(0);
  await page.goto(panel(`/rules/${running!.id}`));
  await page.getByRole('button', { name: 'Zatwierdź' }).focus();
  await page.keyboard.press('Enter');
  await see(page, 'Zatwierdzone');
  await page.getByRole('button', { name: 'Zatwierdź' }).waitFor({ state: 'detached' });
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('content');
  await own.site.api.changeProgram({ params, body: { secondPerson: false } });
}));

it('a dialog that closes over a page from which its own button has gone leaves the focus in that page', () => own.asOwner(async (page) => {
  const { id } = await own.site.api.createReward({ params, body: { name: 'Filiżanka', pricePoints: 10 } });
  const { id: member } = await own.site.api.createMember({ params, body: { firstName: 'Hanna', card: 'DWIE-2', termsVersion: 1 } });
  await own.site.api.adjustPoints({ params: { ...params, member }, body: { points: 100, reason: 'Na start' } });
  const { order } = await own.site.api.placeOrder({ params, body: { member: { id: member }, lines: [{ reward: id, quantity: 1 }] } });
  await page.goto(panel(`/orders/${order.id}`));
  await page.getByRole('button', { name: /^Anuluj/ }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /^Anuluj/ }).last().focus();
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
}));

it('what waits for another person stands on the first page of whoever may agree, with the way there, and not on that of who proposed it', () => own.asOwner(async (page) => {
  const { api } = own.site;
  const { items: [rule] } = await api.listRules({ params });
  const of = { ...params, rule: rule!.id };
  await api.changeProgram({ params, body: { secondPerson: true } });
  const { revision } = await api.changeRule({ params: of, body: { revision: rule!.revision, definition: { ...rule!.current!.definition, name: 'Hojniej latem' } } });
  await api.publishRule({ params: of, body: { revision, despiteNotice: true } });
  const segment = await api.createSegment({ params, body: { name: 'Nowi', condition: { attribute: 'history.salesCount', operator: 'atLeast', value: 2 } } });
  const changed = await api.changeSegment({ params: { ...params, segment: segment.id }, body: { revision: segment.revision, condition: { attribute: 'history.salesCount', operator: 'atLeast', value: 5 } } });
  await api.publishSegment({ params: { ...params, segment: segment.id }, body: { revision: changed.revision, despiteNotice: true } });
  await page.goto(panel('/today'));
  const waiting = page.getByRole('alert').filter({ hasText: 'Czekają na Twoją zgodę' });
  await waiting.getByRole('link', { name: 'Segment „Nowi”' }).waitFor();
  await waiting.getByRole('link', { name: /^Zasada „/ }).click();
  await press(page, 'Zatwierdź');
  await see(page, 'Zatwierdzone');
  await page.goto(panel('/today'));
  await waiting.getByRole('link', { name: 'Segment „Nowi”' }).waitFor();
  expect(await waiting.getByRole('link').count()).toBe(1);
  // What one proposes oneself waits for others.
  const list = await api.listSegments({ params });
  const answer = await api.declineSegment({ params: { ...params, segment: segment.id }, body: { revision: list.items.find((one) => one.id === segment.id)!.revision } });
  await page.goto(panel(`/segments/${segment.id}`));
  await press(page, 'Opublikuj');
  await press(page.getByRole('dialog'), 'Opublikuj');
  await see(page, /^Zgłoszone\./);
  expect((await api.getSegment({ params: { ...params, segment: segment.id } })).revision).toBeGreaterThan(answer.revision);
  await page.goto(panel('/today'));
  await page.getByRole('heading', { name: 'Ostatnie 30 dni' }).waitFor();
  await page.waitForLoadState('networkidle');
  expect(await waiting.count()).toBe(0);
  await api.changeProgram({ params, body: { secondPerson: false } });
}));
