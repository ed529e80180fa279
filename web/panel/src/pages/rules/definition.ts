import type { Condition as ApiCondition, RuleDefinition as ApiDefinition } from '@wracam/sdk';
import type { Condition } from '@wracam/engine/conditions';
import type { Effect, GrantKind, RuleDefinition } from '@wracam/engine/rules';

/** A rule to start from: a point for every 10 zł, in the program's first wallet. */
export const newDefinition = (wallet: string, event?: string): RuleDefinition => ({
  name: '', wallet, when: null, lines: null, ...(event !== undefined && { trigger: { kind: 'event', type: event } }),
  effect: event === undefined ? newEffect.perAmount : newEffect.fixed,
  schedule: { from: null, until: null }, priority: 100, exclusiveGroup: null,
  caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: null,
});

type Grant = Extract<Effect, { kind: 'grant' }>;

/** A fresh effect of a kind, with numbers a shop would begin with. */
export const newEffect: Record<Effect['kind'], Effect> = {
  perAmount: { kind: 'perAmount', points: 1, perMinor: 1000, rounding: 'down', per: 'transaction' },
  perUnit: { kind: 'perUnit', points: 1, perThousandths: 1000, rounding: 'down', per: 'transaction' },
  fixed: { kind: 'fixed', points: 10 },
  percent: { kind: 'percent', basisPoints: 200, rounding: 'down', per: 'transaction' },
  multiplier: { kind: 'multiplier', numerator: 2, denominator: 1 },
  tierMultiplier: { kind: 'tierMultiplier', tiers: [{ tier: '', hundredths: 150 }] },
  grant: { kind: 'grant', what: 'coupon', code: '', count: 1 },
};

/** The same grant of another kind: a message has words instead of a code and a count, a badge is held or not and has no count. */
export function grantOf({ message, ...rest }: Grant, what: GrantKind): Effect {
  if (what === 'badge') return { kind: 'grant', what, code: rest.what === 'message' ? '' : rest.code, count: 1 };
  if (what === 'message') return { kind: 'grant', what, code: 'wiadomosc', count: 1, message: message ?? { pl: { subject: '', text: '' } } };
  return rest.what === 'message' ? { ...rest, what, code: '' } : { ...rest, what };
}

/** The rule with one badge where it gives badges: the form has no field for their number, so none may hide behind it. */
export const withOneBadge = (rule: RuleDefinition): RuleDefinition =>
  rule.effect.kind === 'grant' && rule.effect.what === 'badge' && rule.effect.count !== 1 ? { ...rule, effect: { ...rule.effect, count: 1 } } : rule;

/** Does the effect add points of its own: only such points can be kept from multipliers. */
export const addsPoints = (effect: Effect): boolean => effect.kind !== 'multiplier' && effect.kind !== 'tierMultiplier' && effect.kind !== 'grant';

/** The rule with another effect, without what does not go with it. */
export function withEffect({ afterMultipliers, bestOfGroup, ...rule }: RuleDefinition, effect: Effect): RuleDefinition {
  return {
    ...rule, effect,
    ...(afterMultipliers === true && addsPoints(effect) && { afterMultipliers }),
    ...(bestOfGroup && effect.kind !== 'grant' && { bestOfGroup }),
  };
}

export function engineCondition(condition: ApiCondition): Condition {
  if ('all' in condition) return { all: condition.all.map(engineCondition) };
  if ('any' in condition) return { any: condition.any.map(engineCondition) };
  if ('none' in condition) return { none: condition.none.map(engineCondition) };
  const { attribute, operator, value } = condition;
  if (!Array.isArray(value)) return { attribute, operator, value: value ?? null };
  const numbers = value.filter((one) => typeof one === 'number');
  return { attribute, operator, value: numbers.length === value.length && numbers.length > 0 ? numbers : value.map(String) };
}

export function apiCondition(condition: Condition): ApiCondition {
  if ('all' in condition) return { all: condition.all.map(apiCondition) };
  if ('any' in condition) return { any: condition.any.map(apiCondition) };
  if ('none' in condition) return { none: condition.none.map(apiCondition) };
  const { attribute, operator, value } = condition;
  if (value === null) return { attribute, operator };
  return typeof value === 'object' ? { attribute, operator, value: [...value] } : { attribute, operator, value };
}

/** A rule as the API tells it, as the engine reads it: a test without a value carries null. */
export const toEngine = (definition: ApiDefinition): RuleDefinition => ({
  ...definition,
  when: definition.when && engineCondition(definition.when),
  lines: definition.lines && engineCondition(definition.lines),
});

/** The same rule as the API takes it. */
export const toApi = ({ description, effect, caps, ...definition }: RuleDefinition): ApiDefinition => ({
  ...definition,
  effect: effect.kind === 'tierMultiplier' ? { ...effect, tiers: effect.tiers.map((one) => ({ ...one })) } : effect.kind === 'perUnit' && effect.of ? { ...effect, of: { ...effect.of } } : effect,
  caps: { ...caps },
  name: definition.name.trim(),
  ...(description?.trim() && { description: description.trim() }),
  when: definition.when && apiCondition(definition.when),
  lines: definition.lines && apiCondition(definition.lines),
});

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** A multiplier from hundredths ("1,5" is 150) as a fraction in lowest terms. */
export function multiplierOf(hundredths: number): Effect {
  const common = gcd(hundredths, 100);
  return { kind: 'multiplier', numerator: hundredths / common, denominator: 100 / common };
}

/** Hundredths of a multiplier, for its field; null when it has no exact hundredths. */
export const hundredthsOf = (numerator: number, denominator: number): number | null =>
  (numerator * 100) % denominator === 0 ? (numerator * 100) / denominator : null;
