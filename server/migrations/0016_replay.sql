-- History decided again by other rules: what was asked, how far it is, what came of it.

create table replay (
  program_id bigint not null references program (id),
  id bigint not null,
  state text not null check (state in ('waiting', 'running', 'done', 'cancelled', 'failed')),
  -- period, wallet, cost of points and the changed rules, as they stood when it was asked
  wish jsonb not null,
  made_by text not null,
  made_at timestamptz not null,
  ended_at timestamptz,
  documents_done bigint not null default 0 check (documents_done between 0 and documents_total),
  documents_total bigint not null default 0,
  result jsonb,
  primary key (program_id, id),
  check ((state = 'done') = (result is not null)),
  check ((state in ('done', 'cancelled', 'failed')) = (ended_at is not null))
);
-- one at a time: it reads all of history and keeps one thread busy
create unique index replay_under_way on replay (program_id) where state in ('waiting', 'running');
select belongs_to_program('replay');

-- Members whose points would differ.
create table replay_member (
  program_id bigint not null,
  replay_id bigint not null,
  member_id bigint not null,
  points_now bigint not null,
  points_draft bigint not null,
  primary key (program_id, replay_id, member_id),
  foreign key (program_id, replay_id) references replay (program_id, id),
  foreign key (program_id, member_id) references member (program_id, id)
);
select belongs_to_program('replay_member');
