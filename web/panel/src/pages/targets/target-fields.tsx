import { SegmentedControl, Select, SimpleGrid, Stack, TagsInput, TextInput } from '@mantine/core';
import { TARGET_COUNTS, TARGET_EVERY, TARGET_GROUPS_MAX, TARGET_SETTLES, TARGET_SIDES, type TargetDefinition } from '@wracam/engine/targets/definition';
import { MoneyInput, PointsInput, QuantityInput } from '@wracam/ui';
import { useMemberGroups } from '../../api/members.ts';
import { useWords } from '../../words/words.tsx';
import type { FaultsAt } from '../rules/condition-builder.tsx';
import { firstAmount } from './definition.ts';

type Props = { value: TargetDefinition; onChange: (part: Partial<TargetDefinition>) => void; faults: FaultsAt; /** Its terms are promised: they are shown and stay. */ running: boolean };

/** Whose sum it is. */
export function SideFields({ value, onChange, faults, running }: Props) {
  const w = useWords().targets;
  const known = useMemberGroups().data?.items.map((group) => group.name) ?? [];
  const { side, groups } = value;
  return (
    <Stack gap="sm">
      <SegmentedControl aria-label={w.side} disabled={running} value={side} onChange={(next) => onChange({ side: TARGET_SIDES.find((one) => one === next) ?? 'member', groups: [] })} data={TARGET_SIDES.map((one) => ({ value: one, label: w.sides[one] }))} />
      {side !== 'company' && (
        <TagsInput
          label={w.groups[side]} description={w.groupsHint[side]} data={known} maxTags={TARGET_GROUPS_MAX} maxLength={40} value={[...groups]} error={faults.get('/groups') ?? groups.map((_, at) => faults.get(`/groups/${at}`)).find(Boolean)}
          onChange={(next) => onChange({ groups: next })}
        />
      )}
    </Stack>
  );
}

/** What is added up, and how much of it has to be reached. */
export function AmountFields({ value, onChange, faults, running }: Props) {
  const w = useWords().targets;
  const amount = { label: w.amount, description: w.amountHint, value: value.amount, error: faults.get('/amount'), onChange: (next: number | null) => onChange({ amount: next }) };
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} style={{ alignItems: 'end' }}>
      <Select
        label={w.counts} allowDeselect={false} disabled={running} value={value.counts} data={TARGET_COUNTS.map((one) => ({ value: one, label: w.countsOf[one] }))}
        onChange={(next) => { const counts = TARGET_COUNTS.find((one) => one === next) ?? 'amount'; onChange({ counts, amount: firstAmount[counts] }); }}
      />
      {value.counts === 'amount' ? <MoneyInput {...amount} /> : value.counts === 'quantity' ? <QuantityInput {...amount} /> : <PointsInput {...amount} />}
    </SimpleGrid>
  );
}

/** The periods, and when a reached target is booked. */
export function WindowFields({ value, onChange, faults, running }: Props) {
  const w = useWords().targets;
  const { window } = value;
  const set = (part: Partial<TargetDefinition['window']>) => onChange({ window: { ...window, ...part } });
  return (
    <Stack gap="sm">
      <Select label={w.every} allowDeselect={false} disabled={running} value={window.every} error={faults.get('/window/every')} data={TARGET_EVERY.map((one) => ({ value: one, label: w.everys[one] }))} onChange={(next) => set({ every: TARGET_EVERY.find((one) => one === next) ?? 'quarter' })} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput type="date" label={w.from} disabled={running} value={window.from} error={faults.get('/window/from')} onChange={(event) => set({ from: event.currentTarget.value })} />
        <TextInput type="date" label={w.until} value={window.until ?? ''} error={faults.get('/window/until')} onChange={(event) => set({ until: event.currentTarget.value || null })} {...(window.every === 'once' ? {} : { description: w.untilHint, inputWrapperOrder: ['label', 'input', 'description', 'error'] as const })} />
      </SimpleGrid>
      <Select label={w.settle} allowDeselect={false} disabled={running} value={value.settle} data={TARGET_SETTLES.map((one) => ({ value: one, label: w.settles[one] }))} onChange={(next) => onChange({ settle: TARGET_SETTLES.find((one) => one === next) ?? 'atOnce' })} />
      <PointsInput label={w.returnDays} description={w.returnDaysHint} inputWrapperOrder={['label', 'input', 'description', 'error']} disabled={running} value={value.returnDays} error={faults.get('/returnDays')} onChange={(returnDays) => onChange({ returnDays: returnDays ?? 0 })} />
    </Stack>
  );
}
