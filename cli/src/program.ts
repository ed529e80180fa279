import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '@wracam/server/platform/project-root';
import { Command, CommanderError } from 'commander';
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

const WAY_OUT = 'wracam --help lists the commands';

/** What is installed, from the project's own package.json. */
const version = (): string => (JSON.parse(readFileSync(path.join(projectRoot(), 'package.json'), 'utf8')) as { version: string }).version;

/**
 * Runs the command that the words name. Words that are no command end the process with code 1 and a sentence on standard error; for a script,
 * which says `--json`, with `{"error": …}` on standard output and nothing else.
 */
export async function runProgram(words: readonly string[]): Promise<void> {
  const json = words.includes('--json');
  const program = new Command('wracam')
    .description('Wracam: loyalty programs on your own server.')
    .version(version(), '--version', 'print the version')
    .showHelpAfterError(`(${WAY_OUT})`)
    .addHelpText('after', '\nSettings come from the environment, as for npm start: WRACAM_DATA, DATABASE_URL and others, see README.');
  // Before the commands are added: they take it over.
  program.exitOverride();
  if (json) program.configureOutput({ writeErr: () => undefined, outputError: () => undefined });

  // One file a command in commands/: `<verb>.ts`, or `<noun>-<verb>.ts` under a noun such as `keys`.
  for (const add of [addStart, addMigrate, addProgramsCreate, addKeysCreate, addStaffLink, addImportTransactions, addImportBalances, addImportUndo, addVerify, addBackup, addRestore, addDemoPurge]) add(program);
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode;
    if (json && error.exitCode !== 0) process.stdout.write(`${JSON.stringify({ error: `${error.message.replace(/^error: /, '').replaceAll('\n', ' ')} (${WAY_OUT})` })}\n`);
  }
}
