import type { Instant } from '@wracam/engine/calendar';
import type { Deps } from '../../platform/deps.ts';
import type { JobHandler, JobHandlers } from '../../platform/jobs.ts';
import type { MailOutcome, Mailer } from '../../platform/mail.ts';
import { openContent } from './actions.ts';
import { SEND_JOB, nextTryAt, type Content } from './core.ts';
import * as store from './store.ts';

const ERROR_MAX = 200;

/**
 * Sends one message and writes down what became of it; gives the instant of the next try, or null when there is nothing left to do. The
 * row is claimed and committed before anything leaves, so a process that dies while sending leaves the message `uncertain`, never twice
 * in somebody's inbox. A 5xx ends it, a 4xx or a broken line tries again, a line that broke after the text was on its way stays uncertain.
 */
export async function sendMessage(deps: Deps, programId: number, id: number): Promise<Instant | null> {
  const { mailer } = deps;
  const claimed = mailer && await deps.db.inProgram(programId, async (tx) => {
    const row = await store.claimMessage(tx, id);
    return row && { ...row, now: tx.program.now };
  });
  if (!mailer || !claimed) return null;
  const content = await openContent(deps, programId, id, claimed.sealed);
  const outcome = await deliver(deps, mailer, id, content, claimed.now);
  return deps.db.inProgram(programId, async (tx) => {
    const again = outcome.state === 'failed' ? nextTryAt(claimed.tries, tx.program.now) : null;
    const state = outcome.state === 'sent' || outcome.state === 'uncertain' ? outcome.state : again === null ? 'failed' : 'queued';
    await store.saveOutcome(tx, id, state, outcome.state === 'sent' ? null : withoutAddress(outcome.error, content.to));
    return again;
  });
}

async function deliver(deps: Deps, mailer: Mailer, id: number, content: Content, now: Instant): Promise<MailOutcome> {
  if (content.until !== undefined && content.until <= now) return { state: 'refused', error: 'too late: the code in it has expired' };
  const messageId = `<${deps.publicIds.encode('msg', id)}@${new URL(deps.publicUrl).hostname}>`;
  return mailer.send({ to: content.to, subject: content.subject, text: content.body, messageId });
}

/** Servers like to repeat the address in their answer; it must not stand in the row as text. */
const withoutAddress = (error: string, address: string) => error.replace(new RegExp(address.replace(/[^\w]/g, '\\$&'), 'gi'), '…').slice(0, ERROR_MAX);

const SEND: JobHandler = {
  outward: true,
  run: async (deps, { programId, ref }) => {
    const dueAt = await sendMessage(deps, programId, ref);
    return dueAt === null ? null : { dueAt };
  },
};

/** Handlers of due work by kind. */
export const messageJobs: JobHandlers = { [SEND_JOB]: SEND };
