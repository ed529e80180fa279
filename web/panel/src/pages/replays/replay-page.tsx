import { Alert, Badge, Button, Paper, Progress, Stack, Text } from '@mantine/core';
import { IconArrowLeft, IconCircleCheck } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { EmptyState, ErrorNotice, PageHeader, SkeletonList, useLang, writeDate } from '@wracam/ui';
import { useCan, useProgram } from '../../api/program.tsx';
import { isUnderWay, useCancelReplay, useReplay } from '../../api/replays.ts';
import type { Replay } from '../../api/shapes.ts';
import { ButtonLink, TextLink } from '../../shell/links.tsx';
import { useWords } from '../../words/words.tsx';
import { Changes, stateColor } from './replays-page.tsx';
import { ReplayFigures } from './replay-figures.tsx';

/** One replay: how far it is, and what came of it. */
export function ReplayPage() {
  const { replay: id } = useParams({ from: '/$program/replays/$replay' });
  const query = useReplay(id);
  const w = useWords();
  const lang = useLang();
  const { code } = useProgram();
  if (query.error) return <ErrorNotice wholePage error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonList />;
  const replay = query.data;
  return (
    <>
      <PageHeader
        back={<TextLink to="/$program/replays" params={{ program: code }}><IconArrowLeft size={14} aria-hidden /> {w.replays.back}</TextLink>}
        title={w.replays.periodOf(writeDate(replay.from, lang), writeDate(replay.until, lang))}
        text={<Changes replay={replay} />}
        beside={<Badge size="lg" color={stateColor[replay.state]}>{w.replays.states[replay.state]}</Badge>}
      />
      {isUnderWay(replay) && <UnderWay replay={replay} />}
      {replay.state === 'cancelled' && <Over title={w.replay.cancelled} text={w.replay.cancelledText} />}
      {replay.state === 'failed' && <Over title={w.replay.failed} text={w.replay.failedText} />}
      {replay.result && (
        <Stack gap="lg">
          {replay.result.check.differing === 0
            ? <Text size="sm" c="dimmed"><IconCircleCheck size={16} aria-hidden style={{ verticalAlign: '-3px' }} /> {w.replay.exact(replay.result.check.checked)}</Text>
            : <Alert color="amber">{w.replay.inexact(replay.result.check.differing, replay.result.check.checked)}</Alert>}
          {replay.result.changingFacts.length > 0 && <Text size="sm" c="dimmed">{w.replay.membersAs[replay.membersAs](replay.result.changingFacts.join(', '))}</Text>}
          <ReplayFigures replay={replay} result={replay.result} />
        </Stack>
      )}
    </>
  );
}

function UnderWay({ replay }: { replay: Replay }) {
  const w = useWords().replay;
  const lang = useLang();
  const can = useCan();
  const cancel = useCancelReplay(replay.id);
  const write = (count: number) => count.toLocaleString(lang === 'pl' ? 'pl-PL' : 'en-GB');
  const text = replay.total === 0 ? w.waiting : w.progress(write(replay.done), write(replay.total));
  return (
    <Paper withBorder p="lg" maw={640}>
      <Stack gap="sm">
        <Text role="status">{text}</Text>
        <Progress size="lg" value={replay.total === 0 ? 0 : (100 * replay.done) / replay.total} aria-label={text} />
        {cancel.error && <ErrorNotice error={cancel.error} />}
        {can('rules.write') && <Button variant="default" style={{ alignSelf: 'flex-start' }} loading={cancel.isPending} onClick={() => cancel.mutate()}>{w.cancel}</Button>}
      </Stack>
    </Paper>
  );
}

function Over({ title, text }: { title: string; text: string }) {
  const w = useWords().replay;
  const { code } = useProgram();
  return <EmptyState icon={<IconCircleCheck />} title={title} text={text} action={<ButtonLink to="/$program/replays" params={{ program: code }}>{w.again}</ButtonLink>} />;
}
