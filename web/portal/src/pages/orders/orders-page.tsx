import { Button } from '@mantine/core';
import { IconShoppingBag } from '@tabler/icons-react';
import type { Order } from '@wracam/sdk';
import { EmptyState } from '@wracam/ui/empty-state.tsx';
import { useLang } from '@wracam/ui/lang.tsx';
import { SkeletonList } from '@wracam/ui/skeleton-list.tsx';
import { useState } from 'react';
import { Link } from 'wouter';
import { useCancelOrder, useMyOrders } from '../../api/me.ts';
import { useProgram, walletOf } from '../../api/program.tsx';
import { writePoints } from '../../points/points-words.ts';
import { Notice } from '../../shell/notice.tsx';
import { Sheet } from '../../shell/sheet.tsx';
import { SignedIn } from '../../shell/signed-in.tsx';
import { Page } from '../../shell/page.tsx';
import { useWords } from '../../words/words.ts';
import { usePlaces } from '../../shell/places.ts';
import { OrderCard } from './order-card.tsx';

/** Own orders with their stages, newest first. */
export function OrdersPage() {
  const { orders } = useWords();
  return (
    <Page wide title={orders.title}>
      <SignedIn>{() => <Orders />}</SignedIn>
    </Page>
  );
}

function Orders() {
  const to = usePlaces();
  const words = useWords();
  const orders = useMyOrders();
  const [leaving, setLeaving] = useState<Order | null>(null);
  if (orders.isPending) return <SkeletonList rows={3} height={150} />;
  if (orders.isError && !orders.data) return <Notice error={orders.error} onRetry={() => void orders.refetch()} />;
  const all = orders.data.pages.flatMap(({ items }) => items);
  if (all.length === 0) {
    return (
      <EmptyState
        icon={<IconShoppingBag />}
        title={words.orders.empty}
        text={words.orders.emptyText}
        action={<Button renderRoot={(props) => <Link href={to.rewards} {...props} />}>{words.orders.seeRewards}</Button>}
      />
    );
  }
  return (
    <>
      <ul className="plain-list stack">
        {all.map((order) => <OrderCard key={order.id} order={order} onCancel={() => setLeaving(order)} />)}
      </ul>
      {orders.isFetchNextPageError && <Notice error={orders.error} />}
      {orders.hasNextPage && <Button mt="md" fullWidth variant="default" loading={orders.isFetchingNextPage} onClick={() => void orders.fetchNextPage()}>{words.orders.more}</Button>}
      <Sheet opened={leaving !== null} onClose={() => setLeaving(null)} title={leaving ? words.orders.cancelTitle(leaving.number) : ''}>
        {leaving && <CancelForm order={leaving} onDone={() => setLeaving(null)} />}
      </Sheet>
    </>
  );
}

function CancelForm({ order, onDone }: { order: Order; onDone: () => void }) {
  const program = useProgram();
  const { orders: words } = useWords();
  const lang = useLang();
  const cancel = useCancelOrder();
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        cancel.mutate(order.id, { onSuccess: onDone });
      }}
    >
      <p style={{ margin: 0 }}>{words.cancelText(writePoints(order.totalPoints, walletOf(program, order.wallet).forms, lang))}</p>
      {cancel.isError && <Notice error={cancel.error} />}
      <Button type="submit" color="red" fullWidth loading={cancel.isPending}>{words.cancel}</Button>
      <Button variant="default" fullWidth onClick={onDone}>{words.keep}</Button>
    </form>
  );
}
