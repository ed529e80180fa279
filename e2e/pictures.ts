// node tools/run.mjs e2e/pictures.ts: takes the README's pictures from the demo café of a new installation. Best by day: its sales are of the last hours.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type Client } from '@wracam/sdk';
import { projectRoot } from '@wracam/server/platform/project-root';
import type { Browser, Page } from 'playwright-core';
import { DESKTOP, openVisitor, PHONE, startBrowser } from './site/browser.ts';
import { freePort } from './site/free-port.ts';

const START_MAX_MS = 300_000;
const HOUR_MS = 3_600_000;
const SALES_TODAY = 187;
const REWARDS_TODAY = 11;
const NEW_TODAY = ['Marta', 'Kacper', 'Oliwia', 'Janusz'];
/** A guest whose page has something to tell: enough for a reward or two, not for all of them. */
const POINTS = { from: 350, to: 650 };

/** Pages of the organiser's guide. */
const GUIDE = [['/events', 'zdarzenia'], ['/goals', 'progi-i-wyzwania'], ['/tiers', 'poziomy'], ['/wallets', 'portfele']] as const;

type Installation = { readonly url: string; readonly program: string; readonly signInUrl: string; readonly api: Client; readonly stop: () => Promise<void> };

const images = path.join(projectRoot(), 'docs', 'images');
await mkdir(images, { recursive: true });
const cafe = await startCafe();
const browser = await startBrowser();
try {
  const guests = await sellToday(cafe);
  await takePanel(browser, cafe, guests);
  await takePortal(browser, cafe, guests);
} finally {
  await browser.close();
  await cafe.stop();
}

async function startCafe(): Promise<Installation> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'wracam-pictures-'));
  await chmod(dataDir, 0o755); // as root the database runs as another user, who must be able to enter
  const port = await freePort();
  const server = spawn('sh', ['cli/bin/wracam.mjs', 'start'], { cwd: projectRoot(), stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, WRACAM_DATA: dataDir, PORT: String(port), WRACAM_DEMO: 'cafe', WRACAM_PUBLIC_URL: `http://127.0.0.1:${port}` } });
  const stop = async () => {
    await endOf(server);
    await rm(dataDir, { recursive: true, force: true });
  };
  const file = path.join(dataDir, 'first-run.json');
  for (const until = Date.now() + START_MAX_MS; !existsSync(file); await sleep(500)) {
    if (Date.now() < until && server.exitCode === null) continue;
    await stop();
    throw new Error('The demo café did not start.');
  }
  const { apiUrl, apiKey, program, signInUrl } = JSON.parse(readFileSync(file, 'utf8')) as Record<'apiUrl' | 'apiKey' | 'program' | 'signInUrl', string>;
  return { url: `http://127.0.0.1:${port}`, program, signInUrl, stop, api: createClient({ baseUrl: apiUrl, apiKey }) };
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

type Guest = { readonly id: string; readonly name: string; readonly points: number };

/** The demo ends yesterday, so today is sold here. Gives the guests whose pages are worth a picture. */
async function sellToday({ api, program }: Installation): Promise<Guest[]> {
  const params = { program };
  const known = (await api.listMembers({ params, query: { limit: 100, state: 'active' } })).items.map(({ id, name, balances }) => ({ id, name: name ?? '', points: balances[0]?.available ?? 0 }));
  const [chosen, others] = [known.filter(isWorthAPicture), known.filter((guest) => !isWorthAPicture(guest))];
  const menu = [['Cappuccino', 'kawa', 1_650], ['Flat white', 'kawa', 1_750], ['Sernik', 'ciasta', 1_900], ['Jajecznica', 'śniadania', 2_800], ['Lemoniada', 'napoje', 1_500]] as const;
  const now = Date.now();
  const transactions = Array.from({ length: SALES_TODAY }, (_, at) => {
    const lines = menu.filter((_dish, place) => (at * 7 + place * 3) % 5 < 2).map(([name, category, amountMinor], place) => ({ lineId: String(place + 1), name, category, amountMinor }));
    return {
      source: 'kasa-1', externalId: `dzis-${at}`, kind: 'sale' as const, occurredAt: new Date(now - 3 * HOUR_MS + Math.floor(at * (3 * HOUR_MS) / SALES_TODAY)).toISOString(),
      member: { id: others[at % others.length]!.id }, totalMinor: lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0), lines,
    };
  });
  const { results } = await api.recordTransactions({ params, body: { transactions } });
  const refused = results.find(({ status }) => status !== 200);
  if (refused) throw new Error(`A sale of today was refused: ${JSON.stringify(refused)}`);
  for (const [at, firstName] of NEW_TODAY.entries()) await api.createMember({ params, body: { firstName, card: `LIPA-DZIS-${at}`, termsVersion: 1 } });
  const reward = (await api.listRewards({ params })).items[0]!;
  const able = others.filter(({ points }) => points >= reward.pricePoints).slice(0, REWARDS_TODAY);
  for (const { id } of able) await api.placeOrder({ params, body: { member: { id }, lines: [{ reward: reward.id, quantity: 1 }], confirm: true } });
  return chosen;
}

function isWorthAPicture({ name, points }: Guest): boolean {
  return name !== '' && points >= POINTS.from && points <= POINTS.to;
}

async function takePanel(inBrowser: Browser, { url, signInUrl, program, api }: Installation, [guest]: readonly Guest[]): Promise<void> {
  if (!guest) throw new Error('No guest of the demo has a balance worth a picture.');
  const { page } = await openVisitor(inBrowser, url, { viewport: DESKTOP });
  await page.goto(signInUrl);
  await page.getByRole('heading', { name: 'Dziś', level: 1 }).waitFor();
  const show = (at: string) => page.goto(`/panel/${program}${at}`, { waitUntil: 'networkidle' });
  await show('/today');
  await take(page, 'panel-home');
  await show(`/members/${guest.id}`);
  await take(page, 'panel-member');
  await show('/rules/new');
  await fillRule(page);
  await take(page, 'panel-rule');
  await show('/rules/new');
  await page.getByLabel('Powiedz to własnymi słowami').fill('2 pkt za 1 zł w środy na kawę, do 100 dziennie');
  await page.getByRole('button', { name: 'Ułóż zasadę' }).click();
  await page.getByText('Zrozumieliśmy to tak').waitFor();
  await take(page, 'zasada-z-jednego-zdania');
  for (const [at, name] of GUIDE) {
    await show(at);
    await take(page, name);
  }
  const target = (await api.listTargets({ params: { program } })).items[0]!;
  await show(`/targets/${target.id}`);
  await take(page, 'cele-sprzedazowe');
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  const { items } = await api.listHistory({ params: { program, member: guest.id } });
  await show(`/members/${guest.id}?why=${items.find(({ kind }) => kind === 'earn')?.id}`);
  await take(page, 'panel-why-dark');
}

async function fillRule(page: Page): Promise<void> {
  await page.getByLabel('Nazwa', { exact: true }).fill('Słodkie popołudnie');
  await page.getByRole('combobox', { name: 'Rodzaj korzyści' }).click();
  await page.getByRole('option', { name: /^Stała liczba/ }).click();
  await page.getByLabel('Ile punktów').fill('15');
  const lines = page.locator('section').filter({ hasText: 'Które pozycje liczy' });
  await lines.getByRole('button', { name: 'Dodaj warunek' }).click();
  await page.getByLabel('Co sprawdzić').first().click();
  await page.getByRole('option', { name: 'kategoria', exact: true }).click();
  await page.getByRole('combobox', { name: 'Wartość' }).fill('ciasta');
  await page.evaluate(() => window.scrollTo(0, 0));
}

async function takePortal(inBrowser: Browser, { url, program, api }: Installation, guests: readonly Guest[]): Promise<void> {
  const { page, context } = await openVisitor(inBrowser, url, { viewport: PHONE });
  const params = { program };
  for (const { id } of guests) {
    const { email } = await api.getMember({ params: { ...params, member: id } });
    if (!email) continue;
    await api.requestMemberCode({ params, body: { email } });
    const code = /\d{6}/.exec((await api.listMessages({ params })).items[0]!.subject)![0];
    await context.request.post(`/api/v1/programs/${program}/portal/code/confirm`, { data: { email, code } });
    break;
  }
  await page.goto(`/p/${program}`, { waitUntil: 'networkidle' });
  await page.getByText('Twoje saldo').waitFor();
  await take(page, 'portal-home');
  await page.goto(`/p/${program}/card`, { waitUntil: 'networkidle' });
  await take(page, 'portal-card');
}

async function take(page: Page, name: string): Promise<void> {
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
  await page.evaluate(() => { (document.activeElement as HTMLElement | null)?.blur(); }); // a ring around a field would look like a part of the page
  const picture = await page.screenshot({ path: path.join(images, `${name}.png`) });
  console.log(`${name}.png ${Math.ceil(picture.length / 1000)} kB`);
}
