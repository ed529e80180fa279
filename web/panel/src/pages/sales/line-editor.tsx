import { ActionIcon, Box, Button, Group, Paper, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { MoneyInput, MoneyText, QuantityInput } from '@wracam/ui';
import { useProgram } from '../../api/program.tsx';
import { useWords } from '../../words/words.tsx';
import { emptyLine, type DraftLine } from './sale-draft.ts';

/** Rows of a receipt: name, category, quantity, value. */
export function LineEditor({ lines, onChange }: { lines: readonly DraftLine[]; onChange: (lines: readonly DraftLine[]) => void }) {
  const w = useWords().sale;
  const { currency } = useProgram();
  const change = (key: number, part: Partial<DraftLine>) => onChange(lines.map((line) => (line.key === key ? { ...line, ...part } : line)));
  const sum = lines.reduce((total, line) => total + (line.amountMinor ?? 0), 0);
  return (
    <Stack gap="sm">
      {lines.map((line, at) => (
        <Paper key={line.key} withBorder p="sm" component="fieldset" m={0}>
          <Group justify="space-between" mb={4}>
            <Text component="legend" size="sm" fw={650} p={0}>{w.line(at + 1)}</Text>
            {lines.length > 1 && (
              <ActionIcon variant="subtle" color="gray" aria-label={w.removeLine(at + 1)} onClick={() => onChange(lines.filter((one) => one.key !== line.key))}>
                <IconTrash size={18} aria-hidden />
              </ActionIcon>
            )}
          </Group>
          <SimpleGrid cols={2} spacing="sm">
            <TextInput label={w.lineName} value={line.name} maxLength={200} onChange={(event) => change(line.key, { name: event.currentTarget.value })} />
            <TextInput label={w.lineCategory} value={line.category} maxLength={80} onChange={(event) => change(line.key, { category: event.currentTarget.value })} />
            <QuantityInput label={w.lineQuantity} value={line.quantity} onChange={(quantity) => change(line.key, { quantity })} />
            <MoneyInput label={w.lineAmount} value={line.amountMinor} onChange={(amountMinor) => change(line.key, { amountMinor })} rightSection={<Text size="sm" c="dimmed">{currency === 'PLN' ? 'zł' : currency}</Text>} />
          </SimpleGrid>
        </Paper>
      ))}
      <Group justify="space-between">
        <Button variant="light" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => onChange([...lines, emptyLine(Math.max(...lines.map((line) => line.key)) + 1)])}>{w.addLine}</Button>
        <Box><Text span c="dimmed">{w.sum} </Text><Text span fw={700}><MoneyText minor={sum} currency={currency} /></Text></Box>
      </Group>
    </Stack>
  );
}
