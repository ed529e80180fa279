import { Badge, Group, Paper, Stack, Tabs, Text } from '@mantine/core';
import { IconPlus, IconTrophy } from '@tabler/icons-react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { BadgePicture, EmptyState, ErrorNotice, PageHeader, SkeletonList, useLang, writePoints } from '@wracam/ui';
import { useGoals, type Goal, type GoalKind } from '../../api/goals.ts';
import { useCan, useProgram, useWallet } from '../../api/program.tsx';
import { ButtonLink, RowLink } from '../../shell/links.tsx';
import { SectionTabs } from '../../shell/section-tabs.tsx';
import { useWords } from '../../words/words.tsx';
import { BadgesSection } from './badges-section.tsx';
import { TargetsSection } from '../targets/targets-section.tsx';
import { BoardsSection } from './boards-section.tsx';

const sections = ['challenges', 'thresholds', 'targets', 'badges', 'leaderboards'] as const;
export const goalColor = { active: 'forest', draft: 'amber', ended: 'gray' } as const;
export const sectionOf = { challenge: 'challenges', threshold: 'thresholds' } as const;

/** Challenges, thresholds, sales targets, badges and leaderboards, each with its address. */
export function GoalsPage() {
  const { section } = useParams({ from: '/$program/goals/$section' });
  const { code } = useProgram();
  const navigate = useNavigate();
  const w = useWords().goals;
  const current = sections.find((one) => one === section) ?? 'challenges';
  return (
    <>
      <PageHeader title={w.title} text={w.text} />
      <Tabs value={current} onChange={(name) => name && void navigate({ to: '/$program/goals/$section', params: { program: code, section: name } })} keepMounted={false}>
        <SectionTabs label={w.sectionsLabel} chosen={current} sections={sections.map((value) => ({ value, name: w.sections[value] }))} />
        <Tabs.Panel value="challenges"><GoalList kind="challenge" /></Tabs.Panel>
        <Tabs.Panel value="thresholds"><GoalList kind="threshold" /></Tabs.Panel>
        <Tabs.Panel value="targets"><TargetsSection /></Tabs.Panel>
        <Tabs.Panel value="badges"><BadgesSection /></Tabs.Panel>
        <Tabs.Panel value="leaderboards"><BoardsSection /></Tabs.Panel>
      </Tabs>
    </>
  );
}

function GoalList({ kind }: { kind: GoalKind }) {
  const w = useWords().goals;
  const query = useGoals(kind);
  const { code } = useProgram();
  const can = useCan();
  const add = can('rules.write') && <ButtonLink to="/$program/goals/new/$kind" params={{ program: code, kind }} leftSection={<IconPlus size={16} aria-hidden />}>{w.new[kind]}</ButtonLink>;
  const goals = query.data?.items;
  return (
    <Stack gap="sm" maw={860}>
      {query.error && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      {!query.error && !goals && <SkeletonList rows={4} height={96} />}
      {goals?.length === 0 && <EmptyState icon={<IconTrophy />} title={w.empty[kind]} text={w.emptyText[kind]} action={add} />}
      {goals && goals.length > 0 && <Group justify="flex-end">{add}</Group>}
      {goals?.map((goal) => <GoalCard key={goal.id} goal={goal} />)}
    </Stack>
  );
}

function GoalCard({ goal }: { goal: Goal }) {
  const w = useWords().goals;
  const { code } = useProgram();
  return (
    <Paper withBorder p="md" className="wracam-row">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Group align="flex-start" wrap="nowrap">
          {goal.reward.badge && <BadgePicture face={goal.reward.badge} size={44} />}
          <div>
            <RowLink to="/$program/goals/of/$goal" params={{ program: code, goal: goal.id }}>{goal.name}</RowLink>
            <Text c="dimmed" size="sm">{goal.sentence}</Text>
            <Text size="sm"><GivenWords reward={goal.reward} /></Text>
            {goal.state !== 'draft' && <Text c="dimmed" size="sm">{w.begun}: {goal.figures.begun} · {w.granted}: {goal.figures.granted}</Text>}
          </div>
        </Group>
        <Stack gap={4} align="flex-end" style={{ flexShrink: 0 }}>
          <Badge color={goalColor[goal.state]}>{w.states[goal.state]}</Badge>
        </Stack>
      </Group>
      {(goal.proposal ?? (goal.draft && goal.current)) && <Text size="sm" fw={650} mt={4}>{goal.proposal ? w.proposed : w.waiting}</Text>}
    </Paper>
  );
}

/** What a goal gives, in words: "Daje: 50 punktów, odznakę „Kawosz”". */
export function GivenWords({ reward }: { reward: Goal['reward'] }) {
  const w = useWords().goals;
  const lang = useLang();
  const wallet = useWallet();
  const parts = [
    reward.points && writePoints(reward.points.points, wallet(reward.points.wallet).forms, lang), reward.badge && w.badge(reward.badge.name), reward.coupon !== null && w.coupon(reward.coupon),
  ].filter((part) => typeof part === 'string');
  return <>{w.gives}: {parts.join(', ')}</>;
}
