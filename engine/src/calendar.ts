/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** A calendar date 'YYYY-MM-DD', years 0001 to 9999. Dates compare as strings. */
export type LocalDate = string;

/** An instant as a wall calendar and clock in some time zone show it. */
export type CalendarParts = {
  readonly date: LocalDate;
  /** Days since 1970-01-01. */
  readonly dayNumber: number;
  /** 1 = Monday … 7 = Sunday (ISO 8601). */
  readonly weekday: number;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
};

const notYet = (): never => { throw new Error('being written'); };
/** The calendar of a time zone at an instant. Throws RangeError for an unknown zone. */
export const calendarParts = (_timeZone: string, _instant: Instant): CalendarParts => notYet();
/** The local date of an instant. */
export const localDate = (timeZone: string, instant: Instant): LocalDate => calendarParts(timeZone, instant).date;
/** First instant of the local day. */
export const startOfLocalDay = (_timeZone: string, _date: LocalDate): Instant => notYet();
/** First instant after the local day: what is good on `date` ends here (exclusive). */
export const endOfLocalDay = (_timeZone: string, _date: LocalDate): Instant => notYet();
export const addDays = (_date: LocalDate, _days: number): LocalDate => notYet();
/** Same day of a later (or earlier) month, or that month's last day when it is shorter. */
export const addMonths = (_date: LocalDate, _months: number): LocalDate => notYet();
export const endOfMonth = (_date: LocalDate): LocalDate => notYet();
export const endOfQuarter = (_date: LocalDate): LocalDate => notYet();
export const endOfYear = (_date: LocalDate): LocalDate => notYet();
/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (_from: LocalDate, _to: LocalDate): number => notYet();
/** Is the text a real date 'YYYY-MM-DD'. */
export const isLocalDate = (_text: string): boolean => notYet();
