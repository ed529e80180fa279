import { Box, Group, Paper, Select, Stack, Text, Title } from '@mantine/core';
import { targetSum } from '@wracam/engine/targets/describe';
import { ErrorNotice, SkeletonList, useLang, writeDate } from '@wracam/ui';
import { useState } from 'react';
import { useTargetProgress, type Target, type TargetProgress } from '../../api/targets.ts';
import { useProgram } from '../../api/program.tsx';
import { TextLink } from '../../shell/links.tsx';
import { useWords } from '../../words/words.tsx';

type Participant = TargetProgress['participants'][number];

/** Who is how far in a period: a bar each, those nearest to their amount first. */
export function Ranking({ target }: { target: Target }) {
  const w = useWords().targets;
  const lang = useLang();
  const [chosen, setChosen] = useState<number | null>(null);
  const query = useTargetProgress(target.id, chosen);
  const progress = query.data;
  const span = ({ from, until }: TargetProgress['period']) => w.period(writeDate(from, lang), writeDate(until, lang));
  return (
    <Paper withBorder p="lg" component="section">
      <Group justify="space-between" align="flex-end" mb="md">
        <Title order={2} size="h3">{w.ranking}</Title>
        {progress && progress.periods.length > 1 && (
          <Select
            label={w.rankingPeriod} allowDeselect={false} w={300} maw="100%" value={String(progress.period.no)} onChange={(no) => no !== null && setChosen(Number(no))}
            data={progress.periods.map((one) => ({ value: String(one.no), label: one.no === target.period.no ? `${span(one)} (${w.running})` : span(one) }))}
          />
        )}
      </Group>
      {query.error && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      {!query.error && !progress && <SkeletonList rows={4} height={36} />}
      {progress?.settled && <Text size="sm" c="dimmed" mb="sm">{w.settled}</Text>}
      {progress?.participants.length === 0 && <Text c="dimmed">{w.rankingNone}</Text>}
      <Stack component="ol" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
        {progress?.participants.map((one, at) => <Row key={one.member ?? one.name ?? at} one={one} target={target} />)}
      </Stack>
      {progress && progress.figures.participants > progress.participants.length && <Text size="sm" c="dimmed" mt="md">{w.rankingCut(progress.participants.length)}</Text>}
    </Paper>
  );
}

function Row({ one, target }: { one: Participant; target: Target }) {
  const w = useWords().targets;
  const lang = useLang();
  const { code, currency } = useProgram();
  const written = (sum: number) => targetSum(target.definition.counts, sum, { lang, currency });
  const reached = one.value >= one.amount;
  const name = one.name ?? one.number ?? '–';
  return (
    <li>
      <Group justify="space-between" gap="xs" wrap="wrap">
        {one.member === null ? <Text fw={650}>{name}</Text> : <TextLink fw={650} to="/$program/members/$member" params={{ program: code, member: one.member }}>{name}</TextLink>}
        <Text size="sm" className="wracam-number">{w.of(written(one.value), written(one.amount))} · {one.percent}%</Text>
      </Group>
      <Box aria-hidden h={14} mt={4} style={{ borderRadius: 4, background: 'var(--wracam-line)', overflow: 'hidden' }}>
        <Box h="100%" style={{ width: `${Math.min(100, one.percent)}%`, background: reached ? 'var(--mantine-color-amber-5)' : 'var(--mantine-color-forest-5)' }} />
      </Box>
      <Text size="sm" c="dimmed">{reached ? w.done : w.missing(written(one.amount - one.value))}</Text>
    </li>
  );
}
