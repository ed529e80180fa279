-- Goes up whenever the program changes what it calls something that rules know by a code: whoever keeps such names in memory looks again.
alter table program add column names_no int not null default 1;
