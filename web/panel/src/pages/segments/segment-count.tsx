import { Button, Group, Progress, Skeleton, Stack, Text } from '@mantine/core';
import type { Condition } from '@wracam/sdk';
import { ErrorNotice } from '@wracam/ui';
import { useSegmentCount } from '../../api/segments.ts';
import { useWords } from '../../words/words.tsx';

/** How many members a condition holds for now. In a large program the rest is counted on demand, and may be stopped. */
export function SegmentCount({ condition }: { condition: Condition }) {
  const w = useWords().segments;
  const { counted, error, retry, going, start, stop } = useSegmentCount(condition);
  if (error) return <ErrorNotice error={error} onRetry={retry} />;
  if (!counted) return <Skeleton height={20} width={140} />;
  if (counted.all) return <Text size="sm" fw={600} role="status">{w.now(counted.members)}</Text>;
  return (
    <Stack gap={4}>
      <Group gap="sm">
        <Text size="sm" role="status">{w.part(counted.members, counted.examined, counted.total)}</Text>
        {going ? <Button size="compact-sm" variant="subtle" color="gray" onClick={stop}>{w.stop}</Button> : <Button size="compact-sm" variant="light" onClick={start}>{w.countAll}</Button>}
      </Group>
      {going && <Progress value={counted.total === 0 ? 0 : (counted.examined / counted.total) * 100} aria-label={w.count} />}
    </Stack>
  );
}
