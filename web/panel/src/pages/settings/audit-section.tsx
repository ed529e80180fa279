import { Stack, Text } from '@mantine/core';
import { DataTable, EmptyState, ErrorNotice, InstantText, SkeletonList, type Column } from '@wracam/ui';
import { useProgram } from '../../api/program.tsx';
import { useAudit } from '../../api/settings.ts';
import type { AuditEntry } from '../../api/shapes.ts';
import { MoreButton } from '../../shell/more-button.tsx';
import { useWords } from '../../words/words.tsx';
import { changeWords } from './change-words.ts';

/** What staff and keys changed, newest first. */
export function AuditSection() {
  const w = useWords().settings;
  const { timeZone } = useProgram();
  const list = useAudit();
  const columns: Column<AuditEntry>[] = [
    { key: 'when', header: w.when, render: (entry) => <InstantText at={entry.at} timeZone={timeZone} /> },
    { key: 'who', header: w.who, render: (entry) => entry.actor },
    { key: 'action', header: w.action, phone: 'title', render: (entry) => <Text span size="sm" title={entry.action}>{w.auditActions[entry.action] ?? entry.action}</Text> },
    { key: 'subject', header: w.subject, render: (entry) => <Text span size="sm" style={{ overflowWrap: 'anywhere' }}>{entry.subject}</Text> },
    { key: 'details', header: w.details, phone: 'hidden', render: (entry) => <Details entry={entry} /> },
  ];
  return (
    <Stack gap="md">
      <Text c="dimmed">{w.auditText}</Text>
      {list.error && <ErrorNotice error={list.error} onRetry={list.retry} />}
      {!list.error && !list.items && <SkeletonList rows={10} />}
      {list.items?.length === 0 && <EmptyState title={w.auditEmpty} />}
      {list.items && list.items.length > 0 && <DataTable label={w.sections.audit} columns={columns} rows={list.items} rowKey={(entry) => entry.id} />}
      <MoreButton more={list.more} busy={list.busy} />
    </Stack>
  );
}

function Details({ entry }: { entry: AuditEntry }) {
  const w = useWords().settings;
  const pairs = changeWords(entry, w.changes) ?? Object.entries(entry.details).filter(([, value]) => value !== null).map(([name, value]) => {
    if (Array.isArray(value)) return `${name}: ${value.join(', ')}`;
    return `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`;
  });
  return <Text size="sm" c="dimmed" maw={380} style={{ overflowWrap: 'anywhere' }}>{pairs.join('; ')}</Text>;
}
