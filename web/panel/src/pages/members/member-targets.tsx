import { Badge, Group, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import { targetSum } from '@wracam/engine/targets/describe';
import { ErrorNotice, useLang, writeDate } from '@wracam/ui';
import { useProgram } from '../../api/program.tsx';
import { useMemberTargets, type MemberTarget } from '../../api/targets.ts';
import { useWords } from '../../words/words.tsx';

/** Sales targets that a member works for, alone, for a company or in a group; nothing at all where there are none. */
export function MemberTargets({ id }: { id: string }) {
  const w = useWords().targets;
  const query = useMemberTargets(id);
  const items = query.data?.items ?? [];
  if (!query.error && items.length === 0) return null;
  return (
    <Paper withBorder p="lg" component="section">
      <Title order={2} size="h3" mb="sm">{w.list}</Title>
      {query.error && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      <Stack gap="md">{items.map((one) => <TargetRow key={`${one.id}:${one.of}`} one={one} />)}</Stack>
    </Paper>
  );
}

function TargetRow({ one }: { one: MemberTarget }) {
  const w = useWords().targets;
  const lang = useLang();
  const { currency } = useProgram();
  const written = (sum: number) => targetSum(one.counts, sum, { lang, currency });
  const until = writeDate(one.period.until, lang);
  const time = one.state === 'coming' ? w.coming(writeDate(one.period.from, lang)) : one.daysLeft === null ? w.over(until, writeDate(one.countsUntil, lang)) : w.left(until, one.daysLeft);
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" align="baseline"><Text fw={650}>{one.name}</Text>{one.state === 'reached' && <Badge color="forest" style={{ flexShrink: 0 }}>{w.done}</Badge>}</Group>
      {one.of !== null && one.side !== 'member' && <Text size="sm" c="dimmed">{w.sideOf[one.side](one.of)}</Text>}
      <Progress value={Math.max(0, Math.min(100, one.percent))} my={4} aria-label={w.progress(one.name, one.percent)} />
      <Text size="sm">{w.of(written(one.value), written(one.amount))}{one.state !== 'reached' && <>, {w.missing(written(one.missing))}</>}</Text>
      {one.of !== null && <Text size="sm" c="dimmed">{w.own(written(one.own))}</Text>}
      <Text size="sm" c="dimmed">{time}</Text>
    </div>
  );
}
