export { hasOwnExpiry, republish, republishFor, startRules } from './actions.ts';
export { rulesetsOf, type Rulesets } from './rulesets.ts';
export { budgetsUsed, isBudgetSpent, takingBudget } from './store.ts';
