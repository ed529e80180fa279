import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useAct } from '@wracam/ui/act.ts';
import { putNewer } from '@wracam/ui/newer-answer.ts';
import { api, statusOf } from './client.ts';

const ME = ['me'] as const;

/** The signed-in person; null when nobody is. */
export function useMe() {
  return useQuery({
    queryKey: ME,
    queryFn: async () => {
      try {
        return await api().getMe();
      } catch (error) {
        if (statusOf(error) === 401) return null;
        throw error;
      }
    },
    staleTime: 60_000,
  });
}

/** Opens a session with the one-time link that the start prints. */
export function useSignInByLink() {
  const queries = useQueryClient();
  return useAct({
    mutationFn: (token: string) => api().signInByLink({ body: { token } }),
    onSuccess: (me) => putNewer(queries, ME, me),
  });
}

export const useRequestCode = () => useAct({ mutationFn: (email: string) => api().requestStaffCode({ body: { email } }) });

export function useConfirmCode() {
  const queries = useQueryClient();
  return useAct({
    mutationFn: (body: { email: string; code: string }) => api().confirmStaffCode({ body }),
    onSuccess: (me) => putNewer(queries, ME, me),
  });
}

/** Ends the session and forgets everything that was read with it. */
export function useSignOut() {
  const queries = useQueryClient();
  return useAct({
    mutationFn: () => api().signOut(),
    onSettled: () => {
      queries.clear();
      return putNewer(queries, ME, null);
    },
  });
}
