-- Deleting a demo program switched the guards off by ALTER TABLE, and until it was over nobody else could write to those tables: a till of
-- another program waited. Now the guards look for themselves, as those of transfers and documents do.
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('app.purge', true) = 'on' and current_user = (select tableowner from pg_tables where schemaname = 'public' and tablename = tg_table_name)
    and exists (select from program where id = old.program_id and demo and not test) then
    return old;
  end if;
  raise exception 'rows of % are added to, never changed', tg_table_name using errcode = 'restrict_violation';
end $$;
