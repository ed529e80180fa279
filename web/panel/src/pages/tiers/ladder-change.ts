import type { RuleChangeLine } from '@wracam/engine/rule-difference';
import type { TierLadder } from '@wracam/engine/tiers/ladder';
import { diffLadder } from '@wracam/engine/tiers/ladder-difference';
import { useLang } from '@wracam/ui';
import { useProgram, useWallet } from '../../api/program.tsx';
import type { TierSettings } from '../../api/tiers.ts';

/** What differs between two ladders, by the engine's own comparison. */
export function useLadderDifference(): (before: TierLadder, after: TierLadder) => RuleChangeLine[] {
  const lang = useLang();
  const { currency } = useProgram();
  const wallet = useWallet();
  return (before, after) => diffLadder(before, after, { lang, currency, unitOf: (measure) => wallet(measure.kind === 'points' ? measure.wallet : undefined).forms });
}

/** How many members have today the levels that become harder or give less; all who have one, where the way to them does. */
export function membersOn({ counts }: TierSettings, changes: readonly RuleChangeLine[]): number {
  const worse = changes.filter((change) => change.verdict === 'worse').map((change) => change.field);
  const codes = new Set(worse.map((field) => /^level\.([^.]+)/.exec(field)?.[1] ?? null));
  return counts.filter(({ level }) => level !== null && (codes.has(null) || codes.has(level))).reduce((sum, one) => sum + one.members, 0);
}
