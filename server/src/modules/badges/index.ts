export { createBadge } from './actions.ts';
export { badgesAsked, badgesNamedIn, badgesOf, badgesOn, endBadge, giveBadge, goalBadgeKey, ruleBadgeKey, type BadgesByMember, type BadgeSpan } from './held.ts';
export { endHeld, heldOf, insertHeld, listBadges, type BadgeRow, type GoalBadge } from './store.ts';
