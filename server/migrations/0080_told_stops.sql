-- The owner sees no row of any program.
reset role;

-- A planned stop of a rule is told on its own day by a job of its own; stops that were planned before there was one have it from now on. What has stopped was told when it was decided.
insert into due (program_id, kind, ref, due_at)
  select r.program_id, 'rules.stop', r.id, r.stops_at from earning_rule r join program p on p.id = r.program_id where r.stops_at > coalesce(p.test_now, now())
  on conflict do nothing;
