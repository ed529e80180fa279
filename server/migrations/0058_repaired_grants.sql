-- Coupons, badges, draw tickets and tags that a repair gives or takes back: the rule was wrong, and so was what it gave besides points.
create table repaired_grant (
  program_id bigint not null,
  repair_id bigint not null,
  no int not null,
  member_id bigint not null,
  transaction_id bigint not null,
  rule_id bigint not null,
  -- of what is given: the published version that was right; null: a draft
  rule_version int,
  -- of what is taken: null: the grant of the document itself; otherwise the repair that gave it
  of_repair bigint,
  what text not null check (what in ('coupon', 'badge', 'ticket', 'tag')),
  code text not null,
  -- above zero: to give; below: to take back
  pieces int not null check (pieces <> 0),
  -- the account was closed when it was counted: it stays as it is
  closed boolean not null,
  stood_at timestamptz,
  -- pieces really given or taken: a return may have been faster
  done int check (done >= 0),
  lifted_at timestamptz,
  -- of what was given: what undoing and later repairs took back of it
  revoked int not null default 0 check (revoked between 0 and coalesce(done, 0)),
  revoked_at timestamptz check ((revoked > 0) = (revoked_at is not null)),
  primary key (program_id, repair_id, no),
  foreign key (program_id, repair_id) references repair (program_id, id),
  foreign key (program_id, transaction_id) references transaction (program_id, id),
  foreign key (program_id, rule_id, rule_version) references earning_rule_version (program_id, rule_id, version),
  foreign key (program_id, member_id) references member (program_id, id),
  check ((stood_at is null) = (done is null)),
  check (lifted_at is null or stood_at is not null),
  check (done <= abs(pieces)),
  check (revoked = 0 or pieces > 0),
  check (of_repair is null or pieces < 0)
);
create index repaired_grant_member on repaired_grant (program_id, member_id);
select belongs_to_program('repaired_grant');
revoke update, delete on repaired_grant from :app, :loader;
grant update (stood_at, done, lifted_at, revoked, revoked_at) on repaired_grant to :app, :loader;

-- Everything that rules gave, by their documents and by repairs. `repair_id` 0: the document itself.
create view given_grant with (security_invoker = true) as
select program_id, transaction_id, rule_id, 0::bigint as repair_id, member_id, rule_version, what, code, count, revoked, granted_at, revoked_at from grant_item
union all
select program_id, transaction_id, rule_id, repair_id, member_id, rule_version, what, code, done, revoked, stood_at, revoked_at from repaired_grant where pieces > 0 and done > 0;
grant select on given_grant to :app, :loader;

-- The owner sees no row of any program.
reset role;

-- What was counted before did not count these: it is counted again before it is booked.
update repair set state = 'cancelled', counted_at = null, result = null where state = 'ready';
