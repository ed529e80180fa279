import { isUtf8 } from 'node:buffer';
import { refuse } from './refusal.ts';

/** Brackets inside brackets; the deepest shape of the contract needs about twenty. */
const DEPTH_MAX = 40;

/** Fields in all objects inside; NaN when one is called `__proto__`, which somebody's copy would take for the object's kind. */
function countFields(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) for (const one of value) count += countFields(one);
  else for (const name in value) count += name === '__proto__' ? NaN : 1 + countFields((value as Record<string, unknown>)[name]);
  return count;
}

/** JSON from bytes: valid UTF-8 and whole letters, not too deep, no field twice: of two amounts the sender may have meant the other. */
export function readJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  if (!isUtf8(bytes)) refuse('invalid_json');
  let depth = 0;
  let fields = 0;
  let inText = false;
  let escapesHalf = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (inText) { if (byte === 0x5c) { at += 1; escapesHalf ||= bytes[at] === 0x75 && (bytes[at + 1]! | 0x20) === 0x64; } else if (byte === 0x22) inText = false; }
    else if (byte === 0x22) inText = true;
    else if (byte === 0x7b || byte === 0x5b) { depth += 1; if (depth > DEPTH_MAX) refuse('invalid_json'); }
    else if (byte === 0x7d || byte === 0x5d) depth -= 1;
    else if (byte === 0x3a) fields += 1;
  }
  const value = escapesHalf ? parsed(bytes, refuseHalves) : parsed(bytes);
  if (countFields(value) !== fields) refuse('invalid_json');
  return value;
}

/** Half a letter of UTF-16, which only an escape (`\ud800`) can bring: a database would keep U+FFFD for each, and two names would become one. */
const HALF = /\p{Surrogate}/u;
function refuseHalves(name: string, value: unknown): unknown {
  if (HALF.test(name) || (typeof value === 'string' && HALF.test(value))) refuse('invalid_json');
  return value;
}

function parsed(bytes: Buffer, look?: (name: string, value: unknown) => unknown): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'), look);
  } catch {
    return refuse('invalid_json');
  }
}
