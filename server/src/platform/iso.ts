import type { Instant } from '@wracam/engine/calendar';

/** An instant as the API writes it: ISO 8601, in UTC, with milliseconds. */
export const iso = (instant: Instant): string => new Date(instant).toISOString();
export const isoOrNull = (instant: Instant | null): string | null => (instant === null ? null : iso(instant));
