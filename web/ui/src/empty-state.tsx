import { Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { ReactNode } from 'react';

type EmptyStateProps = {
  icon?: ReactNode; title: string; text?: string; action?: ReactNode;
  /** When this is all the page has, its title is the page's heading. */
  wholePage?: boolean;
};

/** Says in a sentence why nothing is here and offers the next step. */
export function EmptyState({ icon, title, text, action, wholePage = false }: EmptyStateProps) {
  return (
    <Stack align="center" gap="sm" py="xl" px="md" ta="center" maw={460} mx="auto">
      {icon && (
        <ThemeIcon size={56} radius="xl" variant="light" aria-hidden>
          {icon}
        </ThemeIcon>
      )}
      <Title order={wholePage ? 1 : 2} size="h3">{title}</Title>
      {text && <Text c="dimmed">{text}</Text>}
      {action}
    </Stack>
  );
}
