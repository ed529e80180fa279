import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { problemOf } from '@wracam/ui';
import { en } from '../words/en.ts';
import { pl } from '../words/pl.ts';

/** How long a toast that offers a way back stays: long enough to read, think and reach it. */
const UNDO_MS = 10_000;

/** Shared by all: a border, and a close button with a name in the language of the page. */
const look = () => ({ withBorder: true, closeButtonProps: { 'aria-label': document.documentElement.lang === 'en' ? en.shell.close : pl.shell.close } });

/** Tells that something was done. */
export const toast = (message: string) => notifications.show({ message, color: 'forest', autoClose: 5_000, ...look() });

/** Tells that something was done and offers to take it back. */
export function toastUndo(message: string, action: string, undo: () => void): void {
  const id = notifications.show({
    color: 'forest',
    autoClose: UNDO_MS,
    ...look(),
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm">{message}</Text>
        <Button
          size="compact-sm"
          variant="light"
          style={{ flexShrink: 0 }}
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          {action}
        </Button>
      </Group>
    ),
  });
}

/** Tells that something could not be done and what to do, where no form is left to show it. */
export function toastRefusal(error: Error): void {
  const problem = problemOf(error);
  const message = problem ? [problem.detail, problem.wayOut].filter(Boolean).join(' ') : error.message;
  notifications.show({ message, color: 'red', autoClose: UNDO_MS, ...look() });
}
