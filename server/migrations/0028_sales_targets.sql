-- Sales targets: sums to be reached in a period, by members, companies or groups. Reasons: server/src/modules/targets/README.md.

create table sales_target (
  program_id bigint not null references program (id),
  id bigint not null,
  -- by which rules name it; it stands in booked events, so it never changes once the target is started
  code text collate "C" not null check (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  state text not null check (state in ('draft', 'active', 'ended')),
  revision int not null,
  definition jsonb not null,
  started_at timestamptz,
  changed_at timestamptz not null,
  primary key (program_id, id),
  constraint sales_target_code unique (program_id, code),
  check ((state = 'draft') = (started_at is null))
);
select belongs_to_program('sales_target');

-- Amounts of single members, companies and groups: a row says who, the other two columns are null.
create table sales_target_amount (
  program_id bigint not null,
  target_id bigint not null,
  participant text collate "C" not null,
  member_id bigint,
  circle_id bigint,
  group_name text collate "C" check (length(group_name) between 1 and 40),
  amount bigint not null check (amount > 0),
  primary key (program_id, target_id, participant),
  foreign key (program_id, target_id) references sales_target (program_id, id),
  foreign key (program_id, member_id) references member (program_id, id),
  foreign key (program_id, circle_id) references member_circle (program_id, id) on delete cascade,
  check (num_nonnulls(member_id, circle_id, group_name) = 1),
  check (participant = coalesce('m' || member_id::text, 'c' || circle_id::text, 'g' || group_name))
);
create index sales_target_amount_member on sales_target_amount (program_id, member_id) where member_id is not null;
create index sales_target_amount_circle on sales_target_amount (program_id, circle_id) where circle_id is not null;
select belongs_to_program('sales_target_amount');

-- How far everybody is: for the pages of the organiser. What one member sees is counted anew from the documents.
create table sales_target_progress (
  program_id bigint not null,
  target_id bigint not null,
  -- 0, or the day number on which the month, quarter or year begins
  period int not null,
  participant text collate "C" not null,
  value bigint not null,
  primary key (program_id, target_id, period, participant),
  foreign key (program_id, target_id) references sales_target (program_id, id)
) with (fillfactor = 80);
select belongs_to_program('sales_target_progress');

-- Who has the event of a participant in a period. The key says: once. `transaction_id`: the event of this round while it is booked; standing
-- without it, the event is still to be booked; not standing with it, it is still to be undone.
create table sales_target_reached (
  program_id bigint not null,
  target_id bigint not null,
  period int not null,
  participant text collate "C" not null,
  member_id bigint not null,
  -- how many times it was reached: a part of the event's key
  round int not null check (round > 0),
  standing boolean not null,
  -- as they were when it was reached: what the event tells, to the letter, however often its booking is tried
  amount bigint not null check (amount > 0),
  value bigint not null,
  own_value bigint not null,
  reached_at timestamptz not null,
  transaction_id bigint,
  primary key (program_id, target_id, period, participant, member_id),
  foreign key (program_id, target_id) references sales_target (program_id, id),
  foreign key (program_id, member_id) references member (program_id, id)
) with (fillfactor = 80);
create index sales_target_reached_member on sales_target_reached (program_id, member_id);
create index sales_target_reached_owed on sales_target_reached (program_id, target_id) where standing = (transaction_id is null);
select belongs_to_program('sales_target_reached');

-- Periods that are over for good: nothing that happens now changes what they gave.
create table sales_target_settled (
  program_id bigint not null,
  target_id bigint not null,
  period int not null,
  settled_at timestamptz not null,
  primary key (program_id, target_id, period),
  foreign key (program_id, target_id) references sales_target (program_id, id)
);
select belongs_to_program('sales_target_settled');

-- Members whose documents changed since targets were counted. A note is deleted in the transaction that counts.
create table sales_target_note (
  program_id bigint not null,
  member_id bigint not null,
  primary key (program_id, member_id),
  foreign key (program_id, member_id) references member (program_id, id)
);
select belongs_to_program('sales_target_note');

revoke delete on sales_target, sales_target_reached, sales_target_settled from :app, :loader;
