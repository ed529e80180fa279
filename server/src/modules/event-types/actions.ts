import type { OwnNames } from '@wracam/engine/describe';
import { builtInEvent, EVENT_TYPES, type EventField, type EventReasons, type EventType } from '@wracam/engine/event-types';
import { act, audit } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { namesChanged } from '../programs/index.ts';
import * as store from './store.ts';
import type { OwnField, OwnType } from './store.ts';

/** A type with what the organiser may do about it. */
export type KnownType = EventType & { readonly builtIn: boolean; readonly retired: boolean; readonly revision: number };

// The organiser writes one text; it is shown as it is in every language.
const both = (text: string) => ({ pl: text, en: text });
const fieldOf = ({ name, options, min, max, ...field }: OwnField): EventField => ({
  ...field, words: both(name), ...(options ? { options: options.map((one) => ({ value: one.value, words: both(one.name) })) } : {}), ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }),
});
const knownOf = (own: OwnType): KnownType => ({ code: own.code, words: both(own.name), reason: both(own.reason), fields: own.fields.map(fieldOf), ...(own.reported ? { reported: true as const } : {}), builtIn: false, retired: own.retiredAt !== null, revision: own.revision });

/** Every type the program knows: built-in ones first, then its own, retired ones too. */
export const knownEventTypes = async (tx: ProgramTx): Promise<KnownType[]> =>
  [...EVENT_TYPES.map((one): KnownType => ({ ...one, builtIn: true, retired: false, revision: 1 })), ...(await store.listTypes(tx)).map(knownOf)];

/** The type of this code that may still happen. Refuses `event_type_unknown`; a retired one is not known any more. */
export async function getEventType(tx: ProgramTx, code: string): Promise<EventType> {
  const builtIn = builtInEvent(code);
  if (builtIn) return builtIn;
  return (await knownEventTypes(tx)).find((one) => one.code === code && !one.retired) ?? refuse('event_type_unknown', { type: code }, [{ pointer: '/type', detail: code }]);
}

/** How the program's own types are told in sentences. */
export const eventReasons = async (tx: ProgramTx): Promise<EventReasons> => reasonsOf(await store.listTypes(tx));
const reasonsOf = (types: readonly OwnType[]): EventReasons => Object.fromEntries(types.map((own) => [own.code, both(own.reason)]));

/** The program's own types as they are told, names of their fields and of what these offer, for sentences about rules. */
export async function eventNames(tx: ProgramTx): Promise<OwnNames> {
  const types = await store.listTypes(tx);
  const fields = types.flatMap((own) => own.fields);
  return { reasons: reasonsOf(types), fields: Object.fromEntries(fields.map(({ key, name }) => [key, name])), values: Object.fromEntries(fields.map(({ key, options = [] }) => [`event.field.${key}`, Object.fromEntries(options.map((one) => [one.value, one.name]))])) };
}

/** Adds a type of the program's own. Refuses `event_type_exists`. */
export const createEventType = (deps: Deps, ctx: Ctx, input: Omit<OwnType, 'revision' | 'retiredAt'>) => act(deps, ctx, async (tx) => {
  if (builtInEvent(input.code) || !await store.insertType(tx, input)) refuse('event_type_exists', {}, [{ pointer: '/code', detail: input.code }]);
  await namesChanged(tx);
  await audit(deps, tx, ctx, 'event_type.created', input.code);
  return input.code;
});

export type TypeChange = { readonly revision: number; readonly name?: string | undefined; readonly reason?: string | undefined; readonly fields?: readonly OwnField[] | undefined; readonly reported?: boolean | undefined; readonly state?: 'active' | 'retired' | undefined };

/** Changes the words and fields of an own type for events to come, or retires it: rules keep it, new events of it are refused. */
export const changeEventType = (deps: Deps, ctx: Ctx, code: string, { revision, state, ...change }: TypeChange) => act(deps, ctx, async (tx) => {
  const before = await store.findTypeForUpdate(tx, code) ?? refuse('not_found');
  if (before.revision !== revision) refuse('rule_changed_meanwhile');
  const retiredAt = state === undefined ? before.retiredAt : state === 'retired' ? before.retiredAt ?? tx.program.now : null;
  await store.saveType(tx, { code, name: change.name ?? before.name, reason: change.reason ?? before.reason, fields: change.fields ?? before.fields, reported: change.reported ?? before.reported, revision: revision + 1, retiredAt });
  await namesChanged(tx);
  await audit(deps, tx, ctx, 'event_type.changed', code, { fields: [...Object.keys(change), ...(state ? ['state'] : [])] });
  return code;
});
