import { restore } from '@wracam/server/platform/restore';
import type { Command } from 'commander';
import { withInstallation } from '../installation.ts';
import { namedFile } from '../named-file.ts';
import { runCommand, wholeNumber } from '../output.ts';

/** `wracam restore <file>`: replaces the database by a backup, checked row for row, while the server runs. */
export const addRestore = (program: Command) => program.command('restore')
  .description('replace the database by a backup; the server may run meanwhile')
  .argument('<file>', 'file that wracam backup wrote')
  .option('--drop-old', 'remove the replaced database instead of keeping it under another name', false)
  .option('--json', 'one JSON object on standard output')
  .action((file: string, options: { json?: boolean; dropOld: boolean }) =>
    runCommand(options.json ?? false, (output) => namedFile(file).then((source) => withInstallation(output.say, async ({ config, secrets, adminUrl }) => {
      const done = await restore({
        adminUrl, secrets, appUrl: config.appUrl, file: source, dropOld: options.dropOld, progress: output.progress, say: output.say,
      });
      output.result({ ...done }, `${wholeNumber(done.rows)} rows as of ${done.takenAt} are live in ${done.database}.`
        + (done.previous ? ` What was live before is kept in the database ${done.previous}.` : ''));
    }))));
