import { isGroup, type Condition, type ConditionLeaf } from '@wracam/engine/conditions';

const FIELD = 'event.field.target';
const names = (part: Condition): part is ConditionLeaf => !isGroup(part) && part.attribute === FIELD && part.operator === 'is';

/** The sales target that a condition asks for, where everything else only narrows it further; null: none. */
export function targetIn(when: Condition | null): string | null {
  if (when === null) return null;
  const found = 'all' in when ? when.all.find(names) : names(when) ? when : undefined;
  return found ? String(found.value) : null;
}

/** The condition with this sales target asked for, or (null) with none. What else it asks for stays. */
export function withTarget(when: Condition | null, code: string | null): Condition | null {
  const parts = when === null ? [] : 'all' in when ? when.all : [when];
  const rest = parts.filter((part) => !names(part));
  const asked = code === null ? rest : [{ attribute: FIELD, operator: 'is', value: code }, ...rest];
  return asked.length === 0 ? null : { all: asked };
}
