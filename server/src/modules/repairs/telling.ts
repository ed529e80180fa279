import { netOf } from '@wracam/engine/ledger/check';
import { formatPoints, type Lang } from '@wracam/engine/words';
import { announcing } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { wakingAll } from '../../platform/jobs.ts';
import type { WorkingSet } from '../ledger/index.ts';
import { contactsOf } from '../members/index.ts';
import { queueMessage } from '../messages/index.ts';
import { getProgram, unitOf, walletsOf, type Wallet } from '../programs/index.ts';
import { EVENT_FOR_WEBHOOKS } from '../transactions/index.ts';
import type { RepairRow } from './store.ts';

/** What a step of a repair changed on an account. */
export type Moved = { readonly memberId: number; readonly walletNo: number; readonly points: number };

/** What a repair moved in a working set that is not saved yet, by account; what fell due meanwhile is not its doing. */
export function movedBy({ book: { transfers } }: WorkingSet, repairId: number): Moved[] {
  const sums = new Map<string, Moved>();
  for (const transfer of transfers) {
    const { memberId, walletNo, origin } = transfer;
    if (origin.kind !== 'adjustment' || origin.id !== repairId) continue;
    const key = `${memberId}:${walletNo}`;
    sums.set(key, { memberId, walletNo, points: (sums.get(key)?.points ?? 0) + netOf(transfer) });
  }
  return [...sums.values()].filter((one) => one.points !== 0);
}

/** Tells whom the step was asked to tell, in the commit that moves the points: whoever goes on after a death tells nobody twice. */
export async function tellMoved(deps: Deps, tx: ProgramTx, repair: RepairRow, step: 'book' | 'undo', moved: readonly Moved[]): Promise<void> {
  const tells = step === 'book' ? repair.bookTells : repair.undoTells;
  if (moved.length === 0 || tells.length === 0) return;
  const wallets = await walletsOf(tx);
  if (tells.includes('systems')) await tellSystems(deps, tx, repair, moved, wallets);
  if (tells.includes('members')) await writeToMembers(deps, tx, repair, step, moved, wallets);
}

async function tellSystems(deps: Deps, { send, program }: ProgramTx, { id }: RepairRow, moved: readonly Moved[], wallets: readonly Wallet[]): Promise<void> {
  const { publicIds } = deps;
  const ids = await deps.ids.take(moved.length);
  await send([
    announcing(program.id, program.now, moved.map(({ memberId, walletNo, points }, at) => ({
      id: ids[at]!, type: 'points.adjusted', ref: publicIds.encode('mem', memberId), body: { wallet: wallets.find((one) => one.no === walletNo)!.code, points, repair: publicIds.encode('rpr', id) },
    }))),
    wakingAll(program.id, EVENT_FOR_WEBHOOKS, ids, program.now),
  ]);
}

/** One message a member, whatever wallets it is about. It is about the account itself, so it needs an address and no consent. */
async function writeToMembers(deps: Deps, tx: ProgramTx, repair: RepairRow, step: 'book' | 'undo', moved: readonly Moved[], wallets: readonly Wallet[]): Promise<void> {
  const contacts = await contactsOf(deps, tx, [...new Set(moved.map((one) => one.memberId))]);
  const { name, code } = await getProgram(tx);
  const reason = (step === 'book' ? repair.bookReason : repair.undoReason)!;
  for (const [memberId, { email, language }] of contacts) {
    const changes = moved.filter((one) => one.memberId === memberId).map(({ walletNo, points }) => signed(points, wallets.find((one) => one.no === walletNo)!, language));
    await queueMessage(tx, deps, { memberId, to: email, ...repairMail(language, step, { program: name, changes, reason, url: `${deps.publicUrl}/p/${code}/history` }) });
  }
}

const signed = (points: number, wallet: Wallet, language: Lang): string => `${points > 0 ? '+' : '−'}${formatPoints(Math.abs(points), unitOf(wallet, language), language)}`;

/** The message about points that a repair changed. The organiser's reason stands as it was written. */
export function repairMail(language: Lang, step: 'book' | 'undo', { program, changes, reason, url }: { readonly program: string; readonly changes: readonly string[]; readonly reason: string; readonly url: string }): { subject: string; body: string } {
  const said = changes.join(', ');
  if (language === 'en') {
    const what = step === 'book' ? `We have corrected how your points in ${program} were counted.` : `We have taken back an earlier correction of your points in ${program}.`;
    return { subject: `${program}: your points have been corrected (${said})`, body: `Hello,\n\n${what}\nChange on your account: ${said}.\nReason: ${reason}\n\nThe history of your account: ${url}\n` };
  }
  const what = step === 'book' ? `Poprawiliśmy naliczenie Twoich punktów w programie „${program}”.` : `Cofnęliśmy wcześniejszą poprawkę Twoich punktów w programie „${program}”.`;
  return { subject: `Poprawka punktów w programie „${program}”: ${said}`, body: `Cześć,\n\n${what}\nZmiana na koncie: ${said}.\nPowód: ${reason}\n\nHistoria Twojego konta: ${url}\n` };
}
