-- Where other systems of the organiser hear of what rules tell them.
create table webhook (
  program_id bigint not null references program (id),
  id bigint not null,
  -- address and secret: an address may carry a password of its own
  sealed bytea not null,
  active boolean not null,
  created_at timestamptz not null,
  -- since when nothing arrives; null: the last try did
  failing_since timestamptz,
  -- while it fails, nothing more is tried before this instant: a system that is down must not hold the others up
  retry_at timestamptz,
  primary key (program_id, id),
  check ((failing_since is null) = (retry_at is null))
);
select belongs_to_program('webhook');
revoke delete on webhook from :app, :loader;

-- One event on its way to one webhook.
create table webhook_delivery (
  program_id bigint not null,
  id bigint not null,
  webhook_id bigint not null,
  event_id bigint not null,
  state text not null check (state in ('queued', 'delivered', 'failed')),
  tries smallint not null default 0,
  -- what came of the last try, in a few words
  answer text,
  at timestamptz not null,
  tried_at timestamptz,
  primary key (program_id, id),
  unique (program_id, webhook_id, event_id),
  foreign key (program_id, webhook_id) references webhook (program_id, id),
  foreign key (program_id, event_id) references outbox (program_id, id)
);
select belongs_to_program('webhook_delivery');
revoke delete on webhook_delivery from :app, :loader;
