import { Box, Button, Group, Paper, SegmentedControl, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconCoins, IconGift, IconPlus, IconReceipt, IconTable, IconChartBar, IconUserPlus } from '@tabler/icons-react';
import { formatMoney } from '@wracam/engine/words';
import { EmptyState, ErrorNotice, MoneyText, PageHeader, PointsAmount, SkeletonList, StatTile, useLang, writeDate, writePoints } from '@wracam/ui';
import { useState } from 'react';
import { useCan, useHome, useProgram, useWallet } from '../../api/program.tsx';
import type { Day, Home } from '../../api/shapes.ts';
import { useTransactions } from '../../api/transactions.ts';
import { ButtonLink, TextLink } from '../../shell/links.tsx';
import { useWords } from '../../words/words.tsx';
import { TransactionTable } from '../transactions/transaction-table.tsx';
import { DayChart, DayTable } from './day-chart.tsx';
import { shownDay, type Shown } from './shown-day.ts';
import { WaitingChanges } from './waiting-changes.tsx';

const CHART_DAYS = 30;
const LATEST = 8;

type Question = 'sales' | 'points' | 'members';
const questions: readonly Question[] = ['sales', 'points', 'members'];

/** How the day is going: four figures beside the same day last week, a month at a glance, the latest sales. */
export function TodayPage() {
  const w = useWords();
  const lang = useLang();
  const home = useHome(CHART_DAYS);
  const { code, demo } = useProgram();
  const shown = home.data && shownDay(home.data, demo);
  const can = useCan();
  const addSale = can('transactions.write') && (
    <ButtonLink to="/$program/sales/new" params={{ program: code }} leftSection={<IconPlus size={16} aria-hidden />} hiddenFrom="sm">{w.shell.addSale}</ButtonLink>
  );
  return (
    <>
      <PageHeader title={w.today.title} text={home.data ? writeDate(home.data.today.date, lang) : <Skeleton width={140} height={22} />} actions={addSale} />
      <WaitingChanges />
      {shown && !shown.isToday && <Text mb="md">{w.today.latestDay(writeDate(shown.day.date, lang))}</Text>}
      {home.error ? <ErrorNotice error={home.error} onRetry={() => void home.refetch()} /> : <Figures shown={shown} wallet={home.data?.wallet} />}
      <div className="panel-two" style={{ marginTop: 24 }}>
        {!home.error && <Month shown={shown} wallet={home.data?.wallet} />}
        {!home.error && <Standing home={home.data} />}
      </div>
      <Latest />
    </>
  );
}

type ShownProps = { shown: Shown | undefined; wallet: string | undefined };

function Figures({ shown, wallet }: ShownProps) {
  const w = useWords().today;
  const lang = useLang();
  const { currency } = useProgram();
  const unit = useWallet()(wallet).forms;
  const day = shown?.day;
  const before = shown?.weekBefore;
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing={{ base: 'sm', md: 'md' }}>
      <StatTile
        label={w.sales}
        icon={<IconReceipt size={18} aria-hidden />}
        value={day && <MoneyText minor={day.salesMinor} currency={currency} />}
        note={day && <>{w.salesCount(day.sales)}{before && <><br />{w.lastWeek(formatMoney(before.salesMinor, currency, lang))}</>}</>}
      />
      <StatTile label={w.earned} icon={<IconCoins size={18} aria-hidden />} value={day && <PointsAmount points={day.pointsEarned} unit={unit} />} note={before && w.lastWeek(writePoints(before.pointsEarned, unit, lang))} />
      <StatTile label={w.spent} icon={<IconGift size={18} aria-hidden />} value={day && <PointsAmount points={day.pointsSpent} unit={unit} />} note={before && w.lastWeek(writePoints(before.pointsSpent, unit, lang))} />
      <StatTile label={w.newMembers} icon={<IconUserPlus size={18} aria-hidden />} value={day?.newMembers} note={before && w.lastWeek(String(before.newMembers))} />
    </SimpleGrid>
  );
}

const valueOf: Record<Question, (day: Day) => number> = {
  sales: (day) => day.salesMinor, points: (day) => day.pointsEarned, members: (day) => day.newMembers,
};

function Month({ shown, wallet }: ShownProps) {
  const w = useWords().today;
  const lang = useLang();
  const { currency } = useProgram();
  const unit = useWallet()(wallet).forms;
  const [question, setQuestion] = useState<Question>('sales');
  const [table, setTable] = useState(false);
  const write = (value: number) => (question === 'sales' ? formatMoney(value, currency, lang) : question === 'points' ? writePoints(value, unit, lang) : String(value));
  const days = shown?.days.map((day) => ({ date: day.date, value: valueOf[question](day) }));
  return (
    <Paper withBorder p="lg" component="section">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h3">{w.chartTitle}</Title>
        <Button size="compact-sm" variant="subtle" color="gray" leftSection={table ? <IconChartBar size={16} aria-hidden /> : <IconTable size={16} aria-hidden />} onClick={() => setTable(!table)}>{table ? w.showChart : w.showTable}</Button>
      </Group>
      <Group justify="space-between" mb="md">
        <Text c="dimmed" size="sm">{w.chartQuestion[question]}</Text>
        <SegmentedControl size="xs" aria-label={w.chartPick} value={question} onChange={(value) => setQuestion(questions.find((one) => one === value) ?? 'sales')} data={questions.map((value) => ({ value, label: w.chartOf[value] }))} />
      </Group>
      {!days && <Skeleton height={200} />}
      {days && (table
        ? <DayTable days={days} label={w.chartQuestion[question]} write={write} dateHeader={w.date} valueHeader={w.chartOf[question]} />
        : <DayChart days={days} label={w.chartQuestion[question]} write={write} />)}
    </Paper>
  );
}

function Standing({ home }: { home: Home | undefined }) {
  const w = useWords().today;
  const { code } = useProgram();
  const unit = useWallet()(home?.wallet).forms;
  return (
    <Stack gap="md">
      <StatTile label={w.ordersWaiting} value={home && <TextLink to="/$program/orders" params={{ program: code }} search={{ state: 'placed' }} inherit>{home.ordersWaiting}</TextLink>} />
      <StatTile label={w.outstanding} value={home && <PointsAmount points={home.pointsOutstanding} unit={unit} />} />
      <StatTile label={w.allMembers} value={home && <TextLink to="/$program/members" params={{ program: code }} inherit>{home.members}</TextLink>} />
    </Stack>
  );
}

function Latest() {
  const w = useWords();
  const { code } = useProgram();
  const list = useTransactions({}, LATEST);
  return (
    <Box mt="xl" component="section">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h2">{w.today.latest}</Title>
        <TextLink to="/$program/transactions" params={{ program: code }}>{w.today.all}</TextLink>
      </Group>
      {list.error && <ErrorNotice error={list.error} onRetry={list.retry} />}
      {!list.error && !list.items && <SkeletonList rows={LATEST} />}
      {list.items?.length === 0 && <EmptyState icon={<IconReceipt />} title={w.today.empty} text={w.today.emptyText} action={<ButtonLink to="/$program/sales/new" params={{ program: code }}>{w.shell.addSale}</ButtonLink>} />}
      {list.items && list.items.length > 0 && <TransactionTable rows={list.items.slice(0, LATEST)} label={w.today.latest} />}
    </Box>
  );
}
