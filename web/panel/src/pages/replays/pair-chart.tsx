import { Group, Paper, Table, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';

/** Drawn in real pixels of the room it gets, so that its letters are as large as those around it. */
const HEIGHT = 220;
const WIDTH_AT_FIRST = 600;
const TOP = 26;
const BOTTOM = 26;
/** A date under a pair needs this much room; with less, every second or third pair carries one. */
const LABEL_ROOM = 64;

export type PairValue = { readonly label: string; readonly now: number; readonly draft: number };
export type PairProps = { values: readonly PairValue[]; label: string; labelHeader: string; write: (value: number) => string; names: { now: string; draft: string } };

/** Two bars a step: as it is, and as it would be. The greatest carries its number. */
export function PairChart({ values, label, write, names }: PairProps) {
  const { ref, width: measured } = useElementSize<HTMLDivElement>();
  const width = measured || WIDTH_AT_FIRST;
  const greatest = Math.max(1, ...values.flatMap((one) => [one.now, one.draft]));
  const step = width / Math.max(1, values.length);
  const bar = Math.min(28, step * 0.38);
  const floor = HEIGHT - BOTTOM;
  const height = (value: number) => (Math.max(0, value) / greatest) * (floor - TOP);
  const every = Math.max(1, Math.ceil(LABEL_ROOM / step));
  const most = values.findIndex((one) => Math.max(one.now, one.draft) === greatest);
  const middle = (at: number) => at * step + step / 2;
  const anchor = (at: number) => (middle(at) < width * 0.12 ? 'start' : middle(at) > width * 0.88 ? 'end' : 'middle');
  const labelX = (at: number) => (anchor(at) === 'start' ? middle(at) - bar : anchor(at) === 'end' ? middle(at) + bar : middle(at));
  return (
    <div ref={ref}>
      <Group gap="md" mb={4} aria-hidden>
        <Key color="var(--mantine-color-gray-5)" name={names.now} />
        <Key color="var(--mantine-color-forest-6)" name={names.draft} />
      </Group>
      <svg viewBox={`0 0 ${width} ${HEIGHT}`} height={HEIGHT} role="img" aria-label={label} style={{ width: '100%', display: 'block' }}>
        <line x1={0} x2={width} y1={floor} y2={floor} stroke="var(--wracam-line)" />
        {values.map((one, at) => (
          <g key={one.label}>
            <title>{`${one.label}: ${names.now} ${write(one.now)}, ${names.draft} ${write(one.draft)}`}</title>
            <rect x={middle(at) - bar - 1} y={floor - height(one.now)} width={bar} height={height(one.now)} rx={2} fill="var(--mantine-color-gray-5)" />
            <rect x={middle(at) + 1} y={floor - height(one.draft)} width={bar} height={height(one.draft)} rx={2} fill="var(--mantine-color-forest-6)" />
          </g>
        ))}
        {most >= 0 && <text x={labelX(most)} y={floor - height(greatest) - 7} textAnchor={anchor(most)} fontSize={14} fontWeight={700} fill="var(--mantine-color-text)">{write(greatest)}</text>}
        {values.map((one, at) => at % every === 0 && <text key={one.label} x={labelX(at)} y={HEIGHT - 7} textAnchor={anchor(at)} fontSize={13} fill="var(--mantine-color-dimmed)">{one.label}</text>)}
      </svg>
    </div>
  );
}

const Key = ({ color, name }: { color: string; name: string }) => (
  <Group gap={6}><span style={{ width: 12, height: 12, borderRadius: 3, background: color }} /><Text size="sm" c="dimmed">{name}</Text></Group>
);

/** The same numbers as a table. */
export function PairTable({ values, label, labelHeader, write, names }: PairProps) {
  return (
    <Paper style={{ maxHeight: 320, overflowY: 'auto' }} tabIndex={0} role="region" aria-label={label}>
      <Table verticalSpacing={6} stickyHeader>
        <Table.Thead><Table.Tr><Table.Th>{labelHeader}</Table.Th><Table.Th ta="end">{names.now}</Table.Th><Table.Th ta="end">{names.draft}</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {values.map((one) => <Table.Tr key={one.label}><Table.Td>{one.label}</Table.Td><Table.Td className="wracam-number">{write(one.now)}</Table.Td><Table.Td className="wracam-number">{write(one.draft)}</Table.Td></Table.Tr>)}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
