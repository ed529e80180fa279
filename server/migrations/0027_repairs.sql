-- A rule was wrong for some days: the right one decides them again, and what members have too much or too little is booked as adjustments.

create table repair (
  program_id bigint not null references program (id),
  id bigint not null,
  state text not null check (state in ('waiting', 'running', 'ready', 'booking', 'booked', 'undoing', 'undone', 'cancelled', 'failed')),
  rule_id bigint not null,
  -- the published version that was right; null: the draft of that day, as it stands in the definition
  version int,
  from_on date not null,
  until_on date not null check (until_on >= from_on),
  definition jsonb not null,
  made_by text not null,
  made_at timestamptz not null,
  -- how many bookings and undoings of repairs there were when the reading of history began
  steps_seen int,
  counted_at timestamptz,
  booked_by text,
  book_reason text,
  -- when booking was asked: from then on the repair is part of history
  booked_at timestamptz,
  undone_by text,
  undo_reason text,
  undone_at timestamptz,
  done bigint not null default 0 check (done between 0 and total),
  total bigint not null default 0,
  result jsonb,
  primary key (program_id, id),
  foreign key (program_id, rule_id) references earning_rule (program_id, id),
  check ((counted_at is null) = (result is null)),
  check ((state in ('ready', 'booking', 'booked', 'undoing', 'undone')) = (result is not null)),
  check ((state in ('booking', 'booked', 'undoing', 'undone')) = (booked_at is not null)),
  check ((state in ('undoing', 'undone')) = (undone_at is not null)),
  check ((booked_at is null) = (book_reason is null)),
  check ((undone_at is null) = (undo_reason is null))
);
-- one at a time: what two counted side by side could not be booked one after the other
create unique index repair_under_way on repair (program_id) where state in ('waiting', 'running', 'booking', 'undoing');
select belongs_to_program('repair');

-- What a repair adds to an account or takes from it, by the dates of the points, and how booking and undoing ended.
create table repair_entry (
  program_id bigint not null,
  repair_id bigint not null,
  no int not null,
  member_id bigint not null,
  wallet_no smallint not null,
  points bigint not null check (points <> 0),
  usable_at timestamptz,
  expires_at timestamptz,
  booked boolean not null default false,
  -- positions of its transfers: what was added or drawn from lots, and what became a debt
  seq int,
  owed_seq int,
  -- what booking could not take
  forgiven bigint not null default 0 check (forgiven >= 0),
  undone boolean not null default false,
  -- what undoing could not take
  kept bigint not null default 0 check (kept >= 0),
  primary key (program_id, repair_id, no),
  foreign key (program_id, repair_id) references repair (program_id, id),
  foreign key (program_id, member_id) references member (program_id, id),
  check (booked or (seq is null and owed_seq is null and forgiven = 0)),
  check (booked or not undone),
  check (owed_seq is null or points < 0)
);
create index repair_entry_member on repair_entry (program_id, repair_id, member_id);
select belongs_to_program('repair_entry');
revoke delete on repair_entry from :app, :loader;
