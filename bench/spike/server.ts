import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { startWriters } from './writer.ts';
import type { Sale } from './decide.ts';
import type { Variant } from './variant.ts';

export const API_KEY = 'wk_live_spike';
const PATH = '/api/v1/programs/:program/transactions';
const keys = new Map([[createHash('sha256').update(API_KEY).digest('hex'), 1]]);
const ruleNames = Array.from({ length: 20 }, (_, rule) => `Zasada ${rule + 1}`);
const reasons = ['', 'no_matching_line', 'amount_below_minimum'];

const text = { type: 'string', minLength: 1, maxLength: 64 } as const;
const count = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER } as const;
const line = {
  type: 'object', additionalProperties: false, required: ['lineId', 'sku', 'quantity', 'amountMinor'],
  properties: { lineId: text, kind: text, sku: text, name: text, category: text, quantity: count, amountMinor: count },
} as const;
const body = {
  type: 'object', additionalProperties: false, required: ['externalId', 'source', 'kind', 'occurredAt', 'member', 'lines', 'totalMinor', 'currency'],
  properties: { externalId: text, source: text, kind: text, occurredAt: text, member: text, totalMinor: count, currency: text, store: text, till: text,
    lines: { type: 'array', maxItems: 500, items: line } },
} as const;

/** The accrual over HTTP for one variant; says its port to the parent and answers `stats` with what it used. */
export async function serve({ variant, connection }: { variant: Variant; connection: { host: string; port: number } }): Promise<void> {
  const writers = await startWriters(variant, connection);
  const app = Fastify({ logger: false });
  app.post<{ Body: Sale }>(PATH, { schema: { body } }, async (request, reply) => {
    const bearer = request.headers.authorization?.slice('Bearer '.length) ?? '';
    if (!keys.has(createHash('sha256').update(bearer).digest('hex'))) return reply.code(401).send({ code: 'key_unknown' });
    const booked = await writers.book(request.body);
    return {
      transaction: { id: `txn_${booked.id.toString(36)}`, externalId: request.body.externalId, source: request.body.source, repeated: booked.repeated },
      awards: booked.decision?.awards.map(({ rule, points }) => ({ wallet: 'points', points, rule: ruleNames[rule], reason: 'applied', expiresOn: booked.expiresOn, pendingUntil: null })) ?? [],
      notApplied: booked.decision?.notApplied.map(({ rule, reason }) => ({ rule: ruleNames[rule], reason: reasons[reason] })) ?? [],
      balances: [{ wallet: 'points', available: booked.available, pending: 0, held: 0, expiring: 0 }],
    };
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ ...writers.stats, cpuMicros: user + system, peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024) });
  });
  process.send?.({ port });
}
