import { Box, Paper, Skeleton, Text } from '@mantine/core';
import type { ReactNode } from 'react';

type StatTileProps = {
  label: string;
  /** Absent while it loads. */
  value?: ReactNode;
  /** One quiet line below, such as a comparison. */
  note?: ReactNode;
  icon?: ReactNode;
};

/** Of the tile's own width, so that a figure and its unit stand on one line in a narrow tile too. */
const FIGURE = 'clamp(1rem, 12cqi, 1.625rem)';

/** One figure with its name: name above, number large, comparison below. */
export function StatTile({ label, value, note, icon }: StatTileProps) {
  return (
    <Paper withBorder p="md" component="section" aria-label={label} style={{ containerType: 'inline-size' }}>
      <Box style={{ display: 'flex', gap: 8, alignItems: 'center' }} c="dimmed">
        {icon}
        <Text size="sm" fw={600}>{label}</Text>
      </Box>
      {value === undefined
        ? <Skeleton height={30} width="60%" mt={6} />
        : <Text component="div" className="wracam-stat" fz={FIGURE} fw={750} lh={1.25} mt={2}>{value}</Text>}
      {note && <Text size="sm" c="dimmed" component="div">{note}</Text>}
    </Paper>
  );
}
