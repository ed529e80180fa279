create table reward (
  program_id bigint not null,
  id bigint not null,
  name text not null,
  description text,
  icon text not null,
  category text,
  wallet_no smallint not null,
  price_points bigint not null check (price_points > 0),
  -- null: no limit
  stock_left bigint check (stock_left >= 0),
  per_member int check (per_member > 0),
  state text not null check (state in ('offered', 'hidden')),
  revision int not null,
  ordered bigint not null default 0,
  created_at timestamptz not null,
  primary key (program_id, id),
  foreign key (program_id, wallet_no) references wallet (program_id, no)
);
select belongs_to_program('reward');

create table reward_order (
  program_id bigint not null,
  id bigint not null,
  number text collate "C" not null,
  member_id bigint not null,
  hold_id bigint not null,
  state text not null check (state in ('placed', 'confirmed', 'cancelled')),
  wallet_no smallint not null,
  total_points bigint not null check (total_points > 0),
  note text,
  placed_at timestamptz not null, confirmed_at timestamptz, cancelled_at timestamptz, cancel_reason text,
  primary key (program_id, id),
  unique (program_id, number),
  unique (program_id, hold_id),
  foreign key (program_id, hold_id) references hold (program_id, id),
  foreign key (program_id, member_id) references member (program_id, id)
);
create index reward_order_member on reward_order (program_id, member_id, id);
select belongs_to_program('reward_order');

create table reward_order_line (
  program_id bigint not null,
  order_id bigint not null,
  line_no smallint not null,
  reward_id bigint not null,
  name text not null,
  icon text not null,
  quantity int not null check (quantity > 0),
  price_points bigint not null check (price_points > 0),
  primary key (program_id, order_id, line_no),
  foreign key (program_id, order_id) references reward_order (program_id, id),
  foreign key (program_id, reward_id) references reward (program_id, id)
);
create index reward_order_line_reward on reward_order_line (program_id, reward_id);
select belongs_to_program('reward_order_line');

revoke delete on reward, reward_order, reward_order_line from :app, :loader;
revoke update on reward_order_line from :app, :loader;
