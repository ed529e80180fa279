export { loadHistory, OutOfOrder, type HistoryFigures, type HistoryOptions } from './history.ts';
export { endBatch, findBatchOfMapping, insertBatch, saveProgress, type Batch } from './store.ts';
export { importTransactions, type ImportFigures } from './import-transactions.ts';
export { readMapping, type Mapping } from './mapping.ts';
export { BALANCE_COLUMNS, type BalanceFault } from './balance-rows.ts';
export { importBalances, type BalanceFigures } from './import-balances.ts';
export { inTurn } from './turns.ts';
export { undoImport, type UndoneFigures } from './undo.ts';
