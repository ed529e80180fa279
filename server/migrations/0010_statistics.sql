-- A statement that is planned while its tables look empty joins a batch row by row against everything, and keeps doing so. A load that fills
-- them in seconds asks for statistics itself; in daily work autovacuum is early enough.
create function know_hot_rows() returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  analyze member_ledger, account, lot, transfer, transaction, member_identifier;
end $$;
