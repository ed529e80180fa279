import { ActionIcon, Box, Button, Combobox, Group, Loader, Paper, Stack, Text, TextInput, Tooltip, useCombobox } from '@mantine/core';
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

/** A member whom the address names and who has not come yet: nothing may be saved as if nobody were meant. */
export type AwaitedMember = { failed: boolean; error: unknown; retry: () => void; leave: () => void };

/**
 * The member that an address names, until somebody chooses by hand, also nobody: a slow answer must not overwrite who stands at the counter.
 * What is read again later, after a sale for one, does not choose the last member for the next in the queue either.
 */
export function useGivenMember(named: string | undefined): { picked: PickedMember | null; pick: (member: PickedMember | null) => void; awaited: AwaitedMember | null } {
  const given = useMember(named);
  const [chosen, choose] = useState<{ over: string | undefined; member: PickedMember | null } | null>(null);
  const pick = (member: PickedMember | null) => choose({ over: named, member });
  const byHand = chosen !== null && chosen.over === named;
  const picked = byHand ? chosen.member : given.data ? pickedMember(given.data) : null;
  const awaited = named === undefined || byHand || picked ? null : { failed: given.isError || given.isPaused, error: given.error, retry: () => void given.refetch(), leave: () => pick(null) };
  return { picked, pick, awaited };
}

type MemberPickerProps = {
  value: PickedMember | null; onChange: (member: PickedMember | null) => void; awaited?: AwaitedMember | null;
  /** What was typed though nobody of it was chosen, to be told in the field. */
  unchosen?: string | null; onTyped?: (text: string) => void;
  autoFocus?: boolean; required?: boolean;
};

const FIELDS = 'input:not([type=radio]):enabled, textarea:enabled, select:enabled, button:enabled';
const nextAfter = (room: HTMLElement) => [...document.querySelectorAll<HTMLElement>(FIELDS)].find((field) => (room.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 && !room.contains(field));

/** One field for everything a member may give at the counter; a scanner that types a card and Enter works too. */
export function MemberPicker({ value, onChange, awaited, onTyped, ...finder }: MemberPickerProps) {
  const room = useRef<HTMLDivElement>(null);
  const toField = () => room.current?.querySelector('input')?.focus();
  const byHand = useRef(false);
  // What had the focus is gone with the choice: hands on a keyboard go on in the next field, not from the top of the page.
  useEffect(() => {
    if (!byHand.current || !room.current || document.activeElement !== document.body) return;
    if (value) nextAfter(room.current)?.focus();
    else toField();
  }, [value?.id]);
  const choose = (member: PickedMember | null) => {
    byHand.current = true;
    onTyped?.('');
    onChange(member);
  };
  // Whoever types means somebody else than the one who has not come yet.
  const typed = (text: string) => {
    awaited?.leave();
    onTyped?.(text);
  };
  const leave = () => {
    awaited?.leave();
    toField();
  };
  return (
    <div ref={room}>
      {value ? <Picked member={value} onChange={choose} /> : <Finder onChange={choose} onTyped={typed} {...finder} />}
      {!value && awaited && <Awaited {...awaited} leave={leave} />}
    </div>
  );
}

function Awaited({ failed, error, retry, leave }: AwaitedMember) {
  const w = useWords().sale;
  return (
    <Stack gap="xs" mt="xs" align="start">
      {failed ? <ErrorNotice error={error} onRetry={retry} /> : <Group gap="xs" role="status"><Loader size="xs" aria-hidden /><Text size="sm">{w.memberComing}</Text></Group>}
      <Button variant="light" size="compact-sm" onClick={leave}>{w.notThisMember}</Button>
    </Stack>
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

type FinderProps = Pick<MemberPickerProps, 'unchosen' | 'autoFocus' | 'required'> & { onChange: (member: PickedMember) => void; onTyped: (text: string) => void };

function Finder({ onChange, unchosen, onTyped, autoFocus, required }: FinderProps) {
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
          error={unchosen}
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
            onTyped(event.currentTarget.value);
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
