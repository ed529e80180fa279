import type { Ctx, Deps } from '../../platform/deps.ts';
import { route, type Route } from '../../platform/http.ts';
import { iso } from '../../platform/iso.ts';
import { changeProgram, hideDemo } from './actions.ts';
import * as store from './store.ts';
import type { Wallet } from './store.ts';
import { approveWallet, changeWallet, declineWallet, walletDetails } from './change-wallet.ts';
import { addWallet, type WalletNeeds } from './wallets.ts';

export const walletView = ({ no: _, noticeDays, ...shown }: Wallet) => ({ ...shown, noticeDays: [...noticeDays] });

async function programView(deps: Deps, ctx: Ctx) {
  const organisation = await deps.db.onPlatform((tx) => store.organisationName(tx, ctx.programId));
  return deps.db.readProgram(ctx.programId, async (tx) => {
    const { id, code, name, currency, timeZone, test, demo, hidden, brandColor, termsVersion, secondPerson, noticeDays, adjustDayLimits: { manager = null, consultant = null } } = await store.getProgram(tx);
    return { id: deps.publicIds.encode('prg', id), code, name, organisation, currency, timeZone, test, demo, hidden, brandColor, termsVersion, secondPerson, noticeDays, adjustDayLimits: { manager, consultant }, wallets: (await store.walletsOf(tx)).map(walletView), now: iso(tx.program.now) };
  });
}

const detail = async (deps: Deps, ctx: Ctx, code: string, needs: WalletNeeds) => (await walletDetails(deps, ctx, needs)).find((one) => one.code === code)!;

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
  route('listWallets', async (deps, { ctx }) => ({ items: await walletDetails(deps, ctx, needs) })),
  route('changeWallet', async (deps, { ctx, params, body }) => {
    await changeWallet(deps, ctx, params.wallet, body, needs);
    return detail(deps, ctx, params.wallet, needs);
  }),
  route('approveWallet', async (deps, { ctx, params, body }) => {
    await approveWallet(deps, ctx, params.wallet, body.revision, needs);
    return detail(deps, ctx, params.wallet, needs);
  }),
  route('declineWallet', async (deps, { ctx, params, body }) => {
    await declineWallet(deps, ctx, params.wallet, body, needs);
    return detail(deps, ctx, params.wallet, needs);
  }),
  route('hideDemo', (deps, { ctx }) => hideDemo(deps, ctx)),
  route('getHealth', async (deps) => {
    await deps.db.onPlatform((tx) => tx.rows({ text: 'select 1', values: [] }));
    return { ok: true, version: '0.1.0' };
  }),
];
