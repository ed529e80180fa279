import { ApiProblem, createClient, newIdempotencyKey, type Client, type Member, type RuleDefinition, type TransactionAnswer, type TransactionInput } from '@wracam/sdk';
import { expect } from 'vitest';

/** Where a scenario plays: a server, or several that share a database. It makes a test program whose clock shows `startsAt`, with no rules. */
export type Stage = { readonly openProgram: (startsAt: string) => Promise<{ code: string; apiKey: string }>; readonly baseUrls: readonly string[]; readonly fetch?: typeof fetch };

/** A shop that lives through time by the public SDK alone. Amounts in grosze, dates as the till would send them. */
export type Shop = Awaited<ReturnType<typeof openShop>>;

const RULE: RuleDefinition = {
  name: 'Punkty za zakupy', wallet: 'punkty', when: null, lines: null, effect: { kind: 'perAmount', points: 1, perMinor: 1000, rounding: 'down', per: 'transaction' }, schedule: { from: null, until: null },
  priority: 100, exclusiveGroup: null, caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: null,
};

/** A client that asks the servers in turn, so that whatever one of them knows the next must know too. */
function roundRobin({ baseUrls, fetch: send = fetch }: Stage, apiKey: string): Client {
  let turn = 0;
  const [first] = baseUrls;
  const inTurn: typeof fetch = (input, init) => send(String(input).replace(first!, baseUrls[(turn += 1) % baseUrls.length]!), init);
  return createClient({ baseUrl: first!, apiKey, fetch: inTurn, language: 'pl' });
}

let numbers = 0;
const next = (prefix: string) => `${prefix}-${numbers += 1}`;

export async function openShop(stage: Stage, startsAt: string) {
  const { code, apiKey } = await stage.openProgram(startsAt);
  const api = roundRobin(stage, apiKey);
  const params = { program: code };
  const now = async () => (await api.getTestClock({ params })).now;

  const shop = {
    api, params, now,
    /** Moves the clock, through everything that falls due on the way. */
    at: async (instant: string) => { await api.moveTestClock({ params, body: { now: instant } }); },
    /** Publishes a rule: a point for every full 10 zł, but for what is said otherwise. */
    rule: async (change: Partial<RuleDefinition> = {}) => {
      const draft = await api.createRule({ params, body: { definition: { ...RULE, ...change } } });
      return api.publishRule({ params: { ...params, rule: draft.id }, body: { revision: draft.revision } });
    },
    join: (card = next('KARTA')): Promise<Member> => api.createMember({ params, body: { firstName: 'Anna', card, termsVersion: 1 } }),
    /** A sale of now, to a member or to nobody. */
    sell: async (member: Member | null, totalMinor: number, more: Partial<TransactionInput> = {}): Promise<TransactionAnswer> =>
      api.recordTransaction({ params, body: { source: 'kasa', externalId: next('P'), kind: 'sale', occurredAt: await now(), totalMinor, ...(member ? { member: { id: member.id } } : {}), ...more } }),
    /** A return of now: all of a sale, or the amount that is said. */
    takeBack: async (sale: TransactionAnswer, totalMinor = sale.transaction.totalMinor, more: Partial<TransactionInput> = {}): Promise<TransactionAnswer> =>
      api.recordTransaction({ params, body: { source: 'kasa', externalId: next('Z'), kind: 'return', occurredAt: await now(), totalMinor, of: { source: sale.transaction.source, externalId: sale.transaction.externalId }, ...more } }),
    balance: async (member: Member, wallet = 'punkty') => {
      const { balances } = await api.getBalances({ params: { ...params, member: member.id } });
      const { expiring: _, wallet: __, ...figures } = balances.find((one) => one.wallet === wallet)!;
      return figures;
    },
    history: async (member: Member) => (await api.listHistory({ params: { ...params, member: member.id } })).items,
    /** Sends the same POST again with its key, to whichever server is next. */
    twice: async <T>(send: (idempotencyKey: string) => Promise<T>): Promise<T> => {
      const key = newIdempotencyKey();
      const first = await send(key);
      expect(await send(key)).toEqual(first);
      return first;
    },
  };
  return shop;
}

/** The code with which the API says no; 'done' when it does not. */
export const refusal = (work: Promise<unknown>): Promise<string> => work.then(() => 'done', (error: unknown) => {
  if (error instanceof ApiProblem) return error.problem.code;
  throw error;
});

export const points = (available: number, more: Partial<{ pending: number; held: number; debt: number }> = {}) => ({ available, pending: 0, held: 0, debt: 0, ...more });
