import { Badge, Button, Group, Paper, Select, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconArrowLeft, IconHistoryToggle } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { DataTable, EmptyState, ErrorNotice, MoneyInput, PageHeader, SkeletonList, useLang, writeDate, writeInstant } from '@wracam/ui';
import { useState } from 'react';
import { useCan, useProgram } from '../../api/program.tsx';
import { useReplays, useStartReplay } from '../../api/replays.ts';
import { useRules } from '../../api/rules.ts';
import type { Body, ReplayHead, Rule } from '../../api/shapes.ts';
import { RowLink, TextLink } from '../../shell/links.tsx';
import { useWords } from '../../words/words.tsx';

type Choice = 'keep' | 'draft' | 'leave';
const COST_AT_FIRST = 100;
export const stateColor = { waiting: 'gray', running: 'amber', done: 'forest', cancelled: 'gray', failed: 'red' } as const;

/** History counted again by other rules: what to change, and what was checked before. */
export function ReplaysPage() {
  const w = useWords();
  const { code } = useProgram();
  const can = useCan();
  return (
    <>
      <PageHeader back={<TextLink to="/$program/rules" params={{ program: code }}><IconArrowLeft size={14} aria-hidden /> {w.rules.title}</TextLink>} title={w.replays.title} text={w.replays.text} />
      <Stack gap="xl">
        {can('rules.write') && <NewReplay />}
        <Earlier />
      </Stack>
    </>
  );
}

/** What may be done with a rule here; a rule that does not run and has no draft has nothing to offer. */
const choicesOf = (rule: Rule): Choice[] => ['keep', ...(rule.draft ? ['draft' as const] : []), ...(rule.state === 'active' ? ['leave' as const] : [])];

const dayText = (daysBack: number) => new Date(Date.now() - daysBack * 86_400_000).toISOString().slice(0, 10);

function NewReplay() {
  const w = useWords().replays;
  const rules = useRules();
  if (rules.error) return <ErrorNotice error={rules.error} onRetry={() => void rules.refetch()} />;
  if (!rules.data) return <SkeletonList rows={4} />;
  return (
    <Paper withBorder p="lg" component="section">
      <Title order={2} size="h2" mb="md">{w.new}</Title>
      <ReplayForm rules={rules.data.items.filter((rule) => choicesOf(rule).length > 1)} />
    </Paper>
  );
}

function ReplayForm({ rules }: { rules: readonly Rule[] }) {
  const w = useWords().replays;
  const { code, wallets } = useProgram();
  const navigate = useNavigate();
  const { rule: wanted } = useSearch({ from: '/$program/replays' });
  const [from, setFrom] = useState(dayText(364));
  const [until, setUntil] = useState(dayText(0));
  const [wallet, setWallet] = useState(wallets[0]?.code ?? '');
  const [cost, setCost] = useState<number | null>(COST_AT_FIRST);
  const [choices, setChoices] = useState<Readonly<Record<string, Choice>>>(() => Object.fromEntries(rules.filter((rule) => rule.id === wanted).map((rule) => [rule.id, rule.draft ? 'draft' : 'leave'])));
  const start = useStartReplay();
  const changes: Body<'startReplay'>['changes'] = rules.flatMap((rule) => (choices[rule.id] === 'draft' ? [{ rule: rule.id }] : choices[rule.id] === 'leave' ? [{ rule: rule.id, definition: null }] : []));
  const submit = () => start.mutate({ from, until, wallet, costPer100Minor: cost ?? 0, changes }, { onSuccess: ({ id }) => void navigate({ to: '/$program/replays/$replay', params: { program: code, replay: id } }) });
  return (
    <form noValidate onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <Stack gap="lg">
        <SimpleGrid cols={{ base: 1, xs: 2, md: wallets.length > 1 ? 4 : 3 }}>
          <TextInput type="date" label={w.from} value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
          <TextInput type="date" label={w.until} value={until} onChange={(event) => setUntil(event.currentTarget.value)} />
          {wallets.length > 1 && <Select label={w.wallet} allowDeselect={false} value={wallet} data={wallets.map((one) => ({ value: one.code, label: one.name }))} onChange={(value) => value && setWallet(value)} />}
          <MoneyInput label={w.cost} description={w.costHint} inputWrapperOrder={['label', 'input', 'description', 'error']} value={cost} onChange={setCost} />
        </SimpleGrid>
        <section>
          <Title order={3} size="h3">{w.rules}</Title>
          <Text size="sm" c="dimmed" mb="sm">{rules.length > 0 ? w.rulesHint : w.noRules}</Text>
          <Stack gap="sm">
            {rules.map((rule) => (
              <SimpleGrid key={rule.id} cols={{ base: 1, sm: 2 }} spacing="xs" style={{ alignItems: 'center' }}>
                <Text fw={600}>{rule.name}</Text>
                <Select
                  aria-label={rule.name} allowDeselect={false} maw={320} value={choices[rule.id] ?? 'keep'}
                  data={choicesOf(rule).map((value) => ({ value, label: value === 'keep' && rule.state !== 'active' ? w.keepInactive : w.choices[value] }))}
                  onChange={(value) => setChoices({ ...choices, [rule.id]: (value ?? 'keep') as Choice })}
                />
              </SimpleGrid>
            ))}
          </Stack>
        </section>
        {start.error && <ErrorNotice error={start.error} />}
        <Group><Button type="submit" loading={start.isPending} leftSection={<IconHistoryToggle size={16} aria-hidden />}>{w.start}</Button></Group>
      </Stack>
    </form>
  );
}

function Earlier() {
  const w = useWords().replays;
  const lang = useLang();
  const { code, timeZone } = useProgram();
  const list = useReplays();
  return (
    <section>
      <Title order={2} size="h2" mb="sm">{w.earlier}</Title>
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {!list.error && !list.data && <SkeletonList rows={3} />}
      {list.data?.items.length === 0 && <EmptyState icon={<IconHistoryToggle />} title={w.empty} text={w.emptyText} />}
      {list.data && list.data.items.length > 0 && (
        <DataTable<ReplayHead>
          label={w.earlier} linked rows={list.data.items} rowKey={(row) => row.id}
          columns={[
            { key: 'period', header: w.column.period, phone: 'title', render: (row) => <RowLink to="/$program/replays/$replay" params={{ program: code, replay: row.id }}>{w.periodOf(writeDate(row.from, lang), writeDate(row.until, lang))}</RowLink> },
            { key: 'changes', header: w.column.changes, render: (row) => <Changes replay={row} /> },
            { key: 'asked', header: w.column.asked, render: (row) => w.madeBy(writeInstant(row.madeAt, timeZone, lang), row.madeBy) },
            { key: 'state', header: w.column.state, phone: 'side', render: (row) => <Badge color={stateColor[row.state]}>{w.states[row.state]}</Badge> },
          ]}
        />
      )}
    </section>
  );
}

/** Which rules were changed, in words. */
export function Changes({ replay }: { replay: Pick<ReplayHead, 'changes'> }) {
  const w = useWords().replays;
  return replay.changes.length === 0 ? w.unchanged : replay.changes.map((one) => `${one.name} (${w.changes[one.change]})`).join(', ');
}
