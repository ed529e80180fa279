import { makeKernels } from '../replay/kernel.ts';
import { answersOf } from '../replay/return-step.ts';
import { runReplay } from '../replay/run.ts';
import { someSets } from './arbitraries.ts';
import { columnsOf, compiledOf, type Outcome, type Past } from './past.ts';

/** The kernel on a past, once for the totals of each wallet. */
export function replayInColumns(past: Past, options: { readonly generate?: boolean } = {}): Outcome {
  const history = columnsOf(past);
  const { kernels, counters } = makeKernels(compiledOf(past), history, someSets, options);
  const decided: Record<number, readonly number[]> = {};
  const accounts: string[] = [];
  const moved: Record<string, number> = {};
  let shortfalls = 0;
  for (const { no } of past.wallets) {
    const totals = runReplay({ history, kernels, instead: null, firstDay: history.firstDay, lastDay: history.lastDay, counters, wallets: past.wallets, ...(past.later && { later: past.later }), walletNo: no, stretches: [0], until: past.until }, {
      decided: (step, kernel, hits) => { decided[history.steps.turn[step]!] = [...answersOf(kernel, hits)]; },
      ended: (member, lots, account) => past.wallets.forEach((_, wallet) => {
        const at = account + wallet;
        accounts[member * past.wallets.length + wallet] = JSON.stringify([lots.available[at], lots.pending[at], lots.held[at], lots.debt[at], lots.lotsOf(at).map(([points, remaining, ends]) => [points, remaining, ends === Infinity ? null : ends])]);
      }),
    });
    shortfalls = totals.shortfalls;
    const { net: _, ...sums } = totals.stretches[0]!;
    for (const [name, sum] of Object.entries(sums)) if (sum !== 0) moved[`${no}:${name}`] = sum;
  }
  return { decided, accounts, moved, shortfalls };
}

/** What both ways of finding an outcome say differently; null: nothing. Sums of nothing are not told. */
export function outcomeDifference(past: Past, plain: Outcome, kernel: Outcome): string | null {
  const told = ({ decided, accounts, shortfalls, moved }: Outcome) => JSON.stringify({ decided, accounts, shortfalls, moved: Object.fromEntries(Object.entries(moved).filter(([, sum]) => sum !== 0).sort(([a], [b]) => (a < b ? -1 : 1))) });
  if (told(plain) === told(kernel)) return null;
  const places = Object.keys(plain.decided).filter((place) => JSON.stringify(plain.decided[Number(place)]) !== JSON.stringify(kernel.decided[Number(place)]));
  return `decided differently: ${places.join(', ')}\nplain:  ${told(plain)}\nkernel: ${told(kernel)}\n${JSON.stringify({ rulesets: past.rulesets, steps: past.steps, members: past.members })}`;
}
