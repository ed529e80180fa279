import { Box, Group, Text } from '@mantine/core';
import { writeDecimal } from '@wracam/ui';

export type Step = { readonly key: string | number; readonly name: string; readonly color: string; readonly threshold: string; /** Null: not known yet. */ readonly members: number | null };

const FOOT = 44;
const RISE = 132;

/** Levels as steps that one climbs, each with how many people stand on it. The same numbers stand in the text of each step. */
export function StepsPicture({ steps, label, people }: { steps: readonly Step[]; label: string; people: (count: number) => string }) {
  return (
    <Box role="list" aria-label={label} style={{ display: 'flex', alignItems: 'flex-end', gap: 6, overflowX: 'auto', paddingBottom: 4 }} tabIndex={0}>
      {steps.map((step, at) => (
        <Box key={step.key} role="listitem" style={{ flex: '1 1 0', minWidth: 92 }}>
          <Text ta="center" fw={700} fz="lg" lh={1.2} aria-hidden>{step.members === null ? '…' : writeDecimal(step.members, 0, ',')}</Text>
          <Text ta="center" size="xs" c="dimmed" mb={4}>{step.members === null ? '' : people(step.members)}</Text>
          <Box style={{ height: FOOT + (steps.length < 2 ? RISE : (RISE * at) / (steps.length - 1)), background: 'var(--mantine-color-default-hover)', borderTop: `6px solid ${step.color}`, borderRadius: '8px 8px 0 0' }} />
          <Group gap={6} justify="center" mt={6} wrap="nowrap">
            <Box w={10} h={10} style={{ borderRadius: 10, background: step.color, flexShrink: 0 }} />
            <Text size="sm" fw={650} truncate>{step.name}</Text>
          </Group>
          <Text ta="center" size="xs" c="dimmed">{step.threshold || '\u00a0'}</Text>
        </Box>
      ))}
    </Box>
  );
}
