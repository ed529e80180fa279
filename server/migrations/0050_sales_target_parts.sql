-- Each member's part of a running target as it was last counted: a document changes its own member's part alone, and nobody adds up the
-- documents of thousands again. Every night all are counted anew.
create table sales_target_part (
  program_id bigint not null,
  target_id bigint not null,
  period int not null,
  member_id bigint not null,
  value bigint not null,
  -- versions of the sets of articles by which it was counted: by others it has to be counted again
  sets text collate "C" not null,
  primary key (program_id, target_id, period, member_id),
  foreign key (program_id, target_id) references sales_target (program_id, id),
  foreign key (program_id, member_id) references member (program_id, id)
) with (fillfactor = 80);
select belongs_to_program('sales_target_part');
