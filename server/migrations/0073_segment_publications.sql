-- Segments change as rules do: a draft, versions in force from an instant, a second person where the program asks for one.
alter table segment add column revision int not null default 1 check (revision > 0), add column draft jsonb, add column proposal jsonb;
-- null: from its making (made_at)
alter table segment_version add column in_force_from timestamptz;
