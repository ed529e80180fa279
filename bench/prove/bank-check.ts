import type pg from 'pg';
import type { PublicIds } from '@wracam/server/platform/ids';
import { FIRST_RULES } from '@wracam/server/setup';
import type { Entry, Operation } from './bank-log.ts';

export interface BankFindings {
  acknowledged: number;
  refused: number;
  /** Acknowledged and not there. */
  lost: number;
  /** There more than once, or there although refused or never sent. */
  doubled: number;
  /** Accounts, lots and stock below zero. */
  negative: number;
  /** Balances, states, stock or positions that differ from what the clients' file says. */
  different: number;
  faults: string[];
}

interface Expected {
  documents: Set<string>;
  adjustments: Set<string>;
  orders: Map<string, { note: string; state: string; reward: string; card: string; points: number }>;
  holds: Map<string, { state: string; card: string; points: number }>;
  /** Everything a member has, debt taken off; and what of it is held. */
  members: Map<string, { net: number; held: number }>;
  /** Sales of each member in the order in which they were acknowledged. */
  salesInOrder: Map<string, string[]>;
  refused: Set<string>;
  faults: string[];
}

const FAULTS_SHOWN = 10;
const effect = FIRST_RULES[0]?.effect;
const [points, perMinor] = effect?.kind === 'perAmount' ? [effect.points, effect.perMinor] : [NaN, NaN];
/** What the program's only rule gives, in the checker's own arithmetic. */
const earned = (amountMinor: number) => Math.floor((amountMinor * points) / perMinor);

/** What must be true by the clients' file alone. */
export function foldLog(entries: readonly Entry[]): Expected {
  const meant = new Map<string, Operation>();
  const sales = new Map<string, { totalMinor: number; returnedMinor: number }>();
  const expected: Expected = { documents: new Set(), adjustments: new Set(), orders: new Map(), holds: new Map(), members: new Map(), salesInOrder: new Map(), refused: new Set(), faults: [] };
  const change = (card: string, net: number, held: number) => {
    const before = expected.members.get(card) ?? { net: 0, held: 0 };
    expected.members.set(card, { net: before.net + net, held: before.held + held });
  };
  const told = (id: string, seen: number | undefined, wanted: number) => { if (seen !== wanted) expected.faults.push(`${id} was told ${seen} points instead of ${wanted}`); };
  for (const entry of entries) {
    if (entry.at === 'intent') meant.set(entry.operation.id, entry.operation);
    if (entry.at === 'fail') expected.refused.add(entry.id);
    if (entry.at !== 'ok') continue;
    const operation = meant.get(entry.id);
    if (!operation) throw new Error(`${entry.id} was acknowledged and never meant`);
    const { id, card } = operation;
    if (operation.kind === 'sale') {
      expected.documents.add(id);
      sales.set(id, { totalMinor: operation.totalMinor, returnedMinor: 0 });
      const given = earned(operation.totalMinor);
      if (given > 0) expected.salesInOrder.set(card, [...expected.salesInOrder.get(card) ?? [], id]);
      change(card, given, 0);
      told(id, entry.points, given);
    } else if (operation.kind === 'return') {
      expected.documents.add(id);
      const sale = sales.get(operation.sale);
      if (!sale) throw new Error(`${id} returns what was never sold`);
      const before = earned(sale.totalMinor - sale.returnedMinor);
      sale.returnedMinor += operation.amountMinor;
      const moved = earned(sale.totalMinor - sale.returnedMinor) - before;
      change(card, moved, 0);
      told(id, (entry.points ?? NaN) + 0, moved);
    } else if (operation.kind === 'adjust') {
      expected.adjustments.add(id);
      change(card, operation.points, 0);
    } else if (operation.kind === 'order') {
      expected.orders.set(entry.made ?? '', { note: id, state: 'placed', reward: operation.reward, card, points: operation.points });
      change(card, 0, operation.points);
    } else if (operation.kind === 'hold') {
      expected.holds.set(entry.made ?? '', { state: 'held', card, points: operation.points });
      change(card, 0, operation.points);
    } else if (operation.kind === 'confirm' || operation.kind === 'cancel') {
      const order = expected.orders.get(operation.order);
      if (!order) throw new Error(`${id} ends an order that was never placed`);
      if (order.state === 'placed') change(card, operation.kind === 'confirm' ? -order.points : 0, -order.points);
      else change(card, order.points, 0);
      order.state = operation.kind === 'confirm' ? 'confirmed' : 'cancelled';
    } else if ('hold' in operation) {
      const hold = expected.holds.get(operation.hold);
      if (!hold) throw new Error(`${id} ends a hold that was never made`);
      change(card, operation.kind === 'capture' ? -hold.points : 0, -hold.points);
      hold.state = operation.kind === 'capture' ? 'captured' : 'released';
    }
  }
  return expected;
}

/** Compares the database with the clients' file: nothing lost, nothing doubled, nothing below zero, every figure the same. */
export async function checkBank(admin: pg.Client, programId: number, publicIds: PublicIds, stock: ReadonlyMap<string, number>, entries: readonly Entry[]): Promise<BankFindings> {
  const expected = foldLog(entries);
  const found: BankFindings = { acknowledged: entries.filter((one) => one.at === 'ok').length, refused: expected.refused.size, lost: 0, doubled: 0, negative: 0, different: expected.faults.length, faults: expected.faults.slice(0, FAULTS_SHOWN) };
  const fault = (kind: 'lost' | 'doubled' | 'negative' | 'different', words: string) => {
    found[kind]++;
    if (found.faults.length < FAULTS_SHOWN) found.faults.push(`${kind}: ${words}`);
  };
  const ask = async <Row extends object>(text: string) => (await admin.query<Row>(text, [programId])).rows;
  const eachOnce = (what: string, rows: readonly { key: string; times: number }[], wanted: ReadonlySet<string>) => {
    const seen = new Map(rows.map((row) => [row.key, Number(row.times)]));
    for (const key of wanted) if (!seen.has(key)) fault('lost', `${what} ${key}`);
    for (const [key, times] of seen) if (times > 1 || !wanted.has(key)) fault('doubled', `${what} ${key} is there ${times} times${wanted.has(key) ? '' : ` and was ${expected.refused.has(key) ? 'refused' : 'never acknowledged'}`}`);
  };

  eachOnce('document', await ask(`select external_id as key, count(*)::int as times from transaction where program_id = $1 and source = 'bank' group by 1`), expected.documents);
  eachOnce('adjustment', await ask(`select reason as key, count(*)::int as times from transfer_note where program_id = $1 group by 1`), expected.adjustments);

  const orders = await ask<{ id: string; note: string; state: string }>('select id, note, state from reward_order where program_id = $1');
  eachOnce('order', countBy(orders.map((row) => row.note)), new Set([...expected.orders.values()].map((one) => one.note)));
  for (const row of orders) {
    const order = expected.orders.get(publicIds.encode('ord', Number(row.id)));
    if (order && order.state !== row.state) fault('different', `order ${row.note} is ${row.state} instead of ${order.state}`);
  }
  const holds = await ask<{ id: string; state: string }>(`select h.id, case r.kind when 1 then 'captured' when 2 then 'released' else 'held' end as state from hold h
    left join hold_resolution r on r.program_id = h.program_id and r.hold_id = h.id where h.program_id = $1 and h.origin_kind = 3`);
  eachOnce('hold', countBy(holds.map((row) => publicIds.encode('hld', Number(row.id)))), new Set(expected.holds.keys()));
  for (const row of holds) {
    const hold = expected.holds.get(publicIds.encode('hld', Number(row.id)));
    if (hold && hold.state !== row.state) fault('different', `a hold is ${row.state} instead of ${hold.state}`);
  }

  const accounts = await ask<{ card: string; net: string; held: string }>(`select i.key as card, a.available + a.pending + a.held - a.debt as net, a.held from account a
    join member_identifier i on i.program_id = a.program_id and i.member_id = a.member_id and i.kind = 2 where a.program_id = $1`);
  for (const row of accounts) {
    const { net, held } = expected.members.get(row.card) ?? { net: 0, held: 0 };
    if (Number(row.net) !== net || Number(row.held) !== held) fault('different', `member ${row.card} has ${row.net}, held ${row.held}, instead of ${net}, held ${held}`);
  }
  const [below] = await ask<{ count: number }>(`select ((select count(*) from account where program_id = $1 and (available < 0 or pending < 0 or held < 0 or debt < 0)) + (select count(*) from lot where program_id = $1 and (remaining < 0 or remaining > points))
    + (select count(*) from reward where program_id = $1 and stock_left < 0))::int as count`);
  for (let i = 0; i < (below?.count ?? 0); i++) fault('negative', 'an account, a lot or a stock');
  for (const row of await ask<{ id: string; left: string }>('select id, stock_left as left from reward where program_id = $1')) {
    const id = publicIds.encode('rwd', Number(row.id));
    const sold = [...expected.orders.values()].filter((one) => one.reward === id && one.state !== 'cancelled').length;
    if (Number(row.left) + sold !== stock.get(id)) fault('different', `reward ${id}: ${sold} sold and ${row.left} left of ${stock.get(id)}`);
  }
  // What began after another was acknowledged stands behind it in the ledger.
  const positions = await ask<{ card: string; sales: string[] }>(`select i.key as card, array_agg(d.external_id order by t.seq) as sales from transfer t join transaction d on d.program_id = t.program_id and d.id = t.origin_id and d.kind = 1
    join member_identifier i on i.program_id = t.program_id and i.member_id = t.member_id and i.kind = 2 where t.program_id = $1 and t.kind = 1 and t.origin_kind = 1 group by 1`);
  for (const row of positions) {
    if (JSON.stringify(row.sales) !== JSON.stringify(expected.salesInOrder.get(row.card) ?? [])) fault('different', `the sales of ${row.card} stand in another order than they were acknowledged`);
  }
  return found;
}

function countBy(keys: readonly string[]): { key: string; times: number }[] {
  const times = new Map<string, number>();
  for (const key of keys) times.set(key, (times.get(key) ?? 0) + 1);
  return [...times].map(([key, count]) => ({ key, times: count }));
}
