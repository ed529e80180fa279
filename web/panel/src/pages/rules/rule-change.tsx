import { diffRule, diffStop, worst, type RuleChangeLine } from '@wracam/engine/rule-difference';
import { localDate } from '@wracam/engine/calendar';
import { useLang } from '@wracam/ui';
import { useState } from 'react';
import { useProgram, useWallet } from '../../api/program.tsx';
import { useRuleStep } from '../../api/rules.ts';
import type { RuleDetail } from '../../api/shapes.ts';
import { toast, toastRefusal, toastUndo } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { toEngine } from './definition.ts';
import { ProposalNotice, PublicationDialog, PublicationForm, useBeginning, useMet, useNotice, useSince } from './publication.tsx';
import { useOwnNames } from './tell-rule.ts';
import { useEventReasons } from './trigger-fields.tsx';

type Definition = NonNullable<RuleDetail['draft']>;

/** What differs between two definitions, by the engine's own comparison. */
export function useDifference(): (before: Definition, after: Definition) => RuleChangeLine[] {
  const lang = useLang();
  const { currency } = useProgram();
  const { today } = useNotice();
  const wallet = useWallet();
  const names = useOwnNames();
  const eventReasons = useEventReasons();
  return (before, after) => diffRule(toEngine(before), toEngine(after), { lang, currency, unit: wallet(after.wallet).forms, wallet: wallet(after.wallet), today, names, eventReasons });
}

type PublishProps = { rule: RuleDetail; version?: number; onClose: () => void };

/** Publishing the draft or an older version of a rule. */
export function PublishDialog({ rule, version, onClose }: PublishProps) {
  const words = useWords();
  const w = words.publishing;
  const { secondPerson } = useProgram();
  const step = useRuleStep();
  const difference = useDifference();
  const after = version === undefined ? rule.draft : rule.versions.find((one) => one.version === version)?.definition ?? null;
  const isDraft = version === undefined;
  return (
    <PublicationDialog
      title={isDraft ? words.rule.publish : w.restore} text={isDraft ? words.rule.publishText : w.restoreText(rule.draft !== null)} action={isDraft ? words.rule.publish : w.restore}
      // Of a rule that gives nothing now, nothing can be lost.
      versions={rule.versions} diff={({ definition }) => (after && rule.state === 'active' ? difference(definition, after) : [])} busy={step.isPending} error={step.error} onClose={onClose}
      onPublish={(publication) => step.mutate({ step: isDraft ? 'publishRule' : 'rollbackRule', rule: rule.id, revision: rule.revision, ...(!isDraft && { version }), ...publication }, {
        onSuccess: () => {
          toast(secondPerson ? w.sent : isDraft ? words.rule.published : w.restored);
          onClose();
        },
      })}
    />
  );
}

/** Stopping a rule that runs, for a while or for good: from when, what members lose, and with open eyes where the notice is shorter. */
export function StopDialog({ rule, stop, onClose }: { rule: RuleDetail; stop: 'pause' | 'end'; onClose: () => void }) {
  const words = useWords();
  const w = words.rule;
  const step = useRuleStep();
  const since = useSince();
  const [on, setOn] = useState('');
  const from = useBeginning()(on);
  const { replaced, withdrawn } = useMet(rule.versions, from);
  const loss = useStopLoss(stop);
  // What is announced to be over by then cannot be lost again.
  const announced = rule.stop !== null && Date.parse(rule.stop.inForceFrom) <= from;
  const said = (after: RuleDetail) => {
    const callOff = () => void step.mutateAsync({ step: 'resumeRule', rule: rule.id, revision: after.revision }).then(() => toast(w.resumed), toastRefusal);
    if (after.proposal !== null) toast(words.publishing.sent);
    else if (stop === 'end' && after.stop === null) toast(w.ended);
    else toastUndo(after.stop === null ? w.paused : w.stops[stop](since(after.stop.inForceFrom)), words.shell.undo, callOff);
    onClose();
  };
  return (
    <PublicationForm
      title={`${w[stop]}: ${rule.name}`} text={stop === 'pause' ? w.pauseText : w.endText} action={w[stop]} harmful={stop === 'end'} alone={stop === 'pause'}
      labels={{ from: w.stopFrom, despite: w.despiteStop[stop] }} on={on} setOn={setOn} withdrawn={withdrawn} changes={announced ? [] : worst(replaced.map(({ definition }) => loss(definition, from)))}
      busy={step.isPending} error={step.error} onClose={onClose} onPublish={(publication) => step.mutate({ step: stop === 'pause' ? 'pauseRule' : 'endRule', rule: rule.id, revision: rule.revision, ...publication }, { onSuccess: said })}
    />
  );
}

function useStopLoss(stop: 'pause' | 'end'): (before: Definition, from: number) => RuleChangeLine[] {
  const lang = useLang();
  const { currency, timeZone } = useProgram();
  const wallet = useWallet();
  const names = useOwnNames();
  return (before, from) => diffStop(toEngine(before), stop, localDate(timeZone, from), { lang, currency, unit: wallet(before.wallet).forms, names });
}

/** A step that waits for another person. */
export function Proposal({ rule }: { rule: RuleDetail }) {
  const w = useWords().publishing;
  const step = useRuleStep();
  const { proposal } = rule;
  if (!proposal) return null;
  const take = (name: 'approveRule' | 'declineRule', said: string) => () => step.mutate({ step: name, rule: rule.id, revision: rule.revision }, { onSuccess: () => toast(said) });
  return <ProposalNotice title={w.proposal[proposal.step]} versions={proposal.step === 'resume' ? [] : rule.versions} proposal={proposal} busy={step.isPending} error={step.error} onApprove={take('approveRule', w.approved)} onDecline={take('declineRule', w.declined)} />;
}
