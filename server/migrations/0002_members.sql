create table wallet (
  program_id bigint not null references program (id),
  no smallint not null check (no > 0),
  code text collate "C" not null,
  name text not null,
  forms jsonb not null,
  expiry jsonb not null,
  pending_days int not null check (pending_days between 0 and 365),
  debt_limit bigint not null check (debt_limit >= 0),
  primary key (program_id, no),
  unique (program_id, code)
);
select belongs_to_program('wallet');

create table member (
  program_id bigint not null references program (id),
  id bigint not null,
  number text collate "C" not null,
  kind smallint not null check (kind in (1, 2)),
  language text not null check (language in ('pl', 'en')),
  joined_at timestamptz not null,
  terms_version int,
  attributes jsonb not null,
  -- first name, last name, phone, e-mail, birth date: sealed with the program's data key, bound to this row
  sealed bytea,
  closed_at timestamptz,
  primary key (program_id, id),
  unique (program_id, number)
);
select belongs_to_program('member');

-- How a member is found. Phone and e-mail stand here as a keyed hash only.
create table member_identifier (
  program_id bigint not null,
  kind smallint not null check (kind between 1 and 5),
  key text collate "C" not null,
  member_id bigint not null,
  active boolean not null,
  since timestamptz not null,
  primary key (program_id, kind, key),
  foreign key (program_id, member_id) references member (program_id, id)
);
create index member_identifier_member on member_identifier (program_id, member_id);
select belongs_to_program('member_identifier');

-- Keyed hashes of the beginnings of names, for the search box.
create table member_name_index (
  program_id bigint not null,
  token bytea not null,
  member_id bigint not null,
  primary key (program_id, token, member_id),
  foreign key (program_id, member_id) references member (program_id, id)
);
create index member_name_index_member on member_name_index (program_id, member_id);
select belongs_to_program('member_name_index');

create table terms_acceptance (
  program_id bigint not null,
  member_id bigint not null,
  version int not null,
  at timestamptz not null,
  channel text not null,
  text_hash bytea not null,
  primary key (program_id, member_id, version),
  foreign key (program_id, member_id) references member (program_id, id)
);
select belongs_to_program('terms_acceptance');
