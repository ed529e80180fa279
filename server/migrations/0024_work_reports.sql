-- May members (or staff for them) report this kind of event with pictures, for approval.
alter table event_type add column reported boolean not null default false;

-- Reports of completed works. What was typed is sealed: it may name people and places.
create table work_report (
  program_id bigint not null,
  id bigint not null,
  member_id bigint not null,
  type text collate "C" not null,
  -- 1 waiting, 2 approved, 3 rejected
  state smallint not null check (state between 1 and 3),
  sealed bytea not null,
  pictures smallint not null check (pictures between 0 and 5),
  sent_at timestamptz not null,
  sent_by text not null,
  decided_at timestamptz,
  decided_by text,
  -- why it was rejected, as the member reads it
  reason text,
  -- the event that approval booked, in the same commit
  transaction_id bigint,
  primary key (program_id, id),
  foreign key (program_id, member_id) references member (program_id, id),
  check ((state = 1) = (decided_at is null) and (decided_at is null) = (decided_by is null)),
  check ((state = 2) = (transaction_id is not null)),
  check ((state = 3) = (reason is not null))
);
create index work_report_queue on work_report (program_id, state, sent_at, id);
create index work_report_member on work_report (program_id, member_id, sent_at, id);
select belongs_to_program('work_report');

create table work_report_picture (
  program_id bigint not null,
  report_id bigint not null,
  no smallint not null check (no between 1 and 5),
  -- 1 JPEG, 2 PNG, 3 WebP
  type smallint not null check (type between 1 and 3),
  sealed bytea not null,
  primary key (program_id, report_id, no),
  foreign key (program_id, report_id) references work_report (program_id, id)
);
select belongs_to_program('work_report_picture');

revoke delete on work_report, work_report_picture from :app, :loader;
