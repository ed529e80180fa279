import { AMOUNT_MAX } from '@wracam/engine/bounds';
import type { Attributes } from '@wracam/engine/facts';
import { percentOf } from '@wracam/engine/targets/count';
import { periodCode, targetPeriodOf } from '@wracam/engine/targets/period';
import type { Deps } from '../../platform/deps.ts';
import { bookOwnTogether } from '../events/index.ts';
import { isDenied, voidTogether } from '../transactions/index.ts';
import { participantGroup, participantId } from './core.ts';
import { REACHED_EVENT } from './count.ts';
import * as store from './store.ts';
import type { ReachedRow, TargetRow } from './store.ts';

const PAGE = 200;

/** The count changed its mind since the row was read; the next look sees how it is now. */
class Outdated extends Error {}

/** Books the events that are still to be booked and undoes those that are not deserved any more. Each is one commit with the row that says so. */
export async function bookOwed(deps: Deps, programId: number): Promise<void> {
  const { targets, currency } = await deps.db.readProgram(programId, async (tx) => ({ targets: new Map((await store.listTargets(tx)).map((row) => [row.id, row])), currency: tx.program.currency }));
  for (let after: ReachedRow | null = null; ;) {
    const last: ReachedRow | null = after;
    const rows: ReachedRow[] = await deps.db.readProgram(programId, (tx) => store.owed(tx, last, PAGE));
    for (const row of rows) {
      try {
        if (row.standing) await bookReached(deps, programId, currency, targets.get(row.targetId)!, row);
        else await voidTogether(deps, programId, row.transactionId!, async (tx) => { if (!await store.markUndone(tx, row)) throw new Outdated(); });
      } catch (error) {
        if (error instanceof Outdated) continue;
        // One member's fault keeps nobody else's event; the next look tries again.
        deps.log.error({ programId, memberId: row.memberId, target: row.targetId, error: error instanceof Error ? error.message : String(error) }, 'the event of a reached sales target could not be settled');
      }
    }
    if (rows.length < PAGE) return;
    after = rows.at(-1)!;
  }
}

async function bookReached(deps: Deps, programId: number, currency: string, target: TargetRow, row: ReachedRow): Promise<void> {
  const { side, counts } = target.definition;
  // Public ids in the key, like everywhere outside; `own` cannot be mistaken for a company, and groups have a mark before their name.
  const whose = side === 'member' ? 'own' : side === 'company' ? deps.publicIds.encode('crc', participantId(row.participant)) : `g=${participantGroup(row.participant)}`;
  const event = {
    type: REACHED_EVENT, memberId: row.memberId, key: `${deps.publicIds.encode('tgt', target.id)}:${row.period}:${whose}:${row.round}`, occurredAt: row.reachedAt, fields: fieldsOf(target, row),
    worthMinor: counts === 'amount' ? Math.min(AMOUNT_MAX, row.value) : 0,
  };
  const outcome = await bookOwnTogether(deps, programId, currency, event, async (tx, id) => { if (!await store.markBooked(tx, row, id)) throw new Outdated(); });
  // Blocked or closed since the count: nothing is owed to them.
  if (isDenied(outcome)) await deps.db.inProgram(programId, (tx) => store.takeReached(tx, row));
}

function fieldsOf({ code, definition }: TargetRow, row: ReachedRow): Attributes {
  const { name, side, counts, window } = definition;
  const period = targetPeriodOf(window, row.period);
  return {
    name, target: code, side, period: period === null ? String(row.period) : periodCode(window, period), percent: percentOf(row.value, row.amount),
    share: row.value <= 0 ? 0 : Math.min(100, percentOf(row.ownValue, row.value)), ...(counts === 'amount' ? { reached: Math.min(AMOUNT_MAX, row.value) } : {}),
  };
}
