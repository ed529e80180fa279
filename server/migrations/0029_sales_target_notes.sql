-- A note that is left again while its member is counted must outlive that count: it is deleted only if it is still as it was read.
alter table sales_target_note add column times bigint not null default 1;
