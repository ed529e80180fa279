/** Zigzag varints: any safe integers, one byte for −64…63. */
export function encodeNumbers(values: readonly number[]): Uint8Array {
  let size = 0;
  for (const value of values) size += length(zigzag(value));
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const value of values) {
    let rest = zigzag(value);
    // Division instead of shifts: shifts would cut to 32 bits.
    while (rest >= 128) { bytes[at++] = (rest % 128) | 128; rest = Math.floor(rest / 128); }
    bytes[at++] = rest;
  }
  return bytes;
}

/** Throws RangeError when the bytes are cut or hold more than a safe integer. */
export function decodeNumbers(bytes: Uint8Array): number[] {
  const values: number[] = [];
  let value = 0;
  let scale = 1;
  for (const byte of bytes) {
    value += (byte & 127) * scale;
    if (value > Number.MAX_SAFE_INTEGER) throw new RangeError('number too large');
    if (byte < 128) {
      values.push(value % 2 === 0 ? value / 2 : -(value + 1) / 2);
      value = 0;
      scale = 1;
    } else scale *= 128;
  }
  if (scale !== 1) throw new RangeError('bytes are cut');
  return values;
}

function zigzag(value: number): number {
  const coded = value >= 0 ? value * 2 : -value * 2 - 1;
  if (!Number.isSafeInteger(coded)) throw new RangeError(`cannot encode ${value}`);
  return coded;
}

const length = (coded: number): number => {
  let bytes = 1;
  for (let rest = coded; rest >= 128; rest = Math.floor(rest / 128)) bytes += 1;
  return bytes;
};
