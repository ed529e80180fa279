import path from 'node:path';
import { importTransactions, inTurn, readMapping, type ImportFigures, type Mapping } from '@wracam/server/modules/connectors/index';
import { POINTS_WALLET, programIdOf } from '@wracam/server/modules/programs/index';
import type { Deps } from '@wracam/server/platform/deps';
import { setUpProgram } from '@wracam/server/setup';
import { readConfig } from '@wracam/server/platform/config';
import type { Command } from 'commander';
import { programFor, withDeps } from '../deps.ts';
import { namedFile } from '../named-file.ts';
import { runCommand, wholeNumber } from '../output.ts';
import { nounOf } from './keys-create.ts';

type Options = { map: string; program?: string; report?: string; json?: boolean };

/** `wracam import transactions`: sales and returns of the past, as history. */
export const addImportTransactions = (program: Command) => nounOf(program, 'import', 'bring in what was before').command('transactions')
  .description('load sales and returns of the past from a CSV file, plain or gzip, sorted by date')
  .argument('<file>', 'the file')
  .requiredOption('--map <mapping>', 'how its columns are read: a name in imports/, or the path of a JSON file')
  .option('--program <code>', 'into this program; otherwise the one that the mapping names, made when it is not there')
  .option('--report <file>', 'where rows that were not taken are written, with the reason; otherwise into the data folder')
  .option('--json', 'one JSON object on standard output')
  .addHelpText('after', '\nThe same file again books nothing new; a load that was cut off goes on when the command runs again. wracam import undo takes a load back.')
  .action((file: string, options: Options) => runCommand(options.json ?? false, (output) => namedFile(file).then((source) => withDeps(output, async ({ deps, urls }) => {
    const mapping = await readMapping(options.map);
    const into = await programOf(deps, mapping, options.program);
    const report = path.resolve(options.report ?? path.join(readConfig(process.env).dataDir, 'imports', `${into.code}-${path.basename(file).replace(/\.gz$|\.csv$|\.csv\.gz$/, '')}-not-taken.csv`));
    const started = performance.now();
    let told = 0;
    const figures = await inTurn(urls.appUrl, into.id, 'load', () => importTransactions(deps, {
      file: source, mapping, programId: into.id, report,
      onProgress: (share, at) => {
        output.progress(share, at);
        if (!process.stderr.isTTY && share >= told + 0.2) { told = share; output.say(`${Math.floor(share * 100)} %  ${at}`); }
      },
    }));
    output.result({ program: into.code, seconds: Math.round((performance.now() - started) / 100) / 10, ...figures }, figures.repeated ? repeatedText(figures) : textOf(into.code, figures));
  }))));

async function programOf(deps: Deps, mapping: Mapping, ref: string | undefined): Promise<{ id: number; code: string }> {
  if (ref !== undefined) return programFor(deps, ref);
  const { rules, expiry, ...input } = mapping.program;
  const known = await programIdOf(deps, input.code);
  return known === null ? setUpProgram(deps, { ...input, wallets: [{ ...POINTS_WALLET, expiry }] }, rules) : { id: known, code: input.code };
}

const money = (minor: number) => `${minor < 0 ? '-' : ''}${wholeNumber(Math.floor(Math.abs(minor) / 100))}.${String(Math.abs(minor) % 100).padStart(2, '0')}`;
const repeatedText = (figures: ImportFigures) => `This file is in already, as batch ${figures.batch}: nothing new was booked. wracam import undo ${figures.batch} takes it back.`;

function textOf(code: string, one: ImportFigures): string {
  return [
    `Batch ${one.batch} of program ${code}${one.resumedAt > 0 ? `, resumed after document ${wholeNumber(one.resumedAt)}` : ''}`,
    `rows      ${wholeNumber(one.received.rows)} received = ${wholeNumber(one.booked.rows)} booked + ${wholeNumber(one.refused.rows)} refused`,
    `amounts   ${money(one.received.minor)} received = ${money(one.booked.minor)} booked + ${money(one.refused.minor)} refused`,
    `documents ${wholeNumber(one.sales)} sales, ${wholeNumber(one.returns)} returns (${wholeNumber(one.withoutMember)} without a member); ${wholeNumber(one.documents.booked)} new, ${wholeNumber(one.documents.duplicates)} known already`,
    `members   ${wholeNumber(one.newMembers)} new`,
    `returns   ${wholeNumber(one.returnedRows - one.unmatched.rows)} rows matched to purchases, ${wholeNumber(one.unmatched.rows)} recorded without points`,
    `points    ${wholeNumber(one.points.earned)} earned, ${wholeNumber(one.points.takenBack)} taken back`,
    ...Object.entries(one.refusedBy).map(([reason, sum]) => `refused   ${wholeNumber(sum.rows)} rows (${money(sum.minor)}): ${reason}`),
    ...(one.report ? [`Every row not taken, or taken without points: ${one.report}`] : []),
  ].join('\n');
}
