import type { Instant } from '@wracam/engine/calendar';
import type { GoalDefinition } from '@wracam/engine/goals/definition';
import type { ProgramTx } from '../../platform/db.ts';
import { nothing, sql } from '../../platform/sql.ts';
import type { Proposal } from '../programs/index.ts';
import type { GoalState, GoalStep } from './core.ts';

export type GoalKind = GoalDefinition['kind'];
export type GoalRow = { readonly id: number; readonly kind: GoalKind; readonly state: GoalState; readonly revision: number; readonly draft: GoalDefinition | null; readonly version: number; readonly changedAt: Instant; readonly proposal: GoalProposal | null; /** It counts until then; the job of that instant ends it. */ readonly endsAt: Instant | null };
/** A step that waits for another person. */
export type GoalProposal = Proposal & { readonly step: GoalStep };
export type VersionRow = { readonly goalId: number; readonly version: number; readonly definition: GoalDefinition; readonly publishedAt: Instant; readonly publishedBy: string; readonly inForceFrom: Instant };

const COLUMNS = sql`select id, kind, state, revision, draft, version, changed_at, proposal, ends_at from goal`;

/** Running goals first, then drafts, then those that ended; the newest first. */
export const listGoals = (tx: ProgramTx, kind: GoalKind | null) => tx.rows<GoalRow>(sql`${COLUMNS} where program_id = ${tx.program.id} ${kind === null ? nothing : sql`and kind = ${kind}`}
  order by case state when 'active' then 0 when 'draft' then 1 else 2 end, id desc`);
export const findGoal = (tx: ProgramTx, id: number) => tx.maybe<GoalRow>(sql`${COLUMNS} where program_id = ${tx.program.id} and id = ${id}`);
/** Under lock: two people who publish at once do so one after the other. */
export const findGoalForUpdate = (tx: ProgramTx, id: number) => tx.maybe<GoalRow>(sql`${COLUMNS} where program_id = ${tx.program.id} and id = ${id} for no key update`);

export const insertGoal = (tx: ProgramTx, id: number, draft: GoalDefinition) => tx.run(sql`
  insert into goal (program_id, id, kind, state, revision, draft, version, changed_at) values (${tx.program.id}, ${id}, ${draft.kind}, 'draft', 1, ${JSON.stringify(draft)}, 0, ${new Date(tx.program.now)})`);

export const saveGoal = (tx: ProgramTx, goal: GoalRow) => tx.run(sql`
  update goal set state = ${goal.state}, revision = ${goal.revision}, draft = ${goal.draft === null ? null : JSON.stringify(goal.draft)}, version = ${goal.version}, changed_at = ${new Date(tx.program.now)},
    proposal = ${goal.proposal === null ? null : JSON.stringify(goal.proposal)}, ends_at = ${goal.endsAt === null ? null : new Date(goal.endsAt)}
  where program_id = ${tx.program.id} and id = ${goal.id}`);

export const listVersions = (tx: ProgramTx, goalId: number | null) => tx.rows<VersionRow>(sql`
  select goal_id, version, definition, published_at, published_by, coalesce(in_force_from, published_at) as in_force_from from goal_version where program_id = ${tx.program.id} ${goalId === null ? nothing : sql`and goal_id = ${goalId}`} order by goal_id, version`);

export const insertVersion = (tx: ProgramTx, row: Omit<VersionRow, 'publishedAt'>) => tx.run(sql`
  insert into goal_version (program_id, goal_id, version, definition, published_at, published_by, in_force_from)
  values (${tx.program.id}, ${row.goalId}, ${row.version}, ${JSON.stringify(row.definition)}, ${new Date(tx.program.now)}, ${row.publishedBy}, ${new Date(row.inForceFrom)})`);

export const hasGoals = async (tx: ProgramTx): Promise<boolean> => (await tx.maybe(sql`select 1 as one from goal where program_id = ${tx.program.id} limit 1`)) !== null;

/** The versions that count now: of each goal that has not ended the last published of those that have begun. */
export const runningVersions = (tx: ProgramTx) => tx.rows<{ id: number; version: number; definition: GoalDefinition }>(sql`
  select distinct on (g.id) g.id, v.version, v.definition from goal g join goal_version v on v.program_id = g.program_id and v.goal_id = g.id and coalesce(v.in_force_from, v.published_at) <= ${new Date(tx.program.now)}
  where g.program_id = ${tx.program.id} and v.program_id = ${tx.program.id} and g.state = 'active' and (g.ends_at is null or g.ends_at > ${new Date(tx.program.now)}) order by g.id, v.version desc`);
