import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { operations, type Operation } from '@wracam/contract';
import { transactionInput } from '@wracam/contract/transactions';
import { shortcutOf } from './shape-shortcut.ts';

const bodies = Object.entries(operations as Record<string, Operation>).flatMap(([id, { body }]) => (body ? [{ id, body }] : []));
const sale = {
  externalId: 'P-1', source: 'pos-1', kind: 'sale', occurredAt: '2026-11-21T10:15:00.000+01:00', member: { card: 'C1' }, totalMinor: 1250, currency: 'PLN', store: 'Krucza 12', attributes: { region: 'wschód', vip: true, n: 3 },
  lines: [{ lineId: '1', kind: 'goods', sku: 'kawa', name: 'Kawa', quantity: 0.347, amountMinor: 1250, taxRate: 2300 }], payments: [{ kind: 'card', amountMinor: 1250 }],
};
/** Values that stand at the edges of shapes, put in place of any part of a right document. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(null, '', ' ', ' x', 'x ', 'a\u0007', -1, 0, 0.5, Infinity, 2 ** 53, '1e3', true, [], {}, [[]], { card: '' }, { card: 'a', number: 'b' }, { x: 1 }, '2026-02-30T10:00:00Z', '2026-11-21', 'sale', 'gift_card'),
  fc.jsonValue({ maxDepth: 3 }),
);

function withOdd(path: readonly number[], value: unknown, replacement: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== 'object' || value === null) return replacement;
  const keys = Object.keys(value);
  if (keys.length === 0) return replacement;
  const key = keys[step % keys.length]!;
  const changed = withOdd(rest, (value as Record<string, unknown>)[key], replacement);
  return Array.isArray(value) ? value.map((one, at) => (String(at) === key ? changed : one)) : { ...value, [key]: changed };
}

describe('the shortcut of a shape', () => {
  it('knows a right document', () => {
    expect(shortcutOf(transactionInput)(sale)).toBe(true);
  });

  it('never says right where the schema refuses or changes the value', () => {
    fc.assert(fc.property(fc.array(fc.nat(20), { maxLength: 4 }), odd, (path, replacement) => {
      const value = withOdd(path, sale, replacement);
      if (!shortcutOf(transactionInput)(value)) return;
      const result = transactionInput.safeParse(value);
      expect(result.success).toBe(true);
      expect(result.data).toEqual(value);
    }), { numRuns: 4000, seed: 1 });
  });

  it.each(bodies)('of $id agrees with the schema on anything', ({ body }) => {
    fc.assert(fc.property(fc.oneof(fc.jsonValue({ maxDepth: 4 }), odd), (value) => {
      if (!shortcutOf(body)(value)) return;
      const result = body.safeParse(value);
      expect(result.success && result.data).toEqual(value);
    }), { numRuns: 200, seed: 1 });
  });

  it('leaves to the schema what it does not know', () => {
    expect(shortcutOf(z.strictObject({ at: z.date() }))({ at: 1 })).toBe(false);
    expect(shortcutOf(z.string().transform((text) => text.length))('abc')).toBe(false);
    expect(shortcutOf(z.coerce.number())(1)).toBe(false);
  });
});
