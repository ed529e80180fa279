import { Stack, Text, Title } from '@mantine/core';
import { DataTable, useLang, writePoints } from '@wracam/ui';
import { useWallet } from '../../api/program.tsx';
import type { Repair, RepairResult } from '../../api/shapes.ts';
import { sentence } from '../../words/sentence.ts';
import { useWords } from '../../words/words.tsx';
import { MemberName } from './member-name.tsx';

type Goal = RepairResult['goals'][number];
/** So many of those whom it concerns come with the answer. */
const TOP = 20;

/** Levels and thresholds that follow the points, member by member. */
export function Effects({ repair, result: { levels, goals } }: { repair: Repair; result: RepairResult }) {
  const w = useWords().repair;
  if (levels === null && goals.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h3" mb="xs">{w.effects}</Title>
      <Text mb="md" maw={720}>{repair.state === 'ready' ? w.effectsText : w.effectsDone}</Text>
      <Stack gap="xl">
        {levels && <Levels levels={levels} />}
        {goals.map((goal) => <Threshold key={goal.goal} goal={goal} />)}
      </Stack>
    </section>
  );
}

function Levels({ levels }: { levels: NonNullable<RepairResult['levels']> }) {
  const w = useWords().repair;
  const lang = useLang();
  const wallet = useWallet();
  const write = (points: number) => (levels.wallet ? writePoints(points, wallet(levels.wallet).forms, lang) : String(points));
  return (
    <div>
      <Title order={3} size="h4" mb={4}>{w.effectLevels}</Title>
      <Text size="sm" c="dimmed" mb="sm">{w.levelsMove(levels.up, levels.down)}{levels.top.length >= TOP && ` ${w.someInFile}`}</Text>
      <DataTable label={w.effectLevels} rows={levels.top} rowKey={(one) => one.member} columns={[
        { key: 'member', header: w.member, phone: 'title', render: (one) => <MemberName member={one.member} name={one.name} /> },
        { key: 'move', header: w.effectLevels, phone: 'side', render: (one) => `${one.from} → ${one.to}` },
        { key: 'value', header: w.measured, render: (one) => `${write(one.valueFrom)} → ${write(one.valueTo)}` },
      ]} />
    </div>
  );
}

function Threshold({ goal }: { goal: Goal }) {
  const w = useWords().repair;
  const lang = useLang();
  const wallet = useWallet();
  const write = (points: number) => writePoints(points, wallet(goal.wallet).forms, lang);
  return (
    <div>
      <Title order={3} size="h4" mb={4}>{w.effectGoal(goal.name)}</Title>
      <Text size="sm" c="dimmed" mb="sm">{sentence(w.rewards(goal))}{goal.top.length >= TOP && ` ${w.someInFile}`}</Text>
      <DataTable label={w.effectGoal(goal.name)} rows={goal.top} rowKey={(one) => one.member} columns={[
        { key: 'member', header: w.member, phone: 'title', render: (one) => <MemberName member={one.member} name={one.name} /> },
        { key: 'value', header: w.measured, render: (one) => `${write(one.valueFrom)} → ${write(one.valueTo)}` },
        { key: 'rewards', header: w.reward, phone: 'side', render: (one) => w.rewards(one) },
      ]} />
    </div>
  );
}
