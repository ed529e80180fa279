import { Badge, Button, Group, Paper, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCamera, IconPlus } from '@tabler/icons-react';
import { ConfirmDialog, Dialog, EmptyState, ErrorNotice, SkeletonList, Thumbnail, useLang, writeInstant } from '@wracam/ui';
import { useState } from 'react';
import { useCan, useProgram } from '../../api/program.tsx';
import type { WorkReport } from '../../api/shapes.ts';
import { useApproveReport, useRejectReport, useReportPictures, useWorkReports } from '../../api/work-reports.ts';
import { TextLink } from '../../shell/links.tsx';
import { MoreButton } from '../../shell/more-button.tsx';
import { toast, toastRefusal } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { ReportDialog } from './report-dialog.tsx';

const states = ['waiting', 'approved', 'rejected'] as const;
/** As the contract bounds it. */
const REASON_MAX = 200;

/** Reports of completed works: a queue to look through, and what was decided. */
export function ReportsSection() {
  const w = useWords().workReports;
  const can = useCan();
  const [state, setState] = useState<(typeof states)[number]>('waiting');
  const list = useWorkReports(state);
  const [adding, dialog] = useDisclosure();
  return (
    <Stack maw={760}>
      <Text c="dimmed">{w.text}</Text>
      <Group justify="space-between">
        <SegmentedControl aria-label={w.filter} value={state} data={states.map((value) => ({ value, label: w.statesMany[value] }))} onChange={(value) => setState(states.find((one) => one === value) ?? 'waiting')} />
        {can('events.write') && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>{w.add}</Button>}
      </Group>
      {list.error && <ErrorNotice error={list.error} onRetry={list.retry} />}
      {!list.error && !list.items && <SkeletonList rows={3} height={140} />}
      {list.items?.length === 0 && <EmptyState icon={<IconCamera />} title={w.empty[state]} text={w.emptyText} />}
      {list.items?.map((report) => <ReportCard key={report.id} report={report} />)}
      <MoreButton more={list.more} busy={list.busy} />
      {adding && <ReportDialog onClose={dialog.close} />}
    </Stack>
  );
}

const color = { waiting: 'amber', approved: 'forest', rejected: 'gray', voided: 'gray' } as const;

function ReportCard({ report }: { report: WorkReport }) {
  const words = useWords();
  const w = words.workReports;
  const lang = useLang();
  const { code, timeZone } = useProgram();
  return (
    <Paper withBorder p="md" component="article" aria-label={`${report.typeName}, ${report.member.name ?? report.member.number}`}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start">
          <div>
            <TextLink to="/$program/members/$member" params={{ program: code, member: report.member.id }} fw={650}>{report.member.name ?? report.member.number}</TextLink>
            <Text size="sm" c="dimmed">{report.typeName} · {w.sentAt(writeInstant(report.sentAt, timeZone, lang), report.sentBy ?? '')}</Text>
          </div>
          <Badge color={color[report.state]}>{w.states[report.state]}</Badge>
        </Group>
        <div>{report.fields.map((field) => <Text key={field.key} size="sm"><Text span c="dimmed">{field.name}: </Text>{typeof field.value === 'boolean' ? w.flag(field.value) : field.value}</Text>)}</div>
        {report.note !== null && <Text size="sm" style={{ whiteSpace: 'pre-line' }}>{report.note}</Text>}
        {report.pictures > 0 && <Pictures report={report} />}
        {report.decidedAt !== null && <Text size="sm" c="dimmed">{w.decidedAt(writeInstant(report.decidedAt, timeZone, lang), report.decidedBy ?? '')}{report.reason !== null && `: ${report.reason}`}</Text>}
        {report.transaction !== null && <TextLink size="sm" to="/$program/transactions/$transaction" params={{ program: code, transaction: report.transaction }}>{w.seeEvent}</TextLink>}
        {report.state === 'waiting' && <Decision report={report} />}
      </Stack>
    </Paper>
  );
}

function Pictures({ report }: { report: WorkReport }) {
  const words = useWords();
  const w = words.workReports;
  const pictures = useReportPictures(report);
  const [opened, setOpened] = useState<number | null>(null);
  if (pictures.error) return <ErrorNotice error={pictures.error} onRetry={() => void pictures.refetch()} />;
  if (!pictures.data) return <SkeletonList rows={1} height={96} />;
  const shown = opened === null ? undefined : pictures.data[opened];
  return (
    <Group gap="xs">
      {pictures.data.map((one, at) => (
        <button key={at} type="button" style={{ background: 'none', border: 0, cursor: 'zoom-in', padding: 0 }} onClick={() => setOpened(at)}><Thumbnail {...one} name={w.picture(at + 1)} /></button>
      ))}
      <Dialog opened={shown !== undefined} onClose={() => setOpened(null)} size="xl" title={opened === null ? '' : w.picture(opened + 1)}>
        {shown && <img src={`data:${shown.type};base64,${shown.base64}`} alt={w.picture((opened ?? 0) + 1)} style={{ width: '100%' }} />}
      </Dialog>
    </Group>
  );
}

function Decision({ report }: { report: WorkReport }) {
  const w = useWords().workReports;
  const can = useCan();
  const approve = useApproveReport();
  const reject = useRejectReport();
  const [rejecting, dialog] = useDisclosure();
  const [reason, setReason] = useState('');
  if (!can('events.write')) return null;
  return (
    <Group gap="xs">
      <Button loading={approve.isPending} onClick={() => approve.mutate(report.id, { onSuccess: () => toast(w.approvedNow), onError: toastRefusal })}>{w.approve}</Button>
      <Button variant="default" onClick={dialog.open}>{w.reject}</Button>
      <ConfirmDialog opened={rejecting} onClose={dialog.close} title={w.reject} text={w.rejectText} action={w.reject} onConfirm={() => reject.mutate({ report: report.id, reason: reason.trim() }, { onSuccess: () => { toast(w.rejectedNow); dialog.close(); } })} busy={reject.isPending} error={reject.error} disabled={reason.trim() === ''}>
        <TextInput label={w.reason} placeholder={w.reasonPlaceholder} maxLength={REASON_MAX} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
      </ConfirmDialog>
    </Group>
  );
}
