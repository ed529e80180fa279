import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { IconPlus, IconSearch, IconTicket, IconUser } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useCouponSearch } from '../api/goals.ts';
import { SEARCHED_FROM, useMemberSearch } from '../api/members.ts';
import { useCan, useProgram } from '../api/program.tsx';
import { useWords } from '../words/words.tsx';
import { places, starts } from './navigation.ts';

/** Members shown in the finder: more would push the pages off a phone. */
const FOUND_MEMBERS_MAX = 6;

type Action = { id: string; label: string; description?: string; leftSection: ReactNode; onClick: () => void };

/** What Enter does: what was picked with the arrows; else the first of what answers the text that stands there, as soon as it is answered. */
function useEnter(first: Action | undefined, waits: boolean) {
  const [picked, setPicked] = useState(false);
  const [entered, setEntered] = useState(false);
  const open = useEffectEvent(() => {
    setEntered(false);
    if (!first) return;
    spotlight.close();
    first.onClick();
  });
  useEffect(() => { if (entered && !waits) open(); }, [entered, waits]);
  return {
    entered,
    forget: () => { setPicked(false); setEntered(false); },
    // Before the finder's own ear, which opens whatever it marked: with each key the first of what was found for the text before.
    onKeyDownCapture: (event: KeyboardEvent) => {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') setPicked(true);
      if (event.key !== 'Enter' || event.nativeEvent.isComposing || (picked && document.querySelector('.mantine-Spotlight-action[data-selected]'))) return;
      event.preventDefault();
      event.stopPropagation();
      setEntered(true);
    },
  };
}

/** Ctrl-K: every place, everything that can be started, members by name, phone, card or number, and whose coupon a code is. */
export function Finder() {
  const [text, setText] = useState('');
  const { code } = useProgram();
  const can = useCan();
  const navigate = useNavigate();
  const w = useWords().shell;
  const wanted = text.trim().toLocaleLowerCase('pl');
  const [typed] = useDebouncedValue(text, 200);
  const searches = can('members.read') && wanted.length >= SEARCHED_FROM;
  const found = useMemberSearch(searches ? typed : '');
  const coupon = useCouponSearch(can('orders.write') ? typed : '');
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
  const members: Action[] = (searches ? found.data?.items ?? [] : []).slice(0, FOUND_MEMBERS_MAX).map((member) => ({
    id: member.id,
    label: member.name ?? member.number,
    description: member.number,
    leftSection: <IconUser size={20} aria-hidden />,
    onClick: () => void navigate({ to: '/$program/members/$member', params: { program: code, member: member.id } }),
  }));
  const coupons: Action[] = (coupon.found && typed.trim() === text.trim() ? [coupon.found] : []).map(({ coupon: { code: shown, title, usedAt }, member }) => ({
    id: shown, label: shown, description: usedAt === null ? title : `${title}, ${w.couponUsed}`, leftSection: <IconTicket size={20} aria-hidden />,
    onClick: () => void navigate({ to: '/$program/members/$member', params: { program: code, member } }),
  }));
  const actions: { group: string; actions: Action[] }[] = [
    { group: w.searchCoupons, actions: coupons },
    { group: w.searchMembers, actions: members },
    { group: w.searchPages, actions: pages },
  ].filter((group) => group.actions.length > 0);
  const waits = (searches && (typed.trim() !== text.trim() || found.isPending)) || coupon.isPending;
  const { entered, forget, onKeyDownCapture } = useEnter(actions[0]?.actions[0], waits);
  return (
    <Spotlight
      shortcut={['mod + K']}
      actions={actions}
      query={text}
      onQueryChange={(query) => { setText(query); forget(); }}
      onSpotlightClose={forget}
      filter={(_, given) => given}
      nothingFound={waits ? w.searching : w.searchNothing}
      attributes={{ content: { 'aria-label': w.search } }}
      scrollable
      maxHeight={420}
      searchProps={{
        placeholder: w.searchHint, 'aria-label': w.search, 'aria-busy': entered, leftSection: <IconSearch size={18} aria-hidden />, onKeyDownCapture,
      }}
    />
  );
}
