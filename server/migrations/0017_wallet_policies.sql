-- What a wallet is and its policies. A change counts for later documents: booked lots keep the dates they were given.
alter table wallet
  add kind text not null default 'points' check (kind in ('points', 'status', 'cashback', 'stamps')),
  -- what lets new points be used before their days are over; 'days': nothing
  add pending_until text not null default 'days' check (pending_until in ('days', 'delivered', 'paid')),
  -- what a return takes when its own points are gone: others and then a debt, a debt at once, only what is there
  add debt_policy text not null default 'allow' check (debt_policy in ('allow', 'nextEarnings', 'refuse')),
  -- limits of moving points to another member; null: members may not
  add transfers jsonb,
  -- days before points end on which their member is told
  add notice_days jsonb not null default '[]',
  add revision int not null default 1,
  add check (pending_until = 'days' or pending_days > 0),
  add check (debt_policy <> 'refuse' or debt_limit = 0);

-- What happened to a sale after it was booked, each once: the points that waited for it are usable from then on.
create table sale_milestone (
  program_id bigint not null,
  transaction_id bigint not null,
  fact text not null check (fact in ('delivered', 'paid')),
  at timestamptz not null,
  primary key (program_id, transaction_id, fact),
  foreign key (program_id, transaction_id) references transaction (program_id, id)
);
select belongs_to_program('sale_milestone');
revoke update, delete on sale_milestone from :app, :loader;

-- Points that one member gave to another. The ledger's transfers of both sides carry its id as their origin.
create table member_transfer (
  program_id bigint not null,
  id bigint not null,
  wallet_no smallint not null,
  from_member_id bigint not null,
  to_member_id bigint not null check (to_member_id <> from_member_id),
  points bigint not null check (points > 0),
  at timestamptz not null,
  -- local date of the sender's daily limit
  day date not null,
  -- positions of its transfers: the sender's and the receiver's in turn, a pair for each date on which the points end
  pairs jsonb not null,
  reversed_at timestamptz,
  primary key (program_id, id),
  foreign key (program_id, from_member_id) references member (program_id, id),
  foreign key (program_id, to_member_id) references member (program_id, id)
);
create index member_transfer_sender on member_transfer (program_id, from_member_id, wallet_no, day);
select belongs_to_program('member_transfer');
revoke update, delete on member_transfer from :app, :loader;
grant update (reversed_at) on member_transfer to :app, :loader;

-- 7: moved between members
alter table transfer drop constraint transfer_origin_kind_check, add constraint transfer_origin_kind_check check (origin_kind between 1 and 7) not valid;

-- A member is told of points that end on a date once for each of the wallet's days before it.
create table expiry_notice (
  program_id bigint not null,
  member_id bigint not null,
  wallet_no smallint not null,
  expires_on date not null,
  days smallint not null check (days between 1 and 365),
  points bigint not null check (points > 0),
  at timestamptz not null,
  primary key (program_id, member_id, wallet_no, expires_on, days),
  foreign key (program_id, member_id) references member (program_id, id)
);
select belongs_to_program('expiry_notice');
revoke update, delete on expiry_notice from :app, :loader;

-- How rules and wallets change: by two people or by one, and with how many days' notice when members could lose by it.
alter table program
  add second_person boolean not null default false,
  add notice_days smallint not null default 14 check (notice_days between 0 and 365);
-- A change that waits for another person; it ends with the next change of the row.
alter table earning_rule add proposal jsonb;
alter table wallet add proposal jsonb;
