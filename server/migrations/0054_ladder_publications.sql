-- A publication of the ladder that waits for another person, as those of rules and of what earns do.
alter table tier_ladder add column proposal jsonb;
