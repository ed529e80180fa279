import { Alert, Button, Group, Text } from '@mantine/core';
import { spellingOf } from '@wracam/engine/alike';
import { useWords } from '../../words/words.tsx';

type HintProps = { texts: readonly string[]; known: readonly string[]; /** The values are what is left out, not what is asked for. */ excludes?: boolean; onTake: (typed: string, meant: string) => void };

/** Says plainly that a value stands in no document as it is typed, and which one is meant; one press takes it. */
export function SpellingHint({ texts, known, excludes = false, onTake }: HintProps) {
  const w = useWords().condition;
  const found = texts.flatMap((typed) => { const meant = spellingOf(typed, known); return meant === null ? [] : [{ typed, meant }]; });
  if (found.length === 0) return null;
  return (
    <Alert color="amber" mt={6} p="xs" role="status">
      {found.map(({ typed, meant }) => (
        <Group key={typed} gap="xs">
          <Text size="sm">{w.otherSpelling(typed, meant, excludes)}</Text>
          <Button size="compact-sm" variant="default" onClick={() => onTake(typed, meant)}>{w.takeSpelling(meant)}</Button>
        </Group>
      ))}
    </Alert>
  );
}

/** Values to choose from that begin with or hold what is typed: more than these nobody reads. */
export const OFFERED_MAX = 30;
