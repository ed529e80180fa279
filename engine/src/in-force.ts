import type { Instant } from './calendar.ts';

/** Before any document: what holds from a program's beginning holds from here. */
export const SINCE_ALWAYS: Instant = Date.UTC(1990, 0, 1);

/** Something that was published: it holds from an instant, until something published later does. */
type Published = { readonly inForceFrom: Instant };

/** Of versions in the order of publication the one in force at an instant: the last published of those that have begun. Null: before the first. */
export function inForceAt<V extends Published>(versions: readonly V[], at: Instant): V | null {
  let found: V | null = null;
  for (const one of versions) if (one.inForceFrom <= at) found = one;
  return found;
}

/** The versions that are in force at some instant from `from` on and before `until`, the first of them at `from` itself. */
export function inForceBetween<V extends Published>(versions: readonly V[], from: Instant, until: Instant): V[] {
  const moments = [from, ...versions.map((one) => one.inForceFrom).filter((at) => at > from && at < until)].sort((a, b) => a - b);
  return [...new Set(moments.map((at) => inForceAt(versions, at)).filter((one) => one !== null))];
}

/** The versions that have not begun at an instant and will, as long as nothing else is published. */
export const plannedAfter = <V extends Published>(versions: readonly V[], now: Instant): V[] => inForceBetween(versions, now, Infinity).filter((one) => one.inForceFrom > now);

/** Of the versions that are planned those whose place is taken by what is published now for `from`: they would begin no earlier. */
export const withdrawnFrom = <V extends Published>(versions: readonly V[], from: Instant, now: Instant): V[] => plannedAfter(versions, now).filter((one) => one.inForceFrom >= from);

/** The version that was published while this one was still planned and took its place; null: nothing did, it was in force or will be. */
export const withdrawnBy = <V extends Published & { readonly publishedAt: Instant }>(versions: readonly V[], of: V): V | null =>
  versions.slice(versions.indexOf(of) + 1).find((one) => one.publishedAt < of.inForceFrom && one.inForceFrom <= of.inForceFrom) ?? null;
