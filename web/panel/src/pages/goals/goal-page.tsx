import { Badge, Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { describeGoal } from '@wracam/engine/goals/describe';
import { formatDecimal } from '@wracam/engine/words';
import { BadgePicture, ConfirmDialog, ErrorNotice, PageHeader, SkeletonList, StatTile, useLang, writeDate, writeInstant } from '@wracam/ui';
import { useState } from 'react';
import { useGoal, useGoalStep, type ApiGoalDefinition, type GoalDetail, type GoalStep } from '../../api/goals.ts';
import { useCan, useProgram, useWallet } from '../../api/program.tsx';
import { ButtonLink, TextLink } from '../../shell/links.tsx';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { ProposalNotice } from '../rules/publication.tsx';
import { useOwnNames } from '../rules/tell-rule.ts';
import { useEventReasons } from '../rules/trigger-fields.tsx';
import { goalToEngine } from './definition.ts';
import { GivenWords, goalColor, sectionOf } from './goals-page.tsx';
import { Spread } from './spread.tsx';

/** One threshold or challenge: what it asks, how far members are, its versions, and the steps it may take. */
export function GoalPage() {
  const { goal: id } = useParams({ from: '/$program/goals/of/$goal' });
  const query = useGoal(id);
  const { code } = useProgram();
  const lang = useLang();
  const w = useWords().goals;
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
        <Proposed goal={goal} />
        {goal.current ? <Says title={w.now} definition={goal.current.definition} reward={goal.draft ? null : goal.reward} /> : <Text c="dimmed">{w.notYet}</Text>}
        {goal.draft && <Says title={w.after} definition={goal.draft} reward={goal.reward} />}
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

/** What waits for another person, with the two things that can be done about it. */
function Proposed({ goal: { id, revision, proposal } }: { goal: GoalDetail }) {
  const { goals, publishing } = useWords();
  const step = useGoalStep();
  const take = (name: GoalStep, said: string) => () => step.mutate({ step: name, goal: id, revision }, { onSuccess: () => toast(said) });
  if (!proposal) return null;
  return <ProposalNotice title={publishing.proposal[proposal.step]} versions={[]} proposal={{ ...proposal, version: null, inForceFrom: null }} busy={step.isPending} error={step.error} onApprove={take('approveGoal', publishing.approved)} onDecline={take('declineGoal', goals.declined)} />;
}

function useSentence(): (definition: ApiGoalDefinition) => string {
  const lang = useLang();
  const { currency } = useProgram();
  const wallet = useWallet();
  const names = useOwnNames();
  const eventReasons = useEventReasons();
  return (definition) => describeGoal(goalToEngine(definition), { lang, currency, names, eventReasons, ...(definition.kind === 'threshold' && definition.measure.kind === 'points' ? { unit: wallet(definition.measure.wallet).forms } : {}) });
}

function Says({ title, definition, reward }: { title: string; definition: ApiGoalDefinition; reward: GoalDetail['reward'] | null }) {
  const sentence = useSentence();
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
  const w = useWords().goals;
  const lang = useLang();
  const { timeZone } = useProgram();
  const sentence = useSentence();
  return (
    <section>
      <Title order={2} size="h3" mb="sm">{w.versions}</Title>
      <Stack gap="sm" component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
        {goal.versions.toSorted((a, b) => b.version - a.version).map((version) => (
          <Paper component="li" key={version.version} withBorder p="md">
            <Text fw={650}>{w.version(version.version)}</Text>
            <Text size="sm">{sentence(version.definition)}</Text>
            <Text size="sm" c="dimmed">{w.publishedBy(writeInstant(version.publishedAt, timeZone, lang), version.publishedBy)}</Text>
          </Paper>
        ))}
      </Stack>
    </section>
  );
}

type Asked = 'publishGoal' | 'endGoal';

function GoalActions({ goal }: { goal: GoalDetail }) {
  const { goals: w, publishing } = useWords();
  const { code, secondPerson } = useProgram();
  const can = useCan();
  const [asked, setAsked] = useState<Asked | null>(null);
  const step = useGoalStep();
  if (!can('rules.write') || goal.state === 'ended') return null;
  const words = { publishGoal: { action: w.publish, text: w.publishText, done: w.published }, endGoal: { action: w.end, text: w.endText, done: w.ended } };
  const ask = (name: Asked) => () => { step.reset(); setAsked(name); };
  const take = (name: Asked) => step.mutate({ step: name, goal: goal.id, revision: goal.revision }, { onSuccess: ({ proposal }) => { setAsked(null); toast(proposal ? publishing.sent : words[name].done); } });
  const shown = words[asked ?? 'publishGoal'];
  return (
    <>
      {goal.draft && !goal.proposal && <Button onClick={ask('publishGoal')}>{w.publish}</Button>}
      <ButtonLink variant="default" to="/$program/goals/of/$goal/edit" params={{ program: code, goal: goal.id }}>{w.editDraft}</ButtonLink>
      {goal.state === 'active' && !goal.proposal && <Button variant="subtle" color="red" onClick={ask('endGoal')}>{w.end}</Button>}
      <ConfirmDialog opened={asked !== null} onClose={() => setAsked(null)} title={`${shown.action}: ${goal.name}`} text={secondPerson ? `${shown.text} ${publishing.secondAgrees}` : shown.text} action={shown.action} harmful={asked === 'endGoal'} onConfirm={() => asked && take(asked)} busy={step.isPending} error={step.error} />
    </>
  );
}
