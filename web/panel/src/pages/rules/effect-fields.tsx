import { ActionIcon, Button, Checkbox, Group, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { GRANT_KINDS, type Effect, type RuleDefinition } from '@wracam/engine/rules';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { DecimalInput, MoneyInput, PointsInput } from '@wracam/ui';
import { useState } from 'react';
import { useLevels } from '../../api/tiers.ts';
import { useWords } from '../../words/words.tsx';
import type { FaultsAt } from './condition-builder.tsx';
import { addsPoints, grantOf, hundredthsOf, multiplierOf, newEffect, withEffect } from './definition.ts';
import type { RateRounding, Rounding } from '@wracam/engine/points';
import { MessageFields } from './message-fields.tsx';
import { GivenBadge } from './value-field.tsx';

const kinds = ['perAmount', 'perUnit', 'fixed', 'percent', 'multiplier', 'tierMultiplier', 'grant'] as const satisfies readonly Effect['kind'][];
const roundings = ['down', 'nearest', 'up'] as const satisfies readonly Rounding[];
const rateRoundings = [...roundings, 'steps'] as const satisfies readonly RateRounding[];
const pers = ['transaction', 'line'] as const;

type EffectOf<K extends Effect['kind']> = Extract<Effect, { kind: K }>;
type FieldsOf<E extends Effect> = { effect: E; onChange: (effect: Effect) => void; at: (field: string) => string | undefined };

/** What a rule gives: a choice in plain words, then the numbers of that choice. */
export function EffectFields({ value, onChange, faults }: { value: RuleDefinition; onChange: (value: RuleDefinition) => void; faults: FaultsAt }) {
  const w = useWords().rule;
  const { effect } = value;
  const change = (next: Effect) => onChange({ ...value, effect: next });
  const at = (field: string) => faults.get(`/effect/${field}`);
  return (
    <Stack gap="sm">
      <Select
        label={w.effectKind}
        description={w.effectHint[effect.kind]}
        allowDeselect={false}
        value={effect.kind}
        onChange={(kind) => onChange(withEffect(value, newEffect[kinds.find((one) => one === kind) ?? 'perAmount']))}
        data={kinds.map((kind) => ({ value: kind, label: w.effects[kind] }))}
      />
      {effect.kind === 'perAmount' && <AmountFields effect={effect} onChange={change} at={at} />}
      {effect.kind === 'perUnit' && <UnitFields effect={effect} onChange={change} at={at} ofEvent={value.trigger?.kind === 'event'} />}
      {effect.kind === 'fixed' && <PointsInput label={w.points} maw={240} value={effect.points || null} error={at('points')} onChange={(points) => change({ ...effect, points: points ?? 0 })} />}
      {effect.kind === 'percent' && <PercentFields effect={effect} onChange={change} at={at} />}
      {effect.kind === 'multiplier' && (
        <DecimalInput
          label={w.times}
          description={w.timesHint}
          decimals={2}
          short
          maw={240}
          value={effect.numerator === 0 ? null : hundredthsOf(effect.numerator, effect.denominator)}
          error={at('numerator') ?? at('denominator')}
          onChange={(hundredths) => change(multiplierOf(hundredths ?? 0))}
        />
      )}
      {effect.kind === 'tierMultiplier' && <TierFields effect={effect} onChange={change} at={at} />}
      {effect.kind === 'grant' && <GrantFields effect={effect} onChange={change} at={at} />}
      {effect.kind === 'grant' && effect.what === 'message' && <MessageFields effect={effect} ruleName={value.name} wallet={value.wallet} onChange={change} at={at} />}
      {addsPoints(effect) && (
        <Checkbox label={w.afterMultipliers} description={w.afterMultipliersHint} checked={value.afterMultipliers === true} onChange={(event) => onChange({ ...value, afterMultipliers: event.currentTarget.checked })} />
      )}
    </Stack>
  );
}

type RoundingOf<R extends RateRounding> = { readonly rounding: R; readonly per: (typeof pers)[number] };

function RoundingFields<R extends RateRounding>({ effect, choices, onChange }: { effect: RoundingOf<R>; choices: readonly R[]; onChange: (changed: RoundingOf<R>) => void }) {
  const w = useWords().rule;
  return (
    <>
      <Select label={w.rounding} allowDeselect={false} value={effect.rounding} data={choices.map((value) => ({ value, label: w.roundings[value] }))} onChange={(value) => onChange({ rounding: choices.find((one) => one === value) ?? effect.rounding, per: effect.per })} />
      <Select label={w.per} allowDeselect={false} value={effect.per} data={pers.map((value) => ({ value, label: w.pers[value] }))} onChange={(value) => onChange({ rounding: effect.rounding, per: pers.find((one) => one === value) ?? 'transaction' })} />
    </>
  );
}

function AmountFields({ effect, onChange, at }: FieldsOf<EffectOf<'perAmount'>>) {
  const w = useWords().rule;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <PointsInput label={w.points} value={effect.points || null} error={at('points')} onChange={(points) => onChange({ ...effect, points: points ?? 0 })} />
      <MoneyInput label={w.perMinor} value={effect.perMinor || null} error={at('perMinor')} onChange={(perMinor) => onChange({ ...effect, perMinor: perMinor ?? 0 })} />
      <RoundingFields effect={effect} choices={rateRoundings} onChange={(changed) => onChange({ ...effect, ...changed })} />
    </SimpleGrid>
  );
}

function UnitFields({ effect, onChange, at, ofEvent }: FieldsOf<EffectOf<'perUnit'>> & { ofEvent: boolean }) {
  const w = useWords().rule;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <PointsInput label={w.points} value={effect.points || null} error={at('points')} onChange={(points) => onChange({ ...effect, points: points ?? 0 })} />
      <DecimalInput label={w.perUnits} description={w.perUnitsHint} decimals={3} short value={effect.perThousandths || null} error={at('perThousandths')} onChange={(perThousandths) => onChange({ ...effect, perThousandths: perThousandths ?? 0 })} />
      <RoundingFields effect={effect} choices={rateRoundings} onChange={(changed) => onChange({ ...effect, ...changed })} />
      {(ofEvent || effect.of) && (
        <TextInput label={w.field} description={w.fieldHint} maxLength={40} value={effect.of?.field ?? ''} error={at('of/field')} onChange={(event) => onChange({ ...effect, of: event.currentTarget.value === '' ? null : { field: event.currentTarget.value } })} />
      )}
    </SimpleGrid>
  );
}

function PercentFields({ effect, onChange, at }: FieldsOf<EffectOf<'percent'>>) {
  const w = useWords().rule;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <DecimalInput label={w.percent} description={w.percentHint} decimals={2} short value={effect.basisPoints || null} error={at('basisPoints')} onChange={(basisPoints) => onChange({ ...effect, basisPoints: basisPoints ?? 0 })} />
      <RoundingFields effect={effect} choices={roundings} onChange={(changed) => onChange({ ...effect, ...changed })} />
    </SimpleGrid>
  );
}

/** A level that there is; one that the rule names and that is gone stays readable. Free text while the program has none. */
function TierField({ value, error, onChange }: { value: string; error: string | undefined; onChange: (tier: string) => void }) {
  const w = useWords().rule;
  const levels = useLevels();
  if (levels.length === 0) return <TextInput style={{ flex: 1 }} label={w.tier} placeholder={w.tierPlaceholder} maxLength={40} value={value} error={error} onChange={(event) => onChange(event.currentTarget.value)} />;
  const data = value === '' || levels.some((one) => one.value === value) ? levels : [...levels, { value, label: value }];
  return <Select style={{ flex: 1 }} label={w.tier} allowDeselect={false} value={value === '' ? null : value} data={data} error={error} onChange={(tier) => onChange(tier ?? '')} />;
}

function TierFields({ effect, onChange, at }: FieldsOf<EffectOf<'tierMultiplier'>>) {
  const w = useWords().rule;
  const set = (index: number, part: Partial<(typeof effect.tiers)[number]>) => onChange({ ...effect, tiers: effect.tiers.map((one, i) => (i === index ? { ...one, ...part } : one)) });
  return (
    <Stack gap="xs" align="flex-start">
      {effect.tiers.map((one, i) => (
        <Group key={i} gap="xs" align="flex-end" wrap="nowrap" w="100%" maw={480}>
          <TierField value={one.tier} error={at(`tiers/${i}/tier`)} onChange={(tier) => set(i, { tier })} />
          <DecimalInput style={{ flex: 1 }} label={w.times} decimals={2} short value={one.hundredths || null} error={at(`tiers/${i}/hundredths`)} onChange={(hundredths) => set(i, { hundredths: hundredths ?? 0 })} />
          <ActionIcon size="lg" variant="subtle" color="gray" aria-label={w.removeTier(one.tier)} disabled={effect.tiers.length === 1} onClick={() => onChange({ ...effect, tiers: effect.tiers.filter((_, at) => at !== i) })}>
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => onChange({ ...effect, tiers: [...effect.tiers, { tier: '', hundredths: 200 }] })}>{w.addTier}</Button>
      <Text size="sm" c="dimmed">{w.tierHint}</Text>
    </Stack>
  );
}

function GrantFields({ effect, onChange, at }: FieldsOf<EffectOf<'grant'>>) {
  const w = useWords().rule;
  const isBadge = effect.what === 'badge';
  // A badge is held or not, so it is asked for no number. A rule that came with an amount (by the API, from a sentence) keeps its field,
  // also while that is empty for a moment: without it nobody would see what the amount demands, and leaving it out would give the badge to all.
  const [cameWithAmount, setCameWithAmount] = useState(false);
  if (isBadge && effect.perMinor && !cameWithAmount) setCameWithAmount(true);
  const what = <Select label={w.grantWhat} maw={360} allowDeselect={false} value={effect.what} data={GRANT_KINDS.map((value) => ({ value, label: w.grants[value] }))} onChange={(value) => onChange(grantOf(effect, GRANT_KINDS.find((one) => one === value) ?? 'coupon'))} />;
  // A message is one, and it is known by its words.
  if (effect.what === 'message') return what;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      {what}
      {isBadge
        ? <GivenBadge code={effect.code} error={at('code')} onChange={(code) => onChange({ ...effect, code })} />
        : <TextInput label={w.grantCode} description={w.grantCodeHint} placeholder={w.grantCodePlaceholder} maxLength={40} value={effect.code} error={at('code')} onChange={(event) => onChange({ ...effect, code: event.currentTarget.value })} />}
      {!isBadge && <PointsInput label={w.grantCount} value={effect.count || null} error={at('count')} onChange={(count) => onChange({ ...effect, count: count ?? 0 })} />}
      {(!isBadge || cameWithAmount) && <MoneyInput label={w.grantPer} description={w.grantPerHint} value={effect.perMinor ?? null} error={at('perMinor')} onChange={(perMinor) => onChange({ ...effect, perMinor })} />}
    </SimpleGrid>
  );
}
