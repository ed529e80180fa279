import type { JoinInput } from '@wracam/sdk';

/** Who waits for a code. Joining keeps the whole form, so that the code can be sent again. */
export type PendingCode = { readonly validMinutes: number } & ({ readonly kind: 'join'; readonly input: JoinInput } | { readonly kind: 'sign-in'; readonly email: string });

const keyOf = (program: string) => `wracam.pending.${program}`;

// Memory for browsers that refuse storage; storage because a phone drops the page while its owner reads the mail.
const inMemory = new Map<string, PendingCode>();

/** Remembers who asked for a code until it is confirmed or the tab closes. Never in an address: an e-mail is personal. */
export function keepPendingCode(program: string, pending: PendingCode): void {
  inMemory.set(program, pending);
  try {
    sessionStorage.setItem(keyOf(program), JSON.stringify(pending));
  } catch {
    // Memory has it.
  }
}

/** Who waits for a code, or null. */
export function pendingCode(program: string): PendingCode | null {
  const known = inMemory.get(program);
  if (known) return known;
  try {
    const kept = sessionStorage.getItem(keyOf(program));
    return kept === null ? null : (JSON.parse(kept) as PendingCode);
  } catch {
    return null;
  }
}

export function forgetPendingCode(program: string): void {
  inMemory.delete(program);
  try {
    sessionStorage.removeItem(keyOf(program));
  } catch {
    // Nothing was kept there.
  }
}

export const emailOf = (pending: PendingCode): string => (pending.kind === 'join' ? pending.input.email : pending.email);
