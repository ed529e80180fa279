import { Button, Group, SegmentedControl, TextInput } from '@mantine/core';
import { IconPlus, IconReceipt } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { EmptyState, ErrorNotice, PageHeader, SkeletonList } from '@wracam/ui';
import { useState } from 'react';
import { useCan, useProgram } from '../../api/program.tsx';
import { useTransactions, type TransactionFilter } from '../../api/transactions.ts';
import { ButtonLink } from '../../shell/links.tsx';
import { MoreButton } from '../../shell/more-button.tsx';
import { useWords } from '../../words/words.tsx';
import { TransactionTable } from './transaction-table.tsx';

type Choice = 'all' | 'sale' | 'return' | 'event' | 'unclaimed' | 'parked' | 'voided';

/** Every choice of the filter as what the address carries. */
const searches: Record<Choice, { kind?: TransactionFilter['kind']; state?: TransactionFilter['state'] }> = {
  all: {}, sale: { kind: 'sale' }, return: { kind: 'return' }, event: { kind: 'event' }, unclaimed: { state: 'unclaimed' }, parked: { state: 'parked' }, voided: { state: 'voided' },
};
const choices: readonly Choice[] = ['all', 'sale', 'return', 'event', 'unclaimed', 'parked', 'voided'];

/** Sales, returns and corrections, newest first. The filter stands in the address. */
export function TransactionsPage() {
  const { kind, state, receipt } = useSearch({ from: '/$program/transactions' });
  const { code } = useProgram();
  const can = useCan();
  const navigate = useNavigate();
  const w = useWords();
  const list = useTransactions({ kind, state, externalId: receipt });
  const chosen = choices.find((one) => searches[one].kind === kind && searches[one].state === state) ?? 'all';
  const filtered = kind !== undefined || state !== undefined || receipt !== undefined;
  const go = (search: { kind?: TransactionFilter['kind']; state?: TransactionFilter['state']; receipt?: string }) =>
    void navigate({ to: '/$program/transactions', params: { program: code }, search, replace: true });
  const names: Record<Choice, string> = {
    all: w.transactions.all, sale: w.transactions.kindsMany.sale, return: w.transactions.kindsMany.return, event: w.transactions.kindsMany.event, ...w.transactions.statesShort,
  };
  const addSale = can('transactions.write') && (
    <ButtonLink to="/$program/sales/new" params={{ program: code }} leftSection={<IconPlus size={16} aria-hidden />}>{w.shell.addSale}</ButtonLink>
  );
  return (
    <>
      <PageHeader title={w.transactions.title} actions={addSale} />
      <Group mb="md" justify="space-between" align="flex-end">
        <SegmentedControl
          aria-label={w.transactions.filter}
          value={chosen}
          onChange={(value) => go({ ...searches[choices.find((one) => one === value) ?? 'all'], receipt })}
          data={choices.map((value) => ({ value, label: names[value] }))}
          style={{ maxWidth: '100%', overflowX: 'auto' }}
        />
        <ReceiptFinder key={receipt} receipt={receipt} onFind={(next) => go({ kind, state, receipt: next })} />
      </Group>
      {list.error && <ErrorNotice error={list.error} onRetry={list.retry} />}
      {!list.error && !list.items && <SkeletonList rows={10} />}
      {list.items?.length === 0 && (
        <EmptyState
          icon={<IconReceipt />}
          title={filtered ? w.transactions.emptyFilter : w.transactions.empty}
          text={filtered ? w.transactions.emptyFilterText : w.transactions.emptyText}
          action={!filtered && addSale}
        />
      )}
      {list.items && list.items.length > 0 && <TransactionTable rows={list.items} label={w.transactions.title} />}
      <MoreButton more={list.more} busy={list.busy} />
    </>
  );
}

function ReceiptFinder({ receipt, onFind }: { receipt: string | undefined; onFind: (receipt: string | undefined) => void }) {
  const w = useWords().transactions;
  const [text, setText] = useState(receipt ?? '');
  return (
    <form onSubmit={(event) => { event.preventDefault(); onFind(text.trim() || undefined); }}>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <TextInput placeholder={w.findReceipt} aria-label={w.findReceipt} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        <Button type="submit" variant="default">{w.find}</Button>
      </Group>
    </form>
  );
}
