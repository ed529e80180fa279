-- Sets of articles change as rules do: a draft, versions in force from an instant, a second person where the program asks for one.
alter table product_set add column revision int not null default 1 check (revision > 0), add column draft text, add column draft_size int check (draft_size between 1 and 100000), add column proposal jsonb,
  add check ((draft is null) = (draft_size is null));
-- null: from its publication (made_at)
alter table product_set_version add column in_force_from timestamptz;
