-- Nobody asks for these by value. Sorting thirty thousand of each took half of the time that autovacuum needs for the statistics of a hot table,
-- every few minutes beside the tills.
alter table transaction alter content_hash set statistics 0, alter body set statistics 0, alter decision set statistics 0, alter frozen set statistics 0;
alter table transfer alter draws set statistics 0, alter hash set statistics 0;
alter table account alter head set statistics 0, alter soonest set statistics 0;
alter table member_ledger alter caps set statistics 0;
