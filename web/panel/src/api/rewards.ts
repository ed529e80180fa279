import { useQuery } from '@tanstack/react-query';
import { useAct } from '@wracam/ui/act.ts';
import { api } from './client.ts';
import { useActKey } from './key.ts';
import { useRefresh } from './members.ts';
import { usePages } from './pages.ts';
import { useKeys, useProgram } from './program.tsx';
import type { Body, Order, OrderState } from './shapes.ts';

export function useRewards() {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('rewards'), queryFn: () => api().listRewards({ params: { program: code } }) });
}

export function useReward(reward: string | undefined) {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('reward', reward), queryFn: () => api().getReward({ params: { program: code, reward: reward ?? '' } }), enabled: reward !== undefined });
}

export function useCreateReward() {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({ mutationFn: (body: Body<'createReward'>) => api().createReward({ params: { program: code }, body }), onSuccess: refresh });
}

export function useChangeReward() {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({
    mutationFn: ({ reward, ...body }: Body<'changeReward'> & { reward: string }) => api().changeReward({ params: { program: code, reward }, body }),
    onSuccess: refresh,
  });
}

export function useOrders(filter: { state?: OrderState; member?: string }) {
  const { code } = useProgram();
  return usePages<Order>(useKeys()('orders', filter), (cursor) => api().listOrders({ params: { program: code }, query: { ...filter, cursor, limit: 50 } }));
}

export function useOrder(order: string) {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('order', order), queryFn: () => api().getOrder({ params: { program: code, order } }) });
}

export function usePlaceOrder() {
  const { code } = useProgram();
  const refresh = useRefresh();
  const { keyFor, answered } = useActKey<Body<'placeOrder'>>();
  return useAct({ mutationFn: (body: Body<'placeOrder'>) => api().placeOrder({ params: { program: code }, body, idempotencyKey: keyFor(body) }), onSuccess: () => { answered(); return refresh(); } });
}

export function useConfirmOrder(order: string) {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({ mutationFn: () => api().confirmOrder({ params: { program: code, order } }), onSuccess: refresh });
}

export function useCancelOrder() {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({
    mutationFn: ({ order, reason }: { order: string; reason?: string }) => api().cancelOrder({ params: { program: code, order }, body: { reason } }),
    onSuccess: refresh,
  });
}
