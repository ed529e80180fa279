-- Groups an organiser puts members in by hand or through the API: "VIP", "pracownicy". Rules may ask for them.
create table member_group (
  program_id bigint not null,
  member_id bigint not null,
  name text collate "C" not null check (length(name) between 1 and 40),
  since timestamptz not null,
  primary key (program_id, member_id, name),
  foreign key (program_id, member_id) references member (program_id, id)
);
create index member_group_name on member_group (program_id, name, member_id);
select belongs_to_program('member_group');
