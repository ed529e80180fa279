import type { RuleDefinition } from '@wracam/engine/rules';
import type { Member, TransactionAnswer } from '@wracam/sdk';
import { FIRST_RULES } from '../setup.ts';
import { verifyProgram } from '../modules/ledger/index.ts';
import type { TestAnswer, TestApp, TestProgram } from './app.ts';

/** A point for each full złoty: figures of tests can be read. */
export const PER_ZLOTY: readonly RuleDefinition[] = [{ ...FIRST_RULES[0]!, effect: { kind: 'perAmount', points: 1, perMinor: 100, rounding: 'down', per: 'transaction' } }];

export type Till = Awaited<ReturnType<typeof openTill>>;

let count = 0;
/** A name that no test has used. */
export const nextName = (prefix: string) => `${prefix}-${count += 1}`;

/** A test program with a clock of its own, and what a till does most. Amounts in grosze; whatever fails throws with its code. */
export async function openTill(app: TestApp, { startsAt = '2026-03-02T09:00:00Z', ...input }: { startsAt?: string; rules?: readonly RuleDefinition[] } = {}) {
  const shop: TestProgram = await app.program({ test: true, startsAt: Date.parse(startsAt), rules: PER_ZLOTY, ...input });
  const { api, call } = shop;
  const params = { program: shop.code };
  const now = async () => (await api.getTestClock({ params })).now;
  const sale = async (member: Member | null, totalMinor: number, more: Record<string, unknown> = {}) =>
    ({ source: 'kasa', externalId: nextName('S'), kind: 'sale', occurredAt: await now(), totalMinor, ...(member ? { member: { id: member.id } } : {}), ...more });
  const done = <T = TransactionAnswer>(answer: TestAnswer): T => {
    if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  };
  const figures = async (member: Member, wallet = 'punkty') => (await api.getBalances({ params: { ...params, member: member.id } })).balances.find((one) => one.wallet === wallet)!;
  return {
    shop, api, call, params, now, sale, figures,
    moveTo: async (instant: string) => { await api.moveTestClock({ params, body: { now: instant } }); },
    member: (): Promise<Member> => api.createMember({ params, body: { firstName: 'Anna', card: nextName('KARTA'), termsVersion: 1 } }),
    give: async (member: Member, points: number) => (await api.adjustPoints({ params: { ...params, member: member.id }, body: { points, reason: 'Na start' } })).transfer,
    send: (document: object) => call('POST', '/transactions', document),
    sell: async (member: Member | null, totalMinor: number, more: Record<string, unknown> = {}) => done(await call('POST', '/transactions', await sale(member, totalMinor, more))),
    /** All of a sale, or the amount that is said. */
    takeBack: async (of: TransactionAnswer, totalMinor = of.transaction.totalMinor, more: Record<string, unknown> = {}) => {
      const { source, externalId } = of.transaction;
      return done(await call('POST', '/transactions', { source: 'kasa', externalId: nextName('R'), kind: 'return', occurredAt: await now(), totalMinor, of: { source, externalId }, ...more }));
    },
    reward: (pricePoints: number, more: Record<string, unknown> = {}) => api.createReward({ params, body: { name: nextName('Nagroda'), pricePoints, ...more } }),
    order: (member: Member, reward: { id: string }, more: Record<string, unknown> = {}) => call('POST', '/orders', { member: { id: member.id }, lines: [{ reward: reward.id, quantity: 1 }], ...more }),
    available: async (member: Member, wallet = 'punkty') => (await figures(member, wallet)).available,
    /** What all movements add up to, debts included. */
    net: async (member: Member, wallet = 'punkty') => { const { available, pending, held, debt } = await figures(member, wallet); return available + pending + held - debt; },
    history: async (member: Member) => (await api.listHistory({ params: { ...params, member: member.id }, query: { limit: 200 } })).items,
    /** What the books of the program have against themselves. */
    faults: async () => (await verifyProgram(app.deps.db, shop.id)).differences,
  };
}
