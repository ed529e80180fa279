import type { Instant } from '@wracam/engine/calendar';
import type { GrantKind } from '@wracam/engine/rules';
import { int4Array, int8Array, textArray, timestamptzArray } from '../../platform/binary-arrays.ts';
import type { ProgramTx, Write } from '../../platform/db.ts';
import { nothing, sql } from '../../platform/sql.ts';

type Program = { readonly id: number };
type NewGrant = { readonly transactionId: number; readonly ruleId: number; readonly version: number; readonly memberId: number; readonly what: GrantKind; readonly code: string; readonly count: number; readonly kept: number; readonly at: Instant };
export type GrantRow = { readonly transactionId: number; readonly ruleId: number; readonly version: number; readonly what: GrantKind; readonly code: string; readonly count: number; readonly revoked: number; readonly grantedAt: Instant; readonly revokedAt: Instant | null; /** Name of the rule's version that gave it. */ readonly rule: string };

/** One row a document and rule: a second one of the same key breaks the booking instead of giving twice. */
export function insertingGrants(program: Program, grants: readonly NewGrant[]): Write[] {
  if (grants.length === 0) return [];
  return [{ name: 'insert_grants', text: `insert into grant_item (program_id, transaction_id, rule_id, rule_version, member_id, what, code, count, revoked, granted_at, revoked_at)
    select p.id, t.transaction_id, t.rule_id, t.rule_version, t.member_id, t.what, t.code, t.count, t.count - t.kept, t.at, case when t.kept < t.count then t.at end
    from program p, unnest($2::int8[], $3::int8[], $4::int4[], $5::int8[], $6::text[], $7::text[], $8::int4[], $9::int4[], $10::timestamptz[]) t (transaction_id, rule_id, rule_version, member_id, what, code, count, kept, at)
    where p.id = $1`,
  values: [program.id, int8Array(grants.map((one) => one.transactionId)), int8Array(grants.map((one) => one.ruleId)), int4Array(grants.map((one) => one.version)), int8Array(grants.map((one) => one.memberId)),
    textArray(grants.map((one) => one.what)), textArray(grants.map((one) => one.code)), int4Array(grants.map((one) => one.count)), int4Array(grants.map((one) => one.kept)), timestamptzArray(grants.map((one) => one.at))] }];
}

/** Sets how many pieces of a grant stay. */
export const keepingOfGrant = (program: Program, { transactionId, ruleId, kept, at }: Pick<NewGrant, 'transactionId' | 'ruleId' | 'kept' | 'at'>): Write => sql`
  update grant_item set revoked = count - ${kept}, revoked_at = case when ${kept} < count then ${new Date(at)}::timestamptz end
  where program_id = ${program.id} and transaction_id = ${transactionId} and rule_id = ${ruleId}`;

/** A member's grants of some kinds (null: of all), newest first, from before a place in the list. */
export const memberGrants = (tx: ProgramTx, memberId: number, before: { transactionId: number; ruleId: number } | null, limit: number, kinds: readonly string[] | null) => tx.rows<GrantRow>(sql`
  select g.transaction_id, g.rule_id, coalesce(g.rule_version, r.version) as version, g.what, g.code, g.count, g.revoked, g.granted_at, g.revoked_at, coalesce(v.definition ->> 'name', r.draft ->> 'name', '') as rule
  from given_grant g join earning_rule r on r.program_id = g.program_id and r.id = g.rule_id
    left join earning_rule_version v on v.program_id = g.program_id and v.rule_id = g.rule_id and v.version = g.rule_version
  where g.program_id = ${tx.program.id} and r.program_id = ${tx.program.id} and g.member_id = ${memberId}
    ${kinds === null ? nothing : sql`and g.what = any(${kinds}::text[])`}
    ${before === null ? nothing : sql`and (g.transaction_id, g.rule_id) < (${before.transactionId}, ${before.ruleId})`}
  order by g.transaction_id desc, g.rule_id desc, g.repair_id limit ${limit}`);

/** What one document granted, in the order of rules. */
export const grantsOfDocument = (tx: ProgramTx, transactionId: number) => tx.rows<GrantRow>(sql`
  select g.transaction_id, g.rule_id, coalesce(g.rule_version, r.version) as version, g.what, g.code, g.count, g.revoked, g.granted_at, g.revoked_at, coalesce(v.definition ->> 'name', r.draft ->> 'name', '') as rule
  from given_grant g join earning_rule r on r.program_id = g.program_id and r.id = g.rule_id
    left join earning_rule_version v on v.program_id = g.program_id and v.rule_id = g.rule_id and v.version = g.rule_version
  where g.program_id = ${tx.program.id} and r.program_id = ${tx.program.id} and g.transaction_id = ${transactionId} order by g.rule_id, g.repair_id`);

/** Codes of the badges that rules gave a member and no return took back, with the instant of the first of each. */
export async function badgesGiven(tx: ProgramTx, memberId: number): Promise<Map<string, number>> {
  const rows = await tx.rows<{ code: string; grantedAt: Instant }>(sql`
    select code, min(granted_at) as granted_at from given_grant where program_id = ${tx.program.id} and member_id = ${memberId} and what = 'badge' and revoked < count group by code`);
  return new Map(rows.map((row) => [row.code, row.grantedAt]));
}

/** Badges of these codes that rules gave members, those that returns took back as a whole among them. */
export const badgeGrants = (tx: ProgramTx, memberIds: readonly number[], codes: readonly string[]) => tx.rows<{ memberId: number; transactionId: number; ruleId: number; repairId: number; code: string; grantedAt: Instant; revokedAt: Instant | null }>(sql`
  select member_id, transaction_id, rule_id, repair_id, code, granted_at, case when revoked = count then revoked_at end as revoked_at from given_grant
  where program_id = ${tx.program.id} and member_id = any(${memberIds}::int8[]) and what = 'badge' and code = any(${codes}::text[]) order by transaction_id, rule_id, repair_id`);

/** How many members have each badge from rules, by its code. */
export async function badgesHeld(tx: ProgramTx): Promise<Map<string, number>> {
  const rows = await tx.rows<{ code: string; members: number }>(sql`
    select code, count(distinct member_id)::int4 as members from given_grant where program_id = ${tx.program.id} and what = 'badge' and revoked < count group by code`);
  return new Map(rows.map((row) => [row.code, row.members]));
}
