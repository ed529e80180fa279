create table earning_rule (
  program_id bigint not null references program (id),
  id bigint not null,
  state text not null check (state in ('draft', 'active', 'paused', 'ended')),
  revision int not null,
  draft jsonb,
  version int not null default 0,
  changed_at timestamptz not null,
  primary key (program_id, id)
);
select belongs_to_program('earning_rule');

create table earning_rule_version (
  program_id bigint not null,
  rule_id bigint not null,
  version int not null,
  definition jsonb not null,
  published_at timestamptz not null,
  published_by text not null,
  in_force_from timestamptz not null,
  primary key (program_id, rule_id, version),
  foreign key (program_id, rule_id) references earning_rule (program_id, id)
);
select belongs_to_program('earning_rule_version');
create trigger earning_rule_version_kept before update or delete on earning_rule_version for each row execute function refuse_change();

-- A numbered set of rule versions. A document is decided once, by the newest one published before it was booked and in force when it occurred.
create table ruleset (
  program_id bigint not null references program (id),
  no int not null check (no > 0),
  published_at timestamptz not null,
  in_force_from timestamptz not null,
  content jsonb not null,
  primary key (program_id, no)
);
select belongs_to_program('ruleset');
create trigger ruleset_kept before update or delete on ruleset for each row execute function refuse_change();

create table rule_budget (
  program_id bigint not null,
  rule_id bigint not null,
  used bigint not null default 0 check (used >= 0),
  primary key (program_id, rule_id),
  foreign key (program_id, rule_id) references earning_rule (program_id, id)
);
select belongs_to_program('rule_budget');

revoke update, delete on earning_rule_version, ruleset from :app, :loader;
