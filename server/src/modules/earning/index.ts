export { checkDefinition, hasOwnExpiry, pinning, republish, republishForSegment, republishForSet, rulesNamingSegment, startRules } from './actions.ts';
export { findRule, publishedRulesets } from './store.ts';
export { rulesetsOf, type Rulesets } from './rulesets.ts';
export { budgetsUsed, isBudgetSpent, takingBudget } from './store.ts';
export { grantViewsOf, SHOWN_TO_MEMBERS } from './grants.ts';
export { badgesGiven, badgesHeld, insertingGrants, keepingOfGrant } from './grants-store.ts';
export { ruleMessageJobs, writesOfRuleMessages } from './rule-messages.ts';
export { circleUse, countingCircle } from './circle-use.ts';
export { definitionSaid } from './publishing.ts';
