import type { SetChange } from './product-sets.ts';
import type { RuleChangeLine, Verdict } from './rule-difference.ts';
import type { Lang } from './words.ts';

/** Codes that leave a set and codes that join it when one version gives way to another. */
export type CodesDifference = { readonly leaving: readonly string[]; readonly joining: readonly string[] };

export function differentCodes(before: readonly string[], after: readonly string[]): CodesDifference {
  const [old, now] = [new Set(before), new Set(after)];
  return { leaving: before.filter((code) => !now.has(code)), joining: after.filter((code) => !old.has(code)) };
}

const WORDS = { pl: { leaving: 'kody, które odchodzą', joining: 'kody, które dochodzą', none: 'brak' }, en: { leaving: 'codes that leave', joining: 'codes that join', none: 'none' } } as const;
/** Codes shown of a list; the rest are counted. */
const LISTED = 30;
const listOf = (codes: readonly string[]): string => codes.slice(0, LISTED).join(', ') + (codes.length > LISTED ? ` (+${codes.length - LISTED})` : '');

/** The same in words. `verdictOf`: may members get less of a rule when codes leave the set, or when codes join it. */
export function tellCodes({ leaving, joining }: CodesDifference, verdictOf: (change: SetChange) => Verdict, lang: Lang): RuleChangeLine[] {
  const { none, ...names } = WORDS[lang];
  return [
    ...(leaving.length > 0 ? [{ field: 'leaving', name: names.leaving, before: listOf(leaving), after: none, verdict: verdictOf({ joins: false, leaves: true }) }] : []),
    ...(joining.length > 0 ? [{ field: 'joining', name: names.joining, before: none, after: listOf(joining), verdict: verdictOf({ joins: true, leaves: false }) }] : []),
  ];
}
