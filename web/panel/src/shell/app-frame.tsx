import { AppShell, Badge, Box, Burger, Button, Group, Kbd, NavLink, ScrollArea, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { spotlight } from '@mantine/spotlight';
import { IconDots, IconPlus, IconSearch } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { useKeptFocus } from '@wracam/ui/kept-focus.ts';
import { useEffect, type ReactNode } from 'react';
import { useCan, useProgram } from '../api/program.tsx';
import type { Me } from '../api/shapes.ts';
import { useWords } from '../words/words.tsx';
import { AccountMenu } from './account-menu.tsx';
import { ButtonLink, MenuLink } from './links.tsx';
import { markOf, places, starts } from './navigation.ts';
import { Finder } from './finder.tsx';
import { ProgramSwitcher } from './program-switcher.tsx';

/** Places that a thumb reaches on a phone; the rest is under "more". */
const THUMB_PLACES = 4;

/** The frame of every page: bar above, places on the left, on a phone places below. */
export function AppFrame({ me, children }: { me: Me; children: ReactNode }) {
  const [opened, { toggle, close }] = useDisclosure();
  const { code, test, demo } = useProgram();
  const can = useCan();
  const w = useWords().shell;
  const path = useLocation({ select: (location) => location.pathname });
  useEffect(close, [path, close]);
  useKeptFocus();
  const shown = places.filter((place) => can(place.needs));
  const params = { program: code };
  return (
    <AppShell
      header={{ height: 60 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      footer={{ height: { base: 60, sm: 0 } }}
      padding={{ base: 'md', md: 'xl' }}
      styles={{ main: { background: 'var(--wracam-page)' }, header: { borderColor: 'var(--wracam-line)' }, navbar: { borderColor: 'var(--wracam-line)' } }}
    >
      <a className="panel-skip" href="#content">{w.skip}</a>
      <AppShell.Header px="md">
        <Group h="100%" justify="space-between" wrap="nowrap" gap="sm">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={opened ? w.closeMenu : w.openMenu} aria-expanded={opened} />
            <Link to="/$program/today" params={params} className="panel-mark">{w.product}</Link>
            <ProgramSwitcher me={me} />
            {(test || demo) && <Badge color="amber" visibleFrom="md">{test ? w.test : w.demo}</Badge>}
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Button variant="default" leftSection={<IconSearch size={16} aria-hidden />} rightSection={<Kbd size="xs">Ctrl K</Kbd>} onClick={spotlight.open} visibleFrom="md">{w.search}</Button>
            {can('transactions.write') && (
              <ButtonLink to="/$program/sales/new" params={params} leftSection={<IconPlus size={16} aria-hidden />} visibleFrom="sm">{w.addSale}</ButtonLink>
            )}
            <AccountMenu me={me} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={w.nav}>
        <ScrollArea>
          {shown.map((place) => (
            <MenuLink key={place.to} to={place.to} params={params} {...markOf(place, path)} className="panel-menu" label={w[place.word]} leftSection={<place.icon size={20} stroke={1.7} aria-hidden />} style={{ borderRadius: 10 }} mb={2} py={9} />
          ))}
          <Box hiddenFrom="sm" mt="md">
            <Text size="sm" c="dimmed" px="sm" mb={4}>{w.add}</Text>
            {starts.filter((start) => can(start.needs)).map((start) => (
              <MenuLink key={start.to} to={start.to} params={params} label={w[start.word]} leftSection={<IconPlus size={20} stroke={1.7} aria-hidden />} py={9} />
            ))}
            <NavLink component="button" label={w.search} leftSection={<IconSearch size={20} aria-hidden />} onClick={() => { close(); spotlight.open(); }} />
          </Box>
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Box maw={1180} mx="auto">{children}</Box>
      </AppShell.Main>
      <AppShell.Footer hiddenFrom="sm" component="nav" aria-label={w.navBelow}>
        <div className="panel-tabs">
          {shown.slice(0, THUMB_PLACES).map((place) => (
            <Link key={place.to} to={place.to} params={params} {...markOf(place, path)} className="panel-tab"><place.icon size={22} stroke={1.7} aria-hidden />{w[place.word]}</Link>
          ))}
          <button type="button" className="panel-tab" style={{ background: 'none', border: 0 }} onClick={toggle} aria-expanded={opened}>
            <IconDots size={22} stroke={1.7} aria-hidden />{w.moreMenu}
          </button>
        </div>
      </AppShell.Footer>
      <Finder />
    </AppShell>
  );
}
