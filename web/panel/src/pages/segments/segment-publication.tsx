import { Button, Group, Stack, Text } from '@mantine/core';
import { ErrorNotice } from '@wracam/ui';
import { useState } from 'react';
import { useCan, useProgram } from '../../api/program.tsx';
import { usePublishSegment, useSaveSegment, useSegmentDifference, useSegmentStep } from '../../api/segments.ts';
import type { SegmentDetail } from '../../api/shapes.ts';
import { ButtonLink } from '../../shell/links.tsx';
import { toast, toastRefusal, toastUndo } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { ChangesPaper, ProposalNotice, PublicationForm, useBeginning, useMet, VersionList } from '../rules/publication.tsx';
import { SegmentCount } from './segment-count.tsx';

/** What the draft changes, how many members it moves today, and what can be done with it. */
export function SegmentDraft({ segment, draft, onPublish }: { segment: SegmentDetail; draft: NonNullable<SegmentDetail['draft']>; onPublish: () => void }) {
  const words = useWords();
  const w = words.segments;
  const { code } = useProgram();
  const can = useCan();
  const query = useSegmentDifference(segment, null, undefined);
  if (query.error) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return null;
  return (
    <ChangesPaper title={w.draft} changes={query.data.changes}>
      {query.data.changes.length > 0 && (
        <Stack gap={4} mt="sm">
          <SegmentCount condition={segment.condition} except={draft.condition} who={w.leaving} />
          <SegmentCount condition={draft.condition} except={segment.condition} who={w.joining} />
        </Stack>
      )}
      {can('rules.write') && !segment.archived && (
        <Group gap="xs" mt="md">
          <Button onClick={onPublish}>{words.rule.publish}</Button>
          {can('reports.read') && <ButtonLink variant="default" to="/$program/replays" params={{ program: code }} search={{ segment: segment.id }}>{words.replays.check}</ButtonLink>}
          <DiscardButton segment={segment} draft={draft} />
        </Group>
      )}
    </ChangesPaper>
  );
}

/** Throws the draft away; one press brings it back. */
function DiscardButton({ segment, draft }: { segment: SegmentDetail; draft: NonNullable<SegmentDetail['draft']> }) {
  const { rule: w, shell } = useWords();
  const step = useSegmentStep();
  const save = useSaveSegment();
  const undo = (revision: number) => void save.mutateAsync({ segment: { id: segment.id, revision }, name: segment.name, condition: draft.condition }).then(() => toast(w.draftBack), toastRefusal);
  const throwAway = () => void step.mutateAsync({ step: 'discardSegment', segment }).then(({ revision }) => toastUndo(w.draftDiscarded, shell.undo, () => undo(revision)), toastRefusal);
  return <Button variant="subtle" color="gray" loading={step.isPending} onClick={throwAway}>{w.discard}</Button>;
}

/** A publication of a segment that waits for another person. */
export function SegmentProposal({ segment, proposal }: { segment: SegmentDetail; proposal: NonNullable<SegmentDetail['proposal']> }) {
  const w = useWords().publishing;
  const step = useSegmentStep();
  const take = (name: 'approveSegment' | 'declineSegment', said: string) => () => step.mutate({ step: name, segment }, { onSuccess: () => toast(said) });
  return <ProposalNotice title={w.proposal.publish} versions={segment.versions} proposal={proposal} busy={step.isPending} error={step.error} onApprove={take('approveSegment', w.approved)} onDecline={take('declineSegment', w.declined)} />;
}

/** Publishing the draft of a segment, or (a number) an older version of it. */
export function SegmentPublication({ segment: now, asked, onClose }: { segment: SegmentDetail; asked: 'draft' | number; onClose: () => void }) {
  // As it was when this was opened: once it is published the draft is gone, and there would be nothing to compare.
  const [segment] = useState(now);
  const { segments: w, publishing, rule } = useWords();
  const { secondPerson } = useProgram();
  const [on, setOn] = useState('');
  const from = useBeginning()(on);
  const { withdrawn } = useMet(segment.versions, from);
  const isDraft = asked === 'draft';
  const difference = useSegmentDifference(segment, isDraft ? null : asked, on === '' ? undefined : new Date(from).toISOString());
  const publish = usePublishSegment();
  const done = () => {
    toast(secondPerson ? publishing.sent : isDraft ? w.published : publishing.restored);
    onClose();
  };
  return (
    <PublicationForm
      title={`${isDraft ? rule.publish : publishing.restore}: ${segment.name}`} text={isDraft ? w.publishText : `${publishing.restoreText} ${w.publishText}`} action={isDraft ? rule.publish : publishing.restore}
      on={on} setOn={setOn} changes={difference.isPlaceholderData ? null : difference.data?.changes ?? null} withdrawn={withdrawn} busy={publish.isPending} error={publish.error ?? difference.error} onClose={onClose}
      onPublish={(publication) => publish.mutate({ segment: segment.id, version: isDraft ? null : asked, revision: segment.revision, ...publication }, { onSuccess: done })}
    />
  );
}

/** Every version of a segment, in words. */
export function SegmentVersions({ segment, onRestore }: { segment: SegmentDetail; onRestore: ((version: number) => void) | undefined }) {
  return <VersionList versions={segment.versions} current={segment.version} says={({ sentence }) => <Text size="sm">{sentence}</Text>} onRestore={onRestore && (({ version }) => onRestore(version))} />;
}
