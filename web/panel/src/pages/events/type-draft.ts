import type { FieldKind } from '@wracam/engine/event-types';
import type { Body, EventType } from '../../api/shapes.ts';

/** A field while it is typed; `options` are values and names at once. */
export type FieldDraft = { readonly key: string; readonly name: string; readonly kind: FieldKind; readonly required: boolean; readonly options: string[]; readonly rest: { min?: number; max?: number } };
export type TypeDraft = { readonly code: string; readonly name: string; readonly reason: string; readonly fields: readonly FieldDraft[]; readonly reported: boolean };

export const newField: FieldDraft = { key: '', name: '', kind: 'text', required: false, options: [], rest: {} };

export const draftOf = (type: EventType | null): TypeDraft => (type === null ? { code: '', name: '', reason: '', fields: [], reported: false } : {
  code: type.code, name: type.name, reason: type.reason, reported: type.reported,
  fields: type.fields.map(({ key, name, kind, required, options, min, max }) => ({ key, name, kind, required, options: (options ?? []).map((one) => one.value), rest: { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) } })),
});

const CODE = /^[a-z][a-z0-9-]{0,39}$/;
const KEY = /^[a-z][a-zA-Z0-9_]{0,39}$/;

/** A key from a name: small letters without accents, words joined; empty when nothing of it fits. */
export const keyFrom = (name: string): string => name.normalize('NFD').replace(/\p{M}/gu, '').replace(/ł/g, 'l').replace(/Ł/g, 'L').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+|_+$/g, '').slice(0, 40);

export const isReady = ({ code, name, reason, fields }: Omit<TypeDraft, 'reported'>): boolean => CODE.test(code) && name.trim() !== '' && reason.trim() !== ''
  && fields.every((field) => KEY.test(field.key) && field.name.trim() !== '' && (field.kind !== 'choice' || (field.options.length > 0 && field.options.every((one) => CODE.test(one)))))
  && new Set(fields.map((field) => field.key)).size === fields.length;

/** The type as the API takes it. */
export const typeOf = ({ code, name, reason, fields, reported }: TypeDraft): Body<'createEventType'> => ({
  code, name: name.trim(), reason: reason.trim(), reported,
  fields: fields.map(({ key, name: own, kind, required, options, rest }) => ({
    key, name: own.trim(), kind, required, ...(kind === 'choice' ? { options: options.map((value) => ({ value, name: value })) } : {}), ...(kind === 'number' ? rest : {}),
  })),
});
