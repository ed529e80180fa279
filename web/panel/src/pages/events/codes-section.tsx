import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBarcode, IconPlus } from '@tabler/icons-react';
import { formatDecimal } from '@wracam/engine/words';
import { ConfirmDialog, DataTable, EmptyState, ErrorNotice, InstantText, SkeletonList, useLang, writeDate, type Column } from '@wracam/ui';
import { useCodeBatches, useStopBatch } from '../../api/events.ts';
import { useCan, useProgram } from '../../api/program.tsx';
import type { CodeBatch } from '../../api/shapes.ts';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { BatchDialog } from './batch-dialog.tsx';

/** Batches of codes with what is used of them. The codes themselves are seen once, when they are made. */
export function CodesSection() {
  const w = useWords().events;
  const lang = useLang();
  const { timeZone } = useProgram();
  const query = useCodeBatches();
  const can = useCan();
  const [making, dialog] = useDisclosure();
  if (query.error) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonList rows={4} height={56} />;
  const { items } = query.data;
  const add = can('rules.write') && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>{w.newBatch}</Button>;
  const day = (date: string | null) => date && writeDate(date, lang);
  const columns: Column<CodeBatch>[] = [
    { key: 'name', header: w.batchName, phone: 'title', render: (batch) => <>{batch.name}<Text size="sm" c="dimmed">{batch.label}</Text></> },
    { key: 'used', header: w.used, number: true, phone: 'side', render: (batch) => w.usedOf(formatDecimal(batch.used, 0, lang), formatDecimal(batch.issued, 0, lang)) },
    { key: 'valid', header: w.valid, render: (batch) => w.validFromTo(day(batch.validFrom), day(batch.validUntil)) || w.validAlways },
    { key: 'made', header: w.made, render: (batch) => <InstantText at={batch.createdAt} timeZone={timeZone} /> },
    { key: 'state', header: w.state, render: (batch) => (batch.state === 'stopped' ? <Badge color="amber">{w.stopped}</Badge> : can('rules.write') ? <StopButton batch={batch} /> : w.working) },
  ];
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start"><Text c="dimmed" maw={560}>{w.codesText}</Text>{items.length > 0 && add}</Group>
      {items.length === 0 && <EmptyState icon={<IconBarcode />} title={w.codesEmpty} text={w.codesEmptyText} action={add} />}
      {items.length > 0 && <DataTable label={w.sections.codes} columns={columns} rows={items} rowKey={(batch) => batch.id} />}
      {making && <BatchDialog onClose={dialog.close} />}
    </Stack>
  );
}

function StopButton({ batch }: { batch: CodeBatch }) {
  const w = useWords().events;
  const [asked, dialog] = useDisclosure();
  const stop = useStopBatch();
  return (
    <>
      <Button size="xs" variant="default" onClick={dialog.open} aria-label={`${w.stop}: ${batch.name}`}>{w.stop}</Button>
      <ConfirmDialog opened={asked} onClose={dialog.close} title={batch.name} text={w.stopText} action={w.stop} harmful onConfirm={() => stop.mutate(batch.id, { onSuccess: () => { toast(w.stoppedNow); dialog.close(); } })} busy={stop.isPending} error={stop.error} />
    </>
  );
}
