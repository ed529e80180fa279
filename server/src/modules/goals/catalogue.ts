import { localDate } from '@wracam/engine/calendar';
import type { GoalDefinition } from '@wracam/engine/goals/definition';
import { shownPeriod } from '@wracam/engine/goals/period';
import { inForceAt, plannedAfter, withdrawnBy } from '@wracam/engine/in-force';
import { formatDate } from '@wracam/engine/words';
import { readActor, wroteIt } from '../../platform/actor.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { act, audit } from '../../platform/act.ts';
import { iso, isoOrNull } from '../../platform/iso.ts';
import { actorNames } from '../access/index.ts';
import { newWorkingSet, readMembers, sampleMembers } from '../ledger/index.ts';
import { checkGoal } from './actions.ts';
import { countedSince, distributionOf, runningGoal, shareOfGoal, standingWith, type GoalStep } from './core.ts';
import { couponView, goalNames, rewardView, sentenceOf, tellingOf, type Telling } from './standing.ts';
import { participationOf, takesPartNow } from './participation.ts';
import { asWritten, pinGoal } from './segments.ts';
import { documentsOf } from './settle.ts';
import * as store from './store.ts';
import { couponByCode, figuresOfGoals, findCouponForUpdate, progressIn, useCoupon, type Figures } from './store/progress.ts';

/** Members on whom a draft is tried. */
const SAMPLE = 300;

const versionView = (row: store.VersionRow, own: readonly store.VersionRow[]) =>
  ({ version: row.version, definition: asWritten(row.definition) as never, publishedAt: iso(row.publishedAt), publishedBy: row.publishedBy, inForceFrom: iso(row.inForceFrom), withdrawnBy: withdrawnBy(own, row)?.version ?? null });
/** The version in force; where none has begun yet, the one that will be the first. */
const currentOf = (tx: ProgramTx, own: readonly store.VersionRow[]) => inForceAt(own, tx.program.now) ?? plannedAfter(own, tx.program.now)[0] ?? null;
const NOTHING: Omit<Figures, 'goalId'> = { begun: 0, granted: 0, takenBack: 0, points: 0 };

function goalView(deps: Deps, telling: Telling, row: store.GoalRow, own: readonly store.VersionRow[], current: store.VersionRow | null, figures: Omit<Figures, 'goalId'> | undefined) {
  // What members have, not what somebody is about to change.
  const shown = (current?.definition ?? row.draft)!;
  const { begun, granted, takenBack, points } = figures ?? NOTHING;
  return {
    id: deps.publicIds.encode('gol', row.id), kind: row.kind, name: shown.name, state: row.state, revision: row.revision, draft: row.draft as never, current: current && versionView(current, own),
    sentence: sentenceOf(shown, telling, false), changedAt: iso(row.changedAt), endsAt: isoOrNull(row.endsAt),
    proposal: row.proposal && { step: row.proposal.step, version: row.proposal.version ?? null, inForceFrom: typeof row.proposal.inForceFrom === 'number' ? iso(row.proposal.inForceFrom) : null, by: row.proposal.by, at: iso(row.proposal.at) }, reward: rewardView(shown, telling), figures: { begun, granted, takenBack, points },
  };
}

type Named = { readonly proposal: { readonly step: GoalStep; readonly version: number | null; readonly inForceFrom: string | null; readonly by: string; readonly at: string } | null; readonly current: ReturnType<typeof versionView> | null };

/** With the names of those who proposed and published. */
async function named<V extends Named>(deps: Deps, ctx: Ctx, views: readonly V[], versionsOf: (view: V) => readonly ReturnType<typeof versionView>[]) {
  const written = views.flatMap((view) => [view.proposal?.by ?? 'system:', ...versionsOf(view).map((one) => one.publishedBy)]);
  const names = await actorNames(deps, ctx, written.map(readActor));
  return views.map((view) => {
    const by = names.shift()!;
    const versions = versionsOf(view).map((one) => ({ ...one, publishedBy: names.shift()! }));
    return { ...view, proposal: view.proposal && { ...view.proposal, by, yours: wroteIt(ctx.actor, view.proposal.by) }, current: versions.find((one) => one.version === view.current?.version) ?? null, versions };
  });
}

export async function listGoals(deps: Deps, ctx: Ctx, kind: store.GoalKind | undefined) {
  const items = await deps.db.readProgram(ctx.programId, async (tx) => {
    const telling = await tellingOf(deps, tx, ctx.language);
    const versions = await store.listVersions(tx, null);
    const figures = await figuresOfGoals(tx);
    return (await store.listGoals(tx, kind ?? null)).map((row) => {
      const own = versions.filter((one) => one.goalId === row.id);
      return goalView(deps, telling, row, own, currentOf(tx, own), figures.get(row.id));
    });
  });
  return { items: (await named(deps, ctx, items, (item) => (item.current ? [item.current] : []))).map(({ versions: _, ...item }) => item) };
}

export async function goalDetail(deps: Deps, ctx: Ctx, id: number) {
  const view = await deps.db.readProgram(ctx.programId, async (tx) => {
    const row = await store.findGoal(tx, id) ?? refuse('not_found');
    const versions = await store.listVersions(tx, id);
    const current = currentOf(tx, versions);
    const definition = current?.definition;
    const period = definition?.kind === 'challenge' ? shownPeriod(definition.window, localDate(tx.program.timeZone, tx.program.now)) : null;
    const progress = definition ? await progressIn(tx, id, period?.no ?? 0) : [];
    return {
      ...goalView(deps, await tellingOf(deps, tx, ctx.language), row, versions, current, (await figuresOfGoals(tx)).get(id)), versions: versions.map((one) => versionView(one, versions)),
      period: period && { from: period.from, until: period.until }, distribution: distributionOf(progress.map((one) => shareOfGoal(definition!, one.value, one.reached))),
    };
  });
  return (await named(deps, ctx, [view], ({ versions }) => versions))[0]!;
}

/** What a definition would come to for a sample of members, by their documents so far. Saves nothing. */
export const previewGoal = (deps: Deps, ctx: Ctx, definition: GoalDefinition) => deps.db.readProgram(ctx.programId, async (tx) => {
  await checkGoal(deps, tx, ctx, definition);
  const { timeZone, now } = tx.program;
  const today = localDate(timeZone, now);
  const telling = await tellingOf(deps, tx, ctx.language);
  const goal = runningGoal(0, 1, await pinGoal(tx, definition, now));
  const memberIds = await sampleMembers(tx, SAMPLE);
  const set = newWorkingSet(tx.program.id, tx.program.purgeable, now);
  await readMembers(tx, set, memberIds);
  const part = await participationOf(deps, tx, [goal], set);
  const documents = await documentsOf(tx, memberIds, countedSince([goal], timeZone, today));
  const walletNo = (code: string) => telling.wallets.find((one) => one.code === code)?.no ?? null;
  const period = definition.kind === 'challenge' ? shownPeriod(definition.window, today) : null;
  const shown = period?.no ?? 0;
  const countsFrom = definition.kind === 'challenge' ? period!.from : definition.since;
  const standings = memberIds.map((id) => standingWith(goal, walletNo, timeZone, today, part(goal, id, documents.get(id)!)).progress.get(shown) ?? { value: 0, reached: false });
  return {
    sentence: sentenceOf(definition, telling, true), countsFrom, fresh: countsFrom !== null && countsFrom >= today, members: memberIds.length, taking: memberIds.filter((id) => takesPartNow(tx, part, goal, id, documents.get(id)!)).length, reached: standings.filter((one) => one.reached).length,
    distribution: distributionOf(standings.map((one) => shareOfGoal(definition, one.value, one.reached))),
  };
});

const couponCode = (typed: string): string => typed.toUpperCase().replaceAll('-', '');

/** Whose a coupon is that somebody shows; one that was taken back is nobody's. */
export const findCoupon = (deps: Deps, ctx: Ctx, code: string) => deps.db.readProgram(ctx.programId, async (tx) => {
  const row = await couponByCode(tx, couponCode(code));
  return { found: row?.standing ? { coupon: couponView(row, (await goalNames(tx)).get(row.goalId) ?? ''), member: deps.publicIds.encode('mem', row.memberId) } : null };
});

/** Marks a member's coupon as used, once. Refuses `coupon_unknown` (one that was taken back too) and `coupon_used`. */
export const spendCoupon = (deps: Deps, ctx: Ctx, code: string) => act(deps, ctx, async (tx) => {
  const row = await findCouponForUpdate(tx, couponCode(code));
  if (!row?.standing) refuse('coupon_unknown');
  if (row.couponUsedAt !== null) refuse('coupon_used', { on: formatDate(localDate(tx.program.timeZone, row.couponUsedAt), ctx.language) });
  await useCoupon(tx, row.id);
  const member = deps.publicIds.encode('mem', row.memberId);
  await audit(deps, tx, ctx, 'coupon.used', member, { goal: deps.publicIds.encode('gol', row.goalId) });
  return { coupon: couponView({ ...row, couponUsedAt: tx.program.now }, (await goalNames(tx)).get(row.goalId) ?? ''), member };
});
