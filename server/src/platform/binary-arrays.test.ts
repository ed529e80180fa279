import { describe, expect, it } from 'vitest';
import {
  boolArray, byteaArray, dateArray, int2Array, int4Array, int8Array, textArray, timestamptzArray,
} from './binary-arrays.ts';

const utc = (iso: string) => Date.parse(iso);

/** The right-hand side is PostgreSQL 18's own answer to `select encode(array_send(…), 'hex')` for the same values. */
describe('the bytes are those that PostgreSQL writes itself', () => {
  it.each<[string, Buffer, string]>([
    ['int8 with null, negative, both ends of the safe integers and both sides of 2^32',
      int8Array([1, null, -5, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2 ** 32, -(2 ** 32) - 1]),
      '0000000100000001000000140000000700000001000000080000000000000001ffffffff00000008fffffffffffffffb00000008001fffffffffffff00000008ffe000000000000100000008000000010000000000000008fffffffeffffffff'],
    ['int8 from both ends of 64 bits', int8Array([2n ** 63n - 1n, -(2n ** 63n)]),
      '0000000100000000000000140000000200000001000000087fffffffffffffff000000088000000000000000'],
    ['an empty array', int8Array([]), '000000000000000000000014'],
    ['int4', int4Array([2147483647, null, -2147483648]),
      '0000000100000001000000170000000300000001000000047fffffffffffffff0000000480000000'],
    ['int2', int2Array([32767, -32768]), '0000000100000000000000150000000200000001000000027fff000000028000'],
    ['bool', boolArray([true, false, null]), '000000010000000100000010000000030000000100000001010000000100ffffffff'],
    ['text: Polish letters, quotes, an empty string, null, four-byte letters', textArray(['zażółć, "gęślą"', null, '', '😀']),
      '0000000100000001000000190000000400000001000000167a61c5bcc3b3c582c4872c202267c499c59b6cc48522ffffffff0000000000000004f09f9880'],
    ['bytea: a zero byte, null, no bytes', byteaArray([new Uint8Array([0, 255]), null, new Uint8Array(0)]),
      '00000001000000010000001100000003000000010000000200ffffffffff00000000'],
    ['timestamptz: before 1970, milliseconds, null, the ends of four-digit years',
      timestamptzArray([utc('1969-12-31T23:59:59.999Z'), utc('2026-10-25T01:30:00.001Z'), null, utc('9999-12-31T23:59:59.999Z'), utc('0001-01-01T00:00:00Z')]),
      '0000000100000001000004a0000000050000000100000008fffca2fec4c81c18000000080003019eeba439e8ffffffff000000080380e70b913b7c1800000008ff1fe2ffc59c6000'],
    ['date: epoch, leap day, the day before the epoch, null, the last day', dateArray(['2000-01-01', '2028-02-29', '1999-12-31', null, '9999-12-31']),
      '00000001000000010000043a00000005000000010000000400000000000000040000282e00000004ffffffffffffffff00000004002c95d3'],
  ])('%s', (_what, ours, postgres) => expect(ours.toString('hex')).toBe(postgres));
});

describe('a value that the type cannot hold exactly is refused before anything is sent', () => {
  it.each<[string, () => Buffer]>([
    ['half a point', () => int8Array([0.5])], ['beyond the safe integers', () => int8Array([2 ** 53])], ['NaN', () => int8Array([NaN])],
    ['infinity', () => int8Array([Infinity])], ['65 bits', () => int8Array([2n ** 63n])], ['int4 above 31 bits', () => int4Array([2 ** 31])],
    ['half an int4', () => int4Array([1.5])], ['int2 above 15 bits', () => int2Array([32768])], ['half an instant', () => timestamptzArray([0.5])],
    ['30 February', () => dateArray(['2026-02-30'])], ['not a date', () => dateArray(['yesterday'])],
  ])('%s', (_what, write) => expect(write).toThrow(RangeError));
});
