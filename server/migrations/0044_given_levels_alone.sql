-- What was given by hand stands in the list of given levels.
alter table member_tier drop column grant_level, drop column grant_until;
