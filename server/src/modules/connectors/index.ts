export { loadHistory, OutOfOrder, type HistoryFigures, type HistoryOptions } from './history.ts';
export { endBatch, findBatchOfMapping, insertBatch, saveProgress, type Batch } from './store.ts';
