import type { Instant } from '@wracam/engine/calendar';
import type { GrantKind } from '@wracam/engine/rules';
import { boolArray, int4Array, int8Array, textArray } from '../../platform/binary-arrays.ts';
import type { ProgramTx } from '../../platform/db.ts';
import { sql } from '../../platform/sql.ts';

/** Pieces that a repair would give by a document and rule (above zero), or take from what the document or an earlier repair (`ofRepair`) gave. */
export type RepairedGrant = {
  readonly memberId: number; readonly transactionId: number; readonly ruleId: number; /** Null, or never published: a draft. */ readonly ruleVersion: number | null; readonly ofRepair: number | null; readonly what: GrantKind; readonly code: string; readonly pieces: number;
  /** The account was closed when it was counted: nothing is done there. */ readonly closed: boolean;
};
export type GrantToRepair = Omit<RepairedGrant, 'ruleVersion'> & { readonly no: number; readonly done: number | null };
/** What stays of a grant: by a document (`repairId` 0) or by a repair. */
export type GivenNow = { readonly repairId: number; readonly memberId: number; readonly transactionId: number; readonly ruleId: number; readonly what: GrantKind; readonly code: string; readonly kept: number };

export const planRepairedGrants = (tx: ProgramTx, repairId: number, first: number, rows: readonly RepairedGrant[]) => tx.hot('plan_repaired_grants', `insert into repaired_grant (program_id, repair_id, no, member_id, transaction_id, rule_id, rule_version, of_repair, what, code, pieces, closed)
  select p.id, $2, t.no, t.member_id, t.transaction_id, t.rule_id, v.version, t.of_repair, t.what, t.code, t.pieces, t.closed
  from program p cross join unnest($3::int4[], $4::int8[], $5::int8[], $6::int8[], $7::int4[], $8::int8[], $9::text[], $10::text[], $11::int4[], $12::bool[]) t (no, member_id, transaction_id, rule_id, rule_version, of_repair, what, code, pieces, closed)
    left join earning_rule_version v on v.program_id = p.id and v.rule_id = t.rule_id and v.version = t.rule_version where p.id = $1`,
[tx.program.id, repairId, int4Array(rows.map((_, at) => first + at)), int8Array(rows.map((one) => one.memberId)), int8Array(rows.map((one) => one.transactionId)), int8Array(rows.map((one) => one.ruleId)), int4Array(rows.map((one) => one.ruleVersion)),
  int8Array(rows.map((one) => one.ofRepair)), textArray(rows.map((one) => one.what)), textArray(rows.map((one) => one.code)), int4Array(rows.map((one) => one.pieces)), boolArray(rows.map((one) => one.closed))]);

/** What stays of the grants of these documents. */
export const givenBy = (tx: ProgramTx, transactionIds: readonly number[]) => tx.rows<GivenNow>(sql`
  select repair_id, member_id, transaction_id, rule_id, what, code, (count - revoked)::int4 as kept from given_grant
  where program_id = ${tx.program.id} and transaction_id = any(${transactionIds}::int8[]) and revoked < count and what in ('coupon', 'badge', 'ticket', 'tag') order by transaction_id, rule_id, repair_id desc`);

/** Documents whose grants repairs that stand have changed. */
export const documentsRepaired = async (tx: ProgramTx): Promise<number[]> => (await tx.rows<{ id: number }>(sql`
  select distinct transaction_id as id from repaired_grant where program_id = ${tx.program.id} and stood_at is not null and lifted_at is null`)).map((row) => row.id);

const LEFT = { stand: sql`stood_at is null`, lift: sql`stood_at is not null and lifted_at is null` };
export const membersWithGrants = async (tx: ProgramTx, repairId: number, step: 'stand' | 'lift', after: number, limit: number): Promise<number[]> => (await tx.rows<{ memberId: number }>(sql`
  select distinct member_id from repaired_grant where program_id = ${tx.program.id} and repair_id = ${repairId} and member_id > ${after} and ${LEFT[step]} order by member_id limit ${limit}`)).map((row) => row.memberId);

/** What of these members a step has not dealt with yet. The caller holds the members' locks. */
export const grantsToRepair = (tx: ProgramTx, repairId: number, step: 'stand' | 'lift', memberIds: readonly number[]) => tx.rows<GrantToRepair>(sql`
  select no, member_id, transaction_id, rule_id, of_repair, what, code, pieces, closed, done from repaired_grant
  where program_id = ${tx.program.id} and repair_id = ${repairId} and member_id = any(${memberIds}::int8[]) and ${LEFT[step]} order by no`);

export const standGrants = (tx: ProgramTx, repairId: number, rows: readonly { readonly no: number; readonly done: number }[]) => tx.hot('stand_repaired_grants', `update repaired_grant g set stood_at = $5, done = t.done
  from unnest($3::int4[], $4::int4[]) t (no, done) where g.program_id = $1 and g.repair_id = $2 and g.no = t.no`,
[tx.program.id, repairId, int4Array(rows.map((one) => one.no)), int4Array(rows.map((one) => one.done)), new Date(tx.program.now)]);

/** What was given by it is gone, but for members of closed accounts. */
export const liftGrants = (tx: ProgramTx, repairId: number, nos: readonly number[], closed: readonly number[]) => tx.run(sql`
  update repaired_grant set lifted_at = ${new Date(tx.program.now)}, revoked = case when pieces > 0 and not no = any(${closed}::int4[]) then done else revoked end,
    revoked_at = case when pieces > 0 and done > 0 and not no = any(${closed}::int4[]) then ${new Date(tx.program.now)}::timestamptz else revoked_at end
  where program_id = ${tx.program.id} and repair_id = ${repairId} and no = any(${nos}::int4[])`);

/** Takes pieces from what a document or an earlier repair gave, or (below zero) gives them back; as far as there are any. A repair that was undone has nothing to be given back to. */
export const takePieces = (tx: ProgramTx, { transactionId, ruleId, ofRepair }: Pick<RepairedGrant, 'transactionId' | 'ruleId' | 'ofRepair'>, pieces: number) => tx.run(ofRepair === null ? sql`
  update grant_item set revoked = least(count, greatest(0, revoked + ${pieces}::int4)), revoked_at = case when least(count, greatest(0, revoked + ${pieces}::int4)) > 0 then ${new Date(tx.program.now)}::timestamptz end
  where program_id = ${tx.program.id} and transaction_id = ${transactionId} and rule_id = ${ruleId}` : sql`
  update repaired_grant set revoked = least(done, greatest(0, revoked + ${pieces}::int4)), revoked_at = case when least(done, greatest(0, revoked + ${pieces}::int4)) > 0 then ${new Date(tx.program.now)}::timestamptz end
  where program_id = ${tx.program.id} and repair_id = ${ofRepair} and transaction_id = ${transactionId} and rule_id = ${ruleId} and repaired_grant.pieces > 0 and (${pieces > 0} or lifted_at is null)`);

const SUMS = sql`coalesce(sum(effect) filter (where pieces > 0), 0)::int8 as given, coalesce(sum(effect) filter (where pieces < 0), 0)::int8 as taken, coalesce(sum(-pieces - effect) filter (where pieces < 0), 0)::int8 as kept`;
/** What is neither given nor to be taken, because the account is closed, is nothing to tell. */
const SOMETHING = sql`having sum(effect) > 0 or min(pieces) < 0`;
const effects = (tx: ProgramTx, repairId: number) => sql`select what, code, member_id, pieces, coalesce(done, case when closed then 0 else abs(pieces) end) as effect from repaired_grant where program_id = ${tx.program.id} and repair_id = ${repairId}`;

export type GrantSum = { readonly what: GrantKind; readonly code: string; readonly members: number; readonly given: number; readonly taken: number; readonly kept: number };
/** What a repair gives and takes back of each coupon, badge, ticket and tag; `kept`: what it could not take. Before booking as counted. */
export const grantSums = (tx: ProgramTx, repairId: number) => tx.rows<GrantSum>(sql`
  select what, code, (count(distinct member_id) filter (where effect > 0 or pieces < 0))::int8 as members, ${SUMS}
  from (${effects(tx, repairId)}) t group by what, code ${SOMETHING} order by what, code`);

/** The same member by member. */
export const grantSumsOfMembers = (tx: ProgramTx, repairId: number, limit: number) => tx.rows<Omit<GrantSum, 'members'> & { readonly memberId: number }>(sql`
  select member_id, what, code, ${SUMS} from (${effects(tx, repairId)}) t group by member_id, what, code ${SOMETHING} order by member_id, what, code limit ${limit}`);

/** A badge of a document that a repair gave or took, and when. For a replay: rules may ask for it. */
export type RepairedBadge = { readonly memberId: number; readonly transactionId: number; readonly ruleId: number; readonly ofRepair: number; readonly code: string; readonly gives: boolean; readonly stoodAt: Instant; readonly liftedAt: Instant | null };
export const repairedBadges = (tx: ProgramTx, memberIds: readonly number[], codes: readonly string[]) => tx.rows<RepairedBadge>(sql`
  select member_id, transaction_id, rule_id, case when pieces > 0 then repair_id else coalesce(of_repair, 0) end as of_repair, code, pieces > 0 as gives, stood_at, lifted_at from repaired_grant
  where program_id = ${tx.program.id} and member_id = any(${memberIds}::int8[]) and what = 'badge' and code = any(${codes}::text[]) and done > 0 order by stood_at, repair_id, no`);
