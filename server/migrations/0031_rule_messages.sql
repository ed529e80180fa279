-- What rules write to members. The words are the rule's, the name is the member's, so nothing personal stands here: the text is made when it is read or sent.
create table rule_message (
  program_id bigint not null,
  transaction_id bigint not null,
  rule_id bigint not null,
  member_id bigint not null,
  -- as the booking left them, in the rule's wallet: what the document gave, and what could be spent then
  points bigint not null check (points >= 0),
  balance bigint not null check (balance >= 0),
  -- waiting: nobody has looked whom to mail; told: mailed where the member has an address and agreed; withdrawn: the document was taken back in time
  state text not null check (state in ('waiting', 'told', 'withdrawn')),
  -- the e-mail, where there is one
  message_id bigint,
  primary key (program_id, transaction_id, rule_id),
  foreign key (program_id, transaction_id, rule_id) references grant_item (program_id, transaction_id, rule_id),
  foreign key (program_id, member_id) references member (program_id, id),
  foreign key (program_id, message_id) references message (program_id, id),
  check (message_id is null or state <> 'waiting')
);
create index rule_message_member on rule_message (program_id, member_id, transaction_id, rule_id);
select belongs_to_program('rule_message');
revoke delete on rule_message from :app, :loader;
revoke update on rule_message from :app, :loader;
grant update (state, message_id) on rule_message to :app, :loader;

-- Since when the member agrees to e-mails that are not about the account itself; null: does not.
alter table member add column email_consent_at timestamptz;

-- withdrawn: what it told was taken back before it left
alter table message drop constraint message_state_check, add constraint message_state_check check (state in ('queued', 'sent', 'kept', 'failed', 'uncertain', 'withdrawn'));
