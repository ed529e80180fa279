import type { Instant } from '@wracam/engine/calendar';
import { EVENT_FOR_WEBHOOKS } from '../../platform/act.ts';
import type { Deps } from '../../platform/deps.ts';
import { schedule, type JobHandlers } from '../../platform/jobs.ts';
import { getProgram } from '../programs/index.ts';
import { dataOf, DELIVER, heldUpUntil, nextTryAt } from './core.ts';
import { send } from './send.ts';
import * as store from './store.ts';

/** Puts an event of the outbox on its way to every webhook that is on; twice changes nothing. */
const sendOut = (deps: Deps, programId: number, eventId: number): Promise<void> => deps.db.inProgram(programId, async (tx) => {
  for (const { id: webhookId, active } of await store.listWebhooks(tx)) {
    const id = active ? (await deps.ids.take(1))[0]! : null;
    if (id !== null && await store.insertDelivery(tx, { id, webhookId, eventId })) await schedule(tx, programId, DELIVER, id, tx.program.now);
  }
});

/**
 * Makes one try and writes down what became of it; gives the instant of the next one, or null when there is nothing left to do. A process that dies
 * after the call tries again: a receiver knows an event that comes twice by its id.
 */
async function deliver(deps: Deps, programId: number, id: number): Promise<Instant | null> {
  const found = await deps.db.readProgram(programId, async (tx) => {
    const row = await store.findQueued(tx, id);
    return row && { ...row, now: tx.program.now, program: (await getProgram(tx)).code };
  });
  if (!found) return null;
  if (found.active && found.retryAt !== null && found.retryAt > found.now) return found.retryAt;
  const outcome = found.active ? await send(deps, programId, { id: found.webhookId, sealed: found.sealed }, { ...found, at: found.eventAt, data: dataOf(found.type, found.ref, found.body) }) : { ok: false, answer: 'switched off' };
  return deps.db.inProgram(programId, async (tx) => {
    const tries = found.tries + 1;
    const again = outcome.ok || !found.active ? null : nextTryAt(tries, tx.program.now);
    await store.saveTry(tx, id, outcome.ok ? 'delivered' : again === null ? 'failed' : 'queued', tries, outcome.answer);
    if (outcome.ok) await store.saveArriving(tx, found.webhookId);
    else if (found.active) await store.saveFailing(tx, found.webhookId, heldUpUntil(tx.program.now));
    return again;
  });
}

export const webhookJobs: JobHandlers = {
  [EVENT_FOR_WEBHOOKS]: { run: async (deps, { programId, ref }) => { await sendOut(deps, programId, ref); return null; } },
  [DELIVER]: {
    outward: true,
    run: async (deps, { programId, ref }) => {
      const dueAt = await deliver(deps, programId, ref);
      return dueAt === null ? null : { dueAt };
    },
  },
};
