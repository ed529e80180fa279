import type { Page } from 'playwright-core';
import { it } from 'vitest';
import { openVisitor } from './site/browser.ts';
import { codeSentTo, press } from './site/journey.ts';
import { ownSite } from './site/own-site.ts';
import { PROGRAM } from './site/start-site.ts';

const params = { program: PROGRAM };
const own = ownSite();

/** Holds the answer to the first question who is signed in ("nobody"), as a slow line does, until it is let go. */
async function holdFirstAnswer(page: Page, path: string) {
  let letGo = () => {};
  const held = new Promise<void>((done) => { letGo = done; });
  let arrived: Promise<void> | null = null;
  await page.route(path, async (route) => {
    if (arrived) return route.continue();
    arrived = (async () => {
      const answer = await route.fetch();
      await held;
      await route.fulfill({ response: answer }).catch(() => {}); // a page that asks no longer is as good
    })();
    return arrived;
  });
  return async () => {
    letGo();
    await arrived;
    await page.unroute(path);
  };
}

it('whoever signs in by a link stays signed in when "nobody is signed in", asked before, arrives after', async () => {
  const { context, page } = await openVisitor(own.browser, own.site.url);
  const letGo = await holdFirstAnswer(page, '**/api/v1/me');
  await page.goto(await own.site.signInLink());
  await page.getByRole('heading', { name: 'Dziś', level: 1 }).waitFor();
  await letGo();
  await page.getByRole('link', { name: 'Uczestnicy' }).first().click();
  await page.getByRole('heading', { name: 'Uczestnicy', level: 1 }).waitFor();
  await context.close();
});

it('so does a member who signs in with a code', async () => {
  await own.site.api.createMember({ params, body: { firstName: 'Zofia', email: 'zofia.pozna@poczta.example', termsVersion: 1 } });
  const { context, page } = await openVisitor(own.browser, own.site.url);
  const letGo = await holdFirstAnswer(page, `**/api/v1/programs/${PROGRAM}/me`);
  await page.goto(`/p/${PROGRAM}/sign-in`);
  await page.getByRole('textbox', { name: 'E-mail' }).fill('zofia.pozna@poczta.example');
  await press(page, 'Wyślij kod');
  await page.getByRole('heading', { name: 'Wpisz kod z wiadomości' }).waitFor();
  await page.getByLabel('Kod z 6 cyfr').fill(await codeSentTo(own.site.api, 'zofia.pozna@poczta.example'));
  await page.getByRole('heading', { name: 'Zofia', level: 1 }).waitFor();
  await letGo();
  await page.getByRole('link', { name: 'Historia' }).first().click();
  await page.getByRole('heading', { name: 'Historia', level: 1 }).waitFor();
  await context.close();
});
