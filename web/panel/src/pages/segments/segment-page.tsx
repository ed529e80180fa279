import { Badge, Button, List, Paper, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowLeft } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { ErrorNotice, PageHeader, SkeletonList } from '@wracam/ui';
import { useState } from 'react';
import { useCan, useProgram } from '../../api/program.tsx';
import { segmentKind, useArchiveSegment, useSegment, useSegmentMembers } from '../../api/segments.ts';
import { TextLink } from '../../shell/links.tsx';
import { MoreButton } from '../../shell/more-button.tsx';
import { toast, toastRefusal } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { MemberTable } from '../members/member-table.tsx';
import { NamedProposal, NamedPublication } from '../rules/named-publication.tsx';
import { SegmentCount } from './segment-count.tsx';
import { SegmentDialog } from './segment-dialog.tsx';
import { SegmentDraft, SegmentVersions } from './segment-publication.tsx';

/** One segment: who is in it in words and in number, what its draft would change, which rules ask for it, what it was before, and (last, for it may be long) who is in it by name. */
export function SegmentPage() {
  const { segment: id } = useParams({ from: '/$program/segments/$segment' });
  const query = useSegment(id);
  const words = useWords();
  const w = words.segments;
  const { code } = useProgram();
  const can = useCan();
  const archive = useArchiveSegment(id);
  const [changing, dialog] = useDisclosure();
  // 'draft', or the version that shall come back.
  const [asked, ask] = useState<'draft' | number | null>(null);
  if (query.error) return <ErrorNotice wholePage error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonList />;
  const segment = query.data;
  const move = (archived: boolean) => archive.mutate(archived, { onSuccess: () => toast(archived ? w.archived : w.restored), onError: toastRefusal });
  return (
    <>
      <PageHeader
        back={<TextLink to="/$program/segments" params={{ program: code }}><IconArrowLeft size={14} aria-hidden /> {w.title}</TextLink>}
        title={segment.name}
        text={<>{segment.sentence} {segment.archived && <Badge color="gray">{w.archivedMark}</Badge>}</>}
        actions={can('rules.write') && (segment.archived
          ? <Button variant="default" loading={archive.isPending} onClick={() => move(false)}>{w.restore}</Button>
          : <>{segment.rules.length === 0 && <Button variant="default" loading={archive.isPending} onClick={() => move(true)}>{w.archive}</Button>}<Button variant={segment.draft ? 'default' : 'filled'} onClick={dialog.open}>{w.change}</Button></>)}
      />
      <Stack gap="lg">
        <SegmentCount condition={segment.condition} />
        <NamedProposal kind={segmentKind} of={segment} />
        {segment.draft && <SegmentDraft segment={segment} draft={segment.draft} onPublish={() => ask('draft')} />}
        <Paper withBorder p="lg" component="section">
          <Title order={2} size="h3" mb="xs">{w.rules}</Title>
          {segment.rules.length === 0 ? <Text c="dimmed">{w.noRules}</Text> : <List>{segment.rules.map((name, at) => <List.Item key={at}>{name}</List.Item>)}</List>}
        </Paper>
        <SegmentVersions segment={segment} onRestore={can('rules.write') && !segment.archived ? ask : undefined} />
        {can('members.read') && <People segment={id} />}
      </Stack>
      {changing && <SegmentDialog segment={segment} onClose={dialog.close} />}
      {asked !== null && <NamedPublication kind={segmentKind} of={segment} words={w} asked={asked} onClose={() => ask(null)} />}
    </>
  );
}

/** Some of the members who are in it now, and more on demand. In a large program a page may come back empty: there is more to look through. */
function People({ segment }: { segment: string }) {
  const w = useWords().segments;
  const list = useSegmentMembers(segment);
  return (
    <section>
      <Title order={2} size="h3" mb="sm">{w.people}</Title>
      {list.error && <ErrorNotice error={list.error} onRetry={list.retry} />}
      {!list.error && !list.items && <SkeletonList rows={4} />}
      {list.items?.length === 0 && <Text c="dimmed">{list.more ? w.nobodyYet : w.nobody}</Text>}
      {list.items && list.items.length > 0 && <MemberTable rows={list.items} />}
      <MoreButton more={list.more} busy={list.busy} />
    </section>
  );
}
