import { Alert } from '@mantine/core';
import { localDate } from '@wracam/engine/calendar';
import { diffGoal, diffGoalEnd, type GoalDifferenceOptions } from '@wracam/engine/goals/difference';
import type { GoalDefinition } from '@wracam/engine/goals/definition';
import { worst, type RuleChangeLine } from '@wracam/engine/rule-difference';
import { useLang, writeDate } from '@wracam/ui';
import { useState } from 'react';
import { useBadges, useGoalStep, type GoalDetail, type GoalStep } from '../../api/goals.ts';
import { useProgram, useWallet } from '../../api/program.tsx';
import { toast, toastRefusal, toastUndo } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { ProposalNotice, PublicationDialog, PublicationForm, useBeginning, useMet, useSince } from '../rules/publication.tsx';
import { useOwnNames } from '../rules/tell-rule.ts';
import { goalToEngine } from './definition.ts';

/** What comparisons of goals are told with, for days from an instant on. */
function useTelling(): (from: number) => GoalDifferenceOptions {
  const lang = useLang();
  const { currency, timeZone } = useProgram();
  const wallet = useWallet();
  const names = useOwnNames();
  const badges = useBadges().data?.items;
  return (from) => ({ lang, currency, names, on: localDate(timeZone, from), unitOf: (code) => wallet(code).forms, badgeName: (id) => badges?.find((one) => one.id === id)?.name });
}

/** What differs between two definitions from now on, by the engine's own comparison. */
export function useGoalDifference(): (before: GoalDefinition, after: GoalDefinition) => RuleChangeLine[] {
  const telling = useTelling();
  const now = useBeginning()('');
  return (before, after) => diffGoal(before, after, telling(now));
}

type DialogProps = { goal: GoalDetail; onClose: () => void };

/** Publishing the draft, or (a number) an older version again: when, what members lose, and with open eyes where the notice is shorter. */
export function PublishGoal({ goal: asIs, asked, onClose }: DialogProps & { asked: 'draft' | number }) {
  // As it was when this was opened: once it is published the draft is gone, and there would be nothing to compare.
  const [goal] = useState(asIs);
  const { goals: w, publishing } = useWords();
  const step = useGoalStep();
  const difference = useGoalDifference();
  const isDraft = asked === 'draft';
  const after = goalToEngine(isDraft ? goal.draft! : goal.versions.find((one) => one.version === asked)!.definition);
  const action = isDraft ? w.publish : publishing.restore;
  const lang = useLang();
  const counts = after.kind === 'threshold' ? after.since : after.window.from;
  const now = useBeginning()('');
  const isNew = goal.versions.every(({ inForceFrom }) => Date.parse(inForceFrom) > now);
  // What is bought before a first version begins counts on its day, where the goal's own days began earlier.
  const what = (on: string) => (isNew && on !== '' && (counts === null || counts < on) ? w.publishTextOn(writeDate(on, lang), counts && writeDate(counts, lang)) : w.publishText);
  const text = (on: string) => [...(isDraft ? [] : [publishing.restoreText(goal.draft !== null)]), what(on)].join(' ');
  return (
    <PublicationDialog
      title={`${action}: ${goal.name}`} text={text} action={action}
      // Of a goal that does not run nothing can be lost.
      versions={goal.versions} diff={({ definition }) => (goal.state === 'active' ? difference(goalToEngine(definition), after) : [])} busy={step.isPending} error={step.error} onClose={onClose}
      onPublish={(publication) => step.mutate({ ...(isDraft ? { step: 'publishGoal' } : { step: 'rollbackGoal', version: asked }), goal: goal.id, revision: goal.revision, ...publication }, { onSuccess: ({ proposal }) => {
        toast(proposal ? publishing.sent : publication.inForceFrom !== undefined ? w.planned : isDraft ? w.published : publishing.restored);
        onClose();
      } })}
    />
  );
}

/** Ending a goal that runs: from when, what members lose, and with open eyes where the notice is shorter. */
export function EndGoal({ goal, onClose }: DialogProps) {
  const { goals: w, publishing, rule, shell } = useWords();
  const step = useGoalStep();
  const since = useSince();
  const telling = useTelling();
  const [on, setOn] = useState('');
  const from = useBeginning()(on);
  const { replaced, withdrawn } = useMet(goal.versions, from);
  // What is announced to be over by then cannot be lost again.
  const announced = goal.endsAt !== null && Date.parse(goal.endsAt) <= from;
  const said = (after: GoalDetail) => {
    const callOff = () => void step.mutateAsync({ step: 'declineGoal', goal: goal.id, revision: after.revision }).then(() => toast(w.endCalledOff), toastRefusal);
    if (after.proposal) toast(publishing.sent);
    else if (after.endsAt === null) toast(w.ended);
    else toastUndo(w.endsOn(since(after.endsAt)), shell.undo, callOff);
    onClose();
  };
  return (
    <PublicationForm
      title={`${w.end}: ${goal.name}`} text={w.endText} action={w.end} harmful labels={{ from: rule.stopFrom, despite: rule.despiteStop.end }} on={on} setOn={setOn} withdrawn={withdrawn}
      changes={announced ? [] : worst(replaced.map(({ definition }) => diffGoalEnd(goalToEngine(definition), telling(from))))}
      busy={step.isPending} error={step.error} onClose={onClose} onPublish={(publication) => step.mutate({ step: 'endGoal', goal: goal.id, revision: goal.revision, ...publication }, { onSuccess: said })}
    />
  );
}

/** What waits for another person, with the two things that can be done about it. */
export function GoalProposal({ goal: { id, revision, proposal, versions } }: { goal: GoalDetail }) {
  const { goals, publishing } = useWords();
  const step = useGoalStep();
  const take = (name: GoalStep, said: string) => () => step.mutate({ step: name, goal: id, revision }, { onSuccess: () => toast(said) });
  if (!proposal) return null;
  return <ProposalNotice title={publishing.proposal[proposal.step]} versions={versions} proposal={proposal} busy={step.isPending} error={step.error} onApprove={take('approveGoal', publishing.approved)} onDecline={take('declineGoal', goals.declined)} />;
}

/** An end that is planned. */
export function GoalEnds({ endsAt }: { endsAt: string }) {
  const w = useWords().goals;
  const since = useSince();
  return <Alert variant="light" color="amber" title={w.endsOn(since(endsAt))}>{w.endsText}</Alert>;
}
