import { Button, Paper, Table, Text } from '@mantine/core';
import { IconArrowLeft, IconListNumbers } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { countedText } from '@wracam/engine/goals/describe';
import { EmptyState, ErrorNotice, PageHeader, SkeletonList, useLang } from '@wracam/ui';
import { useState } from 'react';
import { useLeaderboard } from '../../api/goals.ts';
import { useCan, useProgram, useWallet } from '../../api/program.tsx';
import { TextLink } from '../../shell/links.tsx';
import { useWords } from '../../words/words.tsx';
import { BoardDialog, useMeasureName } from './boards-section.tsx';

/** One leaderboard with its places. */
export function BoardPage() {
  const { leaderboard: id } = useParams({ from: '/$program/leaderboards/$leaderboard' });
  const query = useLeaderboard(id);
  const w = useWords();
  const lang = useLang();
  const { code, currency } = useProgram();
  const wallet = useWallet();
  const can = useCan();
  const name = useMeasureName();
  const [editing, setEditing] = useState(false);
  if (query.error) return <ErrorNotice wholePage error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonList />;
  const board = query.data;
  const unit = board.wallet === null ? undefined : wallet(board.wallet).forms;
  return (
    <>
      <PageHeader
        back={<TextLink to="/$program/goals/$section" params={{ program: code, section: 'leaderboards' }}><IconArrowLeft size={14} aria-hidden /> {w.goals.sections.leaderboards}</TextLink>}
        title={board.name} text={name(board)} actions={can('rules.write') && <Button variant="default" onClick={() => setEditing(true)}>{w.shell.change}</Button>}
      />
      {board.standings.length === 0
        ? <EmptyState icon={<IconListNumbers />} title={w.goals.standingsEmpty} text={w.goals.standingsEmptyText} />
        : (
          <Paper withBorder maw={640}>
            <Table>
              <Table.Thead><Table.Tr><Table.Th w={90}>{w.goals.place}</Table.Th><Table.Th>{w.goals.nickname}</Table.Th><Table.Th ta="end">{w.goals.score}</Table.Th></Table.Tr></Table.Thead>
              <Table.Tbody>
                {board.standings.map((one) => (
                  <Table.Tr key={one.member}>
                    <Table.Td><Text fw={650}>{one.place}</Text></Table.Td>
                    <Table.Td><TextLink to="/$program/members/$member" params={{ program: code, member: one.member }}>{one.nickname}</TextLink></Table.Td>
                    <Table.Td ta="end" className="wracam-number">{countedText(board.counts, one.score, { lang, currency, ...(unit ? { unit } : {}) })}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Paper>
        )}
      {editing && <BoardDialog board={board} onClose={() => setEditing(false)} />}
    </>
  );
}
