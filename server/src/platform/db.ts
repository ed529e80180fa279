import type { Instant } from '@wracam/engine/calendar';
import pg from 'pg';
import type { Logger } from './log.ts';
import { ask, leave, type Answered, type Asked } from './packet.ts';
import type { Statement } from './sql.ts';

/** What every transaction of a program knows of it, read in that very transaction. */
export type ProgramHead = { readonly id: number; readonly now: Instant; readonly rulesetNo: number; /** Goes up with every change of a name that rules know by a code. */ readonly namesNo: number; readonly test: boolean; readonly purgeable: boolean; readonly timeZone: string; readonly currency: string };
/** An open database transaction. */
export type Tx = {
  /** Rows with camelCase names. */
  rows<Row>(statement: Statement): Promise<Row[]>;
  /** The only row, or null. */
  maybe<Row>(statement: Statement): Promise<Row | null>;
  /** How many rows a writing statement touched. */
  run(statement: Statement): Promise<number>;
  /** A prepared statement of the hot path; binary arrays as Buffers. Rows are arrays in the order of the columns. */
  hot(name: string, text: string, values: readonly unknown[]): Promise<{ rows: unknown[][]; count: number }>;
  /** Sends writes together; they run in this order. Rejects with the first that failed. */
  send(writes: readonly Write[]): Promise<void>;
};
/** A writing statement as data; prepared when it has a name. */
export type Write = Asked;
/** A transaction inside one program: row level security lets it see that program alone. */
export type ProgramTx = Tx & {
  readonly program: ProgramHead;
  /**
   * The transaction's last writes, called once: they leave in one packet with the commit when the work is over. Nobody looks at their answers before
   * the commit, so a write that must not pass has to fail in the database; behind one that failed the commit is not run.
   */
  commitWith(writes: readonly Write[]): void;
};

export type Db = {
  /** Runs in one transaction of the program; everything or nothing. Deadlocks and serialisation failures repeat the whole function, so it may have no effect outside the database. */
  inProgram<T>(programId: number, work: (tx: ProgramTx) => Promise<T>): Promise<T>;
  /** As `inProgram`; what `first` asks for travels in the packet that opens the transaction, and its answer is handed to the work. */
  inProgramWith<F, T>(programId: number, first: (tx: Tx) => Promise<F>, work: (tx: ProgramTx, read: F) => Promise<T>): Promise<T>;
  /** As `inProgram`, for reading: one snapshot, nothing can be written. */
  readProgram<T>(programId: number, work: (tx: ProgramTx) => Promise<T>): Promise<T>;
  /** Work on the tables that stand above programs. */
  onPlatform<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/** The database cannot be reached, or the outcome of a commit is unknown: the caller repeats the same request with the same key. */
export class DatabaseAway extends Error {}

const REPEATS_MAX = 5;
const CONNECT_TIMEOUT_MS = 3000;
/** A statement of daily work takes milliseconds; ten seconds mean that something holds it, and a till waits. */
const STATEMENT_TIMEOUT_MS = 10_000;
const LOCK_TIMEOUT_MS = 4_000;

const parseInt8 = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a safe integer: ${text}`);
  return value;
};
const parseInstant = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => Date;
/** An instant of our own years as PostgreSQL writes it, "2026-11-22 09:30:00.123456+00"; anything else is read by the driver, which is ten times slower. */
const INSTANT = /^[12]\d{3}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/;
const digits = (text: string, from: number): number => (text.charCodeAt(from) - 48) * 10 + text.charCodeAt(from + 1) - 48;
export function instantOf(text: string): Instant {
  if (!INSTANT.test(text)) return Number(parseInstant(text));
  const millis = text.length > 22 ? Number(text.slice(20, -3).padEnd(3, '0').slice(0, 3)) : 0;
  return Date.UTC(digits(text, 0) * 100 + digits(text, 2), digits(text, 5) - 1, digits(text, 8), digits(text, 11), digits(text, 14), digits(text, 17), millis);
}
const parsers = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, parseInt8],
  [pg.types.builtins.NUMERIC, parseInt8],
  [pg.types.builtins.TIMESTAMPTZ, instantOf],
  [pg.types.builtins.DATE, (text) => text],
]);
const readType = (oid: number): ((text: string) => unknown) => parsers.get(oid) ?? (pg.types.getTypeParser(oid, 'text') as (text: string) => unknown);

const camelNames = new Map<string, string>();
const camel = (name: string): string => {
  let known = camelNames.get(name);
  if (known === undefined) camelNames.set(name, known = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()));
  return known;
};

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');
/** 40001 serialisation failure, 40P01 deadlock. */
const isRepeatable = (error: unknown) => codeOf(error) === '40001' || codeOf(error) === '40P01';
/** 23505: somebody else wrote the same key first. */
export const isTaken = (error: unknown): boolean => codeOf(error) === '23505';
/** 23503: another row names this one, or names one that is not there. */
export const isReferenced = (error: unknown): boolean => codeOf(error) === '23503';
/** Classes 08 (connection) and 57P0x (shutdown), sockets, and the pool's own words. */
const isAway = (error: unknown): boolean => {
  const code = codeOf(error);
  return code.startsWith('08') || code.startsWith('57P') || code === '53300' || code === '55P03' || code === '57014' || code === '53100'
    || ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT', 'EHOSTUNREACH'].includes(code)
    || (error instanceof Error && /terminated|timeout exceeded when trying to connect|Connection ended|not queryable|Client was closed|shutting down|client password must be a string/i.test(error.message));
};

/** The time in which a connection belongs to one transaction. */
type Turn = { readonly client: pg.PoolClient; over: boolean };

/** Refuses what comes late: the connection may be another's by now, and so would the transaction be. */
const asking = (turn: Turn, asked: Asked): Promise<Answered> => (turn.over ? Promise.reject(new Error('a statement came after its transaction was over')) : ask(turn.client, readType, asked));

function txOf(turn: Turn): Tx {
  const rows = async <Row>(statement: Statement): Promise<Row[]> => {
    const answer = await asking(turn, statement);
    const names = answer.columns.map((column) => camel(column.name));
    return answer.rows.map((row) => Object.fromEntries(row.map((value, at) => [names[at]!, value]))) as Row[];
  };
  return {
    rows,
    maybe: async <Row>(statement: Statement) => (await rows<Row>(statement))[0] ?? null,
    run: async (statement) => (await asking(turn, statement)).count,
    hot: (name, text, values) => asking(turn, { name, text, values }),
    send: (writes) => sendAll(turn, writes),
  };
}

const sendAll = async (turn: Turn, writes: readonly Write[]): Promise<void> => void await Promise.all(writes.map((write) => asking(turn, write)));

/** now, the newest ruleset and the number of names come from the database, in the transaction that uses them; a test program has a clock of its own. */
const HEAD = `select coalesce(test_now, clock_timestamp()) as now, ruleset_no, test, test or demo, time_zone, currency, names_no from program where id = $1`;

async function programHead(turn: Turn, programId: number): Promise<ProgramHead> {
  const [, { rows }] = await Promise.all([
    asking(turn, { name: 'use_program', text: 'select use_program($1)', values: [programId] }),
    asking(turn, { name: 'program_head', text: HEAD, values: [programId] }),
  ]);
  const row = rows[0] as [number, number, boolean, boolean, string, string, number] | undefined;
  if (!row) throw new Error(`program ${programId} is not there`);
  return { id: programId, now: Math.floor(row[0]), rulesetNo: row[1], namesNo: row[6], test: row[2], purgeable: row[3], timeZone: row[4], currency: row[5] };
}

/** A statement without values, prepared under its own text. */
const named = (text: string): Asked => ({ name: text, text, values: [] });

/** What leaves with the commit. */
type Ending = { writes: readonly Write[] };

/** A pool of connections and the only ways to open a transaction. `url` is the app role's. */
export function connect(url: string, log: Logger, options: { max?: number; applicationName?: string; indexProbesOnly?: boolean } = {}): Db {
  const pool = new pg.Pool({
    connectionString: url, max: options.max ?? 12, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, idleTimeoutMillis: 30_000,
    // Packets that do not need each other's answers may follow each other at once.
    pipeline: true,
    application_name: options.applicationName ?? 'wracam', statement_timeout: STATEMENT_TIMEOUT_MS, lock_timeout: LOCK_TIMEOUT_MS, idle_in_transaction_session_timeout: 15_000,
    // A statement prepared while its table was small keeps its scan or join for as long as the connection lives: the hot path takes index probes only.
    ...(options.indexProbesOnly ? { options: '-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c plan_cache_mode=force_generic_plan' } : {}),
  });
  // Without a listener a broken idle connection would end the process.
  pool.on('error', (error) => log.warn({ code: codeOf(error) }, 'an idle database connection broke'));
  // A connection may break in the very packet that opens it, before anybody holds it, or after it has left the pool; its queries tell.
  pool.on('connect', (client) => client.on('error', () => undefined));

  const once = async <T>(begin: string, open: (turn: Turn, ending: Ending) => Promise<T>): Promise<T> => {
    const client = await pool.connect();
    const turn: Turn = { client, over: false };
    let broken: Error | undefined;
    const onError = (error: Error) => { broken = error; };
    client.on('error', onError);
    try {
      const ending: Ending = { writes: [] };
      const [, result] = await Promise.all([asking(turn, named(begin)), open(turn, ending)]);
      const [written, committed] = await Promise.allSettled([sendAll(turn, ending.writes), asking(turn, named('commit'))]);
      if (written.status === 'rejected') throw written.reason;
      if (committed.status === 'rejected') throw committed.reason;
      // PostgreSQL answers ROLLBACK to a commit of a transaction that broke earlier, and calls it success.
      if (committed.value.tag !== 'COMMIT') throw new Error('a broken transaction was to be committed');
      return result;
    } catch (error) {
      turn.over = true;
      leave(client);
      if (!broken) await client.query('rollback').catch((failure: Error) => { broken = failure; });
      throw error;
    } finally {
      turn.over = true;
      client.off('error', onError);
      client.release(broken ?? false);
    }
  };
  const repeat = async <T>(begin: string, open: (turn: Turn, ending: Ending) => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(begin, open);
      } catch (error) {
        if (isRepeatable(error) && attempt < REPEATS_MAX) {
          await new Promise((resolve) => setTimeout(resolve, attempt * 7 * (1 + (attempt % 2))));
          continue;
        }
        if (isAway(error) || isRepeatable(error)) throw new DatabaseAway('the database is away', { cause: error });
        throw error;
      }
    }
  };
  const inside = <F, T>(begin: string, programId: number, first: (tx: Tx) => Promise<F>, work: (tx: ProgramTx, read: F) => Promise<T>) =>
    repeat(begin, async (turn, ending) => {
      const tx = txOf(turn);
      const [program, read] = await Promise.all([programHead(turn, programId), first(tx)]);
      const { rows, maybe, run, hot, send } = tx;
      return work({ rows, maybe, run, hot, send, program, commitWith: (writes) => { ending.writes = writes; } }, read);
    });
  const nothingFirst = () => Promise.resolve();

  return {
    inProgram: (programId, work) => inside('begin', programId, nothingFirst, work),
    inProgramWith: (programId, first, work) => inside('begin', programId, first, work),
    readProgram: (programId, work) => inside('begin isolation level repeatable read read only', programId, nothingFirst, work),
    onPlatform: (work) => repeat('begin', async (turn) => {
      // `async`: a work that throws at once would leave the other's answer to nobody.
      const [, result] = await Promise.all([asking(turn, named('select use_platform()')), (async () => work(txOf(turn)))()]);
      return result;
    }),
    close: () => pool.end(),
  };
}
