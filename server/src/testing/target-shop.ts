import type { RuleDefinition } from '@wracam/engine/rules';
import type { TargetDefinition } from '@wracam/engine/targets/definition';
import { verifyProgram } from '../modules/ledger/index.ts';
import { FIRST_RULES } from '../setup.ts';
import type { TestApp } from './app.ts';

export const START = '2026-03-02T08:00:00Z';
/** Purchases earn nothing here, so that every point is of a target. */
export const rule = (more: Partial<RuleDefinition> = {}): RuleDefinition => ({
  ...FIRST_RULES[0]!, name: 'Za cel', trigger: { kind: 'event', type: 'sales-target' }, when: { attribute: 'event.field.target', operator: 'is', value: 'obrot' }, lines: null,
  effect: { kind: 'fixed', points: 100 }, ...more,
});
export const target = (more: Partial<TargetDefinition> = {}): TargetDefinition => ({
  name: 'Obrót kwartału', description: null, side: 'member', groups: [], counts: 'amount', when: null, lines: null, amount: 100_000,
  window: { every: 'quarter', from: '2026-01-01', until: null }, settle: 'atOnce', returnDays: 14, ...more,
});

/** A program with a clock, people, and the means to sell, return and let time pass. */
export async function targetShop(app: TestApp, { rules = [rule()], test = true, companies = {} as Record<string, string[]> } = {}) {
  const program = await app.program({ rules, ...(test ? { test: true, startsAt: Date.parse(START) } : {}) });
  const params = { program: program.code };
  const { api } = program;
  const people = new Map<string, { id: string; number: string }>();
  const join = async (name: string) => { people.set(name, await api.createMember({ params, body: { firstName: name, card: `${program.code}-${name}`, termsVersion: 1 } })); };
  for (const name of ['Anna', 'Bogdan', 'Celina']) await join(name);
  const idOf = (name: string) => people.get(name)!.id;
  const innerId = (name: string) => app.deps.publicIds.decode('mem', idOf(name))!;
  for (const [name, members] of Object.entries(companies)) {
    const { id } = await api.createCircle({ params, body: { kind: 'company', name } });
    for (const member of members) await api.changeMember({ params: { ...params, member: idOf(member) }, body: { company: id } });
  }
  let count = 0;
  const now = async () => (test ? (await api.getTestClock({ params })).now : new Date(Date.now() - 1000).toISOString());
  const events = () => app.ask<{ id: string; memberId: number; state: number; externalId: string }>('select id, member_id as "memberId", state, external_id as "externalId" from transaction where program_id = $1 and kind = 4 order by id', [program.id]);
  return {
    program, params, api, people, join, idOf, innerId, now, events,
    start: async (definition: TargetDefinition = target(), items: { participant: string; amount: number }[] = [], code = 'obrot') => {
      const draft = await api.createTarget({ params, body: { code, definition: definition as never } });
      const at = { ...params, target: draft.id };
      const { revision } = items.length === 0 ? draft : await api.replaceTargetAmounts({ params: at, body: { revision: 1, items } });
      return api.startTarget({ params: at, body: { revision } });
    },
    sell: async (name: string, totalMinor: number, more: object = {}) => {
      const externalId = `S-${count += 1}`;
      const { transaction } = await api.recordTransaction({ params, body: { source: 'till', externalId, kind: 'sale', occurredAt: await now(), totalMinor, member: { id: idOf(name) }, ...more } });
      return { externalId, id: transaction.id };
    },
    giveBack: async (sale: { externalId: string }, totalMinor: number) => {
      await api.recordTransaction({ params, body: { source: 'till', externalId: `R-${count += 1}`, kind: 'return', occurredAt: await now(), totalMinor, of: { source: 'till', externalId: sale.externalId } } });
    },
    /** Moves the clock; due work runs on the way. */
    until: (to: string) => api.moveTestClock({ params, body: { now: to } }),
    run: async () => { await api.moveTestClock({ params, body: { now: await now() } }); },
    balance: async (name: string) => (await api.getBalances({ params: { ...params, member: idOf(name) } })).balances[0]!.available,
    /** Who has the event now, by name, in the order of joining. */
    holders: async () => {
      const standing = (await events()).filter((one) => one.state === 1).map((one) => Number(one.memberId));
      return [...people.keys()].flatMap((name) => standing.filter((id) => id === innerId(name)).map(() => name));
    },
    honest: async () => (await verifyProgram(app.deps.db, program.id)).differences,
  };
}
