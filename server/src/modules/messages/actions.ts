import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { readCursor, writeCursor } from '../../platform/cursor.ts';
import { schedule } from '../../platform/jobs.ts';
import { SEND_JOB, shownBody, type Content } from './core.ts';
import * as store from './store.ts';

export type NewMessage = Content & { readonly memberId: number | null };

const sealedAt = (id: number) => `message|sealed|${id}`;

/**
 * Writes a message in the caller's transaction: it goes out when that commits, and never otherwise. Where no mail server is set it is
 * kept for the outbox page instead. Address, subject and text are sealed with the program's key.
 */
export async function queueMessage(tx: ProgramTx, deps: Deps, { memberId, ...content }: NewMessage): Promise<number> {
  const keys = await deps.keyring.forProgram(tx.program.id);
  const id = (await deps.ids.take(1))[0]!;
  await store.insertMessage(tx, { id, memberId, sealed: keys.seal(sealedAt(id), content), state: deps.mailer ? 'queued' : 'kept' });
  if (deps.mailer) await schedule(tx, tx.program.id, SEND_JOB, id, tx.program.now);
  return id;
}

/** One page of messages as this person may see them, newest first. */
export async function listMessages(deps: Deps, ctx: Ctx, page: { cursor?: string | undefined; limit: number }) {
  const after = readCursor(page.cursor);
  const keys = await deps.keyring.forProgram(ctx.programId);
  const rows = await deps.db.readProgram(ctx.programId, (tx) => store.listMessages(tx, after, page.limit + 1));
  const items = rows.slice(0, page.limit).map(({ sealed, ...row }) => {
    const content = keys.open<Content>(sealedAt(row.id), sealed);
    return { ...row, to: content.to, subject: shownBody({ ...content, body: content.subject }, row.state, ctx.permissions.has('access.manage')), body: shownBody(content, row.state, ctx.permissions.has('access.manage')) };
  });
  return { items, next: rows.length > page.limit ? writeCursor(items.at(-1)!) : null };
}

export const openContent = async (deps: Deps, programId: number, id: number, sealed: Buffer): Promise<Content> =>
  (await deps.keyring.forProgram(programId)).open<Content>(sealedAt(id), sealed);
