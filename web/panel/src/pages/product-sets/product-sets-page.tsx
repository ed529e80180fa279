import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowLeft, IconBasket, IconPlus } from '@tabler/icons-react';
import { EmptyState, ErrorNotice, PageHeader, SkeletonList } from '@wracam/ui';
import { useState } from 'react';
import { setKind, useDownloadCodes, useProductSets } from '../../api/product-sets.ts';
import { useCan, useProgram } from '../../api/program.tsx';
import type { ProductSet } from '../../api/shapes.ts';
import { ButtonLink, TextLink } from '../../shell/links.tsx';
import { toastRefusal } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { DraftChanges, NamedProposal, NamedPublication } from '../rules/named-publication.tsx';
import { SetDialog } from './set-dialog.tsx';
import { DiscardButton, SetVersions } from './set-publication.tsx';

/** Sets of articles that rules name by their names. */
export function ProductSetsPage() {
  const words = useWords();
  const w = words.productSets;
  const { code } = useProgram();
  const can = useCan();
  const query = useProductSets();
  const [adding, dialog] = useDisclosure();
  const [changing, setChanging] = useState<ProductSet | null>(null);
  const add = can('rules.write') && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>{w.add}</Button>;
  return (
    <>
      <PageHeader
        back={<TextLink to="/$program/rules" params={{ program: code }}><IconArrowLeft size={14} aria-hidden /> {words.rules.title}</TextLink>}
        title={w.title}
        text={w.text}
        actions={query.data && query.data.items.length > 0 && add}
      />
      {query.error && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      {!query.error && !query.data && <SkeletonList rows={4} height={72} />}
      {query.data?.items.length === 0 && <EmptyState icon={<IconBasket />} title={w.empty} text={w.emptyText} action={add} />}
      <Stack gap="sm" maw={760}>
        {query.data?.items.map((set) => <SetCard key={set.id} set={set} onChange={can('rules.write') ? () => setChanging(set) : undefined} />)}
      </Stack>
      {adding && <SetDialog set={null} onClose={dialog.close} />}
      {changing && <SetDialog key={changing.id} set={changing} onClose={() => setChanging(null)} />}
    </>
  );
}

function SetCard({ set, onChange }: { set: ProductSet; onChange: (() => void) | undefined }) {
  const words = useWords();
  const w = words.productSets;
  const { code } = useProgram();
  const can = useCan();
  const download = useDownloadCodes();
  const [versions, listed] = useDisclosure();
  // 'draft', or the version that shall come back.
  const [asked, ask] = useState<'draft' | number | null>(null);
  return (
    <Paper withBorder p="md">
      <Group justify="space-between">
        <div>
          <Text fw={650}>{set.name}</Text>
          <Text size="sm" c="dimmed">{w.codes(set.size)} · {words.rule.version(set.version)}</Text>
        </div>
        <Group gap="xs">
          <Button size="xs" variant="subtle" color="gray" aria-expanded={versions} aria-label={`${words.rule.versions}: ${set.name}`} onClick={listed.toggle}>{words.rule.versions}</Button>
          <Button size="xs" variant="subtle" color="gray" loading={download.isPending} aria-label={`${w.download}: ${set.name}`} onClick={() => download.mutate({ set }, { onError: toastRefusal })}>{w.download}</Button>
          {onChange && <Button size="xs" variant="default" aria-label={`${w.change}: ${set.name}`} onClick={onChange}>{w.change}</Button>}
        </Group>
      </Group>
      <NamedProposal kind={setKind} of={set} />
      {set.draft && (
        <Stack gap="xs" mt="md">
          <DraftChanges kind={setKind} of={set} title={w.draft(set.draft.size)} />
          {onChange && (
            <Group gap="xs">
              <Button size="xs" aria-label={`${words.rule.publish}: ${set.name}`} onClick={() => ask('draft')}>{words.rule.publish}</Button>
              {can('reports.read') && <ButtonLink size="xs" variant="default" to="/$program/replays" params={{ program: code }} search={{ set: set.id }}>{words.replays.check}</ButtonLink>}
              <DiscardButton set={set} />
            </Group>
          )}
        </Stack>
      )}
      {versions && <Stack mt="md"><SetVersions set={set} onRestore={onChange && ask} /></Stack>}
      {asked !== null && <NamedPublication kind={setKind} of={set} words={w} asked={asked} onClose={() => ask(null)} />}
    </Paper>
  );
}
