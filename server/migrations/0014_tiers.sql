-- Levels. Reasons: server/src/modules/tiers/README.md.

-- A program's one ladder: the draft that is worked on, and the versions that were published.
create table tier_ladder (
  program_id bigint not null references program (id),
  revision int not null,
  draft jsonb,
  changed_at timestamptz not null,
  primary key (program_id)
);
select belongs_to_program('tier_ladder');

create table tier_ladder_version (
  program_id bigint not null,
  no int not null check (no > 0),
  -- the local date with whose start it comes into force
  effective_on date not null,
  published_at timestamptz not null,
  published_by text not null,
  definition jsonb not null,
  primary key (program_id, no),
  foreign key (program_id) references tier_ladder (program_id)
);
select belongs_to_program('tier_ladder_version');
create trigger tier_ladder_version_kept before update or delete on tier_ladder_version for each row execute function refuse_change();

-- What a member did by local day, packed: spent, sales, points by wallet, less what was returned. Kept where the program has a ladder.
create table member_activity (
  program_id bigint not null,
  member_id bigint not null,
  days bytea not null,
  primary key (program_id, member_id),
  foreign key (program_id, member_id) references member_ledger (program_id, member_id)
) with (fillfactor = 80);
select belongs_to_program('member_activity');

create table member_tier (
  program_id bigint not null,
  member_id bigint not null,
  -- the version the standing was decided by, and the last sure day of each of its levels, packed
  ladder_no int not null,
  untils bytea not null,
  -- the level held, the higher of measure and grant; null: none
  level text,
  since date not null,
  until date,
  checked_on date not null,
  grant_level text,
  grant_until date,
  -- how many changes the member has seen: the number of the last one
  changes int not null check (changes >= 0),
  primary key (program_id, member_id),
  foreign key (program_id, member_id) references member_ledger (program_id, member_id),
  check (grant_until is null or grant_level is not null)
) with (fillfactor = 80);
select belongs_to_program('member_tier');

create table member_tier_change (
  program_id bigint not null,
  member_id bigint not null,
  no int not null check (no > 0),
  at timestamptz not null,
  reason text not null check (reason in ('started', 'reached', 'returned', 'ended', 'granted', 'revoked')),
  from_level text,
  to_level text,
  ladder_no int not null,
  -- the measure of the period at that moment
  value bigint not null,
  until date,
  actor_kind text not null check (actor_kind in ('staff', 'key', 'member', 'system')),
  actor_id bigint,
  note text,
  primary key (program_id, member_id, no),
  foreign key (program_id, member_id) references member_tier (program_id, member_id)
);
select belongs_to_program('member_tier_change');
create trigger member_tier_change_kept before update or delete on member_tier_change for each row execute function refuse_change();

-- How far a night's look at everybody has come, so that it goes on where it was cut off.
create table tier_run (
  program_id bigint not null references program (id),
  day date not null,
  position bigint not null,
  members bigint not null,
  changed bigint not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (program_id, day)
);
select belongs_to_program('tier_run');

-- Read under the member's lock: is what this member does kept by day. A booking that began before the ladder was there sees it and starts again.
alter table member_ledger add column counted boolean not null default false;

revoke update, delete on tier_ladder_version, member_tier_change from :app, :loader;
revoke delete on tier_ladder, member_activity, member_tier, tier_run from :app, :loader;
