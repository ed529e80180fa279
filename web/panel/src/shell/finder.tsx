import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { IconPlus, IconSearch, IconUser } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useMemberSearch } from '../api/members.ts';
import { useCan, useProgram } from '../api/program.tsx';
import { useWords } from '../words/words.tsx';
import { places, starts } from './navigation.ts';

/** Members shown in the finder: more would push the pages off a phone. */
const FOUND_MEMBERS_MAX = 6;

type Action = { id: string; label: string; description?: string; leftSection: ReactNode; onClick: () => void };

/** Ctrl-K: every place, everything that can be started, and members by name, phone, card or number. */
export function Finder() {
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text, 200);
  const { code } = useProgram();
  const can = useCan();
  const navigate = useNavigate();
  const w = useWords().shell;
  const found = useMemberSearch(can('members.read') ? asked : '');
  const wanted = text.trim().toLocaleLowerCase('pl');
  const fits = (label: string) => label.toLocaleLowerCase('pl').includes(wanted);
  const params = { program: code };

  const pages: Action[] = [
    ...places.filter((place) => can(place.needs)).map((place) => ({
      id: place.to, label: w[place.word], leftSection: <place.icon size={20} aria-hidden />, onClick: () => void navigate({ to: place.to, params }),
    })),
    ...starts.filter((start) => can(start.needs)).map((start) => ({
      id: start.to, label: w[start.word], leftSection: <IconPlus size={20} aria-hidden />, onClick: () => void navigate({ to: start.to, params }),
    })),
  ].filter((action) => fits(action.label));
  const members: Action[] = (wanted.length >= 2 ? found.data?.items ?? [] : []).slice(0, FOUND_MEMBERS_MAX).map((member) => ({
    id: member.id,
    label: member.name ?? member.number,
    description: member.number,
    leftSection: <IconUser size={20} aria-hidden />,
    onClick: () => void navigate({ to: '/$program/members/$member', params: { program: code, member: member.id } }),
  }));
  const actions: { group: string; actions: Action[] }[] = [
    { group: w.searchMembers, actions: members },
    { group: w.searchPages, actions: pages },
  ].filter((group) => group.actions.length > 0);
  return (
    <Spotlight
      shortcut={['mod + K']}
      actions={actions}
      query={text}
      onQueryChange={setText}
      filter={(_, given) => given}
      nothingFound={w.searchNothing}
      attributes={{ content: { 'aria-label': w.search } }}
      scrollable
      maxHeight={420}
      searchProps={{
        placeholder: w.searchHint,
        'aria-label': w.search,
        leftSection: <IconSearch size={18} aria-hidden />,
        // Members come after the last key, and what arrives late is not selected by itself: Enter then takes the first.
        onKeyDown: (event) => {
          if (event.key !== 'Enter' || document.querySelector('[data-selected] .mantine-Spotlight-action, .mantine-Spotlight-action[data-selected]')) return;
          const first = actions[0]?.actions[0];
          if (!first) return;
          event.preventDefault();
          spotlight.close();
          first.onClick();
        },
      }}
    />
  );
}
