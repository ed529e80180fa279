import { RETURN_EVENT } from '@wracam/engine/event-types';
import { leavesOf } from '@wracam/engine/conditions';
import type { RuleDefinition } from '@wracam/engine/rules';

/** Does the rule answer to returns: alone of events they have lines. */
export const isOnReturn = ({ trigger }: Pick<RuleDefinition, 'trigger'>): boolean => trigger?.kind === 'event' && trigger.type === RETURN_EVENT;

/** What a new rule for returns gives one member in a month at most, until somebody says otherwise: enough for an apology or two, too little to buy and return for. */
const MONTH_POINTS = 100;
const MONTH_PIECES = 1;
export const returnLimit = ({ effect }: Pick<RuleDefinition, 'effect'>): number => (effect.kind === 'grant' ? MONTH_PIECES : MONTH_POINTS);

export const hasMemberLimit = ({ caps }: Pick<RuleDefinition, 'caps'>): boolean => [caps.perMemberDay, caps.perMemberWeek, caps.perMemberMonth, caps.perMemberYear, caps.perMemberEver].some((cap) => typeof cap === 'number');

export const limited = (value: RuleDefinition): RuleDefinition => ({ ...value, caps: { ...value.caps, perMemberMonth: returnLimit(value) } });

/** The rule as one for returns, limited unless it was already; its lines stay. */
export function onReturn(value: RuleDefinition): RuleDefinition {
  const told: RuleDefinition = { ...value, trigger: { kind: 'event', type: RETURN_EVENT } };
  return hasMemberLimit(told) ? told : limited(told);
}

/** The limit that came with the return goes with it. */
export const withoutReturnLimit = (value: RuleDefinition): RuleDefinition =>
  (isOnReturn(value) && value.caps.perMemberMonth === returnLimit(value) ? { ...value, caps: { ...value.caps, perMemberMonth: null } } : value);

/** A category that the rule counts, to try it on. */
export function countedCategory({ lines }: Pick<RuleDefinition, 'lines'>): string {
  const found = (lines === null ? [] : leavesOf(lines)).find(({ leaf, negated }) => leaf.attribute === 'line.category' && !negated)?.leaf.value;
  const [first] = Array.isArray(found) ? found : [found];
  return typeof first === 'string' ? first : '';
}
