import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconChartBar, IconTable } from '@tabler/icons-react';
import { DataTable } from '@wracam/ui';
import { useState, type ReactNode } from 'react';
import { useCan, useProgram } from '../../api/program.tsx';
import type { LevelMoves } from '../../api/shapes.ts';
import { TextLink } from '../../shell/links.tsx';
import { useWords } from '../../words/words.tsx';
import { groupName } from './group-name.ts';
import { LevelFlow } from './level-flow.tsx';

type Move = LevelMoves['moves'][number];

/** How many of some moves lead up, down, or nowhere. */
export function stepsOf({ order }: Pick<LevelMoves, 'order'>, moves: readonly Move[]): { up: number; down: number; same: number } {
  const rank = (code: string | null) => order.findIndex((one) => one.code === code);
  const count = (wanted: (step: number) => boolean) => moves.filter((one) => wanted(rank(one.to) - rank(one.from))).reduce((sum, one) => sum + one.members, 0);
  return { up: count((step) => step > 0), down: count((step) => step < 0), same: count((step) => step === 0) };
}

/** Where members stand on levels before and after a change: as a picture and as tables. */
export function LevelMovesPart({ levels, csv }: { levels: LevelMoves; csv: ReactNode }) {
  const w = useWords().replay;
  const [table, setTable] = useState(false);
  const { up, down, same } = stepsOf(levels, levels.moves);
  return (
    <Paper withBorder p="lg" component="section">
      <Title order={2} size="h3" mb="xs">{w.levels.title}</Title>
      <Text mb="xs">{up + down === 0 ? w.levels.nobody : w.levels.sum(up, down, same)}</Text>
      {levels.moves.length > 0 && (
        <>
          <Group gap="xs" mb="sm">
            <Button size="compact-sm" variant="subtle" color="gray" leftSection={table ? <IconChartBar size={16} aria-hidden /> : <IconTable size={16} aria-hidden />} onClick={() => setTable(!table)}>{table ? w.showChart : w.showTable}</Button>
            {csv}
          </Group>
          {table ? <Tables levels={levels} /> : <LevelFlow levels={levels} label={w.levels.title} />}
        </>
      )}
      {levels.top.length > 0 && <Stack gap="sm" mt="lg"><Title order={3} size="h4">{w.levels.top}</Title><Whose levels={levels} /></Stack>}
    </Paper>
  );
}

const useName = (levels: LevelMoves) => (code: string | null): string => levels.order.find((one) => one.code === code)?.name ?? '';

function Tables({ levels }: { levels: LevelMoves }) {
  const w = useWords().replay;
  const name = useName(levels);
  return (
    <Stack gap="md">
      <DataTable label={w.levels.title} rows={levels.moves} rowKey={(one) => `${one.from}>${one.to}`} columns={[
        { key: 'from', header: w.now, phone: 'title', render: (one) => name(one.from) },
        { key: 'to', header: w.draft, render: (one) => name(one.to) },
        { key: 'members', header: w.spreadTable.members, number: true, phone: 'side', render: (one) => one.members },
      ]} />
      <DataTable label={w.segments} rows={levels.segments.map((one) => ({ ...one, ...stepsOf(levels, one.moves) }))} rowKey={(one) => one.by + one.value} columns={[
        { key: 'group', header: w.group, phone: 'title', render: (one) => groupName(w, one) },
        { key: 'up', header: w.levels.up, number: true, render: (one) => one.up },
        { key: 'down', header: w.levels.down, number: true, render: (one) => one.down },
        { key: 'same', header: w.levels.same, number: true, render: (one) => one.same },
      ]} />
    </Stack>
  );
}

/** Some of those whose level differs. */
export function Whose({ levels }: { levels: LevelMoves }) {
  const w = useWords().replay;
  const { code } = useProgram();
  const can = useCan();
  const name = useName(levels);
  return (
    <DataTable label={w.levels.top} rows={levels.top} rowKey={(one) => one.member} columns={[
      { key: 'member', header: w.member, phone: 'title', render: (one) => (can('members.read') ? <TextLink to="/$program/members/$member" params={{ program: code, member: one.member }}>{one.name ?? w.anonymous}</TextLink> : one.name ?? w.anonymous) },
      { key: 'move', header: w.levels.move, phone: 'side', render: (one) => `${name(one.from)} → ${name(one.to)}` },
    ]} />
  );
}
