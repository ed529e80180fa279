import { Select, SimpleGrid } from '@mantine/core';
import { PointsInput } from '@wracam/ui';
import type { TierPeriod } from '@wracam/engine/tiers/periods';
import { useProgram } from '../../api/program.tsx';
import { useWords } from '../../words/words.tsx';
import type { LadderDraft } from './ladder-draft.ts';

const PERIODS: Readonly<Record<string, TierPeriod>> = {
  rolling: { kind: 'rolling', months: 12 }, year: { kind: 'calendar', unit: 'year' }, quarter: { kind: 'calendar', unit: 'quarter' }, month: { kind: 'calendar', unit: 'month' }, lifetime: { kind: 'lifetime' },
};
const GRACE_MAX: Readonly<Record<string, number>> = { month: 27, quarter: 89 };

/** How levels are reached, kept and lost. */
export function WayFields({ draft, set }: { readonly draft: LadderDraft; readonly set: (part: Partial<LadderDraft>) => void }) {
  const w = useWords().tiers;
  const { wallets } = useProgram();
  const { measure, period } = draft;
  const chosen = period.kind === 'calendar' ? period.unit : period.kind;
  const measures = [{ value: 'spent', label: w.measures.spent }, { value: 'sales', label: w.measures.sales }, { value: 'visits', label: w.measures.visits }, ...wallets.map((wallet) => ({ value: `points:${wallet.code}`, label: w.measures.points(wallet.name) }))];
  const options = <V extends string>(words: Readonly<Record<V, string>>) => Object.entries<string>(words).map(([value, label]) => ({ value, label }));
  const choose = (value: string | null) => {
    if (value === null) return;
    const next = PERIODS[value]!;
    set({ period: next, graceDays: Math.min(draft.graceDays, GRACE_MAX[value] ?? 180) });
  };
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <Select label={w.measure} allowDeselect={false} data={measures} value={measure.kind === 'points' ? `points:${measure.wallet}` : measure.kind}
        onChange={(value) => value && set({ measure: value.startsWith('points:') ? { kind: 'points', wallet: value.slice(7) } : { kind: value as 'spent' | 'sales' | 'visits' } })} />
      <Select label={w.period} allowDeselect={false} data={options(w.periods)} value={chosen} onChange={choose} />
      {period.kind === 'rolling' && <PointsInput label={w.months} value={period.months} onChange={(months) => set({ period: { kind: 'rolling', months: Math.max(1, Math.min(36, months ?? 1)) } })} />}
      <Select label={w.promotion} allowDeselect={false} data={options(w.promotions)} value={draft.promotion} onChange={(value) => value && set({ promotion: value as LadderDraft['promotion'], ...(value === 'periodEnd' ? { lasts: 'nextPeriod' as const } : {}) })} />
      {period.kind !== 'lifetime' && draft.promotion === 'atOnce' && <Select label={w.lasts} allowDeselect={false} data={options(w.lastsOptions)} value={draft.lasts} onChange={(value) => value && set({ lasts: value as LadderDraft['lasts'] })} />}
      {period.kind !== 'lifetime' && <Select label={w.demotion} allowDeselect={false} data={options(w.demotions)} value={draft.demotion} onChange={(value) => value && set({ demotion: value as LadderDraft['demotion'] })} />}
      {period.kind !== 'lifetime' && <PointsInput label={w.grace} description={w.graceHint} inputWrapperOrder={['label', 'input', 'description']} value={draft.graceDays} onChange={(days) => set({ graceDays: Math.max(0, Math.min(GRACE_MAX[chosen] ?? 180, days ?? 0)) })} />}
      <Select label={w.returns} allowDeselect={false} data={options(w.returnsOptions)} value={draft.returns} onChange={(value) => value && set({ returns: value as LadderDraft['returns'] })} />
    </SimpleGrid>
  );
}
