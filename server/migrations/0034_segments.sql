-- Segments: members by a condition on what the program knows of them. Who is in one is never stored: it is decided when a document is, and
-- a ruleset carries the condition itself. So versions are history: added, never changed.
create table segment (
  program_id bigint not null references program (id),
  id bigint not null,
  -- rules name the segment by it; the sign parts a name from a version
  name text collate "C" not null check (length(name) between 1 and 60 and name !~ '#'),
  version int not null check (version > 0),
  archived boolean not null default false,
  changed_at timestamptz not null,
  primary key (program_id, id),
  unique (program_id, name)
);
select belongs_to_program('segment');

create table segment_version (
  program_id bigint not null,
  segment_id bigint not null,
  version int not null check (version > 0),
  condition jsonb not null,
  made_at timestamptz not null,
  made_by text not null,
  primary key (program_id, segment_id, version),
  foreign key (program_id, segment_id) references segment (program_id, id)
);
select belongs_to_program('segment_version');
create trigger segment_version_kept before update or delete on segment_version for each row execute function refuse_change();

revoke delete on segment from :app, :loader;
revoke update, delete on segment_version from :app, :loader;
