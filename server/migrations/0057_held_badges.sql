-- Badges that goals gave, each giving by itself: a sale is decided by what its member held on the sale's own day, also when it is told late
-- or decided again. What rules give stands in grant_item.
create table held_badge (
  program_id bigint not null,
  -- the goal's grant; taken back and given again it has a row for each
  grant_id bigint not null,
  given_at timestamptz not null,
  member_id bigint not null,
  badge_id bigint not null,
  taken_at timestamptz check (taken_at >= given_at),
  primary key (program_id, grant_id, given_at),
  foreign key (program_id, grant_id) references goal_grant (program_id, id),
  foreign key (program_id, member_id) references member (program_id, id),
  foreign key (program_id, badge_id) references badge (program_id, id)
);
create index held_badge_member on held_badge (program_id, member_id);
select belongs_to_program('held_badge');
revoke update, delete on held_badge from :app, :loader;
grant update (taken_at) on held_badge to :app, :loader;

-- The owner sees no row of any program.
reset role;

insert into held_badge (program_id, grant_id, given_at, member_id, badge_id, taken_at)
select program_id, id, granted_at, member_id, badge_id, greatest(taken_at, granted_at) from goal_grant where badge_id is not null;
