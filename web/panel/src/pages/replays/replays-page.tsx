import { Badge, Stack, Title } from '@mantine/core';
import { IconArrowLeft, IconHistoryToggle } from '@tabler/icons-react';
import { DataTable, EmptyState, ErrorNotice, PageHeader, SkeletonList, useLang, writeDate, writeInstant } from '@wracam/ui';
import { useCan, useProgram } from '../../api/program.tsx';
import { useReplays } from '../../api/replays.ts';
import type { ReplayHead } from '../../api/shapes.ts';
import { RowLink, TextLink } from '../../shell/links.tsx';
import { useWords } from '../../words/words.tsx';
import { NewReplay } from './new-replay.tsx';

export const stateColor = { waiting: 'gray', running: 'amber', done: 'forest', cancelled: 'gray', failed: 'red' } as const;

/** History counted again by other rules: what to change, and what was checked before. */
export function ReplaysPage() {
  const w = useWords();
  const { code } = useProgram();
  const can = useCan();
  return (
    <>
      <PageHeader back={<TextLink to="/$program/rules" params={{ program: code }}><IconArrowLeft size={14} aria-hidden /> {w.rules.title}</TextLink>} title={w.replays.title} text={w.replays.text} />
      <Stack gap="xl">
        {can('rules.write') && <NewReplay />}
        <Earlier />
      </Stack>
    </>
  );
}

function Earlier() {
  const w = useWords().replays;
  const lang = useLang();
  const { code, timeZone } = useProgram();
  const list = useReplays();
  return (
    <section>
      <Title order={2} size="h2" mb="sm">{w.earlier}</Title>
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {!list.error && !list.data && <SkeletonList rows={3} />}
      {list.data?.items.length === 0 && <EmptyState icon={<IconHistoryToggle />} title={w.empty} text={w.emptyText} />}
      {list.data && list.data.items.length > 0 && (
        <DataTable<ReplayHead>
          label={w.earlier} linked rows={list.data.items} rowKey={(row) => row.id}
          columns={[
            { key: 'period', header: w.column.period, phone: 'title', render: (row) => <RowLink to="/$program/replays/$replay" params={{ program: code, replay: row.id }}>{w.periodOf(writeDate(row.from, lang), writeDate(row.until, lang))}</RowLink> },
            { key: 'changes', header: w.column.changes, render: (row) => <Changes replay={row} /> },
            { key: 'asked', header: w.column.asked, render: (row) => w.madeBy(writeInstant(row.madeAt, timeZone, lang), row.madeBy) },
            { key: 'state', header: w.column.state, phone: 'side', render: (row) => <Badge miw="max-content" color={stateColor[row.state]}>{w.states[row.state]}</Badge> },
          ]}
        />
      )}
    </section>
  );
}

const changedOf = ({ expiry, pendingDays, debtPolicy, debtLimit }: ReplayHead['wallets'][number]) =>
  [...(expiry !== undefined || pendingDays !== undefined ? ['terms' as const] : []), ...(debtPolicy !== undefined || debtLimit !== undefined ? ['debts' as const] : [])];

/** What was changed, in words. */
export function Changes({ replay }: { replay: Pick<ReplayHead, 'changes' | 'ladder' | 'base' | 'sets' | 'segments' | 'wallets' | 'membersAs'> }) {
  const w = useWords().replays;
  const { wallets } = useProgram();
  const nameOf = (code: string) => wallets.find((one) => one.code === code)?.name ?? code;
  const changes = [...replay.changes.map((one) => `${one.name} (${w.changes[one.change]})`), ...(replay.ladder ? [w.changedLevels] : []), ...(replay.base ? [w.changedBase] : []), ...replay.sets.map((name) => w.changedSet(name)), ...replay.segments.map((name) => w.changedSegment(name)), ...replay.wallets.flatMap((one) => changedOf(one).map((what) => w.changedWallet[what](nameOf(one.wallet)))), ...(replay.membersAs === 'today' ? [w.asTodayChange] : [])];
  return changes.length === 0 ? w.unchanged : changes.join(', ');
}
