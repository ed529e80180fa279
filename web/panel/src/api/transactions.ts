import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { api } from './client.ts';
import { useRefresh } from './members.ts';
import { usePages } from './pages.ts';
import { useKeys, useProgram } from './program.tsx';
import type { MemberPointer, PreviewInput, Query, TransactionInput } from './shapes.ts';

export type TransactionFilter = Pick<Query<'listTransactions'>, 'kind' | 'state' | 'member' | 'externalId'>;

export function useTransactions(filter: TransactionFilter, limit = 50) {
  const { code } = useProgram();
  return usePages(useKeys()('transactions', 'list', filter, limit), (cursor) => api().listTransactions({ params: { program: code }, query: { ...filter, cursor, limit } }));
}

export function useTransaction(transaction: string) {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('transaction', transaction), queryFn: () => api().getTransaction({ params: { program: code, transaction } }) });
}

/** What the document would do, asked again as the person types; the last answer stays on screen meanwhile. */
export function usePreview(input: PreviewInput | null) {
  const { code } = useProgram();
  return useQuery({
    queryKey: useKeys()('preview', input),
    queryFn: () => {
      if (!input) throw new Error('a preview needs a document');
      return api().previewTransaction({ params: { program: code }, body: input });
    },
    enabled: input !== null,
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
}

export function useRecord() {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useMutation({ mutationFn: (body: TransactionInput) => api().recordTransaction({ params: { program: code }, body }), onSuccess: refresh });
}

/** Tells that a sale was delivered or paid: points that waited for it can be used. */
export function useMark(transaction: string) {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useMutation({ mutationFn: (fact: 'delivered' | 'paid') => api().markTransaction({ params: { program: code, transaction }, body: { fact } }), onSuccess: refresh });
}

export function useVoid() {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ transaction, reason }: { transaction: string; reason: string }) => api().voidTransaction({ params: { program: code, transaction }, body: { reason } }),
    onSuccess: refresh,
  });
}

export function useClaim(transaction: string) {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (member: MemberPointer) => api().claimTransaction({ params: { program: code, transaction }, body: { member } }),
    onSuccess: refresh,
  });
}
