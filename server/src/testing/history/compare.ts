import { levelCode } from '@wracam/engine/tiers/held';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { sql } from '../../platform/sql.ts';
import { dayOf, heldOn, laddersOf, openStandings } from '../../modules/tiers/index.ts';
import { activityOf } from '../../modules/transactions/index.ts';
import type { Oracle } from './oracle.ts';

type Told = { readonly net: number; readonly level: string | null; /** As stored for lists and segments, if the night has run. */ readonly stored: string | null; readonly granted: readonly number[]; readonly badges: readonly string[] };

async function levelsNow(deps: Deps, tx: ProgramTx): Promise<Map<number, string | null>> {
  const members = await tx.rows<{ memberId: number; counted: boolean }>(sql`select member_id, counted from member_ledger where program_id = ${tx.program.id}`);
  const standings = await openStandings(tx, await laddersOf(deps.db, tx) ?? [], members, activityOf);
  const today = dayOf(tx.program.timeZone, tx.program.now);
  return new Map([...standings.byMember].map(([id, standing]) => [id, levelCode(heldOn(standings, standing, today))]));
}

/** What members have of a program, beside what they should have, as the first differences in words. Null: nothing differs. `night`: has the night run. */
export const differences = (deps: Deps, programId: number, memberIds: readonly number[], oracle: Oracle, night: boolean): Promise<string | null> => deps.db.readProgram(programId, async (tx) => {
  // What ended by now is booked when the member is met next.
  const net = new Map((await tx.rows<{ memberId: number; net: number }>(sql`
    select a.member_id, (sum(a.available + a.pending + a.held - a.debt) - coalesce((select sum(l.remaining) from lot l
      where l.program_id = ${programId} and l.member_id = a.member_id and l.expires_at <= ${new Date(tx.program.now)}), 0))::int8 as net
    from account a where a.program_id = ${programId} group by a.member_id`)).map((row) => [row.memberId, row.net]));
  const levels = await levelsNow(deps, tx);
  const stored = new Map((await tx.rows<{ memberId: number; level: string | null }>(sql`select member_id, level from member_tier where program_id = ${programId}`)).map((row) => [row.memberId, row.level]));
  const goals = (await tx.rows<{ id: number }>(sql`select id from goal where program_id = ${programId} order by id`)).map((row) => row.id);
  const grants = await tx.rows<{ memberId: number; goalId: number; times: number }>(sql`
    select member_id, goal_id, count(*)::int8 as times from goal_grant where program_id = ${programId} and standing group by member_id, goal_id`);
  const badges = await tx.rows<{ memberId: number; codes: string[] }>(sql`
    select member_id, array_agg(distinct code collate "C" order by code collate "C") as codes from (
      select member_id, code from given_grant where program_id = ${programId} and what = 'badge' and revoked < count
      union all select h.member_id, b.code from held_badge h join badge b on b.program_id = h.program_id and b.id = h.badge_id where h.program_id = ${programId} and b.program_id = ${programId} and h.taken_at is null) held
    group by member_id`);
  const wrong = memberIds.flatMap((id, member) => {
    const level = oracle.level(member);
    const plain: Told = { net: oracle.net(member), level, stored: night ? level : null, granted: oracle.granted(member), badges: oracle.badges(member) };
    // Who never did anything has no row.
    const found: Told = { net: net.get(id) ?? 0, level: levels.get(id) ?? null, stored: night ? stored.get(id) ?? level : null, granted: goals.map((goal) => grants.find((row) => row.goalId === goal && row.memberId === id)?.times ?? 0), badges: badges.find((row) => row.memberId === id)?.codes ?? [] };
    return JSON.stringify(found) === JSON.stringify(plain) ? [] : [{ member, found, plain }];
  });
  return wrong.length === 0 ? null : `members differ: ${JSON.stringify(wrong.slice(0, 5))}`;
});

/** How often levels of members went up and down, were given by hand, and were left to their end by returns. */
export type LevelMoves = { readonly raised: number; readonly lowered: number; readonly given: number; readonly left: number };

export const levelMoves = (deps: Deps, programId: number): Promise<LevelMoves> => deps.db.readProgram(programId, async (tx) => (await tx.maybe<LevelMoves>(sql`
  select count(*) filter (where reason = 'reached')::int8 as raised, count(*) filter (where reason in ('returned', 'ended'))::int8 as lowered, count(*) filter (where reason = 'granted')::int8 as given,
    (select count(*) from member_tier t, jsonb_array_elements(t.given) one where t.program_id = ${programId} and one ->> 3 = 'return')::int8 as left
  from member_tier_change where program_id = ${programId}`))!);
