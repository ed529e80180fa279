import type { Page } from 'playwright-core';

const ANSWER_MS = 3_000;
const TEXT_MAX = 200;

/** Does the work. Where it fails, its failure tells besides what the page showed, so that one who reads of it need not guess. */
export async function tellingWhatShows<T>(page: Page, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error) error.message += `\n\n${await whatShows(page)}`;
    throw error;
  }
}

/** Address, headings, dialogs and what was told. A page that does not answer at all says that. */
async function whatShows(page: Page): Promise<string> {
  const late = new Promise<null>((resolve) => { setTimeout(resolve, ANSWER_MS, null).unref(); });
  const found = await Promise.race([page.evaluate(readPage, TEXT_MAX).catch(() => null), late]);
  const parts = found === null ? ['It does not answer.'] : Object.entries(found).filter(([, texts]) => texts.length > 0).map(([what, texts]) => `${what}: ${texts.join(' | ')}`);
  return [`The page at ${page.url()} showed`, ...parts].join('\n  ');
}

/** Runs in the page. */
function readPage(most: number) {
  const seen = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)].filter((one) => one.checkVisibility()).map((one) => (one.ariaLabel ?? one.innerText).replace(/\s+/g, ' ').trim().slice(0, most)).filter((text) => text !== '');
  return {
    headings: seen('h1, h2'), dialogs: seen('[role=dialog], dialog[open]'), told: seen('[role=alert], [role=status]'),
    'buttons that cannot be pressed': seen('button:disabled, button[data-loading]'), focus: seen(':focus'),
  };
}
