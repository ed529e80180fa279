import { Badge, SegmentedControl } from '@mantine/core';
import { IconPlus, IconTruckDelivery } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { DataTable, EmptyState, ErrorNotice, InstantText, PageHeader, PointsAmount, SkeletonList, type Column } from '@wracam/ui';
import { useCan, useProgram, useWallet } from '../../api/program.tsx';
import { useOrders } from '../../api/rewards.ts';
import type { Order } from '../../api/shapes.ts';
import { ButtonLink, RowLink } from '../../shell/links.tsx';
import { MoreButton } from '../../shell/more-button.tsx';
import { useWords } from '../../words/words.tsx';

const states = ['placed', 'confirmed', 'cancelled'] as const;
export const orderColor = { placed: 'amber', confirmed: 'forest', cancelled: 'gray' } as const;

/** Orders, newest first; the filter stands in the address. */
export function OrdersPage() {
  const { state } = useSearch({ from: '/$program/orders' });
  const w = useWords();
  const { code } = useProgram();
  const can = useCan();
  const navigate = useNavigate();
  const list = useOrders({ state });
  const add = can('orders.write') && <ButtonLink to="/$program/orders/new" params={{ program: code }} leftSection={<IconPlus size={16} aria-hidden />}>{w.shell.newOrder}</ButtonLink>;
  const waiting = state === 'placed';
  return (
    <>
      <PageHeader title={w.orders.title} actions={add} />
      <SegmentedControl
        mb="md"
        aria-label={w.orders.filter}
        value={state ?? 'all'}
        onChange={(value) => void navigate({ to: '/$program/orders', params: { program: code }, search: { state: states.find((one) => one === value) }, replace: true })}
        data={[{ value: 'all', label: w.orders.all }, ...states.map((value) => ({ value, label: w.orders.statesMany[value] }))]}
        style={{ maxWidth: '100%', overflowX: 'auto' }}
      />
      {list.error && <ErrorNotice error={list.error} onRetry={list.retry} />}
      {!list.error && !list.items && <SkeletonList rows={8} />}
      {list.items?.length === 0 && <EmptyState icon={<IconTruckDelivery />} title={waiting ? w.orders.emptyPlaced : w.orders.empty} text={waiting ? w.orders.emptyPlacedText : w.orders.emptyText} action={!waiting && add} />}
      {list.items && list.items.length > 0 && <OrderTable rows={list.items} />}
      <MoreButton more={list.more} busy={list.busy} />
    </>
  );
}

function OrderTable({ rows }: { rows: readonly Order[] }) {
  const w = useWords().orders;
  const { code, timeZone } = useProgram();
  const wallet = useWallet();
  const columns: Column<Order>[] = [
    { key: 'number', header: w.number, render: (row) => <RowLink to="/$program/orders/$order" params={{ program: code, order: row.id }}>{row.number}</RowLink> },
    { key: 'member', header: w.member, phone: 'title', render: (row) => row.memberName ?? row.member },
    { key: 'what', header: w.what, render: (row) => row.lines.map((line) => (line.quantity > 1 ? `${line.quantity} × ${line.name}` : line.name)).join(', ') },
    { key: 'placedAt', header: w.placedAt, render: (row) => <InstantText at={row.placedAt} timeZone={timeZone} /> },
    { key: 'state', header: w.state, phone: 'side', render: (row) => <Badge color={orderColor[row.state]}>{w.states[row.state]}</Badge> },
    { key: 'price', header: w.price, number: true, render: (row) => <PointsAmount points={row.totalPoints} unit={wallet(row.wallet).forms} /> },
  ];
  return <DataTable label={w.title} columns={columns} rows={rows} rowKey={(row) => row.id} linked />;
}
