import { backUp } from '@wracam/server/platform/backup';
import { openUrls } from '@wracam/server/platform/open-database';
import type { Command } from 'commander';
import { withInstallation } from '../installation.ts';
import { fileToWrite } from '../named-file.ts';
import { megabytes, runCommand, wholeNumber } from '../output.ts';

/** `wracam backup <file>`: the whole database as it is at one moment, while it is in use. */
export const addBackup = (program: Command) => program.command('backup')
  .description('write the whole database to one file, while it is in use')
  .argument('<file>', 'file to write, for example wracam-2026-01-31.backup')
  .option('--json', 'one JSON object on standard output')
  .addHelpText('after', '\nEncrypted columns stay encrypted: keep a copy of secrets.json from the data folder in another place.')
  .action((file: string, options: { json?: boolean }) => runCommand(options.json ?? false, (output) => fileToWrite(file).then((target) => withInstallation(output.say, async ({ config, secrets, adminUrl }) => {
    const { loaderUrl } = await openUrls(config, secrets, adminUrl);
    const done = await backUp({ url: loaderUrl, masterKey: secrets.masterKey, file: target, progress: output.progress });
    output.result({ ...done }, `${wholeNumber(done.rows)} rows of ${done.tables} tables as of ${done.takenAt} are in ${done.file} (${megabytes(done.bytes)}).`);
  }))));
