import { Button, NativeSelect, Textarea } from '@mantine/core';
import type { Attributes } from '@wracam/engine/facts';
import { newIdempotencyKey } from '@wracam/sdk';
import { PictureField } from '@wracam/ui/picture-field.tsx';
import { isFilled, TypedFields } from '@wracam/ui/typed-fields.tsx';
import { useState } from 'react';
import type { useMyWays } from '../../api/me.ts';
import { useSendReport } from '../../api/reports.ts';
import { Notice } from '../../shell/notice.tsx';
import { useWords } from '../../words/words.ts';

type Types = NonNullable<ReturnType<typeof useMyWays>['data']>['reports'];
const NOTE_MAX = 1000;

/** What was done, with photos; sent once, however often the button is pressed. */
export function ReportForm({ types, onSent }: { types: Types; onSent: () => void }) {
  const { reports } = useWords();
  const send = useSendReport();
  const [key] = useState(newIdempotencyKey);
  const [code, setCode] = useState(types[0]!.code);
  const [fields, setFields] = useState<Attributes>({});
  const [note, setNote] = useState('');
  const [pictures, setPictures] = useState<string[]>([]);
  const [tried, setTried] = useState(false);
  const type = types.find((one) => one.code === code) ?? types[0]!;
  const filled = isFilled(type.fields, fields);
  const submit = () => {
    setTried(true);
    if (!filled) return;
    send.mutate({ key, body: { type: type.code, fields, pictures, ...(note.trim() === '' ? {} : { note: note.trim() }) } }, { onSuccess: onSent });
  };
  return (
    <form className="panel stack" noValidate onSubmit={(event) => { event.preventDefault(); submit(); }}>
      {types.length > 1 && <NativeSelect label={reports.type} size="md" value={type.code} data={types.map((one) => ({ value: one.code, label: one.name }))} onChange={(event) => { setCode(event.currentTarget.value); setFields({}); }} />}
      <TypedFields fields={type.fields} values={fields} onChange={setFields} size="md" />
      <Textarea label={reports.note} size="md" autosize minRows={2} maxLength={NOTE_MAX} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      <PictureField value={pictures} onChange={setPictures} />
      {tried && !filled && <p role="alert" style={{ color: 'var(--mantine-color-error)', margin: 0 }}>{reports.fill}</p>}
      {send.isError && <Notice error={send.error} />}
      <Button type="submit" size="md" fullWidth loading={send.isPending}>{reports.action}</Button>
    </form>
  );
}
