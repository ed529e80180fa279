import { Button, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import type { RuleDefinition } from '@wracam/engine/rules';
import { MoneyInput, PointsInput } from '@wracam/ui';
import { useState } from 'react';
import { useWords } from '../../words/words.tsx';
import type { FaultsAt } from './condition-builder.tsx';
import { isOnReturn } from './return-trigger.ts';

type FieldsProps = { value: RuleDefinition; onChange: (value: RuleDefinition) => void; faults: FaultsAt };

/** First and last day, both included. */
export function ScheduleFields({ value, onChange, faults }: FieldsProps) {
  const w = useWords().rule;
  const set = (part: Partial<RuleDefinition['schedule']>) => onChange({ ...value, schedule: { ...value.schedule, ...part } });
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <TextInput type="date" label={w.from} description={w.scheduleHint} value={value.schedule.from ?? ''} error={faults.get('/schedule/from')} onChange={(event) => set({ from: event.currentTarget.value || null })} />
      <TextInput type="date" label={w.until} description={w.scheduleHint} value={value.schedule.until ?? ''} error={faults.get('/schedule/until')} onChange={(event) => set({ until: event.currentTarget.value || null })} />
    </SimpleGrid>
  );
}

const caps = ['perTransaction', 'perMemberDay', 'perMemberWeek', 'perMemberMonth', 'perMemberYear', 'perMemberEver', 'perProgram'] as const;
const circleCaps = ['perHouseholdDay', 'perHouseholdMonth', 'perHouseholdEver', 'perCompanyDay', 'perCompanyMonth', 'perCompanyEver'] as const;

/** The most that a rule gives: for one purchase, to one person in a stretch of time, to a household or a company, to everybody together in points and in money. */
export function CapFields({ value, onChange, faults }: FieldsProps) {
  const w = useWords().rule;
  const { programMoney } = value.caps;
  const once = isOnReturn(value) ? w.perReturn : value.trigger?.kind === 'event' ? w.perEvent : w.perTransaction;
  const set = (part: Partial<RuleDefinition['caps']>) => onChange({ ...value, caps: { ...value.caps, ...part } });
  const setMoney = (limitMinor: number | null, per1000: number | null) => set({ programMoney: limitMinor === null && per1000 === null ? null : { limitMinor: limitMinor ?? 0, per1000: per1000 ?? 0 } });
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">{w.capsHint}</Text>
      <SimpleGrid cols={{ base: 1, xs: 2, sm: 3 }}>
        {caps.map((cap) => (
          <PointsInput key={cap} label={cap === 'perTransaction' ? once : w[cap]} value={value.caps[cap] ?? null} error={faults.get(`/caps/${cap}`)} onChange={(points) => set({ [cap]: points })} />
        ))}
      </SimpleGrid>
      <CircleCaps value={value} faults={faults} set={set} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <MoneyInput label={w.moneyLimit} description={w.moneyLimitHint} value={programMoney?.limitMinor || null} error={faults.get('/caps/programMoney/limitMinor')} onChange={(limitMinor) => setMoney(limitMinor, programMoney?.per1000 || null)} />
        <MoneyInput label={w.moneyPer1000} description={w.moneyPer1000Hint} value={programMoney?.per1000 || null} error={faults.get('/caps/programMoney/per1000')} onChange={(per1000) => setMoney(programMoney?.limitMinor || null, per1000)} />
      </SimpleGrid>
    </Stack>
  );
}

type CapsProps = Omit<FieldsProps, 'onChange'> & { set: (part: Partial<RuleDefinition['caps']>) => void };

/** Limits that most programs do not need: shown when one is set or asked for. */
function CircleCaps({ value, faults, set }: CapsProps) {
  const w = useWords().rule;
  const [asked, setAsked] = useState(false);
  if (!asked && circleCaps.every((cap) => (value.caps[cap] ?? null) === null)) return <Button variant="subtle" size="compact-sm" style={{ alignSelf: 'flex-start' }} onClick={() => setAsked(true)}>{w.circleCaps}</Button>;
  return (
    <>
      <Text size="sm" c="dimmed">{w.circleCapsHint}</Text>
      <SimpleGrid cols={{ base: 1, xs: 2, sm: 3 }}>
        {circleCaps.map((cap) => (
          <PointsInput key={cap} label={w[cap]} value={value.caps[cap] ?? null} error={faults.get(`/caps/${cap}`)} onChange={(points) => set({ [cap]: points })} />
        ))}
      </SimpleGrid>
    </>
  );
}

const expiries = ['wallet', 'never', 'months', 'yearly', 'on'] as const;
const ends = ['day', 'monthEnd', 'quarterEnd', 'yearEnd'] as const;

function newExpiry(kind: (typeof expiries)[number]): RuleDefinition['expiry'] {
  if (kind === 'months') return { kind, months: 12, roundTo: 'monthEnd' };
  if (kind === 'yearly') return { kind, month: 3, day: 31, afterMonths: 0 };
  return kind === 'on' ? { kind, date: '' } : { kind };
}

/** How long the points live, when they may be used, and which rule wins when rules exclude one another. */
export function MoreFields({ value, onChange, faults }: FieldsProps) {
  const words = useWords();
  const w = words.rule;
  const { expiry } = value;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} pt="xs">
      <Select label={w.expiry} allowDeselect={false} value={expiry.kind} data={expiries.map((kind) => ({ value: kind, label: w.expiries[kind] }))} onChange={(kind) => onChange({ ...value, expiry: newExpiry(expiries.find((one) => one === kind) ?? 'wallet') })} />
      {expiry.kind === 'on' && <TextInput type="date" label={w.expiryDate} value={expiry.date} error={faults.get('/expiry/date')} onChange={(event) => onChange({ ...value, expiry: { kind: 'on', date: event.currentTarget.value } })} />}
      {expiry.kind === 'yearly' && <Select label={words.wallets.month} allowDeselect={false} value={String(expiry.month)} data={words.wallets.monthNames.map((label, at) => ({ value: String(at + 1), label }))} onChange={(month) => onChange({ ...value, expiry: { ...expiry, month: Number(month ?? 1) } })} />}
      {expiry.kind === 'yearly' && <PointsInput label={words.wallets.day} value={expiry.day || null} error={faults.get('/expiry/day')} onChange={(day) => onChange({ ...value, expiry: { ...expiry, day: day ?? 0 } })} />}
      {expiry.kind === 'yearly' && <PointsInput label={words.wallets.afterMonths} value={expiry.afterMonths} error={faults.get('/expiry/afterMonths')} onChange={(afterMonths) => onChange({ ...value, expiry: { ...expiry, afterMonths: afterMonths ?? 0 } })} />}
      {expiry.kind === 'months' && <PointsInput label={w.months} value={expiry.months || null} error={faults.get('/expiry/months')} onChange={(months) => onChange({ ...value, expiry: { ...expiry, months: months ?? 0 } })} />}
      {expiry.kind === 'months' && (
        <Select label={w.roundTo} allowDeselect={false} value={expiry.roundTo} data={ends.map((end) => ({ value: end, label: w.roundTos[end] }))} onChange={(end) => onChange({ ...value, expiry: { ...expiry, roundTo: ends.find((one) => one === end) ?? 'day' } })} />
      )}
      <PointsInput label={w.pendingDays} description={w.pendingHint} value={value.pendingDays} error={faults.get('/pendingDays')} onChange={(pendingDays) => onChange({ ...value, pendingDays })} />
      <PointsInput label={w.priority} description={w.priorityHint} value={value.priority} error={faults.get('/priority')} onChange={(priority) => onChange({ ...value, priority: priority ?? 0 })} />
      {value.effect.kind !== 'grant' && <TextInput label={w.bestOf} description={w.bestOfHint} maxLength={40} value={value.bestOfGroup ?? ''} error={faults.get('/bestOfGroup')} onChange={(event) => onChange({ ...value, bestOfGroup: event.currentTarget.value || null })} />}
      <TextInput label={w.group} description={w.groupHint} maxLength={40} value={value.exclusiveGroup ?? ''} error={faults.get('/exclusiveGroup')} onChange={(event) => onChange({ ...value, exclusiveGroup: event.currentTarget.value || null })} />
    </SimpleGrid>
  );
}
