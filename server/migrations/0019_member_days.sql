-- Days of a member that come back every year (birthday, name day, joining), as keyed hashes: found without opening anybody's profile.
create table member_day (
  program_id bigint not null,
  token bytea not null,
  member_id bigint not null,
  primary key (program_id, token, member_id),
  foreign key (program_id, member_id) references member (program_id, id)
);
create index member_day_member on member_day (program_id, member_id);
select belongs_to_program('member_day');

-- The daily look for such days, in programs that are there already; new ones schedule it when they are set up.
select use_platform();
insert into due (program_id, kind, ref, due_at)
  select id, 'events.day', (coalesce(test_now, now()) at time zone time_zone)::date - date '1970-01-01' + 1, (((coalesce(test_now, now()) at time zone time_zone)::date + 1) + interval '6 hours') at time zone time_zone
  from program on conflict do nothing;
