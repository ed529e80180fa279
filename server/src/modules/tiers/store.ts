import { dateOf, dayNumberOf, type Instant, type LocalDate } from '@wracam/engine/calendar';
import { decodeNumbers, encodeNumbers } from '@wracam/engine/codec';
import type { TierLadder } from '@wracam/engine/tiers/ladder';
import type { GivenLevel } from '@wracam/engine/tiers/held';
import type { TierState } from '@wracam/engine/tiers/standing';
import { byteaArray, dateArray, int4Array, int8Array, textArray } from '../../platform/binary-arrays.ts';
import type { ProgramTx, Write } from '../../platform/db.ts';
import { nothing, sql } from '../../platform/sql.ts';
import type { Proposal } from '../programs/index.ts';

export type LadderRow = { readonly revision: number; readonly draft: TierLadder | null; readonly proposal: Proposal | null };
export type VersionRow = { readonly no: number; readonly effectiveOn: LocalDate; readonly publishedAt: Instant; readonly publishedBy: string; readonly definition: TierLadder };
export type TierRow = { readonly memberId: number; readonly state: TierState; readonly level: string | null; readonly until: LocalDate | null; readonly given: readonly GivenLevel[]; readonly changes: number };
export type ChangeReason = 'started' | 'reached' | 'returned' | 'ended' | 'granted' | 'revoked' | 'repaired';
export type NewChange = {
  readonly memberId: number; readonly no: number; readonly reason: ChangeReason; readonly from: string | null; readonly to: string | null; readonly ladderNo: number; readonly value: number;
  readonly until: LocalDate | null; readonly actor: { readonly kind: string; readonly id: number | null }; readonly note: string | null;
};
export type ChangeRow = Omit<NewChange, 'actor' | 'from' | 'to' | 'memberId'> & { readonly at: Instant; readonly fromLevel: string | null; readonly toLevel: string | null; readonly actorKind: string; readonly actorId: number | null };
export type RunRow = { readonly position: number; readonly members: number; readonly changed: number; readonly endedAt: Instant | null };

export const findLadder = (tx: ProgramTx) => tx.maybe<LadderRow>(sql`select revision, draft, proposal from tier_ladder where program_id = ${tx.program.id}`);
export const findLadderForUpdate = (tx: ProgramTx) => tx.maybe<LadderRow>(sql`select revision, draft, proposal from tier_ladder where program_id = ${tx.program.id} for update`);

/** Saves what was read at the revision before this one. False where somebody was faster: of a ladder that is not there yet nobody holds a lock. */
export const saveLadder = async (tx: ProgramTx, row: LadderRow): Promise<boolean> => 1 === await tx.run(sql`
  insert into tier_ladder (program_id, revision, draft, proposal, changed_at)
  values (${tx.program.id}, ${row.revision}, ${row.draft === null ? null : JSON.stringify(row.draft)}, ${row.proposal === null ? null : JSON.stringify(row.proposal)}, ${new Date(tx.program.now)})
  on conflict (program_id) do update set revision = excluded.revision, draft = excluded.draft, proposal = excluded.proposal, changed_at = excluded.changed_at
    where tier_ladder.revision = excluded.revision - 1`);

export const listVersions = (tx: ProgramTx) => tx.rows<VersionRow>(sql`
  select no, effective_on, published_at, published_by, definition from tier_ladder_version where program_id = ${tx.program.id} order by no`);

export const insertVersion = (tx: ProgramTx, row: VersionRow) => tx.run(sql`
  insert into tier_ladder_version (program_id, no, effective_on, published_at, published_by, definition)
  values (${tx.program.id}, ${row.no}, ${row.effectiveOn}, ${new Date(row.publishedAt)}, ${row.publishedBy}, ${JSON.stringify(row.definition)})`);

// The table's grant_level and grant_until are read no more; they are there for a process of the version before that still books during an update.
const STANDING = 'a.days, t.ladder_no, t.untils, t.level, t.since, t.until, t.checked_on, t.given, t.changes';
type Columns = [number, Buffer | null, number | null, Buffer | null, string | null, LocalDate, LocalDate | null, LocalDate, [string, LocalDate, LocalDate | null, GivenLevel['by']][] | null, number];

const tierOf = ([memberId, , ladderNo, untils, level, since, until, checkedOn, given, changes]: Columns): TierRow | null => (ladderNo === null ? null : {
  memberId, level, until, changes, state: { ladderNo, untils: decodeNumbers(untils!), since: dayNumberOf(since), checkedOn: dayNumberOf(checkedOn) },
  given: (given ?? []).map(([code, from, through, by]) => ({ level: code, from: dayNumberOf(from), until: through === null ? null : dayNumberOf(through), by })),
});

/** What is kept of members: their days and their standing. */
export async function readStandings(tx: ProgramTx, memberIds: readonly number[]): Promise<Map<number, { days: Buffer | null; tier: TierRow | null }>> {
  const { rows } = await tx.hot('read_standings', `select m.id, ${STANDING} from unnest($2::int8[]) m (id)
    left join member_activity a on a.program_id = $1 and a.member_id = m.id left join member_tier t on t.program_id = $1 and t.member_id = m.id`, [tx.program.id, int8Array(memberIds)]);
  return new Map((rows as Columns[]).map((row) => [row[0], { days: row[1], tier: tierOf(row) }]));
}

export const savingActivity = (programId: number, rows: readonly { readonly memberId: number; readonly packed: Uint8Array }[]): Write => ({
  name: 'save_activity', text: `insert into member_activity (program_id, member_id, days) select p.id, t.member_id, t.days from program p, unnest($2::int8[], $3::bytea[]) t (member_id, days) where p.id = $1
    on conflict (program_id, member_id) do update set days = excluded.days`,
  values: [programId, int8Array(rows.map((row) => row.memberId)), byteaArray(rows.map((row) => Buffer.from(row.packed)))],
});

/** Null: nothing was given, as to almost everybody. */
const givenText = (given: readonly GivenLevel[]): string | null =>
  (given.length === 0 ? null : JSON.stringify(given.map(({ level, from, until, by }) => [level, dateOf(from), until === null ? null : dateOf(until), by])));

export const savingTiers = (programId: number, rows: readonly TierRow[]): Write => ({
  name: 'save_tiers', text: `insert into member_tier (program_id, member_id, ladder_no, untils, level, since, until, checked_on, given, changes)
    select p.id, t.member_id, t.ladder_no, t.untils, t.level, t.since, t.until, t.checked_on, t.given::jsonb, t.changes from program p, unnest($2::int8[], $3::int4[], $4::bytea[], $5::text[], $6::date[], $7::date[], $8::date[], $9::text[], $10::int4[])
      t (member_id, ladder_no, untils, level, since, until, checked_on, given, changes) where p.id = $1
    on conflict (program_id, member_id) do update set ladder_no = excluded.ladder_no, untils = excluded.untils, level = excluded.level, since = excluded.since, until = excluded.until,
      checked_on = excluded.checked_on, given = excluded.given, changes = excluded.changes`,
  values: [programId, int8Array(rows.map((row) => row.memberId)), int4Array(rows.map((row) => row.state.ladderNo)), byteaArray(rows.map((row) => Buffer.from(encodeNumbers(row.state.untils)))), textArray(rows.map((row) => row.level)),
    dateArray(rows.map((row) => dateOf(row.state.since))), dateArray(rows.map((row) => row.until)), dateArray(rows.map((row) => dateOf(row.state.checkedOn))), textArray(rows.map((row) => givenText(row.given))),
    int4Array(rows.map((row) => row.changes))],
});

export const insertingChanges = (programId: number, rows: readonly NewChange[], at: Instant): Write => ({
  name: 'insert_tier_changes', text: `insert into member_tier_change (program_id, member_id, no, at, reason, from_level, to_level, ladder_no, value, until, actor_kind, actor_id, note)
    select p.id, t.member_id, t.no, $13::timestamptz, t.reason, t.from_level, t.to_level, t.ladder_no, t.value, t.until, t.actor_kind, t.actor_id, t.note
    from program p, unnest($2::int8[], $3::int4[], $4::text[], $5::text[], $6::text[], $7::int4[], $8::int8[], $9::date[], $10::text[], $11::int8[], $12::text[])
      t (member_id, no, reason, from_level, to_level, ladder_no, value, until, actor_kind, actor_id, note) where p.id = $1`,
  values: [programId, int8Array(rows.map((row) => row.memberId)), int4Array(rows.map((row) => row.no)), textArray(rows.map((row) => row.reason)), textArray(rows.map((row) => row.from)), textArray(rows.map((row) => row.to)),
    int4Array(rows.map((row) => row.ladderNo)), int8Array(rows.map((row) => row.value)), dateArray(rows.map((row) => row.until)), textArray(rows.map((row) => row.actor.kind)), int8Array(rows.map((row) => row.actor.id)), textArray(rows.map((row) => row.note)), new Date(at)],
});

export const listChanges = (tx: ProgramTx, memberId: number, before: number | undefined, limit: number) => tx.rows<ChangeRow>(sql`
  select no, at, reason, from_level, to_level, ladder_no, value, until, actor_kind, actor_id, note from member_tier_change
  where program_id = ${tx.program.id} and member_id = ${memberId} ${before === undefined ? nothing : sql`and no < ${before}::int8`} order by no desc limit ${limit}`);

/** How many members stand on each level; those who never did anything have no row. */
export const countLevels = (tx: ProgramTx) => tx.rows<{ level: string | null; members: number }>(sql`
  select level, count(*)::int8 as members from member_tier where program_id = ${tx.program.id} group by level`);

export async function activityPage(tx: ProgramTx, after: number, limit: number): Promise<{ memberId: number; days: Buffer }[]> {
  const { rows } = await tx.hot('activity_page', 'select member_id, days from member_activity where program_id = $1 and member_id > $2 order by member_id limit $3', [tx.program.id, after, limit]);
  return (rows as [number, Buffer][]).map(([memberId, days]) => ({ memberId, days }));
}

export const startRun = (tx: ProgramTx, day: LocalDate) => tx.run(sql`
  insert into tier_run (program_id, day, position, members, changed, started_at) values (${tx.program.id}, ${day}, 0, 0, 0, ${new Date(tx.program.now)}) on conflict do nothing`);

/** Starts a day's look again: a ladder was published after it ended. */
export const restartRun = (tx: ProgramTx, day: LocalDate) => tx.run(sql`
  update tier_run set position = 0, members = 0, changed = 0, started_at = ${new Date(tx.program.now)}, ended_at = null where program_id = ${tx.program.id} and day = ${day}`);

/** Under lock: two workers take turns, and the second goes on where the first stopped. */
export const findRunForUpdate = (tx: ProgramTx, day: LocalDate) => tx.maybe<RunRow>(sql`
  select position, members, changed, ended_at from tier_run where program_id = ${tx.program.id} and day = ${day} for update`);

export const saveRun = (tx: ProgramTx, day: LocalDate, run: RunRow) => tx.run(sql`
  update tier_run set position = ${run.position}, members = ${run.members}, changed = ${run.changed}, ended_at = ${run.endedAt === null ? null : new Date(run.endedAt)}
  where program_id = ${tx.program.id} and day = ${day}`);

export const lastRun = (tx: ProgramTx) => tx.maybe<{ day: LocalDate; members: number; changed: number; endedAt: Instant | null }>(sql`
  select day, members, changed, ended_at from tier_run where program_id = ${tx.program.id} order by day desc limit 1`);
