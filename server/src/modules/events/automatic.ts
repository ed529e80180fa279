import type { Instant } from '@wracam/engine/calendar';
import type { Attributes } from '@wracam/engine/facts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { rulesetsOf } from '../earning/index.ts';
import { bookDocuments, bookTogether, OWN_SOURCE, requestOf, type Outcome } from '../transactions/index.ts';
import { documentOf } from './actions.ts';

/** An event that the program books itself; `key` tells it from the member's others of the type, for ever. */
export type OwnEvent = { readonly type: string; readonly memberId: number; readonly key: string; readonly occurredAt: Instant; readonly fields?: Attributes; readonly worthMinor?: number };

/** Events in one booking transaction. */
const BATCH = 200;

/** Which of these types a rule in force at the instant answers to: where none does, nothing is written. */
export async function answered(deps: Deps, tx: ProgramTx, types: readonly string[], at: Instant): Promise<string[]> {
  const rules = (await rulesetsOf(deps.db, tx, [at])).at(at)?.ruleset.rules ?? [];
  const asked = new Set(rules.map(({ definition: { trigger } }) => (trigger?.kind === 'event' ? trigger.type : null)));
  return types.filter((type) => asked.has(type));
}

/**
 * Books events of our own. Running it again books nothing twice, because each has a key for ever; members who are blocked or left get none.
 * The outcomes are in the order of the events.
 */
export async function bookOwn(deps: Deps, programId: number, currency: string, events: readonly OwnEvent[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let at = 0; at < events.length; at += BATCH) {
    const batch = events.slice(at, at + BATCH);
    const ids = await deps.ids.take(batch.length);
    outcomes.push(...await bookDocuments(deps, programId, batch.map((event, place) => requestOf(ownDocument(deps, event, currency), ids[place]!))));
  }
  return outcomes;
}

/** Books one event of our own together with something else, in one commit; `also` runs only when the event is new, and its failure undoes both. */
export const bookOwnTogether = (deps: Deps, programId: number, currency: string, event: OwnEvent, also: (tx: ProgramTx, id: number) => Promise<void>): Promise<Outcome> =>
  bookTogether(deps, programId, ownDocument(deps, event, currency), also);

// Public ids in the key: it is shown, and inner numbers would tell how many members there are.
const ownDocument = (deps: Deps, { type, memberId, key, occurredAt, fields, worthMinor }: OwnEvent, currency: string) =>
  documentOf({ source: OWN_SOURCE, externalId: `${type}:${deps.publicIds.encode('mem', memberId)}${key === '' ? '' : `:${key}`}`, type, occurredAt, pointer: { id: memberId }, fields: fields ?? {}, worthMinor: worthMinor ?? 0 }, currency);
