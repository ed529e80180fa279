import type { Locator, Page } from 'playwright-core';
import type { Client } from '@wracam/sdk';
import { PROGRAM } from './start-site.ts';

const TABS_MAX = 40;
const params = { program: PROGRAM };

/** Waits until a person would see these words. Fails when they do not come. */
export const see = (page: Page | Locator, words: string | RegExp): Promise<void> => page.getByText(words).locator('visible=true').first().waitFor();

/** The search of the panel, ready for words. The page must be there. */
export async function openFinder(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.locator('input:focus').and(page.getByPlaceholder(/^Dokąd/)).waitFor();
}

export const press = (page: Page | Locator, name: string | RegExp): Promise<void> => page.getByRole('button', { name, exact: true }).first().click();

/** Until what moves has come to rest. */
export const stillness = (page: Page) => page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));

const BUSY_MS = 400;

/** Does `act` while the page computes and draws nothing, as on a weak phone: what is pressed meanwhile waits, and comes to the page all at once. */
export async function whileBusy(page: Page, act: () => Promise<void>): Promise<void> {
  await page.evaluate((ms) => { setTimeout(() => { for (const end = Date.now() + ms; Date.now() < end;); }); }, BUSY_MS);
  await act();
}

/** Walks by Tab alone to the field or button of this name. Throws when the keyboard cannot reach it. */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let step = 0; step < TABS_MAX; step += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => {
      const at = document.activeElement as HTMLInputElement | null;
      return at?.getAttribute('aria-label') ?? at?.labels?.[0]?.textContent ?? at?.textContent ?? '';
    });
    if (here.trim() === name) return;
  }
  throw new Error(`The keyboard does not reach "${name}" in ${TABS_MAX} steps.`);
}

/** The code in the newest message to this address, as the outbox keeps it. */
export async function codeSentTo(api: Client, email: string): Promise<string> {
  const { items } = await api.listMessages({ params });
  const message = items.find(({ to }) => to === email);
  return /\d{6}/.exec(message?.subject ?? '')?.[0] ?? Promise.reject(new Error(`No code was sent to ${email}.`));
}

/** Points that a member can use now. */
export async function availableOf(api: Client, member: string): Promise<number> {
  const { balances } = await api.getMember({ params: { ...params, member } });
  return balances[0]?.available ?? 0;
}
