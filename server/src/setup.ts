import { randomBytes } from 'node:crypto';
import type { RuleDefinition } from '@wracam/engine/rules';
import type { Db } from './platform/db.ts';
import type { Deps } from './platform/deps.ts';
import { sql } from './platform/sql.ts';
import { republish, startRules } from './modules/earning/index.ts';
import { scheduleEventJobs } from './modules/events/index.ts';
import { scheduleProgramJobs } from './modules/ledger/index.ts';
import { createProgram, type NewProgram } from './modules/programs/index.ts';
import { scheduleReportJobs } from './modules/reports/index.ts';

/** Rules that a new program starts with: a point for every full 10 zł. */
export const FIRST_RULES: readonly RuleDefinition[] = [{
  name: 'Punkty za zakupy', wallet: 'punkty', when: null, lines: null, effect: { kind: 'perAmount', points: 1, perMinor: 1000, rounding: 'down', per: 'transaction' }, schedule: { from: null, until: null },
  priority: 100, exclusiveGroup: null, caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: null,
}];

/** Makes a program ready to book: wallets, first rules, nightly work. Refuses `program_exists`. */
export const setUpProgram = (deps: Deps, input: NewProgram, rules: readonly RuleDefinition[] = FIRST_RULES): Promise<{ id: number; code: string }> =>
  createProgram(deps, input, async (tx) => {
    if (rules.length > 0) await startRules(deps, tx, rules);
    else await republish(tx);
    await scheduleProgramJobs(tx);
    await scheduleReportJobs(tx);
    await scheduleEventJobs(tx);
  });

/** The installation's own row, made once: the key that permutes public ids. */
export async function readInstallation(db: Db): Promise<{ idKey: Buffer }> {
  return db.onPlatform(async (tx) => {
    await tx.run(sql`insert into installation (id, id_key, created_at) values (1, ${randomBytes(16)}, ${new Date()}) on conflict do nothing`);
    return (await tx.maybe<{ idKey: Buffer }>(sql`select id_key from installation where id = 1`))!;
  });
}
