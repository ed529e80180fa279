import { addDays, addMonths, type Instant, type LocalDate } from '@wracam/engine/calendar';
import { atMinute, cafeDay, DAYS, type CafeDay } from './cafe-days.ts';
import type { Taste } from './cafe-menu.ts';
import { FAMILIES, MEN, plainLetters, WOMEN } from './names.ts';
import { makeRandom } from './random.ts';

export const MEMBERS = 3400;

/** A guest with a card: who they are, when they come and what they like. */
export type Guest = {
  readonly no: number; readonly firstName: string; readonly lastName: string; readonly phone: string | null; readonly email: string | null; readonly birthDate: LocalDate | null; readonly card: string; readonly joinedAt: Instant;
  /** Numbers of days, from 0: the first visit is on the day of joining. */
  readonly joins: number; readonly leaves: number;
  /** Visits in 10,000 days. */
  readonly rate: number; readonly taste: Taste; readonly hour: number;
};

/** Visits in 10,000 ordinary days, and days that such a guest usually stays. */
const HABITS: readonly (readonly [number, { readonly rate: number; readonly stays: number }])[] = [[6, { rate: 4300, stays: 640 }], [19, { rate: 1400, stays: 480 }], [36, { rate: 340, stays: 420 }], [39, { rate: 90, stays: 380 }]];
const PREFIXES = ['501', '505', '509', '512', '515', '530', '533', '535', '570', '600', '602', '604', '606', '608', '660', '662', '664', '668', '691', '693', '695', '698', '721', '725', '729', '781', '785', '790', '792', '794', '796', '880', '882', '884', '886', '888'] as const;

/** First day of the demo's two years. */
export const firstDay = (lastDay: LocalDate): LocalDate => addDays(lastDay, 1 - DAYS);

/** All guests who take a card in the two years, in the order of joining. */
export function cafeGuests(lastDay: LocalDate): Guest[] {
  const random = makeRandom('cafe guests');
  const days = Array.from({ length: DAYS }, (_, at) => cafeDay(addDays(firstDay(lastDay), at)));
  const joining = joiningDays(days);
  const seen = new Set<string>();
  const once = (make: () => string): string => {
    for (;;) {
      const value = make();
      if (!seen.has(value)) { seen.add(value); return value; }
    }
  };
  return joining.map((joins, no) => {
    const woman = random.chance(62, 100);
    const family = random.pick(FAMILIES);
    const firstName = woman ? random.pick(WOMEN) : random.pick(MEN);
    const lastName = woman ? family[0] : family[1];
    const habit = random.weighted(HABITS);
    // Some never come back after the first coffee, others stay for years; the newest cannot have left yet.
    const leaves = random.chance(12, 100) ? joins : joins + Math.floor(habit.stays * random.between(20, 220) / 100);
    const phone = random.chance(94, 100) ? once(() => `+48${random.pick(PREFIXES)}${String(random.below(1_000_000)).padStart(6, '0')}`) : null;
    const email = random.chance(64, 100) ? once(() => `${plainLetters(firstName)}.${plainLetters(lastName)}${random.chance(1, 3) ? '' : random.between(1, 999)}@example.pl`) : null;
    const age = random.weighted([[26, random.between(18, 26)], [38, random.between(27, 39)], [24, random.between(40, 55)], [12, random.between(56, 79)]]);
    const birthDate = random.chance(71, 100) ? addDays(addMonths(lastDay, -12 * age), -random.below(365)) : null;
    const day = days[joins]!;
    const hour = random.weighted(day.freeDay ? [[4, 10], [5, 11], [3, 12], [3, 13], [3, 14], [4, 15], [3, 16], [1, 17]] : [[7, 7], [9, 8], [5, 9], [4, 10], [3, 11], [5, 12], [4, 13], [3, 14], [4, 15], [6, 16], [4, 17], [2, 18]]);
    return {
      no, firstName, lastName, phone, email, birthDate, card: `5900${String(100_000_000 + no * 7 + 3)}`, joinedAt: atMinute(day.date, hour * 60 + random.below(60)), joins, leaves,
      rate: habit.rate, taste: { tea: random.chance(14, 100), sweetPercent: random.between(8, 52), company: random.chance(40, 100), ownCup: random.chance(7, 100) }, hour,
    };
  });
}

/** Many join when the program opens, then a few a day, more on busy days. */
function joiningDays(days: readonly CafeDay[]): number[] {
  const random = makeRandom('cafe joining');
  const weights = days.map((day, at) => [at < 30 ? day.busyPercent * 4 : day.busyPercent * (at < 120 ? 2 : 1), at] as const).filter(([weight]) => weight > 0);
  return Array.from({ length: MEMBERS }, () => random.weighted(weights)).sort((a, b) => a - b);
}
