import type { Instant } from '@wracam/engine/calendar';
import { inForceBetween } from '@wracam/engine/in-force';
import { readReference, SET_CODES_MAX, writeReference } from '@wracam/engine/set-reference';
import { writeActor } from '../../platform/actor.ts';
import { act, audit } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { atRevision } from '../programs/index.ts';
import * as store from './store.ts';

/** Each once, in order of the alphabet. */
const tidy = (codes: Iterable<string>): string[] => [...new Set(codes)].sort();

/** Makes a set with its first version, in force at once: no rule can name it yet. Refuses `product_set_exists`. */
export const createProductSet = (deps: Deps, ctx: Ctx, name: string, codes: readonly string[]) => act(deps, ctx, async (tx) => {
  const own = tidy(codes);
  const [id] = await deps.ids.take(1);
  const { now } = tx.program;
  if (!await store.insertSet(tx, id!, name, own.length)) refuse('product_set_exists', {}, [{ pointer: '/name', detail: name }]);
  await store.insertVersion(tx, { setId: id!, version: 1, publishedAt: now, publishedBy: writeActor(ctx.actor), inForceFrom: now }, own);
  await audit(deps, tx, ctx, 'product_set.created', deps.publicIds.encode('pst', id!), { name, size: own.length });
  return id!;
});

/**
 * Keeps other codes as a draft, or more of them (`keep`: they join those of the draft, or of what is in force); what is published goes on, and what
 * waited for another person ends. Refuses `rule_changed_meanwhile` and `product_set_full`.
 */
export const saveSetDraft = (deps: Deps, ctx: Ctx, id: number, input: { revision: number; codes: readonly string[]; keep?: boolean | undefined }) => act(deps, ctx, async (tx) => {
  const set = atRevision(await store.findSetForUpdate(tx, id), input.revision);
  const before = input.keep ? await store.readDraft(tx, id) ?? await store.readCodes(tx, id, (await versionNow(tx, id)).version) : null;
  const own = tidy([...(before ?? []), ...input.codes]);
  if (own.length > SET_CODES_MAX) refuse('product_set_full', { size: own.length, limit: SET_CODES_MAX });
  await store.saveSet(tx, { ...set, revision: set.revision + 1, proposal: null });
  await store.saveDraft(tx, id, own);
  await audit(deps, tx, ctx, 'product_set.drafted', deps.publicIds.encode('pst', id), { size: own.length });
  return id;
});

export const versionsOfSet = async (tx: ProgramTx, id: number): Promise<store.SetVersion[]> => (await store.listVersions(tx)).filter((one) => one.setId === id);

/** The version that is in force; the first one is from the very beginning of its set. */
const versionNow = async (tx: ProgramTx, id: number): Promise<store.SetVersion> => inForceBetween(await versionsOfSet(tx, id), tx.program.now, Infinity)[0] ?? refuse('not_found');

/** A version of a set from the day on which it is in force. */
export type DatedVersion = { readonly version: number; readonly inForceFrom: Instant };

/** Every published version of every set, in the order of publication, by the set's name. */
export async function versionsByName(tx: ProgramTx): Promise<ReadonlyMap<string, readonly DatedVersion[]>> {
  const versions = await store.listVersions(tx);
  return new Map((await store.listSets(tx)).map(({ id, name }) => [name, versions.filter((one) => one.setId === id)]));
}

/** The version in force at this moment of every set, by name. */
export async function versionsNow(tx: ProgramTx): Promise<ReadonlyMap<string, number>> {
  return new Map([...await versionsByName(tx)].flatMap(([name, versions]) => { const now = inForceBetween(versions, tx.program.now, Infinity)[0]; return now ? [[name, now.version] as const] : []; }));
}

/** Codes by the reference that names them. */
export type Codes = ReadonlyMap<string, ReadonlySet<string>>;

/** The codes of exact versions; a reference that nobody has is left out. */
export async function codesOf(tx: ProgramTx, references: readonly string[]): Promise<Codes> {
  const named = references.map(readReference).flatMap(({ name, version }) => (version === null ? [] : [{ name, version }]));
  if (named.length === 0) return new Map();
  const rows = await store.codesByName(tx, named.map((one) => one.name), named.map((one) => one.version));
  return new Map(rows.map((row) => [writeReference(row.name, row.version), new Set(row.codes.split('\n'))]));
}

export type SetDraft = { readonly id: number; readonly name: string; readonly codes: ReadonlySet<string> };

/** The drafts of these sets. Refuses `not_found` and, where one has no draft, `nothing_to_publish`. */
export async function setDrafts(tx: ProgramTx, ids: readonly number[]): Promise<SetDraft[]> {
  const found: SetDraft[] = [];
  for (const id of new Set(ids)) found.push({ id, name: (await store.findSet(tx, id) ?? refuse('not_found')).name, codes: new Set(await store.readDraft(tx, id) ?? refuse('nothing_to_publish')) });
  return found;
}
