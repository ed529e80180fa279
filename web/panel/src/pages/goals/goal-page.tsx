import { Badge, Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { describeGoal } from '@wracam/engine/goals/describe';
import { formatDecimal } from '@wracam/engine/words';
import { BadgePicture, ErrorNotice, PageHeader, SkeletonList, StatTile, useLang, writeDate } from '@wracam/ui';
import { useState } from 'react';
import { useGoal, useGoalStep, useReward, type ApiGoalDefinition, type GoalDetail } from '../../api/goals.ts';
import { useCan, useProgram, useWallet } from '../../api/program.tsx';
import { ButtonLink, TextLink } from '../../shell/links.tsx';
import { toast, toastRefusal } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { ChangesPaper, useBegins, VersionList } from '../rules/publication.tsx';
import { useOwnNames } from '../rules/tell-rule.ts';
import { useEventReasons } from '../rules/trigger-fields.tsx';
import { goalToEngine } from './definition.ts';
import { EndGoal, GoalEnds, GoalProposal, PublishGoal, useGoalDifference } from './goal-change.tsx';
import { GivenWords, goalColor, sectionOf } from './goals-page.tsx';
import { Spread } from './spread.tsx';

/** One threshold or challenge: what it asks, how far members are, its versions, and the steps it may take. */
export function GoalPage() {
  const { goal: id } = useParams({ from: '/$program/goals/of/$goal' });
  const query = useGoal(id);
  const { code } = useProgram();
  const lang = useLang();
  const { goals: w, publishing } = useWords();
  const difference = useGoalDifference();
  const begins = useBegins();
  if (query.error) return <ErrorNotice wholePage error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonList />;
  const goal = query.data;
  const section = sectionOf[goal.kind];
  const figures = [[w.begun, goal.figures.begun], [w.granted, goal.figures.granted], [w.takenBack, goal.figures.takenBack], [w.pointsGiven, goal.figures.points]] as const;
  return (
    <>
      <PageHeader
        back={<TextLink to="/$program/goals/$section" params={{ program: code, section }}><IconArrowLeft size={14} aria-hidden /> {w.sections[section]}</TextLink>}
        title={goal.name} beside={<Badge size="lg" color={goalColor[goal.state]}>{w.states[goal.state]}</Badge>} actions={<GoalActions goal={goal} />}
      />
      <Stack gap="lg" maw={860}>
        <GoalProposal goal={goal} />
        {goal.endsAt !== null && <GoalEnds endsAt={goal.endsAt} />}
        {goal.current ? <Says title={begins(goal.current) ?? w.now} definition={goal.current.definition} /> : <Text c="dimmed">{w.notYet}</Text>}
        {goal.state === 'active' && goal.versions.filter((one) => one.withdrawnBy === null && one.version !== goal.current!.version && begins(one) !== null).map((one) => <Says key={one.version} title={begins(one)!} definition={one.definition} />)}
        {goal.draft && <Says title={w.after} definition={goal.draft} />}
        {goal.draft && goal.current && goal.state === 'active' && <ChangesPaper title={publishing.changes} changes={difference(goalToEngine(goal.current.definition), goalToEngine(goal.draft))} />}
        {goal.current && (
          <>
            <SimpleGrid cols={{ base: 2, sm: 4 }}>{figures.map(([label, value]) => <StatTile key={label} label={label} value={formatDecimal(value, 0, lang)} />)}</SimpleGrid>
            <Paper withBorder p="lg" component="section">
              <Title order={2} size="h3">{w.spread}</Title>
              <Text size="sm" c="dimmed" mb="md">
                {goal.period ? w.spreadPeriod(writeDate(goal.period.from, lang), goal.period.until && writeDate(goal.period.until, lang)) : w.spreadStep}
                {goal.distribution.every((one) => one.members === 0) && ` ${w.spreadNone}`}
              </Text>
              <Spread distribution={goal.distribution} />
            </Paper>
            <Versions goal={goal} />
          </>
        )}
      </Stack>
    </>
  );
}

function useSentence(): (definition: ApiGoalDefinition) => string {
  const lang = useLang();
  const { currency } = useProgram();
  const wallet = useWallet();
  const names = useOwnNames();
  const eventReasons = useEventReasons();
  return (definition) => describeGoal(goalToEngine(definition), { lang, currency, names, eventReasons, ...(definition.kind === 'threshold' && definition.measure.kind === 'points' ? { unit: wallet(definition.measure.wallet).forms } : {}) });
}

/** What a version or the draft asks for, and what it gives. */
function Says({ title, definition }: { title: string; definition: ApiGoalDefinition }) {
  const sentence = useSentence();
  const reward = useReward()(definition);
  return (
    <Paper withBorder p="lg" component="section">
      <Group wrap="nowrap" align="flex-start">
        {reward?.badge && <BadgePicture face={reward.badge} size={72} />}
        <div>
          <Title order={2} size="h3" mb="xs">{title}</Title>
          <Text fz="lg">{sentence(definition)}</Text>
          {definition.description && <Text size="sm" c="dimmed">{definition.description}</Text>}
          {reward && <Text mt="xs"><GivenWords reward={reward} /></Text>}
        </div>
      </Group>
    </Paper>
  );
}

function Versions({ goal }: { goal: GoalDetail }) {
  const sentence = useSentence();
  const rewardOf = useReward();
  const can = useCan();
  const [restored, restore] = useState<number | null>(null);
  const says = ({ definition }: { definition: ApiGoalDefinition }) => {
    const reward = rewardOf(definition);
    return <>{sentence(definition)}{reward && <Text size="sm"><GivenWords reward={reward} /></Text>}</>;
  };
  return (
    <>
      <VersionList
        versions={goal.versions} current={goal.state === 'active' ? goal.current!.version : null} stopsAt={goal.endsAt ?? undefined} says={says}
        onRestore={can('rules.write') && goal.state === 'active' ? ({ version }) => restore(version) : undefined}
      />
      {restored !== null && <PublishGoal goal={goal} asked={restored} onClose={() => restore(null)} />}
    </>
  );
}

function GoalActions({ goal }: { goal: GoalDetail }) {
  const { goals: w } = useWords();
  const { code } = useProgram();
  const can = useCan();
  const [asked, ask] = useState<'publish' | 'end' | null>(null);
  const step = useGoalStep();
  if (!can('rules.write') || goal.state === 'ended') return null;
  const callOff = () => step.mutate({ step: 'declineGoal', goal: goal.id, revision: goal.revision }, { onSuccess: () => toast(w.endCalledOff), onError: toastRefusal });
  return (
    <>
      {goal.draft && !goal.proposal && <Button onClick={() => ask('publish')}>{w.publish}</Button>}
      <ButtonLink variant="default" to="/$program/goals/of/$goal/edit" params={{ program: code, goal: goal.id }}>{w.editDraft}</ButtonLink>
      {goal.endsAt !== null && !goal.proposal && <Button variant="default" loading={step.isPending} onClick={callOff}>{w.callOffEnd}</Button>}
      {goal.state === 'active' && !goal.proposal && <Button variant="subtle" color="red" onClick={() => ask('end')}>{w.end}</Button>}
      {asked === 'publish' && <PublishGoal goal={goal} asked="draft" onClose={() => ask(null)} />}
      {asked === 'end' && <EndGoal goal={goal} onClose={() => ask(null)} />}
    </>
  );
}
