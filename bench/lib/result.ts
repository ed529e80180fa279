import { cpus, totalmem } from 'node:os';

export interface Bar {
  /** What is compared, for the reader: 'ratio to the floor'. */
  what: string;
  figure: number;
  least?: number;
  most?: number;
}

export interface Result {
  name: string;
  figures: Record<string, unknown>;
  ranges?: Record<string, readonly [number, number]>;
  /** Versions beside Node's: PostgreSQL, pgbench. */
  versions?: Record<string, string>;
  bars?: readonly Bar[];
}

/** Ends a benchmark: one line `RESULT {json}` on standard output; the exit code is 1 when a bar is missed or its figure is not a number. */
export function printResult(result: Result): void {
  const { bars = [], ranges = {}, versions = {}, name, figures } = result;
  const missed = bars.filter((bar) => !isMet(bar));
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, memoryMb: Math.round(totalmem() / 2 ** 20) };
  for (const bar of missed) console.error(`missed: ${bar.what} is ${bar.figure}, the bar is ${bar.least ?? bar.most}`);
  console.log(`RESULT ${JSON.stringify({ name, passed: missed.length === 0, figures, ranges, bars, machine, versions: { node: process.version, ...versions } })}`);
  if (missed.length > 0) process.exitCode = 1;
}

// Written so that NaN misses: every comparison with it is false.
const isMet = (bar: Bar) => (bar.least === undefined || bar.figure >= bar.least) && (bar.most === undefined || bar.figure <= bar.most) && Number.isFinite(bar.figure);

/** Two decimals for ratios, none for large counts: a figure must not look more exact than it is. */
export const rounded = (value: number) => (Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 100) / 100);
