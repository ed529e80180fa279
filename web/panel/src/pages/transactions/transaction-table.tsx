import { Badge, Group, Text } from '@mantine/core';
import { DataTable, InstantText, MoneyText, PointsAmount, type Column } from '@wracam/ui';
import { useEventName } from '../../api/events.ts';
import { useProgram, useWallet } from '../../api/program.tsx';
import type { TransactionRow } from '../../api/shapes.ts';
import { RowLink } from '../../shell/links.tsx';
import { useWords } from '../../words/words.tsx';

/** Documents as rows; every row leads to its page. */
export function TransactionTable({ rows, label, withMember = true }: { rows: readonly TransactionRow[]; label: string; withMember?: boolean }) {
  const w = useWords().transactions;
  const { code, timeZone } = useProgram();
  const unit = useWallet()().forms;
  const member: Column<TransactionRow> = {
    key: 'member', header: w.member, phone: 'title', render: (row) => row.memberName ?? <Text span c="dimmed" size="sm">{w.noMember}</Text>,
  };
  const columns: Column<TransactionRow>[] = [
    {
      key: 'when', header: w.when,
      render: (row) => <RowLink to="/$program/transactions/$transaction" params={{ program: code, transaction: row.id }}><InstantText at={row.occurredAt} timeZone={timeZone} /></RowLink>,
    },
    ...(withMember ? [member] : []),
    { key: 'document', header: w.document, render: (row) => <DocumentBadges row={row} /> },
    { key: 'amount', header: w.amount, number: true, render: (row) => ((row.kind === 'event' && row.totalMinor === 0) || isOwnUndoing(row) ? '' : <MoneyText minor={signedTotal(row)} currency={row.currency} />) },
    { key: 'points', header: w.points, number: true, phone: 'side', render: (row) => (row.points === 0 ? '0' : <PointsAmount points={row.points} unit={unit} signed />) },
  ];
  return <DataTable label={label} columns={columns} rows={rows} rowKey={(row) => row.id} linked />;
}

/** Money that came in is positive, money given back negative. */
export const signedTotal = (document: Pick<TransactionRow, 'kind' | 'totalMinor'>): number =>
  document.kind === 'return' ? -Math.abs(document.totalMinor) : document.totalMinor;

/** A correction of our own: it undoes a return. */
const isOwnUndoing = ({ kind, source }: Pick<TransactionRow, 'kind' | 'source'>): boolean => kind === 'correction' && source === 'wracam';

const stateColor = { unclaimed: 'amber', parked: 'amber', voided: 'red' } as const;

/** What a document is and, when it is not simply booked, where it stands. */
export function DocumentBadges({ row }: { row: Pick<TransactionRow, 'source' | 'kind' | 'state' | 'event'> }) {
  const w = useWords().transactions;
  const eventName = useEventName();
  const what = row.kind === 'event' && row.event !== undefined ? eventName(row.event) : isOwnUndoing(row) ? w.undoOfReturn : w.kinds[row.kind];
  return (
    <Group gap={6} wrap="nowrap">
      {row.kind === 'sale' ? <Text span size="sm">{w.kinds.sale}</Text> : <Badge color="gray">{what}</Badge>}
      {row.state !== 'booked' && <Badge color={stateColor[row.state]}>{row.state === 'voided' ? w.voidedAs[row.kind] : w.states[row.state]}</Badge>}
    </Group>
  );
}
