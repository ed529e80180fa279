import { Box, Group, Paper, Stack, Table, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';

/** Below this width a table becomes a list of cards. */
const PHONE = '(max-width: 47.99em)';

export type Column<Row> = {
  key: string;
  header: string;
  render: (row: Row) => ReactNode;
  /** Numbers stand to the right so that their digits line up. */
  number?: boolean;
  /** On a phone: the card's first line, its right side, its foot (buttons), or left out. Others are listed with their header. */
  phone?: 'title' | 'side' | 'foot' | 'hidden';
};

type DataTableProps<Row> = {
  /** What the table shows, for those who cannot see the page around it. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Whether rows lead somewhere: then the first column holds a link of class `wracam-row-link`. */
  linked?: boolean;
};

/** A plain table on a wide screen, cards on a phone. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const phone = useMediaQuery(PHONE, globalThis.matchMedia?.(PHONE).matches ?? false);
  return phone ? <CardList {...props} /> : <WideTable {...props} />;
}

function WideTable<Row>({ label, columns, rows, rowKey, linked }: DataTableProps<Row>) {
  return (
    <Paper withBorder style={{ overflowX: 'auto' }}>
      <Table aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column.key} ta={column.number ? 'end' : undefined}>{column.header}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={rowKey(row)} className={linked ? 'wracam-row' : undefined}>
              {columns.map((column) => (
                <Table.Td key={column.key} className={column.number ? 'wracam-number' : undefined}>{column.render(row)}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

function CardList<Row>({ label, columns, rows, rowKey, linked }: DataTableProps<Row>) {
  const title = columns.find((column) => column.phone === 'title') ?? columns[0];
  const side = columns.find((column) => column.phone === 'side');
  const foot = columns.find((column) => column.phone === 'foot');
  const rest = columns.filter((column) => column !== title && column !== side && column !== foot && column.phone !== 'hidden');
  return (
    <Stack component="ul" gap="xs" m={0} p={0} aria-label={label} style={{ listStyle: 'none' }}>
      {rows.map((row) => (
        <Paper component="li" key={rowKey(row)} withBorder p="sm" className={linked ? 'wracam-row' : undefined}>
          <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
            <Box miw={0} fw={600}>{title?.render(row)}</Box>
            {side && <Box style={{ flexShrink: 0 }}>{side.render(row)}</Box>}
          </Group>
          {rest.length > 0 && (
            <Stack gap={2} mt={4}>
              {rest.map((column) => (
                <Group key={column.key} gap={6} wrap="nowrap" align="baseline">
                  <Text size="sm" c="dimmed" span style={{ flexShrink: 0 }}>{column.header}:</Text>
                  <Text size="sm" span component="div" miw={0}>{column.render(row)}</Text>
                </Group>
              ))}
            </Stack>
          )}
          {foot && <Box mt="xs">{foot.render(row)}</Box>}
        </Paper>
      ))}
    </Stack>
  );
}
