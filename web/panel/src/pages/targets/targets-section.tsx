import { Alert, Badge, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { IconPlus, IconTarget } from '@tabler/icons-react';
import { targetSum } from '@wracam/engine/targets/describe';
import { EmptyState, ErrorNotice, SkeletonList, useLang, writeDate } from '@wracam/ui';
import { useTargets, type Target } from '../../api/targets.ts';
import { useCan, useProgram } from '../../api/program.tsx';
import { ButtonLink, RowLink } from '../../shell/links.tsx';
import { useWords } from '../../words/words.tsx';

export const targetColor = { active: 'forest', draft: 'amber', ended: 'gray' } as const;

/** Sales targets with how far the running period is. */
export function TargetsSection() {
  const w = useWords().targets;
  const query = useTargets();
  const { code } = useProgram();
  const can = useCan();
  const add = can('rules.write') && <ButtonLink to="/$program/targets/new" params={{ program: code }} leftSection={<IconPlus size={16} aria-hidden />}>{w.add}</ButtonLink>;
  const targets = query.data?.items;
  return (
    <Stack gap="sm" maw={860}>
      {query.error && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      {!query.error && !targets && <SkeletonList rows={3} height={110} />}
      {targets?.length === 0 && <EmptyState icon={<IconTarget />} title={w.empty} text={w.emptyText} action={add} />}
      {targets && targets.length > 0 && <Group justify="space-between" align="flex-start"><Text c="dimmed" maw={520}>{w.text}</Text>{add}</Group>}
      {targets?.some((one) => one.state === 'active' && !one.answered) && <NoRule />}
      {targets?.map((target) => <TargetCard key={target.id} target={target} />)}
    </Stack>
  );
}

/** A target that nothing answers to gives nobody anything: said where it is seen, with the way out. */
export function NoRule() {
  const w = useWords().targets;
  const { code } = useProgram();
  const can = useCan();
  return (
    <Alert color="amber" title={w.noRule}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{w.noRuleText}</Text>
        {can('rules.write') && <ButtonLink size="xs" variant="default" to="/$program/rules/new" params={{ program: code }}>{w.addRule}</ButtonLink>}
      </Stack>
    </Alert>
  );
}

function TargetCard({ target }: { target: Target }) {
  const w = useWords().targets;
  const lang = useLang();
  const { code, currency } = useProgram();
  const { participants, reached, value } = target.figures;
  const text = w.reachedOf(reached, participants);
  return (
    <Paper withBorder p="md" className="wracam-row">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <RowLink to="/$program/targets/$target" params={{ program: code, target: target.id }}>{target.definition.name}</RowLink>
          <Text c="dimmed" size="sm">{target.sentence}</Text>
        </div>
        <Badge color={targetColor[target.state]} style={{ flexShrink: 0 }}>{w.states[target.state]}</Badge>
      </Group>
      {target.state !== 'draft' && (
        <Stack gap={4} mt="sm">
          <Progress size="lg" value={participants === 0 ? 0 : (100 * reached) / participants} aria-label={text} />
          <Text size="sm">{w.period(writeDate(target.period.from, lang), writeDate(target.period.until, lang))} · {text} {participants > 0 && w.together(targetSum(target.definition.counts, value, { lang, currency }))}</Text>
        </Stack>
      )}
    </Paper>
  );
}
