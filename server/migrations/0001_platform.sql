-- What stands above programs, and the two functions that open a transaction for a program or for the platform.
-- Tables named in server/src/platform/platform-tables.ts carry the platform policy; every other table belongs to a program.

create sequence id_block increment by 1 minvalue 1;
comment on sequence id_block is 'Each value is a block of ids that one process hands out by itself.';

create function use_program(program bigint) returns void language plpgsql as $$
begin
  execute format('set local app.program = %L', program);
end $$;

create function use_platform() returns void language plpgsql as $$
begin
  execute 'set local app.platform = ''on''';
end $$;

create function current_program() returns bigint language sql stable parallel safe as
  $$ select nullif(current_setting('app.program', true), '')::bigint $$;

create function on_platform() returns boolean language sql stable parallel safe as
  $$ select coalesce(current_setting('app.platform', true), '') = 'on' $$;

-- Forces row level security with the program's own policy. Called by every migration for every table of a program.
create function belongs_to_program(table_name regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', table_name);
  execute format('alter table %s force row level security', table_name);
  execute format('create policy own_program on %s using (program_id = nullif(current_setting(''app.program'', true), '''')::bigint) with check (program_id = nullif(current_setting(''app.program'', true), '''')::bigint)', table_name);
end $$;

create function belongs_to_platform(table_name regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', table_name);
  execute format('alter table %s force row level security', table_name);
  execute format('create policy platform on %s using (on_platform()) with check (on_platform())', table_name);
end $$;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are added to, never changed', tg_table_name using errcode = 'restrict_violation';
end $$;

create table installation (
  id smallint primary key check (id = 1),
  -- permutes public ids, so that they do not tell volumes; not a secret that protects anything
  id_key bytea not null check (octet_length(id_key) = 16),
  created_at timestamptz not null
);

create table organisation (
  id bigint primary key, name text not null, created_at timestamptz not null
);

create table program (
  id bigint primary key,
  organisation_id bigint not null references organisation (id),
  code text collate "C" not null unique,
  name text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  time_zone text not null,
  test boolean not null,
  demo boolean not null,
  hidden boolean not null default false,
  brand_color text not null,
  terms_version int not null default 1,
  terms_text text not null,
  -- the clock of a test program; null: the database's clock
  test_now timestamptz check (test or test_now is null),
  -- the newest published ruleset: read in every booking transaction, so two processes never decide by different rules
  ruleset_no int not null default 0,
  -- the data key of the program's personal data, wrapped by the installation's master key
  data_key bytea not null,
  starts_at timestamptz not null,
  created_at timestamptz not null
);

create table staff (
  id bigint primary key,
  email_index bytea not null unique,
  sealed bytea not null,
  created_at timestamptz not null
);

create table staff_role (
  program_id bigint not null references program (id),
  staff_id bigint not null references staff (id),
  role text not null check (role in ('owner', 'manager', 'consultant', 'cashier')),
  adjust_limit bigint check (adjust_limit >= 0),
  active boolean not null default true,
  last_seen_at timestamptz,
  created_at timestamptz not null,
  primary key (program_id, staff_id)
);
create index staff_role_staff on staff_role (staff_id);

create table api_key (
  program_id bigint not null references program (id),
  id bigint not null,
  name text not null, hint text not null,
  secret_hash bytea not null,
  scopes text[] not null,
  created_at timestamptz not null, revoked_at timestamptz, last_used_at timestamptz,
  primary key (program_id, id)
);
create unique index api_key_secret on api_key (secret_hash);

create table session (
  token_hash bytea primary key,
  staff_id bigint references staff (id),
  program_id bigint references program (id),
  member_id bigint,
  created_at timestamptz not null, seen_at timestamptz not null, expires_at timestamptz not null,
  check ((staff_id is not null and member_id is null) or (staff_id is null and program_id is not null and member_id is not null))
);
create index session_staff on session (staff_id) where staff_id is not null;
create index session_member on session (program_id, member_id) where member_id is not null;

create table one_time_code (
  id bigint primary key,
  purpose text not null check (purpose in ('staff_link', 'staff_code', 'member_code', 'member_join')),
  program_id bigint references program (id),
  -- whom it is for, by blind index: the address itself is not here
  subject bytea not null,
  secret_hash bytea not null,
  sealed bytea,
  tries_left smallint not null check (tries_left >= 0),
  created_at timestamptz not null, expires_at timestamptz not null, used_at timestamptz
);
create index one_time_code_subject on one_time_code (subject, created_at);

create table attempt (
  subject bytea not null, at timestamptz not null, kind text not null
);
create index attempt_subject on attempt (subject, at);

-- Work that falls due: pulled by workers with the program's own now.
create table due (
  program_id bigint not null references program (id),
  kind text not null,
  ref bigint not null,
  due_at timestamptz not null,
  tries smallint not null default 0,
  last_error text,
  primary key (program_id, kind, ref)
);
create index due_soonest on due (due_at);

select belongs_to_platform(t::regclass) from unnest(array['organisation', 'staff', 'staff_role', 'api_key', 'session', 'one_time_code', 'attempt', 'due', 'installation']) t;

-- A booking transaction reads its own program's row without being on the platform.
alter table program enable row level security;
alter table program force row level security;
create policy platform_or_own on program using (on_platform() or id = nullif(current_setting('app.program', true), '')::bigint) with check (on_platform() or id = nullif(current_setting('app.program', true), '')::bigint);
-- Work that a program's own transaction schedules for itself.
create policy own_program on due using (program_id = nullif(current_setting('app.program', true), '')::bigint) with check (program_id = nullif(current_setting('app.program', true), '')::bigint);

create table audit_entry (
  program_id bigint not null references program (id),
  id bigint not null,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('staff', 'key', 'member', 'system')),
  actor_id bigint,
  action text not null,
  subject text,
  details jsonb not null,
  primary key (program_id, id)
);
select belongs_to_program('audit_entry');
create trigger audit_entry_kept before update or delete on audit_entry for each row execute function refuse_change();

create table idempotency_key (
  program_id bigint not null references program (id),
  -- who asked for what: a key of one caller or path never answers another
  scope bytea not null,
  key text collate "C" not null,
  body_hash bytea not null,
  -- sealed: an answer may carry personal data
  answer bytea,
  at timestamptz not null,
  primary key (program_id, scope, key)
);
select belongs_to_program('idempotency_key');

create table outbox (
  program_id bigint not null references program (id),
  id bigint not null,
  type text not null,
  ref text not null,
  body jsonb not null,
  at timestamptz not null,
  primary key (program_id, id)
);
select belongs_to_program('outbox');

create table message (
  program_id bigint not null references program (id),
  id bigint not null,
  channel text not null check (channel in ('email')),
  member_id bigint,
  -- address, subject and text: sealed with the program's data key
  sealed bytea not null,
  state text not null check (state in ('queued', 'sent', 'kept', 'failed', 'uncertain')),
  tries smallint not null default 0,
  last_error text,
  at timestamptz not null, sent_at timestamptz,
  primary key (program_id, id)
);
select belongs_to_program('message');

grant usage on sequence id_block to :app, :loader;
revoke update, delete on audit_entry from :app, :loader;
revoke update, delete on outbox from :app;
