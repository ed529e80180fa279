/**
 * Arrays as PostgreSQL's binary wire format, for statements that write a whole batch by `unnest($1::int8[], …)`.
 * `pg` sends a Buffer parameter in binary; a JavaScript array would travel as text and be parsed element by element, which
 * costs a fifth of the accrual's throughput. The element type is named inside the bytes, so every parameter keeps its cast
 * (`$1::int8[]`) and the cast has to be of the same type: PostgreSQL answers 42804 to a mismatch, it never converts.
 *
 * Every function takes nulls and an empty list, and throws RangeError for a value that its type cannot hold exactly.
 * Format: PostgreSQL source, src/backend/utils/adt/arrayfuncs.c (array_recv).
 */

/** Dimensions, null flag, element type, length, lower bound: five 32-bit words before the elements. */
const HEADER_BYTES = 20;
const EMPTY_HEADER_BYTES = 12;
const WORD_SPAN = 2 ** 32;
/** PostgreSQL counts instants and dates from 2000-01-01T00:00Z. */
const POSTGRES_EPOCH_MS = 946_684_800_000;
const DAY_MS = 86_400_000;

/** Element types by their fixed numbers in pg_type. */
const oid = { bool: 16, bytea: 17, int8: 20, int2: 21, int4: 23, text: 25, date: 1082, timestamptz: 1184 } as const;

type Nullable<T> = readonly (T | null)[];

/** `int8[]`. A number must be a safe integer; a bigint must fit 64 bits. */
export function int8Array(values: Nullable<number | bigint>): Buffer {
  return fixedWidth(oid.int8, 8, values, (bytes, value, at) => {
    if (typeof value === 'bigint') bytes.writeBigInt64BE(value, at);
    else writeInt64(bytes, requireInteger(value, Number.MAX_SAFE_INTEGER), at);
  });
}

/** `int4[]`: whole numbers of 32 bits. */
export function int4Array(values: Nullable<number>): Buffer {
  return fixedWidth(oid.int4, 4, values, (bytes, value, at) => bytes.writeInt32BE(requireInteger(value, WORD_SPAN), at));
}

/** `int2[]`: whole numbers of 16 bits. */
export function int2Array(values: Nullable<number>): Buffer {
  return fixedWidth(oid.int2, 2, values, (bytes, value, at) => bytes.writeInt16BE(requireInteger(value, WORD_SPAN), at));
}

/** `bool[]`. */
export function boolArray(values: Nullable<boolean>): Buffer {
  return fixedWidth(oid.bool, 1, values, (bytes, value, at) => bytes.writeUInt8(value ? 1 : 0, at));
}

/** `timestamptz[]` from instants in whole milliseconds UTC. */
export function timestamptzArray(instants: Nullable<number>): Buffer {
  return fixedWidth(oid.timestamptz, 8, instants, (bytes, instant, at) => {
    const sinceEpochMs = requireInteger(instant, Number.MAX_SAFE_INTEGER) - POSTGRES_EPOCH_MS;
    const micros = sinceEpochMs * 1000;
    // From the year 2285 on microseconds leave the safe integers; 'valid until 9999-12-31' must not move by a digit.
    if (Number.isSafeInteger(micros)) writeInt64(bytes, micros, at);
    else bytes.writeBigInt64BE(BigInt(sinceEpochMs) * 1000n, at);
  });
}

/** `date[]` from 'YYYY-MM-DD'. RangeError for a day that the calendar does not have. */
export function dateArray(dates: Nullable<string>): Buffer {
  return fixedWidth(oid.date, 4, dates, (bytes, date, at) => {
    const midnight = Date.parse(`${date}T00:00:00Z`);
    // Date.parse lets 30 February pass as 2 March; PostgreSQL, reading text, would have refused it.
    if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== date) throw new RangeError(`not a date: ${date}`);
    bytes.writeInt32BE((midnight - POSTGRES_EPOCH_MS) / DAY_MS, at);
  });
}

/** `text[]` in UTF-8. PostgreSQL refuses U+0000 with 22021; a lone surrogate arrives as U+FFFD. */
export function textArray(values: Nullable<string>): Buffer {
  return varyingWidth(oid.text, values, (value) => Buffer.byteLength(value), (bytes, value, at) => bytes.write(value, at, 'utf8'));
}

/** `bytea[]`. The bytes are copied: the caller may reuse its buffers at once. */
export function byteaArray(values: Nullable<Uint8Array>): Buffer {
  return varyingWidth(oid.bytea, values, (value) => value.length, (bytes, value, at) => bytes.set(value, at));
}

function fixedWidth<T>(elementOid: number, width: number, values: Nullable<T>, write: (bytes: Buffer, value: T, at: number) => void): Buffer {
  // Places are counted: an iterator makes an object for every value, and a booking sends a thousand.
  let present = 0;
  for (let i = 0; i < values.length; i++) if (values[i] !== null) present++;
  const bytes = withHeader(elementOid, values.length, present, values.length * 4 + present * width);
  let at = HEADER_BYTES;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    at = bytes.writeInt32BE(value === null ? -1 : width, at);
    if (value === null) continue;
    write(bytes, value, at);
    at += width;
  }
  return bytes;
}

function varyingWidth<T>(
  elementOid: number, values: Nullable<T>, sizeOf: (value: T) => number, write: (bytes: Buffer, value: T, at: number) => void,
): Buffer {
  const sizes: number[] = [];
  let present = 0;
  let total = values.length * 4;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const size = value === null ? -1 : sizeOf(value);
    sizes.push(size);
    if (size < 0) continue;
    present++;
    total += size;
  }
  const bytes = withHeader(elementOid, values.length, present, total);
  let at = HEADER_BYTES;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const size = sizes[i]!;
    at = bytes.writeInt32BE(size, at);
    if (value === null) continue;
    write(bytes, value, at);
    at += size;
  }
  return bytes;
}

function withHeader(elementOid: number, length: number, present: number, bodyBytes: number): Buffer {
  // array_recv knows an empty array only as one without dimensions.
  const bytes = Buffer.allocUnsafe(length === 0 ? EMPTY_HEADER_BYTES : HEADER_BYTES + bodyBytes);
  bytes.writeInt32BE(length === 0 ? 0 : 1, 0);
  bytes.writeInt32BE(present < length ? 1 : 0, 4);
  bytes.writeInt32BE(elementOid, 8);
  if (length === 0) return bytes;
  bytes.writeInt32BE(length, 12);
  bytes.writeInt32BE(1, 16);
  return bytes;
}

function writeInt64(bytes: Buffer, value: number, at: number): void {
  const high = Math.floor(value / WORD_SPAN);
  bytes.writeInt32BE(high, at);
  bytes.writeUInt32BE(value - high * WORD_SPAN, at + 4);
}

/** Buffer's own writers cut fractions off without a word, so wholeness is checked here; they check the narrower ranges. */
function requireInteger(value: number, limit: number): number {
  if (!Number.isInteger(value) || Math.abs(value) > limit) throw new RangeError(`not a whole number in range: ${value}`);
  return value;
}
