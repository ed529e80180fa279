-- What reports may read of other rooms, and figures of closed days, so that a chart of a year costs a year of rows and not a year of sales.

create schema reporting;
grant usage on schema reporting to :app, :loader;

create view reporting.sale with (security_invoker = true) as
  select program_id, occurred_at, total_minor from transaction where kind = 1 and state in (1, 2);
create view reporting.movement with (security_invoker = true) as
  select program_id, wallet_no, booked_at, kind, points from transfer;
create view reporting.joining with (security_invoker = true) as
  select program_id, joined_at from member;
create view reporting.balance with (security_invoker = true) as
  select program_id, wallet_no, available, pending, held from account;
create view reporting.membership with (security_invoker = true) as
  select program_id, state from member_ledger;
create view reporting.waiting_order with (security_invoker = true) as
  select program_id, id from reward_order where state = 'placed';
-- grows with every load of history: closed days change then
create view reporting.loaded_history with (security_invoker = true) as
  select program_id, coalesce(sum(booked), 0) || '/' || count(*) filter (where state = 'undone') as mark from import_batch group by program_id;
grant select on all tables in schema reporting to :app, :loader;

-- Rows arrive nearly in the order of time, so a few bytes a block find a day; a B-tree would cost every sale.
create index transaction_days on transaction using brin (occurred_at) with (pages_per_range = 32, autosummarize = on);
create index transfer_days on transfer using brin (booked_at) with (pages_per_range = 32, autosummarize = on);
create index reward_order_newest on reward_order (program_id, placed_at, id);
create index reward_order_waiting on reward_order (program_id, id) where state = 'placed';

create table report_day (
  program_id bigint not null references program (id),
  -- a local date of the program
  day date not null,
  -- which loads of history it has seen
  mark text not null,
  sales int not null, sales_minor bigint not null, points_earned bigint not null, points_spent bigint not null, new_members int not null,
  primary key (program_id, day)
);
select belongs_to_program('report_day');
