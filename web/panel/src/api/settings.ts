import { useQuery } from '@tanstack/react-query';
import { useAct } from '@wracam/ui/act.ts';
import { api } from './client.ts';
import { useRefresh } from './members.ts';
import { usePages } from './pages.ts';
import { useKeys, useProgram } from './program.tsx';
import type { Body } from './shapes.ts';

export function useStaff() {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('staff'), queryFn: () => api().listStaff({ params: { program: code } }) });
}

export function useAddStaff() {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({ mutationFn: (body: Body<'addStaff'>) => api().addStaff({ params: { program: code }, body }), onSuccess: refresh });
}

export function useChangeStaff() {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({
    mutationFn: ({ staff, ...body }: Body<'changeStaff'> & { staff: string }) => api().changeStaff({ params: { program: code, staff }, body }),
    onSuccess: refresh,
  });
}

export function useApiKeys() {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('keys'), queryFn: () => api().listApiKeys({ params: { program: code } }) });
}

export function useCreateKey() {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({ mutationFn: (body: Body<'createApiKey'>) => api().createApiKey({ params: { program: code }, body }), onSuccess: refresh });
}

export function useRevokeKey() {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({ mutationFn: (apiKey: string) => api().revokeApiKey({ params: { program: code, apiKey } }), onSuccess: refresh });
}

/** Where events go; `asked` false: whoever sits here may not see it. */
export function useWebhooks(asked = true) {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('webhooks'), queryFn: () => api().listWebhooks({ params: { program: code } }), enabled: asked });
}

export function useAddWebhook() {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({ mutationFn: (body: Body<'addWebhook'>) => api().addWebhook({ params: { program: code }, body }), onSuccess: refresh });
}

export function useChangeWebhook() {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({ mutationFn: ({ webhook, ...body }: Body<'changeWebhook'> & { webhook: string }) => api().changeWebhook({ params: { program: code, webhook }, body }), onSuccess: refresh });
}

export function useTryWebhook() {
  const { code } = useProgram();
  return useAct({ mutationFn: (webhook: string) => api().tryWebhook({ params: { program: code, webhook } }) });
}

export function useResendDelivery() {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({ mutationFn: ({ webhook, event }: { webhook: string; event: string }) => api().resendWebhookDelivery({ params: { program: code, webhook, event } }), onSuccess: refresh });
}

export function useWebhookDeliveries(webhook: string) {
  const { code } = useProgram();
  return usePages(useKeys()('webhooks', webhook), (cursor) => api().listWebhookDeliveries({ params: { program: code, webhook }, query: { cursor, limit: 10 } }));
}

export function useAudit() {
  const { code } = useProgram();
  return usePages(useKeys()('audit'), (cursor) => api().listAudit({ params: { program: code }, query: { cursor, limit: 50 } }));
}

/** Messages sent or kept. Read again every half a minute: a code is waited for. */
export function useMessages() {
  const { code } = useProgram();
  return usePages(useKeys()('messages'), (cursor) => api().listMessages({ params: { program: code }, query: { cursor, limit: 50 } }));
}

/** How invitations are rewarded, and how many there were. */
export function useReferralSettings() {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('referral-settings'), queryFn: () => api().getReferralSettings({ params: { program: code } }) });
}

export function useChangeReferralSettings() {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({ mutationFn: (body: Body<'changeReferralSettings'>) => api().changeReferralSettings({ params: { program: code }, body }), onSuccess: refresh });
}
