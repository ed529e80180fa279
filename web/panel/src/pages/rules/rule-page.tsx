import { Alert, Badge, Button, Paper, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { ConfirmDialog, ErrorNotice, PageHeader, SkeletonList } from '@wracam/ui';
import { useState } from 'react';
import { useCan, useProgram } from '../../api/program.tsx';
import { useDiscardRule, useRule, useRuleStep, useSaveRule, type RuleStep } from '../../api/rules.ts';
import type { RuleDetail } from '../../api/shapes.ts';
import { ButtonLink, TextLink } from '../../shell/links.tsx';
import { toast, toastRefusal, toastUndo } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { toEngine } from './definition.ts';
import { ChangesPaper, useBegins, useSince, VersionList } from './publication.tsx';
import { Proposal, PublishDialog, StopDialog, useDifference } from './rule-change.tsx';
import { ruleColor } from './rules-page.tsx';
import { useTellRule } from './tell-rule.ts';

/** One rule: what it says now, what waits to be published, its versions, and the steps it may take. */
export function RulePage() {
  const { rule: id } = useParams({ from: '/$program/rules/$rule' });
  const query = useRule(id);
  const { code } = useProgram();
  const w = useWords();
  const difference = useDifference();
  const begins = useBegins();
  if (query.error) return <ErrorNotice wholePage error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonList />;
  const rule = query.data;
  return (
    <>
      <PageHeader
        back={<TextLink to="/$program/rules" params={{ program: code }}><IconArrowLeft size={14} aria-hidden /> {w.rules.title}</TextLink>}
        title={rule.name}
        beside={<Badge size="lg" color={ruleColor[rule.state]}>{w.rules.states[rule.state]}</Badge>}
        actions={<RuleActions rule={rule} />}
      />
      <Stack gap="lg" maw={760}>
        <Proposal rule={rule} />
        {rule.current
          ? <Says title={begins(rule.current) ?? w.rule.current[rule.state]} definition={rule.current.definition} />
          : !rule.proposal && <Text c="dimmed">{w.rule.noCurrent}</Text>}
        {rule.stop && <Stops stop={rule.stop} />}
        {rule.current && rule.state === 'active' && rule.versions.filter((one) => one.withdrawnBy === null && !isAfterStop(rule, one) && one.version !== rule.current!.version && begins(one) !== null).map((one) => <Says key={one.version} title={begins(one)!} definition={one.definition} />)}
        {rule.draft && <Says title={w.rule.draft} definition={rule.draft} />}
        {rule.draft && rule.current && <ChangesPaper title={w.publishing.changes} changes={difference(rule.current.definition, rule.draft)} />}
        {rule.versions.length > 0 && <Versions rule={rule} />}
      </Stack>
    </>
  );
}

const isAfterStop = ({ stop }: RuleDetail, { inForceFrom }: { inForceFrom: string }) => stop !== null && Date.parse(stop.inForceFrom) <= Date.parse(inForceFrom);

function Stops({ stop }: { stop: NonNullable<RuleDetail['stop']> }) {
  const w = useWords().rule;
  const since = useSince();
  return <Alert variant="light" color="amber" title={w.stops[stop.step](since(stop.inForceFrom))}>{w.stopsText}</Alert>;
}

function Says({ title, definition }: { title: string; definition: NonNullable<RuleDetail['draft']> }) {
  const tell = useTellRule();
  return (
    <Paper withBorder p="lg" component="section">
      <Title order={2} size="h3" mb="xs">{title}</Title>
      <Text fz="lg">{tell(toEngine(definition))}</Text>
      {definition.description && <Text size="sm" c="dimmed" mt="xs">{definition.description}</Text>}
    </Paper>
  );
}

function Versions({ rule }: { rule: RuleDetail }) {
  const tell = useTellRule();
  const can = useCan();
  const [restored, restore] = useState<number | null>(null);
  const mayRestore = can('rules.write') && rule.state !== 'ended';
  return (
    <>
      <VersionList versions={rule.versions} current={rule.state === 'active' ? rule.current!.version : null} stopsAt={rule.stop?.inForceFrom} onRestore={mayRestore ? ({ version }) => restore(version) : undefined} says={({ definition }) => tell(toEngine(definition))} />
      {restored !== null && <PublishDialog rule={rule} version={restored} onClose={() => restore(null)} />}
    </>
  );
}

function RuleActions({ rule }: { rule: RuleDetail }) {
  const w = useWords();
  const { code } = useProgram();
  const can = useCan();
  const [asked, setAsked] = useState<RuleStep | null>(null);
  const step = useRuleStep();
  if (!can('rules.write') || rule.state === 'ended') return null;
  const words: Record<PlainStep, { action: string; text?: string; done: string }> = {
    resumeRule: rule.stop ? { action: w.rule.callOff, done: w.rule.calledOff } : { action: w.rule.resume, done: w.rule.resumed },
    endRule: { action: w.rule.end, text: w.rule.endText, done: w.rule.ended },
  };
  const take = (name: PlainStep) => step.mutate({ step: name, rule: rule.id, revision: rule.revision }, {
    onSuccess: (after) => {
      setAsked(null);
      toast(after.proposal === null ? words[name].done : w.publishing.sent);
    },
  });
  const ask = (name: RuleStep) => () => {
    step.reset();
    setAsked(name);
  };
  // Of a rule that runs members may lose: it is asked from when.
  const stop = asked === 'pauseRule' ? 'pause' : asked === 'endRule' && rule.state === 'active' ? 'end' : null;
  const plain = asked === 'resumeRule' || (asked === 'endRule' && stop === null) ? asked : null;
  const shown = words[plain ?? 'resumeRule'];
  return (
    <>
      {rule.draft && !rule.proposal && <Button onClick={ask('publishRule')}>{w.rule.publish}</Button>}
      {rule.state === 'paused' && !rule.proposal && <Button variant={rule.draft ? 'default' : 'filled'} onClick={ask('resumeRule')}>{w.rule.resume}</Button>}
      {can('reports.read') && <ButtonLink variant="default" to="/$program/replays" params={{ program: code }} search={{ rule: rule.id }}>{w.replays.check}</ButtonLink>}
      {can('points.repair') && rule.current && <ButtonLink variant="default" to="/$program/repairs" params={{ program: code }} search={{ rule: rule.id }}>{w.repairs.title}</ButtonLink>}
      <ButtonLink variant="default" to="/$program/rules/$rule/edit" params={{ program: code, rule: rule.id }}>{w.rule.editDraft}</ButtonLink>
      {rule.stop && <Button variant="default" onClick={ask('resumeRule')}>{w.rule.callOff}</Button>}
      {rule.state === 'active' && <Button variant="default" onClick={ask('pauseRule')}>{w.rule.pause}</Button>}
      {rule.draft && <DiscardButton rule={rule} draft={rule.draft} />}
      {rule.state !== 'draft' && <Button variant="subtle" color="red" onClick={ask('endRule')}>{w.rule.end}</Button>}
      {asked === 'publishRule' && <PublishDialog rule={rule} onClose={() => setAsked(null)} />}
      {stop !== null && <StopDialog rule={rule} stop={stop} onClose={() => setAsked(null)} />}
      <ConfirmDialog opened={plain !== null} onClose={() => setAsked(null)} title={`${shown.action}: ${rule.name}`} text={shown.text} action={shown.action} harmful={plain === 'endRule'} onConfirm={() => plain && take(plain)} busy={step.isPending} error={step.error} />
    </>
  );
}

/** Steps that take nothing from members. */
type PlainStep = 'resumeRule' | 'endRule';

/** Throws the draft away at once and offers it back: saved again on the rule, or as a new one where the rule went with it. */
function DiscardButton({ rule, draft }: { rule: RuleDetail; draft: NonNullable<RuleDetail['draft']> }) {
  const { rule: w, shell } = useWords();
  const { code } = useProgram();
  const navigate = useNavigate();
  const discard = useDiscardRule();
  const save = useSaveRule(rule.current ? rule.id : undefined);
  const throwAway = () => discard.mutate({ rule: rule.id, revision: rule.revision }, {
    onError: toastRefusal,
    onSuccess: ({ rule: left }) => {
      const undo = () => void save.mutateAsync({ revision: left?.revision ?? 1, definition: draft }).then((saved) => {
        toast(w.draftBack);
        void navigate({ to: '/$program/rules/$rule', params: { program: code, rule: saved.id } });
      }, toastRefusal);
      toastUndo(left === null ? w.ruleDiscarded : w.draftDiscarded, shell.undo, undo);
      if (left === null) void navigate({ to: '/$program/rules', params: { program: code } });
    },
  });
  return <Button variant="subtle" color="gray" loading={discard.isPending} onClick={throwAway}>{w.discard}</Button>;
}
