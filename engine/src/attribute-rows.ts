import type { Facts, Line } from './facts.ts';
import type { OperatorCode, Seen } from './operators.ts';

/** `segment`: whether the member is in one, `badge`: which ones the member holds. Scopes of their own, for a rule may ask for both, a segment for badges alone and a goal for segments alone. */
export type AttributeScope = 'document' | 'line' | 'member' | 'badge' | 'history' | 'segment' | 'calendar';

/**
 * money: minor units; quantity: thousandths; time: minutes since midnight; choice: one of `options`; custom: an organiser's own, its type
 * is seen at run time.
 */
export type AttributeType = 'money' | 'number' | 'quantity' | 'text' | 'date' | 'time' | 'flag' | 'choice' | 'custom';

export type AttributeOption = { readonly value: string | number; readonly words: { readonly pl: string; readonly en: string } };

/** A fact a condition may test. The form, the validator, the interpreter, the closure and the segment's SQL read the same row. */
export type Attribute = {
  readonly code: string;
  readonly type: AttributeType;
  readonly scope: AttributeScope;
  readonly words: { readonly pl: string; readonly en: string };
  /** What a number counts. */
  readonly unit: 'days' | 'lines' | 'sales' | 'hour' | 'day' | null;
  /** True when the fact lives outside the document and is known only at booking: a return needs its answer frozen. */
  readonly frozen: boolean;
  /** How many days back it looks into the member's documents; 0: it does not, Infinity: into all of them. */
  readonly pastDays: number;
  readonly options: readonly AttributeOption[] | null;
  readonly min: number | null;
  readonly max: number | null;
  /** Only line attributes look at `line`. */
  readonly read: (facts: Facts, line: Line) => Seen;
  /** Its name in SQL, where it has one. */
  readonly column: string | null;
  readonly operators: readonly OperatorCode[];
};

type Row = Pick<Attribute, 'code' | 'type' | 'scope' | 'words' | 'read' | 'column' | 'operators'> & Partial<Attribute>;

export const attribute = (row: Row): Attribute => ({
  unit: null, pastDays: 0, options: null, min: null, max: null, frozen: row.scope === 'member' || row.scope === 'badge' || row.scope === 'history', ...row,
});

export const AMOUNTS = ['atLeast', 'below', 'between'] as const satisfies readonly OperatorCode[];
export const COUNTS = ['is', 'atLeast', 'below', 'between'] as const satisfies readonly OperatorCode[];
export const CODES = ['is', 'isNot', 'oneOf', 'noneOf', 'startsWith'] as const satisfies readonly OperatorCode[];
/** Of codes that sets of articles are made of. */
export const ARTICLES = [...CODES, 'inSet', 'notInSet'] as const satisfies readonly OperatorCode[];
export const NAMES = [...CODES, 'contains'] as const satisfies readonly OperatorCode[];
export const CHOICES = ['is', 'isNot', 'oneOf', 'noneOf'] as const satisfies readonly OperatorCode[];
export const DATES = ['is', 'onOrAfter', 'before', 'within'] as const satisfies readonly OperatorCode[];
export const TIMES = ['timeWithin', 'atLeast', 'below'] as const satisfies readonly OperatorCode[];
export const FLAGS = ['isTrue', 'isFalse'] as const satisfies readonly OperatorCode[];
/** Of facts that are several values at once. */
export const SEVERAL = ['includesAny', 'includesNone', 'includesAll'] as const satisfies readonly OperatorCode[];
/** Of members: the one fact that is a named condition itself, so its value comes from the test's `tree` and not from `read`. */
export const SEGMENTS = ['inSegment', 'notInSegment'] as const satisfies readonly OperatorCode[];
export const ANY = [...NAMES, ...AMOUNTS, ...FLAGS] as const satisfies readonly OperatorCode[];

export const options = (pl: readonly string[], en: readonly string[], from: number): AttributeOption[] =>
  pl.map((words, i) => ({ value: from + i, words: { pl: words, en: en[i]! } }));
