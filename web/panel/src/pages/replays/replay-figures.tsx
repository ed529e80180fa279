import { Button, Group, Paper, SimpleGrid, Text, Title } from '@mantine/core';
import { IconChartBar, IconDownload, IconTable } from '@tabler/icons-react';
import { formatMoney } from '@wracam/engine/words';
import { DataTable, ErrorNotice, MoneyText, PointsAmount, StatTile, useLang, writeMonth, writePoints } from '@wracam/ui';
import { useState, type ReactNode } from 'react';
import { useCan, useProgram, useWallet } from '../../api/program.tsx';
import { useReplayTable, type TableName } from '../../api/replays.ts';
import type { Replay, ReplayResult } from '../../api/shapes.ts';
import { TextLink } from '../../shell/links.tsx';
import { useWords } from '../../words/words.tsx';
import { groupName } from './group-name.ts';
import { LevelMovesPart } from './level-moves.tsx';
import { PairChart, PairTable, type PairValue } from './pair-chart.tsx';
import { shortfallsOfChange } from './shortfalls.ts';

type FiguresProps = { replay: Replay; result: ReplayResult };

/** What came of a replay: figures side by side, months, rules, groups and members. */
export function ReplayFigures({ replay, result }: FiguresProps) {
  const w = useWords().replay;
  const lang = useLang();
  const { currency } = useProgram();
  const unit = useWallet()(replay.wallet).forms;
  const write = (points: number) => writePoints(points, unit, lang);
  const beside = (now: number, draft: number, text: (value: number) => string) => <>{w.nowIs(text(now))}<br />{w.difference}: {draft >= now ? '+' : ''}{text(draft - now)}</>;
  const money = (minor: number) => (minor < 0 ? `−${formatMoney(-minor, currency, lang)}` : formatMoney(minor, currency, lang));
  const { now, draft } = result;
  const shortfalls = shortfallsOfChange(now, draft);
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }}>
        <StatTile label={w.earned} value={<PointsAmount points={draft.earned} unit={unit} />} note={beside(now.earned, draft.earned, write)} />
        <StatTile label={w.cost} value={<MoneyText minor={draft.costMinor} currency={currency} />} note={beside(now.costMinor, draft.costMinor, money)} />
        <StatTile label={w.outstanding} value={<PointsAmount points={draft.outstanding} unit={unit} />} note={beside(now.outstanding, draft.outstanding, write)} />
        <StatTile label={`${w.gaining} / ${w.losing}`} value={`${result.members.gaining} / ${result.members.losing}`} note={w.sameCount(result.members.unchanged)} />
      </SimpleGrid>
      {shortfalls > 0 && <Text>{w.shortfalls(shortfalls)}</Text>}
      {draft.owed !== null && now.owed !== null && draft.owed + now.owed > 0 && <Text>{w.owed(write(draft.owed), write(now.owed))}</Text>}
      {draft.capped > 0 && <Text>{w.capped(draft.capped, write(draft.cut))}</Text>}
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
        {(['earned', 'outstanding'] as const).map((question) => (
          <Chart key={question} title={w.months[question]} labelHeader={w.month} write={write} csv={<Csv replay={replay.id} table="months" />} values={result.months.map((one) => ({ label: writeMonth(one.month, lang), now: one.now[question], draft: one.draft[question] }))} />
        ))}
      </SimpleGrid>
      <Part title={w.spread}>
        <DataTable label={w.spread} rows={result.spread.filter((one) => one.members > 0)} rowKey={(one) => String(one.from)} columns={[
          { key: 'step', header: w.spreadTable.step, phone: 'title', render: (one) => w.step(one.from, one.to) },
          { key: 'members', header: w.spreadTable.members, number: true, phone: 'side', render: (one) => one.members },
        ]} />
      </Part>
      <Part title={w.top} beside={<Csv replay={replay.id} table="members" />}>{result.top.length === 0 ? <Text c="dimmed">{w.noTop}</Text> : <Top result={result} write={write} />}</Part>
      <Part title={w.rules} beside={<Csv replay={replay.id} table="rules" />}>
        <DataTable label={w.rules} rows={result.rules} rowKey={(one) => one.rule ?? one.name} columns={[
          { key: 'name', header: w.rule, phone: 'title', render: (one) => one.name },
          { key: 'now', header: w.now, number: true, render: (one) => write(one.now.points) },
          { key: 'draft', header: w.draft, number: true, render: (one) => write(one.draft.points) },
          { key: 'documents', header: w.documents, number: true, render: (one) => `${one.now.documents} → ${one.draft.documents}` },
          { key: 'cut', header: w.cut, number: true, render: (one) => `${one.now.cut} → ${one.draft.cut}` },
        ]} />
      </Part>
      <Part title={w.segments} {...(result.segments.some((one) => one.by === 'segment') && { text: w.segmentsHint })} beside={<Csv replay={replay.id} table="segments" />}>
        <DataTable label={w.segments} rows={result.segments} rowKey={(one) => one.by + one.value} columns={[
          { key: 'group', header: w.group, phone: 'title', render: (one) => groupName(w, one) },
          { key: 'members', header: w.spreadTable.members, number: true, render: (one) => one.members },
          { key: 'now', header: w.now, number: true, render: (one) => write(one.now) },
          { key: 'draft', header: w.draft, number: true, render: (one) => write(one.draft) },
        ]} />
      </Part>
      {result.levels && <LevelMovesPart levels={result.levels} csv={<Csv replay={replay.id} table="levels" />} />}
      {result.thresholds.length > 0 && <Thresholds replay={replay} result={result} write={write} />}
    </>
  );
}

/** Who can afford a reward before and after, together or group by group. */
function Thresholds({ replay, result, write }: FiguresProps & { write: (points: number) => string }) {
  const w = useWords().replay;
  const [groups, setGroups] = useState(false);
  const rows = result.thresholds.flatMap(({ points, segments, ...sum }) => (groups ? segments.map((one) => ({ points, ...one })) : [{ points, by: '', value: '', ...sum }]));
  return (
    <Part title={w.thresholds} text={w.thresholdsHint} beside={<Group gap="xs"><Button size="compact-sm" variant="subtle" color="gray" onClick={() => setGroups(!groups)}>{groups ? w.together : w.byGroups}</Button><Csv replay={replay.id} table="thresholds" /></Group>}>
      <DataTable label={w.thresholds} rows={rows} rowKey={(one) => `${one.points}${one.by}${one.value}`} columns={[
        { key: 'price', header: w.price, phone: 'title', render: (one) => (groups ? `${write(one.points)}, ${groupName(w, one)}` : write(one.points)) },
        { key: 'now', header: w.now, number: true, render: (one) => one.now },
        { key: 'draft', header: w.draft, number: true, render: (one) => one.draft },
        { key: 'up', header: w.reachUp, number: true, render: (one) => one.up },
        { key: 'down', header: w.reachDown, number: true, render: (one) => one.down },
      ]} />
    </Part>
  );
}

function Top({ result, write }: { result: ReplayResult; write: (points: number) => string }) {
  const w = useWords().replay;
  const { code } = useProgram();
  const can = useCan();
  return (
    <DataTable label={w.top} rows={result.top} rowKey={(one) => one.member} columns={[
      { key: 'member', header: w.member, phone: 'title', render: (one) => (can('members.read') ? <TextLink to="/$program/members/$member" params={{ program: code, member: one.member }}>{one.name ?? w.anonymous}</TextLink> : one.name ?? w.anonymous) },
      { key: 'now', header: w.now, number: true, render: (one) => write(one.now) },
      { key: 'draft', header: w.draft, number: true, render: (one) => write(one.draft) },
      { key: 'difference', header: w.difference, number: true, phone: 'side', render: (one) => `${one.draft >= one.now ? '+' : '−'}${write(Math.abs(one.draft - one.now))}` },
    ]} />
  );
}

function Chart({ title, values, labelHeader, write, csv }: { title: string; values: readonly PairValue[]; labelHeader: string; write: (value: number) => string; csv: ReactNode }) {
  const w = useWords().replay;
  const [table, setTable] = useState(false);
  const shown = { values, label: title, labelHeader, write, names: { now: w.now, draft: w.draft } };
  return (
    <Paper withBorder p="lg" component="section">
      <Title order={2} size="h3" mb="xs">{title}</Title>
      <Group gap="xs" mb="sm">
        <Button size="compact-sm" variant="subtle" color="gray" leftSection={table ? <IconChartBar size={16} aria-hidden /> : <IconTable size={16} aria-hidden />} onClick={() => setTable(!table)}>{table ? w.showChart : w.showTable}</Button>
        {csv}
      </Group>
      {table ? <PairTable {...shown} /> : <PairChart {...shown} />}
    </Paper>
  );
}

function Part({ title, text, beside, children }: { title: string; text?: string; beside?: ReactNode; children: ReactNode }) {
  return (
    <section>
      <Group justify="space-between" mb="sm"><Title order={2} size="h3">{title}</Title>{beside}</Group>
      {text && <Text size="sm" c="dimmed" mb="sm">{text}</Text>}
      {children}
    </section>
  );
}

function Csv({ replay, table }: { replay: string; table: TableName }) {
  const w = useWords().replay;
  const load = useReplayTable(replay);
  return (
    <>
      <Button size="compact-sm" variant="subtle" color="gray" leftSection={<IconDownload size={16} aria-hidden />} loading={load.isPending} onClick={() => load.mutate(table)}>{w.csv}</Button>
      {load.error && <ErrorNotice error={load.error} />}
    </>
  );
}
