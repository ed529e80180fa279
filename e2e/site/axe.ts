import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { stillness } from './journey.ts';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Rules whose answer depends on colours, so on light and dark. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];
/** Looks for spacing that an element's own style makes important, which React cannot write: a twelfth of axe's time. */
const NOT_ASKED = { 'avoid-inline-spacing': { enabled: false } };
const HTML_MAX = 160;

/** What axe finds on the page as it is now, or in the parts of it that `within` selects, one sentence for each element. Every rule is asked, or only those about colours. */
export async function axeFindings(page: Page, which: 'all' | 'colours' = 'all', within: string | null = null): Promise<string[]> {
  await stillness(page); // what fades in has not its colours yet
  if (await page.evaluate(`typeof axe === 'undefined'`)) await page.evaluate(SOURCE);
  const options: RunOptions = { resultTypes: ['violations'], selectors: false, rules: NOT_ASKED, ...(which === 'colours' ? { runOnly: { type: 'rule', values: COLOUR_RULES } } : {}) };
  const { violations } = await page.evaluate(`axe.run(${within === null ? 'document' : JSON.stringify({ include: [[within]] })}, ${JSON.stringify(options)})`) as AxeResults;
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html, any, all, none }) => {
    const why = [...any, ...all, ...none][0]?.message ?? help;
    return `${id}: ${why} ${html.slice(0, HTML_MAX)}`;
  }));
}
