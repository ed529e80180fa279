import type { LocalDate } from '@wracam/engine/calendar';
import type { GoalDefinition } from '@wracam/engine/goals/definition';
import type { RuleDefinition } from '@wracam/engine/rules';
import type { TargetDefinition } from '@wracam/engine/targets/definition';
import type { TierLadder } from '@wracam/engine/tiers/ladder';
import type { RewardInput } from '../modules/rewards/index.ts';
import { POINTS_WALLET, type NewProgram } from '../modules/programs/index.ts';
import { TIME_ZONE } from './cafe-days.ts';

export const CAFE: Omit<NewProgram, 'startsAt'> = {
  code: 'cafe', name: 'Kawiarnia Pod Lipą', organisation: 'Pod Lipą sp. z o.o.', timeZone: TIME_ZONE, demo: true, brandColor: '#8a4b2a',
  wallets: [{ ...POINTS_WALLET, expiry: { kind: 'months', months: 12, roundTo: 'monthEnd' } }],
};

const NO_CAPS: RuleDefinition['caps'] = { perTransaction: null, perMemberDay: null, perProgram: null };
const ANY_TIME: Pick<RuleDefinition, 'wallet' | 'schedule' | 'priority' | 'exclusiveGroup' | 'expiry' | 'pendingDays' | 'caps' | 'when' | 'lines'> = {
  wallet: 'punkty', schedule: { from: null, until: null }, priority: 100, exclusiveGroup: null, expiry: { kind: 'wallet' }, pendingDays: null, caps: NO_CAPS, when: null, lines: null,
};

export const CAFE_RULES: readonly RuleDefinition[] = [
  { ...ANY_TIME, name: 'Punkt za każdą złotówkę', effect: { kind: 'perAmount', points: 1, perMinor: 100, rounding: 'down', per: 'transaction' } },
  { ...ANY_TIME, name: 'Środa z kawą: punkty razy dwa', when: { attribute: 'calendar.weekday', operator: 'is', value: 3 }, lines: { attribute: 'line.category', operator: 'is', value: 'kawa' }, effect: { kind: 'multiplier', numerator: 2, denominator: 1 } },
  { ...ANY_TIME, name: 'Na dobry początek', when: { attribute: 'history.isFirstSale', operator: 'isTrue', value: null }, effect: { kind: 'fixed', points: 30 } },
  { ...ANY_TIME, name: 'Prezent na urodziny', when: { attribute: 'calendar.isBirthday', operator: 'isTrue', value: null }, effect: { kind: 'fixed', points: 50 }, caps: { ...NO_CAPS, perMemberDay: 50 } },
  {
    ...ANY_TIME, name: 'Śniadanie przed dziewiątą', lines: { attribute: 'line.category', operator: 'is', value: 'śniadania' }, effect: { kind: 'fixed', points: 15 }, caps: { ...NO_CAPS, perMemberDay: 15 },
    when: { all: [{ attribute: 'calendar.hour', operator: 'below', value: 9 }, { attribute: 'calendar.weekday', operator: 'oneOf', value: [1, 2, 3, 4, 5] }] },
  },
  { ...ANY_TIME, name: 'Kwartał pod lipą', trigger: { kind: 'event', type: 'sales-target' }, effect: { kind: 'fixed', points: 100 } },
  { ...ANY_TIME, name: 'Własny kubek', when: { attribute: 'transaction.attribute.kubek', operator: 'isTrue', value: null }, effect: { kind: 'fixed', points: 3 }, caps: { ...NO_CAPS, perMemberDay: 3 } },
];

const quarterOf = (date: LocalDate): LocalDate => `${date.slice(0, 5)}${['01', '04', '07', '10'][Math.floor((Number(date.slice(5, 7)) - 1) / 3)]!}-01`;

/** Something for regulars to work for: about one in eight of those who come in a quarter spends as much. */
export const cafeTarget = (lastDay: LocalDate): TargetDefinition => ({
  name: 'Kwartał pod lipą', description: 'Kto wyda u nas 600 zł w kwartale, dostaje po jego końcu 100 punktów.', side: 'member', groups: [], counts: 'amount', when: null, lines: null, amount: 60_000,
  // It begins with the quarter that still runs and is decided after it: what is loaded today gives nobody anything of today.
  window: { every: 'quarter', from: quarterOf(lastDay), until: null }, settle: 'afterEnd', returnDays: 14,
});

const level = (code: string, pl: string, en: string, plTo: string, color: string, threshold: number, benefits: TierLadder['levels'][number]['benefits']): TierLadder['levels'][number] => ({ code, pl, en, plTo, color, threshold, keep: null, benefits });

/** Three levels by what was spent in the last year. */
export const CAFE_LADDER: TierLadder = {
  levels: [
    level('gosc', 'Gość', 'Guest', 'Gościa', '#8a5a33', 0, []),
    level('bywalec', 'Bywalec', 'Regular', 'Bywalca', '#6b7785', 60_000, [{ code: 'wiekszy-kubek', pl: 'Większa kawa w cenie mniejszej', en: 'A larger coffee for the price of a small one' }]),
    level('przyjaciel', 'Przyjaciel', 'Friend', 'Przyjaciela', '#a97e12', 150_000, [
      { code: 'wiekszy-kubek', pl: 'Większa kawa w cenie mniejszej', en: 'A larger coffee for the price of a small one' }, { code: 'prezent-urodzinowy', pl: 'Ciasto na urodziny', en: 'A cake on your birthday' },
    ]),
  ],
  measure: { kind: 'spent' }, period: { kind: 'rolling', months: 12 }, promotion: 'atOnce', lasts: 'thisPeriod', demotion: 'oneLevel', graceDays: 14, returns: 'takeLevel',
};

/** `taste`: how often guests who have the points take it; 0: new in the catalogue. `atCounter`: handed over at once. */
export type CafeReward = RewardInput & { readonly taste: number; readonly atCounter: boolean };

export const CAFE_REWARDS: readonly CafeReward[] = [
  { name: 'Kawa gratis', description: 'Dowolna kawa z tablicy, na miejscu albo na wynos.', icon: 'cup', category: 'Przy ladzie', pricePoints: 160, taste: 46, atCounter: true },
  { name: 'Kawałek ciasta', description: 'Sernik, szarlotka albo to, co dziś upiekliśmy.', icon: 'cake', category: 'Przy ladzie', pricePoints: 190, taste: 27, atCounter: true },
  { name: 'Kawa i ciasto', description: 'Zestaw na spokojne popołudnie.', icon: 'heart', category: 'Przy ladzie', pricePoints: 320, taste: 16, atCounter: true },
  { name: 'Paczka kawy 250 g', description: 'Brazylia albo Etiopia z naszej palarni.', icon: 'bag', category: 'Do domu', pricePoints: 420, stockLeft: 900, taste: 11, atCounter: false },
  { name: 'Torba „Pod Lipą”', description: 'Płócienna, z długimi uszami.', icon: 'bag', category: 'Do domu', pricePoints: 480, stockLeft: 400, taste: 4, atCounter: false },
  { name: 'Śniadanie dla dwojga', description: 'Dwa śniadania i dwie kawy, w weekendy z rezerwacją.', icon: 'ticket', category: 'Przy ladzie', pricePoints: 700, taste: 6, atCounter: true },
  { name: 'Kubek termiczny', description: 'Stalowy, 350 ml, trzyma ciepło do południa.', icon: 'cup', category: 'Do domu', pricePoints: 900, stockLeft: 300, taste: 4, atCounter: false },
  { name: 'Warsztaty parzenia kawy', description: 'Trzy godziny z baristą w sobotę rano, dla jednej osoby.', icon: 'book', category: 'Przeżycia', pricePoints: 1500, stockLeft: 12, perMember: 1, taste: 0, atCounter: false },
];

export const CAFE_BADGES = [
  { name: 'Kawosz miesiąca', description: 'Osiem kaw w jednym miesiącu.', shape: 'circle', icon: 'cup', color: 'amber' },
  { name: 'Łasuch', description: 'Kawa, ciasto i śniadanie: spróbowane wszystko.', shape: 'flower', icon: 'cake', color: 'rose' },
] as const;

/** Two challenges and a threshold that run since `from`, some weeks before the demo's last day; a returned coffee takes nothing away again. `badges` are ids of CAFE_BADGES. */
export const cafeGoals = (from: LocalDate, badges: readonly [string, string]): GoalDefinition[] => [
  {
    kind: 'challenge', name: 'Osiem kaw w miesiącu', description: 'Wpadnij na kawę dwa razy w tygodniu.', reward: { points: { wallet: 'punkty', points: 40 }, badge: badges[0], coupon: null }, onReturn: 'keep',
    when: null, lines: { attribute: 'line.category', operator: 'is', value: 'kawa' }, task: { kind: 'count', of: 'documents', target: 8 }, window: { kind: 'month', from, until: null },
  },
  {
    kind: 'challenge', name: 'Spróbuj wszystkiego', description: null, reward: { points: null, badge: badges[1], coupon: 'Kawałek ciasta gratis' }, onReturn: 'keep',
    when: null, lines: null, task: { kind: 'collection', by: 'category', items: ['kawa', 'ciasta', 'śniadania', 'kawa w ziarnach'] }, window: { kind: 'once', from, until: null },
  },
  {
    kind: 'threshold', name: 'Co 300 punktów', description: null, reward: { points: { wallet: 'punkty', points: 25 }, badge: null, coupon: null }, onReturn: 'keep',
    measure: { kind: 'points', wallet: 'punkty' }, at: 300, repeats: true, since: from,
  },
];
