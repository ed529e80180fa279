import { expect, it } from 'vitest';
import type { Wallet } from '../../api/shapes.ts';
import { bodyOf, draftOf, emptyDraft } from './wallet-draft.ts';

const wallet: Wallet = {
  code: 'zwrot', name: 'Zwrot', kind: 'cashback', forms: { one: 'złoty', few: 'złote', many: 'złotych', fraction: 'złotego', decimals: 2 }, expiry: { kind: 'yearly', month: 3, day: 31, afterMonths: 12 },
  pendingDays: 30, pendingUntil: 'delivered', debtLimit: 500, debtPolicy: 'nextEarnings', transfers: { minPoints: 100, dayPoints: 5000, dayTimes: 2 }, noticeDays: [60, 7], revision: 4,
};

it.each<Partial<Wallet>>([{}, { expiry: { kind: 'inactivity', months: 6 } }, { expiry: { kind: 'never' } }, { expiry: { kind: 'on', date: '2027-12-31' } }, { expiry: { kind: 'months', months: 3, roundTo: 'quarterEnd' } }, { pendingDays: 0, pendingUntil: 'days' }, { transfers: null, noticeDays: [] }, { forms: { one: 'ziarno', few: 'ziarna', many: 'ziaren', fraction: 'ziarna', en: { one: 'bean', many: 'beans' } } }])(
  'a form that nobody touched asks for the wallet as it is: %j', (part) => {
    const { code: _, kind: __, revision: ___, ...policies } = { ...wallet, ...part };
    expect(bodyOf(draftOf({ ...wallet, ...part }))).toEqual(policies);
  });

it('nothing can be saved while a part is missing', () => {
  expect(bodyOf(emptyDraft)).toBeNull();
  for (const part of [{ months: null, expiry: 'months' }, { day: 32 }, { dayTimes: null }, { pendingDays: null }, { fraction: ' ' }, { enOne: 'bean' }, { enMany: 'beans' }] as const) expect(bodyOf({ ...draftOf(wallet), ...part })).toBeNull();
});
