import { ActionIcon, Avatar, Menu, Text, VisuallyHidden, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconLanguage, IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMembership } from '../api/program.tsx';
import { useSignOut } from '../api/session.ts';
import type { Me } from '../api/shapes.ts';
import { useLanguageChoice } from '../language.tsx';
import { useWords } from '../words/words.tsx';

const schemes = [['light', IconSun], ['dark', IconMoon], ['auto', IconDeviceDesktop]] as const satisfies readonly (readonly [MantineColorScheme, typeof IconSun])[];

/** Who is signed in, the look, the language and the way out. */
export function AccountMenu({ me }: { me: Me }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { lang, choose } = useLanguageChoice();
  const { role } = useMembership();
  const signOut = useSignOut();
  const navigate = useNavigate();
  const w = useWords().shell;
  const initials = me.name.split(/\s+/).map((part) => part[0]).slice(0, 2).join('').toUpperCase();
  const leave = () => signOut.mutate(undefined, { onSettled: () => void navigate({ to: '/sign-in' }) });
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <ActionIcon variant="transparent" size={40} radius="xl">
          <VisuallyHidden>{w.account}</VisuallyHidden>
          <Avatar aria-hidden radius="xl" size={36} color="forest" variant="light">{initials}</Avatar>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text span fw={700} size="sm" c="var(--mantine-color-text)" display="block">{me.name}</Text>
          <Text span size="sm" c="dimmed">{w.roles[role]}</Text>
        </Menu.Label>
        <Menu.Divider />
        {schemes.map(([scheme, SchemeIcon]) => (
          <Menu.Item key={scheme} leftSection={<SchemeIcon size={16} aria-hidden />} onClick={() => setColorScheme(scheme)} fw={scheme === colorScheme ? 700 : undefined} aria-current={scheme === colorScheme}>{w[scheme]}</Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLanguage size={16} aria-hidden />} onClick={() => choose(lang === 'pl' ? 'en' : 'pl')} lang={lang === 'pl' ? 'en' : 'pl'}>{w.otherLanguage}</Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={leave}>{w.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
