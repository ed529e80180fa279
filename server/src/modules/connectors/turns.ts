import { asAdmin } from '../../platform/roles.ts';
import { startProblem } from '../../platform/start-problem.ts';

const LOCK = "hashtextextended('loads of history', $1)";

/**
 * Runs a load, or the undoing of one, in its turn: loads of a program run beside each other, but while one is undone nothing is loaded and
 * nothing else undone, or documents would be booked into what was undone already. The turn is held by a connection of its own, so it is over
 * with the process, killed too. A start problem when it is not one's turn.
 */
export const inTurn = <T>(url: string, programId: number, what: 'load' | 'undo', work: () => Promise<T>): Promise<T> => asAdmin(url, async (client) => {
  const { rows: [row] } = await client.query<{ got: boolean }>(`select pg_try_advisory_lock${what === 'load' ? '_shared' : ''}(${LOCK}) as got`, [programId]);
  if (!row!.got) throw startProblem(what === 'load' ? 'A load of this program is being undone just now: wait until that is over.' : 'A file is being loaded into this program, or another load undone, just now: wait until that is over, or stop it.');
  return work();
});
