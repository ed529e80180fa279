-- A sale that fills the place which its return kept for it has the place's id, older than documents that were booked before the sale. Where they
-- share an instant, a replay could not tell who came first: here is the id that the sale would have had. Null for all others.
alter table transaction add filled_as bigint;
grant update (filled_as) on transaction to :app, :loader;
