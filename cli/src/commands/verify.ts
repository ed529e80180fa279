import { verifyProgram, type Verification } from '@wracam/server/modules/ledger/index';
import { listPrograms } from '@wracam/server/modules/programs/index';
import type { Command } from 'commander';
import { programFor, withDeps } from '../deps.ts';
import { runCommand, wholeNumber } from '../output.ts';

type Options = { program?: string; json?: boolean };
const SHOWN = 20;

/** `wracam verify`: proves the ledger from its transfers; exit code 1 when anything differs. */
export const addVerify = (program: Command) => program.command('verify')
  .description('prove every chain, account and lot from the transfers; sales may go on meanwhile')
  .option('--program <code>', 'only this program; otherwise all')
  .option('--json', 'one JSON object on standard output')
  .addHelpText('after', '\nExit code 1: something differs. Nothing is changed; the nightly auditor stops spending for such a member.')
  .action((options: Options) => runCommand(options.json ?? false, (output) => withDeps(output, async ({ deps }) => {
    const programs = options.program === undefined ? await deps.db.onPlatform(listPrograms) : [await programFor(deps, options.program)];
    const proved: ({ program: string } & Verification)[] = [];
    for (const [at, { id, code }] of programs.entries()) {
      proved.push({ program: code, ...await verifyProgram(deps.db, id, ({ transfers }) => output.progress(at / programs.length, `${code}: ${wholeNumber(transfers)} transfers`)) });
    }
    const differences = proved.flatMap((one) => one.differences.map(({ memberId, walletNo, details }) => ({ program: one.program, member: deps.publicIds.encode('mem', memberId), walletNo, details })));
    if (differences.length > 0) process.exitCode = 1;
    output.result(
      { ok: differences.length === 0, programs: proved.map(({ program: code, accounts, transfers, differences: found }) => ({ program: code, accounts, transfers, differences: found.length })), differences },
      [
        ...proved.map((one) => `${one.program}: ${wholeNumber(one.accounts)} accounts, ${wholeNumber(one.transfers)} transfers, ${one.differences.length === 0 ? 'everything agrees' : `${one.differences.length} accounts differ`}`),
        ...differences.slice(0, SHOWN).map((one) => `  ${one.program} ${one.member} wallet ${one.walletNo}: ${one.details.join('; ')}`),
        ...(differences.length > SHOWN ? [`  and ${differences.length - SHOWN} more (--json lists all)`] : []),
        ...(programs.length === 0 ? ['There is no program yet.'] : []),
      ].join('\n'),
    );
  })));
