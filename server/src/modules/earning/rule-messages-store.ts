import type { Instant } from '@wracam/engine/calendar';
import type { RuleDefinition } from '@wracam/engine/rules';
import { int8Array } from '../../platform/binary-arrays.ts';
import type { ProgramTx, Write } from '../../platform/db.ts';
import { nothing, sql } from '../../platform/sql.ts';

type Program = { readonly id: number };
/** `points`: what the document gave in the rule's wallet; `balance`: what could be spent there right after it. */
export type NewRuleMessage = { readonly transactionId: number; readonly ruleId: number; readonly memberId: number; readonly points: number; readonly balance: number };
export type RuleMessageRow = NewRuleMessage & { readonly state: 'waiting' | 'told' | 'withdrawn'; readonly messageId: number | null; readonly definition: RuleDefinition; /** The document was taken back as a whole. */ readonly revoked: boolean; readonly at: Instant };

/** One row a document and rule, beside its grant: a second one of the same key breaks the booking instead of writing twice. */
export const insertingRuleMessages = (program: Program, rows: readonly NewRuleMessage[]): Write => ({
  name: 'insert_rule_messages', text: `insert into rule_message (program_id, transaction_id, rule_id, member_id, points, balance, state)
    select p.id, t.transaction_id, t.rule_id, t.member_id, t.points, t.balance, 'waiting'
    from program p, unnest($2::int8[], $3::int8[], $4::int8[], $5::int8[], $6::int8[]) t (transaction_id, rule_id, member_id, points, balance) where p.id = $1`,
  values: [program.id, ...[rows.map((one) => one.transactionId), rows.map((one) => one.ruleId), rows.map((one) => one.memberId), rows.map((one) => one.points), rows.map((one) => one.balance)].map(int8Array)],
});

const ROWS = sql`select m.transaction_id, m.rule_id, m.member_id, m.points, m.balance, m.state, m.message_id, v.definition, g.revoked = g.count as revoked, g.granted_at as at
  from rule_message m
  join grant_item g on g.program_id = m.program_id and g.transaction_id = m.transaction_id and g.rule_id = m.rule_id
  join earning_rule_version v on v.program_id = g.program_id and v.rule_id = g.rule_id and v.version = g.rule_version`;

/** What rules wrote about a document, under a lock, so that two workers never mail it twice. */
export const lockMessagesOfDocument = (tx: ProgramTx, transactionId: number) => tx.rows<RuleMessageRow>(sql`
  ${ROWS} where m.program_id = ${tx.program.id} and g.program_id = ${tx.program.id} and v.program_id = ${tx.program.id} and m.transaction_id = ${transactionId} order by m.rule_id for update of m`);

/** A member's messages that were not withdrawn, newest first, from before a place in the list. */
export const messagesOfMember = (tx: ProgramTx, memberId: number, before: { transactionId: number; ruleId: number } | null, limit: number) => tx.rows<RuleMessageRow>(sql`
  ${ROWS} where m.program_id = ${tx.program.id} and g.program_id = ${tx.program.id} and v.program_id = ${tx.program.id} and m.member_id = ${memberId} and m.state <> 'withdrawn'
    ${before === null ? nothing : sql`and (m.transaction_id, m.rule_id) < (${before.transactionId}, ${before.ruleId})`}
  order by m.transaction_id desc, m.rule_id desc limit ${limit}`);

export const settleMessage = (tx: ProgramTx, { transactionId, ruleId }: NewRuleMessage, state: 'told' | 'withdrawn', messageId: number | null) => tx.run(sql`
  update rule_message set state = ${state}, message_id = ${messageId} where program_id = ${tx.program.id} and transaction_id = ${transactionId} and rule_id = ${ruleId}`);
