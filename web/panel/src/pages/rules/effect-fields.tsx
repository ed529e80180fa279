import { SegmentedControl, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import type { Effect } from '@wracam/engine/rules';
import { DecimalInput, MoneyInput, PointsInput } from '@wracam/ui';
import { useWords } from '../../words/words.tsx';
import type { FaultsAt } from './condition-builder.tsx';
import { hundredthsOf, multiplierOf, newEffect } from './definition.ts';

const kinds = ['perAmount', 'fixed', 'multiplier'] as const;
const roundings = ['down', 'nearest', 'up'] as const;
const pers = ['transaction', 'line'] as const;

/** What a rule gives: for money spent, a fixed number, or a multiplier. */
export function EffectFields({ effect, onChange, faults }: { effect: Effect; onChange: (effect: Effect) => void; faults: FaultsAt }) {
  const w = useWords().rule;
  const at = (field: string) => faults.get(`/effect/${field}`);
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label={w.effect}
        value={effect.kind}
        onChange={(value) => onChange(newEffect[kinds.find((kind) => kind === value) ?? 'perAmount'])}
        data={kinds.map((kind) => ({ value: kind, label: w.effects[kind] }))}
      />
      <Text size="sm" c="dimmed">{w.effectHint[effect.kind]}</Text>
      {effect.kind === 'perAmount' && (
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <PointsInput label={w.points} value={effect.points || null} error={at('points')} onChange={(points) => onChange({ ...effect, points: points ?? 0 })} />
          <MoneyInput label={w.perMinor} value={effect.perMinor || null} error={at('perMinor')} onChange={(perMinor) => onChange({ ...effect, perMinor: perMinor ?? 0 })} />
          <Select label={w.rounding} allowDeselect={false} value={effect.rounding} data={roundings.map((value) => ({ value, label: w.roundings[value] }))} onChange={(value) => onChange({ ...effect, rounding: roundings.find((one) => one === value) ?? 'down' })} />
          <Select label={w.per} allowDeselect={false} value={effect.per} data={pers.map((value) => ({ value, label: w.pers[value] }))} onChange={(value) => onChange({ ...effect, per: pers.find((one) => one === value) ?? 'transaction' })} />
        </SimpleGrid>
      )}
      {effect.kind === 'fixed' && (
        <PointsInput label={w.points} maw={240} value={effect.points || null} error={at('points')} onChange={(points) => onChange({ ...effect, points: points ?? 0 })} />
      )}
      {effect.kind === 'multiplier' && (
        <DecimalInput
          label={w.times}
          description={w.timesHint}
          decimals={2}
          short
          maw={240}
          value={effect.numerator === 0 ? null : hundredthsOf(effect.numerator, effect.denominator)}
          error={at('numerator') ?? at('denominator')}
          onChange={(hundredths) => onChange(multiplierOf(hundredths ?? 0))}
        />
      )}
    </Stack>
  );
}
