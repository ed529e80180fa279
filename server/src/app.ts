import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { serveApiDocs } from './api-docs.ts';
import { announceFirstRun } from './first-run.ts';
import { depsInput, makeDeps } from './make-deps.ts';
import { actorNames, makeGate, sweepAccess, withFewGuesses } from './modules/access/index.ts';
import { accessRoutes } from './modules/access/routes.ts';
import { hasOwnExpiry, levelRules, republish, ruleJobs, ruleMessageJobs, ruleSegmentReader, setNeeds } from './modules/earning/index.ts';
import { badgeRoutes } from './modules/badges/routes.ts';
import { earningRoutes } from './modules/earning/routes.ts';
import { eventTypeRoutes } from './modules/event-types/routes.ts';
import { eventJobs } from './modules/events/index.ts';
import { eventRoutes } from './modules/events/routes.ts';
import { goalJobs, goalSegmentReader, whyOfGrant } from './modules/goals/index.ts';
import { goalRoutes } from './modules/goals/routes.ts';
import { hasAccounts, ledgerJobs, noticeJobs } from './modules/ledger/index.ts';
import { ledgerRoutes } from './modules/ledger/routes.ts';
import { contactsOf, findByPointer, ownAccount, resolveMember, showMasked } from './modules/members/index.ts';
import { memberRoutes } from './modules/members/routes.ts';
import { messageJobs, queueMessage } from './modules/messages/index.ts';
import { messageRoutes } from './modules/messages/routes.ts';
import { orderRoutes } from './modules/orders/routes.ts';
import { nameOrigins } from './modules/portal/origins.ts';
import { portalRoutes } from './modules/portal/routes.ts';
import { walletJobs, type WalletNeeds } from './modules/programs/index.ts';
import { programRoutes } from './modules/programs/routes.ts';
import { testClockRoutes } from './modules/programs/test-clock.ts';
import { repairJobs } from './modules/repairs/index.ts';
import { repairRoutes } from './modules/repairs/routes.ts';
import { replayJobs } from './modules/replay/index.ts';
import { replayRoutes } from './modules/replay/routes.ts';
import { reportJobs } from './modules/reports/index.ts';
import { reportRoutes } from './modules/reports/routes.ts';
import { levelRewards } from './modules/rewards/index.ts';
import { rewardRoutes } from './modules/rewards/routes.ts';
import { productSetRoutes } from './modules/product-sets/routes.ts';
import type { SegmentNeeds } from './modules/segments/index.ts';
import { segmentRoutes } from './modules/segments/routes.ts';
import { targetJobs } from './modules/targets/index.ts';
import { targetRoutes } from './modules/targets/routes.ts';
import { tierJobs } from './modules/tiers/index.ts';
import { tierRoutes } from './modules/tiers/routes.ts';
import { activityOf, factsOfMembers, makeBookingQueue } from './modules/transactions/index.ts';
import { transactionRoutes } from './modules/transactions/routes.ts';
import { webhookJobs } from './modules/webhooks/index.ts';
import { webhookRoutes } from './modules/webhooks/routes.ts';
import { openBookingThread } from './open-booking-thread.ts';
import { servePages } from './pages.ts';
import type { Deps } from './platform/deps.ts';
import { answerErrors, BODY_MAX, type Aside, requestIdOf, serveRoutes, type Route } from './platform/http.ts';
import { startWorker, type JobHandlers } from './platform/jobs.ts';
import { sendSecurityHeaders } from './platform/security-headers.ts';
import type { App, AppOptions } from './start-process.ts';

const walletNeeds: WalletNeeds = { republish, actorNames, isInUse: async (tx, wallet) => await hasAccounts(tx, wallet.no) || hasOwnExpiry(tx, wallet.code) };
const segmentNeeds: SegmentNeeds = { lock: setNeeds.lock, readers: [ruleSegmentReader, goalSegmentReader], factsOfMembers };

export const jobHandlers: JobHandlers = { ...walletJobs(walletNeeds), ...eventJobs, ...ledgerJobs, ...noticeJobs({ contactsOf, queueMessage }), ...messageJobs, ...ruleJobs, ...ruleMessageJobs, ...webhookJobs, ...reportJobs, ...replayJobs, ...repairJobs, ...goalJobs, ...targetJobs, ...tierJobs(activityOf) };

/** A till must get an answer or be told to try again; a request that hangs helps nobody. */
const REQUEST_TIMEOUT_MS = 30_000;
const SWEEP_EVERY_MS = 10 * 60_000;

const allRoutes = (deps: Deps, queue = makeBookingQueue(deps)): readonly Route[] => [
  ...programRoutes(walletNeeds),
  ...testClockRoutes(jobHandlers), ...accessRoutes, ...memberRoutes, ...messageRoutes,
  ...ledgerRoutes({ resolveMember, ownAccount, nameOrigins, findReceiver: findByPointer, showReceiver: showMasked, withFewGuesses, contactsOf, queueMessage }),
  ...earningRoutes, ...badgeRoutes,
  ...tierRoutes({ republish, levelUsers: async (tx) => [...await levelRules(tx), ...await levelRewards(tx)], resolveMember, ownAccount, activityOf }), ...rewardRoutes, ...orderRoutes({ activityOf }), ...transactionRoutes(queue, { whyOfGrant }), ...productSetRoutes(setNeeds), ...segmentRoutes(segmentNeeds), ...eventTypeRoutes, ...eventRoutes(queue), ...goalRoutes, ...targetRoutes, ...portalRoutes, ...reportRoutes, ...replayRoutes, ...repairRoutes, ...webhookRoutes,
];

/** The HTTP side: the contract under /api/v1, its documentation, and the pages. */
export async function makeServer(deps: Deps, options: { checkAnswers?: boolean; pages?: boolean; proxies?: readonly string[]; aside?: Aside | null } = {}): Promise<FastifyInstance> {
  const secure = deps.publicUrl.startsWith('https:');
  const server = fastify({ logger: false, bodyLimit: BODY_MAX, requestTimeout: REQUEST_TIMEOUT_MS, genReqId: requestIdOf, trustProxy: [...options.proxies ?? ['loopback']], forceCloseConnections: 'idle', routerOptions: { maxParamLength: 300 } });
  sendSecurityHeaders(server, secure);
  answerErrors(server, deps);
  await server.register(async (api) => {
    serveRoutes(api, deps, allRoutes(deps), { gate: makeGate(deps), secureCookies: secure, allowedOrigin: new URL(deps.publicUrl).origin, ...(options.checkAnswers ? { checkAnswers: true } : {}), aside: options.aside ?? null });
  }, { prefix: '/api/v1' });
  await serveApiDocs(server);
  if (options.pages !== false) await servePages(server);
  return server;
}

async function listen(server: FastifyInstance, host: string, port: number): Promise<string> {
  await server.listen({ host, port });
  const { address, port: taken } = server.server.address() as AddressInfo;
  return `http://${address === '0.0.0.0' || address === '::' ? 'localhost' : address}:${taken}`;
}

/** Starts what the role asks for: pages and API, due work, or both. */
export async function startApp({ config, urls, log, serving, announces = true }: AppOptions): Promise<App> {
  const input = depsInput(config, urls.appUrl, log);
  const { deps, close } = await makeDeps(input);
  const closers: (() => Promise<unknown>)[] = [close];
  const closeAll = async () => { for (const one of closers.toReversed()) await one(); };
  try {
    let address: string | undefined;
    if (serving) {
      closers.push(serving.close);
      address = await serving.start(log);
    } else if (config.role !== 'worker') {
      const aside = openBookingThread(input);
      if (aside) closers.push(aside.close);
      const [server] = await Promise.all([makeServer(deps, { proxies: config.proxies, aside }), aside?.ready]);
      closers.push(() => server.close());
      address = await listen(server, config.host, config.port);
    }
    if (config.role !== 'api') {
      const worker = startWorker(deps, jobHandlers);
      const sweeping = setInterval(() => void sweepAccess(deps).catch((error: Error) => log.warn({ error: error.message }, 'old sessions could not be swept')), SWEEP_EVERY_MS);
      closers.push(async () => { clearInterval(sweeping); await worker.stop(); });
    }
    if (announces && config.role !== 'worker') await announceFirstRun(deps, config, urls);
    return { address, close: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
