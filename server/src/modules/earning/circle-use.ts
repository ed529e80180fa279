import type { ProgramTx, Write } from '../../platform/db.ts';
import { sql } from '../../platform/sql.ts';

/** What a rule gave to a household or company in one stretch of time. */
export type CircleUse = { readonly circleId: number; readonly bucket: string; readonly ruleId: number; readonly used: number };

/** Of these circles in these stretches; what nothing was given in is left out. The caller holds the locks of the circles. */
export const circleUse = (tx: ProgramTx, circleIds: readonly number[], buckets: readonly string[]) => tx.rows<CircleUse>(sql`
  select circle_id, bucket, rule_id, used from circle_use where program_id = ${tx.program.id} and circle_id = any(${circleIds}::int8[]) and bucket = any(${buckets}::text[])`);

/**
 * Adds what a rule gave, or frees what came back (`points` below zero; of a circle that is gone there is nothing to free). A use that would pass
 * the limit breaks the table's `check (used >= 0)`: whatever a program decided, the database does not take it.
 */
export const countingCircle = (programId: number, { circleId, bucket, ruleId, points, limit }: Omit<CircleUse, 'used'> & { readonly points: number; readonly limit: number }): Write => (points < 0
  ? { name: 'free_circle', values: [programId, circleId, bucket, ruleId, points], text: 'update circle_use set used = greatest(0, used + $5::int8) where program_id = $1 and circle_id = $2 and bucket = $3 and rule_id = $4' }
  : { name: 'count_circle', values: [programId, circleId, bucket, ruleId, points, limit],
    text: `insert into circle_use (program_id, circle_id, bucket, rule_id, used) values ($1, $2, $3, $4, case when $5::int8 <= $6::int8 then $5::int8 else -1 end)
      on conflict (program_id, circle_id, bucket, rule_id) do update set used = case when circle_use.used + $5::int8 <= $6::int8 then circle_use.used + $5::int8 else -1 end` });
