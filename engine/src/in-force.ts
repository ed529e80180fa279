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
