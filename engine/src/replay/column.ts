/** Numbers of one column, in the narrowest array that holds them all. */
export type Column = Uint8Array | Uint16Array | Int32Array | Float64Array;

/** A column that is still being filled. */
export type GrowingColumn = { data: Column; length: number };

const WIDTHS = [Uint8Array, Uint16Array, Int32Array, Float64Array] as const;
const FIRST_LENGTH = 1024;

export const growingColumn = (): GrowingColumn => ({ data: new Uint8Array(FIRST_LENGTH), length: 0 });

/** Adds a number; the column widens when the number does not fit. */
export function push(column: GrowingColumn, value: number): void {
  if (column.length === column.data.length) column.data = copied(column.data, column.data.constructor as (typeof WIDTHS)[number], column.length * 2);
  column.data[column.length] = value;
  // An array keeps what fits; anything else comes back changed.
  for (let width = 0; column.data[column.length] !== value; width += 1) {
    const wider = WIDTHS[width];
    if (wider === undefined) throw new RangeError(`no column holds ${value}`);
    if (wider.BYTES_PER_ELEMENT <= column.data.BYTES_PER_ELEMENT) continue;
    column.data = copied(column.data, wider, column.data.length);
    column.data[column.length] = value;
  }
  column.length += 1;
}

function copied(from: Column, kind: (typeof WIDTHS)[number], length: number): Column {
  const to = new kind(length);
  to.set(from);
  return to;
}

/** The column as it is read: exactly as long as it was filled. */
export const closed = (column: GrowingColumn): Column => column.data.slice(0, column.length);

/** The same numbers in another order: `order[i]` is the old place of the new i-th. */
export function reordered(column: Column, order: Uint32Array): Column {
  const to = new (column.constructor as (typeof WIDTHS)[number])(order.length);
  for (let i = 0; i < order.length; i += 1) to[i] = column[order[i]!]!;
  return to;
}

/** Values that come again and again, each once; its code is its place. Code 0 is what most rows have. */
export type Dictionary<T> = { readonly values: readonly T[] };
export type GrowingDictionary<T> = { readonly values: T[]; readonly codes: Map<unknown, number>; readonly keyOf: (value: T) => unknown };

export const growingDictionary = <T>(first: T, keyOf: (value: T) => unknown = (value) => value): GrowingDictionary<T> =>
  ({ values: [first], codes: new Map([[keyOf(first), 0]]), keyOf });

/** The value's code; a value that is new gets the next. */
export function codeOf<T>(dictionary: GrowingDictionary<T>, value: T): number {
  const key = dictionary.keyOf(value);
  const known = dictionary.codes.get(key);
  if (known !== undefined) return known;
  dictionary.codes.set(key, dictionary.values.length);
  return dictionary.values.push(value) - 1;
}
