import { Box, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

type PageHeaderProps = {
  title: ReactNode;
  /** The way back, above the title. */
  back?: ReactNode;
  /** One line under the title. */
  text?: ReactNode;
  /** Badges beside the title. */
  beside?: ReactNode;
  /** Buttons on the right. */
  actions?: ReactNode;
};

/** The one h1 of a page, with the way back above and the page's actions on the right. */
export function PageHeader({ title, back, text, beside, actions }: PageHeaderProps) {
  return (
    <Box component="header" mb="lg">
      {back && <Box mb={4}>{back}</Box>}
      <Group justify="space-between" align="flex-end" gap="md">
        <Box miw={0}>
          <Group gap="sm" align="center">
            <Title order={1}>{title}</Title>
            {beside && <Group gap="xs" style={{ flexShrink: 0 }}>{beside}</Group>}
          </Group>
          {text && <Text component="div" c="dimmed" mt={2}>{text}</Text>}
        </Box>
        {actions && <Group gap="sm">{actions}</Group>}
      </Group>
    </Box>
  );
}
