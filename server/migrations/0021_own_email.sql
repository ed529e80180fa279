-- A member's new e-mail address is proved by a code of its own kind: it opens no session.
alter table one_time_code drop constraint one_time_code_purpose_check;
alter table one_time_code add constraint one_time_code_purpose_check check (purpose in ('staff_link', 'staff_code', 'member_code', 'member_join', 'member_email'));
