import { Badge, Button, Divider, Group, Paper, Stack, Text, TextInput, Timeline, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowLeft } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { ConfirmDialog, ErrorNotice, PageHeader, PointsAmount, SkeletonList, useLang, writeInstant } from '@wracam/ui';
import { useState } from 'react';
import { useCan, useProgram, useWallet } from '../../api/program.tsx';
import { useCancelOrder, useConfirmOrder, useOrder } from '../../api/rewards.ts';
import type { Order } from '../../api/shapes.ts';
import { TextLink } from '../../shell/links.tsx';
import { toast } from '../../shell/toast.tsx';
import { useWords } from '../../words/words.tsx';
import { RewardIcon } from '../rewards/reward-card.tsx';
import { orderColor } from './orders-page.tsx';

/** One order: what, for whom, where it stands, and the next step. */
export function OrderPage() {
  const { order: id } = useParams({ from: '/$program/orders/$order' });
  const query = useOrder(id);
  const w = useWords();
  const { code } = useProgram();
  if (query.error) return <ErrorNotice wholePage error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonList />;
  const order = query.data;
  return (
    <>
      <PageHeader
        back={<TextLink to="/$program/orders" params={{ program: code }}><IconArrowLeft size={14} aria-hidden /> {w.orders.title}</TextLink>}
        title={w.order.title(order.number)}
        beside={<Badge size="lg" color={orderColor[order.state]}>{w.orders.states[order.state]}</Badge>}
        text={<TextLink to="/$program/members/$member" params={{ program: code, member: order.member }}>{order.memberName ?? order.member}</TextLink>}
        actions={<OrderActions order={order} />}
      />
      <div className="panel-two">
        <Lines order={order} />
        <Stages order={order} />
      </div>
    </>
  );
}

function Lines({ order }: { order: Order }) {
  const w = useWords().order;
  const { code } = useProgram();
  const unit = useWallet()(order.wallet).forms;
  return (
    <Paper withBorder p="lg" component="section">
      <Title order={2} size="h3" mb="md">{w.lines}</Title>
      <Stack gap="md">
        {order.lines.map((line) => (
          <Group key={line.reward} justify="space-between" wrap="nowrap">
            <Group wrap="nowrap">
              <RewardIcon icon={line.icon} size={40} />
              <div>
                <TextLink to="/$program/rewards/$reward" params={{ program: code, reward: line.reward }} fw={650}>{line.name}</TextLink>
                <Text size="sm" c="dimmed">{w.pieces(line.quantity)}</Text>
              </div>
            </Group>
            <PointsAmount points={line.pricePoints * line.quantity} unit={unit} />
          </Group>
        ))}
        <Divider />
        <Group justify="space-between"><Text fw={650}>{w.total}</Text><PointsAmount points={order.totalPoints} unit={unit} /></Group>
        {order.note && <Text size="sm"><Text span c="dimmed">{w.note}: </Text>{order.note}</Text>}
      </Stack>
    </Paper>
  );
}

function Stages({ order }: { order: Order }) {
  const w = useWords().order;
  const lang = useLang();
  const { timeZone } = useProgram();
  const when = (at: string) => <Text size="sm" c="dimmed">{writeInstant(at, timeZone, lang)}</Text>;
  return (
    <Paper withBorder p="lg" component="section">
      <Timeline active={order.state === 'placed' ? 0 : 1} bulletSize={20}>
        <Timeline.Item title={w.placed}>{when(order.placedAt)}</Timeline.Item>
        {order.cancelledAt
          ? <Timeline.Item title={w.cancelledAt}>{when(order.cancelledAt)}{order.cancelReason && <Text size="sm">{order.cancelReason}</Text>}</Timeline.Item>
          : <Timeline.Item title={w.handed}>{order.confirmedAt && when(order.confirmedAt)}</Timeline.Item>}
      </Timeline>
    </Paper>
  );
}

function OrderActions({ order }: { order: Order }) {
  const w = useWords().order;
  const can = useCan();
  const [confirming, confirmDialog] = useDisclosure();
  const [cancelling, cancelDialog] = useDisclosure();
  const [reason, setReason] = useState('');
  const confirm = useConfirmOrder(order.id);
  const cancel = useCancelOrder();
  if (!can('orders.write') || order.state === 'cancelled') return null;
  const hand = () => confirm.mutate(undefined, { onSuccess: () => { toast(w.confirmed); confirmDialog.close(); } });
  const call = () => cancel.mutate({ order: order.id, reason: reason.trim() || undefined }, { onSuccess: () => { toast(w.cancelled); cancelDialog.close(); } });
  return (
    <>
      {order.state === 'placed' && <Button onClick={confirmDialog.open}>{w.confirm}</Button>}
      <Button variant="default" onClick={cancelDialog.open}>{w.cancel}</Button>
      <ConfirmDialog opened={confirming} onClose={confirmDialog.close} title={w.confirm} text={w.confirmText} action={w.confirm} onConfirm={hand} busy={confirm.isPending} error={confirm.error} />
      <ConfirmDialog opened={cancelling} onClose={cancelDialog.close} title={w.cancel} text={w.cancelText} action={w.cancel} harmful onConfirm={call} busy={cancel.isPending} error={cancel.error}>
        <TextInput label={w.cancelReason} maxLength={300} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
      </ConfirmDialog>
    </>
  );
}
