/**
 * Which columns say something about a person, and how they are kept: the map for export, erasure and retention. A test holds it to the
 * database: a column that is not here fails it.
 *
 * `none`: nothing about anybody. `linked`: points at a person or tells what one did, without saying who. `sealed`: encrypted with a key that
 * is not in the database. `index`: a keyed hash by which a value is found. `text`: written by people or by other systems, in plain; it may
 * name somebody. `secret`: a hash of a secret, or a wrapped key.
 */
export type ColumnKind = 'none' | 'linked' | 'sealed' | 'index' | 'text' | 'secret';
type TableMap = { readonly [kind in ColumnKind]?: string };

/** Columns of every table by kind, names parted by spaces. */
export const personalData: Readonly<Record<string, TableMap>> = {
  account: { none: 'program_id wallet_no debt_limit', linked: 'member_id available pending held debt seq head next_due_at soonest' },
  api_key: { none: 'program_id id name scopes created_at revoked_at last_used_at', secret: 'hint secret_hash' },
  attempt: { none: 'kind', linked: 'at', index: 'subject' },
  audit_difference: { none: 'program_id wallet_no', linked: 'member_id found_at details cleared_at' },
  audit_entry: { none: 'program_id id action actor_kind', linked: 'at actor_id subject', text: 'details' },
  badge: { none: 'program_id id name description shape icon color code revision created_at' },
  // a company's name is in plain: rules ask for it
  member_circle: { none: 'program_id kind created_at', linked: 'id', text: 'name', sealed: 'sealed' },
  circle_member: { none: 'program_id kind', linked: 'member_id circle_id since' },
  circle_use: { none: 'program_id bucket rule_id', linked: 'circle_id used' },
  code_batch: { none: 'program_id id label name issued valid_from valid_until stopped_at created_at' },
  due: { none: 'program_id kind ref due_at tries', text: 'last_error' },
  earning_base: { none: 'program_id base revision changed_at' },
  earning_rule: { none: 'program_id id state revision draft version changed_at', linked: 'proposal' },
  earning_rule_version: { none: 'program_id rule_id version definition published_at in_force_from', linked: 'published_by' },
  event_type: { none: 'program_id code name reason fields reported revision retired_at changed_at' },
  goal: { none: 'program_id id kind state revision draft version changed_at' },
  goal_grant: { none: 'program_id goal_id version wallet_no badge_id coupon_title', linked: 'id member_id round standing points coupon coupon_used_at expired_counted granted_at taken_at' },
  goal_progress: { none: 'program_id goal_id period', linked: 'member_id value reached' },
  goal_version: { none: 'program_id goal_id version definition published_at', linked: 'published_by' },
  expiry_notice: { none: 'program_id wallet_no days', linked: 'member_id expires_on points at' },
  grant_item: { none: 'program_id rule_id rule_version what code', linked: 'transaction_id member_id count revoked granted_at revoked_at' },
  hold: { none: 'program_id id wallet_no origin_kind', linked: 'member_id points draws origin_id made_at expires_at' },
  hold_resolution: { none: 'program_id kind', linked: 'hold_id at transfer_seq' },
  idempotency_key: { none: 'program_id scope body_hash at', text: 'key', sealed: 'answer' },
  import_batch: { none: 'program_id no file_hash mapping state rows_read booked refused position figures started_at ended_at' },
  installation: { none: 'id id_key created_at' },
  leaderboard: { none: 'program_id id name measure period state revision created_at' },
  leaderboard_name: { none: 'program_id', linked: 'member_id since', index: 'name_index', sealed: 'sealed' },
  lot: { none: 'program_id wallet_no', linked: 'member_id seq points remaining expired pending usable_at expires_at origin_id' },
  member: { none: 'program_id kind language terms_version', linked: 'id number joined_at closed_at invited_by email_consent_at', text: 'attributes', sealed: 'sealed' },
  // phone and e-mail stand in `key` as a keyed hash; numbers, cards and external ids in plain
  member_day: { none: 'program_id', linked: 'member_id', index: 'token' },
  member_group: { none: 'program_id', linked: 'member_id since', text: 'name' },
  member_identifier: { none: 'program_id kind active', linked: 'member_id key since' },
  member_activity: { none: 'program_id', linked: 'member_id days' },
  member_ledger: { none: 'program_id kind', linked: 'member_id state joined_on sales_count spent_minor last_sale_on caps suspended counted' },
  member_tier: { none: 'program_id ladder_no', linked: 'member_id untils level since until checked_on grant_level grant_until changes' },
  member_tier_change: { none: 'program_id reason ladder_no actor_kind', linked: 'member_id no at from_level to_level value until actor_id', text: 'note' },
  member_name_index: { none: 'program_id', linked: 'member_id', index: 'token' },
  member_transfer: { none: 'program_id wallet_no', linked: 'id from_member_id to_member_id points at day pairs reversed_at' },
  message: { none: 'program_id id channel state tries', linked: 'member_id at sent_at', text: 'last_error', sealed: 'sealed' },
  migration: { none: 'name sha256 applied_at' },
  one_time_code: { none: 'id purpose program_id tries_left', linked: 'created_at expires_at used_at', index: 'subject', sealed: 'sealed', secret: 'secret_hash' },
  organisation: { none: 'id name created_at' },
  outbox: { none: 'program_id id type at', linked: 'ref body' },
  product_set: { none: 'program_id id name version size changed_at' },
  product_set_version: { none: 'program_id set_id version size codes made_at', linked: 'made_by' },
  package_code: { none: 'program_id batch_id', linked: 'transaction_id used_at', secret: 'hash' },
  program: {
    none: 'id organisation_id code name currency time_zone test demo hidden brand_color terms_version terms_text test_now ruleset_no followed starts_at created_at second_person notice_days', secret: 'data_key',
  },
  referral: { none: 'program_id state', linked: 'friend_id referrer_id joined_at ended_at' },
  referral_setting: { none: 'program_id window_days' },
  report_day: { none: 'program_id day mark sales sales_minor points_earned points_spent new_members' },
  replay: { none: 'program_id id state wish made_at ended_at documents_done documents_total result', linked: 'made_by' },
  repair: { none: 'program_id id state rule_id version from_on until_on definition made_at steps_seen counted_at booked_at undone_at done total result', linked: 'made_by booked_by undone_by', text: 'book_reason undo_reason' },
  repair_entry: { none: 'program_id repair_id no wallet_no usable_at booked undone', linked: 'member_id points expires_at seq owed_seq forgiven kept' },
  replay_member: { none: 'program_id replay_id', linked: 'member_id points_now points_draft' },
  reward: { none: 'program_id id name description icon category wallet_no price_points stock_left per_member levels state revision ordered created_at' },
  reward_order: { none: 'program_id id wallet_no', linked: 'number member_id hold_id state total_points placed_at confirmed_at cancelled_at', text: 'note cancel_reason' },
  reward_order_line: { none: 'program_id line_no name icon price_points', linked: 'order_id reward_id quantity' },
  rule_message: { none: 'program_id rule_id state', linked: 'transaction_id member_id points balance message_id' },
  rule_budget: { none: 'program_id rule_id used' },
  ruleset: { none: 'program_id no published_at in_force_from content' },
  sale_milestone: { none: 'program_id fact', linked: 'transaction_id at' },
  sale_return: { none: 'program_id applied', linked: 'sale_id return_id details' },
  session: { none: 'program_id', linked: 'staff_id member_id created_at seen_at expires_at', secret: 'token_hash' },
  staff: { none: 'created_at', linked: 'id', index: 'email_index', sealed: 'sealed' },
  staff_role: { none: 'program_id role adjust_limit active created_at', linked: 'staff_id last_seen_at' },
  terms_acceptance: { none: 'program_id version channel text_hash', linked: 'member_id at' },
  touched_member: { none: 'program_id', linked: 'member_id' },
  // `body`: lines, attributes and the cashier as the till names one; a phone or e-mail in it is a keyed hash
  tier_ladder: { none: 'program_id revision draft changed_at' },
  tier_ladder_version: { none: 'program_id no effective_on published_at definition', linked: 'published_by' },
  tier_run: { none: 'program_id day position members changed started_at ended_at' },
  transaction: {
    none: 'program_id kind ruleset_no batch_no test content_hash', linked: 'id source external_id state member_id occurred_at booked_at total_minor decision frozen', text: 'body',
  },
  transfer: {
    none: 'program_id wallet_no kind side incoming origin_kind ruleset_no test', linked: 'member_id seq counter_member_id counter_seq points owed origin_id booked_at draws reverses_seq hash',
  },
  webhook: { none: 'program_id id active created_at failing_since retry_at', sealed: 'sealed' },
  webhook_delivery: { none: 'program_id id webhook_id state tries answer at tried_at', linked: 'event_id' },
  work_report: { none: 'program_id type state pictures', linked: 'id member_id sent_at sent_by decided_at decided_by transaction_id', text: 'reason', sealed: 'sealed' },
  work_report_picture: { none: 'program_id no type', linked: 'report_id', sealed: 'sealed' },
  transfer_note: { none: 'program_id wallet_no', linked: 'member_id seq', text: 'reason' },
  wallet: { none: 'program_id no code name forms expiry pending_days debt_limit kind pending_until debt_policy transfers notice_days revision', linked: 'proposal' },
};
