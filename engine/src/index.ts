export { decide, type Award, type Decision } from './decide.ts';
export { compileRuleset, validateRule, type CompiledRuleset, type RuleDefinition, type Ruleset } from './rules.ts';
export { keptPoints, applyReturn, remainingOf } from './returns.ts';
