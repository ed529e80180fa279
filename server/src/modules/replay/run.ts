import type { Deps } from '../../platform/deps.ts';
import { badgesAsked } from '../badges/index.ts';
import { documentRows, type RawDocument } from '../transactions/index.ts';
import type { ReplayResult } from './figures.ts';
import type { ReplayPlan } from './machine.ts';
import { feedOf, type AskedOfMembers } from './sources.ts';
import type { ReplayThread } from './thread.ts';

/** Documents of one statement. */
const CHUNK = 1_000;

/** Told how many documents are done of how many; false: nobody wants the result any more. */
export type OnProgress = (done: number, total: number) => Promise<boolean>;

/** Replays a program's history on a thread. Null when `onProgress` said stop. Documents are read a chunk at a time while the thread works on the one before. */
export async function runReplay(deps: Deps, plan: ReplayPlan, thread: ReplayThread, onProgress: OnProgress): Promise<ReplayResult | null> {
  const { id } = plan.program;
  for await (const part of feedOf(deps, id, plan.stretch.until, askedOf(plan))) await thread.feed(part);
  const total = await thread.start();
  if (!await onProgress(0, total)) return null;
  let booking: Promise<void> = Promise.resolve();
  for (let done = 0; ;) {
    const ids = await thread.next(CHUNK);
    if (ids.length === 0) break;
    const rows = inOrder(ids, await deps.db.readProgram(id, (tx) => documentRows(tx, ids)));
    await booking;
    booking = thread.book(rows);
    booking.catch(() => undefined); // thrown where it is waited for
    done += ids.length;
    // Some are asked for twice.
    if (!await onProgress(Math.min(done, total), total)) return null;
  }
  await booking;
  return thread.finish();
}

/** What of members the rules ask for that is kept apart from their points. */
export function askedOf({ published, now, draft, right, levels }: ReplayPlan): AskedOfMembers {
  const rules = JSON.stringify([published, draft, right]);
  return { personal: /"(calendar\.isBirthday|member\.attribute\.)/.test(rules), groups: rules.includes('"member.group"'), badges: [...new Set([...published, now, draft, ...(right ?? []).map((one) => one.ruleset)].flatMap(badgesAsked))], circles: /"member\.company"|"per(Household|Company)/.test(rules), levels: levels !== null, segments: right === undefined };
}

/** Rows come in the order of the database's choice. A row that is gone was purged: it is left out. */
function inOrder(ids: readonly number[], rows: readonly RawDocument[]): RawDocument[] {
  const byId = new Map(rows.map((row) => [row[0], row]));
  return ids.flatMap((id) => { const row = byId.get(id); return row ? [row] : []; });
}
