import { describe, expect, it } from 'vitest';
import { mayWorsen } from './rule-difference.ts';
import { diffWallet, type WalletPolicies } from './wallet-difference.ts';
import { POINT_WORDS } from './words.ts';

const WALLET: WalletPolicies = {
  name: 'Punkty', forms: POINT_WORDS.pl, expiry: { kind: 'months', months: 12, roundTo: 'monthEnd' }, pendingDays: 14, pendingUntil: 'days', debtPolicy: 'nextEarnings', debtLimit: 100,
  transfers: { minPoints: 10, dayPoints: 100, dayTimes: 3 }, noticeDays: [30, 7],
};
const verdict = (change: Partial<WalletPolicies>, from: Partial<WalletPolicies> = {}) => diffWallet({ ...WALLET, ...from }, { ...WALLET, ...from, ...change }, { lang: 'pl', today: '2026-11-22' }).map((line) => [line.field, line.verdict]);

describe('the difference between two states of a wallet', () => {
  it.each<[string, Partial<WalletPolicies>, string, string]>([
    ['a longer life', { expiry: { kind: 'months', months: 24, roundTo: 'day' } }, 'expiry', 'better'],
    ['a shorter life', { expiry: { kind: 'months', months: 6, roundTo: 'yearEnd' } }, 'expiry', 'worse'],
    ['a rounding that is shorter on some days only', { expiry: { kind: 'months', months: 12, roundTo: 'day' } }, 'expiry', 'worse'],
    ['points that never end', { expiry: { kind: 'never' } }, 'expiry', 'better'],
    ['an end by inactivity instead of a date', { expiry: { kind: 'inactivity', months: 36 } }, 'expiry', 'worse'],
    ['a fixed day that is near', { expiry: { kind: 'on', date: '2026-12-31' } }, 'expiry', 'worse'],
    ['a longer wait', { pendingDays: 30 }, 'pending', 'worse'], ['no wait', { pendingDays: 0 }, 'pending', 'better'], ['a wait that delivery may end sooner', { pendingUntil: 'delivered' }, 'pending', 'better'],
    ['other points are taken', { debtPolicy: 'allow' }, 'debt', 'worse'], ['no debt any more', { debtPolicy: 'refuse', debtLimit: 0 }, 'debt', 'better'], ['a greater debt', { debtLimit: 101 }, 'debt', 'worse'],
    ['no more gifts', { transfers: null }, 'transfers', 'worse'], ['smaller gifts', { transfers: { minPoints: 10, dayPoints: 99, dayTimes: 3 } }, 'transfers', 'worse'], ['more gifts', { transfers: { minPoints: 1, dayPoints: 200, dayTimes: 9 } }, 'transfers', 'better'],
    ['a notice less', { noticeDays: [30] }, 'noticeDays', 'worse'], ['a notice more', { noticeDays: [60, 30, 7] }, 'noticeDays', 'better'],
    ['another name', { name: 'Lipki' }, 'name', 'same'],
  ])('%s', (_, change, field, said) => expect(verdict(change)).toEqual([[field, said]]));

  it('shows the unit in both languages where it has forms of both', () => {
    const forms = { one: 'ziarno', few: 'ziarna', many: 'ziaren', fraction: 'ziarna' };
    const [line] = diffWallet({ ...WALLET, forms }, { ...WALLET, forms: { ...forms, en: { one: 'bean', many: 'beans' } } }, { lang: 'pl', today: '2026-11-22' });
    expect([line!.verdict, line!.before, line!.after].map((text) => text.replaceAll('\u00a0', ' '))).toEqual(['same', '1 ziarno, 3 ziarna, 5 ziaren', '1 ziarno, 3 ziarna, 5 ziaren, 1 bean, 5 beans']);
  });

  it('says nothing of what is the same however it is written, and names both states in words', () => {
    expect(verdict({ noticeDays: [7, 30], expiry: { roundTo: 'monthEnd', months: 12, kind: 'months' } })).toEqual([]);
    const [line] = diffWallet(WALLET, { ...WALLET, transfers: null, name: 'Punkty' }, { lang: 'pl', today: '2026-11-22' });
    expect(line).toMatchObject({ name: 'przekazywanie innym', before: 'co najmniej 10\u00a0punktów, w jeden dzień do 100\u00a0punktów (razy: 3)', after: 'nie można' });
    expect(mayWorsen([line!])).toBe(true);
  });
});
