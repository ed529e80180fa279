import type { NewDocument } from '@wracam/server/modules/transactions/index';
import { cardOf } from '../accrual/seed.ts';
import { CHANNELS } from '../accrual/rules.ts';

/** A stretch of a generated history: documents `from` to `from + count` of `total`, spread evenly over the two years before `until`. */
export interface Stretch { from: number; count: number; total: number; members: number; until: number }

const SPAN_MS = 2 * 365 * 86_400_000;
const CARD = 2;
const CATEGORIES = ['kawa', 'herbata', 'ciasto', 'kanapka', 'sok'];
const STORES = ['Krucza 12', 'Długa 3', 'Rynek 1'];
const CHANNEL_OF = [CHANNELS.app, CHANNELS.till, CHANNELS.till, CHANNELS.web, CHANNELS.till, CHANNELS.app, CHANNELS.till, CHANNELS.till];

/** The same documents every time: sales of five lines in the order of their dates. */
export function* documentsOf({ from, count, total, members, until }: Stretch): Generator<NewDocument> {
  for (let n = from; n < from + count; n++) {
    const random = numbersAfter(n + 1);
    const lines = CATEGORIES.map((category, i) => {
      const amountMinor = 100 + (random() % 4000);
      return { lineId: String(i + 1), kind: 'goods' as const, sku: `SKU-${category}-${amountMinor % 97}`, name: `Pozycja ${category}`, category, brand: null, quantity: 1000 * (1 + (amountMinor % 3)), unit: null, amountMinor, discountMinor: 0, taxRateBps: 2300, attributes: {}, of: null };
    });
    yield {
      source: `pos-${n % 8}`, externalId: `H-${n}`, kind: 'sale', occurredAt: until - SPAN_MS + Math.floor((n / total) * SPAN_MS), pointer: { kind: CARD, key: cardOf(1 + (random() % members)) },
      totalMinor: lines.reduce((sum, line) => sum + line.amountMinor, 0), lines, payments: [], currency: 'PLN', store: STORES[n % 3] ?? null, till: '2', cashier: null, channel: CHANNEL_OF[random() % 8] ?? null, attributes: {}, of: null,
    };
  }
}

/** xorshift32 (Marsaglia 2003): repeatable, and good enough to spread documents over members. */
function numbersAfter(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
