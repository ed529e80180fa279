/** What the spike turns on and off. `lean` is the schema as intended; every other variant differs from it in one thing. */
export interface Variant {
  name: string;
  /** index (program, member, id) on transaction */
  memberIndex: boolean;
  /** foreign key transfer -> account, and lot -> account */
  transferFk: boolean;
  lotFk: boolean;
  lotExpiryIndex: boolean;
  /** member_ledger's columns inside the account row, which is then the lock */
  merged: boolean;
  writers: number;
  batch: number;
  /** 0: flush when a writer is free; else wait so long for company */
  lingerMs: number;
  /** pg's pipeline mode: independent statements leave together, three round trips a batch */
  pipeline: boolean;
  binary: boolean;
  /** three transfers and lots on 30 % of the documents instead of one for all awards of a document */
  perAward: boolean;
  /** none; locked before the decision; a guarded update just before COMMIT; a row for each writer */
  budget: 'none' | 'locked' | 'late' | 'slice';
  rls: boolean;
}

const lean: Variant = {
  name: 'lean', memberIndex: true, transferFk: true, lotFk: false, lotExpiryIndex: true, merged: false, writers: 2, batch: 64,
  lingerMs: 0, pipeline: true, binary: true, perAward: false, budget: 'none', rls: true,
};

export const variants: readonly Variant[] = [
  lean,
  { ...lean, name: 'merged', merged: true },
  { ...lean, name: 'noMemberIndex', memberIndex: false },
  { ...lean, name: 'lotFk', lotFk: true },
  { ...lean, name: 'noTransferFk', transferFk: false },
  { ...lean, name: 'noLotExpiryIndex', lotExpiryIndex: false },
  { ...lean, name: 'writers1', writers: 1 },
  { ...lean, name: 'writers3', writers: 3 },
  { ...lean, name: 'batch32', batch: 32 },
  { ...lean, name: 'batch128', batch: 128 },
  { ...lean, name: 'linger2', lingerMs: 2 },
  { ...lean, name: 'noPipeline', pipeline: false },
  { ...lean, name: 'textArrays', binary: false },
  { ...lean, name: 'perAward', perAward: true },
  { ...lean, name: 'budgetLocked', budget: 'locked' },
  { ...lean, name: 'budgetLate', budget: 'late' },
  { ...lean, name: 'budgetSlice', budget: 'slice' },
  { ...lean, name: 'noRls', rls: false },
  { ...lean, name: 'mergedWriters3', merged: true, writers: 3 },
];
