import { purgeDemo } from '@wracam/server/demo/purge';
import { forgetProgram } from '@wracam/server/first-run';
import { startProblem } from '@wracam/server/platform/start-problem';
import type { Command } from 'commander';
import { withDeps } from '../deps.ts';
import { runCommand, wholeNumber } from '../output.ts';
import { nounOf } from './keys-create.ts';

/** `wracam demo purge`: demo programs leave without a trace; nothing else can be deleted this way. */
export const addDemoPurge = (program: Command) => nounOf(program, 'demo', 'the demo program').command('purge')
  .description('delete every demo program with all its rows; other programs cannot be deleted')
  .option('--yes', 'do it; without this option it is only told what would go', false)
  .option('--json', 'one JSON object on standard output')
  .action((options: { yes: boolean; json?: boolean }) => runCommand(options.json ?? false, (output) => withDeps(output, async ({ urls, dataDir }) => {
    if (!urls.migratorUrl) throw startProblem('Purging needs the owner\'s rights: give DATABASE_URL.');
    const purged = await purgeDemo(urls.migratorUrl, { really: options.yes });
    if (options.yes) for (const { code } of purged) await forgetProgram(dataDir, code);
    const rows = purged.reduce((sum, one) => sum + one.rows, 0);
    const names = purged.map((one) => one.code).join(', ');
    output.result({ purged: options.yes, programs: purged, rows }, purged.length === 0 ? 'There is no demo program.' : options.yes
      ? `${names}: ${wholeNumber(rows)} rows are gone.` : `${names}: ${wholeNumber(rows)} rows would go. Say --yes to delete them.`);
  })));
