import { ActionIcon, Button, Group, Paper, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { MoneyInput, PointsInput } from '@wracam/ui';
import { useWords } from '../../words/words.tsx';
import { addBenefit, type LevelDraft } from './ladder-draft.ts';

type Props = { readonly level: LevelDraft; readonly at: number; readonly money: boolean; readonly unit: string; readonly last: boolean; readonly onChange: (part: Partial<LevelDraft>) => void; readonly onRemove: () => void };

/** One level: its words, its colour, what reaches and keeps it, what it brings. */
export function LevelFields({ level, at, money, unit, last, onChange, onRemove }: Props) {
  const w = useWords().tiers;
  const Amount = money ? MoneyInput : PointsInput;
  const name = level.pl.trim() || w.levelNo(at + 1);
  const benefit = (key: number, part: Partial<LevelDraft['benefits'][number]>) => onChange({ benefits: level.benefits.map((one) => (one.key === key ? { ...one, ...part } : one)) });
  return (
    <Paper withBorder p="md" component="section" aria-label={name} style={{ borderInlineStart: `6px solid ${level.color}` }}>
      <Group justify="space-between" mb="xs" wrap="nowrap">
        <Title order={3} size="h4">{name}</Title>
        {!last && <ActionIcon variant="subtle" color="gray" aria-label={w.removeLevel(name)} onClick={onRemove}><IconTrash size={18} aria-hidden /></ActionIcon>}
      </Group>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label={w.namePl} maxLength={30} value={level.pl} onChange={(event) => onChange({ pl: event.currentTarget.value })} />
        <TextInput label={w.nameEn} maxLength={30} value={level.en} onChange={(event) => onChange({ en: event.currentTarget.value })} />
        <TextInput label={w.nameTo} description={w.nameToHint} inputWrapperOrder={['label', 'input', 'description']} maxLength={40} value={level.plTo ?? ''} onChange={(event) => onChange({ plTo: event.currentTarget.value || null })} />
        <TextInput type="color" label={w.color} maw={120} value={level.color} onChange={(event) => onChange({ color: event.currentTarget.value })} />
        <Amount label={w.threshold} description={at === 0 ? w.thresholdFirst : undefined} inputWrapperOrder={['label', 'input', 'description']} value={level.threshold} onChange={(threshold) => onChange({ threshold })} rightSectionWidth={84} rightSection={<Text size="sm" c="dimmed">{unit}</Text>} />
        <Amount label={w.keep} description={w.keepHint} inputWrapperOrder={['label', 'input', 'description']} value={level.keep} onChange={(keep) => onChange({ keep })} rightSectionWidth={84} rightSection={<Text size="sm" c="dimmed">{unit}</Text>} />
      </SimpleGrid>
      <Text size="sm" fw={500} mt="md" mb={4}>{w.benefits}</Text>
      <Stack gap="xs">
        {level.benefits.map((one, index) => (
          <Group key={one.key} gap="xs" wrap="nowrap" align="flex-start">
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs" flex={1}>
              <TextInput aria-label={w.benefitPl(index + 1)} placeholder={w.benefitPlaceholder} maxLength={120} value={one.pl} onChange={(event) => benefit(one.key, { pl: event.currentTarget.value })} />
              <TextInput aria-label={w.benefitEn(index + 1)} placeholder={w.benefitEnPlaceholder} maxLength={120} value={one.en} onChange={(event) => benefit(one.key, { en: event.currentTarget.value })} />
            </SimpleGrid>
            <ActionIcon variant="subtle" color="gray" size={36} aria-label={w.removeBenefit(index + 1)} onClick={() => onChange({ benefits: level.benefits.filter((other) => other.key !== one.key) })}><IconTrash size={16} aria-hidden /></ActionIcon>
          </Group>
        ))}
        {level.benefits.length < 12 && <Group><Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => onChange(addBenefit(level))}>{w.addBenefit}</Button></Group>}
      </Stack>
    </Paper>
  );
}
