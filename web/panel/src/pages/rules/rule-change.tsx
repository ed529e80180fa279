import { diffRule, type RuleChangeLine } from '@wracam/engine/rule-difference';
import { useLang } from '@wracam/ui';
import { useProgram, useWallet } from '../../api/program.tsx';
import { useRuleStep } from '../../api/rules.ts';
import type { RuleDetail } from '../../api/shapes.ts';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { toEngine } from './definition.ts';
import { ProposalNotice, PublicationDialog, useNotice } from './publication.tsx';
import { useOwnNames } from './tell-rule.ts';

type Definition = NonNullable<RuleDetail['draft']>;

/** What differs between two definitions, by the engine's own comparison. */
export function useDifference(): (before: Definition, after: Definition) => RuleChangeLine[] {
  const lang = useLang();
  const { currency } = useProgram();
  const { today } = useNotice();
  const wallet = useWallet();
  const names = useOwnNames();
  return (before, after) => diffRule(toEngine(before), toEngine(after), { lang, currency, unit: wallet(after.wallet).forms, wallet: wallet(after.wallet), today, names });
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
      title={isDraft ? words.rule.publish : w.restore} text={isDraft ? words.rule.publishText : w.restoreText} action={isDraft ? words.rule.publish : w.restore}
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

/** A step that waits for another person. */
export function Proposal({ rule }: { rule: RuleDetail }) {
  const w = useWords().publishing;
  const step = useRuleStep();
  const { proposal } = rule;
  if (!proposal) return null;
  const take = (name: 'approveRule' | 'declineRule', said: string) => () => step.mutate({ step: name, rule: rule.id, revision: rule.revision }, { onSuccess: () => toast(said) });
  return <ProposalNotice title={w.proposal[proposal.step]} versions={proposal.step === 'publish' ? rule.versions : []} proposal={proposal} busy={step.isPending} error={step.error} onApprove={take('approveRule', w.approved)} onDecline={take('declineRule', w.declined)} />;
}
