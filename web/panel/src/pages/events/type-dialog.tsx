import { ActionIcon, Button, Checkbox, Group, Paper, Select, SimpleGrid, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { FIELD_KINDS } from '@wracam/engine/event-types';
import { Dialog, ErrorNotice } from '@wracam/ui';
import { useState } from 'react';
import { useSaveEventType } from '../../api/events.ts';
import type { EventType } from '../../api/shapes.ts';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { draftOf, isReady, keyFrom, newField, typeOf, type FieldDraft } from './type-draft.ts';

/** Adds an own kind of event, or changes one for events to come. Its code never changes: documents carry it. */
export function TypeDialog({ type, onClose }: { type: EventType | null; onClose: () => void }) {
  const words = useWords();
  const w = words.events;
  const save = useSaveEventType();
  const [draft, setDraft] = useState(() => draftOf(type));
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const setField = (at: number, part: Partial<FieldDraft>) => set({ fields: draft.fields.map((field, place) => (place === at ? { ...field, ...part } : field)) });
  const submit = () => save.mutate({ type, body: typeOf(draft) }, { onSuccess: () => { toast(type ? w.changed : w.added); onClose(); } });
  return (
    <Dialog opened onClose={onClose} title={type ? type.name : w.add} size="lg">
      <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <Stack>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput label={w.name} placeholder={w.namePlaceholder} maxLength={60} value={draft.name} onChange={(event) => set({ name: event.currentTarget.value })} data-autofocus />
            <TextInput label={w.code} description={w.codeHint} inputWrapperOrder={['label', 'input', 'description']} maxLength={40} disabled={type !== null} value={draft.code} onChange={(event) => set({ code: event.currentTarget.value })} />
          </SimpleGrid>
          <TextInput label={w.reason} description={w.reasonHint} placeholder={w.reasonPlaceholder} maxLength={80} value={draft.reason} onChange={(event) => set({ reason: event.currentTarget.value })} />
          <div>
            <Text fw={500} size="sm">{w.fields}</Text>
            <Text size="sm" c="dimmed">{w.fieldsText}</Text>
          </div>
          {draft.fields.map((field, at) => (
            <Paper key={at} withBorder p="sm">
              <Stack gap="sm">
                <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
                  <TextInput label={w.fieldName} maxLength={60} value={field.name} onChange={(event) => setField(at, { name: event.currentTarget.value, ...(field.key === keyFrom(field.name) ? { key: keyFrom(event.currentTarget.value) } : {}) })} />
                  <TextInput label={w.fieldKey} maxLength={40} value={field.key} onChange={(event) => setField(at, { key: event.currentTarget.value })} />
                  <Select label={w.fieldKind} allowDeselect={false} value={field.kind} data={FIELD_KINDS.map((kind) => ({ value: kind, label: w.fieldKinds[kind] }))} onChange={(kind) => setField(at, { kind: FIELD_KINDS.find((one) => one === kind) ?? 'text' })} />
                </SimpleGrid>
                {field.kind === 'choice' && <TagsInput label={w.options} description={w.optionsHint} value={field.options} onChange={(options) => setField(at, { options })} />}
                <Group justify="space-between">
                  <Checkbox label={w.required} checked={field.required} onChange={(event) => setField(at, { required: event.currentTarget.checked })} />
                  <ActionIcon variant="subtle" color="gray" aria-label={w.removeField(field.name)} onClick={() => set({ fields: draft.fields.filter((_, place) => place !== at) })}><IconTrash size={18} aria-hidden /></ActionIcon>
                </Group>
              </Stack>
            </Paper>
          ))}
          <Group><Button size="xs" variant="light" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => set({ fields: [...draft.fields, newField] })}>{w.addField}</Button></Group>
          <Checkbox label={w.reported} description={w.reportedHint} checked={draft.reported} onChange={(event) => set({ reported: event.currentTarget.checked })} />
          {save.error && <ErrorNotice error={save.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{words.shell.cancel}</Button>
            <Button type="submit" disabled={!isReady(draft)} loading={save.isPending}>{type ? words.events.change : w.add}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
