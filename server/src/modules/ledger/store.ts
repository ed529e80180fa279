import type { Instant } from '@wracam/engine/calendar';
import { ORIGINS, SIDES, TRANSFER_KINDS, type Expiring, type Lot, type Transfer } from '@wracam/engine/ledger/book';
import { boolArray, byteaArray, int2Array, int4Array, int8Array, textArray, timestamptzArray, dateArray } from '../../platform/binary-arrays.ts';
import type { ProgramTx, Tx, Write } from '../../platform/db.ts';
import { sql } from '../../platform/sql.ts';
import { linkOf, packDraws } from './chain.ts';
import { writesOfHolds } from './store/holds.ts';
import { accountKey, type MemberLedger, type StoredAccount, type WorkingSet } from './working-set.ts';

const STATES = ['active', 'blocked', 'closed'] as const;
export const stateNo = (state: MemberLedger['state']) => STATES.indexOf(state) + 1;
export const stateOf = (no: number): MemberLedger['state'] => STATES[no - 1]!;

const MEMBER_COLUMNS = 'm.member_id, m.state, m.kind, m.joined_on, m.sales_count, m.spent_minor, m.last_sale_on, m.caps, m.suspended, m.counted';
const READ_MEMBERS = `select ${MEMBER_COLUMNS} from member_ledger m where m.program_id = $1 and m.member_id = any($2::int8[])`;

/** Locks members in the order of their ids: every path takes this lock first, so no two paths wait for each other in a circle. */
export async function lockMembers(tx: ProgramTx, set: WorkingSet, memberIds: readonly number[]): Promise<void> {
  if (memberIds.length === 0) return;
  const { rows } = await tx.hot('lock_members', `${READ_MEMBERS} order by m.member_id for no key update`, [set.programId, int8Array(memberIds)]);
  keepMembers(set, rows);
}

/** The same rows without a lock, for reading. */
export async function readMembers(tx: ProgramTx, set: WorkingSet, memberIds: readonly number[]): Promise<void> {
  const { rows } = await tx.hot('read_members', READ_MEMBERS, [set.programId, int8Array(memberIds)]);
  keepMembers(set, rows);
}

/** Members that an earlier statement of the same transaction named (`nameMembersByKeys`): their ids need no way to this process and back. */
const NAMED_MEMBERS = `nullif(current_setting('app.named_members', true), '')::int8[]`;

/** As `lockMembers` and `loadAccounts`, for the members just named; the rows go into the working set once it is there. */
export async function lockNamedMembers(tx: Tx, programId: number): Promise<(set: WorkingSet) => void> {
  const [members, accounts] = await Promise.all([
    tx.hot('lock_named_members', `select ${MEMBER_COLUMNS} from member_ledger m where m.program_id = $1 and m.member_id = any(${NAMED_MEMBERS}) order by m.member_id for no key update`, [programId]),
    // A statement of its own: it sees what was committed while the locks were waited for.
    tx.hot('accounts_of_named', `select ${ACCOUNT_COLUMNS} from account a where a.program_id = $1 and a.member_id = any(${NAMED_MEMBERS})`, [programId]),
  ]);
  return (set) => { keepMembers(set, members.rows); keepAccounts(set, accounts.rows); };
}

function keepMembers(set: WorkingSet, rows: readonly unknown[][]): void {
  for (const row of rows as [number, number, number, string, number, number, string | null, string | null, boolean, boolean][]) {
    set.members.set(row[0], { memberId: row[0], state: stateOf(row[1]), kind: row[2] === 2 ? 'company' : 'person', joinedOn: row[3], salesCount: row[4], spentMinor: row[5], lastSaleOn: row[6], caps: row[7], suspended: row[8], counted: row[9], changed: false });
  }
}

export const parseExpiring = (text: string): Expiring[] => (text === '[]' ? [] : (JSON.parse(text) as [number, number][]).map(([at, points]) => ({ at, points })));
const packExpiring = (list: readonly Expiring[]) => (list.length === 0 ? '[]' : JSON.stringify(list.map((one) => [one.at, one.points])));

/** All accounts of the given members. */
export async function loadAccounts(tx: ProgramTx, set: WorkingSet, memberIds: readonly number[]): Promise<void> {
  if (memberIds.length === 0) return;
  const { rows } = await tx.hot('load_accounts', `select ${ACCOUNT_COLUMNS} from account a where a.program_id = $1 and a.member_id = any($2::int8[])`, [set.programId, int8Array(memberIds)]);
  keepAccounts(set, rows);
}
const ACCOUNT_COLUMNS = 'a.member_id, a.wallet_no, a.available, a.pending, a.held, a.debt, a.debt_limit, a.seq, a.head, a.next_due_at, a.soonest';

function keepAccounts(set: WorkingSet, rows: readonly unknown[][]): void {
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
    from lot l where l.program_id = $1 and l.member_id = any($2::int8[]) and l.wallet_no = any($3::int2[]) and (l.remaining > 0 or l.origin_id = any($4::int8[]) or l.seq = any($5::int4[]))`,
  [programId, int8Array([...new Set(unread.map((one) => one.memberId))]), int2Array([...new Set(unread.map((one) => one.walletNo))]), int8Array(origins), int4Array(seqs)]);
  const byKey = new Map(unread.map((account) => [accountKey(account.memberId, account.walletNo), account]));
  for (const row of rows as [number, number, number, number, number, number, boolean, Instant | null, Instant | null, number | null][]) {
    const lot: Lot = { seq: row[2], points: row[3], remaining: row[4], expired: row[5], pending: row[6], usableAt: row[7], expiresAt: row[8], originId: row[9], stored: true, changed: false };
    // Of a member's wallets perhaps not all were asked for.
    const lots = byKey.get(accountKey(row[0], row[1]))?.lots;
    if (lots && !lots.has(lot.seq)) lots.set(lot.seq, lot);
  }
  for (const account of unread) account.lotsRead = true;
}

/** Writes everything the working set did. */
export const saveWorkingSet = (tx: Tx, set: WorkingSet): Promise<void> => tx.send(writesOf(set));

/** What the working set did, as a few plain statements in the order in which they must run; each transfer with the now at which it was made. */
export function writesOf(set: WorkingSet): Write[] {
  const accounts = [...set.accounts.values()];
  const { transfers } = set.book;
  const instants = transfers.map((_, at) => set.instants[at] ?? set.book.now);
  const hashes = transfers.map((transfer, at) => {
    const account = set.accounts.get(accountKey(transfer.memberId, transfer.walletNo))!;
    return (account.head = linkOf(account.head, set.programId, instants[at]!, transfer));
  });
  const lots = accounts.flatMap((account) => [...account.lots.values()].filter((lot) => lot.changed).map((lot) => ({ account, lot })));
  // A transfer needs its account, a note its transfer.
  return [
    ...some(accounts.filter((account) => !account.stored), (rows) => insertingAccounts(set.programId, rows)),
    ...insertingTransfers(set, transfers, hashes, instants),
    ...some(lots.filter(({ lot }) => !lot.stored), (rows) => insertingLots(set.programId, rows)),
    ...some(lots.filter(({ lot }) => lot.stored), (rows) => updatingLots(set.programId, rows)),
    ...some(lots.filter(({ lot }) => lot.stored && lot.moved), (rows) => movingLots(set.programId, rows)),
    ...some(accounts.filter((account) => account.stored && account.changed), (rows) => updatingAccounts(set.programId, rows)),
    ...some([...set.members.values()].filter((member) => member.changed), (rows) => updatingMembers(set.programId, rows)),
    ...insertingNotes(set.programId, transfers),
    ...writesOfHolds(set),
  ];
}

const some = <Row>(rows: readonly Row[], write: (rows: readonly Row[]) => Write): Write[] => (rows.length === 0 ? [] : [write(rows)]);

const insertingAccounts = (programId: number, rows: readonly StoredAccount[]): Write => ({
  name: 'insert_accounts', text: `insert into account (program_id, member_id, wallet_no, available, pending, held, debt, debt_limit, seq, head, next_due_at, soonest)
    select p.id, t.* from program p, unnest($2::int8[], $3::int2[], $4::int8[], $5::int8[], $6::int8[], $7::int8[], $8::int8[], $9::int4[], $10::bytea[], $11::timestamptz[], $12::text[]) t where p.id = $1`,
  values: [programId, ...accountColumns(rows)],
});

const accountColumns = (rows: readonly StoredAccount[]) => [
  int8Array(rows.map((row) => row.memberId)), int2Array(rows.map((row) => row.walletNo)), int8Array(rows.map((row) => row.available)), int8Array(rows.map((row) => row.pending)),
  int8Array(rows.map((row) => row.held)), int8Array(rows.map((row) => row.debt)), int8Array(rows.map((row) => row.debtLimit)), int4Array(rows.map((row) => row.seq)),
  byteaArray(rows.map((row) => row.head)), timestamptzArray(rows.map((row) => row.nextDueAt)), textArray(rows.map((row) => packExpiring(row.soonest))),
];

const updatingAccounts = (programId: number, rows: readonly StoredAccount[]): Write => ({
  name: 'update_accounts', text: `update account a set available = t.available, pending = t.pending, held = t.held, debt = t.debt, debt_limit = t.debt_limit, seq = t.seq, head = t.head, next_due_at = t.next_due_at, soonest = t.soonest
    from unnest($2::int8[], $3::int2[], $4::int8[], $5::int8[], $6::int8[], $7::int8[], $8::int8[], $9::int4[], $10::bytea[], $11::timestamptz[], $12::text[])
      t (member_id, wallet_no, available, pending, held, debt, debt_limit, seq, head, next_due_at, soonest)
    where a.program_id = $1 and a.member_id = t.member_id and a.wallet_no = t.wallet_no`,
  values: [programId, ...accountColumns(rows)],
});

/** Transfers between members name the other side too; nobody else pays for those columns. */
function insertingTransfers(set: WorkingSet, rows: readonly Transfer[], hashes: readonly Buffer[], bookedAt: readonly Instant[]): Write[] {
  if (rows.length === 0) return [];
  if (!rows.some((row) => row.counter)) return [insertingPlain(set, rows, hashes, bookedAt)];
  const chosen = (between: boolean) => rows.flatMap((row, at) => (Boolean(row.counter) === between ? [at] : []));
  const parts = (places: readonly number[]) => [places.map((at) => rows[at]!), places.map((at) => hashes[at]!), places.map((at) => bookedAt[at]!)] as const;
  return [
    ...some(chosen(false), (places) => insertingPlain(set, ...parts(places))),
    ...some(chosen(true), (places) => {
      const [of] = parts(places);
      return {
        name: 'insert_member_transfers', text: `insert into transfer (${TRANSFER_COLUMNS}, counter_member_id, counter_seq, test) select p.id, t.*, $17 from program p, unnest(${TRANSFER_ARRAYS}, $18::int8[], $19::int4[]) t where p.id = $1`,
        values: [...transferValues(set, ...parts(places)), int8Array(of.map((row) => row.counter!.memberId)), int4Array(of.map((row) => row.counter!.seq))],
      };
    }),
  ];
}

const insertingPlain = (set: WorkingSet, rows: readonly Transfer[], hashes: readonly Buffer[], bookedAt: readonly Instant[]): Write => ({
  name: 'insert_transfers', text: `insert into transfer (${TRANSFER_COLUMNS}, test) select p.id, t.*, $17 from program p, unnest(${TRANSFER_ARRAYS}) t where p.id = $1`, values: transferValues(set, rows, hashes, bookedAt),
});

const transferValues = (set: WorkingSet, rows: readonly Transfer[], hashes: readonly Buffer[], bookedAt: readonly Instant[]) => [
  set.programId, int8Array(rows.map((row) => row.memberId)), int2Array(rows.map((row) => row.walletNo)), int4Array(rows.map((row) => row.seq)), int2Array(rows.map((row) => TRANSFER_KINDS[row.kind])),
  int2Array(rows.map((row) => (row.side === null ? null : SIDES[row.side]))), boolArray(rows.map((row) => row.incoming)), int8Array(rows.map((row) => row.points)), int8Array(rows.map((row) => row.owed)),
  int2Array(rows.map((row) => ORIGINS[row.origin.kind])), int8Array(rows.map((row) => row.origin.id)), timestamptzArray(bookedAt), byteaArray(rows.map((row) => packDraws(row.draws))),
  int4Array(rows.map((row) => row.reversesSeq)), int4Array(rows.map((row) => row.rulesetNo)), byteaArray(hashes), set.test,
];
const TRANSFER_COLUMNS = 'program_id, member_id, wallet_no, seq, kind, side, incoming, points, owed, origin_kind, origin_id, booked_at, draws, reverses_seq, ruleset_no, hash';
const TRANSFER_ARRAYS = '$2::int8[], $3::int2[], $4::int4[], $5::int2[], $6::int2[], $7::bool[], $8::int8[], $9::int8[], $10::int2[], $11::int8[], $12::timestamptz[], $13::bytea[], $14::int4[], $15::int4[], $16::bytea[]';

type AccountLot = { account: StoredAccount; lot: Lot };

const insertingLots = (programId: number, rows: readonly AccountLot[]): Write => ({
  name: 'insert_lots', text: `insert into lot (program_id, member_id, wallet_no, seq, points, remaining, expired, pending, usable_at, expires_at, origin_id)
    select p.id, t.* from program p, unnest($2::int8[], $3::int2[], $4::int4[], $5::int8[], $6::int8[], $7::int8[], $8::bool[], $9::timestamptz[], $10::timestamptz[], $11::int8[]) t where p.id = $1`,
  values: [programId, int8Array(rows.map((row) => row.account.memberId)), int2Array(rows.map((row) => row.account.walletNo)), int4Array(rows.map((row) => row.lot.seq)), int8Array(rows.map((row) => row.lot.points)),
    int8Array(rows.map((row) => row.lot.remaining)), int8Array(rows.map((row) => row.lot.expired)), boolArray(rows.map((row) => row.lot.pending)), timestamptzArray(rows.map((row) => row.lot.usableAt)),
    timestamptzArray(rows.map((row) => row.lot.expiresAt)), int8Array(rows.map((row) => row.lot.originId))],
});

const updatingLots = (programId: number, rows: readonly AccountLot[]): Write => ({
  name: 'update_lots', text: `update lot l set remaining = t.remaining, expired = t.expired, pending = t.pending
    from unnest($2::int8[], $3::int2[], $4::int4[], $5::int8[], $6::int8[], $7::bool[]) t (member_id, wallet_no, seq, remaining, expired, pending)
    where l.program_id = $1 and l.member_id = any($2::int8[]) and l.member_id = t.member_id and l.wallet_no = t.wallet_no and l.seq = t.seq`,
  values: [programId, int8Array(rows.map((row) => row.account.memberId)), int2Array(rows.map((row) => row.account.walletNo)), int4Array(rows.map((row) => row.lot.seq)),
    int8Array(rows.map((row) => row.lot.remaining)), int8Array(rows.map((row) => row.lot.expired)), boolArray(rows.map((row) => row.lot.pending))],
});

/** Only wallets that end by inactivity move the ends of their lots. */
const movingLots = (programId: number, rows: readonly AccountLot[]): Write => ({
  name: 'move_lots', text: `update lot l set expires_at = t.expires_at from unnest($2::int8[], $3::int2[], $4::int4[], $5::timestamptz[]) t (member_id, wallet_no, seq, expires_at)
    where l.program_id = $1 and l.member_id = t.member_id and l.wallet_no = t.wallet_no and l.seq = t.seq`,
  values: [programId, int8Array(rows.map((row) => row.account.memberId)), int2Array(rows.map((row) => row.account.walletNo)), int4Array(rows.map((row) => row.lot.seq)), timestamptzArray(rows.map((row) => row.lot.expiresAt))],
});

const updatingMembers = (programId: number, rows: readonly MemberLedger[]): Write => ({
  name: 'update_member_ledgers', text: `update member_ledger m set state = t.state, sales_count = t.sales_count, spent_minor = t.spent_minor, last_sale_on = t.last_sale_on, caps = t.caps
    from unnest($2::int8[], $3::int2[], $4::int4[], $5::int8[], $6::date[], $7::text[]) t (member_id, state, sales_count, spent_minor, last_sale_on, caps)
    where m.program_id = $1 and m.member_id = t.member_id`,
  values: [programId, int8Array(rows.map((row) => row.memberId)), int2Array(rows.map((row) => stateNo(row.state))), int4Array(rows.map((row) => row.salesCount)), int8Array(rows.map((row) => row.spentMinor)),
    dateArray(rows.map((row) => row.lastSaleOn)), textArray(rows.map((row) => row.caps))],
});

/** Reasons stand beside the chain, not in it: they may be erased. Who acted is in the audit trail. */
const insertingNotes = (programId: number, transfers: readonly Transfer[]): Write[] => transfers.filter(({ note }) => note !== null).map((transfer) => sql`
  insert into transfer_note (program_id, member_id, wallet_no, seq, reason) values (${programId}, ${transfer.memberId}, ${transfer.walletNo}, ${transfer.seq}, ${transfer.note})`);
