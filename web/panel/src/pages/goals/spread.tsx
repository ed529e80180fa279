import { Box, Stack, Text } from '@mantine/core';
import type { GoalDetail } from '../../api/goals.ts';
import { useWords } from '../../words/words.tsx';

/** Members by how far they are: one bar a share of the way. */
export function Spread({ distribution }: { distribution: GoalDetail['distribution'] }) {
  const w = useWords().goals;
  const top = Math.max(1, ...distribution.map((one) => one.members));
  return (
    <Stack component="ul" gap={8} m={0} p={0} style={{ listStyle: 'none' }}>
      {distribution.map(({ from, to, members }) => (
        <Box component="li" key={from} style={{ display: 'grid', gridTemplateColumns: '7.5rem 1fr 3.5rem', gap: 8, alignItems: 'center' }}>
          <Text size="sm">{w.share(from, to)}</Text>
          <Box aria-hidden h={18} style={{ width: `${(members / top) * 100}%`, minWidth: members > 0 ? 3 : 0, borderRadius: 3, background: from === 100 ? 'var(--mantine-color-amber-5)' : 'var(--mantine-color-forest-5)' }} />
          <Text size="sm" ta="end" className="wracam-number">{members}</Text>
        </Box>
      ))}
    </Stack>
  );
}
