import { Button, Center } from '@mantine/core';
import { useWords } from '../words/words.tsx';

/** Reads the next page of a list; nothing when there is none. */
export function MoreButton({ more, busy }: { more: (() => void) | undefined; busy: boolean }) {
  const w = useWords().shell;
  if (!more) return null;
  return <Center mt="md"><Button variant="default" onClick={more} loading={busy}>{w.more}</Button></Center>;
}
