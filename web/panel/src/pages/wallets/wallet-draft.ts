import type { Body, Wallet } from '../../api/shapes.ts';

export type PendingChoice = 'now' | Wallet['pendingUntil'];
/** What the form holds: numbers may be empty while they are typed. */
export type WalletDraft = {
  kind: Wallet['kind']; code: string; name: string; one: string; few: string; many: string; fraction: string; enOne: string; enMany: string; decimals: number;
  expiry: Wallet['expiry']['kind']; months: number | null; roundTo: 'day' | 'monthEnd' | 'quarterEnd' | 'yearEnd'; date: string; month: number; day: number | null; afterMonths: number | null;
  pending: PendingChoice; pendingDays: number | null; debtPolicy: Wallet['debtPolicy']; debtLimit: number | null;
  transfers: boolean; minPoints: number | null; dayPoints: number | null; dayTimes: number | null; noticeDays: readonly number[];
};

/** A new wallet, as most programs want it. */
export const emptyDraft: WalletDraft = {
  kind: 'points', code: '', name: '', one: '', few: '', many: '', fraction: '', enOne: '', enMany: '', decimals: 0,
  expiry: 'months', months: 12, roundTo: 'monthEnd', date: '', month: 3, day: 31, afterMonths: 1, pending: 'now', pendingDays: 30, debtPolicy: 'allow', debtLimit: 10_000,
  transfers: false, minPoints: 1, dayPoints: 1000, dayTimes: 5, noticeDays: [30, 7],
};

export function draftOf(wallet: Wallet): WalletDraft {
  const { expiry, transfers, forms: { one, few, many, fraction, decimals, en } } = wallet;
  return {
    ...emptyDraft, one, few, many, fraction, enOne: en?.one ?? '', enMany: en?.many ?? '', kind: wallet.kind, code: wallet.code, name: wallet.name, decimals: decimals ?? 0, expiry: expiry.kind,
    ...((expiry.kind === 'months' || expiry.kind === 'inactivity') && { months: expiry.months }), ...(expiry.kind === 'months' && { roundTo: expiry.roundTo }), ...(expiry.kind === 'on' && { date: expiry.date }),
    ...(expiry.kind === 'yearly' && { month: expiry.month, day: expiry.day, afterMonths: expiry.afterMonths }),
    pending: wallet.pendingUntil === 'days' && wallet.pendingDays === 0 ? 'now' : wallet.pendingUntil, pendingDays: wallet.pendingDays || emptyDraft.pendingDays,
    debtPolicy: wallet.debtPolicy, debtLimit: wallet.debtLimit, transfers: transfers !== null, ...transfers, noticeDays: wallet.noticeDays,
  };
}

/** The expiry the draft tells; null while a part of it is missing. */
export function expiryOf({ expiry, months, roundTo, date, month, day, afterMonths }: WalletDraft): Wallet['expiry'] | null {
  switch (expiry) {
    case 'never': return { kind: 'never' };
    case 'on': return date === '' ? null : { kind: 'on', date };
    case 'months': return months === null || months < 1 ? null : { kind: 'months', months, roundTo };
    case 'inactivity': return months === null || months < 1 ? null : { kind: 'inactivity', months };
    case 'yearly': return day === null || day < 1 || day > 31 ? null : { kind: 'yearly', month, day, afterMonths: afterMonths ?? 0 };
  }
}

/** What returns do to points that are gone; whoever lets no debt arise has no limit of it. */
export const debtOf = ({ debtPolicy, debtLimit }: WalletDraft): Pick<Wallet, 'debtPolicy' | 'debtLimit'> => ({ debtPolicy, debtLimit: debtPolicy === 'refuse' ? 0 : debtLimit ?? 0 });

/** What the API takes; null while something is missing. */
export function bodyOf(draft: WalletDraft): Omit<Body<'changeWallet'>, 'revision'> & Pick<Body<'addWallet'>, 'name' | 'forms' | 'expiry' | 'pendingDays' | 'debtLimit'> | null {
  const expiry = expiryOf(draft);
  const [name, one, few, many, fraction, enOne, enMany] = [draft.name, draft.one, draft.few, draft.many, draft.fraction, draft.enOne, draft.enMany].map((text) => text.trim());
  const transfers = !draft.transfers || draft.kind === 'status' ? null
    : draft.minPoints && draft.dayPoints && draft.dayTimes ? { minPoints: draft.minPoints, dayPoints: draft.dayPoints, dayTimes: draft.dayTimes } : undefined;
  if (!expiry || !name || !one || !few || !many || !fraction || transfers === undefined || (draft.pending !== 'now' && !draft.pendingDays)) return null;
  // English forms are both there or neither.
  if (!enOne !== !enMany) return null;
  return {
    name, forms: { one, few, many, fraction, ...(draft.decimals > 0 && { decimals: draft.decimals }), ...(enOne && enMany && { en: { one: enOne, many: enMany } }) }, expiry,
    pendingDays: draft.pending === 'now' ? 0 : draft.pendingDays ?? 0, pendingUntil: draft.pending === 'now' ? 'days' : draft.pending,
    ...debtOf(draft), transfers, noticeDays: [...draft.noticeDays],
  };
}
