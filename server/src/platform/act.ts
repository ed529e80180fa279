import { int8Array, textArray } from './binary-arrays.ts';
import type { ProgramTx, Write } from './db.ts';
import type { Actor, Ctx, Deps } from './deps.ts';
import { refuse } from './refusal.ts';
import { sql } from './sql.ts';

const ANSWER = 'idempotency_key|answer';

/**
 * Runs a use case in one transaction of the program. With an Idempotency-Key the key, the body's hash and the answer are written in the
 * same commit as the effect: a repeat gets the first answer, another body is refused, and a refusal binds nothing. The answer must be
 * plain data. Two requests with one key at the same time: the second waits for the first and gets its answer.
 */
export async function act<T>(deps: Deps, ctx: Ctx, work: (tx: ProgramTx) => Promise<T>): Promise<T> {
  const { idempotency } = ctx;
  if (!idempotency) return deps.db.inProgram(ctx.programId, work);
  const keys = await deps.keyring.forProgram(ctx.programId);
  const { scope, key, bodyHash } = idempotency;
  return deps.db.inProgram(ctx.programId, async (tx) => {
    const claimed = await tx.run(sql`insert into idempotency_key (program_id, scope, key, body_hash, at)
      values (${ctx.programId}, ${scope}, ${key}, ${bodyHash}, ${new Date(tx.program.now)}) on conflict do nothing`);
    if (claimed === 0) {
      const seen = await tx.maybe<{ bodyHash: Buffer; answer: Buffer }>(sql`select body_hash, answer from idempotency_key
        where program_id = ${ctx.programId} and scope = ${scope} and key = ${key}`);
      if (!seen || !seen.bodyHash.equals(bodyHash)) refuse('idempotency_mismatch');
      return keys.open<T>(ANSWER, seen.answer);
    }
    const answer = await work(tx);
    await tx.run(sql`update idempotency_key set answer = ${keys.seal(ANSWER, answer ?? null)} where program_id = ${ctx.programId} and scope = ${scope} and key = ${key}`);
    return answer;
  });
}

/** Writes who changed what, in the commit of the change. Details name fields and figures, never personal data. */
export async function audit(deps: Deps, tx: ProgramTx, ctx: Ctx, action: string, subject: string | null, details: Record<string, unknown> = {}): Promise<void> {
  const [id] = await deps.ids.take(1);
  await tx.run(sql`insert into audit_entry (program_id, id, at, actor_kind, actor_id, action, subject, details)
    values (${ctx.programId}, ${id}, ${new Date(tx.program.now)}, ${ctx.actor.kind}, ${ctx.actor.id}, ${action}, ${subject}, ${JSON.stringify(details)})`);
}

/**
 * Who answers for what an actor does: for a key whoever made it, as the audit trail says, and so on up where a key made a key. Anybody else
 * answers for himself, and so does a key of the command line, which nobody who signs in has made.
 */
export async function makerOf(deps: Pick<Deps, 'publicIds'>, tx: ProgramTx, actor: Actor): Promise<Actor> {
  if (actor.kind !== 'key' || actor.id === null) return actor;
  const made = await tx.maybe<Actor>(sql`select actor_kind as kind, actor_id as id from audit_entry
    where program_id = ${tx.program.id} and action = 'api_key.created' and subject = ${deps.publicIds.encode('key', actor.id)}`);
  return made && made.kind !== 'system' ? makerOf(deps, tx, made) : actor;
}

/**
 * Points that the audit trail says this person moved by these actions since an instant, up and down alike. Whoever asks for the same person
 * meanwhile waits for this transaction, so that two changes at once never both fit into what is left.
 */
export async function pointsMovedSince(tx: ProgramTx, ctx: Ctx, actions: readonly string[], since: number): Promise<number> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended('points by hand', ${ctx.actor.id}))`);
  return (await tx.maybe<{ sum: number }>(sql`select coalesce(sum(abs((details ->> 'points')::bigint)), 0)::bigint as sum from audit_entry
    where program_id = ${ctx.programId} and actor_kind = ${ctx.actor.kind} and actor_id = ${ctx.actor.id} and at >= ${new Date(since)} and action = any(${actions}::text[])`))!.sum;
}

/** Announces an event to whoever reads the outbox, in the commit of the change. */
export async function announce(deps: Deps, tx: ProgramTx, programId: number, type: string, ref: string, body: Record<string, unknown> = {}): Promise<void> {
  const [id] = await deps.ids.take(1);
  await tx.run(sql`insert into outbox (program_id, id, type, ref, body, at) values (${programId}, ${id}, ${type}, ${ref}, ${JSON.stringify(body)}, ${new Date(tx.program.now)})`);
}

/** Due work by which other systems hear of an announcement (`wakingAll`): its id is the work's ref. */
export const EVENT_FOR_WEBHOOKS = 'webhooks.event';

export type Announcement = { readonly id: number; readonly type: string; readonly ref: string; readonly body: Record<string, unknown> };

/** Many announcements as one write. */
export const announcing = (programId: number, at: number, rows: readonly Announcement[]): Write => ({
  name: 'announce', text: `insert into outbox (program_id, id, type, ref, body, at) select p.id, t.id, t.type, t.ref, t.body::jsonb, $6::timestamptz
    from program p, unnest($2::int8[], $3::text[], $4::text[], $5::text[]) t (id, type, ref, body) where p.id = $1`,
  values: [programId, int8Array(rows.map((row) => row.id)), textArray(rows.map((row) => row.type)), textArray(rows.map((row) => row.ref)), textArray(rows.map((row) => JSON.stringify(row.body))), new Date(at)],
});
