-- What earns in a program, until then the default of `earning`; every ruleset carries a copy of its own, so a change is for later documents only.
create table earning_base (
  program_id bigint not null references program (id),
  -- kinds of lines, what is excluded, gross or net, before or after discount, how multipliers work together
  base jsonb not null,
  revision int not null check (revision > 0),
  changed_at timestamptz not null,
  primary key (program_id)
);
select belongs_to_program('earning_base');

-- What rules gave that is not points: one row a document and rule, written in the commit of the document.
create table grant_item (
  program_id bigint not null,
  transaction_id bigint not null,
  rule_id bigint not null,
  member_id bigint not null,
  rule_version int not null,
  what text not null check (what in ('coupon', 'badge', 'ticket', 'tag', 'message', 'webhook')),
  code text not null,
  count int not null check (count > 0),
  -- what returns took back of it; all of it: the grant is revoked
  revoked int not null default 0 check (revoked between 0 and count),
  granted_at timestamptz not null,
  revoked_at timestamptz check ((revoked > 0) = (revoked_at is not null)),
  primary key (program_id, transaction_id, rule_id),
  foreign key (program_id, transaction_id) references transaction (program_id, id),
  foreign key (program_id, rule_id, rule_version) references earning_rule_version (program_id, rule_id, version),
  foreign key (program_id, member_id) references member (program_id, id)
);
create index grant_item_member on grant_item (program_id, member_id, transaction_id);
select belongs_to_program('grant_item');
revoke delete on grant_item from :app, :loader;
revoke update on grant_item from :app, :loader;
grant update (revoked, revoked_at) on grant_item to :app, :loader;
