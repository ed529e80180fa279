import type { LocalDate } from '@wracam/engine/calendar';
import { formatDate, formatPoints, type Lang } from '@wracam/engine/words';
import { announcing, EVENT_FOR_WEBHOOKS } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { wakingAll } from '../../platform/jobs.ts';
import { getProgram, unitOf, walletsOf, type Wallet } from '../programs/index.ts';
import type { NoticeNeeds } from './notices.ts';

/** Whom a change of points that no document made is told: members by one e-mail each, other systems by an event for each account. */
export type Told = 'members' | 'systems';
/** What changed on an account. */
export type Moved = { readonly memberId: number; readonly walletNo: number; readonly points: number };
/** What a message about changed points says. The organiser's reason stands as it was written. */
export type ChangeFacts = { readonly program: string; readonly changes: readonly string[]; readonly reason: string; readonly url: string };
/** A change in words, and what its event says of where it came from, by public ids. */
export type Change = { readonly moved: readonly Moved[]; readonly reason: string; /** Last day of points that were given. */ readonly expiresOn?: LocalDate | null; readonly origin: Readonly<Record<string, string>>; readonly mail: (language: Lang, facts: ChangeFacts) => { subject: string; body: string } };

/** Tells whom it was asked to tell, in the commit that moves the points: nobody hears of it twice or of nothing. */
export async function tellMoved(deps: Deps, tx: ProgramTx, needs: NoticeNeeds, told: readonly Told[], change: Change): Promise<void> {
  if (change.moved.length === 0 || told.length === 0) return;
  const wallets = await walletsOf(tx);
  if (told.includes('systems')) await tellSystems(deps, tx, change, wallets);
  if (told.includes('members')) await writeToMembers(deps, tx, needs, change, wallets);
}

async function tellSystems(deps: Deps, { send, program }: ProgramTx, { moved, origin }: Change, wallets: readonly Wallet[]): Promise<void> {
  const ids = await deps.ids.take(moved.length);
  await send([
    announcing(program.id, program.now, moved.map(({ memberId, walletNo, points }, at) => ({
      id: ids[at]!, type: 'points.adjusted', ref: deps.publicIds.encode('mem', memberId), body: { wallet: wallets.find((one) => one.no === walletNo)!.code, points, ...origin },
    }))),
    wakingAll(program.id, EVENT_FOR_WEBHOOKS, ids, program.now),
  ]);
}

/** One message a member, whatever wallets it is about. It is about the account itself, so it needs an address and no consent. */
async function writeToMembers(deps: Deps, tx: ProgramTx, { contactsOf, queueMessage }: NoticeNeeds, { moved, reason, expiresOn, mail }: Change, wallets: readonly Wallet[]): Promise<void> {
  const contacts = await contactsOf(deps, tx, [...new Set(moved.map((one) => one.memberId))]);
  const { name, code } = await getProgram(tx);
  for (const [memberId, { email, language }] of contacts) {
    const changes = moved.filter((one) => one.memberId === memberId).map(({ walletNo, points }) => `${signed(points, wallets.find((one) => one.no === walletNo)!, language)}${points > 0 && expiresOn ? usableUntil(expiresOn, language) : ''}`);
    await queueMessage(tx, deps, { memberId, to: email, ...mail(language, { program: name, changes, reason, url: `${deps.publicUrl}/p/${code}/history` }) });
  }
}

const signed = (points: number, wallet: Wallet, language: Lang): string => `${points > 0 ? '+' : '−'}${formatPoints(Math.abs(points), unitOf(wallet, language), language)}`;
const usableUntil = (on: LocalDate, language: Lang): string => (language === 'en' ? `, to be used by ${formatDate(on, language)}` : `, do wykorzystania do ${formatDate(on, language)}`);

/** The message about points that somebody changed by hand, or took such a change back. */
export const byHandMail = (step: 'adjusted' | 'reversed') => (language: Lang, { program, changes, reason, url }: ChangeFacts): { subject: string; body: string } => {
  const said = changes.join(', ');
  if (language === 'en') {
    const what = step === 'adjusted' ? `We have changed the balance of your account in ${program}.` : `We have taken back an earlier change of your account in ${program}.`;
    return { subject: `Your account in ${program}: ${said}`, body: `Hello,\n\n${what}\nChange: ${said}.\nReason: ${reason}\n\nThe history of your account: ${url}\n` };
  }
  const what = step === 'adjusted' ? `Zmieniliśmy stan Twojego konta w programie „${program}”.` : `Cofnęliśmy wcześniejszą zmianę na Twoim koncie w programie „${program}”.`;
  return { subject: `Twoje konto w programie „${program}”: ${said}`, body: `Cześć,\n\n${what}\nZmiana: ${said}.\nPowód: ${reason}\n\nHistoria Twojego konta: ${url}\n` };
};
