import { createHash } from 'node:crypto';

/** A sale as the API takes it; only what the stand-in reads. */
export interface Sale {
  externalId: string;
  source: string;
  occurredAt: string;
  member: string;
  totalMinor: number;
  lines: { lineId: string; sku: string; category: string; quantity: number; amountMinor: number }[];
}

export interface Decision {
  awards: { rule: number; points: number }[];
  notApplied: { rule: number; reason: number }[];
}

const RULES = 20;
const categories = ['kawa', 'herbata', 'ciasto', 'kanapka', 'sok'];
const floors = Array.from({ length: RULES }, (_, rule) => (rule < 3 ? 0 : 100_000 + rule * 1000));

/** Costs what twenty compiled rules over five lines cost (about 5 microseconds), and awards three of them on 30 % of the sales. */
export function decide(sale: Sale, salesCount: number): Decision {
  const decision: Decision = { awards: [], notApplied: [] };
  const generous = sale.totalMinor % 10 < 3;
  for (let rule = 0; rule < RULES; rule++) {
    const category = categories[rule % 5];
    let matching = 0;
    for (const line of sale.lines) if (rule < 3 || line.category === category) matching += line.amountMinor;
    const applies = matching >= (floors[rule] ?? 0) && (rule === 0 || (generous && rule < 3)) && salesCount >= 0;
    if (applies) decision.awards.push({ rule, points: Math.max(1, Math.floor(matching / (100 * (rule + 1)))) });
    else decision.notApplied.push({ rule, reason: matching === 0 ? 1 : 2 });
  }
  return decision;
}

/** Lines in a compact form: length-prefixed texts and fixed numbers, about 35 bytes a line. */
export function packLines(lines: Sale['lines']): Buffer {
  const bytes = Buffer.allocUnsafe(2 + lines.length * 160);
  let at = bytes.writeUInt16BE(lines.length, 0);
  for (const line of lines) {
    for (const text of [line.lineId, line.sku, line.category]) {
      const length = bytes.write(text, at + 1, 'utf8');
      bytes[at] = length;
      at += 1 + length;
    }
    at = bytes.writeInt32BE(line.quantity, at);
    at = bytes.writeInt32BE(line.amountMinor, at);
  }
  return Buffer.from(bytes.subarray(0, at));
}

/** The trace: two bytes for every rule that did not apply, ten for an award. */
export function packTrace({ awards, notApplied }: Decision): Buffer {
  const bytes = Buffer.allocUnsafe(awards.length * 6 + notApplied.length * 2);
  let at = 0;
  for (const award of awards) at = bytes.writeInt32BE(award.points, bytes.writeUInt16BE(award.rule, at));
  for (const { rule, reason } of notApplied) at = bytes.writeUInt8(reason, bytes.writeUInt8(rule, at));
  return bytes;
}

/** The next link of an account's chain: fixed-width fields, so the bytes are canonical by construction. */
export function link(head: Uint8Array | null, fields: readonly number[]): Buffer {
  const bytes = Buffer.alloc(32 + fields.length * 8);
  if (head) bytes.set(head, 0);
  fields.forEach((field, i) => {
    const high = Math.floor(field / 2 ** 32);
    bytes.writeInt32BE(high, 32 + i * 8);
    bytes.writeUInt32BE(field - high * 2 ** 32, 36 + i * 8);
  });
  return createHash('sha256').update(bytes).digest();
}

export const contentHash = (sale: Sale): Buffer => createHash('sha256').update(JSON.stringify(sale)).digest();
