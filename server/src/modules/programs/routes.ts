import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { route, type Route } from '../../platform/http.ts';
import { addWallet, changeProgram, hideDemo } from './actions.ts';
import * as store from './store.ts';
import type { Wallet } from './store.ts';

export const walletView = ({ code, name, forms, expiry, pendingDays, debtLimit }: Wallet) => ({ code, name, forms, expiry, pendingDays, debtLimit });

async function programView(deps: Deps, ctx: Ctx) {
  const organisation = await deps.db.onPlatform((tx) => store.organisationName(tx, ctx.programId));
  return deps.db.readProgram(ctx.programId, async (tx) => {
    const { id, code, name, currency, timeZone, test, demo, hidden, brandColor, termsVersion } = await store.getProgram(tx);
    return { id: deps.publicIds.encode('prg', id), code, name, organisation, currency, timeZone, test, demo, hidden, brandColor, termsVersion, wallets: (await store.walletsOf(tx)).map(walletView), now: new Date(tx.program.now).toISOString() };
  });
}

/** What these routes need from rooms above; given by app.ts. */
export type ProgramNeeds = { readonly republish: (tx: ProgramTx) => Promise<void> };

export const programRoutes = ({ republish }: ProgramNeeds): readonly Route[] => [
  route('getProgram', (deps, { ctx }) => programView(deps, ctx)),
  route('changeProgram', async (deps, { ctx, body }) => {
    await changeProgram(deps, ctx, body);
    return programView(deps, ctx);
  }),
  route('addWallet', async (deps, { ctx, body }) => {
    await addWallet(deps, ctx, body, republish);
    return programView(deps, ctx);
  }),
  route('hideDemo', (deps, { ctx }) => hideDemo(deps, ctx)),
  route('getHealth', async (deps) => {
    await deps.db.onPlatform((tx) => tx.rows({ text: 'select 1', values: [] }));
    return { ok: true, version: '0.1.0' };
  }),
];
