import type { Instant } from '@wracam/engine/calendar';
import type { ProgramTx } from '../../platform/db.ts';
import { sql } from '../../platform/sql.ts';

/** The numbers are the database's. */
const FACTS = { attributes: 1, groups: 2, circles: 3, birthMonthDay: 4 } as const;
export type Fact = keyof typeof FACTS;
const factOf = (no: number): Fact => (Object.keys(FACTS) as Fact[]).find((fact) => FACTS[fact] === no)!;

/** What was true of a member until an instant; `sealed` of the birthday, `value` of everything else. */
export type PastRow = { readonly memberId: number; readonly fact: Fact; readonly until: Instant; readonly value: unknown; readonly sealed: Buffer | null };

/**
 * Of two changes in one millisecond nobody could tell what was true between them: the first row stays. So it does where a transaction that
 * began earlier waited for one that began later: what it found was true between the two only.
 */
export const insertPast = (tx: ProgramTx, rows: readonly Omit<PastRow, 'until'>[]) => (rows.length === 0 ? 0 : tx.run(sql`
  insert into member_past (program_id, member_id, fact, until, value, sealed)
  select p.id, t.member_id, t.fact, ${new Date(tx.program.now)}::timestamptz, t.value::jsonb, t.sealed
  from program p, unnest(${rows.map((row) => row.memberId)}::int8[], ${rows.map((row) => FACTS[row.fact])}::int2[], ${rows.map((row) => (row.fact === 'birthMonthDay' ? null : JSON.stringify(row.value)))}::text[], ${rows.map((row) => row.sealed)}::bytea[]) t (member_id, fact, value, sealed)
  where p.id = ${tx.program.id} and not exists (select from member_past later where later.program_id = p.id and later.member_id = t.member_id and later.fact = t.fact and later.until >= ${new Date(tx.program.now)}::timestamptz)`));

/** Rows of these members in the order of member, fact and time. */
export const pastOf = async (tx: ProgramTx, memberIds: readonly number[], facts: readonly Fact[]): Promise<PastRow[]> => (await tx.rows<Omit<PastRow, 'fact'> & { fact: number }>(sql`
  select member_id, fact, until, value, sealed from member_past
  where program_id = ${tx.program.id} and member_id = any(${memberIds}::int8[]) and fact = any(${facts.map((fact) => FACTS[fact])}::int2[]) order by member_id, fact, until`)).map((row) => ({ ...row, fact: factOf(row.fact) }));
