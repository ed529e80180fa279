import { ErrorNotice } from '@wracam/ui';
import { useState, type ReactNode } from 'react';
import { useProgram } from '../../api/program.tsx';
import { useNamedDifference, useNamedStep, usePublishNamed, type Named, type NamedKind } from '../../api/publications.ts';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { ChangesPaper, ProposalNotice, PublicationForm, useBeginning, useMet } from './publication.tsx';

type Of<View extends Named> = { readonly kind: NamedKind<View>; readonly of: View };
type ChangesProps<View extends Named> = Of<View> & { title: string; /** What it moves today; only where something differs. */ moves?: ReactNode; harmless?: string; children?: ReactNode };

/** What the draft of a thing changes, told by the server: it knows what asks for it. */
export function DraftChanges<View extends Named>({ kind, of, moves, ...paper }: ChangesProps<View>) {
  const query = useNamedDifference(kind, of, null, undefined);
  if (query.error) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />;
  return query.data ? <ChangesPaper {...paper} changes={query.data.changes} moves={query.data.changes.length > 0 && moves} /> : null;
}

/** A publication of a thing that waits for another person. */
export function NamedProposal<View extends Named>({ kind, of }: Of<View>) {
  const w = useWords().publishing;
  const step = useNamedStep(kind);
  const { id, revision, versions, proposal } = of;
  if (!proposal) return null;
  const take = (name: 'approve' | 'decline', said: string) => () => step.mutate({ step: name, id, revision }, { onSuccess: () => toast(said) });
  return <ProposalNotice title={w.proposal.publish} versions={versions} proposal={proposal} busy={step.isPending} error={step.error} onApprove={take('approve', w.approved)} onDecline={take('decline', w.declined)} />;
}

/** Publishing the draft of a thing, or (a number) an older version of it. */
export function NamedPublication<View extends Named>({ kind, of, words: w, asked, onClose }: Of<View> & { words: { published: string; publishText: string }; asked: 'draft' | number; onClose: () => void }) {
  // As it was when this was opened: once it is published the draft is gone, and there would be nothing to compare.
  const [thing] = useState(of);
  const { publishing, rule } = useWords();
  const { secondPerson } = useProgram();
  const [on, setOn] = useState('');
  const from = useBeginning()(on);
  const { withdrawn } = useMet(thing.versions, from);
  const version = asked === 'draft' ? null : asked;
  const difference = useNamedDifference(kind, thing, version, on === '' ? undefined : new Date(from).toISOString());
  const publish = usePublishNamed(kind);
  const action = version === null ? rule.publish : publishing.restore;
  const done = () => {
    toast(secondPerson ? publishing.sent : version === null ? w.published : publishing.restored);
    onClose();
  };
  return (
    <PublicationForm
      title={`${action}: ${thing.name}`} text={version === null ? w.publishText : `${publishing.restoreText(thing.draft !== null)} ${w.publishText}`} action={action}
      on={on} setOn={setOn} changes={difference.isPlaceholderData ? null : difference.data?.changes ?? null} withdrawn={withdrawn} busy={publish.isPending} error={publish.error ?? difference.error} onClose={onClose}
      onPublish={(publication) => publish.mutate({ id: thing.id, version, revision: thing.revision, ...publication }, { onSuccess: done })}
    />
  );
}
