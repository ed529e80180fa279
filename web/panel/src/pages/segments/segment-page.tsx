import { Badge, Button, List, Paper, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowLeft } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { ErrorNotice, PageHeader, SkeletonList } from '@wracam/ui';
import { useState } from 'react';
import { useCan, useProgram } from '../../api/program.tsx';
import { useArchiveSegment, useSegment, useSegmentMembers } from '../../api/segments.ts';
import { TextLink } from '../../shell/links.tsx';
import { MoreButton } from '../../shell/more-button.tsx';
import { toast, toastRefusal } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { MemberTable } from '../members/member-table.tsx';
import { SegmentCount } from './segment-count.tsx';
import { SegmentDialog } from './segment-dialog.tsx';
import { SegmentDraft, SegmentProposal, SegmentPublication, SegmentVersions } from './segment-publication.tsx';

/** One segment: who is in it in words, in number and by name, which rules ask for it, what its draft would change, and what it was before. */
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
        {segment.proposal && <SegmentProposal segment={segment} proposal={segment.proposal} />}
        {segment.draft && <SegmentDraft segment={segment} draft={segment.draft} onPublish={() => ask('draft')} />}
        <Paper withBorder p="lg" component="section">
          <Title order={2} size="h3" mb="xs">{w.rules}</Title>
          {segment.rules.length === 0 ? <Text c="dimmed">{w.noRules}</Text> : <List>{segment.rules.map((name, at) => <List.Item key={at}>{name}</List.Item>)}</List>}
        </Paper>
        {can('members.read') && <People segment={id} />}
        <SegmentVersions segment={segment} onRestore={can('rules.write') && !segment.archived ? ask : undefined} />
      </Stack>
      {changing && <SegmentDialog segment={segment} onClose={dialog.close} />}
      {asked !== null && <SegmentPublication segment={segment} asked={asked} onClose={() => ask(null)} />}
    </>
  );
}

/** Members who are in it now. In a large program a page may come back empty: there is more to look through. */
function People({ segment }: { segment: string }) {
  const w = useWords().segments;
  const list = useSegmentMembers(segment, true);
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
