import { ActionIcon, Button, Checkbox, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconMinus, IconPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { EmptyState, ErrorNotice, PageHeader, PointsAmount, SkeletonList, useLang, writePoints } from '@wracam/ui';
import { useState } from 'react';
import { useProgram, useWallet } from '../../api/program.tsx';
import { useCancelOrder, usePlaceOrder, useRewards } from '../../api/rewards.ts';
import type { Reward } from '../../api/shapes.ts';
import { TextLink } from '../../shell/links.tsx';
import { toast, toastRefusal, toastUndo } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { RewardCard } from '../rewards/reward-card.tsx';
import { MemberPicker, useGivenMember } from '../sales/member-picker.tsx';

/** Ordering for a member at the counter: who, what, and whether it is handed over at once. */
export function NewOrderPage() {
  const { member: memberId } = useSearch({ from: '/$program/orders/new' });
  const w = useWords();
  const lang = useLang();
  const { code } = useProgram();
  const wallet = useWallet();
  const navigate = useNavigate();
  const rewards = useRewards();
  const { picked: member, pick, awaited } = useGivenMember(memberId);
  const [basket, setBasket] = useState<Readonly<Record<string, number>>>({});
  const [now, setNow] = useState(true);
  const place = usePlaceOrder();
  const cancel = useCancelOrder();
  const offered = rewards.data?.items.filter((reward) => reward.state === 'offered') ?? [];
  const chosen = offered.filter((reward) => (basket[reward.id] ?? 0) > 0);
  const total = chosen.reduce((sum, reward) => sum + reward.pricePoints * (basket[reward.id] ?? 0), 0);
  const walletCode = chosen[0]?.wallet ?? offered[0]?.wallet;
  const unit = wallet(walletCode).forms;
  const [act, empty] = now ? [w.order.hand, w.order.handEmpty] : [w.order.place, w.order.placeEmpty];
  const available = member?.available.find((one) => one.wallet === walletCode)?.points ?? 0;
  const order = () => member && place.mutate(
    { member: { id: member.id }, lines: chosen.map((reward) => ({ reward: reward.id, quantity: basket[reward.id] ?? 1 })), confirm: now },
    {
      onSuccess: ({ order: placed }) => {
        const undo = () => void cancel.mutateAsync({ order: placed.id }).then(() => toast(w.order.undone), toastRefusal); // this page is left by then
        toastUndo(now ? w.order.handedToast : w.order.placedToast, w.shell.undo, undo);
        void navigate({ to: '/$program/orders/$order', params: { program: code, order: placed.id } });
      },
    },
  );
  return (
    <>
      <PageHeader title={w.order.new} text={w.order.newText} back={<TextLink to="/$program/orders" params={{ program: code }}><IconArrowLeft size={14} aria-hidden /> {w.orders.title}</TextLink>} />
      <div className="panel-two">
        <Stack gap="lg">
          <Paper withBorder p="lg"><MemberPicker value={member} onChange={pick} awaited={awaited} autoFocus /></Paper>
          <section>
            <Title order={2} size="h3" mb="sm">{w.order.choose}</Title>
            {rewards.error && <ErrorNotice error={rewards.error} onRetry={() => void rewards.refetch()} />}
            {!rewards.error && !rewards.data && <SkeletonList />}
            {rewards.data && offered.length === 0 && <EmptyState title={w.order.nothing} />}
            <SimpleGrid cols={{ base: 1, xs: 2 }}>
              {offered.map((reward) => (
                <RewardCard
                  key={reward.id}
                  reward={reward}
                  below={<Counter reward={reward} count={basket[reward.id] ?? 0} missing={member ? Math.max(0, reward.pricePoints + total - available) : 0} onChange={(count) => setBasket({ ...basket, [reward.id]: count })} />}
                />
              ))}
            </SimpleGrid>
          </section>
        </Stack>
        <Paper withBorder p="lg" className="panel-beside" component="section" aria-live="polite">
          <Stack gap="md">
            {chosen.map((reward) => (
              <Group key={reward.id} justify="space-between"><Text>{basket[reward.id]} × {reward.name}</Text><PointsAmount points={reward.pricePoints * (basket[reward.id] ?? 0)} unit={wallet(reward.wallet).forms} /></Group>
            ))}
            {member
              ? <Group justify="space-between"><Text c="dimmed">{w.order.balance}</Text><PointsAmount points={available - total} unit={unit} /></Group>
              : <Text c="dimmed">{w.order.chooseMember}</Text>}
            <Checkbox label={w.order.now} checked={now} onChange={(event) => setNow(event.currentTarget.checked)} />
            {place.error && <ErrorNotice error={place.error} />}
            <Button size="lg" disabled={!member || total === 0 || total > available} loading={place.isPending} onClick={order}>
              {total === 0 ? empty : act(writePoints(total, unit, lang))}
            </Button>
          </Stack>
        </Paper>
      </div>
    </>
  );
}

function Counter({ reward, count, missing, onChange }: { reward: Reward; count: number; missing: number; onChange: (count: number) => void }) {
  const w = useWords().order;
  const lang = useLang();
  const unit = useWallet()(reward.wallet).forms;
  const soldOut = reward.stockLeft !== null && count >= reward.stockLeft;
  const limited = reward.perMember !== null && count >= reward.perMember;
  return (
    <Group gap="xs" mt="xs">
      <ActionIcon variant="default" size={36} aria-label={w.less(reward.name)} disabled={count === 0} onClick={() => onChange(count - 1)}><IconMinus size={18} aria-hidden /></ActionIcon>
      <Text miw={20} ta="center" fw={650} aria-live="polite">{count}</Text>
      <ActionIcon variant="default" size={36} aria-label={w.moreOf(reward.name)} disabled={soldOut || limited || missing > 0} onClick={() => onChange(count + 1)}><IconPlus size={18} aria-hidden /></ActionIcon>
      {missing > 0 && count === 0 && <Text size="sm" c="dimmed">{w.missing(writePoints(missing, unit, lang))}</Text>}
    </Group>
  );
}
