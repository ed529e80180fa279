import { localDate } from '@wracam/engine/calendar';
import { explain, type Explanation } from '@wracam/engine/explain';
import type { GrantKind } from '@wracam/engine/grants';
import type { Language } from '@wracam/contract';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { iso } from '../../platform/iso.ts';
import { rulesetsOf, type Rulesets } from '../earning/index.ts';
import { loadAccounts, newWorkingSet } from '../ledger/index.ts';
import { unitOf, type Wallet } from '../programs/index.ts';
import { reasonViewsOf, type ReasonView } from './answer-json.ts';
import { balancesNow, type BalanceNow, type Booked } from './booking.ts';
import type { BookedAward, ReturnEffect, WalletEffect } from './decision.ts';
import { saleDocument, type NewDocument } from './document.ts';
import { eventKeyOf } from './return-event.ts';
import { namesFor, programNames, type ProgramNames } from './own-names.ts';
import * as store from './store.ts';
import type { DocumentRow } from './store.ts';


/** What an answer needs to know of its program beside what was booked. */
export type ProgramWords = { readonly rulesets: Rulesets; readonly names: ProgramNames };
export type AnswerWords = ProgramWords & { readonly timeZone: string };

/** The same as this transaction sees it; `nos`: numbers of rulesets that decided what is answered. */
export async function answerWords(deps: Deps, tx: ProgramTx, nos: readonly (number | null)[]): Promise<AnswerWords> {
  return { rulesets: await rulesetsOf(deps.db, tx, [], nos.filter((no) => no !== null)), names: await programNames(deps, tx), timeZone: tx.program.timeZone };
}

/** Words for the stored trace of a document; nothing when it was never decided. What rules know by codes is told as the program calls it now. */
export function explanationOf({ rulesets, names }: ProgramWords, decided: { rulesetNo: number | null; trace: readonly number[]; document: NewDocument }, language: Language): Explanation {
  if (decided.rulesetNo === null || decided.trace.length === 0) return { awards: [], grants: [], notApplied: [], runs: [] };
  const { ruleset } = rulesets.byNo(decided.rulesetNo);
  const own = namesFor(names, ruleset, language);
  return explain({ ruleset, trace: decided.trace, document: saleDocument(decided.document), lang: language, units: (no) => unitOf(walletOf(rulesets.wallets, no), language), ...(own && { names: own }) });
}

export const walletOf = (wallets: readonly Wallet[], no: number): Wallet => wallets.find((one) => one.no === no)!;

type Head = { id: string; source: string; externalId: string; kind: NewDocument['kind']; state: Exclude<store.DocumentState, 'awaited'> | 'parked'; member: string | null; occurredAt: string; bookedAt: string; totalMinor: number; currency: string; event?: string };

/** A place that is kept for a document waits for it. */
export const stateOf = (state: store.DocumentState): Head['state'] => (state === 'awaited' ? 'parked' : state);

/** Fields that only some have are set afterwards: spreading an object into another costs more than all the rest of an answer's head. */
export function headOf(deps: Deps, row: { id: number; state: store.DocumentState; memberId: number | null; bookedAt: number; document: NewDocument }): Head {
  const { document } = row;
  const head: Head = {
    id: deps.publicIds.encode('txn', row.id), source: document.source, externalId: document.externalId, kind: document.kind, state: stateOf(row.state),
    member: row.memberId === null ? null : deps.publicIds.encode('mem', row.memberId), occurredAt: iso(document.occurredAt), bookedAt: iso(row.bookedAt), totalMinor: document.totalMinor, currency: document.currency,
  };
  if (document.event !== undefined) head.event = document.event;
  return head;
}

export function awardViews(wallets: readonly Wallet[], awards: readonly BookedAward[], words: Explanation) {
  return awards.map((award) => {
    const said = words.awards.find((one) => one.ruleId === award.ruleId);
    return { wallet: walletOf(wallets, award.walletNo).code, points: award.points, rule: said?.rule ?? '', reason: said?.reason ?? '', expiresOn: award.expiresOn, pendingUntil: award.pendingUntil };
  });
}

/** What all returns of one sale and their corrections come to. */
export const effectOfAll = (effects: readonly ReturnEffect[]): Pick<ReturnEffect, 'wallets'>[] => {
  const byWallet = new Map<number, WalletEffect>();
  for (const { walletNo, moved, owed, expired, forgiven } of effects.flatMap((effect) => effect.wallets)) {
    const sum = byWallet.get(walletNo);
    byWallet.set(walletNo, { walletNo, moved: moved + (sum?.moved ?? 0), owed: owed + (sum?.owed ?? 0), expired: expired + (sum?.expired ?? 0), forgiven: forgiven + (sum?.forgiven ?? 0) });
  }
  return effects.length === 0 ? [] : [{ wallets: [...byWallet.values()] }];
};

/** Points that these effects took back, by wallet. */
export function takenBackOf(wallets: readonly Wallet[], effects: readonly Pick<ReturnEffect, 'wallets'>[]) {
  if (effects.length === 0) return [];
  const byWallet = new Map<number, { points: number; owed: number }>();
  for (const one of effects.flatMap((effect) => effect.wallets)) if (one.moved > 0) {
    const sum = byWallet.get(one.walletNo) ?? { points: 0, owed: 0 };
    byWallet.set(one.walletNo, { points: sum.points + Math.max(0, one.moved - one.forgiven), owed: sum.owed + Math.max(0, one.owed) });
  }
  return [...byWallet].map(([no, sum]) => ({ wallet: walletOf(wallets, no).code, ...sum }));
}

/** Points that these effects gave back of what returns had taken, by wallet: what had ended or was written off was taken from nobody. Null for most. */
export function givenBackOf(wallets: readonly Wallet[], effects: readonly Pick<ReturnEffect, 'wallets'>[]): GivenBack[] | null {
  const byWallet = new Map<number, number>();
  for (const { walletNo, moved, expired, forgiven } of effects.flatMap((effect) => effect.wallets)) if (moved < expired + forgiven) byWallet.set(walletNo, (byWallet.get(walletNo) ?? 0) + expired + forgiven - moved);
  return byWallet.size === 0 ? null : [...byWallet].map(([no, points]) => ({ wallet: walletOf(wallets, no).code, points }));
}

type GivenBack = { wallet: string; points: number };
type Excess = { lineId: string; quantity: number; amountMinor: number };
/** What of a return was beyond what was left of its sale; null for most. One that is told as a total is compared with it as a whole. */
export function excessOf({ kind, lines, totalMinor }: Pick<NewDocument, 'kind' | 'lines' | 'totalMinor'>, effects: readonly ReturnEffect[]): Excess[] | null {
  if (kind !== 'return' || effects.length === 0) return null;
  if (lines.length === 0) {
    const amountMinor = totalMinor - effects.flatMap((effect) => effect.taken).reduce((sum, line) => sum + line.amountMinor, 0);
    return amountMinor > 0 ? [{ lineId: '', quantity: 0, amountMinor }] : null;
  }
  const excess = effects.flatMap((effect) => effect.excess.map(({ lineId, quantity, amountMinor }) => ({ lineId, quantity: quantity / 1000, amountMinor })));
  return excess.length === 0 ? null : excess;
}

/** A member's balances in every wallet of the program, as a booking left them. */
export function balanceViews(wallets: readonly Wallet[], balances: readonly BalanceNow[], timeZone: string) {
  return wallets.map((wallet) => {
    const now = balances.find((one) => one.walletNo === wallet.no);
    return {
      wallet: wallet.code, available: now?.available ?? 0, pending: now?.pending ?? 0, held: now?.held ?? 0, debt: now?.debt ?? 0,
      expiring: (now?.soonest ?? []).map((one) => ({ on: localDate(timeZone, one.at - 1), points: one.points })),
    };
  });
}

export type TransactionAnswer = {
  transaction: Head; awards: ReturnType<typeof awardViews>; notApplied: ReasonView[]; takenBack: ReturnType<typeof takenBackOf>; balances: ReturnType<typeof balanceViews>; duplicate: boolean;
  givenBack?: GivenBack[];
  excess?: Excess[];
  grants?: { what: GrantKind; code: string; count: number; rule: string; reason: string }[];
};

/** The API's answer to a booking, built without the database: what a live request gets. */
export function answerOf(deps: Deps, known: AnswerWords, booked: Omit<Booked, 'namesNo'>, language: Language): TransactionAnswer {
  const { rulesets, timeZone } = known;
  const words = explanationOf(known, booked.told ? { rulesetNo: booked.rulesetNo, trace: booked.trace, document: booked.told } : booked, language);
  const answer: TransactionAnswer = {
    transaction: headOf(deps, booked), awards: awardViews(rulesets.wallets, booked.awards, words), notApplied: reasonViewsOf(words),
    takenBack: takenBackOf(rulesets.wallets, booked.effects), balances: booked.memberId === null ? [] : balanceViews(rulesets.wallets, booked.balances, timeZone), duplicate: booked.duplicate,
  };
  const givenBack = givenBackOf(rulesets.wallets, booked.effects);
  if (givenBack) answer.givenBack = givenBack;
  const excess = excessOf(booked.document, booked.effects);
  if (excess) answer.excess = excess;
  if (words.grants.length > 0) answer.grants = words.grants.map(({ what, code, count, rule, reason }) => ({ what, code, count, rule, reason }));
  return answer;
}

const decidedOf = ({ decision, rulesetNo }: DocumentRow) => ({ awards: decision?.awards ?? [], trace: decision?.trace ?? [], rulesetNo });

/** The events that told these returns to the rules, by the returns' ids. */
export async function eventsOfReturns(tx: ProgramTx, rows: readonly DocumentRow[]): Promise<Map<number, DocumentRow>> {
  const returns = rows.filter(({ document }) => document.kind === 'return' && document.source !== store.OWN_SOURCE);
  if (returns.length === 0) return new Map();
  const ids = (await store.seenDocuments(tx, tx.program.id, returns.map(({ document }) => ({ source: store.OWN_SOURCE, externalId: eventKeyOf(document) })))).map((one) => one.id);
  const events = new Map((await store.readDocuments(tx, ids)).map((row) => [row.document.externalId, row]));
  return new Map(returns.flatMap(({ id, document }) => { const event = events.get(eventKeyOf(document)); return event ? [[id, event] as const] : []; }));
}

/** The first answers to documents, built again from their rows; balances are today's. By the documents' ids. */
export async function repeatedAnswers(deps: Deps, tx: ProgramTx, ids: readonly number[], language: Language): Promise<Map<number, TransactionAnswer>> {
  const rows = await store.readDocuments(tx, ids);
  const told = await eventsOfReturns(tx, rows);
  const set = newWorkingSet(tx.program.id, tx.program.test, tx.program.now);
  const [known] = await Promise.all([
    answerWords(deps, tx, [...rows, ...told.values()].map((row) => row.rulesetNo)),
    loadAccounts(tx, set, [...new Set(rows.flatMap((row) => (row.memberId === null ? [] : [row.memberId])))]),
  ]);
  const answers = await Promise.all(rows.map(async (row) => answerOf(deps, known, {
    id: row.id, document: row.document, told: told.get(row.id)?.document, state: row.state, memberId: row.memberId, bookedAt: row.bookedAt, ...decidedOf(told.get(row.id) ?? row),
    effects: row.document.kind === 'sale' ? [] : await store.effectsOfReturn(tx, row.id), balances: row.memberId === null ? [] : balancesNow(set, row.memberId, known.rulesets.wallets), duplicate: true,
  }, language)));
  return new Map(rows.map((row, at) => [row.id, answers[at]!]));
}
