import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBolt, IconPlus } from '@tabler/icons-react';
import { ConfirmDialog, EmptyState, ErrorNotice, SkeletonList } from '@wracam/ui';
import { useState } from 'react';
import { useEventTypes, useRetireEventType } from '../../api/events.ts';
import { useCan } from '../../api/program.tsx';
import type { EventType } from '../../api/shapes.ts';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { RecordDialog } from './record-dialog.tsx';
import { TypeDialog } from './type-dialog.tsx';

/** Kinds of events: the program's own first, because these can be changed, then the ready-made ones. */
export function TypesSection() {
  const w = useWords().events;
  const query = useEventTypes();
  const can = useCan();
  const [adding, dialog] = useDisclosure();
  const [recording, record] = useDisclosure();
  const [changing, setChanging] = useState<EventType | null>(null);
  if (query.error) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonList rows={5} height={72} />;
  const own = query.data.items.filter((type) => !type.builtIn);
  const add = can('rules.write') && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>{w.add}</Button>;
  return (
    <Stack gap="xl" maw={760}>
      <section>
        <Group justify="space-between" mb="sm"><Title order={2} size="h3">{w.own}</Title>{own.length > 0 && add}</Group>
        {own.length === 0 && <EmptyState icon={<IconBolt />} title={w.ownEmpty} text={w.ownEmptyText} action={add} />}
        <Stack gap="sm">{own.map((type) => <TypeCard key={type.code} type={type} onChange={can('rules.write') ? () => setChanging(type) : undefined} />)}</Stack>
      </section>
      <section>
        <Group justify="space-between" mb="sm"><Title order={2} size="h3">{w.builtIn}</Title>{can('events.write') && <Button variant="default" leftSection={<IconBolt size={16} aria-hidden />} onClick={record.open}>{w.record}</Button>}</Group>
        <Stack gap="sm">{query.data.items.filter((type) => type.builtIn).map((type) => <TypeCard key={type.code} type={type} onChange={undefined} />)}</Stack>
      </section>
      {recording && <RecordDialog onClose={record.close} />}
      {adding && <TypeDialog type={null} onClose={dialog.close} />}
      {changing && <TypeDialog key={changing.code} type={changing} onClose={() => setChanging(null)} />}
    </Stack>
  );
}

function TypeCard({ type, onChange }: { type: EventType; onChange: (() => void) | undefined }) {
  const w = useWords().events;
  const [retiring, dialog] = useDisclosure();
  const step = useRetireEventType();
  const retired = type.state === 'retired';
  const go = () => step.mutate({ type, state: retired ? 'active' : 'retired' }, { onSuccess: () => { toast(retired ? w.restoredNow : w.retiredNow); dialog.close(); } });
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" align="flex-start">
        <div>
          <Text fw={650}>{type.name} <Text span c="dimmed" size="sm" fw={400}>{type.code}</Text></Text>
          <Text size="sm" c="dimmed">{type.reason} · {type.fields.length === 0 ? w.noFields : type.fields.map((field) => field.name).join(', ')}</Text>
        </div>
        <Group gap="xs">
          {type.reported && <Badge color="forest">{w.reportedBadge}</Badge>}
          {type.automatic && <Badge color="gray">{w.automatic}</Badge>}
          {retired && <Badge color="amber">{w.retired}</Badge>}
          {onChange && <Button size="xs" variant="default" onClick={onChange}>{w.change}</Button>}
          {onChange && <Button size="xs" variant="subtle" color="gray" onClick={retired ? go : dialog.open}>{retired ? w.restore : w.retire}</Button>}
        </Group>
      </Group>
      <ConfirmDialog opened={retiring} onClose={dialog.close} title={w.retire} text={w.retireText} action={w.retire} onConfirm={go} busy={step.isPending} error={step.error} />
    </Paper>
  );
}
