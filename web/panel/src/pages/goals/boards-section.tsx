import { Badge, Button, Group, Paper, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconListNumbers, IconPlus } from '@tabler/icons-react';
import { Dialog, EmptyState, ErrorNotice, SkeletonList } from '@wracam/ui';
import { useState } from 'react';
import { useGoals, useLeaderboards, useSaveLeaderboard, type Leaderboard } from '../../api/goals.ts';
import { useCan, useProgram, useWallet } from '../../api/program.tsx';
import { RowLink } from '../../shell/links.tsx';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';

/** Leaderboards and how many agreed to stand on them. */
export function BoardsSection() {
  const w = useWords().goals;
  const query = useLeaderboards();
  const { code } = useProgram();
  const can = useCan();
  const name = useMeasureName();
  const [adding, setAdding] = useState(false);
  const add = can('rules.write') && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>{w.newBoard}</Button>;
  const boards = query.data?.items;
  return (
    <Stack gap="md" maw={860}>
      {query.error && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      {!query.error && !boards && <SkeletonList rows={3} height={72} />}
      {boards?.length === 0 && <EmptyState icon={<IconListNumbers />} title={w.boardsEmpty} text={w.boardsEmptyText} action={add} />}
      {query.data && query.data.items.length > 0 && <Group justify="space-between"><Text c="dimmed" maw={520}>{w.boardsText(query.data.members)}</Text>{add}</Group>}
      {boards?.map((board) => (
        <Paper key={board.id} withBorder p="md" className="wracam-row">
          <Group justify="space-between" wrap="nowrap" align="flex-start">
            <div>
              <RowLink to="/$program/leaderboards/$leaderboard" params={{ program: code, leaderboard: board.id }}>{board.name}</RowLink>
              <Text size="sm" c="dimmed">{name(board)}</Text>
            </div>
            {board.state === 'hidden' && <Badge color="gray">{w.boardStates.hidden}</Badge>}
          </Group>
        </Paper>
      ))}
      {adding && <BoardDialog board={undefined} onClose={() => setAdding(false)} />}
    </Stack>
  );
}

/** What a board counts, in words. */
export function useMeasureName(): (board: Pick<Leaderboard, 'measure' | 'period'>) => string {
  const w = useWords().goals;
  const wallet = useWallet();
  const challenges = useGoals('challenge').data?.items ?? [];
  return ({ measure, period }) => (measure.kind === 'points' ? `${w.boardPoints(wallet(measure.wallet).name)}, ${w.periods[period]}` : w.boardChallenge(challenges.find((one) => one.id === measure.goal)?.name ?? '…'));
}

export function BoardDialog({ board: now, onClose }: { board: Leaderboard | undefined; onClose: () => void }) {
  // What it began from: it is read again while the dialog is open, and another's change must not pass for the one that was seen here.
  const [board] = useState(now);
  const w = useWords();
  const { wallets } = useProgram();
  const challenges = (useGoals('challenge').data?.items ?? []).filter((one) => one.current !== null);
  const save = useSaveLeaderboard(board);
  const [name, setName] = useState(board?.name ?? '');
  const [measure, setMeasure] = useState<Leaderboard['measure']>(board?.measure ?? { kind: 'points', wallet: wallets[0]!.code });
  const [period, setPeriod] = useState<Leaderboard['period']>(board?.period ?? 'month');
  const [state, setState] = useState<Leaderboard['state']>(board?.state ?? 'shown');
  const submit = () => save.mutate({ name: name.trim(), measure, period, state }, { onSuccess: () => { toast(w.goals.boardSaved); onClose(); } });
  const chosen = measure.kind === 'points' ? `w:${measure.wallet}` : `g:${measure.goal}`;
  return (
    <Dialog opened onClose={onClose} title={board ? w.goals.editBoard : w.goals.newBoard}>
      <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <Stack>
          <TextInput label={w.goals.boardName} maxLength={60} value={name} data-autofocus onChange={(event) => setName(event.currentTarget.value)} />
          <Select
            label={w.goals.boardMeasure} allowDeselect={false} value={chosen}
            data={[...wallets.map((one) => ({ value: `w:${one.code}`, label: w.goals.boardPoints(one.name) })), ...challenges.map((one) => ({ value: `g:${one.id}`, label: w.goals.boardChallenge(one.name) }))]}
            onChange={(value) => value && setMeasure(value.startsWith('w:') ? { kind: 'points', wallet: value.slice(2) } : { kind: 'challenge', goal: value.slice(2) })}
          />
          {measure.kind === 'points'
            ? <Select label={w.goals.period} allowDeselect={false} value={period} data={(['week', 'month', 'all'] as const).map((value) => ({ value, label: w.goals.periods[value] }))} onChange={(value) => setPeriod(value === 'week' || value === 'all' ? value : 'month')} />
            : <Text size="sm" c="dimmed">{w.goals.boardPeriodChallenge}</Text>}
          <Select label={w.goals.boardState} allowDeselect={false} value={state} data={(['shown', 'hidden'] as const).map((value) => ({ value, label: w.goals.boardStates[value] }))} onChange={(value) => setState(value === 'hidden' ? 'hidden' : 'shown')} />
          {save.error && <ErrorNotice error={save.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{w.shell.cancel}</Button>
            <Button type="submit" disabled={name.trim() === ''} loading={save.isPending}>{w.shell.save}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
