-- Sets of articles that rules name. A ruleset names an exact version, so versions are history: added, never changed.
create table product_set (
  program_id bigint not null references program (id),
  id bigint not null,
  -- rules name the set by it; the sign parts a name from a version
  name text collate "C" not null check (length(name) between 1 and 60 and name !~ '#'),
  version int not null check (version > 0),
  size int not null check (size between 1 and 100000),
  changed_at timestamptz not null,
  primary key (program_id, id),
  unique (program_id, name)
);
select belongs_to_program('product_set');

create table product_set_version (
  program_id bigint not null,
  set_id bigint not null,
  version int not null check (version > 0),
  size int not null check (size between 1 and 100000),
  -- one a line, in order of the alphabet: a hundred thousand are read as one value
  codes text not null,
  made_at timestamptz not null,
  made_by text not null,
  primary key (program_id, set_id, version),
  foreign key (program_id, set_id) references product_set (program_id, id)
);
select belongs_to_program('product_set_version');
create trigger product_set_version_kept before update or delete on product_set_version for each row execute function refuse_change();

revoke delete on product_set from :app, :loader;
revoke update, delete on product_set_version from :app, :loader;
