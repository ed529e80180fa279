-- Who invited a member; known from joining on, for ever.
alter table member add column invited_by bigint, add foreign key (program_id, invited_by) references member (program_id, id);

create table referral_setting (
  program_id bigint not null references program (id),
  -- days after the friend's first sale in which a return still stops the reward
  window_days int not null check (window_days between 0 and 365),
  primary key (program_id)
);
select belongs_to_program('referral_setting');

-- An invitation that was taken, until its end: both sides had their events, or the friend gave the first sale back.
create table referral (
  program_id bigint not null,
  friend_id bigint not null,
  referrer_id bigint not null,
  state text not null check (state in ('waiting', 'done', 'stopped')),
  joined_at timestamptz not null,
  ended_at timestamptz,
  primary key (program_id, friend_id),
  foreign key (program_id, friend_id) references member (program_id, id),
  foreign key (program_id, referrer_id) references member (program_id, id),
  check (friend_id <> referrer_id),
  check ((state = 'waiting') = (ended_at is null))
);
create index referral_waiting on referral (program_id, friend_id) where state = 'waiting';
create index referral_referrer on referral (program_id, referrer_id);
select belongs_to_program('referral');
revoke delete on referral from :app, :loader;
