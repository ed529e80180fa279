import { localDate, type LocalDate } from '@wracam/engine/calendar';
import type { ProductSets } from '@wracam/engine/conditions';
import { setsIn } from '@wracam/engine/product-sets';
import { writeReference } from '@wracam/engine/set-reference';
import { compileTarget, type CompiledTarget } from '@wracam/engine/targets/count';
import type { TargetDefinition } from '@wracam/engine/targets/definition';
import { begunPeriods, type TargetPeriod } from '@wracam/engine/targets/period';
import type { ProgramTx } from '../../platform/db.ts';
import { codesOf, versionsNow } from '../product-sets/index.ts';
import * as store from './store.ts';

/** A target that counts now, made ready. */
export type RunningTarget = {
  readonly id: number; readonly code: string; readonly definition: TargetDefinition; readonly compiled: CompiledTarget; /** Versions of the sets of articles that it names. */ readonly sets: string; readonly startedOn: LocalDate;
  /** Amounts of participants who have one of their own. */
  readonly own: ReadonlyMap<string, number>;
  /** Periods that are not settled yet, the oldest first. */
  readonly open: readonly TargetPeriod[];
};

export const amountFor = ({ own, definition }: Pick<RunningTarget, 'own' | 'definition'>, participant: string): number | null => own.get(participant) ?? definition.amount;

/** The codes of this moment of the sets that the definition names. */
async function setsFor(tx: ProgramTx, definition: TargetDefinition): Promise<{ has: ProductSets; named: string }> {
  const names = setsIn(definition);
  if (names.length === 0) return { has: () => new Set(), named: '' };
  const present = await versionsNow(tx);
  const references = new Map(names.flatMap((name) => { const version = present.get(name); return version === undefined ? [] : [[name, writeReference(name, version)] as const]; }));
  const codes = await codesOf(tx, [...references.values()]);
  return { has: (name) => codes.get(references.get(name) ?? '') ?? new Set(), named: [...references.values()].sort().join(' ') };
}

export async function runningTarget(tx: ProgramTx, row: store.TargetRow): Promise<RunningTarget> {
  const { timeZone, now } = tx.program;
  const settled = new Set((await store.settledPeriods(tx, row.id)).map((one) => one.period));
  const startedOn = localDate(timeZone, row.startedAt ?? now);
  const sets = await setsFor(tx, row.definition);
  return {
    id: row.id, code: row.code, definition: row.definition, compiled: compileTarget(row.definition, sets.has), sets: sets.named, startedOn,
    own: new Map((await store.amountsOf(tx, row.id)).map((one) => [one.participant, one.amount])),
    open: begunPeriods(row.definition, startedOn, localDate(timeZone, now)).filter((period) => !settled.has(period.no)),
  };
}
