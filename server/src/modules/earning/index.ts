export { hasOwnExpiry, republish, republishFor, startRules } from './actions.ts';
export { checkDefinition, pinning } from './actions.ts';
export { findRule, publishedRulesets } from './store.ts';
export { rulesetsOf, type Rulesets } from './rulesets.ts';
export { budgetsUsed, isBudgetSpent, takingBudget } from './store.ts';
export { grantViewsOf } from './grants.ts';
export { badgesGiven, badgesHeld, insertingGrants, keepingOfGrant } from './grants-store.ts';
export { circleUse, countingCircle } from './circle-use.ts';
export { definitionSaid } from './publishing.ts';
