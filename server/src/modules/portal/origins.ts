import type { Language } from '@wracam/contract';
import { eventSentence } from '@wracam/engine/event-types';
import { formatMoney } from '@wracam/engine/words';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { eventReasons } from '../event-types/index.ts';
import { memberTransfersOf, type HistoryEntry } from '../ledger/index.ts';
import { memberNumbers } from '../members/index.ts';
import { orderedRewards } from '../orders/index.ts';
import { documentHeads, undoesReturn } from '../transactions/index.ts';

const words = {
  pl: { sale: 'Zakup za {money}', return: 'Zwrot za {money}', correction: 'Korekta na {money}', returnUndone: 'Cofnięty zwrot', void: 'Anulowany zakup za {money}', undone: 'Cofnięte: {event}', at: ', {store}', from: 'Punkty od uczestnika ••{end}', to: 'Punkty dla uczestnika ••{end}' },
  en: { sale: 'Purchase of {money}', return: 'Return of {money}', correction: 'Correction to {money}', returnUndone: 'Return undone', void: 'Purchase of {money} undone', undone: 'Taken back: {event}', at: ', {store}', from: 'Points from member ••{end}', to: 'Points for member ••{end}' },
} as const;

/** History in words that a member recognises: what was bought for how much, which reward. Entries of other origins stay as they are. */
export async function nameOrigins(deps: Deps, tx: ProgramTx, entries: readonly HistoryEntry[], language: Language): Promise<HistoryEntry[]> {
  const idsOf = (kind: 'transaction' | 'order' | 'member', prefix: 'txn' | 'ord' | 'mvt') => [...new Set(entries.flatMap(({ origin }) => (origin.kind === kind && origin.id !== null ? [deps.publicIds.decode(prefix, origin.id)!] : [])))];
  const documents = await documentHeads(tx, idsOf('transaction', 'txn'));
  const rewards = await orderedRewards(tx, idsOf('order', 'ord'));
  const own = [...documents.values()].some((one) => one.event !== null) ? await eventReasons(tx) : {};
  const gifts = new Map((await memberTransfersOf(tx, idsOf('member', 'mvt'))).map((one) => [one.id, one]));
  const numbers = await memberNumbers(tx, [...gifts.values()].flatMap((one) => [one.fromMemberId, one.toMemberId]));
  return entries.map((entry) => {
    if (entry.origin.id === null) return entry;
    if (entry.origin.kind === 'member') {
      const gift = gifts.get(deps.publicIds.decode('mvt', entry.origin.id)!);
      if (!gift || entry.kind !== 'move') return entry;
      // The end of the number is enough to recognise somebody and not enough to use the card.
      const other = numbers.get(entry.points > 0 ? gift.fromMemberId : gift.toMemberId) ?? '';
      return { ...entry, reason: words[language][entry.points > 0 ? 'from' : 'to'].replace('{end}', other.slice(-4)) };
    }
    if (entry.origin.kind === 'order') {
      const names = rewards.get(deps.publicIds.decode('ord', entry.origin.id)!);
      return names ? { ...entry, reason: `${entry.reason}: ${names}` } : entry;
    }
    const document = entry.origin.kind === 'transaction' ? documents.get(deps.publicIds.decode('txn', entry.origin.id)!) : undefined;
    if (!document || (entry.kind !== 'earn' && entry.kind !== 'return')) return entry;
    if (document.event !== null) {
      const event = eventSentence(document.event, document.attributes, language, own);
      return { ...entry, reason: document.kind === 'event' ? event : words[language].undone.replace('{event}', `${event.charAt(0).toLowerCase()}${event.slice(1)}`) };
    }
    const said = words[language][undoesReturn(document, entry.kind) ? 'returnUndone' : document.isVoid ? 'void' : document.kind === 'event' ? 'sale' : document.kind].replace('{money}', formatMoney(document.totalMinor, tx.program.currency, language));
    return { ...entry, reason: document.store === null ? said : said + words[language].at.replace('{store}', document.store) };
  });
}
