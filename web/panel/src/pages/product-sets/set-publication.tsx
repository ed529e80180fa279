import { Button, Group, Text } from '@mantine/core';
import { ErrorNotice } from '@wracam/ui';
import { useState } from 'react';
import { useDownloadCodes, usePublishSet, useSetDifference, useSetStep } from '../../api/product-sets.ts';
import { useProgram } from '../../api/program.tsx';
import type { ProductSet } from '../../api/shapes.ts';
import { toast, toastRefusal } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { ChangesPaper, ProposalNotice, PublicationForm, useBeginning, useMet, VersionList } from '../rules/publication.tsx';

/** What the draft of a set changes, told by the server: it knows all the codes and the rules that name them. */
export function SetChanges({ set, title }: { set: ProductSet; title: string }) {
  const query = useSetDifference(set, null, undefined);
  if (query.error) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />;
  return query.data ? <ChangesPaper title={title} changes={query.data.changes} /> : null;
}

/** A publication of a set that waits for another person. */
export function SetProposal({ set, proposal }: { set: ProductSet; proposal: NonNullable<ProductSet['proposal']> }) {
  const w = useWords().publishing;
  const step = useSetStep();
  const take = (name: 'approveProductSet' | 'declineProductSet', said: string) => () => step.mutate({ step: name, set }, { onSuccess: () => toast(said) });
  return <ProposalNotice title={w.proposal.publish} versions={set.versions} proposal={proposal} busy={step.isPending} error={step.error} onApprove={take('approveProductSet', w.approved)} onDecline={take('declineProductSet', w.declined)} />;
}

/** Publishing the draft of a set, or (a number) an older version of it. */
export function SetPublication({ set: now, asked, onClose }: { set: ProductSet; asked: 'draft' | number; onClose: () => void }) {
  // As it was when this was opened: once it is published the draft is gone, and there would be nothing to compare.
  const [set] = useState(now);
  const { productSets: w, publishing, rule } = useWords();
  const { secondPerson } = useProgram();
  const [on, setOn] = useState('');
  const from = useBeginning()(on);
  const { withdrawn } = useMet(set.versions, from);
  const isDraft = asked === 'draft';
  const difference = useSetDifference(set, isDraft ? null : asked, on === '' ? undefined : new Date(from).toISOString());
  const publish = usePublishSet();
  const done = () => {
    toast(secondPerson ? publishing.sent : isDraft ? w.published : publishing.restored);
    onClose();
  };
  return (
    <PublicationForm
      title={`${isDraft ? rule.publish : publishing.restore}: ${set.name}`} text={isDraft ? w.publishText : `${publishing.restoreText} ${w.publishText}`} action={isDraft ? rule.publish : publishing.restore}
      on={on} setOn={setOn} changes={difference.isPlaceholderData ? null : difference.data?.changes ?? null} withdrawn={withdrawn} busy={publish.isPending} error={publish.error ?? difference.error} onClose={onClose}
      onPublish={(publication) => publish.mutate({ set: set.id, version: isDraft ? null : asked, revision: set.revision, ...publication }, { onSuccess: done })}
    />
  );
}

/** Every version of a set, with its codes to take. */
export function SetVersions({ set, onRestore }: { set: ProductSet; onRestore: ((version: number) => void) | undefined }) {
  const w = useWords().productSets;
  const download = useDownloadCodes();
  return (
    <VersionList
      versions={set.versions} current={set.version} onRestore={onRestore && (({ version }) => onRestore(version))}
      says={({ version, size }) => (
        <Group gap="xs"><Text size="sm">{w.codes(size)}</Text><Button size="compact-xs" variant="subtle" color="gray" aria-label={w.downloadVersion(version)} onClick={() => download.mutate({ set, version }, { onError: toastRefusal })}>{w.download}</Button></Group>
      )}
    />
  );
}

/** Throws the draft of a set away. It may be a hundred thousand codes, so it is not offered back. */
export function DiscardButton({ set }: { set: ProductSet }) {
  const { rule: w } = useWords();
  const step = useSetStep();
  return <Button size="xs" variant="subtle" color="gray" aria-label={`${w.discard}: ${set.name}`} loading={step.isPending} onClick={() => step.mutate({ step: 'discardProductSet', set }, { onSuccess: () => toast(w.draftDiscarded), onError: toastRefusal })}>{w.discard}</Button>;
}
