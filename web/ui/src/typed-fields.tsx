import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import type { FieldKind } from '@wracam/engine/event-types';
import type { Attributes, AttributeValue } from '@wracam/engine/facts';
import { MoneyInput, PointsInput } from './decimal-input.tsx';

/** A field of an event as the API tells it. */
export type TypedField = { readonly key: string; readonly kind: FieldKind; readonly name: string; readonly required: boolean; readonly options?: readonly { readonly value: string; readonly name: string }[] | undefined };

type TypedFieldsProps = { fields: readonly TypedField[]; values: Attributes; onChange: (values: Attributes) => void; size?: 'sm' | 'md' };

/** One input for every field of an event, each of its kind. What is emptied is left out. */
export function TypedFields({ fields, values, onChange, size = 'sm' }: TypedFieldsProps) {
  const set = (key: string, value: AttributeValue | null) => onChange(Object.fromEntries([...Object.entries(values).filter(([name]) => name !== key), ...(value === null || value === '' ? [] : [[key, value] as const])]));
  return fields.map(({ key, kind, name, required, options }) => {
    const value = values[key];
    const label = name.charAt(0).toUpperCase() + name.slice(1);
    const shared = { label, size, withAsterisk: required };
    const number = typeof value === 'number' ? value : null;
    const text = typeof value === 'string' ? value : '';
    switch (kind) {
      case 'flag': return <Checkbox key={key} size={size} label={label} checked={value === true} onChange={(event) => set(key, event.currentTarget.checked)} />;
      case 'amount': return <MoneyInput key={key} {...shared} value={number} onChange={(next) => set(key, next)} />;
      case 'number': return <PointsInput key={key} {...shared} value={number} onChange={(next) => set(key, next)} />;
      case 'choice': return <NativeSelect key={key} {...shared} value={text} data={[{ value: '', label: '–' }, ...(options ?? []).map((one) => ({ value: one.value, label: one.name }))]} onChange={(event) => set(key, event.currentTarget.value)} />;
      default: return <TextInput key={key} {...shared} type={kind === 'date' ? 'date' : 'text'} maxLength={200} value={text} onChange={(event) => set(key, event.currentTarget.value)} />;
    }
  });
}

/** Is everything filled in that has to be. */
export const isFilled = (fields: readonly TypedField[], values: Attributes): boolean => fields.every(({ key, required }) => !required || values[key] !== undefined);
