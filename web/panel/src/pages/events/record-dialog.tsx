import { Button, Group, Paper, Select, Stack, Text, TextInput } from '@mantine/core';
import { derivedFields } from '@wracam/engine/event-types';
import type { Attributes } from '@wracam/engine/facts';
import { Dialog, ErrorNotice, MoneyInput, TypedFields, isFilled } from '@wracam/ui';
import { useState } from 'react';
import { useEventPreview, useEventTypes, useRecordEvent } from '../../api/events.ts';
import { newKey } from '../../api/key.ts';
import { useVoid } from '../../api/transactions.ts';
import { useProgramNow } from '../../shell/clock.ts';
import { toast, toastRefusal, toastUndo } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { MemberPicker, type PickedMember } from '../sales/member-picker.tsx';
import { Outcome } from '../sales/outcome.tsx';
import { PANEL_SOURCE } from '../sales/sale-draft.ts';

/** Writes down what a member did: a survey, a visit, a training. Shows first what it will give; once, however often the button is pressed. */
export function RecordDialog({ member: given = null, onClose }: { /** Whose event it is; without it the person chooses. */ member?: string | null; onClose: () => void }) {
  const words = useWords();
  const w = words.events;
  const now = useProgramNow();
  const [openedAt] = useState(now);
  const [externalId] = useState(newKey);
  const [picked, setPicked] = useState<PickedMember | null>(null);
  const [code, setCode] = useState<string | null>(null);
  const [fields, setFields] = useState<Attributes>({});
  // Local time as the browser's field writes it; empty: now.
  const [happenedAt, setHappenedAt] = useState('');
  const [worthMinor, setWorth] = useState<number | null>(null);
  // What the program writes itself would count twice, and reports wait for a decision.
  const types = useEventTypes().data?.items.filter((one) => one.state === 'active' && !one.automatic && !one.reported) ?? [];
  const type = types.find((one) => one.code === code) ?? null;
  const id = given ?? picked?.id ?? null;
  const asked = type?.fields.filter(({ key }) => !derivedFields(type.code).includes(key)) ?? [];
  const event = type !== null && id !== null && isFilled(type.fields, fields) ? { type: type.code, member: { id }, fields, ...(worthMinor === null ? {} : { worthMinor }) } : null;
  const instant = (at: number) => new Date(happenedAt === '' ? at : Date.parse(happenedAt)).toISOString();
  const preview = useEventPreview(event && { ...event, occurredAt: instant(openedAt) });
  const { record, send } = useRecordEvent();
  const undo = useVoid();
  // The toast outlives the dialog, so what it started must tell its end by itself.
  const takeBack = (transaction: string) => void undo.mutateAsync({ transaction, reason: w.recordUndoReason }).then(() => toast(w.recordUndone), toastRefusal);
  const save = () => send((at) => event && { ...event, source: PANEL_SOURCE, externalId, occurredAt: instant(at) }, ({ transaction }) => {
    toastUndo(w.recorded, words.shell.undo, () => takeBack(transaction.id));
    onClose();
  });
  return (
    <Dialog opened onClose={onClose} title={w.record} size="lg">
      <form noValidate onSubmit={(submitted) => { submitted.preventDefault(); save(); }}>
        <Stack>
          {given === null && <MemberPicker value={picked} onChange={setPicked} autoFocus />}
          <Select label={w.recordWhat} description={w.recordHint} placeholder={w.recordPlaceholder} allowDeselect={false} value={code} data={types.map((one) => ({ value: one.code, label: one.name }))} onChange={(next) => { setCode(next); setFields({}); }} />
          {type && <TypedFields fields={asked} values={fields} onChange={setFields} />}
          {type && <MoneyInput label={w.worth} description={w.worthHint} value={worthMinor} onChange={setWorth} />}
          {type && <TextInput type="datetime-local" label={words.sale.when} description={words.sale.whenHint} value={happenedAt} onChange={(changed) => setHappenedAt(changed.currentTarget.value)} />}
          {event && preview.data && (
            <Paper withBorder p="md" aria-live="polite" component="section">
              <Text fw={650} mb="xs">{w.recordGives}</Text>
              <Outcome answer={preview.data} showBalance={false} nothing={w.recordNothing} />
            </Paper>
          )}
          {event && preview.error && <ErrorNotice error={preview.error} />}
          {record.error && <ErrorNotice error={record.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{words.shell.cancel}</Button>
            <Button type="submit" disabled={event === null} loading={record.isPending}>{w.record}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
