import { hash } from 'node:crypto';
import { ORIGINS, SIDES, TRANSFER_KINDS, type Draw, type Transfer } from '@wracam/engine/ledger/book';

/** Head of an empty chain. */
export const GENESIS = Buffer.alloc(32);

const FIELDS = 16;
const HEAD_BYTES = 32;
const NULL_MARK = -1;
const FORMAT = 1;
/** A transfer between members also carries the other side's member and position, behind the draws. */
const FORMAT_OF_PAIRS = 2;
/** In place of a side of the program. */
const OTHER_MEMBER = 0;

function writeInt64(bytes: Buffer, value: number, at: number): void {
  bytes.writeInt32BE(Math.floor(value / 2 ** 32), at);
  bytes.writeUInt32BE(value >>> 0, at + 4);
}

/**
 * The link of a transfer: SHA-256 over the link before it and the transfer's ids, numbers and instants as 64-bit big-endian words, the
 * draws behind their length. Never over names, reasons or external ids, so the chain survives the erasure of personal data.
 */
export function linkOf(before: Uint8Array, programId: number, bookedAt: number, transfer: Transfer): Buffer {
  const draws = transfer.draws ?? [];
  const { counter } = transfer;
  const bytes = Buffer.allocUnsafe(HEAD_BYTES + 8 * (FIELDS + 2 * draws.length + (counter ? 2 : 0)));
  bytes.set(before, 0);
  const numbers = [
    counter ? FORMAT_OF_PAIRS : FORMAT, programId, transfer.memberId, transfer.walletNo, transfer.seq, TRANSFER_KINDS[transfer.kind], transfer.side === null ? OTHER_MEMBER : SIDES[transfer.side], transfer.incoming ? 1 : 0,
    transfer.points, transfer.owed, ORIGINS[transfer.origin.kind], transfer.origin.id ?? NULL_MARK, bookedAt, transfer.reversesSeq ?? NULL_MARK, transfer.rulesetNo ?? NULL_MARK, draws.length,
  ];
  let at = HEAD_BYTES;
  for (const value of numbers) { writeInt64(bytes, value, at); at += 8; }
  for (const one of draws) { writeInt64(bytes, one.seq, at); writeInt64(bytes, one.points, at + 8); at += 16; }
  if (counter) { writeInt64(bytes, counter.memberId, at); writeInt64(bytes, counter.seq, at + 8); }
  return hash('sha256', bytes, 'buffer');
}

/** Draws as they stand in the database: seq (32 bits) and points (64 bits) in turn. */
export function packDraws(draws: readonly Draw[] | null): Buffer | null {
  if (draws === null) return null;
  const bytes = Buffer.allocUnsafe(draws.length * 12);
  draws.forEach((one, at) => {
    bytes.writeInt32BE(one.seq, at * 12);
    writeInt64(bytes, one.points, at * 12 + 4);
  });
  return bytes;
}

export function unpackDraws(bytes: Buffer | null): Draw[] | null {
  if (bytes === null) return null;
  return Array.from({ length: bytes.length / 12 }, (_, at) => ({ seq: bytes.readInt32BE(at * 12), points: Number(bytes.readBigInt64BE(at * 12 + 4)) }));
}
