import type { Ctx, Deps } from '../../platform/deps.ts';
import { route, type Route } from '../../platform/http.ts';
import { changeProgram, hideDemo } from './actions.ts';
import * as store from './store.ts';
import type { Wallet } from './store.ts';
import { addWallet, changeWallet, type WalletNeeds } from './wallets.ts';

export const walletView = ({ no: _, noticeDays, ...shown }: Wallet) => ({ ...shown, noticeDays: [...noticeDays] });

async function programView(deps: Deps, ctx: Ctx) {
  const organisation = await deps.db.onPlatform((tx) => store.organisationName(tx, ctx.programId));
  return deps.db.readProgram(ctx.programId, async (tx) => {
    const { id, code, name, currency, timeZone, test, demo, hidden, brandColor, termsVersion, secondPerson, noticeDays } = await store.getProgram(tx);
    return { id: deps.publicIds.encode('prg', id), code, name, organisation, currency, timeZone, test, demo, hidden, brandColor, termsVersion, secondPerson, noticeDays, wallets: (await store.walletsOf(tx)).map(walletView), now: new Date(tx.program.now).toISOString() };
  });
}

export const programRoutes = (needs: WalletNeeds): readonly Route[] => [
  route('getProgram', (deps, { ctx }) => programView(deps, ctx)),
  route('changeProgram', async (deps, { ctx, body }) => {
    await changeProgram(deps, ctx, body);
    return programView(deps, ctx);
  }),
  route('addWallet', async (deps, { ctx, body }) => {
    await addWallet(deps, ctx, body, needs);
    return programView(deps, ctx);
  }),
  route('listWallets', (deps, { ctx }) => deps.db.readProgram(ctx.programId, async (tx) => ({ items: (await store.walletsOf(tx)).map(walletView) }))),
  route('changeWallet', async (deps, { ctx, params, body }) => walletView(await changeWallet(deps, ctx, params.wallet, body, needs))),
  route('hideDemo', (deps, { ctx }) => hideDemo(deps, ctx)),
  route('getHealth', async (deps) => {
    await deps.db.onPlatform((tx) => tx.rows({ text: 'select 1', values: [] }));
    return { ok: true, version: '0.1.0' };
  }),
];
