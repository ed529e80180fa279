import type { Language } from '@wracam/contract';
import type { LocalDate } from '@wracam/engine/calendar';
import { validateExpiry } from '@wracam/engine/rules';
import { act, audit } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import * as store from './store.ts';
import type { Wallet } from './store.ts';

type Given<T> = { readonly [K in keyof T]?: T[K] | undefined };
type Policies = Pick<Wallet, 'pendingUntil' | 'debtPolicy' | 'transfers' | 'noticeDays'>;
export type NewWallet = Pick<Wallet, 'code' | 'name' | 'forms' | 'expiry' | 'pendingDays' | 'debtLimit'> & Given<Policies & Pick<Wallet, 'kind'>>;
export type WalletChange = { readonly revision: number; readonly inForceOn?: LocalDate | undefined; readonly despiteNotice?: boolean | undefined } & Given<Policies & Pick<Wallet, 'name' | 'forms' | 'expiry' | 'pendingDays' | 'debtLimit'>>;
export type WalletDrop = Pick<WalletChange, 'revision' | 'despiteNotice'>;
/** What a change of wallets needs from rooms above; given by app.ts. */
export type WalletNeeds = {
  /** Writes a ruleset that knows the wallets as they are now, so that every process books by them from the next document on. */
  readonly republish: (tx: ProgramTx) => Promise<void>;
  /** Has the wallet accounts, or rules whose points end in their own way. */
  readonly isInUse: (tx: ProgramTx, wallet: Wallet) => Promise<boolean>;
  /** Names of those who propose. */
  readonly actorNames: (deps: Deps, ctx: Ctx, actors: readonly { readonly kind: string; readonly id: number | null }[]) => Promise<string[]>;
};

type WalletFault = readonly [pointer: string, pl: string, en: string];

/** Settings of one wallet that exclude each other. */
export function walletFaults(wallet: Pick<Wallet, 'kind' | 'expiry' | 'pendingDays' | 'pendingUntil' | 'transfers'>): WalletFault[] {
  const { kind, expiry, pendingDays, pendingUntil, transfers } = wallet;
  return [
    ...validateExpiry(expiry).map((fault): WalletFault => [fault.pointer, fault.words.pl, fault.words.en]),
    ...(pendingUntil !== 'days' && pendingDays === 0 ? [['/pendingDays', 'Podaj, po ilu dniach punkty zwolnią się same, gdyby nikt nie potwierdził.', 'Give the days after which points are usable even if nobody confirms.'] as const] : []),
    ...(transfers !== null && kind === 'status' ? [['/transfers', 'Punktów statusowych nie da się przekazać.', 'Status points cannot be moved to another member.'] as const] : []),
    ...(transfers !== null && transfers.minPoints > transfers.dayPoints ? [['/transfers/minPoints', 'Najmniejsze przekazanie nie mieści się w limicie dnia.', 'The least transfer is above the limit of a day.'] as const] : []),
  ];
}

export function assertSound(wallet: Wallet, language: Language): void {
  const faults = walletFaults(wallet);
  if (faults.length > 0) refuse('wallet_policy_wrong', {}, faults.map(([pointer, pl, en]) => ({ pointer, detail: language === 'pl' ? pl : en })));
}

/** A wallet whose returns never leave a debt has no limit of it; notices go out from the earliest to the last. */
export const tidyWallet = (wallet: Wallet): Wallet => ({ ...wallet, debtLimit: wallet.debtPolicy === 'refuse' ? 0 : wallet.debtLimit, noticeDays: [...new Set(wallet.noticeDays)].sort((a, b) => b - a) });

/** Adds a wallet. Refuses `wallet_exists` and `wallet_policy_wrong`. */
export const addWallet = (deps: Deps, ctx: Ctx, input: NewWallet, { republish }: WalletNeeds) => act(deps, ctx, async (tx) => {
  const wallets = await store.walletsOf(tx);
  if (wallets.some((wallet) => wallet.code === input.code)) refuse('wallet_exists');
  const wallet = tidyWallet({
    ...input, no: wallets.length + 1, kind: input.kind ?? 'points', pendingUntil: input.pendingUntil ?? 'days', debtPolicy: input.debtPolicy ?? 'allow', transfers: input.transfers ?? null,
    noticeDays: input.noticeDays ?? [], revision: 1,
  });
  assertSound(wallet, ctx.language);
  await store.insertWallet(tx, wallet);
  await republish(tx);
  await audit(deps, tx, ctx, 'wallet.added', input.code);
});
