import type { SetChange } from '@wracam/engine/product-sets';
import { readReference, SET_CODES_MAX, writeReference } from '@wracam/engine/set-reference';
import { writeActor } from '../../platform/actor.ts';
import { act, audit } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { getProgram } from '../programs/index.ts';
import * as store from './store.ts';

/** What a change of codes needs from the room above: rules in force that name the set go by its new version from now on. The name of one by which members may get less; null: there is none. */
export type SetNeeds = { readonly republishFor: (tx: ProgramTx, name: string, change: SetChange) => Promise<string | null> };

/** Each once, in order of the alphabet. */
const tidy = (codes: Iterable<string>): string[] => [...new Set(codes)].sort();


/** Makes a set with its first version. Refuses `product_set_exists`. */
export const createProductSet = (deps: Deps, ctx: Ctx, name: string, codes: readonly string[]) => act(deps, ctx, async (tx) => {
  const own = tidy(codes);
  const [id] = await deps.ids.take(1);
  if (!await store.insertSet(tx, { id: id!, name, version: 1, size: own.length })) refuse('product_set_exists', {}, [{ pointer: '/name', detail: name }]);
  await store.insertVersion(tx, id!, 1, own, writeActor(ctx.actor));
  await audit(deps, tx, ctx, 'product_set.created', deps.publicIds.encode('pst', id!), { name, size: own.length });
  return id!;
});

/** A change works at once in rules that run: where members may get less by it, it keeps the program's notice unless somebody confirms it, and never goes past the second person. */
async function assertMayChangeRule(tx: ProgramTx, rule: string, despite: boolean): Promise<void> {
  const { secondPerson, noticeDays } = await getProgram(tx);
  if (secondPerson) refuse('product_set_needs_approval', { rule });
  if (noticeDays > 0 && !despite) refuse('product_set_unannounced', { rule, days: noticeDays });
}

/** A new version with other codes, or with more (`keep`). Refuses when somebody changed the set since `version` was read, and what `assertMayChangeRule` does. */
export const changeProductSet = (deps: Deps, ctx: Ctx, id: number, input: { version: number; codes: readonly string[]; keep?: boolean | undefined; despiteNotice?: boolean | undefined }, needs: SetNeeds) => act(deps, ctx, async (tx) => {
  const set = await store.findSetForUpdate(tx, id) ?? refuse('not_found');
  if (set.version !== input.version) refuse('rule_changed_meanwhile');
  const before = new Set(await store.readCodes(tx, id, set.version));
  const own = tidy([...(input.keep ? before : []), ...input.codes]);
  if (own.length > SET_CODES_MAX) refuse('product_set_full', { size: own.length, limit: SET_CODES_MAX });
  const version = set.version + 1;
  await store.insertVersion(tx, id, version, own, writeActor(ctx.actor));
  await store.saveSet(tx, { id, version, size: own.length });
  const kept = own.filter((code) => before.has(code)).length;
  const rule = await needs.republishFor(tx, set.name, { joins: own.length > kept, leaves: before.size > kept });
  if (rule !== null) await assertMayChangeRule(tx, rule, input.despiteNotice ?? false);
  await audit(deps, tx, ctx, 'product_set.changed', deps.publicIds.encode('pst', id), { version, size: own.length });
  return id;
});

/** The newest version of every set, by name. */
export const versionsOf = async (tx: ProgramTx): Promise<ReadonlyMap<string, number>> => new Map((await store.listSets(tx)).map((set) => [set.name, set.version]));

/** Codes by the reference that names them. */
export type Codes = ReadonlyMap<string, ReadonlySet<string>>;

/** The codes of exact versions; a reference that nobody has is left out. */
export async function codesOf(tx: ProgramTx, references: readonly string[]): Promise<Codes> {
  const named = references.map(readReference).flatMap(({ name, version }) => (version === null ? [] : [{ name, version }]));
  if (named.length === 0) return new Map();
  const rows = await store.codesByName(tx, named.map((one) => one.name), named.map((one) => one.version));
  return new Map(rows.map((row) => [writeReference(row.name, row.version), new Set(row.codes.split('\n'))]));
}
