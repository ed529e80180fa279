-- Codes in packages. Of a code only a keyed hash is kept: whoever reads the database cannot redeem one.
create table code_batch (
  program_id bigint not null references program (id),
  id bigint not null,
  -- what rules ask for: the field `batch` of the event
  label text collate "C" not null,
  name text not null,
  issued int not null check (issued > 0),
  valid_from date,
  valid_until date,
  stopped_at timestamptz,
  created_at timestamptz not null,
  primary key (program_id, id),
  check (valid_from is null or valid_until is null or valid_from <= valid_until)
);
select belongs_to_program('code_batch');

create table package_code (
  program_id bigint not null,
  hash bytea not null,
  batch_id bigint not null,
  -- the event that used the code up
  transaction_id bigint,
  used_at timestamptz,
  primary key (program_id, hash),
  foreign key (program_id, batch_id) references code_batch (program_id, id),
  check ((transaction_id is null) = (used_at is null))
);
-- How many of a batch are used; only used ones stand in it.
create index package_code_used on package_code (program_id, batch_id) where used_at is not null;
select belongs_to_program('package_code');

revoke delete on code_batch, package_code from :app, :loader;
