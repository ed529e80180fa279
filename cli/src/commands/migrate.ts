import { migrate } from '@wracam/server/platform/migrate';
import { openUrls } from '@wracam/server/platform/open-database';
import { databaseName, roleNames } from '@wracam/server/platform/roles';
import type { Command } from 'commander';
import { withInstallation } from '../installation.ts';
import { runCommand } from '../output.ts';

/** `wracam migrate`: makes roles and database where they are missing and applies what is new. `wracam start` does the same. */
export const addMigrate = (program: Command) => program.command('migrate')
  .description('bring the database to this version; safe while the server runs')
  .option('--json', 'one JSON object on standard output')
  .action((options: { json?: boolean }) => runCommand(options.json ?? false, (output) => withInstallation(output.say, async ({ config, secrets, adminUrl }) => {
    const urls = await openUrls(config, secrets, adminUrl);
    const database = databaseName(adminUrl);
    const names = { ...roleNames(database), app: decodeURIComponent(new URL(urls.appUrl).username) };
    const applied = await migrate({ migratorUrl: urls.migratorUrl, names, log: output.say });
    output.result({ database, applied }, applied.length === 0 ? `Nothing to do: ${database} is up to date.` : `${database} is up to date.`);
  })));
