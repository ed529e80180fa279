import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { DataTable, EmptyState, ErrorNotice, InstantText, PointsAmount, SkeletonList, type Column } from '@wracam/ui';
import { useState } from 'react';
import { useHistory } from '../../api/members.ts';
import { useCan, useProgram, useWallet } from '../../api/program.tsx';
import type { HistoryEntry, Member } from '../../api/shapes.ts';
import { MoreButton } from '../../shell/more-button.tsx';
import { useWords } from '../../words/words.tsx';
import { ReverseDialog } from './reverse-dialog.tsx';

/** Movements whose reason already says what they are. */
const plain: ReadonlySet<HistoryEntry['kind']> = new Set(['earn', 'return', 'spend']);

/** Every movement of points with its reason; each can be asked why. */
export function History({ member, onWhy }: { member: Member; onWhy: (transfer: string) => void }) {
  const w = useWords();
  const { timeZone } = useProgram();
  const can = useCan();
  const wallet = useWallet();
  const list = useHistory(member.id);
  const [reversing, setReversing] = useState<HistoryEntry | null>(null);
  const columns: Column<HistoryEntry>[] = [
    {
      key: 'what', header: w.member.what, phone: 'title',
      render: (entry) => (
        <>
          <Text span size="sm" fw={600}>{entry.reason}</Text>
          <Group gap={6} mt={2}>
            {!plain.has(entry.kind) && <Badge size="sm" color="gray">{w.member.kinds[entry.kind]}</Badge>}
            {entry.reversed && <Badge size="sm" color="red">{w.member.reversed}</Badge>}
          </Group>
        </>
      ),
    },
    { key: 'when', header: w.member.when, render: (entry) => <Text span size="sm"><InstantText at={entry.at} timeZone={timeZone} /></Text> },
    { key: 'points', header: w.member.points, number: true, phone: 'side', render: (entry) => <PointsAmount points={entry.points} unit={wallet(entry.wallet).forms} signed /> },
    {
      key: 'why', header: w.shell.why, phone: 'foot',
      render: (entry) => <EntryButtons entry={entry} onWhy={onWhy} onReverse={can('points.adjust') ? setReversing : undefined} />,
    },
  ];
  return (
    <section>
      <Title order={2} size="h2" mb="sm">{w.member.history}</Title>
      <Stack gap="sm">
        {list.error && <ErrorNotice error={list.error} onRetry={list.retry} />}
        {!list.error && !list.items && <SkeletonList rows={6} />}
        {list.items?.length === 0 && <EmptyState icon={<IconHistory />} title={w.member.history} text={w.member.historyNone} />}
        {list.items && list.items.length > 0 && <DataTable label={w.member.history} columns={columns} rows={list.items} rowKey={(entry) => entry.id} />}
        <MoreButton more={list.more} busy={list.busy} />
      </Stack>
      <ReverseDialog member={member} entry={reversing} onClose={() => setReversing(null)} />
    </section>
  );
}

function EntryButtons({ entry, onWhy, onReverse }: { entry: HistoryEntry; onWhy: (transfer: string) => void; onReverse?: (entry: HistoryEntry) => void }) {
  const w = useWords();
  return (
    <Group gap={4} wrap="nowrap">
      <Button size="compact-sm" variant="light" onClick={() => onWhy(entry.id)}>{w.shell.why}</Button>
      {onReverse && entry.reversible && !entry.reversed && <Button size="compact-sm" variant="subtle" color="gray" onClick={() => onReverse(entry)}>{w.shell.undo}</Button>}
    </Group>
  );
}
