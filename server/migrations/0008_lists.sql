-- Lists go by instant, newest first. None of these tables is written when a sale is booked.
create index member_newest on member (program_id, joined_at desc, id desc);
create index message_newest on message (program_id, at desc, id desc);
create index audit_entry_newest on audit_entry (program_id, at desc, id desc);
-- What has run out is swept by time, over all programs.
create index one_time_code_end on one_time_code (expires_at);
create index attempt_time on attempt (at);
create index session_end on session (expires_at);
