import type { Instant } from '@wracam/engine/calendar';
import { ORIGINS, SIDES, TRANSFER_KINDS, type Expiring, type Lot, type Transfer } from '@wracam/engine/ledger/book';
import { boolArray, byteaArray, int2Array, int4Array, int8Array, textArray, timestamptzArray, dateArray } from '../../platform/binary-arrays.ts';
import type { ProgramTx, Tx } from '../../platform/db.ts';
import { sql } from '../../platform/sql.ts';
import { linkOf, packDraws } from './chain.ts';
import { saveHolds } from './store/holds.ts';
import { accountKey, type MemberLedger, type StoredAccount, type WorkingSet } from './working-set.ts';

const STATES = ['active', 'blocked', 'closed'] as const;
export const stateNo = (state: MemberLedger['state']) => STATES.indexOf(state) + 1;
export const stateOf = (no: number): MemberLedger['state'] => STATES[no - 1]!;

const READ_MEMBERS = `select member_id, state, kind, joined_on, sales_count, spent_minor, last_sale_on, caps, suspended from member_ledger
  where program_id = $1 and member_id = any($2::int8[])`;

/** Locks members in the order of their ids: every path takes this lock first, so no two paths wait for each other in a circle. */
export async function lockMembers(tx: ProgramTx, set: WorkingSet, memberIds: readonly number[]): Promise<void> {
  if (memberIds.length === 0) return;
  const { rows } = await tx.hot('lock_members', `${READ_MEMBERS} order by member_id for no key update`, [set.programId, int8Array(memberIds)]);
  keepMembers(set, rows);
}

/** The same rows without a lock, for reading. */
export async function readMembers(tx: ProgramTx, set: WorkingSet, memberIds: readonly number[]): Promise<void> {
  const { rows } = await tx.hot('read_members', READ_MEMBERS, [set.programId, int8Array(memberIds)]);
  keepMembers(set, rows);
}

function keepMembers(set: WorkingSet, rows: readonly unknown[][]): void {
  for (const row of rows as [number, number, number, string, number, number, string | null, string | null, boolean][]) {
    set.members.set(row[0], { memberId: row[0], state: stateOf(row[1]), kind: row[2] === 2 ? 'company' : 'person', joinedOn: row[3], salesCount: row[4], spentMinor: row[5], lastSaleOn: row[6], caps: row[7], suspended: row[8], changed: false });
  }
}

export const parseExpiring = (text: string): Expiring[] => (text === '[]' ? [] : (JSON.parse(text) as [number, number][]).map(([at, points]) => ({ at, points })));
const packExpiring = (list: readonly Expiring[]) => (list.length === 0 ? '[]' : JSON.stringify(list.map((one) => [one.at, one.points])));

/** All accounts of the given members. */
export async function loadAccounts(tx: ProgramTx, set: WorkingSet, memberIds: readonly number[]): Promise<void> {
  if (memberIds.length === 0) return;
  const { rows } = await tx.hot('load_accounts', `select member_id, wallet_no, available, pending, held, debt, debt_limit, seq, head, next_due_at, soonest from account
    where program_id = $1 and member_id = any($2::int8[])`, [set.programId, int8Array(memberIds)]);
  for (const row of rows as [number, number, number, number, number, number, number, number, Buffer, Instant | null, string][]) {
    set.accounts.set(accountKey(row[0], row[1]), {
      memberId: row[0], walletNo: row[1], available: row[2], pending: row[3], held: row[4], debt: row[5], debtLimit: row[6], seq: row[7], head: row[8], nextDueAt: row[9],
      soonest: parseExpiring(row[10]), stored: true, changed: false, lots: new Map(), lotsRead: false,
    });
  }
}

/** Lots that still hold points, and those that brought points for one of the given documents or are named by seq. Only under the member's lock. */
export async function loadLots(tx: ProgramTx, programId: number, accounts: readonly StoredAccount[], origins: readonly number[] = [], seqs: readonly number[] = []): Promise<void> {
  const unread = accounts.filter((account) => account.stored);
  if (unread.length === 0) return;
  const { rows } = await tx.hot('load_lots', `select l.member_id, l.wallet_no, l.seq, l.points, l.remaining, l.expired, l.pending, l.usable_at, l.expires_at, l.origin_id
    from unnest($2::int8[], $3::int2[]) a (member_id, wallet_no) join lot l on l.program_id = $1 and l.member_id = a.member_id and l.wallet_no = a.wallet_no
    where (l.remaining > 0 or l.origin_id = any($4::int8[]) or l.seq = any($5::int4[]))`,
  [programId, int8Array(unread.map((one) => one.memberId)), int2Array(unread.map((one) => one.walletNo)), int8Array(origins), int4Array(seqs)]);
  const byKey = new Map(unread.map((account) => [accountKey(account.memberId, account.walletNo), account]));
  for (const row of rows as [number, number, number, number, number, number, boolean, Instant | null, Instant | null, number | null][]) {
    const lot: Lot = { seq: row[2], points: row[3], remaining: row[4], expired: row[5], pending: row[6], usableAt: row[7], expiresAt: row[8], originId: row[9], stored: true, changed: false };
    const lots = byKey.get(accountKey(row[0], row[1]))!.lots;
    if (!lots.has(lot.seq)) lots.set(lot.seq, lot);
  }
  for (const account of unread) account.lotsRead = true;
}

/** Writes everything the working set did, in a few plain statements; each transfer with the now at which it was made. */
export async function saveWorkingSet(tx: Tx, set: WorkingSet): Promise<void> {
  const accounts = [...set.accounts.values()];
  const { transfers } = set.book;
  const instants = transfers.map((_, at) => set.instants[at] ?? set.book.now);
  const hashes = transfers.map((transfer, at) => {
    const account = set.accounts.get(accountKey(transfer.memberId, transfer.walletNo))!;
    return (account.head = linkOf(account.head, set.programId, instants[at]!, transfer));
  });
  const lots = accounts.flatMap((account) => [...account.lots.values()].filter((lot) => lot.changed).map((lot) => ({ account, lot })));
  // Sent together, run in this order: a transfer needs its account, a note its transfer.
  await Promise.all([
    insertAccounts(tx, set.programId, accounts.filter((account) => !account.stored)),
    insertTransfers(tx, set, transfers, hashes, instants),
    insertLots(tx, set.programId, lots.filter(({ lot }) => !lot.stored)),
    updateLots(tx, set.programId, lots.filter(({ lot }) => lot.stored)),
    updateAccounts(tx, set.programId, accounts.filter((account) => account.stored && account.changed)),
    updateMembers(tx, set.programId, [...set.members.values()].filter((member) => member.changed)),
    saveNotes(tx, set.programId, transfers),
    saveHolds(tx, set),
  ]);
}

async function insertAccounts(tx: Tx, programId: number, rows: readonly StoredAccount[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.hot('insert_accounts', `insert into account (program_id, member_id, wallet_no, available, pending, held, debt, debt_limit, seq, head, next_due_at, soonest)
    select p.id, t.* from program p, unnest($2::int8[], $3::int2[], $4::int8[], $5::int8[], $6::int8[], $7::int8[], $8::int8[], $9::int4[], $10::bytea[], $11::timestamptz[], $12::text[]) t where p.id = $1`,
  [programId, ...accountColumns(rows)]);
}

const accountColumns = (rows: readonly StoredAccount[]) => [
  int8Array(rows.map((row) => row.memberId)), int2Array(rows.map((row) => row.walletNo)), int8Array(rows.map((row) => row.available)), int8Array(rows.map((row) => row.pending)),
  int8Array(rows.map((row) => row.held)), int8Array(rows.map((row) => row.debt)), int8Array(rows.map((row) => row.debtLimit)), int4Array(rows.map((row) => row.seq)),
  byteaArray(rows.map((row) => row.head)), timestamptzArray(rows.map((row) => row.nextDueAt)), textArray(rows.map((row) => packExpiring(row.soonest))),
];

async function updateAccounts(tx: Tx, programId: number, rows: readonly StoredAccount[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.hot('update_accounts', `update account a set available = t.available, pending = t.pending, held = t.held, debt = t.debt, debt_limit = t.debt_limit, seq = t.seq, head = t.head, next_due_at = t.next_due_at, soonest = t.soonest
    from unnest($2::int8[], $3::int2[], $4::int8[], $5::int8[], $6::int8[], $7::int8[], $8::int8[], $9::int4[], $10::bytea[], $11::timestamptz[], $12::text[])
      t (member_id, wallet_no, available, pending, held, debt, debt_limit, seq, head, next_due_at, soonest)
    where a.program_id = $1 and a.member_id = t.member_id and a.wallet_no = t.wallet_no`, [programId, ...accountColumns(rows)]);
}

async function insertTransfers(tx: Tx, set: WorkingSet, rows: readonly Transfer[], hashes: readonly Buffer[], bookedAt: readonly Instant[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.hot('insert_transfers', `insert into transfer (program_id, member_id, wallet_no, seq, kind, side, incoming, points, owed, origin_kind, origin_id, booked_at, draws, reverses_seq, ruleset_no, hash, test)
    select p.id, t.*, $17 from program p, unnest($2::int8[], $3::int2[], $4::int4[], $5::int2[], $6::int2[], $7::bool[], $8::int8[], $9::int8[], $10::int2[], $11::int8[], $12::timestamptz[], $13::bytea[], $14::int4[], $15::int4[], $16::bytea[]) t where p.id = $1`,
  [set.programId, int8Array(rows.map((row) => row.memberId)), int2Array(rows.map((row) => row.walletNo)), int4Array(rows.map((row) => row.seq)), int2Array(rows.map((row) => TRANSFER_KINDS[row.kind])),
    int2Array(rows.map((row) => SIDES[row.side])), boolArray(rows.map((row) => row.incoming)), int8Array(rows.map((row) => row.points)), int8Array(rows.map((row) => row.owed)),
    int2Array(rows.map((row) => ORIGINS[row.origin.kind])), int8Array(rows.map((row) => row.origin.id)), timestamptzArray(bookedAt), byteaArray(rows.map((row) => packDraws(row.draws))),
    int4Array(rows.map((row) => row.reversesSeq)), int4Array(rows.map((row) => row.rulesetNo)), byteaArray(hashes), set.test]);
}

type AccountLot = { account: StoredAccount; lot: Lot };

async function insertLots(tx: Tx, programId: number, rows: readonly AccountLot[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.hot('insert_lots', `insert into lot (program_id, member_id, wallet_no, seq, points, remaining, expired, pending, usable_at, expires_at, origin_id)
    select p.id, t.* from program p, unnest($2::int8[], $3::int2[], $4::int4[], $5::int8[], $6::int8[], $7::int8[], $8::bool[], $9::timestamptz[], $10::timestamptz[], $11::int8[]) t where p.id = $1`,
  [programId, int8Array(rows.map((row) => row.account.memberId)), int2Array(rows.map((row) => row.account.walletNo)), int4Array(rows.map((row) => row.lot.seq)), int8Array(rows.map((row) => row.lot.points)),
    int8Array(rows.map((row) => row.lot.remaining)), int8Array(rows.map((row) => row.lot.expired)), boolArray(rows.map((row) => row.lot.pending)), timestamptzArray(rows.map((row) => row.lot.usableAt)),
    timestamptzArray(rows.map((row) => row.lot.expiresAt)), int8Array(rows.map((row) => row.lot.originId))]);
}

async function updateLots(tx: Tx, programId: number, rows: readonly AccountLot[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.hot('update_lots', `update lot l set remaining = t.remaining, expired = t.expired, pending = t.pending
    from unnest($2::int8[], $3::int2[], $4::int4[], $5::int8[], $6::int8[], $7::bool[]) t (member_id, wallet_no, seq, remaining, expired, pending)
    where l.program_id = $1 and l.member_id = t.member_id and l.wallet_no = t.wallet_no and l.seq = t.seq`,
  [programId, int8Array(rows.map((row) => row.account.memberId)), int2Array(rows.map((row) => row.account.walletNo)), int4Array(rows.map((row) => row.lot.seq)),
    int8Array(rows.map((row) => row.lot.remaining)), int8Array(rows.map((row) => row.lot.expired)), boolArray(rows.map((row) => row.lot.pending))]);
}

async function updateMembers(tx: Tx, programId: number, rows: readonly MemberLedger[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.hot('update_member_ledgers', `update member_ledger m set state = t.state, sales_count = t.sales_count, spent_minor = t.spent_minor, last_sale_on = t.last_sale_on, caps = t.caps
    from unnest($2::int8[], $3::int2[], $4::int4[], $5::int8[], $6::date[], $7::text[]) t (member_id, state, sales_count, spent_minor, last_sale_on, caps)
    where m.program_id = $1 and m.member_id = t.member_id`,
  [programId, int8Array(rows.map((row) => row.memberId)), int2Array(rows.map((row) => stateNo(row.state))), int4Array(rows.map((row) => row.salesCount)), int8Array(rows.map((row) => row.spentMinor)),
    dateArray(rows.map((row) => row.lastSaleOn)), textArray(rows.map((row) => row.caps))]);
}

/** Reasons stand beside the chain, not in it: they may be erased. Who acted is in the audit trail. */
async function saveNotes(tx: Tx, programId: number, transfers: readonly Transfer[]): Promise<void> {
  for (const transfer of transfers) {
    if (transfer.note === null) continue;
    await tx.run(sql`insert into transfer_note (program_id, member_id, wallet_no, seq, reason) values (${programId}, ${transfer.memberId}, ${transfer.walletNo}, ${transfer.seq}, ${transfer.note})`);
  }
}
