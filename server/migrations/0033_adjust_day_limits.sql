-- The most that one person of a role changes by hand in a day, in all: {"consultant": 500}; a role that is not there has no limit.
alter table program add column adjust_day_limits jsonb not null default '{}';
-- what somebody did since an instant
create index audit_entry_actor on audit_entry (program_id, actor_kind, actor_id, at);
