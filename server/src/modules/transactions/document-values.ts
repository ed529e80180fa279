import type { Db } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import type { NewDocument } from './document.ts';
import * as store from './store.ts';

/** Facts of documents that conditions compare letter by letter, and how each is read. */
const READ: Readonly<Record<string, (document: NewDocument) => readonly (string | null)[]>> = {
  'line.category': (document) => document.lines.map((line) => line.category),
  'line.brand': (document) => document.lines.map((line) => line.brand),
  'line.sku': (document) => document.lines.map((line) => line.sku),
  'line.name': (document) => document.lines.map((line) => line.name),
  'transaction.store': ({ store: at }) => [at],
  'transaction.till': ({ till }) => [till],
  'transaction.cashier': ({ cashier }) => [cashier],
  'transaction.channel': ({ channel }) => [channel],
};

/** The newest documents are read, and as many from all over the past: seasons come again. Half a second once a process and program; then only what is new. */
const NEWEST = 10_000;
const STRETCHES = 20;
const PAGE = 500;
/** Looked at anew each time: ids of several processes do not come in the order of booking. */
const AGAIN = 1_000;
/** Values kept of a fact, and given to who asks: the most frequent ones. */
const KEPT_MAX = 20_000;
const GIVEN_MAX = 2_000;
/** Programs a process remembers at once. */
const PROGRAMS_MAX = 50;

type Known = { readonly counts: ReadonlyMap<string, Map<string, number>>; newest: number };
const memory = new WeakMap<Db, Map<number, Known>>();

/** Documents up to `counted` may have been counted before: of them only values that nobody has seen yet. */
function count({ counts }: Known, documents: readonly { readonly id: number; readonly document: NewDocument }[], counted: number): void {
  for (const [attribute, values] of counts) {
    for (const { id, document } of documents) {
      for (const value of READ[attribute]!(document)) {
        if (value === null || value === '' || (id <= counted && values.has(value)) || (values.size >= KEPT_MAX && !values.has(value))) continue;
        values.set(value, (values.get(value) ?? 0) + 1);
      }
    }
  }
}

/** Reads from the newest document down to those that were read before, in short transactions; the last id read. */
async function readDown(deps: Deps, programId: number, known: Known): Promise<number> {
  const until = known.newest;
  let [before, newest] = [Number.MAX_SAFE_INTEGER, until];
  for (let read = 0; read < NEWEST; read += PAGE) {
    const page = await deps.db.readProgram(programId, (tx) => store.documentsBelow(tx, before, PAGE));
    count(known, page, until);
    newest = Math.max(newest, page[0]?.id ?? 0);
    before = page.at(-1)?.id ?? 0;
    if (page.length < PAGE || (before <= until && read + PAGE >= AGAIN)) break;
  }
  known.newest = newest;
  return before;
}

/** Reads a little of each of equal stretches of what is older than `before`. */
async function readAround(deps: Deps, programId: number, known: Known, before: number): Promise<void> {
  const first = await deps.db.readProgram(programId, store.firstDocument);
  if (first === null || first >= before) return;
  for (let at = 1; at <= STRETCHES; at += 1) {
    const end = first + Math.floor(((before - first) * at) / STRETCHES);
    count(known, await deps.db.readProgram(programId, (tx) => store.documentsBelow(tx, end, PAGE)), 0);
  }
}

/** Values that the program's own documents carry, the most frequent first, by the attribute of a condition. What is very rare or long gone may be missing. */
export async function documentValues(deps: Deps, { programId }: Pick<Ctx, 'programId'>) {
  let programs = memory.get(deps.db);
  if (!programs) memory.set(deps.db, programs = new Map());
  const before = programs.get(programId);
  const known: Known = before ?? { counts: new Map(Object.keys(READ).map((attribute) => [attribute, new Map<string, number>()])), newest: 0 };
  const oldest = await readDown(deps, programId, known);
  if (!before) {
    await readAround(deps, programId, known, oldest);
    if (programs.size >= PROGRAMS_MAX) programs.clear();
    programs.set(programId, known);
  }
  return { items: [...known.counts].map(([attribute, values]) => ({ attribute, values: [...values].sort((a, b) => b[1] - a[1]).slice(0, GIVEN_MAX).map(([value]) => value) })) };
}
