/** One member's badges told plainly, looked up day by day: each time one was given, and the day on which it was taken back. */
export type Badges = {
  /** `of`: what gave it. */
  give(of: string, code: string, today: number): void;
  takeBack(of: string, today: number): void;
  /** As if it had never been taken. */
  restore(of: string): void;
  /** Held on a day: given on it or before, and still there on the next. */
  has(code: string, day: number): boolean;
  /** Whole days without a gap before this one; null: not held. */
  daysOf(code: string, day: number): number | null;
  /** Codes of those that stand, sorted. */
  standing(): string[];
  readonly moves: { given: number; taken: number };
};

export function openBadges(): Badges {
  const times: { readonly of: string; readonly code: string; readonly from: number; until: number }[] = [];
  const moves = { given: 0, taken: 0 };
  const has = (code: string, day: number) => times.some((one) => one.code === code && one.from <= day && day < one.until);
  return {
    has, moves,
    give(of, code, today) {
      times.push({ of, code, from: today, until: Infinity });
      moves.given += 1;
    },
    takeBack(of, today) {
      for (const one of times) if (one.of === of && one.until === Infinity) {
        one.until = today;
        moves.taken += 1;
      }
    },
    restore(of) { for (const one of times) if (one.of === of) one.until = Infinity; },
    daysOf(code, day) {
      if (!has(code, day)) return null;
      let first = day;
      while (has(code, first - 1)) first -= 1;
      return day - first;
    },
    standing: () => [...new Set(times.flatMap((one) => (one.until === Infinity ? [one.code] : [])))].sort(),
  };
}
