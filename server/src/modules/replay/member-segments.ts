import { daysBetween, type LocalDate } from '@wracam/engine/calendar';
import type { MemoryMember } from '../transactions/index.ts';

/** A part of the members. Each stands in one kind and one length of membership, and in any number of the program's own segments. */
export type Segment = { readonly by: 'kind' | 'membership' | 'segment'; readonly value: string };

const MEMBERSHIPS = [['underMonth', 30], ['underYear', 365], ['longer', Infinity]] as const;

/** People before companies, new members before old ones, and the program's own segments last, by name. */
const IN_ORDER = ['person', 'company', ...MEMBERSHIPS.map(([name]) => name)];
const placeOf = ({ by, value }: Segment): number => (by === 'segment' ? IN_ORDER.length : IN_ORDER.indexOf(value));

function segmentsOfMember({ kind, joinedOn, segments = [] }: MemoryMember, until: LocalDate): Segment[] {
  const days = daysBetween(joinedOn, until);
  return [{ by: 'kind', value: kind }, { by: 'membership', value: MEMBERSHIPS.find(([, below]) => days < below)![0] }, ...segments.map((value): Segment => ({ by: 'segment', value }))];
}

/** Adds rows up by the segments of their members on a day; segments nobody is in are left out. */
export function sumBySegment<Row, Sum>(until: LocalDate, rows: readonly Row[], memberOf: (row: Row) => MemoryMember, nothing: () => Sum, add: (sum: Sum, row: Row) => void): (Segment & Sum)[] {
  const sums = new Map<string, Segment & Sum>();
  for (const row of rows) for (const segment of segmentsOfMember(memberOf(row), until)) {
    const key = `${segment.by}${segment.value}`;
    let sum = sums.get(key);
    if (sum === undefined) sums.set(key, sum = { ...segment, ...nothing() });
    add(sum, row);
  }
  return [...sums.values()].sort((a, b) => placeOf(a) - placeOf(b) || (a.value < b.value ? -1 : 1));
}
