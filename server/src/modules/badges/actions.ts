import { act, audit } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { badgesHeld, lockProgram, rulesThat } from '../earning/index.ts';
import { badgesNamedIn } from './held.ts';
import { namesChanged } from '../programs/index.ts';
import * as store from './store.ts';

const bdg = (deps: Deps, id: number) => deps.publicIds.encode('bdg', id);

export type BadgeInput = Omit<store.BadgeRow, 'id' | 'revision' | 'code'> & { readonly code?: string | null | undefined };

/** Writes a badge. Refuses `badge_code_taken`: a rule could not tell two of one code apart. */
async function writing(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (store.isBadgeCodeTaken(error)) refuse('badge_code_taken', {}, [{ pointer: '/code', detail: 'code' }]);
    throw error;
  }
}

export const createBadge = (deps: Deps, ctx: Ctx, input: BadgeInput) => act(deps, ctx, async (tx) => {
  const [id] = await deps.ids.take(1);
  const badge = { ...input, code: input.code ?? null, id: id!, revision: 1 };
  await writing(() => store.insertBadge(tx, badge));
  await namesChanged(tx);
  await audit(deps, tx, ctx, 'badge.created', bdg(deps, id!), { name: input.name });
  return { ...badge, id: bdg(deps, id!), holders: 0 };
});

export const changeBadge = (deps: Deps, ctx: Ctx, publicId: string, { revision, ...input }: BadgeInput & { revision: number }) => act(deps, ctx, async (tx) => {
  await lockProgram(tx); // every publisher takes it: no rule that names the code is published while the rules are read
  const before = await store.findBadgeForUpdate(tx, deps.publicIds.decode('bdg', publicId) ?? refuse('not_found')) ?? refuse('not_found');
  if (before.revision !== revision) refuse('rule_changed_meanwhile');
  if (before.code !== null && input.code !== undefined && input.code !== before.code) await keepNamedCode(tx, before.code);
  const badge = { ...input, code: input.code === undefined ? before.code : input.code, id: before.id, revision: revision + 1 };
  await writing(() => store.saveBadge(tx, badge));
  await namesChanged(tx);
  await audit(deps, tx, ctx, 'badge.changed', publicId, { name: input.name });
  return { ...badge, id: publicId, holders: (await holdersOfBadges(tx))(before.id, badge.code) };
});

/** A rule would neither give nor find the badge any more. Refuses `badge_code_in_use`. */
async function keepNamedCode(tx: ProgramTx, code: string): Promise<void> {
  const [rule] = await rulesThat(tx, ({ when, effect }) => (effect.kind === 'grant' && effect.what === 'badge' && effect.code === code) || (when !== null && badgesNamedIn([when]).includes(code)));
  if (rule !== undefined) refuse('badge_code_in_use', { rule }, [{ pointer: '/code', detail: 'code' }]);
}

/** How many members have a badge. Who got it from a goal and from a rule is counted for each: nearly every badge comes one way alone. */
async function holdersOfBadges(tx: ProgramTx): Promise<(id: number, code: string | null) => number> {
  const ofGoals = new Map((await store.holdersOfGoals(tx)).map((one) => [one.badgeId, one.members]));
  const ofRules = await badgesHeld(tx);
  return (id, code) => (ofGoals.get(id) ?? 0) + (code === null ? 0 : ofRules.get(code) ?? 0);
}

/** The program's badges with the number of their holders, as the API shows them. */
export async function badgeViews(deps: Deps, tx: ProgramTx) {
  const holders = await holdersOfBadges(tx);
  return (await store.listBadges(tx)).map(({ id, ...badge }) => ({ id: bdg(deps, id), ...badge, shape: badge.shape as 'circle', icon: badge.icon as 'cup', color: badge.color as 'amber', holders: holders(id, badge.code) }));
}
