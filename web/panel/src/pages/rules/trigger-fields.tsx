import { Alert, Button, Select, Stack, Text } from '@mantine/core';
import { RETURN_EVENT, type EventReasons } from '@wracam/engine/event-types';
import type { RuleDefinition } from '@wracam/engine/rules';
import { ErrorNotice } from '@wracam/ui';
import { useEventTypes } from '../../api/events.ts';
import type { EventType } from '../../api/shapes.ts';
import { useTargets } from '../../api/targets.ts';
import { useWords } from '../../words/words.tsx';
import { newEffect } from './definition.ts';
import { hasMemberLimit, isOnReturn, limited, onReturn, returnLimit, withoutReturnLimit } from './return-trigger.ts';
import { targetIn, withTarget } from './target-condition.ts';

const PURCHASE = '';
const REACHED_TARGET = 'sales-target';

/** The kind of event a rule answers to; null for purchases and while the list is not there. */
export function useTriggerType(definition: RuleDefinition): EventType | null {
  const types = useEventTypes();
  const { trigger } = definition;
  return trigger?.kind === 'event' ? types.data?.items.find((one) => one.code === trigger.type) ?? null : null;
}

/** How the program's kinds of events are told, for the sentence of a rule. */
export const useEventReasons = (): EventReasons => Object.fromEntries((useEventTypes().data?.items ?? []).map((type) => [type.code, { pl: type.reason, en: type.reason }]));

/** What a rule answers to: purchases, or one kind of event. Which lines count is a question for purchases and returns alone. */
export function TriggerFields({ value, onChange }: { value: RuleDefinition; onChange: (value: RuleDefinition) => void }) {
  const w = useWords().events;
  const types = useEventTypes();
  const chosen = useTriggerType(value);
  const data = [
    { value: PURCHASE, label: w.purchase },
    ...(types.data?.items ?? []).filter((type) => type.state === 'active' || type.code === chosen?.code).map((type) => ({ value: type.code, label: type.name })),
  ];
  const choose = (type: string) => {
    const { trigger: _, ...rest } = withoutReturnLimit(value);
    const { effect } = value;
    // Points by amount are how purchases begin; of a return its pieces can be counted too.
    const kept = value.trigger?.kind === 'event' || effect.kind === 'fixed' || (type === RETURN_EVENT && effect.kind === 'perUnit') ? effect : newEffect.fixed;
    if (type === RETURN_EVENT) onChange(onReturn({ ...rest, effect: kept }));
    else onChange(type === PURCHASE ? rest : { ...rest, trigger: { kind: 'event', type }, lines: null, effect: kept });
  };
  return (
    <Stack gap={4}>
      <Select label={w.trigger} description={w.triggerHint} allowDeselect={false} searchable value={value.trigger?.kind === 'event' ? value.trigger.type : PURCHASE} data={data} onChange={(type) => type !== null && choose(type)} />
      {chosen?.code === REACHED_TARGET && <TargetChoice value={value} onChange={onChange} />}
      {isOnReturn(value) && <ReturnWarning value={value} onChange={onChange} />}
      {types.error && <ErrorNotice error={types.error} onRetry={() => void types.refetch()} />}
      {chosen && chosen.fields.length > 0 && <Text size="sm" c="dimmed">{w.triggerFields} {chosen.fields.map((field) => `${field.name} (${field.key})`).join(', ')}.</Text>}
    </Stack>
  );
}

/** Points for a return can be had again and again: the rule says so, and is limited unless somebody takes the limit away. */
function ReturnWarning({ value, onChange }: { value: RuleDefinition; onChange: (value: RuleDefinition) => void }) {
  const w = useWords().events;
  return (
    <Alert color="amber" mt="xs">
      <Text size="sm">{w.returnWarning}</Text>
      {hasMemberLimit(value)
        ? <Text size="sm">{w.returnLimited}</Text>
        : <Button mt={6} size="compact-sm" variant="default" onClick={() => onChange(limited(value))}>{w.returnLimit(returnLimit(value))}</Button>}
    </Alert>
  );
}

/** Which sales target a rule answers to: a condition on the event, without its having to be built by hand. */
function TargetChoice({ value, onChange }: { value: RuleDefinition; onChange: (value: RuleDefinition) => void }) {
  const w = useWords().targets;
  const targets = useTargets().data?.items ?? [];
  const code = targetIn(value.when);
  const known = targets.filter((one) => one.state !== 'ended' || one.code === code).map((one) => ({ value: one.code, label: `${one.definition.name} (${one.code})` }));
  const data = [{ value: ANY, label: w.any }, ...known, ...(code === null || known.some((one) => one.value === code) ? [] : [{ value: code, label: code }])];
  return <Select label={w.which} allowDeselect={false} searchable value={code ?? ANY} data={data} onChange={(next) => next !== null && onChange({ ...value, when: withTarget(value.when, next === ANY ? null : next) })} />;
}
const ANY = '';
