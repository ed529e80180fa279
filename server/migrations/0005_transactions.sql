create table transaction (
  program_id bigint not null,
  id bigint not null,
  source text collate "C" not null,
  external_id text collate "C" not null,
  -- 1 sale 2 return 3 correction
  kind smallint not null check (kind between 1 and 3),
  -- 1 booked 2 unclaimed 3 parked 4 voided 5 awaited (a place kept for a sale whose return came first)
  state smallint not null check (state between 1 and 5),
  member_id bigint,
  occurred_at timestamptz not null,
  booked_at timestamptz not null,
  total_minor bigint not null check (total_minor >= 0),
  content_hash bytea not null,
  -- the document as it came, packed
  body bytea not null,
  -- why: the trace and the awards of the decision
  decision bytea,
  -- what a return needs besides the document
  frozen bytea,
  ruleset_no int,
  batch_no int,
  test boolean not null,
  primary key (program_id, id),
  unique (program_id, source, external_id)
) with (fillfactor = 95);
create index transaction_member on transaction (program_id, member_id, id);
select belongs_to_program('transaction');
create trigger transaction_kept before delete on transaction for each row execute function keep_history();

-- What a return took from a sale; a parked one waits with applied = false.
create table sale_return (
  program_id bigint not null,
  sale_id bigint not null,
  return_id bigint not null,
  applied boolean not null,
  -- lines taken: line id, quantity in thousandths, amount; lines beyond what was bought; points by wallet; points given back
  details jsonb not null,
  primary key (program_id, sale_id, return_id),
  foreign key (program_id, sale_id) references transaction (program_id, id),
  foreign key (program_id, return_id) references transaction (program_id, id)
);
create index sale_return_return on sale_return (program_id, return_id);
select belongs_to_program('sale_return');

create table import_batch (
  program_id bigint not null references program (id),
  no int not null,
  file_hash bytea not null,
  mapping text not null,
  state text not null check (state in ('running', 'done', 'undone')),
  rows_read bigint not null default 0,
  booked bigint not null default 0,
  refused bigint not null default 0,
  position bigint not null default 0,
  figures jsonb not null,
  started_at timestamptz not null, ended_at timestamptz,
  primary key (program_id, no)
);
select belongs_to_program('import_batch');

revoke delete on transaction, sale_return, import_batch from :app, :loader;
revoke update on transaction from :app, :loader;
grant update (kind, state, member_id, occurred_at, booked_at, total_minor, content_hash, body, decision, frozen, ruleset_no, batch_no) on transaction to :app, :loader;
