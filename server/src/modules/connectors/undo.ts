import type { Deps } from '../../platform/deps.ts';
import { startProblem } from '../../platform/start-problem.ts';
import { undoImportedPoints, type UndoneImport } from '../ledger/index.ts';
import { undoDocuments, type UndoneBatch } from '../transactions/index.ts';
import * as store from './store.ts';

export type UndoneFigures = { readonly batch: number; readonly mapping: string; readonly documents: UndoneBatch | null; readonly balances: UndoneImport | null };

/**
 * Undoes a whole import by new movements; nothing is deleted, and members stay. What cannot be taken back is listed. A start problem for a
 * batch that is not there or was undone before, also at the same time by somebody else.
 */
export async function undoImport(deps: Deps, programId: number, no: number, onProgress: (at: string) => void = () => undefined): Promise<UndoneFigures> {
  const batch = await deps.db.readProgram(programId, (tx) => store.findBatch(tx, no));
  if (!batch) throw startProblem(`This program has no batch ${no}.`);
  if (batch.state === 'undone') throw startProblem(`Batch ${no} was undone before.`);
  if (batch.mapping.startsWith('demo:')) throw startProblem('This batch is the demo: wracam demo purge deletes it.');
  const isBalances = batch.mapping === 'balances';
  const balances = isBalances ? await undoImportedPoints(deps, programId, no, `Import nr ${no}`) : null;
  const documents = isBalances ? null : await undoDocuments(deps, programId, no, (sales) => onProgress(`${sales} sales`));
  const ended = await deps.db.inProgram(programId, (tx) => store.endBatch(tx, no, 'undone', { ...batch.figures, undone: { documents, balances } }));
  if (!ended) throw startProblem(`Batch ${no} was undone by somebody else at the same time.`);
  return { batch: no, mapping: batch.mapping, documents, balances };
}
