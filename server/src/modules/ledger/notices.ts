import { addDays, dateOf, endOfLocalDay, type LocalDate } from '@wracam/engine/calendar';
import { formatDate, formatPoints, type Lang } from '@wracam/engine/words';
import { announce } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { dailyDue, schedule, type JobHandlers } from '../../platform/jobs.ts';
import { getProgram, unitOf, walletsOf, type Wallet } from '../programs/index.ts';
import { insertNotices, membersEndingAt, type Ending } from './store/notices.ts';

const NOTICES = 'ledger.notices';
/** People read messages in the morning, not at midnight. */
const NOTICE_HOUR = 9;
/** Members told in one transaction. */
const BATCH = 200;

/** What telling members needs from the rooms beside this one; given by app.ts. */
export type NoticeNeeds = {
  /** E-mail, first name and language of members; those without an e-mail are left out. */
  readonly contactsOf: (deps: Deps, tx: ProgramTx, memberIds: readonly number[]) => Promise<Map<number, { readonly email: string; readonly language: Lang }>>;
  readonly queueMessage: (tx: ProgramTx, deps: Deps, message: { memberId: number; to: string; subject: string; body: string }) => Promise<number>;
};

/** The morning's notices of a program whose wallets have any; `day` is the business day's number, so each has them once. */
export const scheduleNotices = (deps: Deps, programId: number, day: number): Promise<void> => deps.db.inProgram(programId, async (tx) => {
  if (!(await walletsOf(tx)).some((wallet) => wallet.noticeDays.length > 0)) return;
  await schedule(tx, programId, NOTICES, day, dailyDue(tx.program.timeZone, day, NOTICE_HOUR).dueAt);
});

export const noticeJobs = (needs: NoticeNeeds): JobHandlers => ({
  [NOTICES]: {
    run: async (deps, { programId, ref }) => {
      const wallets = await deps.db.readProgram(programId, walletsOf);
      for (const wallet of wallets) for (const days of wallet.noticeDays) await tellOf(deps, programId, needs, wallet, addDays(dateOf(ref), days), days);
      return null;
    },
  },
});

/**
 * Tells everybody whose points of the wallet end with the local date, once for this number of days: the notice, the message and the event are
 * one commit, and nobody is told of points that are gone.
 */
async function tellOf(deps: Deps, programId: number, needs: NoticeNeeds, wallet: Wallet, on: LocalDate, days: number): Promise<void> {
  for (let after = -1; ;) {
    const last = await deps.db.inProgram(programId, async (tx) => {
      const at = endOfLocalDay(tx.program.timeZone, on);
      const endings = at <= tx.program.now ? [] : await membersEndingAt(tx, wallet.no, at, after, BATCH);
      if (endings.length === 0) return null;
      await tell(deps, tx, needs, wallet, on, days, await insertNotices(tx, wallet.no, on, days, endings));
      return endings.length < BATCH ? null : endings.at(-1)!.memberId;
    });
    if (last === null) return;
    after = last;
  }
}

async function tell(deps: Deps, tx: ProgramTx, needs: NoticeNeeds, wallet: Wallet, on: LocalDate, days: number, endings: readonly Ending[]): Promise<void> {
  const contacts = await needs.contactsOf(deps, tx, endings.map((one) => one.memberId));
  const { code, name } = await getProgram(tx);
  for (const { memberId, points } of endings) {
    await announce(deps, tx, tx.program.id, 'points.expiring', deps.publicIds.encode('mem', memberId), { wallet: wallet.code, points, on, days });
    const contact = contacts.get(memberId);
    if (contact) await needs.queueMessage(tx, deps, { memberId, to: contact.email, ...noticeMail(contact.language, { program: name, points: formatPoints(points, unitOf(wallet, contact.language), contact.language), on: formatDate(on, contact.language), url: `${deps.publicUrl}/p/${code}` }) });
  }
}

/** The message about points that end. */
export function noticeMail(language: Lang, { program, points, on, url }: { readonly program: string; readonly points: string; readonly on: string; readonly url: string }): { subject: string; body: string } {
  if (language === 'en') return { subject: `${points} in ${program}: use by ${on}`, body: `Hello,\n\nUntil ${on} you can use ${points} in ${program}. After that day it is no longer possible.\nSee the rewards: ${url}\n` };
  return { subject: `${points} w programie „${program}”: do wykorzystania do ${on}`, body: `Cześć,\n\nW programie „${program}” masz do wykorzystania do ${on}: ${points}. Potem już się nie da.\nZobacz nagrody: ${url}\n` };
}
