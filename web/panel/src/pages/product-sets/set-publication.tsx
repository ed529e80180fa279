import { Button, Group, Text } from '@mantine/core';
import { setKind, useDownloadCodes } from '../../api/product-sets.ts';
import { useNamedStep } from '../../api/publications.ts';
import type { ProductSet } from '../../api/shapes.ts';
import { toast, toastRefusal } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { VersionList } from '../rules/publication.tsx';

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
export function DiscardButton({ set: { id, name, revision } }: { set: ProductSet }) {
  const { rule: w } = useWords();
  const step = useNamedStep(setKind);
  return <Button size="xs" variant="subtle" color="gray" aria-label={`${w.discard}: ${name}`} loading={step.isPending} onClick={() => step.mutate({ step: 'discard', id, revision }, { onSuccess: () => toast(w.draftDiscarded), onError: toastRefusal })}>{w.discard}</Button>;
}
