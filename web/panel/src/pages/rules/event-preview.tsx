import { SimpleGrid } from '@mantine/core';
import { completedFields } from '@wracam/engine/event-types';
import type { Attributes, AttributeValue } from '@wracam/engine/facts';
import { MoneyInput, TypedFields } from '@wracam/ui';
import { useState } from 'react';
import type { EventType } from '../../api/shapes.ts';
import { useWords } from '../../words/words.tsx';
import type { Sample } from './preview.ts';

type Field = EventType['fields'][number];

/** A value that a person would expect in a field nobody has filled in. */
function firstValue(field: Field, today: string): AttributeValue {
  switch (field.kind) {
    case 'text': return field.name;
    case 'number': return field.max === undefined ? field.min ?? 1 : field.max;
    case 'amount': return 100_00;
    case 'date': return today;
    case 'flag': return true;
    case 'choice': return field.options?.[0]?.value ?? '';
  }
}

/** What a person emptied stays empty: a sample is not filled in a second time. */
const emptied = ({ kind }: Field): AttributeValue => (kind === 'flag' ? false : kind === 'number' || kind === 'amount' ? 0 : '');

export type EventSample = { readonly worthMinor: number | null; readonly fields: Attributes };

/** A sample event of a kind, with what the person changed in it. */
export function useEventSample(type: EventType | null, today: string, at: number, name: string): { sample: Sample; values: EventSample; set: (next: EventSample) => void } {
  const [own, setOwn] = useState<EventSample & { of: string }>({ of: '', worthMinor: 0, fields: {} });
  const changed = own.of === type?.code ? own : { worthMinor: 0, fields: {} };
  const values: EventSample = { worthMinor: changed.worthMinor, fields: { ...Object.fromEntries((type?.fields ?? []).map((field) => [field.key, firstValue(field, today)])), ...changed.fields } };
  const sample: Sample = {
    id: 'event', name, lines: [], at, first: false, birthday: false,
    ...(type ? { event: { type: type.code, fields: completedFields(type.code, values.fields), worthMinor: values.worthMinor ?? 0 } } : {}),
  };
  return { sample, values, set: (next) => setOwn({ of: type?.code ?? '', ...next }) };
}

/** The fields of a sample event, to try a rule on. */
export function EventFields({ type, values, onChange }: { type: EventType; values: EventSample; onChange: (next: EventSample) => void }) {
  const w = useWords().events;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <TypedFields fields={type.fields} values={values.fields} onChange={(fields) => onChange({ ...values, fields: { ...Object.fromEntries(type.fields.map((field) => [field.key, emptied(field)])), ...fields } })} />
      <MoneyInput label={w.worth} value={values.worthMinor} onChange={(worthMinor) => onChange({ ...values, worthMinor })} />
    </SimpleGrid>
  );
}
