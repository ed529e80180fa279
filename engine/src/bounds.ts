/** Largest amount of a document or line in minor units (and of a quantity in thousandths): 10^11, a billion złotych. */
export const AMOUNT_MAX = 100_000_000_000;

/** Lines a document may have; the proof that sums stay safe integers counts on it. */
export const LINES_MAX = 1000;

/** Largest number of points a rule names: fixed points, a cap. */
export const RULE_POINTS_MAX = 1_000_000_000;

/** Points for one minor unit at the most: 10^11 × 100 leaves room below 2^53. */
export const RATE_MAX = 100;

/** A multiplier is at the most × 100. */
export const MULTIPLIER_MAX = 100;

/** Multipliers are whole per cents (× 1,25 is 5/4): the common denominator of any of them is 100, so bonuses add exactly. */
export const MULTIPLIER_UNIT = 100;

/** How deep groups of conditions nest. */
export const CONDITION_DEPTH_MAX = 8;

/** Groups and tests of one condition together. */
export const CONDITION_SIZE_MAX = 200;

/** Largest quantity of a line that a rule counts, in thousandths: a million pieces. */
export const QUANTITY_MAX = 1_000_000_000;

/** Largest number of a document's own field that a rule counts. */
export const FIELD_MAX = 1_000_000_000;

/** Percentage of a purchase at the most, in basis points: all of it. */
export const BASIS_POINTS_MAX = 10_000;

/** Pieces that one rule grants for one document at the most. */
export const GRANT_COUNT_MAX = 1000;

/** Tiers that one rule tells apart. */
export const TIERS_MAX = 20;
