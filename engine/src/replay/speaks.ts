import { attributeOf } from '../attributes.ts';
import { factTests } from '../conditions.ts';
import type { Ruleset } from '../rules.ts';
import { placeOf } from './column-tests.ts';

/** Why a ruleset cannot be replayed by the kernel; the code of an attribute where it is one fact. */
export type Unspoken =
  | { readonly why: 'looksBack'; readonly attribute: string }
  | { readonly why: 'factUnknown'; readonly attribute: string }
  | { readonly why: 'endsByInactivity'; readonly wallet: string }
  /** Members who are replayed by the general path share a budget of the program with those who are not. */
  | { readonly why: 'budgetShared'; readonly rule: string };

/**
 * Does the kernel speak all of a ruleset, over a history that holds all members' steps (`whole`) or leaves some members to the general path?
 * It does not speak rules that look back at what was bought before, facts that no column holds, points that live on as long as their wallet is
 * used, and a budget of the program once somebody is left out. Null: it does; otherwise the first reason.
 */
export function kernelSpeaks(ruleset: Pick<Ruleset, 'rules' | 'wallets'>, history: { readonly whole: boolean }): Unspoken | null {
  for (const { definition } of ruleset.rules) {
    for (const tree of [definition.when, definition.lines]) {
      if (tree === null) continue;
      for (const { attribute } of factTests(tree)) {
        if ((attributeOf(attribute)?.pastDays ?? 0) > 0) return { why: 'looksBack', attribute };
        if (placeOf(attribute) === null) return { why: 'factUnknown', attribute };
      }
    }
    if (!history.whole && (definition.caps.perProgram !== null || (definition.caps.programMoney ?? null) !== null)) return { why: 'budgetShared', rule: definition.name };
  }
  const idle = ruleset.wallets.find((wallet) => wallet.expiry.kind === 'inactivity');
  return idle === undefined ? null : { why: 'endsByInactivity', wallet: idle.code };
}
