import pg from 'pg';
import { serialize } from 'pg-protocol';
import type { Statement } from './sql.ts';

/** A statement, prepared once a connection when it has a name. */
export type Asked = Statement & { readonly name?: string };
/** `count`: rows that a writing statement touched. `tag`: PostgreSQL's word for what was done, "COMMIT". */
export type Answered = { readonly columns: Columns; readonly rows: unknown[][]; readonly count: number; readonly tag: string };
type Column = { readonly name: string; readonly read: (text: string) => unknown };
type Columns = readonly Column[];
type Waiting = { readonly asked: Asked; readonly rows: unknown[][]; columns: Columns; tag: string; unreadable: Error | null; readonly resolve: (answered: Answered) => void; readonly reject: (error: Error) => void };
type ReadType = (oid: number) => (text: string) => unknown;
/** What the driver calls on a query. */
type Wire = pg.Connection & { readonly stream: { write(bytes: Buffer): unknown } };

/** The driver's own, which its types do not know: dates, lists and objects as PostgreSQL's text. */
const { prepareValue } = (pg as unknown as { readonly utils: { prepareValue(value: unknown): unknown } }).utils;
const NONE: Columns = [];
type Prepared = Map<string, { readonly text: string; readonly columns: Columns }>;
/** By connection and name. */
const prepared = new WeakMap<pg.Connection, Prepared>();
const SYNC = serialize.sync();
const EXECUTE = serialize.execute();
const DESCRIBE = serialize.describe({ type: 'S' });

/**
 * Statements that leave together under one Sync: PostgreSQL answers all of them with one packet, and a prepared one is not described again. With a
 * Sync each, as the driver sends queries, both sides pay several system calls for every statement. Protocol: PostgreSQL documentation, "Extended Query".
 * A class of the driver's own kind, because its pipeline takes no other.
 */
class Packet extends pg.Query {
  private readonly waiting: Waiting[] = [];
  private readonly fresh: string[] = [];
  private answered = 0;
  private known: Prepared = new Map();

  constructor(private readonly readType: ReadType) { super(''); }

  ask(asked: Asked): Promise<Answered> {
    return new Promise((resolve, reject) => { this.waiting.push({ asked, rows: [], columns: NONE, tag: '', unreadable: null, resolve, reject }); });
  }

  override submit = (connection: pg.Connection): Error | null => {
    let known = prepared.get(connection);
    if (!known) prepared.set(connection, known = new Map() as Prepared);
    this.known = known;
    try {
      const messages: Buffer[] = [];
      for (const { asked } of this.waiting) this.write(asked, messages);
      messages.push(SYNC);
      (connection as Wire).stream.write(Buffer.concat(messages));
      return null;
    } catch (error) {
      return asError(error);
    }
  };

  private write({ name = '', text, values }: Asked, messages: Buffer[]): void {
    if (name === '') messages.push(serialize.parse({ text }), DESCRIBE);
    else if (!this.known.has(name)) {
      this.known.set(name, { text, columns: NONE });
      this.fresh.push(name);
      // A packet that failed may have left it prepared or not; closing what is not there is no error.
      messages.push(serialize.close({ type: 'S', name }), serialize.parse({ name, text }), serialize.describe({ type: 'S', name }));
    } else if (this.known.get(name)!.text !== text) throw new Error(`two statements are called ${name}`);
    messages.push(serialize.bind({ statement: name, values: values as unknown[], valueMapper: prepareValue }), EXECUTE);
  }

  handleRowDescription({ fields }: { readonly fields: readonly pg.FieldDef[] }): void {
    const one = this.waiting[this.answered]!;
    one.columns = fields.map(({ name, dataTypeID }) => ({ name, read: this.readType(dataTypeID) }));
    const { name, text } = one.asked;
    if (name !== undefined) this.known.set(name, { text, columns: one.columns });
  }

  handleDataRow({ fields }: { readonly fields: (string | null)[] }): void {
    const one = this.waiting[this.answered]!;
    if (one.columns === NONE) one.columns = this.known.get(one.asked.name!)!.columns;
    try {
      one.rows.push(valuesOf(one.columns, fields));
    } catch (error) {
      one.unreadable ??= asError(error);
    }
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.waiting[this.answered]!.tag = text;
    this.answered += 1;
  }

  handleEmptyQuery(): void {
    this.answered += 1;
  }

  handleReadyForQuery(): void {
    this.settle(this.waiting.length);
  }

  handleError(error: Error): void {
    this.settle(this.answered);
    const failed = this.waiting[this.answered]?.asked;
    if (failed === undefined) return;
    // Of one whose table has changed since it was prepared PostgreSQL says so each time: it is prepared again.
    for (const name of [...this.fresh, failed.name ?? '']) this.known.delete(name);
    // Where the driver read the answer tells nobody who asked; the text has no values.
    error.stack += `\n    in ${failed.name ?? failed.text.trim().slice(0, 200)}`;
    // PostgreSQL skips what follows the failed one. All of them tell the same: whoever asks for several must hear the true reason, whichever reaches him first.
    for (const { reject } of this.waiting.slice(this.answered)) reject(error);
  }

  private settle(count: number): void {
    for (const { columns, rows, tag, unreadable, resolve, reject } of this.waiting.slice(0, count)) {
      if (unreadable) reject(unreadable);
      else resolve({ columns, rows, tag, count: countOf(tag) });
    }
  }
}

function valuesOf(columns: Columns, row: unknown[]): unknown[] {
  for (let at = 0; at < row.length; at += 1) if (row[at] !== null) row[at] = columns[at]!.read(row[at] as string);
  return row;
}

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

/** "INSERT 0 5", "UPDATE 3", "COMMIT". */
const countOf = (tag: string): number => Number(/\d+$/.exec(tag)?.[0] ?? 0);

const gathering = new WeakMap<pg.PoolClient, Packet>();

/** Asks a statement; those asked before Node turns to other work leave in one packet and run in this order. Those behind one that fails are not run, and reject with its error. */
export function ask(client: pg.PoolClient, readType: ReadType, asked: Asked): Promise<Answered> {
  let packet = gathering.get(client);
  if (!packet) {
    gathering.set(client, packet = new Packet(readType));
    process.nextTick(leave, client);
  }
  return packet.ask(asked);
}

/** Sends at once what was asked, so that whatever comes next runs behind it and whether it failed or not. */
export function leave(client: pg.PoolClient): void {
  const packet = gathering.get(client);
  gathering.delete(client);
  if (packet) void client.query(packet);
}
