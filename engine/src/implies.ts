import { groupOf, isGroup, type Condition, type ConditionLeaf } from './conditions.ts';

/** A condition, or its opposite. */
type Said = { readonly of: Condition; readonly negated: boolean };

/**
 * Does the one condition hold only where the other one does too: is everybody who was in still in. Tells what the shape of the two shows, a lower
 * threshold or a test that is gone; where it cannot tell, it says no. So a yes is always right, and a no may be too careful.
 */
export const implies = (before: Condition, after: Condition): boolean => follows({ of: before, negated: false }, { of: after, negated: false });

function follows(a: Said, b: Said): boolean {
  const [from, to] = [partsOf(a), partsOf(b)];
  // These two lose nothing, so they come first: every alternative has to lead there, and to every demand.
  if (from !== null && !from.every) return from.parts.every((part) => follows(part, b));
  if (to?.every === true) return to.parts.every((part) => follows(a, part));
  if (from !== null && from.parts.some((part) => follows(part, b))) return true;
  if (to !== null) return to.parts.some((part) => follows(a, part));
  return from === null && leafFollows(a.of as ConditionLeaf, a.negated, b.of as ConditionLeaf, b.negated);
}

function partsOf({ of, negated }: Said): { readonly parts: readonly Said[]; readonly every: boolean } | null {
  if (!isGroup(of)) return null;
  const { parts, every, negates } = groupOf(of, negated);
  return { every, parts: parts.map((part) => ({ of: part, negated: negates })) };
}

function leafFollows(a: ConditionLeaf, aNegated: boolean, b: ConditionLeaf, bNegated: boolean): boolean {
  if (a.attribute !== b.attribute || aNegated !== bNegated) return false;
  return aNegated ? isStricter(b, a) : isStricter(a, b);
}

/** Does every value that passes the one test pass the other one, also where the fact is not known. */
function isStricter(a: ConditionLeaf, b: ConditionLeaf): boolean {
  if (a.operator === b.operator && JSON.stringify(a.value) === JSON.stringify(b.value)) return true;
  const [one, other] = [rangeOf(a), rangeOf(b)];
  if (one !== null && other !== null) return within(one, other);
  const [from, to] = [listOf(a), listOf(b)];
  if (from === null || from.sort !== to?.sort) return false;
  return from.passes === 'more' ? from.values.every((value) => to.values.includes(value)) : to.values.every((value) => from.values.includes(value));
}

type Bound = string | number;
/** Values from one to another; `open`: without the last one. Null: no end on that side. */
type Range = { readonly from: Bound | null; readonly to: Bound | null; readonly open: boolean };

function rangeOf({ operator, value }: ConditionLeaf): Range | null {
  const [first, last] = Array.isArray(value) ? (value as readonly Bound[]) : [value as Bound];
  switch (operator) {
    case 'atLeast': case 'onOrAfter': return { from: first!, to: null, open: false };
    case 'below': case 'before': return { from: null, to: first!, open: true };
    case 'between': case 'within': return { from: first!, to: last!, open: false };
    default: return null;
  }
}

function within(a: Range, b: Range): boolean {
  const begins = b.from === null || (a.from !== null && isLater(a.from, b.from)) || a.from === b.from;
  const ends = b.to === null || (a.to !== null && (isLater(b.to, a.to) || (a.to === b.to && (a.open || !b.open))));
  return begins && ends;
}

/** Numbers among numbers, dates among dates. */
const isLater = (a: Bound, b: Bound): boolean => typeof a === typeof b && (a as number) > (b as number);

/** Tests on a list: `more` passes more values the longer it is, `fewer` fewer. `sort`: only tests of one are compared. */
function listOf({ operator, value }: ConditionLeaf): { readonly sort: string; readonly passes: 'more' | 'fewer'; readonly values: readonly unknown[] } | null {
  const values: readonly unknown[] = [value].flat();
  switch (operator) {
    case 'is': case 'oneOf': return { sort: 'oneOf', passes: 'more', values };
    case 'isNot': case 'noneOf': return { sort: 'noneOf', passes: 'fewer', values };
    case 'includesAny': return { sort: operator, passes: 'more', values };
    case 'includesNone': case 'includesAll': return { sort: operator, passes: 'fewer', values };
    default: return null;
  }
}
