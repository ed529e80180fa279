import { ActionIcon, Box, Button, Group as Row, NumberInput, Paper, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { familyOf, type AttributeScope, type Family } from '@wracam/engine/attributes';
import { CONDITION_DEPTH_MAX, leavesOf, type Condition, type ConditionLeaf } from '@wracam/engine/conditions';
import { WINDOW_DAYS_MAX } from '@wracam/engine/past';
import { findOperator } from '@wracam/engine/operators';
import { useLang } from '@wracam/ui';
import { useEffect, useRef } from 'react';
import { useWords } from '../../words/words.tsx';
import { asGroup, codeIn, groupOf, inPlaceOf, isLeaf, JOINS, makeGroup, newFamilyLeaf, newLeaf, offered, offeredFamilies, shownAttribute, withOperator } from './condition-tree.ts';
import { BadgeOfDays, ValueField } from './value-field.tsx';

/** What is wrong with the rule, by JSON pointer. */
export type FaultsAt = ReadonlyMap<string, string>;

type BuilderProps = {
  value: Condition | null;
  onChange: (value: Condition | null) => void;
  scopes: readonly AttributeScope[];
  /** What an empty tree means, in a sentence. */
  empty: string;
  faults: FaultsAt;
  /** Where this tree stands in the rule, such as "/when". */
  pointer: string;
};

/** Builds a condition from the engine's own tables of attributes and operators. An empty tree is null, never an empty group. */
export function ConditionBuilder({ value, onChange, scopes, empty, faults, pointer }: BuilderProps) {
  const w = useWords().condition;
  const tree = asGroup(value);
  const first = offered(scopes)[0];
  const box = useKeptFocus(tree === null ? 0 : leavesOf(tree).length);
  return (
    <div ref={box}>
      {tree === null
        ? (
          <Row justify="space-between">
            <Text c="dimmed">{empty}</Text>
            <Button size="xs" variant="light" data-adds leftSection={<IconPlus size={16} aria-hidden />} onClick={() => first && onChange({ all: [newLeaf(first.code)] })}>{w.add}</Button>
          </Row>
        )
        : <GroupEditor condition={tree} onChange={(next) => onChange(next)} scopes={scopes} faults={faults} pointer={pointer} depth={1} />}
    </div>
  );
}

/** What was pressed to add or remove a condition may be gone by it: the focus goes to the new one, or to where another is added. */
function useKeptFocus(conditions: number) {
  const box = useRef<HTMLDivElement>(null);
  const before = useRef(conditions);
  useEffect(() => {
    const more = conditions > before.current;
    if (conditions === before.current) return;
    before.current = conditions;
    if (document.activeElement !== document.body) return;
    const places = box.current?.querySelectorAll<HTMLElement>(more ? '[data-condition]' : '[data-adds]');
    places?.[places.length - 1]?.focus();
  }, [conditions]);
  return box;
}

type NodeProps<C> = {
  condition: C; onChange: (next: Condition | null) => void; scopes: readonly AttributeScope[]; faults: FaultsAt; pointer: string; depth: number;
};

function GroupEditor({ condition, onChange, scopes, faults, pointer, depth }: NodeProps<Condition>) {
  const w = useWords().condition;
  const group = groupOf(condition);
  const first = offered(scopes)[0];
  if (!group || !first) return null;
  const set = (parts: readonly Condition[]) => onChange(parts.length === 0 ? null : makeGroup(group.join, parts));
  const replace = (at: number, next: Condition | null) => set(group.parts.flatMap((part, place) => (place === at ? (next ? [next] : []) : [part])));
  const joined = group.parts.length > 1 || group.join !== 'all' || depth > 1;
  return (
    <Stack gap="sm">
      {joined && (
        <Row justify="space-between">
          <Select
            aria-label={w.join}
            size="xs"
            w={190}
            allowDeselect={false}
            value={group.join}
            data={JOINS.map((join) => ({ value: join, label: w.joins[join] }))}
            onChange={(value) => onChange(makeGroup(JOINS.find((join) => join === value) ?? 'all', group.parts))}
          />
          {depth > 1 && <ActionIcon variant="subtle" color="gray" aria-label={w.removeGroup} onClick={() => onChange(null)}><IconTrash size={18} aria-hidden /></ActionIcon>}
        </Row>
      )}
      {group.parts.map((part, at) => {
        const place = { key: at, onChange: (next: Condition | null) => replace(at, next), scopes, faults, pointer: `${pointer}/${group.join}/${at}` };
        const { key, ...props } = place;
        return isLeaf(part)
          ? <LeafEditor key={key} condition={part} depth={depth} {...props} />
          : <Paper key={key} withBorder p="sm" bg="var(--wracam-page)"><GroupEditor condition={part} depth={depth + 1} {...props} /></Paper>;
      })}
      <Row gap="xs">
        <Button size="xs" variant="light" data-adds leftSection={<IconPlus size={16} aria-hidden />} onClick={() => set([...group.parts, newLeaf(first.code)])}>{w.add}</Button>
        {depth < CONDITION_DEPTH_MAX - 1 && (
          <Button size="xs" variant="subtle" color="gray" onClick={() => set([...group.parts, makeGroup('any', [newLeaf(first.code)])])}>{w.addGroup}</Button>
        )}
      </Row>
    </Stack>
  );
}

const isBadgeDays = (family: Family): boolean => family.before === 'member.badgeDays.';

function LeafEditor({ condition: leaf, onChange, scopes, faults, pointer }: NodeProps<ConditionLeaf>) {
  const w = useWords().condition;
  const lang = useLang();
  const found = familyOf(leaf.attribute);
  const attribute = shownAttribute(leaf.attribute);
  const operator = findOperator(leaf.operator);
  const groups = scopes.map((scope) => ({
    group: w.scopes[scope],
    items: [
      ...offered([scope]).map((one) => ({ value: one.code, label: one.words[lang] })),
      ...offeredFamilies([scope]).map((one) => ({ value: codeIn(one, ''), label: one.words[lang] })),
    ],
  }));
  const choose = (code: string) => {
    const family = offeredFamilies(scopes).find((one) => codeIn(one, '') === code);
    onChange(inPlaceOf(leaf, family ? newFamilyLeaf(family) : newLeaf(code)));
  };
  return (
    <Row align="flex-start" gap="xs" wrap="nowrap" role="group" aria-label={w.one} tabIndex={-1} data-condition>
      <Box style={{ flex: 1, display: 'grid', gap: 8, gridTemplateColumns: 'repeat(auto-fit, minmax(150px, 1fr))' }}>
        <Select
          aria-label={w.attribute}
          allowDeselect={false}
          searchable
          comboboxProps={{ withinPortal: false, width: 250, position: 'bottom-start' }}
          value={found ? codeIn(found.family, '') : leaf.attribute}
          data={groups}
          error={faults.get(`${pointer}/attribute`)}
          onChange={(code) => code && choose(code)}
        />
        {found && isBadgeDays(found.family) && <BadgeOfDays code={found.parameter} onChange={(code) => onChange({ ...leaf, attribute: codeIn(found.family, code) })} />}
        {found?.family.parameter === 'key' && !isBadgeDays(found.family) && (
          <TextInput
            aria-label={w.customKey}
            placeholder={w.customKey}
            value={found.parameter}
            maxLength={40}
            onChange={(event) => onChange({ ...leaf, attribute: codeIn(found.family, event.currentTarget.value) })}
          />
        )}
        {found?.family.parameter === 'days' && (
          <NumberInput
            aria-label={w.days}
            value={Number(found.parameter)}
            min={1}
            max={WINDOW_DAYS_MAX}
            allowDecimal={false}
            allowNegative={false}
            suffix={` ${w.daysUnit}`}
            onChange={(days) => onChange({ ...leaf, attribute: codeIn(found.family, String(days)) })}
          />
        )}
        <Select
          aria-label={w.operator}
          allowDeselect={false}
          value={leaf.operator}
          data={attribute?.operators.map((code) => ({ value: code, label: findOperator(code)?.words[lang] ?? code })) ?? []}
          error={faults.get(`${pointer}/operator`)}
          onChange={(code) => code && onChange(withOperator(leaf, code))}
        />
        {attribute && operator && (
          <ValueField attribute={attribute} operator={operator} value={leaf.value} onChange={(value) => onChange({ ...leaf, value })} error={faults.get(`${pointer}/value`) ?? faults.get(pointer)} />
        )}
      </Box>
      <ActionIcon variant="subtle" color="gray" size={36} aria-label={w.remove} onClick={() => onChange(null)}><IconTrash size={18} aria-hidden /></ActionIcon>
    </Row>
  );
}
