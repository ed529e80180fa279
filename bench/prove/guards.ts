import type { SourceChange } from '../lib/server-build.ts';

/** Something the product relies on, and how to take it away: statements for the administrator, changes of the source while it is bundled. */
export interface Guard {
  name: string;
  /** What goes wrong without it. */
  without: string;
  sql?: readonly string[];
  changes?: readonly SourceChange[];
}

const LEDGER = 'server/src/modules/ledger';
const TRANSACTIONS = 'server/src/modules/transactions';

export const raceGuards: readonly Guard[] = [
  {
    name: 'member-lock', without: 'two devices plan on the same points',
    changes: [
      { file: `${LEDGER}/store.ts`, find: '${READ_MEMBERS} order by m.member_id for no key update', put: '${READ_MEMBERS} order by m.member_id' },
      { file: `${LEDGER}/store.ts`, find: 'any(${NAMED_MEMBERS}) order by m.member_id for no key update', put: 'any(${NAMED_MEMBERS}) order by m.member_id' },
    ],
  },
  {
    name: 'document-key', without: 'the same receipt sent to two servers is booked twice',
    sql: ['alter table transaction drop constraint transaction_program_id_source_external_id_key'],
  },
  {
    name: 'claim-counted', without: 'a server that lost the race for a document books its points all the same',
    changes: [{ file: `${TRANSACTIONS}/store.ts`, find: '    where p.id = $1`,\n  values: [program.id', put: '    where p.id = $1 on conflict do nothing`,\n  values: [program.id' }],
  },
  {
    name: 'stock-guard', without: 'the last item is sold twice',
    sql: ['alter table reward drop constraint reward_stock_left_check'],
    changes: [{ file: 'server/src/modules/rewards/store.ts', find: ' and (stock_left is null or stock_left >= ${quantity}::int8)', put: '' }],
  },
  {
    name: 'state-under-lock', without: 'an order is confirmed and cancelled, each by the state it saw before the lock',
    sql: ['alter table hold_resolution drop constraint hold_resolution_pkey'],
    changes: [
      { file: 'server/src/modules/orders/actions.ts', find: 'const drawn = seqsOf(await getHold(tx, found.holdId));', put: 'const seen = await getHold(tx, found.holdId); const drawn = seqsOf(seen);' },
      { file: 'server/src/modules/orders/actions.ts', find: 'const order = (await store.findOrder(tx, orderId))!; // again', put: 'const order = found; //' },
      { file: 'server/src/modules/orders/actions.ts', find: 'return { order, set, hold: await getHold(tx, order.holdId) };', put: 'return { order, set, hold: seen };' },
    ],
  },
  {
    name: 'hold-resolution', without: 'a hold is captured and released',
    sql: ['alter table hold_resolution drop constraint hold_resolution_pkey'],
    changes: [{ file: `${LEDGER}/actions/holds.ts`, find: 'const hold = await getHold(tx, id); // again: its state is final only under the lock', put: 'const hold = found;' }],
  },
  {
    name: 'idempotency-claim', without: 'one intention sent twice happens twice',
    changes: [{ file: 'server/src/platform/act.ts', find: 'if (claimed === 0) {', put: 'if (claimed < 0) {' }],
  },
  {
    name: 'one-reversal', without: 'an adjustment is taken back more than once',
    sql: ['drop index transfer_reversed_once'],
    changes: [{ file: `${LEDGER}/actions/adjust.ts`, find: `if ((await findTransfer(tx, id))!.reversed) refuse('transfer_not_reversible');`, put: '' }],
  },
];

export const killGuards: readonly Guard[] = [
  {
    name: 'synchronous-commit', without: 'what was acknowledged is gone when PostgreSQL dies before its WAL is on disk',
    // In the pools and not in the server's settings: there the product would refuse to start.
    changes: [{ file: 'server/src/platform/db.ts', find: `...(options.indexProbesOnly ? { options: '`, put: `options: '-c synchronous_commit=off', ...(0 > 1 ? { options: '` }],
  },
  {
    name: 'answer-after-commit', without: 'what was acknowledged was never committed',
    changes: [{ file: 'server/src/platform/db.ts', find: `await Promise.allSettled([sendAll(turn, ending.writes), asking(turn, named('commit'))]);`, put: `[(await Promise.allSettled([sendAll(turn, ending.writes)]))[0], { status: 'fulfilled', value: { tag: 'COMMIT' } }]; void client.query('select pg_sleep(0.03); commit').catch(() => undefined);` }],
  },
  {
    name: 'document-key', without: 'a receipt whose fate was unknown is booked again by the repeat',
    sql: ['alter table transaction drop constraint transaction_program_id_source_external_id_key'],
    changes: [{ file: `${TRANSACTIONS}/booking.ts`, find: `if (seen && seen.state !== 'awaited') return`, put: `if (seen && seen.state !== 'awaited' && !seen) return` }],
  },
  {
    name: 'idempotency-claim', without: 'an order whose fate was unknown is placed again by the repeat',
    changes: [{ file: 'server/src/platform/act.ts', find: 'if (claimed === 0) {', put: 'if (claimed < 0) {' }],
  },
];

/** The guard of this name. Throws with the list when there is none. */
export function guardOf(guards: readonly Guard[], name: string | undefined): Guard | null {
  if (name === undefined) return null;
  const found = guards.find((guard) => guard.name === name);
  if (!found) throw new Error(`--without takes one of: ${guards.map((guard) => guard.name).join(', ')}`);
  return found;
}
