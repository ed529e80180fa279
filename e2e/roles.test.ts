import { request } from 'node:http';
import { rolePermissions, type Permission, type Role } from '@wracam/contract';
import { createStaff, issueSignInLink } from '@wracam/server/modules/access/index';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { axeFindings } from './site/axe.ts';
import { fillShop } from './site/fill-shop.ts';
import { press, see } from './site/journey.ts';
import { ownSite } from './site/own-site.ts';
import { walkTo } from './site/quiet.ts';
import { PROGRAM } from './site/start-site.ts';

const params = { program: PROGRAM };
const panel = (path: string) => `/panel/${PROGRAM}${path}`;
const NOT_YOURS = 'Ta strona jest dla innej roli';

let shop: Awaited<ReturnType<typeof fillShop>>;
const own = ownSite(async ({ api }) => { shop = await fillShop(api); });

/** Signs in as somebody of this role, by a link, and walks; nothing may go wrong on the way, not even a request that is refused. */
async function as(role: Role, email: string, work: (page: Page, staff: string) => Promise<void>, options: { adjustLimit?: number; refusals?: boolean } = {}): Promise<void> {
  const id = await createStaff(own.site.deps, own.site.programId, { name: `Osoba ${role}`, email, role, adjustLimit: options.adjustLimit ?? null });
  await own.inWindow(async (page, { faults }) => {
    await page.goto(await issueSignInLink(own.site.deps, id));
    await page.getByRole('heading', { name: 'Dziś', level: 1 }).waitFor();
    await work(page, own.site.deps.publicIds.encode('stf', id));
    expect(options.refusals ? faults().filter((fault) => !fault.includes('status of 403')) : faults()).toEqual([]);
  }, { mayFault: options.refusals ?? false });
}

const PLACES = [
  ['Dziś', 'transactions.read'], ['Uczestnicy', 'members.read'], ['Sprzedaż', 'transactions.read'], ['Zasady', 'rules.read'], ['Poziomy', 'rules.read'], ['Zdarzenia', 'events.read'], ['Wyzwania', 'rules.read'],
  ['Portfele', 'settings.read'], ['Nagrody', 'rewards.read'], ['Zamówienia', 'orders.read'], ['Wiadomości', 'messages.read'], ['Ustawienia', 'settings.read'],
] as const satisfies readonly (readonly [string, Permission])[];

/** Buttons and links of a page with the permission that each needs to do anything. */
const pages = (): readonly (readonly [path: string, heading: string, acts: readonly (readonly [name: string, needs: Permission])[]])[] => [
  [`/members/${shop.members.anna}`, 'Anna Wiśniewska', [['Dodaj sprzedaż', 'transactions.write'], ['Zamów nagrodę', 'orders.write'], ['Przyznaj lub odejmij', 'points.adjust'], ['Przyznaj poziom', 'tiers.write'], ['Popraw dane', 'members.write']]],
  ['/rules', 'Zasady', [['Nowa zasada', 'rules.write'], ['Co by było, gdyby', 'reports.read'], ['Naprawa punktów', 'points.repair'], ['Zobacz i zmień', 'rules.write']]],
  ['/tiers', 'Poziomy', [['Zapisz szkic', 'rules.write'], ['Opublikuj', 'rules.write'], ['Dodaj poziom', 'rules.write']]],
  ['/wallets', 'Portfele', [['Dodaj portfel', 'settings.write'], ['Zmień portfel', 'settings.write']]],
  [`/rewards/${shop.reward}`, 'Kawa gratis', [['Zapisz nagrodę', 'rewards.write']]],
];
/** Pages that are nothing without their permission, typed by hand or kept as a bookmark. */
const closedPages = (): readonly (readonly [string, Permission])[] => [
  ['/rules/new', 'rules.write'], ['/goals/new/challenge', 'rules.write'], ['/targets/new', 'rules.write'], ['/wallets/punkty', 'settings.write'], ['/rewards/new', 'rewards.write'], ['/replays', 'reports.read'], ['/repairs', 'points.repair'], ['/messages', 'messages.read'], ['/events/types', 'events.read'],
];

describe.concurrent('each role', () => {
  it.each(['manager', 'consultant', 'cashier'] as const)('%s sees the places and buttons that are of use to it, and a kind word instead of the other pages; nothing that it may not do is even asked', (role) => as(role, `${role}.e2e@podlipa.example`, async (page) => {
    const may = (permission: Permission) => rolePermissions[role].includes(permission);
    const menu = page.getByRole('navigation', { name: 'Główne menu' }).getByRole('link');
    expect((await menu.allInnerTexts()).map((name) => name.trim())).toEqual(PLACES.filter(([, needs]) => may(needs)).map(([name]) => name));
    // One comes by each address, the others by the links between them.
    const come = (path: string) => (role === 'manager' ? page.goto(panel(path), { waitUntil: 'networkidle' }) : walkTo(page, panel(path)));
    for (const [path, heading, acts] of pages()) {
      await come(path);
      await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
      const content = page.locator('#content');
      const act = (name: string) => content.getByRole('button', { name, exact: true }).or(content.getByRole('link', { name, exact: true })).first();
      // What may be done has to come, however late its own request answers; only then is the page complete enough to say what is missing.
      for (const [name] of acts.filter(([, needs]) => may(needs))) await act(name).waitFor();
      const shown = await Promise.all(acts.map(async ([name]) => [path, name, await act(name).isVisible()] as const));
      expect(shown).toEqual(acts.map(([name, needs]) => [path, name, may(needs)]));
    }
    for (const [path] of closedPages().filter(([, needs]) => !may(needs))) {
      await come(path);
      await page.getByRole('heading', { name: NOT_YOURS, level: 1 }).waitFor();
    }
    if (role === 'manager') return;
    expect(await axeFindings(page, 'all')).toEqual([]);
    await page.getByRole('link', { name: 'Przejdź do strony Dziś' }).click();
    await page.getByRole('heading', { name: 'Dziś', level: 1 }).waitFor();
  }));
});

describe('names that are code', () => {
  it('stay words on every page of panel and portal that shows them: nothing runs, nothing is asked of anybody', async () => {
    const CODE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>{{7*7}}';
    const member = await own.site.api.createMember({ params, body: { firstName: CODE.slice(0, 60), lastName: CODE.slice(0, 80), phone: '605 999 001', termsVersion: 1 } });
    await own.site.api.adjustPoints({ params: { ...params, member: member.id }, body: { points: 500, reason: CODE } });
    const sale = await own.site.api.recordTransaction({ params, body: { source: 'kasa-1', externalId: 'XSS-1', kind: 'sale', occurredAt: new Date(Date.now() - 60_000).toISOString(), member: { id: member.id }, totalMinor: 1000, store: CODE.slice(0, 60), lines: [{ lineId: '1', name: CODE, amountMinor: 1000 }] } });
    const reward = await own.site.api.createReward({ params, body: { name: CODE.slice(0, 80), description: CODE, pricePoints: 10 } });
    const { order } = await own.site.api.placeOrder({ params, body: { member: { id: member.id }, lines: [{ reward: reward.id, quantity: 1 }], note: CODE } });
    const shown = CODE.slice(0, 36);
    const look = async (page: Page, path: string) => {
      await walkTo(page, path);
      await page.getByText(shown).locator('visible=true').first().waitFor();
      expect([path, await page.evaluate(() => Reflect.get(window, 'hacked') ?? null)]).toEqual([path, null]);
    };
    await as('manager', 'kod.e2e@podlipa.example', async (page) => {
      for (const path of ['/members', `/members/${member.id}`, `/transactions/${sale.transaction.id}`, '/rewards', `/rewards/${reward.id}`, `/orders/${order.id}`]) await look(page, panel(path));
    });
    await own.asMember(member.id, async (page) => {
      for (const path of ['', '/rewards', '/history']) await look(page, `/p/${PROGRAM}${path}`);
    });
  });
});

describe('what somebody may not do', () => {
  it('is refused in words: more points than the own limit, and the role that was taken away while the page stood open', async () => {
    await as('consultant', 'limit.e2e@podlipa.example', async (page) => {
      await page.goto(panel(`/members/${shop.members.anna}`));
      await press(page, 'Przyznaj lub odejmij');
      await page.getByLabel('Ile', { exact: true }).fill('500');
      await page.getByLabel('Powód', { exact: true }).fill('Za dużo naraz');
      await see(page, 'Możesz naraz zmienić najwyżej 100\u00a0punktów. O większą zmianę poproś menedżera.');
      expect(await page.getByRole('button', { name: 'Przyznaj 500 punktów' }).isDisabled()).toBe(true);
      await page.getByLabel('Ile', { exact: true }).fill('100');
      await expect.poll(() => page.getByRole('button', { name: 'Przyznaj 100 punktów' }).isDisabled()).toBe(false);
    }, { adjustLimit: 100, refusals: true });
    await as('manager', 'odebrana.e2e@podlipa.example', async (page, staff) => {
      await page.goto(panel('/settings/program'), { waitUntil: 'networkidle' });
      await own.site.api.changeStaff({ params: { ...params, staff }, body: { role: 'cashier' } });
      await expect.poll(async () => (await page.request.get(`/api/v1/programs/${PROGRAM}/messages`)).status(), { timeout: 10_000 }).toBe(403);
      await page.getByLabel('Nazwa programu').fill('Moja kawiarnia');
      await press(page, 'Zapisz');
      await see(page, 'Brakuje uprawnienia: settings.write.');
      expect((await own.site.api.getProgram({ params })).name).not.toBe('Moja kawiarnia');
    }, { refusals: true });
  });

  it('is not opened by an address either: no file outside the pages is served, however its path is written', async () => {
    const raw = (path: string) => new Promise<{ status: number; body: string }>((resolve, reject) => {
      request(new URL(own.site.url), { path }, (answer) => {
        let body = '';
        answer.setEncoding('utf8').on('data', (piece: string) => { body += piece; }).on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
      }).on('error', reject).end();
    });
    const up = ['../../../package.json', '..%2f..%2f..%2fpackage.json', '%2e%2e/%2e%2e/%2e%2e/package.json', '..%5c..%5c..%5cpackage.json', '....//....//....//package.json', '%252e%252e%252f%252e%252e%252fpackage.json', 'assets/../../../../package.json', '..%c0%af..%c0%afpackage.json', '.env', '%00'];
    for (const start of ['/panel/', '/p/', '/api/docs/']) {
      for (const path of up) {
        const { status, body } = await raw(`${start}${path}`);
        expect({ path: start + path, leaks: body.includes('"workspaces"') || body.includes('WRACAM_'), served: status >= 500 }).toEqual({ path: start + path, leaks: false, served: false });
      }
    }
    expect((await raw('/panel/')).body, 'the page itself is there').toContain('<div id="root"');
  });
});
