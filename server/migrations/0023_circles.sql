-- People who share a limit: every member is in at most one household and one company.
create table member_circle (
  program_id bigint not null references program (id),
  id bigint not null,
  kind smallint not null check (kind in (1, 2)),
  -- Rules ask for a company by its name; a household is called after people, so its name is sealed with the program's key.
  name text collate "C" check (length(name) between 1 and 80),
  sealed bytea,
  created_at timestamptz not null,
  primary key (program_id, id),
  unique (program_id, id, kind),
  check (case kind when 2 then name is not null and sealed is null else name is null and sealed is not null end)
);
create unique index circle_company_name on member_circle (program_id, name) where kind = 2;
select belongs_to_program('member_circle');

create table circle_member (
  program_id bigint not null,
  member_id bigint not null,
  kind smallint not null,
  circle_id bigint not null,
  since timestamptz not null,
  primary key (program_id, member_id, kind),
  foreign key (program_id, member_id) references member (program_id, id),
  foreign key (program_id, circle_id, kind) references member_circle (program_id, id, kind)
);
create index circle_member_circle on circle_member (program_id, circle_id, member_id);
select belongs_to_program('circle_member');

-- What a rule gave to a circle in a day ("2026-11-22"), a month ("m2026-11") or ever ("e"), for rules that are capped so.
create table circle_use (
  program_id bigint not null,
  circle_id bigint not null,
  bucket text collate "C" not null,
  rule_id bigint not null,
  used bigint not null check (used >= 0),
  primary key (program_id, circle_id, bucket, rule_id),
  foreign key (program_id, circle_id) references member_circle (program_id, id),
  foreign key (program_id, rule_id) references earning_rule (program_id, id)
);
select belongs_to_program('circle_use');
