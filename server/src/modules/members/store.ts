import type { Instant } from '@wracam/engine/calendar';
import { boolArray, byteaArray, int2Array, int4Array, int8Array, textArray, timestamptzArray } from '../../platform/binary-arrays.ts';
import type { ProgramTx, Tx } from '../../platform/db.ts';
import { nothing, sql } from '../../platform/sql.ts';
import { keyText, type Key } from './core.ts';

export type Attributes = Readonly<Record<string, string | number | boolean>>;
export type MemberRow = {
  readonly id: number; readonly number: string; readonly kind: number; readonly language: 'pl' | 'en'; readonly joinedAt: Instant; readonly termsVersion: number | null;
  readonly attributes: Attributes; readonly sealed: Buffer | null; readonly closedAt: Instant | null; /** Since when e-mails that are not about the account are welcome. */ readonly emailConsentAt: Instant | null;
};
export type NewMemberRow = Omit<MemberRow, 'closedAt' | 'attributes' | 'emailConsentAt'> & { readonly attributes: string };
export type IdentifierRow = Key & { readonly memberId: number; readonly active: boolean; readonly since: Instant };

const COLUMNS = 'id, number, kind, language, joined_at, terms_version, attributes, sealed, closed_at, email_consent_at';

export const findMember = (tx: ProgramTx, id: number) => tx.maybe<MemberRow>({ text: `select ${COLUMNS} from member where program_id = $1 and id = $2`, values: [tx.program.id, id] });
export const lockMember = (tx: ProgramTx, id: number) => tx.maybe<MemberRow>({ text: `select ${COLUMNS} from member where program_id = $1 and id = $2 for no key update`, values: [tx.program.id, id] });
export const membersByIds = (tx: ProgramTx, ids: readonly number[]) => tx.rows<MemberRow>({ text: `select ${COLUMNS} from member where program_id = $1 and id = any($2)`, values: [tx.program.id, ids] });

/** Newest first. The state is the ledger's: it stands in the row that is a member's lock. */
export const listMembers = (tx: ProgramTx, state: number | null, after: { at: Instant; id: number } | null, limit: number) => tx.rows<{ id: number; joinedAt: Instant }>(sql`
  select m.id, m.joined_at from member m ${state === null ? nothing : sql`join member_ledger l on l.program_id = ${tx.program.id} and l.member_id = m.id and l.state = ${state}`}
  where m.program_id = ${tx.program.id} ${after ? sql`and (m.joined_at, m.id) < (${new Date(after.at)}, ${after.id})` : nothing}
  order by m.joined_at desc, m.id desc limit ${limit}`);

/** Ids of the rows that were written: those whose number another member has are left out. */
export async function insertMembers(tx: ProgramTx, rows: readonly NewMemberRow[]): Promise<Set<number>> {
  const written = await tx.hot('insert_members', `insert into member (program_id, id, number, kind, language, joined_at, terms_version, attributes, sealed)
    select p.id, t.id, t.number, t.kind, t.language, t.joined_at, t.terms_version, t.attributes::jsonb, t.sealed
    from program p, unnest($2::int8[], $3::text[], $4::int2[], $5::text[], $6::timestamptz[], $7::int4[], $8::text[], $9::bytea[]) t (id, number, kind, language, joined_at, terms_version, attributes, sealed)
    where p.id = $1 on conflict do nothing returning id`,
  [tx.program.id, int8Array(rows.map((row) => row.id)), textArray(rows.map((row) => row.number)), int2Array(rows.map((row) => row.kind)), textArray(rows.map((row) => row.language)),
    timestamptzArray(rows.map((row) => row.joinedAt)), int4Array(rows.map((row) => row.termsVersion)), textArray(rows.map((row) => row.attributes)), byteaArray(rows.map((row) => row.sealed))]);
  return new Set(written.rows.map((row) => row[0] as number));
}

/**
 * Gives identifiers to members; returns those that somebody has already. Rows go in the order of the key, so two that want the same pair
 * wait for each other and never in a circle.
 */
export async function insertIdentifiers(tx: ProgramTx, rows: readonly IdentifierRow[]): Promise<IdentifierRow[]> {
  if (rows.length === 0) return [];
  const sorted = rows.toSorted((a, b) => a.kind - b.kind || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const written = await tx.hot('insert_identifiers', `insert into member_identifier (program_id, kind, key, member_id, active, since)
    select p.id, t.* from program p, unnest($2::int2[], $3::text[], $4::int8[], $5::bool[], $6::timestamptz[]) t where p.id = $1 on conflict do nothing returning kind, key, member_id`,
  [tx.program.id, int2Array(sorted.map((row) => row.kind)), textArray(sorted.map((row) => row.key)), int8Array(sorted.map((row) => row.memberId)),
    boolArray(sorted.map((row) => row.active)), timestamptzArray(sorted.map((row) => row.since))]);
  const done = new Set(written.rows.map(([kind, key, memberId]) => `${kind}:${key}:${memberId}`));
  return sorted.filter((row) => !done.has(`${row.kind}:${row.key}:${row.memberId}`));
}

/** Members by active identifiers. The map's keys are `kind:key`. */
export const findMembersByKeys = (tx: Tx, programId: number, keys: readonly Key[]) => membersByKeys(tx, programId, keys, 'members_by_keys', FIND_BY_KEYS);
const FIND_BY_KEYS = `select i.kind, i.key, i.member_id from unnest($2::int2[], $3::text[]) k (kind, key)
    join member_identifier i on i.program_id = $1 and i.kind = k.kind and i.key = k.key where i.active`;

/**
 * As above, and leaves the members' ids in the transaction's setting `app.named_members`, for statements of the same packet that cannot wait for
 * the answer. Until the transaction ends, nobody else sees it.
 */
export const nameMembersByKeys = (tx: Tx, programId: number, keys: readonly Key[]) => membersByKeys(tx, programId, keys, 'name_members_by_keys', NAME_BY_KEYS);
const NAME_BY_KEYS = `with named as materialized (${FIND_BY_KEYS}), kept as materialized (select set_config('app.named_members', array_agg(member_id)::text, true) as done from named)
    select named.* from kept left join named on true where kept.done is null or named.member_id is not null`;

async function membersByKeys(tx: Tx, programId: number, keys: readonly Key[], name: string, text: string): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map();
  const { rows } = await tx.hot(name, text, [programId, int2Array(keys.map((one) => one.kind)), textArray(keys.map((one) => one.key))]);
  return new Map((rows as [number | null, string, number][]).flatMap(([kind, key, memberId]) => (kind === null ? [] : [[keyText({ kind, key }), memberId] as const])));
}

/** As above, lost cards included: for a person who looks, not for a till. */
export const membersByAnyKey = (tx: ProgramTx, keys: readonly Key[]) => tx.rows<{ memberId: number }>(sql`
  select distinct i.member_id from unnest(${keys.map((one) => one.kind)}::int2[], ${keys.map((one) => one.key)}::text[]) k (kind, key)
  join member_identifier i on i.program_id = ${tx.program.id} and i.kind = k.kind and i.key = k.key`);

export const identifiersOf = (tx: ProgramTx, memberId: number) => tx.rows<IdentifierRow>(sql`
  select kind, key, member_id, active, since from member_identifier where program_id = ${tx.program.id} and member_id = ${memberId} order by since desc, key`);

export const removeIdentifier = (tx: ProgramTx, memberId: number, { kind, key }: Key) => tx.run(sql`
  delete from member_identifier where program_id = ${tx.program.id} and kind = ${kind} and key = ${key} and member_id = ${memberId}`);

export const setIdentifierActive = (tx: ProgramTx, memberId: number, { kind, key }: Key, active: boolean) => tx.run(sql`
  update member_identifier set active = ${active} where program_id = ${tx.program.id} and kind = ${kind} and key = ${key} and member_id = ${memberId} and active <> ${active}`);

/** Frees what others may want: everything but the member's own number, which stays on receipts. */
export const freeIdentifiers = (tx: ProgramTx, memberId: number, numberKind: number) => tx.run(sql`
  delete from member_identifier where program_id = ${tx.program.id} and member_id = ${memberId} and kind <> ${numberKind}`);

export async function insertNameTokens(tx: ProgramTx, rows: readonly { memberId: number; token: Buffer }[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.hot('insert_name_tokens', `insert into member_name_index (program_id, token, member_id)
    select p.id, t.* from program p, unnest($2::bytea[], $3::int8[]) t where p.id = $1 on conflict do nothing`,
  [tx.program.id, byteaArray(rows.map((row) => row.token)), int8Array(rows.map((row) => row.memberId))]);
}
export const removeNameTokens = (tx: ProgramTx, memberId: number) => tx.run(sql`delete from member_name_index where program_id = ${tx.program.id} and member_id = ${memberId}`);

/** Members whose name has all the beginnings, newest ids first. */
export const membersByTokens = (tx: ProgramTx, tokens: readonly Buffer[], limit: number) => tx.rows<{ memberId: number }>(sql`
  select member_id from member_name_index where program_id = ${tx.program.id} and token = any(${tokens})
  group by member_id having count(*) = ${tokens.length} order by member_id desc limit ${limit}`);

export const insertTerms = (tx: ProgramTx, row: { memberId: number; version: number; at: Instant; channel: string; textHash: Buffer }) => tx.run(sql`
  insert into terms_acceptance (program_id, member_id, version, at, channel, text_hash)
  values (${tx.program.id}, ${row.memberId}, ${row.version}, ${new Date(row.at)}, ${row.channel}, ${row.textHash})`);

export const saveProfile = (tx: ProgramTx, id: number, row: { sealed: Buffer; attributes: Attributes; language: string }) => tx.run(sql`
  update member set sealed = ${row.sealed}, attributes = ${JSON.stringify(row.attributes)}, language = ${row.language} where program_id = ${tx.program.id} and id = ${id}`);

/** An agreement keeps the instant when it was first given; taking it back forgets it. */
export const saveEmailConsent = (tx: ProgramTx, id: number, agrees: boolean) => tx.run(sql`
  update member set email_consent_at = case when ${agrees} then coalesce(email_consent_at, ${new Date(tx.program.now)}::timestamptz) end where program_id = ${tx.program.id} and id = ${id}`);

/** Kept from joining on; never changed. */
export const saveInviter = (tx: ProgramTx, id: number, inviterId: number) => tx.run(sql`
  update member m set invited_by = i.id from member i where m.program_id = ${tx.program.id} and m.id = ${id} and i.program_id = ${tx.program.id} and i.id = ${inviterId} and i.closed_at is null and i.id <> m.id`);

export const inviterOf = async (tx: ProgramTx, id: number) => (await tx.maybe<{ invitedBy: number | null }>(sql`select invited_by from member where program_id = ${tx.program.id} and id = ${id}`))?.invitedBy ?? null;

/** Groups of members, in order of the alphabet; members without any are left out. */
export async function groupsOf(tx: ProgramTx, ids: readonly number[]): Promise<Map<number, string[]>> {
  const rows = await tx.rows<{ memberId: number; names: string[] }>(sql`
    select member_id, array_agg(name order by name) as names from member_group where program_id = ${tx.program.id} and member_id = any(${ids}::int8[]) group by member_id`);
  return new Map(rows.map((row) => [row.memberId, row.names]));
}

/** Who is in these groups. */
export const groupMembers = (tx: ProgramTx, names: readonly string[]) => tx.rows<{ name: string; memberId: number }>(sql`
  select name, member_id from member_group where program_id = ${tx.program.id} and name = any(${names}::text[]) order by name, member_id`);

/** The member is in these groups and in no other; what stays keeps its date. */
export async function replaceGroups(tx: ProgramTx, id: number, names: readonly string[]): Promise<void> {
  await tx.run(sql`delete from member_group where program_id = ${tx.program.id} and member_id = ${id} and name <> all(${names}::text[])`);
  await tx.run(sql`insert into member_group (program_id, member_id, name, since)
    select p.id, ${id}::int8, t.name, ${new Date(tx.program.now)}::timestamptz from program p, unnest(${names}::text[]) t (name) where p.id = ${tx.program.id} on conflict do nothing`);
}

/** How many members each group has; a program with more groups than anybody can choose from is cut. */
export const listGroups = (tx: ProgramTx) => tx.rows<{ name: string; members: number }>(sql`
  select name, count(*)::int4 as members from member_group where program_id = ${tx.program.id} group by name order by name limit 1000`);

export const saveClosed = (tx: ProgramTx, id: number, at: Instant) => tx.run(sql`update member set closed_at = ${new Date(at)} where program_id = ${tx.program.id} and id = ${id}`);

/** Numbers of these members. */
export const memberNumbers = async (tx: ProgramTx, ids: readonly number[]): Promise<Map<number, string>> => (ids.length === 0 ? new Map()
  : new Map((await tx.rows<{ id: number; number: string }>(sql`select id, number from member where program_id = ${tx.program.id} and id = any(${ids}::int8[])`)).map((row) => [row.id, row.number])));
