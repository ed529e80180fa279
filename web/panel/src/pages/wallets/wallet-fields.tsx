import { Checkbox, Group, Select, SimpleGrid, Switch, TextInput } from '@mantine/core';
import { DecimalInput, PointsInput } from '@wracam/ui';
import { useWords } from '../../words/words.tsx';
import type { WalletDraft } from './wallet-draft.ts';

type FieldsProps = { draft: WalletDraft; set: (part: Partial<WalletDraft>) => void };
const expiries = ['never', 'months', 'yearly', 'on', 'inactivity'] as const;
const ends = ['day', 'monthEnd', 'quarterEnd', 'yearEnd'] as const;
const pendings = ['now', 'days', 'delivered', 'paid'] as const;
const debts = ['allow', 'nextEarnings', 'refuse'] as const;
/** Days before the end that organisers choose from. */
const NOTICES = [60, 30, 14, 7, 1];

/** When points of the wallet end. */
export function ExpiryFields({ draft, set }: FieldsProps) {
  const w = useWords().wallets;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <Select label={w.expiry} allowDeselect={false} value={draft.expiry} data={expiries.map((kind) => ({ value: kind, label: w.expiries[kind] }))} onChange={(kind) => set({ expiry: expiries.find((one) => one === kind) ?? 'never' })} />
      {(draft.expiry === 'months' || draft.expiry === 'inactivity') && <PointsInput label={draft.expiry === 'months' ? w.months : w.monthsIdle} value={draft.months} onChange={(months) => set({ months })} />}
      {draft.expiry === 'months' && <Select label={w.roundTo} allowDeselect={false} value={draft.roundTo} data={ends.map((end) => ({ value: end, label: w.roundTos[end] }))} onChange={(end) => set({ roundTo: ends.find((one) => one === end) ?? 'day' })} />}
      {draft.expiry === 'on' && <TextInput type="date" label={w.date} value={draft.date} onChange={(event) => set({ date: event.currentTarget.value })} />}
      {draft.expiry === 'yearly' && <Select label={w.month} allowDeselect={false} value={String(draft.month)} data={w.monthNames.map((label, at) => ({ value: String(at + 1), label }))} onChange={(month) => set({ month: Number(month ?? 1) })} />}
      {draft.expiry === 'yearly' && <PointsInput label={w.day} value={draft.day} onChange={(day) => set({ day })} />}
      {draft.expiry === 'yearly' && <PointsInput label={w.afterMonths} value={draft.afterMonths} onChange={(afterMonths) => set({ afterMonths })} />}
    </SimpleGrid>
  );
}

/** What returns do to points that are gone. */
export function DebtFields({ draft, set }: FieldsProps) {
  const w = useWords().wallets;
  return (
    <Group align="flex-start" gap="md">
      <Select flex="2 1 280px" label={w.debt} description={w.debtHints[draft.debtPolicy]} inputWrapperOrder={['label', 'input', 'description']} allowDeselect={false} value={draft.debtPolicy} data={debts.map((one) => ({ value: one, label: w.debts[one] }))} onChange={(debt) => set({ debtPolicy: debts.find((one) => one === debt) ?? 'allow' })} />
      {draft.debtPolicy !== 'refuse' && <DecimalInput short flex="1 1 140px" label={w.debtLimit} decimals={draft.decimals} value={draft.debtLimit} onChange={(debtLimit) => set({ debtLimit })} />}
    </Group>
  );
}

/** When points may be used, what returns do, moving between members, reminders. Numbers of points are typed as they are shown. */
export function PolicyFields({ draft, set }: FieldsProps) {
  const w = useWords().wallets;
  const { decimals } = draft;
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select label={w.pending} allowDeselect={false} value={draft.pending} data={pendings.map((one) => ({ value: one, label: w.pendings[one] }))} onChange={(pending) => set({ pending: pendings.find((one) => one === pending) ?? 'now' })} />
        {draft.pending === 'days' && <PointsInput label={w.pendingDays} value={draft.pendingDays} onChange={(pendingDays) => set({ pendingDays })} />}
        {(draft.pending === 'delivered' || draft.pending === 'paid') && <PointsInput label={w.pendingMax} description={w.pendingMaxHint} inputWrapperOrder={['label', 'input', 'description']} value={draft.pendingDays} onChange={(pendingDays) => set({ pendingDays })} />}
      </SimpleGrid>
      <DebtFields draft={draft} set={set} />
      {draft.kind !== 'status' && <Switch label={w.transfers} checked={draft.transfers} onChange={(event) => set({ transfers: event.currentTarget.checked })} />}
      {draft.kind !== 'status' && draft.transfers && (
        <SimpleGrid cols={{ base: 1, xs: 3 }}>
          <DecimalInput short label={w.minPoints} decimals={decimals} value={draft.minPoints} onChange={(minPoints) => set({ minPoints })} />
          <DecimalInput short label={w.dayPoints} decimals={decimals} value={draft.dayPoints} onChange={(dayPoints) => set({ dayPoints })} />
          <PointsInput label={w.dayTimes} value={draft.dayTimes} onChange={(dayTimes) => set({ dayTimes })} />
        </SimpleGrid>
      )}
      {draft.expiry !== 'never' && (
        <Checkbox.Group label={w.notices} description={w.noticesHint} value={draft.noticeDays.map(String)} onChange={(days) => set({ noticeDays: days.map(Number).sort((a, b) => b - a) })}>
          <Group gap="md" mt="xs">{[...new Set([...NOTICES, ...draft.noticeDays])].sort((a, b) => b - a).map((days) => <Checkbox key={days} value={String(days)} label={w.noticeDay(days)} />)}</Group>
        </Checkbox.Group>
      )}
    </>
  );
}
