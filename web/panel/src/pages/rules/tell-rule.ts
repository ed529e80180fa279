import { describeRule, type OwnNames } from '@wracam/engine/describe';
import type { RuleDefinition } from '@wracam/engine/rules';
import { useLang } from '@wracam/ui';
import { useEventTypes } from '../../api/events.ts';
import { useBadges } from '../../api/goals.ts';
import { useProgram, useWallet } from '../../api/program.tsx';
import { useTargets } from '../../api/targets.ts';
import { useLevels } from '../../api/tiers.ts';
import { useEventReasons } from './trigger-fields.tsx';

/** Names of what rules know by codes: fields of the program's own events, sales targets, badges, levels. */
export function useOwnNames(): OwnNames {
  const types = useEventTypes().data?.items ?? [];
  const targets = useTargets().data?.items ?? [];
  const levels = useLevels();
  const badges = useBadges().data?.items ?? [];
  const fields = types.flatMap((type) => type.fields);
  return {
    fields: Object.fromEntries(fields.map((field) => [field.key, field.name])),
    values: {
      ...Object.fromEntries(fields.map((field) => [`event.field.${field.key}`, Object.fromEntries((field.options ?? []).map((option) => [option.value, option.name]))])),
      'event.field.target': Object.fromEntries(targets.map((one) => [one.code, one.definition.name])),
      'member.badge': Object.fromEntries(badges.flatMap((badge) => (badge.code === null ? [] : [[badge.code, badge.name]]))),
      'member.tier': Object.fromEntries(levels.map((one) => [one.value, one.label])),
    },
  };
}

/** Says a rule in a sentence, with the program's own names. */
export function useTellRule(): (definition: RuleDefinition) => string {
  const lang = useLang();
  const { currency } = useProgram();
  const wallet = useWallet();
  const names = useOwnNames();
  const eventReasons = useEventReasons();
  return (definition) => describeRule(definition, { lang, currency, unit: wallet(definition.wallet).forms, eventReasons, names });
}
