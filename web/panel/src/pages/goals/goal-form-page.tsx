import { Alert, Button, Group, Paper, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconArrowLeft } from '@tabler/icons-react';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { ChallengeDefinition, GoalDefinition, ThresholdDefinition } from '@wracam/engine/goals/definition';
import { PARTICIPANT_SCOPES } from '@wracam/engine/goals/participants';
import { validateGoal } from '@wracam/engine/goals/validation';
import { LINE_SCOPES } from '@wracam/engine/rule-validation';
import { ErrorNotice, PageHeader, SkeletonList, useLang, writeDate } from '@wracam/ui';
import { useMemo, useState, type ReactNode } from 'react';
import { useBadges, useGoal, useGoalPreview, useGoalStep, useSaveGoal, type GoalDetail } from '../../api/goals.ts';
import { useProgram, useWallet } from '../../api/program.tsx';
import { DraftFault, useDraft } from '../../shell/draft.tsx';
import { TextLink } from '../../shell/links.tsx';
import { toast, toastRefusal } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { ConditionBuilder } from '../rules/condition-builder.tsx';
import { ChangesPaper } from '../rules/publication.tsx';
import { goalToApi, goalToEngine, newGoal } from './definition.ts';
import { useGoalDifference } from './goal-change.tsx';
import { sectionOf } from './goals-page.tsx';
import { RewardFields } from './reward-fields.tsx';
import { Spread } from './spread.tsx';
import { MeasureFields, TaskFields, WindowFields } from './task-fields.tsx';

/** A new threshold or challenge, as a draft. */
export function NewGoalPage() {
  const { kind } = useParams({ from: '/$program/goals/new/$kind' });
  const wallet = useWallet()();
  const { now } = useProgram();
  const start = useMemo(() => newGoal(kind === 'threshold' ? 'threshold' : 'challenge', wallet.code, now.slice(0, 10)), [kind, wallet.code]);
  return <GoalForm key={kind} goal={undefined} start={start} />;
}

/** Changes the draft of a goal; what is published stays in force until the next publication. */
export function EditGoalPage() {
  const { goal: id } = useParams({ from: '/$program/goals/of/$goal/edit' });
  const query = useGoal(id);
  if (query.error) return <ErrorNotice wholePage error={query.error} onRetry={() => void query.refetch()} />;
  const definition = query.data?.draft ?? query.data?.current?.definition;
  if (!query.data || !definition) return <SkeletonList />;
  return <GoalForm key={query.data.id} goal={query.data} start={goalToEngine(definition)} />;
}

function GoalForm({ goal, start }: { goal: GoalDetail | undefined; start: GoalDefinition }) {
  const { goals: w, publishing } = useWords();
  const lang = useLang();
  const difference = useGoalDifference();
  const { code, wallets } = useProgram();
  const navigate = useNavigate();
  const draft = useDraft(goal?.revision ?? 1, start);
  const { typed: value, set: setValue } = draft;
  const [tried, setTried] = useState(false);
  const save = useSaveGoal(goal?.id);
  const step = useGoalStep();
  const badges = useBadges();
  const context = { wallets: wallets.map((one) => one.code), badges: badges.data?.items.map((one) => one.id) ?? [] };
  const found = validateGoal(value, context);
  const faults = new Map(tried ? found.map((fault) => [fault.pointer, fault.words[lang]]) : []);
  // The name alone may still be missing: the preview does not need it.
  const previewed = value.name.trim() === '' ? { ...value, name: w.new[value.kind] } : value;
  const valid = validateGoal(previewed, context).length === 0;
  const open = (id: string) => void navigate({ to: '/$program/goals/of/$goal', params: { program: code, goal: id } });
  const submit = (publish: boolean) => {
    setTried(true);
    if (found.length > 0) return;
    save.mutate({ revision: draft.began.revision, definition: goalToApi(value) }, {
      onSuccess: (saved) => {
        if (!publish) { toast(w.savedDraft); open(saved.id); return; }
        step.mutate({ step: 'publishGoal', goal: saved.id, revision: saved.revision }, { onSuccess: (after) => toast(after.proposal ? publishing.sent : w.published), onError: toastRefusal, onSettled: () => open(saved.id) });
      },
    });
  };
  const set = (part: Partial<ChallengeDefinition> | Partial<ThresholdDefinition>) => setValue({ ...value, ...part } as GoalDefinition);
  const section = sectionOf[value.kind];
  return (
    <>
      <PageHeader
        title={goal ? w.edit[value.kind] : w.new[value.kind]}
        back={goal
          ? <TextLink to="/$program/goals/of/$goal" params={{ program: code, goal: goal.id }}><IconArrowLeft size={14} aria-hidden /> {goal.name}</TextLink>
          : <TextLink to="/$program/goals/$section" params={{ program: code, section }}><IconArrowLeft size={14} aria-hidden /> {w.sections[section]}</TextLink>}
      />
      <div className="panel-two">
        <form noValidate onSubmit={(event) => { event.preventDefault(); submit(false); }}>
          <Stack gap="md">
            <Paper withBorder p="lg">
              <Stack gap="md">
                <TextInput label={w.name} description={w.nameHint} placeholder={w.namePlaceholder[value.kind]} maxLength={80} value={value.name} error={faults.get('/name')} autoFocus={!goal} onChange={(event) => set({ name: event.currentTarget.value })} />
                <Textarea label={w.description} autosize maxLength={300} value={value.description ?? ''} error={faults.get('/description')} onChange={(event) => set({ description: event.currentTarget.value || null })} />
              </Stack>
            </Paper>
            {value.kind === 'threshold'
              ? <Part title={w.what}><MeasureFields value={value} onChange={set} faults={faults} /></Part>
              : (
                <>
                  <Part title={w.what}><TaskFields value={value} onChange={set} faults={faults} /></Part>
                  <Part title={w.lines}><ConditionBuilder value={value.lines} onChange={(lines) => set({ lines })} scopes={LINE_SCOPES} empty={w.linesEmpty} faults={faults} pointer="/lines" /></Part>
                  <Part title={w.when}><ConditionBuilder value={value.when} onChange={(when) => set({ when })} scopes={['document', 'calendar']} empty={w.whenEmpty} faults={faults} pointer="/when" /></Part>
                  <Part title={w.window}><WindowFields value={value} onChange={set} faults={faults} /></Part>
                </>
              )}
            <Part title={w.who}>
              <ConditionBuilder value={value.who ?? null} onChange={(who) => set({ who })} scopes={PARTICIPANT_SCOPES} empty={w.whoEmpty} faults={faults} pointer="/who" />
              {value.who && <Text size="sm" c="dimmed" mt="sm">{w.whoHint}</Text>}
            </Part>
            <Part title={w.reward}><RewardFields value={value} onChange={set} faults={faults} /></Part>
            {tried && found.length > 0 && <Alert color="red" role="alert" title={w.faults}>{found.map((fault) => <Text size="sm" key={fault.pointer + fault.code}>{fault.words[lang]}</Text>)}</Alert>}
            <DraftFault draft={draft} acts={[save]} />
            <Group>
              <Button disabled={draft.outrun} onClick={() => submit(true)} loading={save.isPending || step.isPending}>{w.saveAndPublish}</Button>
              <Button type="submit" variant="default" disabled={draft.outrun} loading={save.isPending}>{w.saveDraft}</Button>
            </Group>
          </Stack>
        </form>
        <div className="panel-beside panel-beside-tall">
          <Stack gap="md">
            <Preview definition={valid ? previewed : null} />
            {goal?.state === 'active' && goal.current && valid && <ChangesPaper title={publishing.changes} changes={difference(goalToEngine(goal.current.definition), value)} />}
          </Stack>
        </div>
      </div>
    </>
  );
}

/** Milliseconds without a change before members are counted. */
const REST_MS = 500;

/** The sentence that members read, and how far a sample of them would be by now. */
function Preview({ definition }: { definition: GoalDefinition | null }) {
  const w = useWords().goals;
  const lang = useLang();
  const [rested] = useDebouncedValue(definition, REST_MS);
  const query = useGoalPreview(useMemo(() => rested && goalToApi(rested), [rested]));
  const shown = definition === null ? null : query.data;
  return (
    <Stack gap="md">
      <Paper withBorder p="lg" component="section">
        <Title order={2} size="h3" mb="xs">{w.sentence}</Title>
        <Text>{shown ? shown.sentence : w.previewOff}</Text>
      </Paper>
      <Paper withBorder p="lg" component="section" aria-live="polite">
        <Title order={2} size="h3">{w.preview}</Title>
        {shown && <Text size="sm" c="dimmed" mb="md">{w.previewText(shown.members, shown.reached)} {definition?.who && w.previewTaking(shown.taking)} {shown.countsFrom && w.previewFrom(writeDate(shown.countsFrom, lang))}</Text>}
        {shown?.fresh && <Alert color="amber" mb="md">{w.previewFresh}</Alert>}
        {definition !== null && query.error && <ErrorNotice error={query.error} />}
        {definition !== null && !shown && !query.error && <SkeletonList rows={5} height={20} />}
        {shown && <Spread distribution={shown.distribution} />}
      </Paper>
    </Stack>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return <Paper withBorder p="lg" component="section"><Title order={2} size="h3" mb="sm">{title}</Title>{children}</Paper>;
}
