-- A rule stops at an instant that was told before, for a while or for good; from then on it is read as paused or ended.
alter table earning_rule add column stop_step text check (stop_step in ('pause', 'end')), add column stops_at timestamptz,
  add check ((stop_step is null) = (stops_at is null) and (stops_at is null or state = 'active'));
