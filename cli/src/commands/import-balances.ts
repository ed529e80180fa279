import { BALANCE_COLUMNS, importBalances, inTurn, type BalanceFigures } from '@wracam/server/modules/connectors/index';
import type { Command } from 'commander';
import { programFor, withDeps } from '../deps.ts';
import { namedFile } from '../named-file.ts';
import { runCommand, wholeNumber } from '../output.ts';
import { nounOf } from './keys-create.ts';

type Options = { program?: string; dryRun: boolean; delimiter: string; json?: boolean };
const SHOWN = 20;

/** `wracam import balances`: points that members had before, each row a lot with its own expiry. */
export const addImportBalances = (program: Command) => nounOf(program, 'import', 'bring in what was before').command('balances')
  .description('give members the points they had elsewhere, from a CSV file')
  .argument('<file>', 'the file, plain or gzip')
  .option('--program <code>', 'the program; may be left out when there is only one')
  .option('--dry-run', 'check everything and print totals and faults; book nothing', false)
  .option('--delimiter <sign>', 'between columns', ',')
  .option('--json', 'one JSON object on standard output')
  .addHelpText('after', `\nColumns: ${BALANCE_COLUMNS.join(', ')}. One that says who it is, and points, must be there; a row is a lot.`
    + '\nexpires_on is a date, "never", or empty: as the wallet says. Members who are not there are made. With any fault nothing is booked.')
  .action((file: string, options: Options) => runCommand(options.json ?? false, (output) => namedFile(file).then((source) => withDeps(output, async ({ deps, urls }) => {
    const { id, code } = await programFor(deps, options.program);
    const figures = await inTurn(urls.appUrl, id, 'load', () => importBalances(deps, { file: source, delimiter: options.delimiter, programId: id, dryRun: options.dryRun, onProgress: output.progress }));
    if (figures.faults.length > 0) process.exitCode = 1;
    output.result({ program: code, dryRun: options.dryRun, ...figures }, textOf(figures, options.dryRun));
  }))));

function textOf(one: BalanceFigures, dryRun: boolean): string {
  const totals = `${wholeNumber(one.rows)} rows, ${wholeNumber(one.members)} members (${wholeNumber(one.newMembers)} new), ${Object.entries(one.points).map(([wallet, points]) => `${wholeNumber(points)} ${wallet}`).join(', ') || 'no points'}`;
  const faults = one.faults.slice(0, SHOWN).map(({ row, fault }) => `  row ${row}: ${fault}`);
  if (one.faults.length > 0) return [`${one.faults.length} faults, nothing was booked (${totals}):`, ...faults, ...(one.faults.length > SHOWN ? [`  and ${one.faults.length - SHOWN} more (--json lists all)`] : [])].join('\n');
  if (one.repeated) return `This file is in already, as batch ${one.batch}: nothing new was booked.`;
  return dryRun ? `Dry run, nothing was booked: ${totals}; no faults.` : `Batch ${one.batch}: ${totals}. wracam import undo ${one.batch} takes it back.`;
}
