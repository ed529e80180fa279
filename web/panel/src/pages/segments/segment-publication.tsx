import { Button, Group, Stack, Text } from '@mantine/core';
import { useCan, useProgram } from '../../api/program.tsx';
import { useNamedStep } from '../../api/publications.ts';
import { segmentKind, useSaveSegment } from '../../api/segments.ts';
import type { SegmentDetail } from '../../api/shapes.ts';
import { ButtonLink } from '../../shell/links.tsx';
import { toast, toastRefusal, toastUndo } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { DraftChanges } from '../rules/named-publication.tsx';
import { VersionList } from '../rules/publication.tsx';
import { SegmentCount } from './segment-count.tsx';

/** What the draft changes, how many members it moves today, what that means for them, and what can be done with it. */
export function SegmentDraft({ segment, draft, onPublish }: { segment: SegmentDetail; draft: NonNullable<SegmentDetail['draft']>; onPublish: () => void }) {
  const words = useWords();
  const w = words.segments;
  const { code } = useProgram();
  const can = useCan();
  const moves = (
    <Stack gap={4}>
      <SegmentCount condition={segment.condition} except={draft.condition} who={w.leaving} />
      <SegmentCount condition={draft.condition} except={segment.condition} who={w.joining} />
    </Stack>
  );
  return (
    <DraftChanges kind={segmentKind} of={segment} title={w.draft} moves={moves} harmless={segment.rules.length === 0 ? w.unused : w.harmless}>
      {can('rules.write') && !segment.archived && (
        <Group gap="xs" mt="md">
          <Button onClick={onPublish}>{words.rule.publish}</Button>
          {can('reports.read') && <ButtonLink variant="default" to="/$program/replays" params={{ program: code }} search={{ segment: segment.id }}>{words.replays.check}</ButtonLink>}
          <DiscardButton segment={segment} draft={draft} />
        </Group>
      )}
    </DraftChanges>
  );
}

/** Throws the draft away; one press brings it back. */
function DiscardButton({ segment: { id, name, revision }, draft }: { segment: SegmentDetail; draft: NonNullable<SegmentDetail['draft']> }) {
  const { rule: w, shell } = useWords();
  const step = useNamedStep(segmentKind);
  const save = useSaveSegment();
  const undo = (now: number) => void save.mutateAsync({ segment: { id, revision: now }, name, condition: draft.condition }).then(() => toast(w.draftBack), toastRefusal);
  const throwAway = () => void step.mutateAsync({ step: 'discard', id, revision }).then((left) => toastUndo(w.draftDiscarded, shell.undo, () => undo(left.revision)), toastRefusal);
  return <Button variant="subtle" color="gray" loading={step.isPending} onClick={throwAway}>{w.discard}</Button>;
}

/** Every version of a segment, in words. */
export function SegmentVersions({ segment, onRestore }: { segment: SegmentDetail; onRestore: ((version: number) => void) | undefined }) {
  return <VersionList versions={segment.versions} current={segment.version} says={({ sentence }) => <Text size="sm">{sentence}</Text>} onRestore={onRestore && (({ version }) => onRestore(version))} />;
}
