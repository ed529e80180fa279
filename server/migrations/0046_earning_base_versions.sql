-- What earns changes as rules do: a draft, versions that are published for an instant, a second person where the program asks for one.
create table earning_base_version (
  program_id bigint not null references program (id),
  version int not null check (version > 0),
  base jsonb not null,
  published_at timestamptz not null,
  published_by text not null,
  in_force_from timestamptz not null,
  primary key (program_id, version)
);
select belongs_to_program('earning_base_version');
create trigger earning_base_version_kept before update or delete on earning_base_version for each row execute function refuse_change();

-- Who changed it so far had the default first; rulesets keep a copy of everything in between.
insert into earning_base_version (program_id, version, base, published_at, published_by, in_force_from)
  select program_id, 1, '{"kinds": ["goods", "service"], "excludedCategories": [], "excludedBrands": [], "excludedSkus": [], "paidWithPointsEarns": false, "amounts": "gross", "netRounding": "nearest", "discount": "after", "multipliers": "add"}',
    '1990-01-01T00:00:00Z', 'system:', '1990-01-01T00:00:00Z' from earning_base;
insert into earning_base_version (program_id, version, base, published_at, published_by, in_force_from)
  select program_id, 2, base, changed_at, 'system:', changed_at from earning_base;

alter table earning_base add column draft jsonb, add column proposal jsonb, drop column base;

revoke update, delete on earning_base_version from :app, :loader;
