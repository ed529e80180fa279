import { Badge, Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { targetSum } from '@wracam/engine/targets/describe';
import { formatDecimal } from '@wracam/engine/words';
import { ConfirmDialog, ErrorNotice, PageHeader, SkeletonList, StatTile, useLang, writeDate } from '@wracam/ui';
import { useState } from 'react';
import { useTarget, useTargetAmounts, useTargetStep, type Target, type TargetStep } from '../../api/targets.ts';
import { useCan, useProgram } from '../../api/program.tsx';
import { ButtonLink, TextLink } from '../../shell/links.tsx';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { AmountsDialog } from './amounts-dialog.tsx';
import { Ranking } from './ranking.tsx';
import { NoRule, targetColor } from './targets-section.tsx';

/** One sales target: what it asks, who is how far, own amounts, and the steps it may take. */
export function TargetPage() {
  const { target: id } = useParams({ from: '/$program/targets/$target' });
  const query = useTarget(id);
  const { code, currency } = useProgram();
  const lang = useLang();
  const can = useCan();
  const w = useWords().targets;
  if (query.error) return <ErrorNotice wholePage error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonList />;
  const target = query.data;
  const { figures, definition, period } = target;
  const whole = (n: number) => formatDecimal(n, 0, lang);
  const tiles = [[w.taking, whole(figures.participants)], [w.reached, whole(figures.reached)], [w.sum, targetSum(definition.counts, figures.value, { lang, currency })]] as const;
  return (
    <>
      <PageHeader
        back={<TextLink to="/$program/goals/$section" params={{ program: code, section: 'targets' }}><IconArrowLeft size={14} aria-hidden /> {w.list}</TextLink>}
        title={definition.name} beside={<Badge size="lg" color={targetColor[target.state]}>{w.states[target.state]}</Badge>} actions={<TargetActions target={target} />}
      />
      <Stack gap="lg" maw={860}>
        {target.state !== 'ended' && !target.answered && <NoRule />}
        <Paper withBorder p="lg" component="section">
          <Title order={2} size="h3" mb="xs">{w.says}</Title>
          <Text fz="lg">{target.sentence}</Text>
          {definition.description && <Text size="sm" c="dimmed">{definition.description}</Text>}
          <Text size="sm" c="dimmed" mt="xs">{w.codeText(target.code)}</Text>
        </Paper>
        {target.state !== 'draft' && (
          <>
            <SimpleGrid cols={{ base: 2, sm: 4 }}>
              {tiles.map(([label, value]) => <StatTile key={label} label={label} value={value} note={w.period(writeDate(period.from, lang), writeDate(period.until, lang))} />)}
              <StatTile label={w.events} value={whole(figures.events)} note={w.eventsNote} />
            </SimpleGrid>
            {can('reports.read') && <Ranking target={target} />}
          </>
        )}
        {can('rules.write') && target.state !== 'ended' && <OwnAmounts target={target} />}
      </Stack>
    </>
  );
}

function OwnAmounts({ target }: { target: Target }) {
  const w = useWords().targets;
  const query = useTargetAmounts(target.id);
  const [editing, setEditing] = useState(false);
  return (
    <Paper withBorder p="lg" component="section">
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={2} size="h3">{w.amounts}</Title>
          {query.data && <Text size="sm" c="dimmed">{target.definition.amount === null && query.data.items.length === 0 ? w.amountsNone : w.amountsText(query.data.items.length)}</Text>}
        </div>
        {query.data && <Button variant="default" onClick={() => setEditing(true)}>{w.amountsChange}</Button>}
      </Group>
      {query.error && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      {editing && query.data && <AmountsDialog target={target} amounts={query.data} onClose={() => setEditing(false)} />}
    </Paper>
  );
}

function TargetActions({ target }: { target: Target }) {
  const w = useWords().targets;
  const shell = useWords().shell;
  const { code } = useProgram();
  const can = useCan();
  const [asked, setAsked] = useState<TargetStep | null>(null);
  const step = useTargetStep();
  if (!can('rules.write') || target.state === 'ended') return null;
  const words = { startTarget: { action: w.start, text: w.startText, done: w.started }, endTarget: { action: w.end, text: w.endText, done: w.ended } };
  const ask = (name: TargetStep) => () => { step.reset(); setAsked(name); };
  const take = (name: TargetStep) => step.mutate({ step: name, target: target.id, revision: target.revision }, { onSuccess: () => { setAsked(null); toast(words[name].done); } });
  const shown = words[asked ?? 'startTarget'];
  return (
    <>
      {target.state === 'draft' && <Button onClick={ask('startTarget')}>{w.start}</Button>}
      <ButtonLink variant="default" to="/$program/targets/$target/edit" params={{ program: code, target: target.id }}>{shell.change}</ButtonLink>
      {target.state === 'active' && <Button variant="subtle" color="red" onClick={ask('endTarget')}>{w.end}</Button>}
      <ConfirmDialog opened={asked !== null} onClose={() => setAsked(null)} title={`${shown.action}: ${target.definition.name}`} text={shown.text} action={shown.action} harmful={asked === 'endTarget'} onConfirm={() => asked && take(asked)} busy={step.isPending} error={step.error} />
    </>
  );
}
