import { Group, SegmentedControl, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus, IconSearch, IconUsers } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { EmptyState, ErrorNotice, PageHeader, SkeletonList } from '@wracam/ui';
import { useState } from 'react';
import { useMembers, useMemberSearch } from '../../api/members.ts';
import { useCan, useProgram } from '../../api/program.tsx';
import { ButtonLink, TextLink } from '../../shell/links.tsx';
import { MoreButton } from '../../shell/more-button.tsx';
import { useWords } from '../../words/words.tsx';
import { MemberTable } from './member-table.tsx';

const states = ['active', 'blocked', 'closed'] as const;

// What was searched for last, kept only in memory: a phone number must stand neither in an address nor on the disk.
let lastSearch = '';

/** Everybody in the program, with one search over every identifier. */
export function MembersPage() {
  const { state } = useSearch({ from: '/$program/members' });
  const { code } = useProgram();
  const can = useCan();
  const navigate = useNavigate();
  const w = useWords();
  const [text, setText] = useState(lastSearch);
  const [asked] = useDebouncedValue(text, 200);
  const searching = asked.trim().length >= 2;
  const found = useMemberSearch(asked);
  const list = useMembers(state, !searching);
  const rows = searching ? found.data?.items : list.items;
  const error = searching ? found.error : list.error;
  const add = can('members.write') && (
    <ButtonLink to="/$program/members/new" params={{ program: code }} leftSection={<IconPlus size={16} aria-hidden />}>{w.shell.newMember}</ButtonLink>
  );
  const nobody = searching
    ? <EmptyState icon={<IconSearch />} title={w.members.notFound} text={w.members.notFoundText} action={add} />
    : <EmptyState icon={<IconUsers />} title={w.members.empty} text={w.members.emptyText} action={add} />;
  return (
    <>
      <PageHeader title={w.members.title} text={<><TextLink to="/$program/circles" params={{ program: code }}>{w.circles.link}</TextLink>{can('rules.read') && <> · <TextLink to="/$program/segments" params={{ program: code }}>{w.segments.link}</TextLink></>}</>} actions={add} />
      <Group mb="md" justify="space-between" align="flex-end">
        <TextInput
          type="search"
          aria-label={w.members.search}
          placeholder={w.members.searchHint}
          leftSection={<IconSearch size={18} aria-hidden />}
          value={text}
          autoComplete="off"
          w={{ base: '100%', sm: 380 }}
          onChange={(event) => {
            lastSearch = event.currentTarget.value;
            setText(lastSearch);
          }}
        />
        {searching
          ? <Text size="sm" c="dimmed" role="status">{found.data && w.members.found(found.data.items.length)}</Text>
          : (
            <SegmentedControl
              aria-label={w.members.filter}
              value={state ?? 'all'}
              onChange={(value) => void navigate({ to: '/$program/members', params: { program: code }, search: { state: states.find((one) => one === value) }, replace: true })}
              data={[{ value: 'all', label: w.members.all }, ...states.map((value) => ({ value, label: w.members.statesMany[value] }))]}
            />
          )}
      </Group>
      {error && <ErrorNotice error={error} onRetry={searching ? () => void found.refetch() : list.retry} />}
      {!error && !rows && <SkeletonList rows={10} />}
      {rows?.length === 0 && nobody}
      {rows && rows.length > 0 && <MemberTable rows={rows} />}
      {!searching && <MoreButton more={list.more} busy={list.busy} />}
    </>
  );
}
