import type { Condition } from '@wracam/engine/conditions';
import type { TargetCounts, TargetDefinition } from '@wracam/engine/targets/definition';
import { shownTargetPeriod } from '@wracam/engine/targets/period';
import { parseDecimal, writeShortDecimal } from '@wracam/ui';
import type { ApiTargetDefinition } from '../../api/targets.ts';
import { keyFrom } from '../events/type-draft.ts';
import { apiCondition, engineCondition } from '../rules/definition.ts';

/** A target to start from, with numbers that a firm would begin with: the whole of the quarter that runs. */
export const newTarget = (today: string): TargetDefinition => ({
  name: '', description: null, side: 'member', groups: [], counts: 'amount', when: null, lines: null, amount: 5_000_000,
  window: { every: 'quarter', from: quarterOf(today), until: null }, settle: 'atOnce', returnDays: 14,
});

const quarterOf = (today: string): string => shownTargetPeriod({ every: 'quarter', from: '2000-01-01', until: null }, today).from;

/** A common target to start from when something else is counted. */
export const firstAmount: Record<TargetCounts, number> = { amount: 5_000_000, documents: 20, quantity: 100_000 };

export const TARGET_CODE = /^[a-z0-9][a-z0-9-]{0,39}$/;
export const codeFrom = (name: string): string => keyFrom(name).replaceAll('_', '-');

const read = (condition: Parameters<typeof engineCondition>[0] | null): Condition | null => condition && engineCondition(condition);

/** A target as the API tells it, as the engine reads it. */
export const targetToEngine = (definition: ApiTargetDefinition): TargetDefinition => ({ ...definition, when: read(definition.when), lines: read(definition.lines) });

/** The same target as the API takes it. */
export const targetToApi = (target: TargetDefinition): ApiTargetDefinition => ({
  ...target, name: target.name.trim(), description: target.description?.trim() || null, groups: [...target.groups], when: target.when && apiCondition(target.when), lines: target.lines && apiCondition(target.lines),
});

/** Decimals in which a person writes what is counted. */
const DECIMALS = { amount: 2, documents: 0, quantity: 3 } as const satisfies Record<TargetCounts, number>;

export type AmountRows = { readonly items: readonly { participant: string; amount: number }[]; readonly wrong: { readonly row: number; readonly text: string } | null };

/**
 * Rows "who; how much" as typed or pasted from a sheet: parted by a semicolon or a tab, amounts with a comma or a dot. Ten digits alone are a
 * member's number. A heading is left out.
 */
export function readAmounts(text: string, counts: TargetCounts, side: TargetDefinition['side']): AmountRows {
  const items: { participant: string; amount: number }[] = [];
  for (const [at, row] of text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/).entries()) {
    if (row.trim() === '') continue;
    const [who = '', ...rest] = row.split(/[;\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1').trim());
    const amount = parseDecimal((rest[0] ?? '').replace(/\s*(zł|szt\.?|kg)$/i, ''), DECIMALS[counts]);
    if (who === '' || amount === null || amount <= 0) {
      if (at === 0 && rest.length > 0 && !/\d/.test(rest[0]!)) continue;
      return { items: [], wrong: { row: at + 1, text: row.trim() } };
    }
    items.push({ participant: side === 'member' && /^\d{10}$/.test(who) ? `number:${who}` : who, amount });
  }
  return { items, wrong: null };
}

/** The same rows, written for a person. */
export const writeAmounts = (items: readonly { participant: string; amount: number }[], counts: TargetCounts, separator: ',' | '.'): string =>
  items.map(({ participant, amount }) => `${participant.replace(/^number:/, '')}; ${writeShortDecimal(amount, DECIMALS[counts], separator)}`).join('\n');
