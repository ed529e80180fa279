import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowLeft, IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { EmptyState, ErrorNotice, PageHeader, SkeletonList } from '@wracam/ui';
import { useCan, useProgram } from '../../api/program.tsx';
import { useSegments } from '../../api/segments.ts';
import type { Segment } from '../../api/shapes.ts';
import { RowLink, TextLink } from '../../shell/links.tsx';
import { useWords } from '../../words/words.tsx';
import { SegmentCount } from './segment-count.tsx';
import { SegmentDialog } from './segment-dialog.tsx';

/** Every segment in plain words, with how many members are in it; archived ones last. */
export function SegmentsPage() {
  const words = useWords();
  const w = words.segments;
  const { code } = useProgram();
  const can = useCan();
  const query = useSegments();
  const [adding, dialog] = useDisclosure();
  const add = can('rules.write') && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>{w.add}</Button>;
  const segments = query.data?.items ?? [];
  return (
    <>
      <PageHeader
        back={<TextLink to="/$program/rules" params={{ program: code }}><IconArrowLeft size={14} aria-hidden /> {words.rules.title}</TextLink>}
        title={w.title}
        text={w.text}
        actions={segments.length > 0 && add}
      />
      {query.error && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      {!query.error && !query.data && <SkeletonList rows={4} height={88} />}
      {query.data?.items.length === 0 && <EmptyState icon={<IconUsersGroup />} title={w.empty} text={w.emptyText} action={add} />}
      <Stack gap="sm" maw={760}>
        {[...segments.filter((one) => !one.archived), ...segments.filter((one) => one.archived)].map((segment) => <SegmentCard key={segment.id} segment={segment} />)}
      </Stack>
      {adding && <SegmentDialog segment={null} onClose={dialog.close} />}
    </>
  );
}

function SegmentCard({ segment }: { segment: Segment }) {
  const w = useWords().segments;
  const { code } = useProgram();
  return (
    <Paper withBorder p="md" className="wracam-row">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <RowLink to="/$program/segments/$segment" params={{ program: code, segment: segment.id }}>{segment.name}</RowLink>
          <Text c="dimmed" size="sm">{segment.sentence}</Text>
        </div>
        {segment.archived ? <Badge color="gray" style={{ flexShrink: 0 }}>{w.archivedMark}</Badge> : segment.draft && <Badge color="amber" style={{ flexShrink: 0 }}>{w.draftMark}</Badge>}
      </Group>
      {!segment.archived && <SegmentCount condition={segment.condition} />}
    </Paper>
  );
}
