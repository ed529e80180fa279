import { Badge, Group, Text } from '@mantine/core';
import { localDate } from '@wracam/engine/calendar';
import { DataTable, DateText, PointsAmount, type Column } from '@wracam/ui';
import { useProgram, useWallet } from '../../api/program.tsx';
import type { MemberRow } from '../../api/shapes.ts';
import { RowLink } from '../../shell/links.tsx';
import { useWords } from '../../words/words.tsx';

/** Members as the lists show them. */
export function MemberTable({ rows }: { rows: readonly MemberRow[] }) {
  const w = useWords().members;
  const { code, timeZone } = useProgram();
  const wallet = useWallet();
  const columns: Column<MemberRow>[] = [
    {
      key: 'name', header: w.name, phone: 'title',
      render: (row) => (
        <Group gap="xs">
          <RowLink to="/$program/members/$member" params={{ program: code, member: row.id }}>{row.name ?? row.number}</RowLink>
          {row.state !== 'active' && <Badge color={row.state === 'blocked' ? 'red' : 'gray'}>{w.states[row.state]}</Badge>}
        </Group>
      ),
    },
    { key: 'number', header: w.number, render: (row) => row.number },
    { key: 'joined', header: w.joined, phone: 'hidden', render: (row) => <DateText on={localDate(timeZone, Date.parse(row.joinedAt))} /> },
    { key: 'last', header: w.lastSale, render: (row) => (row.lastSaleOn ? <DateText on={row.lastSaleOn} /> : <Text span size="sm" c="dimmed">{w.never}</Text>) },
    {
      key: 'points', header: w.points, number: true, phone: 'side',
      render: (row) => row.balances.map((one) => <div key={one.wallet}><PointsAmount points={one.available} unit={wallet(one.wallet).forms} /></div>),
    },
  ];
  return <DataTable label={w.title} columns={columns} rows={rows} rowKey={(row) => row.id} linked />;
}
