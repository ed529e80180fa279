-- After history was loaded, PostgreSQL does not know the days of the new rows until its own housekeeping comes round, and a day would be
-- looked for in every row. Only an owner may ask for it at once; the function does that and nothing else, and reads no row for its caller.
create function know_loaded_days() returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform brin_summarize_new_values('transaction_days'), brin_summarize_new_values('transfer_days');
  analyze transaction (program_id, occurred_at), transfer (program_id, wallet_no, booked_at), member (program_id, joined_at);
end $$;
