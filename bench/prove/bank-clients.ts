import { setTimeout as sleep } from 'node:timers/promises';
import type { BankLog, Operation } from './bank-log.ts';
import { NoAnswer, type Call, type Client, type Reply } from './client.ts';

/** What is going on, for the one who kills: a kill counts only in the middle of work. */
export interface Pulse {
  inFlight: number;
  acknowledged: number;
  /** Requests whose fate was not known and became known by repeating them. */
  settled: number;
  /** Answers 500: the product must say 503 when its database is away. */
  internal: number;
  stopping: boolean;
}

interface Sale { id: string; leftMinor: number }
/** A client's own members belong to no other client, so it knows what each of its requests meets. */
interface Wallet { card: string; sales: Sale[]; orders: { id: string; state: 'placed' | 'confirmed' }[]; holds: string[] }

const PAUSE_MS = 40;
/** Nobody answers for as long as a recovery takes; then the run is stuck, and that is a finding. */
const PATIENCE_MS = 60_000;
const REMEMBERED = 12;

const pickFrom = <T>(list: readonly T[]): T | undefined => list[Math.floor(Math.random() * list.length)];
const between = (low: number, high: number) => low + Math.floor(Math.random() * (high - low + 1));

/** Works through operations one after another until told to stop: intent on disk, send, repeat until the answer is definite, result on disk. */
export async function runClient(no: number, cards: readonly string[], rewards: readonly { id: string; points: number }[], client: Client, port: number, log: BankLog, pulse: Pulse): Promise<void> {
  const wallets = cards.map((card): Wallet => ({ card, sales: [], orders: [], holds: [] }));
  for (let n = 0; !pulse.stopping; n++) {
    const wallet = wallets[n % wallets.length];
    if (!wallet) return;
    const operation = choose(`B${no}-${n}`, wallet, rewards);
    await log.write({ at: 'intent', operation });
    const reply = await untilDefinite(operation, callOf(operation), client, port, log, pulse);
    if (reply.status === 200) {
      const made = madeBy(operation, reply);
      await log.write({ at: 'ok', id: operation.id, ...(made === undefined ? {} : { made }), ...pointsTold(operation, reply) });
      pulse.acknowledged++;
      remember(wallet, operation, made);
    } else await log.write({ at: 'fail', id: operation.id, code: String(reply.body['code']) });
  }
}

async function untilDefinite(operation: Operation, call: Call, client: Client, port: number, log: BankLog, pulse: Pulse): Promise<Reply> {
  let unknown = false;
  for (const start = Date.now(); Date.now() - start < PATIENCE_MS; await sleep(PAUSE_MS)) {
    pulse.inFlight++;
    const reply = await client.send(port, call).catch((error: unknown) => {
      if (error instanceof NoAnswer) return null;
      throw error;
    });
    pulse.inFlight--;
    if (reply && reply.status < 500) {
      if (unknown) pulse.settled++;
      return reply;
    }
    if (reply?.status === 500) pulse.internal++;
    if (!unknown) await log.write({ at: 'unknown', id: operation.id });
    unknown = true;
  }
  throw new Error(`${operation.id} got no definite answer for ${PATIENCE_MS / 1000} seconds`);
}

function choose(id: string, { card, sales, orders, holds }: Wallet, rewards: readonly { id: string; points: number }[]): Operation {
  const draw = Math.random();
  const sale = pickFrom(sales.filter((one) => one.leftMinor > 0));
  const order = pickFrom(orders);
  const hold = pickFrom(holds);
  if (draw < 0.15 && sale) return { id, kind: 'return', card, sale: sale.id, amountMinor: Math.random() < 0.3 ? sale.leftMinor : between(1, sale.leftMinor) };
  if (draw < 0.25) return { id, kind: 'adjust', card, points: Math.random() < 0.5 ? between(1, 50) : -between(1, 60) };
  if (draw < 0.38) { const reward = pickFrom(rewards); if (reward) return { id, kind: 'order', card, reward: reward.id, points: reward.points }; }
  if (draw < 0.48 && order) return { id, kind: order.state === 'placed' && Math.random() < 0.5 ? 'confirm' : 'cancel', card, order: order.id };
  if (draw < 0.56) return { id, kind: 'hold', card, points: between(1, 40) };
  if (draw < 0.64 && hold) return { id, kind: Math.random() < 0.5 ? 'capture' : 'release', card, hold };
  return { id, kind: 'sale', card, totalMinor: between(1, 90_000) };
}

function callOf(operation: Operation): Call {
  const { id, card } = operation;
  const document = { source: 'bank', externalId: id, occurredAt: new Date(Date.now() - 1000).toISOString(), member: { card } };
  switch (operation.kind) {
    case 'sale': return { path: '/transactions', body: { ...document, kind: 'sale', totalMinor: operation.totalMinor } };
    case 'return': return { path: '/transactions', body: { ...document, kind: 'return', totalMinor: operation.amountMinor, of: { source: 'bank', externalId: operation.sale } } };
    case 'adjust': return { path: `/members/card:${card}/adjustments`, key: id, body: { points: operation.points, reason: id } };
    case 'order': return { path: '/orders', key: id, body: { member: { card }, lines: [{ reward: operation.reward, quantity: 1 }], note: id } };
    case 'confirm': return { path: `/orders/${operation.order}/confirm`, key: id };
    case 'cancel': return { path: `/orders/${operation.order}/cancel`, key: id, body: { reason: id } };
    case 'hold': return { path: `/members/card:${card}/holds`, key: id, body: { points: operation.points } };
    case 'capture': case 'release': return { path: `/holds/${operation.hold}/${operation.kind}`, key: id };
  }
}

const madeBy = (operation: Operation, { body }: Reply): string | undefined =>
  (operation.kind === 'order' ? (body['order'] as { id: string }).id : operation.kind === 'hold' ? String(body['id']) : undefined);

const sum = (list: unknown) => (list as { points: number }[]).reduce((total, one) => total + one.points, 0);
/** What the answer said about points, to be held against the checker's own arithmetic. */
const pointsTold = (operation: Operation, { body }: Reply): { points?: number } =>
  (operation.kind === 'sale' ? { points: sum(body['awards']) } : operation.kind === 'return' ? { points: -sum(body['takenBack']) } : {});

function remember(wallet: Wallet, operation: Operation, made: string | undefined): void {
  if (operation.kind === 'sale') wallet.sales = [...wallet.sales, { id: operation.id, leftMinor: operation.totalMinor }].slice(-REMEMBERED);
  if (operation.kind === 'return') for (const sale of wallet.sales) if (sale.id === operation.sale) sale.leftMinor -= operation.amountMinor;
  if (operation.kind === 'order' && made) wallet.orders = [...wallet.orders, { id: made, state: 'placed' as const }].slice(-REMEMBERED);
  if (operation.kind === 'confirm') wallet.orders = wallet.orders.map((one) => (one.id === operation.order ? { ...one, state: 'confirmed' as const } : one));
  if (operation.kind === 'cancel') wallet.orders = wallet.orders.filter((one) => one.id !== operation.order);
  if (operation.kind === 'hold' && made) wallet.holds = [...wallet.holds, made].slice(-REMEMBERED);
  if (operation.kind === 'capture' || operation.kind === 'release') wallet.holds = wallet.holds.filter((one) => one !== operation.hold);
}
