import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { useLang } from './lang.tsx';
import { uiWords } from './words.ts';

/** Grey rows in the place of what is coming; a screen reader hears one word. */
export function SkeletonList({ rows = 6, height = 44 }: { rows?: number; height?: number }) {
  const words = uiWords(useLang());
  return (
    <Stack gap="xs" role="status">
      <VisuallyHidden>{words.loading}</VisuallyHidden>
      {Array.from({ length: rows }, (_, at) => <Skeleton key={at} height={height} radius="md" />)}
    </Stack>
  );
}
