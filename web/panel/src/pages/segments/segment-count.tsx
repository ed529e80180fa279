import { Button, Group, Progress, Skeleton, Stack, Text } from '@mantine/core';
import type { Condition } from '@wracam/sdk';
import { ErrorNotice } from '@wracam/ui';
import { useSegmentCount } from '../../api/segments.ts';
import { useWords } from '../../words/words.tsx';

/** How many members a condition holds for now, and (`except`) another one does not. In a large program the rest is counted on demand, and may be stopped. */
export function SegmentCount({ condition, except, who }: { condition: Condition; except?: Condition; /** Who they are, where they are not simply in it. */ who?: string }) {
  const w = useWords().segments;
  const { counted, error, retry, going, start, stop } = useSegmentCount(condition, except);
  if (error) return <ErrorNotice error={error} onRetry={retry} />;
  if (!counted) return <Skeleton height={20} width={140} />;
  if (counted.all) return <Text size="sm" fw={600} role="status">{who === undefined ? w.now(counted.members) : w.moved(who, counted.members)}</Text>;
  return (
    <Stack gap={4}>
      <Group gap="sm">
        <Text size="sm" role="status">{who !== undefined && `${who}: `}{w.part(counted.members, counted.examined, counted.total)}</Text>
        {going ? <Button size="compact-sm" variant="subtle" color="gray" onClick={stop}>{w.stop}</Button> : <Button size="compact-sm" variant="light" onClick={start}>{w.countAll}</Button>}
      </Group>
      {going && <Progress value={counted.total === 0 ? 0 : (counted.examined / counted.total) * 100} aria-label={w.count} />}
    </Stack>
  );
}
