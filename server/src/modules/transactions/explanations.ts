import { eventSentence, type EventReasons } from '@wracam/engine/event-types';
import { linesOf } from '@wracam/engine/facts';
import { pointsByLine } from '@wracam/engine/returns';
import { lineEarns } from '@wracam/engine/what-earns';
import { formatDateTime, formatMoney } from '@wracam/engine/words';
import type { Language } from '@wracam/contract';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { eventReasons } from '../event-types/index.ts';
import type { getTransferView } from '../ledger/index.ts';
import { answerWords, explanationOf } from './answers.ts';
import { saleDocument } from './document.ts';
import * as store from './store.ts';
import type { DocumentRow } from './store.ts';

type TransferView = Awaited<ReturnType<typeof getTransferView>>[number];

const words = {
  pl: {
    sale: (money: string, when: string, place: string | null) => `Zakup za ${money}, ${when}${place ? `, ${place}` : ''}.`,
    return: (money: string, when: string) => `Zwrot za ${money}, ${when}. Zostają punkty za to, co zatrzymujesz, policzone według zasad z dnia zakupu.`,
    correction: (money: string, when: string) => `Korekta dokumentu na ${money}, ${when}.`,
    returnUndone: (when: string) => `Zwrot został cofnięty ${when}. Wracają punkty, które zabrał.`,
    returnUndoneTakes: (when: string) => `Zwrot został cofnięty ${when}. Znikają punkty za sam zwrot.`,
    whole: 'Cały zakup',
    line: (place: number) => `Pozycja ${place}`,
  },
  en: {
    sale: (money: string, when: string, place: string | null) => `Purchase of ${money}, ${when}${place ? `, ${place}` : ''}.`,
    return: (money: string, when: string) => `Return of ${money}, ${when}. The points for what you keep stay, by the rules of the day of purchase.`,
    correction: (money: string, when: string) => `Correction to ${money}, ${when}.`,
    returnUndone: (when: string) => `The return was undone, ${when}. The points that it took are back.`,
    returnUndoneTakes: (when: string) => `The return was undone, ${when}. The points for the return itself are gone.`,
    whole: 'The whole purchase',
    line: (place: number) => `Line ${place}`,
  },
} as const;

function sentenceOf({ document }: DocumentRow, timeZone: string, language: Language, reasons: EventReasons): string {
  const money = formatMoney(document.totalMinor, document.currency, language);
  const when = formatDateTime(document.occurredAt, timeZone, language);
  if (document.kind === 'event') return `${eventSentence(document.event!, document.attributes, language, reasons)}, ${when}.`;
  return document.kind === 'sale' ? words[language].sale(money, when, document.store) : words[language][document.kind](money, when);
}

/** Our own corrections undo returns; of others that say nothing, those that gave points: a sale corrected to nothing only loses its own. */
export const undoesReturn = ({ kind, isVoid, totalMinor }: { readonly kind: string; readonly isVoid: boolean; readonly totalMinor: number }, movement: string): boolean => kind === 'correction' && (isVoid || (totalMinor === 0 && movement === 'earn'));

/** The explanation of one movement: a member's sentence, every rule with its arithmetic or its reason, and the place in the chain. */
export async function explainOrigin(deps: Deps, tx: ProgramTx, { entry, row }: TransferView, language: Language) {
  const chain = { seq: row.seq, hash: row.hash === null ? '' : Buffer.from(row.hash).toString('hex'), ruleset: row.rulesetNo };
  const plain = { transfer: entry, sentence: entry.reason, rules: [], lines: [], chain };
  if (row.origin.kind !== 'transaction' || row.origin.id === null) return plain;
  const [document] = await store.readDocuments(tx, [row.origin.id]);
  if (!document) return plain;
  const { kind, source, totalMinor, occurredAt } = document.document;
  if (undoesReturn({ kind, totalMinor, isVoid: source === store.OWN_SOURCE }, entry.kind)) return { ...plain, sentence: words[language][entry.kind === 'earn' ? 'returnUndone' : 'returnUndoneTakes'](formatDateTime(occurredAt, tx.program.timeZone, language)) };
  const known = await answerWords(deps, tx, [document.rulesetNo]);
  const ruleset = known.rulesets.byNoOrNull(document.rulesetNo);
  const said = explanationOf(known, { rulesetNo: document.rulesetNo, trace: document.decision?.trace ?? [], document: document.document }, language);
  const sale = saleDocument(document.document);
  const byLine = ruleset && document.frozen ? pointsByLine(ruleset, sale, document.frozen, row.walletNo) : null;
  const own = said.awards.filter((award) => award.walletNo === row.walletNo);
  return {
    ...plain, sentence: sentenceOf(document, tx.program.timeZone, language, document.document.kind === 'event' ? await eventReasons(tx) : {}),
    rules: [
      ...own.map((award) => ({ rule: award.rule, version: award.version, applied: true, points: award.points, sentence: award.reason })),
      ...said.notApplied.map((one) => ({ rule: one.rule, version: one.version, applied: false, points: 0, sentence: one.reason })),
    ],
    // What an event is worth is no line that somebody bought.
    lines: (document.document.kind === 'event' && sale.lines.length === 0 ? [] : linesOf(sale)).map((line, at, all) => ({
      name: line.name || line.sku || line.category || (all.length === 1 ? words[language].whole : words[language].line(at + 1)), quantity: line.quantity, amountMinor: line.amountMinor, points: byLine?.[at] ?? 0, counted: ruleset !== null && (document.document.kind === 'event' || lineEarns(ruleset.base, line)),
    })),
  };
}
