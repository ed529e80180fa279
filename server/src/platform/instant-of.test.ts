import fc from 'fast-check';
import pg from 'pg';
import { expect, it } from 'vitest';
import { instantOf } from './db.ts';

const byDriver = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => Date;
const pad = (number: number, length = 2) => String(number).padStart(length, '0');

it('reads every instant as the driver does, with any fraction and any offset', () => {
  const fraction = fc.oneof(fc.constant(''), fc.integer({ min: 1, max: 999_999 }).map((micros) => `.${pad(micros, 6).replace(/0+$/, '')}`));
  const text = fc.tuple(fc.integer({ min: 1970, max: 2200 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }), fc.integer({ min: 0, max: 23 }), fc.nat(59), fc.nat(59), fraction, fc.constantFrom('+00', '+02', '-03:30', '+00:19:32'))
    .map(([year, month, day, hour, minute, second, rest, offset]) => `${year}-${pad(month)}-${pad(day)} ${pad(hour)}:${pad(minute)}:${pad(second)}${rest}${offset}`);
  fc.assert(fc.property(text, (one) => instantOf(one) === Number(byDriver(one))), { numRuns: 2000 });
});

it('reads the years at the edges as the driver does', () => {
  for (const text of ['0044-03-15 12:00:00+00', '12026-01-01 00:00:00+00', 'infinity', '0044-03-15 12:00:00+00 BC']) expect(instantOf(text)).toBe(Number(byDriver(text)));
});
