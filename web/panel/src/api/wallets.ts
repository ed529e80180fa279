import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useAct } from '@wracam/ui/act.ts';
import { readAgain } from '@wracam/ui/newer-answer.ts';
import { api } from './client.ts';
import { programKey, useKeys, useProgram } from './program.tsx';
import type { Body } from './shapes.ts';

/**
 * Everything in the panel that writes points reads the program's wallets, so a change reads the program again. Nobody waits for that: the form of a
 * wallet begins anew with each revision.
 */
function useAfterwards() {
  const { code } = useProgram();
  const queries = useQueryClient();
  return () => {
    void readAgain(queries, programKey(code));
    void readAgain(queries, ['of', code]);
  };
}

export function useAddWallet() {
  const { code } = useProgram();
  const onSuccess = useAfterwards();
  return useAct({ mutationFn: (body: Body<'addWallet'>) => api().addWallet({ params: { program: code }, body }), onSuccess });
}

export function useChangeWallet() {
  const { code } = useProgram();
  const onSuccess = useAfterwards();
  return useAct({ mutationFn: ({ wallet, ...body }: Body<'changeWallet'> & { wallet: string }) => api().changeWallet({ params: { program: code, wallet }, body }), onSuccess });
}

/** Wallets with what is not in force yet. */
export function useWalletDetails() {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('wallets'), queryFn: () => api().listWallets({ params: { program: code } }) });
}

/** Approves or drops a change that is not in force yet. */
export function useWalletStep(wallet: string) {
  const { code } = useProgram();
  const onSuccess = useAfterwards();
  return useAct({ mutationFn: ({ step, despiteNotice, revision }: { step: 'approveWallet' | 'declineWallet'; revision: number; despiteNotice: boolean }) => {
    const params = { program: code, wallet };
    return step === 'approveWallet' ? api().approveWallet({ params, body: { revision } }) : api().declineWallet({ params, body: { revision, ...(despiteNotice && { despiteNotice }) } });
  }, onSuccess });
}
