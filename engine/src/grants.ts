/** What a rule may give besides points: pieces of it, found by a code. */
export const GRANT_KINDS = ['coupon', 'badge', 'ticket', 'tag', 'message', 'webhook'] as const;
export type GrantKind = (typeof GRANT_KINDS)[number];
