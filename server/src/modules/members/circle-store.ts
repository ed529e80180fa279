import type { Instant } from '@wracam/engine/calendar';
import type { CircleKind } from '@wracam/engine/facts';
import type { ProgramTx } from '../../platform/db.ts';
import { nothing, sql } from '../../platform/sql.ts';

/** The numbers are the database's. */
const KINDS = { household: 1, company: 2 } as const satisfies Record<CircleKind, number>;
const kindOf = (no: number): CircleKind => (no === KINDS.company ? 'company' : 'household');

/** `name` of a company, `sealed` of a household: the other is null. */
export type CircleRow = { readonly id: number; readonly kind: CircleKind; readonly name: string | null; readonly sealed: Buffer | null; readonly createdAt: Instant; readonly members: number };
export type Membership = Pick<CircleRow, 'id' | 'kind' | 'name' | 'sealed'> & { readonly memberId: number };

type Numbered<T extends { kind: CircleKind }> = Omit<T, 'kind'> & { readonly kind: number };
const named = <T extends { kind: CircleKind }>(row: Numbered<T>) => ({ ...row, kind: kindOf(row.kind) }) as unknown as T;

/** False when a company of this name is there already. */
export const insertCircle = async (tx: ProgramTx, row: Pick<CircleRow, 'id' | 'kind' | 'name' | 'sealed'>): Promise<boolean> => await tx.run(sql`
  insert into member_circle (program_id, id, kind, name, sealed, created_at)
  values (${tx.program.id}, ${row.id}, ${KINDS[row.kind]}, ${row.name}, ${row.sealed}, ${new Date(tx.program.now)}) on conflict do nothing`) > 0;

export const renameCircle = (tx: ProgramTx, row: Pick<CircleRow, 'id' | 'name' | 'sealed'>) => tx.run(sql`
  update member_circle set name = ${row.name}, sealed = ${row.sealed} where program_id = ${tx.program.id} and id = ${row.id}`);
export const isNameTaken = (error: unknown): boolean => error instanceof Error && (error as Error & { constraint?: string }).constraint === 'circle_company_name';

const counted = (tx: ProgramTx) => sql`c.id, c.kind, c.name, c.sealed, c.created_at,
  (select count(*)::int4 from circle_member m where m.program_id = ${tx.program.id} and m.circle_id = c.id) as members`;

export async function findCircle(tx: ProgramTx, id: number): Promise<CircleRow | null> {
  const row = await tx.maybe<Numbered<CircleRow>>(sql`select ${counted(tx)} from member_circle c where c.program_id = ${tx.program.id} and c.id = ${id}`);
  return row && named<CircleRow>(row);
}

/** Newest first. */
export const listCircles = async (tx: ProgramTx, kind: CircleKind | null, after: { at: Instant; id: number } | null, limit: number): Promise<CircleRow[]> => (await tx.rows<Numbered<CircleRow>>(sql`
  select ${counted(tx)} from member_circle c where c.program_id = ${tx.program.id} ${kind === null ? nothing : sql`and c.kind = ${KINDS[kind]}`}
    ${after ? sql`and (c.created_at, c.id) < (${new Date(after.at)}, ${after.id})` : nothing} order by c.created_at desc, c.id desc limit ${limit}`)).map((row) => named<CircleRow>(row));

/** Under lock in the order of ids: what rules give to a circle is counted by one transaction after another. */
export const lockCircles = (tx: ProgramTx, ids: readonly number[]) => tx.rows<{ id: number }>(sql`
  select id from member_circle where program_id = ${tx.program.id} and id = any(${ids}::int8[]) order by id for no key update`);

/** Circles of these members. */
export const circlesOf = async (tx: ProgramTx, memberIds: readonly number[]): Promise<Membership[]> => (await tx.rows<Numbered<Membership>>(sql`
  select m.member_id, c.id, c.kind, c.name, c.sealed from circle_member m join member_circle c on c.program_id = ${tx.program.id} and c.id = m.circle_id
  where m.program_id = ${tx.program.id} and m.member_id = any(${memberIds}::int8[])`)).map((row) => named<Membership>(row));

export const membersOfCircle = async (tx: ProgramTx, id: number, limit: number): Promise<number[]> => (await tx.rows<{ memberId: number }>(sql`
  select member_id from circle_member where program_id = ${tx.program.id} and circle_id = ${id} order by since, member_id limit ${limit}`)).map((row) => row.memberId);

/** Who is in these companies. */
export const companyMembers = (tx: ProgramTx, circleIds: readonly number[]) => tx.rows<{ circleId: number; memberId: number }>(sql`
  select circle_id, member_id from circle_member where program_id = ${tx.program.id} and kind = ${KINDS.company} and circle_id = any(${circleIds}::int8[]) order by circle_id, member_id`);

/** Companies after one of them, in the order of ids. */
export const companiesAfter = async (tx: ProgramTx, after: number, limit: number): Promise<number[]> => (await tx.rows<{ id: number }>(sql`
  select id from member_circle where program_id = ${tx.program.id} and kind = ${KINDS.company} and id > ${after} order by id limit ${limit}`)).map((row) => row.id);

/** Companies by id or by name. */
export const findCompanies = (tx: ProgramTx, ids: readonly number[], names: readonly string[]) => tx.rows<{ id: number; name: string }>(sql`
  select id, name from member_circle where program_id = ${tx.program.id} and kind = ${KINDS.company} and (id = any(${ids}::int8[]) or name = any(${names}::text[]))`);

/** The member leaves the circle of this kind, and joins another unless `circleId` is null. The caller holds the member's lock. */
export async function putIntoCircle(tx: ProgramTx, memberId: number, kind: CircleKind, circleId: number | null): Promise<void> {
  await tx.run(sql`delete from circle_member where program_id = ${tx.program.id} and member_id = ${memberId} and kind = ${KINDS[kind]}`);
  if (circleId !== null) await tx.run(sql`insert into circle_member (program_id, member_id, kind, circle_id, since) values (${tx.program.id}, ${memberId}, ${KINDS[kind]}, ${circleId}, ${new Date(tx.program.now)})`);
}

export const leaveCircles = (tx: ProgramTx, memberId: number) => tx.run(sql`delete from circle_member where program_id = ${tx.program.id} and member_id = ${memberId}`);

/** With what was counted for it. The caller knows that nobody is in it. */
export async function removeCircle(tx: ProgramTx, id: number): Promise<void> {
  await tx.run(sql`delete from circle_use where program_id = ${tx.program.id} and circle_id = ${id}`);
  await tx.run(sql`delete from member_circle where program_id = ${tx.program.id} and id = ${id}`);
}
