import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Permission } from '@wracam/contract';
import { unitIn } from '@wracam/engine/words';
import { useLang } from '@wracam/ui';
import { useAct } from '@wracam/ui/act.ts';
import { putNewer, readAgain } from '@wracam/ui/newer-answer.ts';
import { createContext, useContext, type ReactNode } from 'react';
import { api } from './client.ts';
import type { Body, Membership, Program, Wallet } from './shapes.ts';

type Within = { program: Program; membership: Membership; readAt: number };

const ProgramContext = createContext<Within | null>(null);

export const ProgramProvider = ({ value, children }: { value: Within; children: ReactNode }) => (
  <ProgramContext value={value}>{children}</ProgramContext>
);

function useWithin(): Within {
  const within = useContext(ProgramContext);
  if (!within) throw new Error('this page needs a program around it');
  return within;
}

/** The program of the address. Only inside its pages. */
export const useProgram = (): Program => useWithin().program;
/** When the program was read, by this device's clock. */
export const useProgramReadAt = (): number => useWithin().readAt;
/** What the signed-in person is in this program. */
export const useMembership = (): Membership => useWithin().membership;

/** Tells whether the signed-in person may do a thing here. The server asks again; this only keeps dead buttons off the screen. */
export function useCan(): (permission: Permission) => boolean {
  const { permissions } = useMembership();
  return (permission) => permissions.includes(permission);
}

/** A wallet of the program by its code, its unit in the reader's language; without a code, the first. */
export function useWallet(): (code?: string) => Wallet {
  const { wallets } = useProgram();
  const lang = useLang();
  return (code) => {
    const found = wallets.find((wallet) => wallet.code === code) ?? wallets[0];
    if (!found) throw new Error('a program has at least one wallet');
    return { ...found, forms: unitIn(found.forms, lang) };
  };
}

export const programKey = (program: string) => ['program', program] as const;

export const useProgramQuery = (program: string, enabled: boolean) =>
  useQuery({ queryKey: programKey(program), queryFn: () => api().getProgram({ params: { program } }), staleTime: 60_000, enabled });

/** Query keys of one program, so that one change can refresh what it touches. */
export function useKeys() {
  const { code } = useProgram();
  return (...rest: readonly unknown[]) => ['of', code, ...rest] as const;
}

export function useHome(days: number) {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('home', days), queryFn: () => api().getHome({ params: { program: code }, query: { days } }), refetchInterval: 60_000 });
}

export function useChangeProgram() {
  const { code } = useProgram();
  const queries = useQueryClient();
  return useAct({
    mutationFn: (body: Body<'changeProgram'>) => api().changeProgram({ params: { program: code }, body }),
    onSuccess: async (program) => {
      await putNewer(queries, programKey(code), program);
      return readAgain(queries, ['me']);
    },
  });
}

export function useHideDemo() {
  const { code } = useProgram();
  const queries = useQueryClient();
  return useAct({
    mutationFn: () => api().hideDemo({ params: { program: code } }),
    onSuccess: () => Promise.all([readAgain(queries, ['me']), readAgain(queries, programKey(code))]),
  });
}
