-- What rules could see of a member until it changed: history is decided again by what was true then.
create table member_past (
  program_id bigint not null,
  member_id bigint not null,
  -- 1 own attributes 2 groups 3 household and company 4 day of the birthday
  fact smallint not null check (fact between 1 and 4),
  -- the instant of the change: until then it was as this row says
  until timestamptz not null,
  value jsonb,
  -- of the birthday, which is personal; null: nobody knew it
  sealed bytea,
  primary key (program_id, member_id, fact, until),
  foreign key (program_id, member_id) references member (program_id, id),
  check (case when fact = 4 then value is null else value is not null and sealed is null end)
);
select belongs_to_program('member_past');
revoke update on member_past from :app, :loader;
