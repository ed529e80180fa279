import type { Instant } from '@wracam/engine/calendar';
import { completedFields, fieldFaults } from '@wracam/engine/event-types';
import type { Attributes } from '@wracam/engine/facts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse, Refusal } from '../../platform/refusal.ts';
import { getEventType } from '../event-types/index.ts';
import { checkDocument, OWN_SOURCE, previewTransaction, recordTransactions, refuseOwnAccount, type BookingQueue, type NewDocument, type Pointer } from '../transactions/index.ts';

/** Something that a member did, told by anybody; `worthMinor` is what rules that count by amount see. */
export type NewEvent = {
  readonly source: string; readonly externalId: string; readonly type: string; readonly occurredAt: Instant; readonly pointer: Pointer;
  readonly fields: Attributes; readonly worthMinor: number;
};

/** The document that an event is booked as. */
export const documentOf = (event: NewEvent, currency: string): NewDocument => ({
  source: event.source, externalId: event.externalId, kind: 'event', event: event.type, occurredAt: event.occurredAt, pointer: event.pointer, totalMinor: event.worthMinor, lines: [], payments: [], currency,
  store: null, till: null, cashier: null, channel: null, attributes: completedFields(event.type, event.fields), of: null,
});

/** Holds the event to its type, with every fault of its fields at once. */
async function checked(deps: Deps, ctx: Ctx, event: NewEvent, from: 'outside' | 'preview'): Promise<NewDocument> {
  // Our own documents must not meet a stranger's.
  if (event.source === OWN_SOURCE) refuse('invalid_request', {}, [{ pointer: '/source', detail: `"${OWN_SOURCE}" is reserved` }]);
  const { type, program } = await deps.db.readProgram(ctx.programId, async (tx) => ({ type: await getEventType(tx, event.type), program: tx.program }));
  if (from === 'outside' && type.automatic) refuse('event_automatic', { type: type.code });
  const faults = fieldFaults(type, event.fields);
  if (faults.length > 0) refuse('invalid_request', {}, faults.map(({ pointer, words }) => ({ pointer, detail: words[ctx.language] })));
  const document = documentOf(event, program.currency);
  checkDocument(document, program, ctx.language);
  return document;
}

/** Books an event like a sale: once for each (source, externalId), with reasons, caps and chain. */
export async function recordEvent(deps: Deps, queue: BookingQueue, ctx: Ctx, event: NewEvent) {
  const document = await checked(deps, ctx, event, 'outside');
  await refuseOwnAccount(deps, ctx, event.pointer);
  const [answer] = await recordTransactions(deps, queue, ctx, [document]);
  if (answer instanceof Refusal) throw answer;
  return answer!;
}

/** What an event would earn now. Saves nothing. */
export const previewEvent = async (deps: Deps, ctx: Ctx, event: NewEvent) => previewTransaction(deps, ctx, await checked(deps, ctx, event, 'preview'));
