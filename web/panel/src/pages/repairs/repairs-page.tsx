import { Alert, Badge, Button, Group, Paper, Select, SimpleGrid, Stack, TextInput, Title } from '@mantine/core';
import { IconArrowLeft, IconTool } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { addDays } from '@wracam/engine/calendar';
import { DataTable, EmptyState, ErrorNotice, PageHeader, SkeletonList, useLang, writeDate, writeInstant } from '@wracam/ui';
import { useState } from 'react';
import { useProgram } from '../../api/program.tsx';
import { useRepairs, useStartRepair } from '../../api/repairs.ts';
import { useRule, useRules } from '../../api/rules.ts';
import type { RepairHead, Rule, RuleDetail } from '../../api/shapes.ts';
import { useToday } from '../../shell/clock.ts';
import { ButtonLink, RowLink, TextLink } from '../../shell/links.tsx';
import { useWords } from '../../words/words.tsx';

export const stateColor = { waiting: 'gray', running: 'amber', ready: 'amber', booking: 'amber', booked: 'forest', undoing: 'amber', undone: 'gray', cancelled: 'gray', failed: 'red' } as const;

/** A rule counted wrongly for some days: what should have been, and what was mended before. */
export function RepairsPage() {
  const w = useWords();
  const { code } = useProgram();
  const rules = useRules();
  return (
    <>
      <PageHeader back={<TextLink to="/$program/rules" params={{ program: code }}><IconArrowLeft size={14} aria-hidden /> {w.rules.title}</TextLink>} title={w.repairs.title} text={w.repairs.text} />
      <Stack gap="xl">
        <Paper withBorder p="lg" component="section">
          <Title order={2} size="h2" mb="md">{w.repairs.new}</Title>
          {rules.error && <ErrorNotice error={rules.error} onRetry={() => void rules.refetch()} />}
          {!rules.error && !rules.data && <SkeletonList rows={3} />}
          {rules.data && <RepairForm rules={rules.data.items} />}
        </Paper>
        <Earlier />
      </Stack>
    </>
  );
}

const DRAFT = 'draft';

function RepairForm({ rules }: { rules: readonly Rule[] }) {
  const w = useWords().repairs;
  const { code } = useProgram();
  const navigate = useNavigate();
  const { rule: wanted } = useSearch({ from: '/$program/repairs' });
  const [rule, setRule] = useState<string | null>(rules.find((one) => one.id === wanted)?.id ?? null);
  const [right, setRight] = useState<string | null>(null);
  const today = useToday();
  const [from, setFrom] = useState(addDays(today, -3));
  const [until, setUntil] = useState(today);
  const detail = useRule(rule ?? undefined);
  const start = useStartRepair();
  const offered = useOffered(detail.data);
  const chosen = offered.find((one) => one.value === right)?.value ?? offered[0]?.value ?? null;
  const choose = (next: string | null) => { setRule(next); setRight(null); };
  const submit = () => rule && chosen && start.mutate({ rule, from, until, ...(chosen === DRAFT ? {} : { version: Number(chosen) }) }, { onSuccess: ({ id }) => void navigate({ to: '/$program/repairs/$repair', params: { program: code, repair: id } }) });
  return (
    <form noValidate onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <Stack gap="lg">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Select label={w.rule} placeholder={w.chooseRule} nothingFoundMessage={w.noRules} searchable value={rule} data={rules.map((one) => ({ value: one.id, label: one.name }))} onChange={choose} />
          {offered.length > 0 && <Select label={w.right} allowDeselect={false} value={chosen} data={offered} onChange={setRight} />}
          <TextInput type="date" label={w.from} value={from} max={until} onChange={(event) => setFrom(event.currentTarget.value)} />
          <TextInput type="date" label={w.until} value={until} min={from} onChange={(event) => setUntil(event.currentTarget.value)} />
        </SimpleGrid>
        {rule && detail.data && offered.length < 2 && detail.data.draft === null && (
          <Alert color="amber"><Stack gap="sm" align="flex-start">{w.noRight}<ButtonLink variant="default" to="/$program/rules/$rule" params={{ program: code, rule }}>{w.openRule}</ButtonLink></Stack></Alert>
        )}
        {(detail.error ?? start.error) && <ErrorNotice error={detail.error ?? start.error} />}
        <Group><Button type="submit" disabled={!chosen} loading={start.isPending} leftSection={<IconTool size={16} aria-hidden />}>{w.start}</Button></Group>
      </Stack>
    </form>
  );
}

/** What may have been right: the draft, or a version, newest first. */
function useOffered(detail: RuleDetail | undefined): { value: string; label: string }[] {
  const w = useWords().repairs;
  const lang = useLang();
  const { timeZone } = useProgram();
  if (!detail) return [];
  const versions = detail.versions.toSorted((a, b) => b.version - a.version);
  return [...(detail.draft ? [{ value: DRAFT, label: w.draft }] : []), ...versions.map(({ version, publishedAt }) => ({ value: String(version), label: w.version(version, writeInstant(publishedAt, timeZone, lang)) }))];
}

function Earlier() {
  const w = useWords().repairs;
  const lang = useLang();
  const { code, timeZone } = useProgram();
  const list = useRepairs();
  return (
    <section>
      <Title order={2} size="h2" mb="sm">{w.earlier}</Title>
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {!list.error && !list.data && <SkeletonList rows={3} />}
      {list.data?.items.length === 0 && <EmptyState icon={<IconTool />} title={w.empty} text={w.emptyText} />}
      {list.data && list.data.items.length > 0 && (
        <DataTable<RepairHead>
          label={w.earlier} linked rows={list.data.items} rowKey={(row) => row.id}
          columns={[
            { key: 'rule', header: w.column.rule, phone: 'title', render: (row) => <RowLink to="/$program/repairs/$repair" params={{ program: code, repair: row.id }}>{row.rule.name}</RowLink> },
            { key: 'period', header: w.column.period, render: (row) => w.periodOf(writeDate(row.from, lang), writeDate(row.until, lang)) },
            { key: 'asked', header: w.column.asked, render: (row) => w.asked(writeInstant(row.madeAt, timeZone, lang), row.madeBy) },
            { key: 'state', header: w.column.state, phone: 'side', render: (row) => <Badge miw="max-content" color={stateColor[row.state]}>{w.states[row.state]}</Badge> },
          ]}
        />
      )}
    </section>
  );
}
