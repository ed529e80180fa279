import { z } from 'zod';
import { FIELD_KINDS } from '@wracam/engine/event-types';
import { amountMinor, code, externalKey, instant, named, text } from './shapes.ts';
import { memberPointer } from './transactions.ts';

const fieldKey = z.string().regex(/^[a-z][a-zA-Z0-9_]{0,39}$/, 'a small letter, then letters, digits and _');
const NUMBER_MAX = 1_000_000_000;
const number = z.int().min(0).max(NUMBER_MAX);
export const eventField = named('EventField', z.strictObject({
  key: fieldKey, kind: z.enum(FIELD_KINDS), name: text(60), required: z.boolean(),
  /** What a `choice` may be. */
  options: z.array(z.strictObject({ value: code, name: text(60) })).min(1).max(50).optional(),
  /** Bounds of a `number`. */
  min: number.optional(), max: number.optional(),
}).refine((field) => (field.kind === 'choice') === (field.options !== undefined), 'options belong to a choice')
  .refine((field) => field.kind === 'number' || (field.min === undefined && field.max === undefined), 'bounds belong to a number')
  .refine((field) => field.min === undefined || field.max === undefined || field.min <= field.max, 'min is greater than max'));
const fields = z.array(eventField).max(30).refine((list) => new Set(list.map((field) => field.key)).size === list.length, 'a key stands once');

export const eventType = named('EventType', z.object({
  code, name: z.string(),
  /** What points are given for, with its preposition: "za udział w webinarze". */
  reason: z.string(), fields: z.array(eventField), builtIn: z.boolean(),
  /** Booked by the program itself; it is not taken from outside. */
  automatic: z.boolean(),
  /** Members may report it with pictures, and staff approve it. */
  reported: z.boolean(), state: z.enum(['active', 'retired']), revision: z.int(),
}));
export const eventTypeList = named('EventTypeList', z.object({ items: z.array(eventType) }));
export const newEventType = named('NewEventType', z.strictObject({ code, name: text(60), reason: text(80), fields, reported: z.boolean().optional() }));
export const eventTypeChange = named('EventTypeChange', z.strictObject({
  revision: z.int().min(1), name: text(60).optional(), reason: text(80).optional(), fields: fields.optional(), reported: z.boolean().optional(), state: z.enum(['active', 'retired']).optional(),
}));

/** Values of an event's fields by key. */
export const fieldValues = z.record(fieldKey, z.union([z.string().max(200), z.int(), z.boolean()])).refine((value) => Object.keys(value).length <= 30, 'at most 30 fields');
const shape = { type: code, occurredAt: instant, member: memberPointer, fields: fieldValues.optional(), worthMinor: amountMinor.optional() };
/** `source` and `externalId` name the event once and for all: a repeat gets the first answer. `worthMinor`: what it is worth, for rules that count by amount. */
export const eventInput = named('EventInput', z.strictObject({ source: externalKey, externalId: externalKey, ...shape }));
export const eventPreviewInput = named('EventPreviewInput', z.strictObject(shape));
