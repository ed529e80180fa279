import type { Instant } from '@wracam/engine/calendar';
import type { Condition } from '@wracam/engine/conditions';
import type { GoalDefinition } from '@wracam/engine/goals/definition';
import { asksForBadges } from '@wracam/engine/goals/participants';
import { inForceBetween, plannedAfter } from '@wracam/engine/in-force';
import { mayLoseBySegment, pinTests, segmentsOf, unpinTests } from '@wracam/engine/segments';
import { readReference } from '@wracam/engine/set-reference';
import type { ProgramTx } from '../../platform/db.ts';
import { wake, type JobHandler } from '../../platform/jobs.ts';
import { refuse } from '../../platform/refusal.ts';
import { lockProgram } from '../earning/index.ts';
import { segmentsByName, segmentVersionAt, type KnownSegment, type SegmentReader } from '../segments/index.ts';
import * as store from './store.ts';

const namedIn = ({ who = null }: GoalDefinition): string[] => (who === null ? [] : segmentsOf(who).map((one) => readReference(one).name));

const pinned = (definition: GoalDefinition, known: ReadonlyMap<string, KnownSegment>, at: Instant): GoalDefinition => ({
  ...definition,
  who: pinTests(definition.who!, (name) => { const segment = known.get(name); return (segment && !segment.archived ? segmentVersionAt(segment.versions, at) : null) ?? refuse('segment_unknown', { name }); }),
});

const plannedIn = (known: ReadonlyMap<string, KnownSegment>, names: readonly string[], now: Instant): Instant[] => names.flatMap((name) => plannedAfter(known.get(name)?.versions ?? [], now).map((one) => one.inForceFrom));

/**
 * The goal with every test on a segment carrying what the segment stands for: today, and from every day for which another condition is planned.
 * Refuses `segment_unknown`, also of one that is archived.
 */
export async function pinsOf(tx: ProgramTx, definition: GoalDefinition): Promise<[GoalDefinition, ...GoalDefinition[]]> {
  const names = namedIn(definition);
  if (names.length === 0) return [definition];
  const known = await segmentsByName(tx);
  return [pinned(definition, known, tx.program.now), ...plannedIn(known, names, tx.program.now).map((at) => pinned(definition, known, at))];
}

/** The goal as it is put in force from an instant on. Refuses `segment_badge_for_goal`: a segment may have come to ask for badges since the draft was saved. */
export async function pinGoal(tx: ProgramTx, definition: GoalDefinition, from: Instant): Promise<GoalDefinition> {
  const pins = await pinsOf(tx, definition);
  if (pins.some(({ who }) => who && asksForBadges(who))) refuse('segment_badge_for_goal', { goal: definition.name });
  return namedIn(definition).length === 0 ? definition : pinned(definition, await segmentsByName(tx), Math.max(from, tx.program.now));
}

/** The goal as a person wrote it. */
export const asWritten = (definition: GoalDefinition): GoalDefinition => (definition.who ? { ...definition, who: unpinTests(definition.who) } : definition);

type Living = { readonly id: number; /** In force now, and planned; in the order in which they begin. */ readonly versions: readonly store.VersionRow[] };

/** Goals that have not ended, with what is in force of them and what is planned. */
async function livingGoals(tx: ProgramTx): Promise<Living[]> {
  const versions = await store.listVersions(tx, null);
  return (await store.listGoals(tx, null)).filter((goal) => goal.state === 'active')
    .map(({ id }) => ({ id, versions: inForceBetween(versions.filter((one) => one.goalId === id), tx.program.now, Infinity).sort((a, b) => a.inForceFrom - b.inForceFrom) }));
}

/** What goals that ask for a segment say, in force now or planned. */
const goalsAsking = async (tx: ProgramTx, name: string) => (await livingGoals(tx)).flatMap(({ versions }) => versions).filter(({ definition }) => namedIn(definition).includes(name));

/** Names of goals that have not ended and ask for a segment, in their draft or in a version that is in force or planned. */
async function goalsNamingSegment(tx: ProgramTx, name: string): Promise<string[]> {
  const living = new Map((await livingGoals(tx)).map(({ id, versions }) => [id, versions.map((one) => one.definition)]));
  return (await store.listGoals(tx, null)).filter((goal) => goal.state !== 'ended').flatMap((goal) => [goal.draft, ...living.get(goal.id) ?? []].find((one) => one && namedIn(one).includes(name))?.name ?? []);
}

/** Refuses a condition that a goal may not ask for. */
async function assertFitsGoals(tx: ProgramTx, name: string, condition: Condition): Promise<void> {
  const [goal] = asksForBadges(condition) ? await goalsAsking(tx, name) : [];
  if (goal) refuse('segment_badge_for_goal', { goal: goal.definition.name });
}

/**
 * Goals that ask for segments go by what is in force, each by a version of its own: so nobody loses what they have. What is planned of a goal stays
 * planned, published anew behind it with what its segments say on its day. Were there any?
 */
async function takeSegmentsInForce(tx: ProgramTx): Promise<boolean> {
  const { now } = tx.program;
  const asking = (await livingGoals(tx)).filter(({ versions }) => versions.some(({ definition }) => namedIn(definition).length > 0));
  const known = asking.length > 0 ? await segmentsByName(tx) : new Map<string, KnownSegment>();
  let changed = false;
  for (const { id, versions } of asking) {
    const after = versions.map(({ definition, inForceFrom }) => (namedIn(definition).length === 0 ? definition : pinned(definition, known, Math.max(now, inForceFrom))));
    if (after.every((one, at) => segmentsSaid(one) === segmentsSaid(versions[at]!.definition))) continue;
    const goal = (await store.findGoalForUpdate(tx, id))!;
    for (const [at, definition] of after.entries()) await store.insertVersion(tx, { goalId: id, version: goal.version + 1 + at, definition, publishedBy: 'system:', inForceFrom: Math.max(now, versions[at]!.inForceFrom) });
    await store.saveGoal(tx, { ...goal, version: goal.version + after.length, revision: goal.revision + 1 });
    changed = true;
  }
  return changed;
}

const segmentsSaid = ({ who = null }: GoalDefinition): string => (who === null ? '' : segmentsOf(who).join());

export const SEGMENT_BEGINS = 'goals.segments';

/** When the next condition that is planned for any segment begins; null: none is. */
async function nextBeginning(tx: ProgramTx): Promise<Instant | null> {
  const known = await segmentsByName(tx);
  const planned = plannedIn(known, [...known.keys()], tx.program.now);
  return planned.length === 0 ? null : Math.min(...planned);
}

/** What segments ask of goals. `countAnew`: has everybody counted. */
export const goalsAsReader = (countAnew: (tx: ProgramTx) => Promise<void>): SegmentReader => ({
  usersOf: async (tx, name) => (await goalsAsking(tx, name)).map(({ definition }) => ({ kind: 'goal', name: definition.name, losesBy: (change) => mayLoseBySegment({ when: definition.who!, exclusiveGroup: null }, name, change) })),
  naming: goalsNamingSegment,
  assertFits: assertFitsGoals,
  follow: async (tx) => {
    if (await takeSegmentsInForce(tx)) await countAnew(tx);
    const next = await nextBeginning(tx);
    if (next !== null) await wake(tx, tx.program.id, SEGMENT_BEGINS, 0, next);
  },
});

/** On the day on which a planned condition begins, goals go by it. */
export const segmentBegins = (countAnew: (tx: ProgramTx) => Promise<void>): JobHandler => ({
  run: (deps, { programId }) => deps.db.inProgram(programId, async (tx) => {
    await lockProgram(tx); // as whoever publishes
    if (await takeSegmentsInForce(tx)) await countAnew(tx);
    const next = await nextBeginning(tx);
    return next === null ? null : { dueAt: next };
  }),
});
