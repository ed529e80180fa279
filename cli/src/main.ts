import { Command } from 'commander';
import { addBackup } from './commands/backup.ts';
import { addDemoPurge } from './commands/demo-purge.ts';
import { addImportBalances } from './commands/import-balances.ts';
import { addImportTransactions } from './commands/import-transactions.ts';
import { addImportUndo } from './commands/import-undo.ts';
import { addKeysCreate } from './commands/keys-create.ts';
import { addMigrate } from './commands/migrate.ts';
import { addProgramsCreate } from './commands/programs-create.ts';
import { addRestore } from './commands/restore.ts';
import { addStaffLink } from './commands/staff-link.ts';
import { addStart } from './commands/start.ts';
import { addVerify } from './commands/verify.ts';

const program = new Command('wracam')
  .description('Wracam: loyalty programs on your own server.')
  .showHelpAfterError('(wracam --help lists the commands)')
  .addHelpText('after', '\nSettings come from the environment, as for npm start: WRACAM_DATA, DATABASE_URL and others, see README.');

// One file a command in commands/: `<verb>.ts`, or `<noun>-<verb>.ts` under a noun such as `keys`.
for (const add of [addStart, addMigrate, addProgramsCreate, addKeysCreate, addStaffLink, addImportTransactions, addImportBalances, addImportUndo, addVerify, addBackup, addRestore, addDemoPurge]) add(program);

await program.parseAsync();
