type Sums = { readonly shortfalls: number };

/**
 * How often a change leaves members without points that they spent in fact. What today's rules leave them without as well is none of its doing: history
 * that came as a file tells some documents in another order than they were booked in.
 */
export const shortfallsOfChange = (now: Sums, draft: Sums): number => Math.max(0, draft.shortfalls - now.shortfalls);
