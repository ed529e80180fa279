import { localDate, type Instant, type LocalDate } from '@wracam/engine/calendar';
import type { Expiring, OriginKind, Side, TransferKind } from '@wracam/engine/ledger/book';
import type { Lang } from '@wracam/engine/words';

export type WalletName = { readonly no: number; readonly code: string };
/** A wallet's figures as the API gives them. */
export type Balance = { wallet: string; available: number; pending: number; held: number; debt: number; expiring: { on: LocalDate; points: number }[] };
type Figures = { readonly available: number; readonly pending: number; readonly held: number; readonly debt: number; readonly soonest: readonly Expiring[] };

/** The last local date on which points are good that end at `expiresAt` (exclusive). */
export const expiryOn = (timeZone: string, expiresAt: Instant): LocalDate => localDate(timeZone, expiresAt - 1);

/** The balance of a wallet; a member who never had an account in it has zeros. */
export function balanceOf(wallet: WalletName, account: Figures | undefined, timeZone: string): Balance {
  if (!account) return { wallet: wallet.code, available: 0, pending: 0, held: 0, debt: 0, expiring: [] };
  const { available, pending, held, debt, soonest } = account;
  return { wallet: wallet.code, available, pending, held, debt, expiring: soonest.map(({ at, points }) => ({ on: expiryOn(timeZone, at), points })) };
}

type Movement = { readonly kind: TransferKind; readonly incoming: boolean; readonly points: number; readonly origin: { readonly kind: OriginKind }; readonly note: string | null };
type Sentence = readonly [pl: string, en: string];

const PURCHASE: Sentence = ['Zakup', 'Purchase'];
const REASONS: Readonly<Record<TransferKind, (movement: Movement) => Sentence>> = {
  // The system gives for goals, under the goal's name.
  earn: ({ origin, note }) => (origin.kind === 'system' ? (note ? [note, note] : ['Nagroda za próg lub wyzwanie', 'Reward of a threshold or challenge']) : PURCHASE),
  return: ({ origin }) => (origin.kind === 'system' ? ['Nagroda cofnięta po zwrocie towaru', 'Reward taken back after a return'] : ['Zwrot towaru', 'Returned goods']),
  spend: ({ origin }) => (origin.kind === 'order' ? ['Wymiana na nagrodę', 'Exchanged for a reward'] : ['Zapłata punktami', 'Paid with points']),
  refund: ({ origin }) => (origin.kind === 'order' ? ['Anulowane zamówienie: punkty wracają', 'Cancelled order: points are back'] : ['Zwrot zakupu opłaconego punktami', 'Return of a purchase paid with points']),
  adjust: ({ origin, note }) => (note ? [note, note] : origin.kind === 'import' ? ['Stan początkowy', 'Opening balance'] : ['Zmiana ręczna', 'Manual adjustment']),
  move: ({ origin, incoming, points }) => (origin.kind === 'member' ? (incoming ? ['Punkty od innego uczestnika', 'Points from another member'] : ['Punkty dla innego uczestnika', 'Points for another member']) : [`Nowe punkty pokryły wcześniejszy zwrot: ${points}`, `New points covered an earlier return: ${points}`]),
  expire: () => ['Punkty wygasły', 'Points expired'],
  reverse: ({ origin, note }) => (origin.kind === 'member' ? [`Cofnięte przekazanie punktów: ${note ?? ''}`, `Moved points taken back: ${note ?? ''}`] : note ? [`Cofnięta zmiana: ${note}`, `Adjustment taken back: ${note}`] : ['Cofnięta zmiana', 'Adjustment taken back']),
};

/** Why points moved, in a few words for a member. */
export const reasonOf = (movement: Movement, language: Lang): string => REASONS[movement.kind](movement)[language === 'pl' ? 0 : 1];

/**
 * What a movement did to the member's balance (available + pending + held − debt). Points that repay a debt were taken from the balance when
 * the debt arose, so repaying counts as zero and the history adds up.
 */
export const signedPoints = (movement: { readonly kind: TransferKind; readonly side: Side | null; readonly incoming: boolean; readonly points: number }): number =>
  (movement.side === 'debt' ? 0 : movement.incoming ? movement.points : -movement.points);
