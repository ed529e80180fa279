-- What a repair adds to what the documents of a day earned, or takes from it: days of levels and thresholds of points count it
-- from `stood_at` until `lifted_at`, like the documents themselves.
create table repaired_earning (
  program_id bigint not null,
  member_id bigint not null,
  repair_id bigint not null,
  wallet_no smallint not null,
  day date not null,
  points bigint not null check (points <> 0),
  -- counted, and not booked yet: null
  stood_at timestamptz,
  lifted_at timestamptz,
  primary key (program_id, member_id, repair_id, wallet_no, day),
  foreign key (program_id, member_id) references member (program_id, id),
  foreign key (program_id, repair_id) references repair (program_id, id),
  check (lifted_at is null or stood_at is not null)
);
create index repaired_earning_repair on repaired_earning (program_id, repair_id, member_id);
select belongs_to_program('repaired_earning');
revoke delete on repaired_earning from :app, :loader;

-- What becomes of a member's level (goal_id null) or threshold by a repair, as counted before it is booked.
create table repair_effect (
  program_id bigint not null,
  repair_id bigint not null,
  no int not null,
  member_id bigint not null,
  goal_id bigint,
  -- the figure that is measured, before and after
  value_from bigint not null,
  value_to bigint not null,
  -- codes of levels; null: none
  level_from text,
  level_to text,
  -- rewards of the threshold
  given int not null default 0 check (given >= 0),
  taken int not null default 0 check (taken >= 0),
  kept int not null default 0 check (kept >= 0),
  primary key (program_id, repair_id, no),
  foreign key (program_id, repair_id) references repair (program_id, id),
  foreign key (program_id, member_id) references member (program_id, id),
  check (goal_id is null or (level_from is null and level_to is null))
);
select belongs_to_program('repair_effect');
revoke update, delete on repair_effect from :app, :loader;

alter table goal_grant add column by_repair boolean not null default false;
comment on column goal_grant.by_repair is 'only points of a repair reached it: undoing the repair takes it back, whatever the goal says of returns';

alter table member_tier_change drop constraint member_tier_change_reason_check;
alter table member_tier_change add constraint member_tier_change_reason_check check (reason in ('started', 'reached', 'returned', 'ended', 'granted', 'revoked', 'repaired'));

-- The owner sees no row of any program.
reset role;

-- What was counted before did not count what becomes of levels and thresholds: it is counted again before it is booked.
update repair set state = 'cancelled', counted_at = null, result = null where state = 'ready';
