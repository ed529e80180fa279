import { useQuery } from '@tanstack/react-query';
import { useAct } from '@wracam/ui/act.ts';
import { api } from './client.ts';
import { useActKey } from './key.ts';
import { usePages } from './pages.ts';
import { useKeys, useProgram } from './program.tsx';
import { useProgramAct, useRefresh } from './program-act.ts';
import type { Body, Order, OrderState } from './shapes.ts';

export function useRewards() {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('rewards'), queryFn: () => api().listRewards({ params: { program: code } }) });
}

export function useReward(reward: string | undefined) {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('reward', reward), queryFn: () => api().getReward({ params: { program: code, reward: reward ?? '' } }), enabled: reward !== undefined });
}

export const useCreateReward = () => useProgramAct((program, body: Body<'createReward'>) => api().createReward({ params: { program }, body }));

export const useChangeReward = () => useProgramAct((program, { reward, ...body }: Body<'changeReward'> & { reward: string }) => api().changeReward({ params: { program, reward }, body }));

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

export const useConfirmOrder = (order: string) => useProgramAct((program) => api().confirmOrder({ params: { program, order } }));

export const useCancelOrder = () => useProgramAct((program, { order, reason }: { order: string; reason?: string }) => api().cancelOrder({ params: { program, order }, body: { reason } }));
