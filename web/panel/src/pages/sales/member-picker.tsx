import { ActionIcon, Box, Button, Combobox, Group, Loader, Paper, Text, TextInput, Tooltip, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconScan, IconX } from '@tabler/icons-react';
import { ErrorNotice, PointsAmount } from '@wracam/ui';
import { useEffect, useRef, useState } from 'react';
import { useMember, useMemberSearch } from '../../api/members.ts';
import { useCan, useWallet } from '../../api/program.tsx';
import type { Member, MemberRow } from '../../api/shapes.ts';
import { useWords } from '../../words/words.tsx';
import { memberName } from '../members/member-words.ts';
import { typedOf } from '../members/new-member.ts';
import { NewMemberDialog } from '../members/new-member-form.tsx';

/** What the counter needs to know of the member who stands there. */
export type PickedMember = { id: string; name: string; number: string; available: { wallet: string; points: number }[] };

export const pickedFrom = (row: MemberRow): PickedMember => ({
  id: row.id, name: row.name ?? row.number, number: row.number, available: row.balances.map((one) => ({ wallet: one.wallet, points: one.available })),
});

export const pickedMember = (member: Member): PickedMember => ({
  id: member.id, name: memberName(member), number: member.number, available: member.balances.map((one) => ({ wallet: one.wallet, points: one.available })),
});

/** The member that an address names, until somebody chooses by hand: a slow answer must not overwrite who stands at the counter. */
export function useGivenMember(named: string | undefined): [picked: PickedMember | null, pick: (member: PickedMember | null) => void] {
  const given = useMember(named);
  const [picked, setPicked] = useState<PickedMember | null>(null);
  const chosenOver = useRef<string | undefined>(undefined);
  // Once for each: what is read again later, after a sale for one, must not choose the last member for the next in the queue.
  useEffect(() => {
    if (given.data && chosenOver.current !== named) setPicked(pickedMember(given.data));
  }, [given.data?.id]);
  return [picked, (member) => { chosenOver.current = named; setPicked(member); }];
}

type MemberPickerProps = { value: PickedMember | null; onChange: (member: PickedMember | null) => void; autoFocus?: boolean; required?: boolean };

const FIELDS = 'input:not([type=radio]):enabled, textarea:enabled, select:enabled, button:enabled';
const nextAfter = (room: HTMLElement) => [...document.querySelectorAll<HTMLElement>(FIELDS)].find((field) => (room.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 && !room.contains(field));

/** One field for everything a member may give at the counter; a scanner that types a card and Enter works too. */
export function MemberPicker({ value, onChange, autoFocus, required }: MemberPickerProps) {
  const room = useRef<HTMLDivElement>(null);
  const byHand = useRef(false);
  // What had the focus is gone with the choice: hands on a keyboard go on in the next field, not from the top of the page.
  useEffect(() => {
    if (!byHand.current || !room.current || document.activeElement !== document.body) return;
    (value ? nextAfter(room.current) : room.current.querySelector('input'))?.focus();
  }, [value?.id]);
  const choose = (member: PickedMember | null) => { byHand.current = true; onChange(member); };
  return (
    <div ref={room}>
      {value ? <Picked member={value} onChange={choose} /> : <Finder onChange={choose} autoFocus={autoFocus} required={required} />}
    </div>
  );
}

function Picked({ member, onChange }: { member: PickedMember; onChange: (member: null) => void }) {
  const w = useWords().sale;
  const wallet = useWallet();
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between" wrap="nowrap">
        <div style={{ minWidth: 0 }}>
          <Text fw={700} truncate>{member.name}</Text>
          <Text size="sm" c="dimmed">
            {member.number}
            {member.available.map((one) => <span key={one.wallet}> · <PointsAmount points={one.points} unit={wallet(one.wallet).forms} /></span>)}
          </Text>
        </div>
        <Tooltip label={w.changeMember}>
          <ActionIcon variant="subtle" color="gray" size={40} aria-label={w.changeMember} onClick={() => onChange(null)}><IconX size={20} aria-hidden /></ActionIcon>
        </Tooltip>
      </Group>
    </Paper>
  );
}

function Finder({ onChange, autoFocus, required }: { onChange: (member: PickedMember) => void; autoFocus?: boolean; required?: boolean }) {
  const [text, setText] = useState('');
  // What Enter was pressed on: asked at once, and whoever alone answers to it is chosen.
  const [entered, enter] = useState<string | null>(null);
  const [settled] = useDebouncedValue(text, 180);
  const asked = entered ?? settled;
  const found = useMemberSearch(asked);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [adding, setAdding] = useState(false);
  const can = useCan();
  const w = useWords().sale;
  const items = text.trim().length >= 2 ? found.data?.items ?? [] : [];
  const answered = asked === text && found.data !== undefined;
  const nothing = text.trim().length >= 2 && answered && items.length === 0;
  const choose = (row: MemberRow) => {
    combobox.closeDropdown();
    onChange(pickedFrom(row));
  };
  const [only] = items;
  useEffect(() => {
    if (!answered || only === undefined) return;
    if (entered !== null && items.length === 1) choose(only);
    else combobox.selectFirstOption();
  }, [entered, answered, only?.id, items.length]);
  return (
    <Combobox
      store={combobox}
      withinPortal={false}
      onOptionSubmit={(id) => {
        const row = items.find((one) => one.id === id);
        if (row) choose(row);
      }}
    >
      <Combobox.Target>
        <TextInput
          label={w.member}
          description={w.memberHint}
          placeholder={w.memberScan}
          required={required}
          withAsterisk={false}
          autoFocus={autoFocus}
          autoComplete="off"
          size="md"
          value={text}
          leftSection={<IconScan size={20} aria-hidden />}
          rightSection={found.isFetching && !found.isPaused ? <Loader size="xs" aria-label={w.searching} /> : undefined}
          onChange={(event) => {
            setText(event.currentTarget.value);
            enter(null);
            combobox.openDropdown();
            combobox.resetSelectedOption(); // what is shown answers the text before: a scanner's Enter must not choose from it
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || combobox.getSelectedOptionIndex() >= 0) return;
            event.preventDefault();
            if (text.trim() !== '') enter(text);
          }}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={items.length === 0}>
        <Combobox.Options aria-label={w.member}>
          {items.slice(0, 8).map((row) => <Combobox.Option key={row.id} value={row.id}><Found row={row} /></Combobox.Option>)}
        </Combobox.Options>
      </Combobox.Dropdown>
      {nothing && (
        <Group gap="sm" mt="xs" role="status">
          <Text size="sm">{w.nobody}</Text>
          {can('members.write') && <Button size="compact-sm" variant="light" onClick={() => setAdding(true)}>{w.addMember}</Button>}
        </Group>
      )}
      {(found.error || found.isPaused) && <Box mt="xs"><ErrorNotice error={found.error} onRetry={() => void found.refetch()} /></Box>}
      {adding && <NewMemberDialog typed={typedOf(text)} onAdded={(member) => onChange(pickedMember(member))} onClose={() => setAdding(false)} />}
    </Combobox>
  );
}

function Found({ row }: { row: MemberRow }) {
  const wallet = useWallet();
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <div>
        <Text size="sm" fw={650}>{row.name ?? row.number}</Text>
        <Text size="sm" c="dimmed">{row.number}</Text>
      </div>
      {row.balances[0] && <PointsAmount points={row.balances[0].available} unit={wallet(row.balances[0].wallet).forms} />}
    </Group>
  );
}
