import { inTurn, undoImport, type UndoneFigures } from '@wracam/server/modules/connectors/index';
import { startProblem } from '@wracam/server/platform/start-problem';
import type { Command } from 'commander';
import { programFor, withDeps } from '../deps.ts';
import { runCommand, wholeNumber } from '../output.ts';
import { nounOf } from './keys-create.ts';

const SHOWN = 20;

/** `wracam import undo`: takes a whole load back by new movements. */
export const addImportUndo = (program: Command) => nounOf(program, 'import', 'bring in what was before').command('undo')
  .description('take a whole load back by new movements; nothing is deleted and members stay')
  .argument('<batch>', 'its number, as the import printed it')
  .option('--program <code>', 'the program; may be left out when there is only one')
  .option('--json', 'one JSON object on standard output')
  .action((batch: string, options: { program?: string; json?: boolean }) => runCommand(options.json ?? false, (output) => withDeps(output, async ({ deps, urls }) => {
    if (!/^\d{1,9}$/.test(batch)) throw startProblem(`${batch} is no number of a batch.`);
    const { id, code } = await programFor(deps, options.program);
    const figures = await inTurn(urls.appUrl, id, 'undo', () => undoImport(deps, id, Number(batch), (at) => output.progress(0, at)));
    const kept = figures.balances?.kept.map(({ memberId, points }) => ({ member: deps.publicIds.encode('mem', memberId), points })) ?? [];
    output.result({ program: code, ...figures, ...(figures.balances ? { balances: { ...figures.balances, kept } } : {}) }, textOf(figures, kept));
  })));

function textOf({ batch, documents, balances }: UndoneFigures, kept: readonly { member: string; points: number }[]): string {
  if (documents) {
    return [
      `Batch ${batch} is undone: ${wholeNumber(documents.sales)} sales and ${wholeNumber(documents.returns)} returns, ${wholeNumber(documents.pointsTaken)} points taken back`
        + (documents.pointsOwed + documents.pointsForgiven > 0 ? ` (${wholeNumber(documents.pointsOwed)} of them owed, ${wholeNumber(documents.pointsForgiven)} written off: they were spent)` : ''),
      ...documents.keptReturns.slice(0, SHOWN).map((number) => `  stays: return ${number}, its sale is not of this batch`),
    ].join('\n');
  }
  return [
    `Batch ${batch} is undone: ${wholeNumber(balances!.movements)} movements, ${wholeNumber(balances!.points)} points taken back`,
    ...kept.slice(0, SHOWN).map(({ member, points }) => `  stays: ${wholeNumber(points)} points of ${member}, not all of them are there any more`),
    ...(kept.length > SHOWN ? [`  and ${kept.length - SHOWN} more (--json lists all)`] : []),
  ].join('\n');
}
