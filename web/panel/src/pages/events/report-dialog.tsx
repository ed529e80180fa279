import { Button, Group, Select, Stack, Textarea } from '@mantine/core';
import type { Attributes } from '@wracam/engine/facts';
import { Dialog, ErrorNotice, PictureField, TypedFields, isFilled } from '@wracam/ui';
import { useState } from 'react';
import { useEventTypes } from '../../api/events.ts';
import { useSendWorkReport } from '../../api/work-reports.ts';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { MemberPicker, type PickedMember } from '../sales/member-picker.tsx';

const NOTE_MAX = 1000;

/** A report that staff write down for a member; it waits for a decision like any other. */
export function ReportDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const w = words.workReports;
  const types = useEventTypes().data?.items.filter((one) => one.reported && one.state === 'active') ?? [];
  const send = useSendWorkReport();
  const [member, setMember] = useState<PickedMember | null>(null);
  const [code, setCode] = useState<string | null>(null);
  const [fields, setFields] = useState<Attributes>({});
  const [note, setNote] = useState('');
  const [pictures, setPictures] = useState<string[]>([]);
  const type = types.find((one) => one.code === code) ?? types[0];
  const ready = member !== null && type !== undefined && isFilled(type.fields, fields);
  const submit = () => ready && send.mutate({ member: member.id, body: { type: type.code, fields, pictures, ...(note.trim() === '' ? {} : { note: note.trim() }) } }, { onSuccess: () => { toast(w.added); onClose(); } });
  return (
    <Dialog opened onClose={onClose} title={w.add} size="lg">
      <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <Stack>
          <MemberPicker value={member} onChange={setMember} autoFocus />
          <Select label={w.type} allowDeselect={false} value={type?.code ?? null} data={types.map((one) => ({ value: one.code, label: one.name }))} onChange={(next) => { setCode(next); setFields({}); }} />
          {type && <TypedFields fields={type.fields} values={fields} onChange={setFields} />}
          <Textarea label={w.note} autosize minRows={2} maxLength={NOTE_MAX} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
          <PictureField value={pictures} onChange={setPictures} />
          {send.error && <ErrorNotice error={send.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{words.shell.cancel}</Button>
            <Button type="submit" disabled={!ready} loading={send.isPending}>{w.add}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
