import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useAct } from '@wracam/ui/act.ts';
import { useRef } from 'react';
import { useProgramNow } from '../shell/clock.ts';
import { api, statusOf } from './client.ts';
import { usePages } from './pages.ts';
import { useKeys, useProgram } from './program.tsx';
import { useProgramAct, useRefresh } from './program-act.ts';
import type { MemberPointer, PreviewInput, Query, TransactionAnswer, TransactionInput } from './shapes.ts';

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

/**
 * Sends a document typed by hand. It keeps the moment of the first press until the server has answered: pressed again after a lost answer it is
 * the same document to the letter, which is booked once. With a later moment it would be another one of the same name, and refused.
 */
export function useByHand<Document>(mutationFn: (document: Document) => Promise<TransactionAnswer>) {
  const record = useAct({ mutationFn, onSuccess: useRefresh() });
  const now = useProgramNow();
  const moment = useRef<number | null>(null);
  /** `write` makes the document at a moment in milliseconds UTC; null when there is nothing to send yet. */
  const send = (write: (at: number) => Document | null, onSuccess: (answer: TransactionAnswer) => void) => {
    const at = moment.current ?? now();
    const document = write(at);
    if (!document) return;
    moment.current = at;
    record.mutate(document, {
      onSuccess: (answer) => {
        moment.current = null;
        onSuccess(answer);
      },
      onError: (error) => { if ((statusOf(error) ?? 500) < 500) moment.current = null; },
    });
  };
  return { record, send };
}

export function useRecordByHand() {
  const { code } = useProgram();
  return useByHand((body: TransactionInput) => api().recordTransaction({ params: { program: code }, body }));
}

/** Tells that a sale was delivered or paid: points that waited for it can be used. */
export const useMark = (transaction: string) => useProgramAct((program, fact: 'delivered' | 'paid') => api().markTransaction({ params: { program, transaction }, body: { fact } }));

export const useVoid = () => useProgramAct((program, { transaction, reason }: { transaction: string; reason: string }) => api().voidTransaction({ params: { program, transaction }, body: { reason } }));

export const useClaim = (transaction: string) => useProgramAct((program, member: MemberPointer) => api().claimTransaction({ params: { program, transaction }, body: { member } }));
