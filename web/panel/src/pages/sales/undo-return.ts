import { api } from '../../api/client.ts';
import { useProgramAct } from '../../api/program-act.ts';
import type { Transaction } from '../../api/shapes.ts';
import { returnUndoing } from './return-draft.ts';
import { PANEL_SOURCE } from './sale-draft.ts';

type UndoReturn = { readonly returned: Pick<Transaction, 'source' | 'externalId' | 'currency'>; readonly reason: string; /** Of the correction: the same however often it is sent. */ readonly key: string; readonly at: number };

/** Undoes a return: a correction that says that nothing came back. Sent twice it changes nothing more. */
export const useUndoReturn = () => useProgramAct((program, { returned, reason, key, at }: UndoReturn) =>
  api().recordTransaction({ params: { program }, body: { ...returnUndoing(returned, reason, at), source: PANEL_SOURCE, externalId: key } }));
