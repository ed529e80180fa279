import { useQuery } from '@tanstack/react-query';
import { useAct } from '@wracam/ui/act.ts';
import { api } from './client.ts';
import { usePages } from './pages.ts';
import { useKeys, useProgram } from './program.tsx';
import { useProgramAct } from './program-act.ts';
import type { Body } from './shapes.ts';

export function useStaff() {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('staff'), queryFn: () => api().listStaff({ params: { program: code } }) });
}

export const useAddStaff = () => useProgramAct((program, body: Body<'addStaff'>) => api().addStaff({ params: { program }, body }));

export const useChangeStaff = () => useProgramAct((program, { staff, ...body }: Body<'changeStaff'> & { staff: string }) => api().changeStaff({ params: { program, staff }, body }));

export function useApiKeys() {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('keys'), queryFn: () => api().listApiKeys({ params: { program: code } }) });
}

export const useCreateKey = () => useProgramAct((program, body: Body<'createApiKey'>) => api().createApiKey({ params: { program }, body }));

export const useRevokeKey = () => useProgramAct((program, apiKey: string) => api().revokeApiKey({ params: { program, apiKey } }));

/** Where events go; `asked` false: whoever sits here may not see it. */
export function useWebhooks(asked = true) {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('webhooks'), queryFn: () => api().listWebhooks({ params: { program: code } }), enabled: asked });
}

export const useAddWebhook = () => useProgramAct((program, body: Body<'addWebhook'>) => api().addWebhook({ params: { program }, body }));

export const useChangeWebhook = () => useProgramAct((program, { webhook, ...body }: Body<'changeWebhook'> & { webhook: string }) => api().changeWebhook({ params: { program, webhook }, body }));

export function useTryWebhook() {
  const { code } = useProgram();
  return useAct({ mutationFn: (webhook: string) => api().tryWebhook({ params: { program: code, webhook } }) });
}

export const useResendDelivery = () => useProgramAct((program, { webhook, event }: { webhook: string; event: string }) => api().resendWebhookDelivery({ params: { program, webhook, event } }));

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

export const useChangeReferralSettings = () => useProgramAct((program, body: Body<'changeReferralSettings'>) => api().changeReferralSettings({ params: { program }, body }));
