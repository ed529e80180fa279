import { Badge, Group, Paper, SimpleGrid, Stack, Text, Title, Tooltip } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ErrorNotice, MoneyText, PageHeader, PointsAmount, SkeletonList, useLang, writeDate, writeInstant } from '@wracam/ui';
import { useBalances, useMember } from '../../api/members.ts';
import { useProgram, useWallet } from '../../api/program.tsx';
import type { Lot, Member, WalletBalance } from '../../api/shapes.ts';
import { TextLink } from '../../shell/links.tsx';
import { useWords } from '../../words/words.tsx';
import { Grants } from './grants.tsx';
import { History } from './history.tsx';
import { MemberGoals } from './member-goals.tsx';
import { MemberActions } from './member-actions.tsx';
import { memberName } from './member-words.ts';
import { MemberTargets } from './member-targets.tsx';
import { Profile } from './profile.tsx';
import { TierCard } from './tier-card.tsx';
import { SuspensionNotice } from './suspension-notice.tsx';
import { WhyDrawer } from './why-drawer.tsx';

/** Everything about one member: points by wallet, every movement with its reason, identifiers, and what can be done. */
export function MemberPage() {
  const { member: id } = useParams({ from: '/$program/members/$member' });
  const { why } = useSearch({ from: '/$program/members/$member' });
  const query = useMember(id);
  const navigate = useNavigate();
  const { code } = useProgram();
  const showWhy = (transfer: string | undefined) =>
    void navigate({ to: '/$program/members/$member', params: { program: code, member: id }, search: { why: transfer }, resetScroll: false });
  if (query.error) return <ErrorNotice wholePage error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonList rows={8} />;
  const member = query.data;
  return (
    <>
      <Header member={member} />
      <SuspensionNotice member={member} />
      <Balances balances={member.balances} />
      <div className="panel-two" style={{ marginTop: 24 }}>
        <History member={member} onWhy={showWhy} />
        <Stack gap="lg">
          <MemberTargets id={id} />
          <MemberGoals id={id} />
          <TierCard member={member} />
          <Lots id={id} />
          <Grants id={id} />
          <Profile member={member} />
        </Stack>
      </div>
      <WhyDrawer transfer={why ?? null} onClose={() => showWhy(undefined)} />
    </>
  );
}

function Header({ member }: { member: Member }) {
  const w = useWords();
  const lang = useLang();
  const { code, timeZone, currency } = useProgram();
  const joined = writeInstant(member.joinedAt, timeZone, lang).split(',')[0] ?? '';
  return (
    <PageHeader
      back={<TextLink to="/$program/members" params={{ program: code }}><IconArrowLeft size={14} aria-hidden /> {w.members.title}</TextLink>}
      title={memberName(member)}
      beside={member.state !== 'active' && <Badge size="lg" color={member.state === 'blocked' ? 'red' : 'gray'}>{w.members.states[member.state]}</Badge>}
      text={(
        <>
          {w.member.number} {member.number}, {w.member.since(joined)}
          {member.salesCount > 0 && <> · {w.member.sales}: {member.salesCount} (<MoneyText minor={member.spentMinor} currency={currency} />)</>}
        </>
      )}
      actions={<MemberActions member={member} />}
    />
  );
}

function Balances({ balances }: { balances: readonly WalletBalance[] }) {
  const w = useWords().member;
  const wallet = useWallet();
  return (
    <SimpleGrid cols={{ base: 1, sm: Math.min(3, Math.max(1, balances.length)) }}>
      {balances.map((balance) => {
        const unit = wallet(balance.wallet).forms;
        const others = [
          { name: w.pending, hint: w.pendingHint, points: balance.pending },
          { name: w.held, hint: w.heldHint, points: balance.held },
          { name: w.debt, hint: w.debtHint, points: balance.debt },
        ].filter((one) => one.points > 0);
        return (
          <Paper key={balance.wallet} withBorder p="lg" component="section" aria-label={wallet(balance.wallet).name}>
            <Text size="sm" fw={600} c="dimmed">{wallet(balance.wallet).name}</Text>
            <Group gap="xs" align="baseline">
              <Text fz={32} lh={1.2} component="div"><PointsAmount points={balance.available} unit={unit} /></Text>
              <Text c="dimmed">{w.available}</Text>
            </Group>
            {others.length > 0 && (
              <Group gap="lg" mt={4}>
                {others.map((one) => (
                  <Tooltip key={one.name} label={one.hint}>
                    <Text size="sm" tabIndex={0}><PointsAmount points={one.points} unit={unit} /> {one.name}</Text>
                  </Tooltip>
                ))}
              </Group>
            )}
          </Paper>
        );
      })}
    </SimpleGrid>
  );
}

function Lots({ id }: { id: string }) {
  const w = useWords().member;
  const query = useBalances(id);
  const dated = query.data?.lots.filter((lot) => lot.remaining > 0 && (lot.expiresOn !== null || lot.pendingUntil !== null));
  return (
    <Paper withBorder p="lg" component="section">
      <Title order={2} size="h3" mb="sm">{w.lots}</Title>
      {query.error && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      {!query.error && !dated && <SkeletonList rows={3} height={28} />}
      {dated?.length === 0 && <Text c="dimmed" size="sm">{w.lotsNone}</Text>}
      <Stack gap="sm" style={{ maxHeight: 320, overflowY: 'auto' }} tabIndex={dated && dated.length > 6 ? 0 : undefined}>
        {dated?.map((lot) => <LotRow key={`${lot.transfer}${lot.wallet}${lot.expiresOn}`} lot={lot} />)}
      </Stack>
    </Paper>
  );
}

function LotRow({ lot }: { lot: Lot }) {
  const w = useWords().member;
  const lang = useLang();
  const { timeZone, now } = useProgram();
  const wallet = useWallet();
  const earned = writeInstant(lot.earnedAt, timeZone, lang).split(',')[0] ?? '';
  const waiting = lot.pendingUntil !== null && lot.pendingUntil > now.slice(0, 10);
  return (
    <Group justify="space-between" wrap="nowrap" align="flex-start">
      <div>
        <Text size="sm" fw={650}>{lot.expiresOn ? w.lotOn(writeDate(lot.expiresOn, lang)) : w.lotNever}</Text>
        <Text size="sm" c="dimmed">{waiting && lot.pendingUntil ? w.lotPending(writeDate(lot.pendingUntil, lang)) : w.lotFrom(earned)}</Text>
      </div>
      <PointsAmount points={lot.remaining} unit={wallet(lot.wallet).forms} />
    </Group>
  );
}
