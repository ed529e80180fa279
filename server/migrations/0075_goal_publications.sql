-- Thresholds and challenges change as rules do: versions in force from an instant, an end that is told before.
-- null: from its publication (published_at)
alter table goal_version add column in_force_from timestamptz;
alter table goal add column ends_at timestamptz, add check (ends_at is null or state = 'active');
