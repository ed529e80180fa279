-- An event is a document without lines: kind 4. Its type stands in the body, its fields are the document's attributes.
alter table transaction drop constraint transaction_kind_check, add constraint transaction_kind_check check (kind between 1 and 4);
comment on column transaction.kind is '1 sale, 2 return, 3 correction, 4 event';

-- The program's own types of events; built-in ones stand in the engine. A type is retired, never deleted: documents name it for ever.
create table event_type (
  program_id bigint not null references program (id),
  code text collate "C" not null,
  name text not null,
  -- what points are given for: "za udział w webinarze"
  reason text not null,
  fields jsonb not null,
  revision int not null,
  retired_at timestamptz,
  changed_at timestamptz not null,
  primary key (program_id, code)
);
select belongs_to_program('event_type');
revoke delete on event_type from :app, :loader;
