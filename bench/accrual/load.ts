import { driveLoad, type LoadReport } from '../lib/http-load.ts';
import { nextMessage, roleHere, roleInput, startRole } from '../lib/role.ts';
import type { ServerProcess } from '../lib/server-process.ts';
import { makeWorkload, type Tally, type WorkloadOptions } from './workload.ts';

/** How long one round lasts: requests or measured seconds; with a rate an open loop. */
export interface LoadLimit { requests?: number; seconds?: number; ratePerSecond?: number }
export interface LoadOutcome { report: LoadReport; tally: Tally; peakRssMb: number }
interface LoadInput extends LoadLimit { port: number; apiKey: string; workload: WorkloadOptions }

/** Before the measured seconds of a round. */
export const LOAD_WARM_UP_S = 2;
const CONNECTIONS = 128;
const ROLE = 'load';

export const isLoad = (): boolean => roleHere() === ROLE;

/** One round against the server, from a process of its own of the script at `entryUrl`. Rejects when an answer was not as it had to be. */
export async function driveFrom(entryUrl: string, server: ServerProcess, { seconds, ...input }: Omit<LoadInput, 'port'>): Promise<LoadOutcome> {
  const outcome = await nextMessage<LoadOutcome>(startRole(entryUrl, ROLE, { ...input, port: server.port, ...(seconds ? { seconds: seconds + LOAD_WARM_UP_S } : {}) } satisfies LoadInput));
  if (outcome.tally.wrong > 0) throw new Error(`${outcome.tally.wrong} answers were not as they had to be: ${outcome.tally.examples.join('\n')}\n${server.output()}`);
  return outcome;
}

/** What that process does. */
export async function playLoad(): Promise<void> {
  const { port, apiKey, workload, ...limit } = await roleInput<LoadInput>();
  const { tally, request, onAnswer } = makeWorkload(workload);
  const report = await driveLoad({ host: '127.0.0.1', port, connections: CONNECTIONS, headers: { authorization: `Bearer ${apiKey}` }, request, onAnswer, ...limit, ...(limit.seconds ? { warmUpSeconds: LOAD_WARM_UP_S } : {}) });
  process.send?.({ report, tally, peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024) } satisfies LoadOutcome, () => process.exit());
}
