import { useQuery } from '@tanstack/react-query';
import { unitIn } from '@wracam/engine/words';
import type { PortalProgram, Wallet } from '@wracam/sdk';
import { useLang } from '@wracam/ui/lang.tsx';
import { createContext, useContext } from 'react';
import { useClient } from './client.ts';

/** Rewards and rules change rarely; a minute keeps walking between pages silent. */
const FRESH_MS = 60_000;

const ProgramContext = createContext<PortalProgram | null>(null);

/** Gives the program to every page inside. */
export const ProgramProvider = ProgramContext.Provider;

/** What anybody may know of the program: look, rewards, rules, terms. */
export function usePortal(program: string) {
  const client = useClient();
  const lang = useLang();
  return useQuery({
    queryKey: ['portal', program, lang],
    queryFn: ({ signal }) => client.getPortal({ params: { program }, signal }),
    staleTime: FRESH_MS,
    select: (found) => ({ ...found, wallets: found.wallets.map((wallet) => ({ ...wallet, forms: unitIn(wallet.forms, lang) })) }),
  });
}

/** The program of the address. Throws outside the layout, which shows nothing before it knows the program. */
export function useProgram(): PortalProgram {
  const program = useContext(ProgramContext);
  if (program === null) throw new Error('a page of a program stands outside its layout');
  return program;
}

const NAMELESS: Wallet = {
  code: 'points', name: 'Punkty', forms: { one: 'punkt', few: 'punkty', many: 'punktów', fraction: 'punktu' },
  kind: 'points', expiry: { kind: 'never' }, pendingDays: 0, pendingUntil: 'days', debtLimit: 0, debtPolicy: 'allow', transfers: null, noticeDays: [], revision: 1,
};

/** The wallet of a movement or a price; a wallet closed since then is called by the common name. */
export const walletOf = (program: PortalProgram, code: string): Wallet => program.wallets.find((wallet) => wallet.code === code) ?? NAMELESS;

/** The wallet that the program is about: its first one. */
export const mainWallet = (program: PortalProgram): Wallet => program.wallets[0] ?? NAMELESS;
