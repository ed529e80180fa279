import { addDays, daysBetween, type LocalDate } from '@wracam/engine/calendar';

export type DayFigures = { readonly date: LocalDate; readonly sales: number; readonly salesMinor: number; readonly pointsEarned: number; readonly pointsSpent: number; readonly newMembers: number };

export const noFigures = (date: LocalDate): DayFigures => ({ date, sales: 0, salesMinor: 0, pointsEarned: 0, pointsSpent: 0, newMembers: 0 });

/** Every date from one to the other, both included. */
export const daysOf = (from: LocalDate, until: LocalDate): LocalDate[] => Array.from({ length: daysBetween(from, until) + 1 }, (_, at) => addDays(from, at));
