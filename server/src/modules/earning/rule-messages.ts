import { writeMessage, type MessageText } from '@wracam/engine/rule-message';
import { formatPoints, type Lang } from '@wracam/engine/words';
import { readCursor, writeCursor } from '../../platform/cursor.ts';
import type { ProgramTx, Write } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { wakingAll, type JobHandlers } from '../../platform/jobs.ts';
import { iso } from '../../platform/iso.ts';
import { addresseesOf } from '../members/index.ts';
import { queueMessage, withdrawMessage } from '../messages/index.ts';
import { getProgram, unitOf, walletsOf, type Wallet } from '../programs/index.ts';
import { insertingRuleMessages, lockMessagesOfDocument, messagesOfMember, settleMessage, type NewRuleMessage, type RuleMessageRow } from './rule-messages-store.ts';

/** Due work of a document: mails what rules wrote about it, and withdraws it once the document is taken back. */
const RULE_MESSAGES = 'rules.messages';
const PAGE = 25;

/**
 * Messages of rules, in the commit of the documents they are about; whom to mail is looked up later, so a till never waits for it. `takenBack`:
 * documents that are gone as a whole.
 */
export const writesOfRuleMessages = (program: ProgramTx['program'], rows: readonly NewRuleMessage[], takenBack: readonly number[]): Write[] => [
  ...(rows.length > 0 ? [insertingRuleMessages(program, rows)] : []),
  ...(rows.length + takenBack.length > 0 ? [wakingAll(program.id, RULE_MESSAGES, [...new Set([...rows.map((one) => one.transactionId), ...takenBack])], program.now)] : []),
];

/** A message in words. No published version that writes messages lacks them. */
function wordsOf({ definition, points, balance }: RuleMessageRow, wallets: readonly Wallet[], lang: Lang, firstName: string | null): MessageText {
  const wallet = wallets.find((one) => one.code === definition.wallet) ?? wallets[0]!;
  const told = (count: number) => formatPoints(count, unitOf(wallet, lang), lang);
  if (definition.effect.kind !== 'grant' || !definition.effect.message) throw new Error('a message of a rule that writes none');
  return writeMessage(definition.effect.message, lang, { firstName, points: told(points), balance: told(balance), rule: definition.name });
}

/** Why somebody gets it, and how to stop it: whoever agreed can take that back where it was given. */
const FOOTER: Readonly<Record<Lang, (program: string, profile: string) => string>> = {
  pl: (program, profile) => `Piszemy, bo zgadzasz się na wiadomości programu „${program}”. Zgodę możesz cofnąć w swoim profilu: ${profile}`,
  en: (program, profile) => `You get this because you agreed to messages from ${program}. You can take that back in your profile: ${profile}`,
};

async function tell(deps: Deps, tx: ProgramTx, row: RuleMessageRow, { name, code }: { readonly name: string; readonly code: string }, wallets: readonly Wallet[]): Promise<void> {
  const to = (await addresseesOf(deps, tx, [row.memberId])).get(row.memberId);
  if (!to?.email) return void await settleMessage(tx, row, 'told', null);
  const { subject, text } = wordsOf(row, wallets, to.language, to.firstName);
  const body = `${text}\n\n${FOOTER[to.language](name, `${deps.publicUrl}/p/${code}/profile`)}\n`;
  await settleMessage(tx, row, 'told', await queueMessage(tx, deps, { memberId: row.memberId, to: to.email, subject, body }));
}

/** What left by e-mail stays: the member has it. Everything else of a document that was taken back is withdrawn. */
async function withdraw(tx: ProgramTx, row: RuleMessageRow): Promise<void> {
  if (row.messageId === null || await withdrawMessage(tx, row.messageId)) await settleMessage(tx, row, 'withdrawn', row.messageId);
}

export const ruleMessageJobs: JobHandlers = {
  [RULE_MESSAGES]: {
    run: async (deps, { programId, ref }) => {
      await deps.db.inProgram(programId, async (tx) => {
        const [program, wallets] = [await getProgram(tx), await walletsOf(tx)];
        for (const row of await lockMessagesOfDocument(tx, ref)) {
          if (row.revoked && row.state !== 'withdrawn') await withdraw(tx, row);
          else if (row.state === 'waiting') await tell(deps, tx, row, program, wallets);
        }
      });
      return null;
    },
  },
};

/** One page of what rules wrote to a member, newest first. */
export async function listRuleMessages(deps: Deps, tx: ProgramTx, memberId: number, lang: Lang, query: { cursor?: string | undefined; limit?: number | undefined }) {
  const limit = query.limit ?? PAGE;
  const place = readCursor(query.cursor);
  const rows = await messagesOfMember(tx, memberId, place && { transactionId: place.id, ruleId: place.at }, limit + 1);
  const [wallets, firstName] = [await walletsOf(tx), (await addresseesOf(deps, tx, [memberId])).get(memberId)?.firstName ?? null];
  const last = rows[limit - 1];
  return {
    items: rows.slice(0, limit).map((row) => ({ transaction: deps.publicIds.encode('txn', row.transactionId), ...wordsOf(row, wallets, lang, firstName), at: iso(row.at) })),
    next: rows.length > limit && last ? writeCursor({ at: last.ruleId, id: last.transactionId }) : null,
  };
}
