import { cardOf } from '../accrual/seed.ts';
import { allAtOnce, type Call, type Client, type Reply } from './client.ts';

/** Two servers on one database, and what rounds need to set themselves up. */
export interface Arena {
  client: Client;
  ports: readonly [number, number];
  /** A member nobody has used yet, by card. */
  freshMember: () => string;
  /** Members with more points than any round spends. */
  rich: readonly string[];
  /** Pieces at the start, by the reward's public id. */
  stock: Map<string, number>;
}

export interface RoundOutcome { overlapped: boolean; faults: string[] }
type Round = (arena: Arena, n: number) => Promise<RoundOutcome>;

const DEVICES = 8;
const COST = 30;
const memberPath = (card: string) => `/members/card:${card}`;

/** Sends to one server, and expects 200: setting up is not part of the race. */
async function must(arena: Arena, call: Call): Promise<Record<string, unknown>> {
  const reply = await arena.client.send(arena.ports[0], call);
  if (reply.status !== 200) throw new Error(`${call.path} was answered ${reply.status}: ${JSON.stringify(reply.body)}`);
  return reply.body;
}

/** Sends all at once, to both servers in turn. */
const race = (arena: Arena, calls: readonly Call[]): Promise<Reply[]> => Promise.all(calls.map((call, i) => arena.client.send(arena.ports[i % 2] ?? 0, call)));

interface Balance { available: number; held: number; debt: number }
async function balanceOf(arena: Arena, card: string): Promise<Balance> {
  const { balances } = (await must(arena, { method: 'GET', path: `${memberPath(card)}/balances` })) as unknown as { balances: Balance[] };
  const [one] = balances;
  if (!one) throw new Error('a program without a wallet');
  return one;
}

async function fundedMember(arena: Arena, points: number): Promise<string> {
  const card = arena.freshMember();
  if (points > 0) await must(arena, { path: `${memberPath(card)}/adjustments`, body: { points, reason: 'start' } });
  return card;
}

async function newReward(arena: Arena, pricePoints: number, stockLeft: number): Promise<string> {
  const { id } = await must(arena, { path: '/rewards', body: { name: 'Kubek', pricePoints, stockLeft } });
  arena.stock.set(String(id), stockLeft);
  return String(id);
}

/** Wins, and a fault for every answer that is neither a win nor one of the refusals a loser may get. */
function judge(replies: readonly Reply[], losers: readonly string[]): { wins: Reply[]; faults: string[] } {
  const faults = replies.filter((one) => one.status !== 200 && !losers.includes(String(one.body['code']))).map((one) => `an answer ${one.status} ${JSON.stringify(one.body).slice(0, 200)}`);
  return { wins: replies.filter((one) => one.status === 200), faults };
}

const expect = (faults: string[], what: string, seen: unknown, wanted: unknown) => {
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) faults.push(`${what}: ${JSON.stringify(seen)} instead of ${JSON.stringify(wanted)}`);
};

/** One balance, many devices, in every way points can go: exactly as many win as the balance pays for. */
const oneBalance: Round = async (arena, n) => {
  const payable = n % DEVICES;
  const points = payable * COST + (n % COST);
  const card = await fundedMember(arena, points);
  const reward = await newReward(arena, COST, 1000);
  const ways: readonly (() => Call)[] = [
    () => ({ path: '/orders', body: { member: { card }, lines: [{ reward, quantity: 1 }] } }),
    () => ({ path: `${memberPath(card)}/holds`, body: { points: COST } }),
    () => ({ path: '/transactions', body: { source: 'race', externalId: `pay-${n}-${Math.random()}`, kind: 'sale', occurredAt: new Date().toISOString(), member: { card }, totalMinor: 500, payments: [{ kind: 'points', amountMinor: 500, points: COST }] } }),
    () => ({ path: `${memberPath(card)}/adjustments`, body: { points: -COST, reason: 'race' } }),
  ];
  const mixed = Math.floor(n / DEVICES) % (ways.length + 1);
  const replies = await race(arena, Array.from({ length: DEVICES }, (_, i) => (ways[mixed] ?? ways[(i + n) % ways.length] ?? (() => { throw new Error('no way'); }))()));
  const { wins, faults } = judge(replies, ['points_not_enough']);
  const { available, held, debt } = await balanceOf(arena, card);
  expect(faults, 'winners', wins.length, payable);
  expect(faults, 'available after them', available, points - payable * COST);
  if (held < 0 || held > payable * COST || debt !== 0) faults.push(`held ${held}, debt ${debt}`);
  return { overlapped: allAtOnce(replies), faults };
};

/** The last pieces of a reward, more members than pieces. */
const lastItem: Round = async (arena, n) => {
  const pieces = 1 + (n % 3);
  const reward = await newReward(arena, 1, pieces);
  const replies = await race(arena, Array.from({ length: DEVICES }, (_, i) => ({ path: '/orders', body: { member: { card: arena.rich[(n + i * 7) % arena.rich.length] }, lines: [{ reward, quantity: 1 }] } })));
  const { wins, faults } = judge(replies, ['stock_not_enough']);
  const { stockLeft } = await must(arena, { method: 'GET', path: `/rewards/${reward}` });
  expect(faults, 'winners', wins.length, pieces);
  expect(faults, 'pieces left', stockLeft, 0);
  return { overlapped: allAtOnce(replies), faults };
};

/** A sale and its full return arrive together, each at both servers. Whoever comes first, nothing is kept and nothing is owed. */
const saleAndReturn: Round = async (arena, n) => {
  const card = arena.freshMember();
  const externalId = `S-${n}`;
  const occurredAt = new Date(Date.now() - 60_000).toISOString();
  const lines = [{ lineId: '1', amountMinor: 6_000 }, { lineId: '2', amountMinor: 4_000 }];
  const sale: Call = { path: '/transactions', body: { source: 'race', externalId, kind: 'sale', occurredAt, member: { card }, totalMinor: 10_000, lines } };
  const back: Call = { path: '/transactions', body: { source: 'race', externalId: `R-${n}`, kind: 'return', occurredAt: new Date().toISOString(), totalMinor: 10_000, lines: lines.map((line) => ({ ...line, of: { source: 'race', externalId, lineId: line.lineId } })) } };
  const replies = await race(arena, n % 2 ? [sale, back, back, sale] : [back, sale, sale, back]);
  const { wins, faults } = judge(replies, []);
  expect(faults, 'first bookings', wins.filter((one) => one.body['duplicate'] === false).length, 2);
  const { available, debt } = await balanceOf(arena, card);
  expect(faults, 'points and debt', [available, debt], [0, 0]);
  const { items } = (await must(arena, { method: 'GET', path: `/transactions?externalId=R-${n}` })) as unknown as { items: { state: string }[] };
  expect(faults, 'the return', items.map((one) => one.state), ['booked']);
  return { overlapped: allAtOnce(replies), faults };
};

/** The same receipt from many devices is one receipt. */
const sameDocument: Round = async (arena, n) => {
  const card = arena.freshMember();
  const call: Call = { path: '/transactions', body: { source: 'race', externalId: `D-${n}`, kind: 'sale', occurredAt: new Date(Date.now() - 1000).toISOString(), member: { card }, totalMinor: 10_000 } };
  const replies = await race(arena, Array.from({ length: DEVICES }, () => call));
  const { wins, faults } = judge(replies, []);
  expect(faults, 'first bookings', wins.filter((one) => one.body['duplicate'] === false).length, 1);
  expect(faults, 'documents', new Set(wins.map((one) => (one.body['transaction'] as { id: string }).id)).size, 1);
  expect(faults, 'points told', [...new Set(wins.map((one) => (one.body['awards'] as { points: number }[])[0]?.points))], [10]);
  expect(faults, 'points', (await balanceOf(arena, card)).available, 10);
  return { overlapped: allAtOnce(replies), faults };
};

/** Confirmed and cancelled at once: a cancelled order has its points and pieces back, another one has spent them. */
const confirmAndCancel: Round = async (arena) => {
  const card = await fundedMember(arena, COST);
  const reward = await newReward(arena, COST, 5);
  const { order } = (await must(arena, { path: '/orders', body: { member: { card }, lines: [{ reward, quantity: 1 }] } })) as unknown as { order: { id: string } };
  const confirm: Call = { path: `/orders/${order.id}/confirm`, body: {} };
  const cancel: Call = { path: `/orders/${order.id}/cancel`, body: {} };
  const replies = await race(arena, [confirm, cancel, cancel, confirm]);
  const { faults } = judge(replies, ['order_state_wrong', 'hold_resolved']);
  const done = (at: readonly number[]) => at.filter((i) => replies[i]?.status === 200).length;
  const [confirmed, cancelled] = [done([0, 3]), done([1, 2])];
  if (confirmed > 1 || cancelled > 1 || confirmed + cancelled === 0) faults.push(`confirmed ${confirmed} times, cancelled ${cancelled} times`);
  const { available, held } = await balanceOf(arena, card);
  const { state } = await must(arena, { method: 'GET', path: `/orders/${order.id}` });
  const { stockLeft } = await must(arena, { method: 'GET', path: `/rewards/${reward}` });
  expect(faults, 'state, available, held, pieces', [state, available, held, stockLeft], cancelled === 1 ? ['cancelled', COST, 0, 5] : ['confirmed', 0, 0, 4]);
  return { overlapped: allAtOnce(replies), faults };
};

/** A hold ends once: captured or released. */
const captureAndRelease: Round = async (arena) => {
  const card = await fundedMember(arena, COST);
  const { id } = await must(arena, { path: `${memberPath(card)}/holds`, body: { points: COST } });
  const replies = await race(arena, Array.from({ length: DEVICES }, (_, i) => ({ path: `/holds/${String(id)}/${Math.floor(i / 2) % 2 ? 'capture' : 'release'}`, body: {} })));
  const { wins, faults } = judge(replies, ['hold_resolved']);
  expect(faults, 'winners', wins.length, 1);
  const { available, held } = await balanceOf(arena, card);
  expect(faults, 'available, held', [available, held], wins[0]?.body['state'] === 'released' ? [COST, 0] : [0, 0]);
  return { overlapped: allAtOnce(replies), faults };
};

/** One intention under one Idempotency-Key, sent by an impatient client over many lines: it happens once, and every answer is the first. */
const oneIntention: Round = async (arena, n) => {
  const card = arena.freshMember();
  const replies = await race(arena, Array.from({ length: DEVICES }, () => ({ path: `${memberPath(card)}/adjustments`, body: { points: 10, reason: 'once' }, key: `intention-${n}` })));
  const { wins, faults } = judge(replies, []);
  expect(faults, 'transfers', new Set(wins.map((one) => (one.body['transfer'] as { id: string }).id)).size, 1);
  expect(faults, 'points', (await balanceOf(arena, card)).available, 10);
  return { overlapped: allAtOnce(replies), faults };
};

/** An adjustment is taken back once. */
const oneReversal: Round = async (arena) => {
  const card = await fundedMember(arena, 1000);
  const { transfer } = (await must(arena, { path: `${memberPath(card)}/adjustments`, body: { points: 10, reason: 'mistake' } })) as unknown as { transfer: { id: string } };
  const replies = await race(arena, Array.from({ length: DEVICES }, () => ({ path: `/transfers/${transfer.id}/reverse`, body: { reason: 'taken back' } })));
  const { wins, faults } = judge(replies, ['transfer_not_reversible']);
  expect(faults, 'reversals', wins.length, 1);
  expect(faults, 'points', (await balanceOf(arena, card)).available, 1000);
  return { overlapped: allAtOnce(replies), faults };
};

export const rounds: Readonly<Record<string, Round>> = { oneBalance, lastItem, saleAndReturn, sameDocument, confirmAndCancel, captureAndRelease, oneIntention, oneReversal };

/** Fills an arena: `richMembers` members with plenty of points; the rest of the seeded members are fresh. */
export async function openArena(client: Client, ports: readonly [number, number], members: number, richMembers: number): Promise<Arena> {
  let next = richMembers + 1;
  const rich = Array.from({ length: richMembers }, (_, i) => cardOf(i + 1));
  const arena: Arena = {
    client, ports, rich, stock: new Map(),
    freshMember: () => {
      if (next > members) throw new Error('more rounds than seeded members');
      return cardOf(next++);
    },
  };
  for (const card of rich) await must(arena, { path: `${memberPath(card)}/adjustments`, body: { points: 1_000_000, reason: 'start' } });
  return arena;
}
