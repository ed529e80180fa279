-- Statistics of all hot tables took most of a second while a load waited, three times in a hundred thousand documents, and were mostly known already.
-- The planner follows a table's size by itself, so a table is looked at again only when it has grown fourfold; a tenth of the usual sample tells
-- a probe of an index from a look through everything, and autovacuum looks closer afterwards.
create or replace function know_hot_rows() returns void language plpgsql security definer set search_path = public, pg_temp set default_statistics_target = 10 as $$
declare
  hot record;
begin
  for hot in select c.oid::regclass as name, c.reltuples < 0 or pg_relation_size(c.oid) > 4 * c.relpages::int8 * current_setting('block_size')::int8 as grown
    from pg_class c where c.oid in ('member_ledger'::regclass, 'account'::regclass, 'lot'::regclass, 'transfer'::regclass, 'transaction'::regclass, 'member_identifier'::regclass)
  loop
    if hot.grown then execute 'analyze ' || hot.name; end if;
  end loop;
end $$;
