import type { Member } from '../../api/shapes.ts';

/** First and last name, or the number when there is no name. */
export const memberName = (member: Pick<Member, 'firstName' | 'lastName' | 'number'>): string =>
  [member.firstName, member.lastName].filter(Boolean).join(' ') || member.number;
