-- Goals: thresholds and challenges, what they gave, badges, leaderboards. Reasons: server/src/modules/goals/README.md.

-- Somebody follows the documents of this program: each booking then leaves the members it touched in `touched_member`.
alter table program add column followed boolean not null default false;

-- Members whose documents changed since whoever follows them looked. Deleted under the member's lock, so nothing falls between.
create table touched_member (
  program_id bigint not null,
  member_id bigint not null,
  primary key (program_id, member_id),
  foreign key (program_id, member_id) references member (program_id, id)
);
select belongs_to_program('touched_member');

create table badge (
  program_id bigint not null references program (id),
  id bigint not null,
  name text not null,
  description text,
  shape text not null, icon text not null, color text not null,
  revision int not null,
  created_at timestamptz not null,
  primary key (program_id, id)
);
select belongs_to_program('badge');

create table goal (
  program_id bigint not null references program (id),
  id bigint not null,
  kind text not null check (kind in ('threshold', 'challenge')),
  state text not null check (state in ('draft', 'active', 'ended')),
  revision int not null,
  draft jsonb,
  version int not null default 0,
  changed_at timestamptz not null,
  primary key (program_id, id),
  check (state = 'draft' or version > 0)
);
select belongs_to_program('goal');

create table goal_version (
  program_id bigint not null,
  goal_id bigint not null,
  version int not null check (version > 0),
  definition jsonb not null,
  published_at timestamptz not null,
  published_by text not null,
  primary key (program_id, goal_id, version),
  foreign key (program_id, goal_id) references goal (program_id, id)
);
select belongs_to_program('goal_version');
create trigger goal_version_kept before update or delete on goal_version for each row execute function refuse_change();

-- How far members are: for charts and leaderboards. What one member sees is counted anew from the documents.
create table goal_progress (
  program_id bigint not null,
  goal_id bigint not null,
  -- 0, or the day number on which the week or month of a repeating challenge begins
  period int not null,
  member_id bigint not null,
  value bigint not null,
  reached boolean not null,
  primary key (program_id, goal_id, period, member_id),
  foreign key (program_id, goal_id) references goal (program_id, id),
  foreign key (program_id, member_id) references member (program_id, id)
) with (fillfactor = 80);
create index goal_progress_member on goal_progress (program_id, member_id);
select belongs_to_program('goal_progress');

-- What a goal gave. A round (a threshold's step, a challenge's period) is given to a member once: the unique key says so.
create table goal_grant (
  program_id bigint not null,
  id bigint not null,
  goal_id bigint not null,
  member_id bigint not null,
  round int not null,
  version int not null,
  -- false: taken back by a return
  standing boolean not null,
  wallet_no smallint,
  points bigint check (points > 0),
  badge_id bigint,
  coupon text collate "C",
  coupon_title text,
  coupon_used_at timestamptz,
  -- points of this grant that had expired and so counted as taken
  expired_counted bigint not null default 0 check (expired_counted >= 0),
  granted_at timestamptz not null,
  taken_at timestamptz,
  primary key (program_id, id),
  unique (program_id, goal_id, member_id, round),
  unique (program_id, coupon),
  foreign key (program_id, goal_id, version) references goal_version (program_id, goal_id, version),
  foreign key (program_id, member_id) references member (program_id, id),
  foreign key (program_id, wallet_no) references wallet (program_id, no),
  foreign key (program_id, badge_id) references badge (program_id, id),
  check ((wallet_no is null) = (points is null)),
  check ((coupon is null) = (coupon_title is null)),
  check (standing = (taken_at is null))
);
create index goal_grant_member on goal_grant (program_id, member_id);
select belongs_to_program('goal_grant');

create table leaderboard (
  program_id bigint not null references program (id),
  id bigint not null,
  name text not null,
  measure jsonb not null,
  period text not null check (period in ('week', 'month', 'all')),
  state text not null check (state in ('shown', 'hidden')),
  revision int not null,
  created_at timestamptz not null,
  primary key (program_id, id)
);
select belongs_to_program('leaderboard');

-- Who agreed to stand on leaderboards, under which name. Sealed: a nickname may name somebody. The hash keeps two from looking alike.
create table leaderboard_name (
  program_id bigint not null,
  member_id bigint not null,
  name_index bytea not null check (octet_length(name_index) = 16),
  sealed bytea not null,
  since timestamptz not null,
  primary key (program_id, member_id),
  unique (program_id, name_index),
  foreign key (program_id, member_id) references member (program_id, id)
);
select belongs_to_program('leaderboard_name');

revoke update, delete on goal_version from :app, :loader;
revoke delete on goal, goal_grant, badge, leaderboard from :app, :loader;
