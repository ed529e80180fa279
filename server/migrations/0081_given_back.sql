-- Corrections that no rules decided: points with such an origin were given back of what a return had taken, not earned.
create index transaction_given_back on transaction (program_id, id) where kind = 3 and ruleset_no is null;
create view reporting.given_back with (security_invoker = true) as
  select program_id, id from transaction where kind = 3 and ruleset_no is null;
create or replace view reporting.movement with (security_invoker = true) as
  select program_id, wallet_no, booked_at, kind, points, case when origin_kind = 1 then origin_id end as transaction_id from transfer;
grant select on reporting.given_back to :app, :loader;
