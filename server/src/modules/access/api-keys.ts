import type { Permission } from '@wracam/contract';
import { act, audit } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import { systemCtx, type Ctx, type Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { hashOf, hintOf, newApiSecret } from './secrets.ts';
import * as store from './store.ts';
import type { ApiKeyRow } from './store.ts';

export type NewApiKey = { readonly name: string; readonly scopes: readonly Permission[] };
export type MadeApiKey = { readonly apiKey: ApiKeyRow; readonly secret: string };

async function insertApiKey(deps: Deps, tx: ProgramTx, { name, scopes }: NewApiKey): Promise<MadeApiKey> {
  await store.seePlatform(tx);
  const id = (await deps.ids.take(1))[0]!;
  const secret = newApiSecret(tx.program.test);
  const unique = [...new Set(scopes)];
  await store.insertApiKey(tx, tx.program.id, { id, name, hint: hintOf(secret), secretHash: hashOf(secret), scopes: unique }, await store.realNow(tx));
  return { apiKey: (await store.listApiKeys(tx, tx.program.id, id))[0]!, secret };
}

/** Makes a key without anybody asking: the first start and the command line. The audit trail has it as the system's. */
export const createApiKey = (deps: Deps, programId: number, input: NewApiKey): Promise<MadeApiKey> =>
  deps.db.inProgram(programId, (tx) => auditedKey(deps, tx, systemCtx(programId), input));

async function auditedKey(deps: Deps, tx: ProgramTx, ctx: Ctx, input: NewApiKey): Promise<MadeApiKey> {
  const made = await insertApiKey(deps, tx, input);
  await audit(deps, tx, ctx, 'api_key.created', deps.publicIds.encode('key', made.apiKey.id), { scopes: made.apiKey.scopes });
  return made;
}

/**
 * Makes a key for staff. Its secret is in this one answer and nowhere else: what is kept for repeats of the request has none, so a repeat is
 * refused with `secret_shown_once`.
 */
export async function addApiKey(deps: Deps, ctx: Ctx, input: NewApiKey): Promise<MadeApiKey> {
  let made: MadeApiKey | undefined;
  await act(deps, ctx, async (tx) => {
    made = await auditedKey(deps, tx, ctx, input);
    return { id: made.apiKey.id };
  });
  return made ?? refuse('secret_shown_once');
}

/** Stops a key; requests with it are refused within a second. Stopping it again changes nothing. */
export const revokeApiKey = (deps: Deps, ctx: Ctx, id: number): Promise<ApiKeyRow> => act(deps, ctx, async (tx) => {
  await store.seePlatform(tx);
  const changed = await store.saveRevoked(tx, ctx.programId, id, await store.realNow(tx));
  const key = (await store.listApiKeys(tx, ctx.programId, id))[0] ?? refuse('not_found');
  if (changed > 0) await audit(deps, tx, ctx, 'api_key.revoked', deps.publicIds.encode('key', id));
  return key;
});

export const listApiKeys = (deps: Deps, programId: number) => deps.db.onPlatform((tx) => store.listApiKeys(tx, programId));
