import { addDays, type LocalDate } from './calendar.ts';
import { describeExpiry } from './expiry-words.ts';
import { expiryDate } from './expiry.ts';
import type { RuleChangeLine, Verdict } from './rule-difference.ts';
import type { PendingUntil, WalletExpiry } from './rules.ts';
import { formatPoints, unitIn, type Lang, type UnitWords } from './words.ts';

/** What of a wallet its members feel. */
export type WalletPolicies = {
  readonly name: string; readonly forms: UnitWords; readonly expiry: WalletExpiry; readonly pendingDays: number; readonly pendingUntil: PendingUntil;
  readonly debtPolicy: 'allow' | 'nextEarnings' | 'refuse'; readonly debtLimit: number;
  readonly transfers: { readonly minPoints: number; readonly dayPoints: number; readonly dayTimes: number } | null; readonly noticeDays: readonly number[];
};
type Options = { readonly lang: Lang; readonly today: LocalDate };
type Field = 'name' | 'forms' | 'expiry' | 'pending' | 'debt' | 'transfers' | 'noticeDays';

const NAMES: Readonly<Record<Field, readonly [pl: string, en: string]>> = {
  name: ['nazwa', 'name'], forms: ['jak odmienia się jednostka', 'forms of the unit'], expiry: ['ważność punktów', 'end of points'], pending: ['kiedy nowe punkty są do użycia', 'when new points can be used'],
  debt: ['gdy po zwrocie brakuje punktów', 'when points lack after a return'], transfers: ['przekazywanie innym', 'giving to others'], noticeDays: ['zapowiedzi końca ważności', 'notices before points end'],
};
/** Days of earning that are compared: every day of a year, so that no edge of a policy hides. */
const SAMPLE_DAYS = 366;

/** What differs between two states of a wallet, in words, and whether members may get less by it. What cannot be shown to be harmless counts as worse. */
export function diffWallet(before: WalletPolicies, after: WalletPolicies, options: Options): RuleChangeLine[] {
  const { lang } = options;
  return (Object.keys(NAMES) as Field[]).flatMap((field): RuleChangeLine[] => {
    if (JSON.stringify(valueOf(field, before)) === JSON.stringify(valueOf(field, after))) return [];
    return [{ field, name: NAMES[field][lang === 'pl' ? 0 : 1], before: textOf(field, before, lang), after: textOf(field, after, lang), verdict: verdictOf(field, before, after, options.today) }];
  });
}

function valueOf(field: Field, wallet: WalletPolicies): unknown {
  if (field === 'pending') return [wallet.pendingUntil, wallet.pendingDays];
  if (field === 'debt') return [wallet.debtPolicy, wallet.debtLimit];
  if (field === 'noticeDays') return [...wallet.noticeDays].sort((a, b) => b - a);
  if (field === 'forms') { const { one, few, many, fraction, decimals, en } = wallet.forms; return [one, few, many, fraction, decimals ?? 0, en?.one, en?.many]; }
  if (field === 'expiry') return Object.entries(wallet.expiry).sort(([a], [b]) => (a < b ? -1 : 1));
  if (field === 'transfers') return wallet.transfers && [wallet.transfers.minPoints, wallet.transfers.dayPoints, wallet.transfers.dayTimes];
  return wallet[field];
}

const WORDS = {
  pl: {
    now: 'od razu', days: (n: number) => `po ${n} ${n === 1 ? 'dniu' : 'dniach'}`, until: { delivered: 'po dostawie', paid: 'po zapłacie' }, atMost: (n: number) => `, najpóźniej po ${n} ${n === 1 ? 'dniu' : 'dniach'}`, none: 'brak',
    debt: { allow: (limit: string) => `bierzemy inne punkty, a potem powstaje dług do ${limit}`, nextEarnings: (limit: string) => `inne punkty zostają, powstaje dług do ${limit}`, refuse: () => 'bierzemy tylko to, co jest' },
    off: 'nie można', transfers: (least: string, day: string, times: number) => `co najmniej ${least}, w jeden dzień do ${day} (razy: ${times})`, notices: (days: string) => `dni wcześniej: ${days}`,
  },
  en: {
    now: 'at once', days: (n: number) => `after ${n} ${n === 1 ? 'day' : 'days'}`, until: { delivered: 'after delivery', paid: 'after payment' }, atMost: (n: number) => `, after ${n} ${n === 1 ? 'day' : 'days'} at the latest`, none: 'none',
    debt: { allow: (limit: string) => `other points are taken, then a debt of up to ${limit}`, nextEarnings: (limit: string) => `other points stay, a debt of up to ${limit}`, refuse: () => 'only what is there is taken' },
    off: 'not possible', transfers: (least: string, day: string, times: number) => `at least ${least}, up to ${day} a day (times: ${times})`, notices: (days: string) => `days before: ${days}`,
  },
};

function textOf(field: Field, wallet: WalletPolicies, lang: Lang): string {
  const w = WORDS[lang];
  const write = (points: number) => formatPoints(points, unitIn(wallet.forms, lang), lang);
  switch (field) {
    case 'name': return wallet.name;
    case 'forms': return [...[1, 3, 5].map((count) => formOf(wallet, count, 'pl')), ...(wallet.forms.en ? [1, 5].map((count) => formOf(wallet, count, 'en')) : [])].join(', ');
    case 'expiry': return describeExpiry(wallet.expiry, lang);
    case 'pending': return wallet.pendingUntil !== 'days' ? `${w.until[wallet.pendingUntil]}${w.atMost(wallet.pendingDays)}` : wallet.pendingDays === 0 ? w.now : w.days(wallet.pendingDays);
    case 'debt': return w.debt[wallet.debtPolicy](write(wallet.debtLimit));
    case 'transfers': return wallet.transfers ? w.transfers(write(wallet.transfers.minPoints), write(wallet.transfers.dayPoints), wallet.transfers.dayTimes) : w.off;
    case 'noticeDays': return wallet.noticeDays.length === 0 ? w.none : w.notices(wallet.noticeDays.join(', '));
  }
}

const formOf = ({ forms }: WalletPolicies, count: number, lang: Lang): string => formatPoints(count * 10 ** (forms.decimals ?? 0), unitIn(forms, lang), lang);

function verdictOf(field: Field, before: WalletPolicies, after: WalletPolicies, today: LocalDate): Verdict {
  switch (field) {
    case 'name': case 'forms': return 'same';
    case 'expiry': return expiresSooner(before.expiry, after.expiry, today) ? 'worse' : 'better';
    // Of two waits that end with a fact the one that may last longer is worse; a wait for another fact cannot be compared.
    case 'pending': return after.pendingDays > before.pendingDays || (after.pendingUntil !== before.pendingUntil && before.pendingUntil !== 'days' && after.pendingDays > 0) ? 'worse' : 'better';
    case 'debt': return after.debtPolicy === 'refuse' || (after.debtPolicy === before.debtPolicy && after.debtLimit <= before.debtLimit) ? 'better' : 'worse';
    case 'transfers': {
      if (after.transfers === null) return 'worse';
      const [a, b] = [before.transfers, after.transfers];
      return a !== null && (b.minPoints > a.minPoints || b.dayPoints < a.dayPoints || b.dayTimes < a.dayTimes) ? 'worse' : 'better';
    }
    case 'noticeDays': return before.noticeDays.every((days) => after.noticeDays.includes(days)) ? 'better' : 'worse';
  }
}

function expiresSooner(before: WalletExpiry, after: WalletExpiry, today: LocalDate): boolean {
  if (after.kind === 'never') return false;
  if (before.kind === 'inactivity' || after.kind === 'inactivity') return !(before.kind === 'inactivity' && after.kind === 'inactivity' && after.months >= before.months);
  for (let day = 0; day < SAMPLE_DAYS; day += 1) {
    const earned = addDays(today, day);
    const [was, is] = [expiryDate(before, earned), expiryDate(after, earned)];
    if (is !== null && (was === null || is < was)) return true;
  }
  return false;
}
