import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Dialog } from './dialog.tsx';
import { ErrorNotice } from './error-notice.tsx';
import { useLang } from './lang.tsx';
import { uiWords } from './words.ts';

type ConfirmDialogProps = {
  opened: boolean;
  onClose: () => void;
  title: string;
  text?: ReactNode;
  /** Says what happens ("Usuń kartę"), never "OK". */
  action: string;
  onConfirm: () => void;
  harmful?: boolean;
  busy?: boolean;
  /** The button waits until the form inside is ready. */
  disabled?: boolean;
  error?: unknown;
  children?: ReactNode;
};

/** Asks before a thing is done. Refusals stay inside the dialog, so that the person sees them where they acted. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const words = uiWords(useLang());
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={props.title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          props.onConfirm();
        }}
      >
        <Stack gap="md">
          {props.text && <Text component="div">{props.text}</Text>}
          {props.children}
          {props.error !== undefined && props.error !== null && <ErrorNotice error={props.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>{words.cancel}</Button>
            <Button type="submit" color={props.harmful ? 'red' : undefined} loading={props.busy} disabled={props.disabled}>{props.action}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
