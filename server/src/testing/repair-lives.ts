import { localDate } from '@wracam/engine/calendar';
import type { RuleDefinition } from '@wracam/engine/rules';
import { jobHandlers } from '../app.ts';
import { runNextJob } from '../platform/jobs.ts';
import { verifyProgram } from '../modules/ledger/index.ts';
import { FIRST_RULES } from '../setup.ts';
import type { TestApp, TestProgram } from './app.ts';

export const RIGHT: RuleDefinition = { ...FIRST_RULES[0]!, effect: { kind: 'perAmount', points: 2, perMinor: 1000, rounding: 'down', per: 'transaction' }, caps: { ...FIRST_RULES[0]!.caps, perMemberDay: 150 } };
export const WRONG: RuleDefinition = { ...RIGHT, effect: { kind: 'perAmount', points: 1, perMinor: 1000, rounding: 'down', per: 'transaction' } };
export const BONUS: RuleDefinition = { ...RIGHT, name: 'Kawa podwójnie', lines: { attribute: 'line.category', operator: 'is', value: 'kawa' }, effect: { kind: 'multiplier', numerator: 2, denominator: 1 }, caps: { perTransaction: null, perMemberDay: null, perProgram: null } };
/** Of the program's time zone: near midnight it is not the day of UTC. */
export const TODAY = localDate('Europe/Warsaw', Date.now());
export const PERIOD = { from: '2000-01-01', until: TODAY };

export type Life = { shop: TestProgram; members: { id: string }[]; params: { program: string }; rule: string };

/** Lives of three members under a rule that is right or wrong, and the steps of a repair. */
export function repairLives(app: () => TestApp) {
  /** Works until nothing of the repair is under way. */
  async function settled(shop: TestProgram, repair: string) {
    for (let turn = 0; turn < 1_000; turn += 1) {
      const view = await shop.api.getRepair({ params: { program: shop.code, repair } });
      if (!['waiting', 'running', 'booking', 'undoing'].includes(view.state)) return view;
      await runNextJob(app().deps, jobHandlers);
    }
    throw new Error('the repair did not end');
  }

  /** The same life under one rule or the other: sales, a bonus, a limit of the day, returns, an order, points paid at the till. */
  async function live(rule: RuleDefinition, over: { debtLimit?: number; debtPolicy?: 'allow' | 'nextEarnings' | 'refuse' } = {}): Promise<Life> {
    const shop = await app().program({ rules: [rule, BONUS] });
    const params = { program: shop.code };
    if (over.debtPolicy) await shop.api.changeWallet({ params: { ...params, wallet: 'punkty' }, body: { revision: 1, ...over } });
    const members: { id: string }[] = [];
    for (const name of ['A', 'B', 'C']) members.push(await shop.api.createMember({ params, body: { firstName: name, card: `${shop.code}-${name}`, termsVersion: 1 } }));
    const { items } = await shop.api.listRules({ params });
    return { shop, members, params, rule: items.find((one) => one.current!.definition.name === rule.name)!.id };
  }

  let count = 0;
  const number = () => count += 1;
  const post = ({ shop, params }: Life, body: object) => shop.api.recordTransaction({ params, body: { source: 'till', externalId: `D${number()}`, occurredAt: new Date().toISOString(), ...body } as never });
  const sale = (life: Life, who: number, totalMinor: number, more: object = {}) => post(life, { kind: 'sale', member: { id: life.members[who]!.id }, totalMinor, ...more });

  const balances = async ({ shop, params, members }: Life) => {
    const found = [];
    for (const { id } of members) {
      const { balances: [{ available, pending, held, debt, expiring }] } = await shop.api.getBalances({ params: { ...params, member: id } }) as never as { balances: [{ available: number; pending: number; held: number; debt: number; expiring: unknown }] };
      found.push({ available, pending, held, debt, expiring });
    }
    return found;
  };
  const nets = async (life: Life) => (await balances(life)).map((one) => one.available + one.pending + one.held - one.debt);

  /** Changes the rule's draft to what is right. */
  async function draftRight({ shop, params, rule }: Life, definition = RIGHT) {
    const { revision } = await shop.api.getRule({ params: { ...params, rule } });
    await shop.api.changeRule({ params: { ...params, rule }, body: { revision, definition: definition as never } });
  }
  const counted = async ({ shop, params, rule }: Life, more: object = {}) => settled(shop, (await shop.api.startRepair({ params, body: { rule, ...PERIOD, ...more } })).id);
  const booked = async ({ shop, params }: Life, repair: string, reason = 'Zły przelicznik') => { await shop.api.bookRepair({ params: { ...params, repair }, body: { reason } }); return settled(shop, repair); };
  const undone = async ({ shop, params }: Life, repair: string) => { await shop.api.undoRepair({ params: { ...params, repair }, body: { reason: 'Pomyłka' } }); return settled(shop, repair); };
  const sound = async ({ shop }: Life) => (await verifyProgram(app().deps.db, shop.id)).differences;
  return { settled, live, post, sale, balances, nets, draftRight, counted, booked, undone, sound, number };
}
