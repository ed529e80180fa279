import { netOf } from '@wracam/engine/ledger/check';
import type { Lang } from '@wracam/engine/words';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { tellMoved, type ChangeFacts, type Moved, type WorkingSet } from '../ledger/index.ts';
import { contactsOf } from '../members/index.ts';
import { queueMessage } from '../messages/index.ts';
import type { RepairRow } from './store.ts';

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
export async function tellRepaired(deps: Deps, tx: ProgramTx, repair: RepairRow, step: 'book' | 'undo', moved: readonly Moved[]): Promise<void> {
  const [told, reason] = step === 'book' ? [repair.bookTells, repair.bookReason] : [repair.undoTells, repair.undoReason];
  await tellMoved(deps, tx, { contactsOf, queueMessage }, told, { moved, reason: reason!, origin: { repair: deps.publicIds.encode('rpr', repair.id) }, mail: (language, facts) => repairMail(language, step, facts) });
}

/** The message about points that a repair changed. */
export function repairMail(language: Lang, step: 'book' | 'undo', { program, changes, reason, url }: ChangeFacts): { subject: string; body: string } {
  const said = changes.join(', ');
  if (language === 'en') {
    const what = step === 'book' ? `We have corrected how your points in ${program} were counted.` : `We have taken back an earlier correction of your points in ${program}.`;
    return { subject: `${program}: your points have been corrected (${said})`, body: `Hello,\n\n${what}\nChange on your account: ${said}.\nReason: ${reason}\n\nThe history of your account: ${url}\n` };
  }
  const what = step === 'book' ? `Poprawiliśmy naliczenie Twoich punktów w programie „${program}”.` : `Cofnęliśmy wcześniejszą poprawkę Twoich punktów w programie „${program}”.`;
  return { subject: `Poprawka punktów w programie „${program}”: ${said}`, body: `Cześć,\n\n${what}\nZmiana na koncie: ${said}.\nPowód: ${reason}\n\nHistoria Twojego konta: ${url}\n` };
}
