import pg from 'pg';
import { boolArray, byteaArray, int2Array, int4Array, int8Array, textArray, timestamptzArray } from '@wracam/server/platform/binary-arrays';
import { contentHash, decide, link, packLines, packTrace, type Decision, type Sale } from './decide.ts';
import type { Variant } from './variant.ts';

export interface Booked { id: number; repeated: boolean; decision: Decision | null; available: number; expiresOn: string }

interface Waiting { sale: Sale; key: string; resolve: (booked: Booked) => void; reject: (cause: Error) => void }
interface MemberState { available: number; seq: number; head: Uint8Array | null; salesCount: number; spentMinor: number }
interface Writer { client: pg.Client; slot: number }

const PROGRAM = 1;
const WALLET = 1;
const YEAR_MS = 365 * 86_400_000;
const ID_BLOCK = 4096;

/**
 * A prepared statement that was planned while its table was small keeps that plan until statistics come, and every index begins
 * with program_id, so a join against unnest became a scan of the whole program: 40 to 70 ms a batch. Hence index probes only, and
 * `= any($n)` on the key's columns in every statement: then no join order can read more than the batch.
 */
const INDEX_PROBES_ONLY = '-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c plan_cache_mode=force_generic_plan';

/** Books sales in batches: a batch leaves as soon as a writer is free, and holds what came in meanwhile. */
export async function startWriters(variant: Variant, connection: { host: string; port: number }) {
  const sql = statements(variant);
  const queue: Waiting[] = [];
  // A document that is being written is awaited, not written again by the other writer.
  const inFlight = new Map<string, Promise<Booked>>();
  const stats = { batches: 0, documents: 0, retries: 0 };
  const idle: Writer[] = [];
  const ids = { next: 0, end: 0 };

  for (let slot = 0; slot < variant.writers; slot++) {
    const client = new pg.Client({ ...connection, user: 'spike_app', database: 'postgres', pipeline: variant.pipeline, options: INDEX_PROBES_ONLY });
    await client.connect();
    idle.push({ client, slot });
  }

  const run = (writer: Writer, name: keyof typeof sql, values: unknown[]) => {
    const send = variant.binary ? values : values.map((value) => (value instanceof ArrayValue ? value.plain : value));
    const bound = send.map((value) => (value instanceof ArrayValue ? value.binary() : value));
    return writer.client.query<(string | number | Buffer | boolean | null)[]>({ name, text: sql[name], values: bound, rowMode: 'array' });
  };

  async function takeIds(writer: Writer, count: number): Promise<number> {
    if (ids.next + count > ids.end) {
      const { rows } = await writer.client.query<{ first: string }>({ name: 'ids', text: `select nextval('id_block') as first` });
      ids.next = Number(rows[0]?.first);
      ids.end = ids.next + ID_BLOCK;
    }
    ids.next += count;
    return ids.next - count;
  }

  async function write(writer: Writer, batch: Waiting[]): Promise<void> {
    batch.sort((a, b) => (a.key < b.key ? -1 : 1)); // two processes that carry the same keys meet them in the same order
    const firstId = await takeIds(writer, batch.length);
    const client = writer.client;
    const [, , seen, known] = await Promise.all([
      client.query('BEGIN'),
      run(writer, 'useProgram', [PROGRAM]),
      run(writer, 'seen', [PROGRAM, text([...new Set(batch.map((w) => w.sale.source))]), text(batch.map((w) => w.sale.externalId))]),
      run(writer, 'identify', [PROGRAM, text([...new Set(batch.map((w) => w.sale.member))])]),
    ]);
    const memberOf = new Map(known.rows.map((row) => [String(row[0]), Number(row[1])]));
    const repeated = new Map(seen.rows.map((row) => [`${row[0]}\0${row[1]}`, row]));
    const fresh = batch.filter((w) => !repeated.has(w.key));
    const members = [...new Set(fresh.map((w) => memberOf.get(w.sale.member) ?? 0))].sort((a, b) => a - b);
    const states = await lockAndLoad(writer, members);

    const now = Date.now();
    const t = { id: [] as number[], source: [] as string[], ext: [] as string[], member: [] as number[], at: [] as number[], total: [] as number[], hash: [] as Buffer[], lines: [] as Buffer[], trace: [] as Buffer[] };
    const m = { member: [] as number[], seq: [] as number[], points: [] as number[], origin: [] as number[], hash: [] as Buffer[], expires: [] as number[] };
    const answers: Booked[] = [];
    let spentBudget = 0;
    fresh.forEach((w, i) => {
      const memberId = memberOf.get(w.sale.member) ?? 0;
      const state = states.get(memberId);
      if (!state) throw new Error(`no account for ${w.sale.member}`);
      const decision = decide(w.sale, state.salesCount);
      const id = firstId + i;
      const total = decision.awards.reduce((sum, award) => sum + award.points, 0);
      const expires = now + YEAR_MS;
      for (const points of variant.perAward ? decision.awards.map((award) => award.points) : [total]) {
        if (points === 0) continue;
        state.seq++;
        state.head = link(state.head, [PROGRAM, memberId, WALLET, state.seq, 1, points, id, now, expires, 1]);
        m.member.push(memberId); m.seq.push(state.seq); m.points.push(points); m.origin.push(id); m.hash.push(Buffer.from(state.head)); m.expires.push(expires);
      }
      state.available += total;
      state.salesCount++;
      state.spentMinor += w.sale.totalMinor;
      spentBudget += total;
      t.id.push(id); t.source.push(w.sale.source); t.ext.push(w.sale.externalId); t.member.push(memberId); t.at.push(Date.parse(w.sale.occurredAt));
      t.total.push(w.sale.totalMinor); t.hash.push(contentHash(w.sale)); t.lines.push(packLines(w.sale.lines)); t.trace.push(packTrace(decision));
      answers.push({ id, repeated: false, decision, available: state.available, expiresOn: new Date(expires).toISOString().slice(0, 10) });
    });

    const rows = members.map((id) => states.get(id) ?? { available: 0, seq: 0, head: null, salesCount: 0, spentMinor: 0 });
    const caps = rows.map((row) => Buffer.from([1, row.salesCount & 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]));
    const writes = fresh.length === 0 ? [] : [
      run(writer, 'insertTransactions', [PROGRAM, int8(t.id), text(t.source), text(t.ext), int8(t.member), instants(t.at), now8(now), int8(t.total), bytes(t.hash), bytes(t.lines), bytes(t.trace), bytes(t.id.map(() => Buffer.alloc(24, 7)))]),
      run(writer, 'insertTransfers', [PROGRAM, int8(m.member), int4(m.seq), int8(m.points), int8(m.origin), bytes(m.hash), now8(now), flags(m.seq.map(() => true)), int2(m.seq.map(() => 1))]),
      run(writer, 'insertLots', [PROGRAM, int8(m.member), int4(m.seq), int8(m.points), instants(m.expires)]),
      run(writer, 'updateAccounts', [PROGRAM, int8(members), int8(rows.map((r) => r.available)), int4(rows.map((r) => r.seq)), bytes(rows.map((r) => r.head)),
        ...(variant.merged ? [int4(rows.map((r) => r.salesCount)), int8(rows.map((r) => r.spentMinor)), bytes(caps)] : [])]),
      ...(variant.merged ? [] : [run(writer, 'updateLedgers', [PROGRAM, int8(members), int4(rows.map((r) => r.salesCount)), int8(rows.map((r) => r.spentMinor)), bytes(caps)])]),
      ...(variant.budget === 'none' ? [] : [run(writer, 'takeBudget', [PROGRAM, variant.budget === 'slice' ? writer.slot : 0, spentBudget])]),
    ];
    // A failed statement turns this COMMIT into a rollback, so it may leave with the writes: the tag tells which it was.
    const [committed] = await Promise.all([client.query('COMMIT'), ...writes]);
    if (committed.command !== 'COMMIT') throw new Error(`the batch ended with ${committed.command}`);
    fresh.forEach((w, i) => { const answer = answers[i]; if (answer) w.resolve(answer); });
    for (const w of batch) {
      const row = repeated.get(w.key);
      if (row) w.resolve({ id: Number(row[2]), repeated: true, decision: null, available: 0, expiresOn: '' });
    }
    stats.batches++;
    stats.documents += fresh.length;
  }

  async function lockAndLoad(writer: Writer, members: number[]): Promise<Map<number, MemberState>> {
    const states = new Map<number, MemberState>();
    if (members.length === 0) return states;
    const budget = variant.budget === 'locked';
    const [ledgers, accounts] = variant.merged
      ? await run(writer, 'lockAccounts', [PROGRAM, int8(members)]).then((both) => [both, both] as const)
      : await Promise.all([run(writer, 'lockLedgers', [PROGRAM, int8(members)]), run(writer, 'loadAccounts', [PROGRAM, int8(members)])]);
    if (budget) await run(writer, 'lockBudget', [PROGRAM]);
    for (const row of accounts.rows) states.set(Number(row[0]), { available: Number(row[3]), seq: Number(row[4]), head: row[5] as Buffer | null, salesCount: 0, spentMinor: 0 });
    for (const row of ledgers.rows) {
      const state = states.get(Number(row[0]));
      if (state) { state.salesCount = Number(row[1]); state.spentMinor = Number(row[2]); }
    }
    return states;
  }

  async function flush(): Promise<void> {
    const writer = idle.pop();
    if (!writer) return;
    while (queue.length > 0) {
      const batch = queue.splice(0, variant.batch);
      try {
        await write(writer, batch);
      } catch (cause) {
        await writer.client.query('ROLLBACK');
        stats.retries++;
        const retry = ['40P01', '40001', '23505'].includes((cause as { code?: string }).code ?? '');
        if (retry) queue.unshift(...batch);
        else for (const w of batch) w.reject(cause as Error);
      }
    }
    idle.push(writer);
  }

  function book(sale: Sale): Promise<Booked> {
    const key = `${sale.source}\0${sale.externalId}`;
    const running = inFlight.get(key);
    if (running) return running.then((booked) => ({ ...booked, repeated: true }));
    const booked = new Promise<Booked>((resolve, reject) => queue.push({ sale, key, resolve, reject })).finally(() => inFlight.delete(key));
    inFlight.set(key, booked);
    if (idle.length > 0) {
      if (variant.lingerMs > 0 && queue.length < variant.batch) setTimeout(flush, variant.lingerMs);
      else setImmediate(flush); // the requests that this turn of the event loop has read ride along
    }
    return booked;
  }

  return { book, stats };
}

/** An array parameter that can travel both ways, so that one variant can show what text costs. */
class ArrayValue {
  constructor(readonly plain: unknown[], readonly binary: () => Buffer) {}
}
const int8 = (values: number[]) => new ArrayValue(values, () => int8Array(values));
const int4 = (values: number[]) => new ArrayValue(values, () => int4Array(values));
const int2 = (values: number[]) => new ArrayValue(values, () => int2Array(values));
const flags = (values: boolean[]) => new ArrayValue(values, () => boolArray(values));
const text = (values: string[]) => new ArrayValue(values, () => textArray(values));
const bytes = (values: (Uint8Array | null)[]) => new ArrayValue(values, () => byteaArray(values));
const instants = (values: number[]) => new ArrayValue(values.map((value) => new Date(value)), () => timestamptzArray(values));
const now8 = (now: number) => new Date(now).toISOString();

function statements(variant: Variant) {
  const state = 'member_id, sales_count, spent_minor';
  return {
    useProgram: 'select use_program($1)',
    seen: `select source, external_id, id, content_hash, trace from transaction
      where program_id = $1 and source = any($2::text[]) and external_id = any($3::text[])`,
    identify: 'select key, member_id from member_identifier where program_id = $1 and kind = 2 and key = any($2::text[])',
    lockLedgers: `select ${state} from member_ledger where program_id = $1 and member_id = any($2::int8[]) order by member_id for no key update`,
    loadAccounts: `select member_id, 0, 0, available, seq, head, pending, held, debt, next_due_at from account
      where program_id = $1 and member_id = any($2::int8[])`,
    lockAccounts: `select ${variant.merged ? state : 'member_id, 0, 0'}, available, seq, head, pending, held, debt, next_due_at from account
      where program_id = $1 and member_id = any($2::int8[]) order by member_id, wallet_no for no key update`,
    lockBudget: 'select used, most from budget where program_id = $1 and slot = 0 for no key update',
    insertTransactions: `insert into transaction (program_id, id, source, external_id, kind, state, member_id, occurred_at, booked_at, total_minor, content_hash, lines, trace, frozen, ruleset_no)
      select p.id, u.id, u.source, u.external_id, 1, 1, u.member_id, u.occurred_at, $7::timestamptz, u.total, u.hash, u.lines, u.trace, u.frozen, 1
      from program p, unnest($2::int8[], $3::text[], $4::text[], $5::int8[], $6::timestamptz[], $8::int8[], $9::bytea[], $10::bytea[], $11::bytea[], $12::bytea[])
        u(id, source, external_id, member_id, occurred_at, total, hash, lines, trace, frozen) where p.id = $1`,
    insertTransfers: `insert into transfer (program_id, member_id, wallet_no, seq, kind, side, incoming, points, origin_kind, origin_id, booked_at, ruleset_no, hash)
      select p.id, u.member_id, ${WALLET}, u.seq, u.kind, 1, u.incoming, u.points, 1, u.origin, $7::timestamptz, 1, u.hash
      from program p, unnest($2::int8[], $3::int4[], $4::int8[], $5::int8[], $6::bytea[], $8::bool[], $9::int2[]) u(member_id, seq, points, origin, hash, incoming, kind)
      where p.id = $1`,
    insertLots: `insert into lot (program_id, member_id, wallet_no, seq, points, remaining, pending, usable_at, expires_at)
      select p.id, u.member_id, ${WALLET}, u.seq, u.points, u.points, false, null, u.expires
      from program p, unnest($2::int8[], $3::int4[], $4::int8[], $5::timestamptz[]) u(member_id, seq, points, expires) where p.id = $1`,
    updateAccounts: variant.merged
      ? `update account a set available = u.available, seq = u.seq, head = u.head, sales_count = u.sales, spent_minor = u.spent, caps = u.caps
        from unnest($2::int8[], $3::int8[], $4::int4[], $5::bytea[], $6::int4[], $7::int8[], $8::bytea[]) u(member_id, available, seq, head, sales, spent, caps)
        where a.program_id = $1 and a.member_id = any($2::int8[]) and a.member_id = u.member_id and a.wallet_no = ${WALLET}`
      : `update account a set available = u.available, seq = u.seq, head = u.head
        from unnest($2::int8[], $3::int8[], $4::int4[], $5::bytea[]) u(member_id, available, seq, head)
        where a.program_id = $1 and a.member_id = any($2::int8[]) and a.member_id = u.member_id and a.wallet_no = ${WALLET}`,
    updateLedgers: `update member_ledger l set sales_count = u.sales, spent_minor = u.spent, caps = u.caps
      from unnest($2::int8[], $3::int4[], $4::int8[], $5::bytea[]) u(member_id, sales, spent, caps) where l.program_id = $1 and l.member_id = any($2::int8[]) and l.member_id = u.member_id`,
    takeBudget: 'update budget set used = used + $3 where program_id = $1 and slot = $2',
  };
}
