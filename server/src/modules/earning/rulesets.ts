import type { Instant } from '@wracam/engine/calendar';
import { compileRuleset, type CompiledRuleset, type Ruleset } from '@wracam/engine/rules';
import { inForceAt } from '@wracam/engine/in-force';
import { NO_SETS, type ProductSets } from '@wracam/engine/conditions';
import { generateCondition } from '@wracam/engine/generate';
import { setsIn } from '@wracam/engine/product-sets';
import type { Db, ProgramTx } from '../../platform/db.ts';
import { codesOf } from '../product-sets/index.ts';
import { isFollowed, walletsOf, type Wallet } from '../programs/index.ts';
import * as store from './store.ts';

/** The sets of articles that a ruleset names; each version is read once in the life of a process. */
async function setsOf({ sets }: Known, tx: ProgramTx, { rules }: Ruleset): Promise<ProductSets> {
  const named = new Set(rules.flatMap((rule) => setsIn(rule.definition)));
  for (const [reference, codes] of await codesOf(tx, [...named].filter((one) => !sets.has(one)))) sets.set(reference, codes);
  return (reference) => sets.get(reference) ?? NO_SETS(reference);
}

/** One process's memory of a program's rulesets, right for one number of the newest ruleset; by database. */
type Known = { upTo: number; list: { no: number; inForceFrom: Instant }[]; wallets: Wallet[]; followed: boolean; compiled: Map<number, CompiledRuleset>; sets: Map<string, ReadonlySet<string>> };
const memory = new WeakMap<Db, Map<number, Known>>();

export type Rulesets = {
  readonly wallets: readonly Wallet[];
  /** Somebody wants to know whom documents touch (`followDocuments`). */
  readonly followed: boolean;
  /** In force at the instant; null before the program's first. */
  at(instant: Instant): CompiledRuleset | null;
  byNo(no: number): CompiledRuleset;
  byNoOrNull(no: number | null): CompiledRuleset | null;
};

/**
 * The program's published rulesets as this transaction sees them. A ruleset never changes, so what is compiled stays; the newest number,
 * read in this very transaction, tells when there is more. `nos`: numbers that the caller will ask for by number.
 */
export async function rulesetsOf(db: Db, tx: ProgramTx, instants: readonly Instant[], nos: readonly number[] = []): Promise<Rulesets> {
  let programs = memory.get(db);
  if (!programs) memory.set(db, programs = new Map<number, Known>());
  let known = programs.get(tx.program.id);
  if (!known || known.upTo !== tx.program.rulesetNo) {
    known = { upTo: tx.program.rulesetNo, list: await store.rulesetsUpTo(tx, tx.program.rulesetNo), wallets: await walletsOf(tx), followed: await isFollowed(tx), compiled: known?.compiled ?? new Map(), sets: known?.sets ?? new Map() };
    programs.set(tx.program.id, known);
  }
  const { list, compiled, wallets, followed } = known;
  const wanted = new Set([...instants.map((instant) => inForceAt(list, instant)?.no ?? null), ...nos].filter((no): no is number => no !== null && !compiled.has(no)));
  if (wanted.size > 0) for (const { content } of await store.rulesetContents(tx, [...wanted])) compiled.set(content.no, compileRuleset(content satisfies Ruleset, await setsOf(known, tx, content), generateCondition));
  const byNo = (no: number) => {
    const found = compiled.get(no);
    if (!found) throw new Error(`ruleset ${no} was not asked for`);
    return found;
  };
  return { wallets, followed, byNo, byNoOrNull: (no) => (no === null ? null : byNo(no)), at: (instant) => { const found = inForceAt(list, instant); return found === null ? null : byNo(found.no); } };
}
