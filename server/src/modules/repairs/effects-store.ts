import { int4Array, int8Array, textArray } from '../../platform/binary-arrays.ts';
import type { ProgramTx } from '../../platform/db.ts';
import { sql } from '../../platform/sql.ts';

/** What becomes of a member's level (`goalId` null; codes, null: none) or threshold: the measured figure before and after, rewards given, taken back and kept. */
export type Effect = {
  readonly memberId: number; readonly goalId: number | null; readonly valueFrom: number; readonly valueTo: number; readonly levelFrom: string | null; readonly levelTo: string | null;
  readonly given: number; readonly taken: number; readonly kept: number;
};

export const insertEffects = (tx: ProgramTx, id: number, first: number, rows: readonly Effect[]) => tx.hot('insert_repair_effects', `insert into repair_effect (program_id, repair_id, no, member_id, goal_id, value_from, value_to, level_from, level_to, given, taken, kept)
  select p.id, $2, t.* from program p, unnest($3::int4[], $4::int8[], $5::int8[], $6::int8[], $7::int8[], $8::text[], $9::text[], $10::int4[], $11::int4[], $12::int4[]) t where p.id = $1`,
[tx.program.id, id, int4Array(rows.map((_, at) => first + at)), int8Array(rows.map((one) => one.memberId)), int8Array(rows.map((one) => one.goalId)), int8Array(rows.map((one) => one.valueFrom)), int8Array(rows.map((one) => one.valueTo)),
  textArray(rows.map((one) => one.levelFrom)), textArray(rows.map((one) => one.levelTo)), int4Array(rows.map((one) => one.given)), int4Array(rows.map((one) => one.taken)), int4Array(rows.map((one) => one.kept))]);

const EFFECT = sql`member_id, goal_id, value_from, value_to, level_from, level_to, given, taken, kept`;
const about = (goalId: number | null) => (goalId === null ? sql`goal_id is null` : sql`goal_id = ${goalId}`);

/** Those of one threshold, or (null) of levels, in the order in which they were counted. */
export const effectsOn = (tx: ProgramTx, id: number, goalId: number | null, limit: number) => tx.rows<Effect>(sql`
  select ${EFFECT} from repair_effect where program_id = ${tx.program.id} and repair_id = ${id} and ${about(goalId)} order by no limit ${limit}`);
export const listEffects = (tx: ProgramTx, id: number, limit: number) => tx.rows<Effect>(sql`
  select ${EFFECT} from repair_effect where program_id = ${tx.program.id} and repair_id = ${id} order by no limit ${limit}`);

export type EffectSum = { readonly goalId: number | null; readonly levelFrom: string | null; readonly levelTo: string | null; readonly members: number; readonly up: number; readonly down: number; readonly given: number; readonly taken: number; readonly kept: number };
/** How many members each threshold concerns, and how many go from which level to which. */
export const effectSums = (tx: ProgramTx, id: number) => tx.rows<EffectSum>(sql`
  select goal_id, level_from, level_to, count(*)::int8 as members, (count(*) filter (where value_to > value_from))::int8 as up, (count(*) filter (where value_to < value_from))::int8 as down,
    sum(given)::int8 as given, sum(taken)::int8 as taken, sum(kept)::int8 as kept
  from repair_effect where program_id = ${tx.program.id} and repair_id = ${id} group by goal_id, level_from, level_to order by goal_id, level_from, level_to`);
