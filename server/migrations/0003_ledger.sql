-- The ledger. Names and invariants: shared words in GLOSSARY.md, reasons in server/src/modules/ledger/README.md.

-- One row a member: the lock of everything the member owns, and the facts that rules read on the hot path.
create table member_ledger (
  program_id bigint not null,
  member_id bigint not null,
  state smallint not null check (state in (1, 2, 3)),
  kind smallint not null,
  joined_on date not null,
  sales_count int not null default 0 check (sales_count >= 0),
  spent_minor bigint not null default 0,
  last_sale_on date,
  -- points by rule on the latest local dates, as JSON text: caps a member and day
  caps text,
  -- set by the auditor: no spending until cleared
  suspended boolean not null default false,
  primary key (program_id, member_id),
  foreign key (program_id, member_id) references member (program_id, id)
) with (fillfactor = 80);
select belongs_to_program('member_ledger');

create table account (
  program_id bigint not null,
  member_id bigint not null,
  wallet_no smallint not null,
  available bigint not null check (available >= 0),
  pending bigint not null check (pending >= 0),
  held bigint not null check (held >= 0),
  debt bigint not null check (debt >= 0 and debt <= debt_limit),
  debt_limit bigint not null,
  -- length and head of the account's chain
  seq int not null check (seq >= 0),
  head bytea not null check (octet_length(head) = 32),
  -- the earliest maturity or expiry that is not booked yet
  next_due_at timestamptz,
  -- the nearest expiry dates with their points, as JSON text
  soonest text not null,
  primary key (program_id, member_id, wallet_no)
) with (fillfactor = 80);
select belongs_to_program('account');

create table transfer (
  program_id bigint not null,
  member_id bigint not null,
  wallet_no smallint not null,
  seq int not null check (seq > 0),
  -- 1 earn 2 return 3 spend 4 refund 5 adjust 6 move 7 expire 8 reverse
  kind smallint not null check (kind between 1 and 8),
  -- the program's own side: 1 issued 2 spent 3 expired 4 adjusted 5 debt; null: another member's account
  side smallint check (side between 1 and 5),
  counter_member_id bigint,
  counter_seq int,
  incoming boolean not null,
  points bigint not null check (points > 0),
  -- of this transfer, what was not covered by lots and became a debt
  owed bigint not null default 0 check (owed between 0 and points),
  -- 1 transaction 2 order 3 hold 4 adjustment 5 import 6 system
  origin_kind smallint not null check (origin_kind between 1 and 6),
  origin_id bigint,
  booked_at timestamptz not null,
  -- lots drawn (outgoing) or filled again (incoming): seq and points in turn
  draws bytea,
  reverses_seq int,
  ruleset_no int,
  test boolean not null,
  hash bytea not null check (octet_length(hash) = 32),
  primary key (program_id, member_id, wallet_no, seq),
  foreign key (program_id, member_id, wallet_no) references account (program_id, member_id, wallet_no),
  check ((side is null) = (counter_member_id is not null)),
  check ((kind = 8) = (reverses_seq is not null)),
  check (reverses_seq is null or reverses_seq < seq)
);
-- a transfer is reversed once
create unique index transfer_reversed_once on transfer (program_id, member_id, wallet_no, reverses_seq) where reverses_seq is not null;
select belongs_to_program('transfer');

create table transfer_note (
  program_id bigint not null,
  member_id bigint not null, wallet_no smallint not null, seq int not null,
  reason text not null,
  primary key (program_id, member_id, wallet_no, seq),
  foreign key (program_id, member_id, wallet_no, seq) references transfer (program_id, member_id, wallet_no, seq)
);
select belongs_to_program('transfer_note');

create table lot (
  program_id bigint not null,
  member_id bigint not null,
  wallet_no smallint not null,
  -- of the transfer that brought it
  seq int not null,
  points bigint not null check (points > 0),
  remaining bigint not null,
  expired bigint not null default 0,
  -- not usable yet
  pending boolean not null,
  usable_at timestamptz,
  expires_at timestamptz,
  origin_id bigint,
  check (remaining between 0 and points),
  check (expired between 0 and points - remaining),
  check (not pending or usable_at is not null),
  primary key (program_id, member_id, wallet_no, seq)
) with (fillfactor = 90);
create index lot_expiry on lot (program_id, expires_at) where expires_at is not null;
create index lot_maturity on lot (program_id, usable_at) where usable_at is not null;
select belongs_to_program('lot');

create table hold (
  program_id bigint not null,
  id bigint not null,
  member_id bigint not null,
  wallet_no smallint not null,
  points bigint not null check (points > 0),
  draws bytea not null,
  origin_kind smallint not null check (origin_kind between 1 and 6),
  origin_id bigint,
  made_at timestamptz not null,
  expires_at timestamptz,
  primary key (program_id, id),
  foreign key (program_id, member_id, wallet_no) references account (program_id, member_id, wallet_no)
);
create index hold_member on hold (program_id, member_id);
select belongs_to_program('hold');

-- One resolution a hold: the key says so.
create table hold_resolution (
  program_id bigint not null,
  hold_id bigint not null,
  -- 1 captured 2 released
  kind smallint not null check (kind in (1, 2)),
  at timestamptz not null,
  transfer_seq int,
  primary key (program_id, hold_id),
  foreign key (program_id, hold_id) references hold (program_id, id),
  check ((kind = 1) = (transfer_seq is not null))
);
select belongs_to_program('hold_resolution');

create table audit_difference (
  program_id bigint not null,
  member_id bigint not null, wallet_no smallint not null,
  found_at timestamptz not null,
  details jsonb not null,
  cleared_at timestamptz,
  primary key (program_id, member_id, wallet_no, found_at),
  foreign key (program_id, member_id) references member (program_id, id)
);
select belongs_to_program('audit_difference');

-- History is added to, never edited: not even by the owner. Rows of test and demo programs may be purged by the owner's command.
create function keep_history() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.test and current_setting('app.purge', true) = 'on' and current_user = (select tableowner from pg_tables where schemaname = 'public' and tablename = tg_table_name) then
    return old;
  end if;
  raise exception 'a % is never changed or deleted', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger transfer_kept before update or delete on transfer for each row execute function keep_history();
create trigger hold_kept before update on hold for each row execute function refuse_change();
create trigger hold_resolution_kept before update on hold_resolution for each row execute function refuse_change();
create trigger transfer_note_kept before update on transfer_note for each row execute function refuse_change();

revoke update, delete on transfer, transfer_note, hold, hold_resolution from :app, :loader;
revoke delete on account, lot, member_ledger, member, audit_difference from :app, :loader;
