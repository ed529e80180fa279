import { SimpleGrid, TextInput } from '@mantine/core';
import { completedFields, RETURN_EVENT } from '@wracam/engine/event-types';
import type { Attributes, AttributeValue } from '@wracam/engine/facts';
import type { RuleDefinition } from '@wracam/engine/rules';
import { MoneyInput, QuantityInput, TypedFields } from '@wracam/ui';
import { useState } from 'react';
import type { EventType } from '../../api/shapes.ts';
import { useWords } from '../../words/words.tsx';
import type { Sample } from './preview.ts';
import { countedCategory } from './return-trigger.ts';

type Field = EventType['fields'][number];

const SOME_MINOR = 100_00;

/** The best mark of a review, the whole of a target, and no hundred thousand days. */
const SAMPLE_MOST = 100;

/** A value that a person would expect in a field nobody has filled in. */
function firstValue(field: Field, today: string): AttributeValue {
  switch (field.kind) {
    case 'text': return field.name;
    case 'number': return field.max === undefined ? field.min ?? 1 : Math.min(field.max, SAMPLE_MOST);
    case 'amount': return SOME_MINOR;
    case 'date': return today;
    case 'flag': return true;
    case 'choice': return field.options?.[0]?.value ?? '';
  }
}

/** What a person emptied stays empty: a sample is not filled in a second time. */
const emptied = ({ kind }: Field): AttributeValue => (kind === 'flag' ? false : kind === 'number' || kind === 'amount' ? 0 : '');

/** `brings`: of a return the one article that came back. */
export type EventSample = { readonly worthMinor: number | null; readonly fields: Attributes; readonly brings?: { readonly category: string; readonly quantity: number | null } };
const ONE_PIECE = 1000;

/** A sample event of a kind, with what the person changed in it. */
export function useEventSample(type: EventType | null, definition: RuleDefinition, today: string, at: number, name: string): { sample: Sample; values: EventSample; set: (next: EventSample) => void } {
  const [own, setOwn] = useState<EventSample & { of: string }>({ of: '', worthMinor: 0, fields: {} });
  const isReturn = type?.code === RETURN_EVENT;
  const changed: EventSample = own.of === type?.code ? own : { worthMinor: isReturn ? SOME_MINOR : 0, fields: {} };
  const brings = changed.brings ?? { category: countedCategory(definition), quantity: ONE_PIECE };
  const values: EventSample = { worthMinor: changed.worthMinor, fields: { ...Object.fromEntries((type?.fields ?? []).map((field) => [field.key, firstValue(field, today)])), ...changed.fields }, ...(isReturn ? { brings } : {}) };
  const sample: Sample = {
    id: 'event', name, lines: isReturn ? [{ name: '', category: brings.category.trim(), amountMinor: values.worthMinor ?? 0, quantity: brings.quantity ?? 0 }] : [], at, first: false, birthday: false,
    ...(type ? { event: { type: type.code, fields: completedFields(type.code, values.fields), worthMinor: values.worthMinor ?? 0 } } : {}),
  };
  return { sample, values, set: (next) => setOwn({ of: type?.code ?? '', ...next }) };
}

/** The fields of a sample event, to try a rule on. */
export function EventFields({ type, values, onChange }: { type: EventType; values: EventSample; onChange: (next: EventSample) => void }) {
  const { events: w, rule } = useWords();
  const { brings } = values;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <TypedFields fields={type.fields} values={values.fields} onChange={(fields) => onChange({ ...values, fields: { ...Object.fromEntries(type.fields.map((field) => [field.key, emptied(field)])), ...fields } })} />
      <MoneyInput label={brings ? w.returnWorth : w.worth} value={values.worthMinor} onChange={(worthMinor) => onChange({ ...values, worthMinor })} />
      {brings && <TextInput label={rule.ownCategory} value={brings.category} maxLength={80} onChange={(event) => onChange({ ...values, brings: { ...brings, category: event.currentTarget.value } })} />}
      {brings && <QuantityInput label={rule.ownQuantity} value={brings.quantity} onChange={(quantity) => onChange({ ...values, brings: { ...brings, quantity } })} />}
    </SimpleGrid>
  );
}
