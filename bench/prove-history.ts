/**
 * The ledger against a slow, plainly written recomputation of the whole history: random sales, returns, corrections, voids, claims, repeats, late
 * documents, payments with points and points that end, in batches, in programs with levels (also by hand, and left by returns),
 * thresholds, challenges and badges that rules ask for, whose ladder and goals are changed on the way and whose clock goes on.
 * `npm run prove:history -- [--steps 100000] [--seed 1] [--members 16]`
 */
import { parseArgs } from 'node:util';
import pg from 'pg';
import { ledgerJobs, verifyProgram } from '@wracam/server/modules/ledger/index';
import { runDueJobs } from '@wracam/server/platform/jobs';
import { replayed, storedAccounts } from '@wracam/server/testing/replayed';
import { playHistory } from '@wracam/server/testing/history/play';
import { historyProgram } from '@wracam/server/testing/history/program';
import { seedMembers } from './accrual/seed.ts';
import { install, makeProgram } from './lib/installation.ts';
import { printResult } from './lib/result.ts';
import { startScratchPostgres } from './lib/scratch-postgres.ts';

const { values } = parseArgs({ options: { steps: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' }, members: { type: 'string', default: '16' } } });
/** A plain recomputation of a long history is slow on purpose: several shorter ones reach the same number of steps. */
const STEPS_A_PROGRAM = 2500;

const [steps, members] = [Number(values.steps), Number(values.members)];
// What is proved is arithmetic: the disk need not be waited for.
const postgres = await startScratchPostgres({ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' });
try {
  const installation = await install(postgres.url);
  const admin = new pg.Client(installation.urls.adminUrl);
  await admin.connect();
  try {
    const sum = { steps: 0, booked: 0, refused: 0, claimed: 0, toldLater: 0, returnsUndone: 0, demandsMet: 0, raised: 0, lowered: 0, given: 0, left: 0, rewarded: 0, takenBack: 0, badgesGiven: 0, badgesTaken: 0, differences: 0 };
    const faults: string[] = [];
    for (let at = 0; sum.steps < steps && faults.length === 0; at += 1) {
      const program = await makeProgram(installation, { ...historyProgram(at), code: `history-${at}` }, historyProgram(at).rules);
      await seedMembers(admin, program.id, members);
      await admin.query('update member_ledger set sales_count = 0, spent_minor = 0, last_sale_on = null where program_id = $1', [program.id]);
      const ids = Array.from({ length: members }, (_, i) => i + 1);
      const played = await playHistory(installation.deps, program.id, ids, { seed: Number(values.seed) + at, steps: Math.min(STEPS_A_PROGRAM, steps - sum.steps), checkEvery: 500, no: at });
      for (const figure of ['steps', 'booked', 'refused', 'claimed', 'toldLater', 'returnsUndone', 'demandsMet', 'raised', 'lowered', 'given', 'left', 'rewarded', 'takenBack', 'badgesGiven', 'badgesTaken'] as const) sum[figure] += played[figure];
      sum.differences += (await verifyProgram(installation.deps.db, program.id)).differences.length;
      if (played.fault !== null) faults.push(played.fault);
      // Decided once more by the rules, levels and goals of then, the accounts are those of the ledger, lot by lot.
      await runDueJobs(installation.deps, ledgerJobs, program.id, played.until);
      const stored = await storedAccounts(async <T extends Record<string, unknown>>(text: string, params: unknown[]) => (await admin.query<T>(text, params)).rows, program.id);
      const again = (await replayed(installation.deps, program.id)).accounts;
      const other = again.findIndex((account, place) => account !== stored[place]);
      if (other >= 0 || again.length !== stored.length) faults.push(`history ${at}, replayed: ${again[other]} instead of ${stored[other]}`);
      console.log(`${sum.steps} steps, ${sum.booked} booked, ${sum.refused} refused`);
    }
    for (const fault of faults) console.error(fault);
    printResult({
      name: 'prove:history', figures: { ...sum, members, seed: Number(values.seed) },
      bars: [{ what: 'histories that differ from the plain recomputation', figure: faults.length, most: 0 }, { what: 'differences inside the ledger', figure: sum.differences, most: 0 }, { what: 'steps', figure: sum.steps, least: steps }, { what: 'levels, rewards and badges that came and went, returns that a claim told, and returns that were undone', figure: Math.min(sum.claimed, sum.toldLater, sum.returnsUndone, sum.raised, sum.lowered, sum.given, sum.left, sum.rewarded, sum.takenBack, sum.badgesGiven, sum.badgesTaken), least: 1 }],
    });
  } finally {
    await admin.end();
    await installation.close();
  }
} finally {
  await postgres.stop();
}
