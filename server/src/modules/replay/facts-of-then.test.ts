import { localDate } from '@wracam/engine/calendar';
import type { RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp } from '../../testing/app.ts';
import { ruleNamed } from '../../testing/replay-rules.ts';
import { replayed, storedAccounts } from '../../testing/replayed.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

/** Of the program's time zone: near midnight it is not the day of UTC. */
const today = () => localDate('Europe/Warsaw', Date.now()).slice(5);
const bonus = (name: string, points: number, when: NonNullable<RuleDefinition['when']>) => ruleNamed(name, { when, effect: { kind: 'fixed', points } });
/** Each fact that changes gives a number of points of its own, so that the sum says which were true. */
const RULES = [
  ruleNamed('Za zakupy'),
  bonus('Dla klubu', 100, { attribute: 'member.group', operator: 'includesAny', value: ['klub'] }),
  bonus('Dla Alfy', 1_000, { attribute: 'member.company', operator: 'is', value: 'Alfa' }),
  bonus('Lubi kawę', 10_000, { attribute: 'member.attribute.lubi', operator: 'is', value: 'kawa' }),
  bonus('Urodziny', 100_000, { attribute: 'calendar.isBirthday', operator: 'isTrue', value: null }),
];

async function shopWithPeople() {
  const shop = await app.program({ rules: RULES });
  const params = { program: shop.code };
  const alfa = await shop.api.createCircle({ params, body: { kind: 'company', name: 'Alfa' } });
  const [anna, jan] = await Promise.all(['A', 'B'].map((card) => shop.api.createMember({ params, body: { firstName: 'Ola', card: `${shop.code}-${card}`, termsVersion: 1 } })));
  let count = 0;
  const sell = async (member: { id: string }) => (await shop.api.recordTransaction({ params, body: { source: 'till', externalId: `S${count += 1}`, kind: 'sale', occurredAt: new Date().toISOString(), member: { id: member.id }, totalMinor: 1_000 } })).awards.reduce((sum, one) => sum + one.points, 0);
  const change = (member: { id: string }, body: object) => shop.api.changeMember({ params: { ...params, member: member.id }, body });
  return { shop, params, alfa, anna: anna!, jan: jan!, sell, change };
}

describe('history booked again', () => {
  it('takes groups, company, own attributes and birthday of each member as they were at each document', async () => {
    const { shop, params, alfa, anna, jan, sell, change } = await shopWithPeople();
    const points: number[] = [];
    const buy = async () => { points.push(await sell(anna)); await sell(jan); };
    await buy();
    await change(anna, { groups: ['klub'], attributes: { lubi: 'kawa', rozmiar: 'L' } });
    await buy();
    await change(anna, { groups: ['klub', 'stali'], company: alfa.id, birthDate: `1990-${today()}` });
    await buy();
    await shop.api.changeCircle({ params: { ...params, circle: alfa.id }, body: { name: 'Alfa i synowie' } });
    await change(anna, { attributes: { rozmiar: 'L' } });
    await buy();
    await shop.api.changeCircle({ params: { ...params, circle: alfa.id }, body: { name: 'Alfa' } });
    await change(anna, { groups: [], birthDate: null });
    await buy();
    await change(anna, { company: null });
    await buy();
    expect(points).toEqual([1, 10_101, 111_101, 100_101, 1_001, 1]);
    for (const byKernel of [false, true]) {
      const { result, accounts, generally } = await replayed(app.deps, shop.id, {}, byKernel);
      expect(result.difference).toEqual({ documents: 0, checked: 12, first: null });
      // Only she whose facts changed goes the general way where the kernel takes the rest.
      expect(generally).toBe(byKernel ? 1 : 2);
      if (!byKernel) expect(accounts).toEqual(await storedAccounts(app.ask, shop.id));
    }
  });

  it('keeps nothing where nothing changed, and of the birthday no date in plain', async () => {
    const { shop, anna, change } = await shopWithPeople();
    await change(anna, { groups: ['b', 'a'], attributes: { x: 1, y: true }, birthDate: '1984-07-31' });
    const rows = () => app.ask<{ fact: number; value: unknown; sealed: Buffer | null }>('select fact, value, sealed from member_past where program_id = $1 order by until, fact', [shop.id]);
    // What was before the first change: no attributes, no groups, no birthday.
    expect(await rows()).toEqual([{ fact: 1, value: {}, sealed: null }, { fact: 2, value: [], sealed: null }, { fact: 4, value: null, sealed: null }]);
    await change(anna, { groups: ['a', 'b'], attributes: { y: true, x: 1 }, birthDate: '1983-07-31', household: null, firstName: 'Ewa' });
    expect(await rows()).toHaveLength(3);
    await change(anna, { birthDate: null });
    const [last] = (await rows()).slice(-1);
    expect(last).toMatchObject({ fact: 4, value: null });
    expect(last!.sealed!.includes('07-31')).toBe(false);
  });

  it('remembers the company of somebody who left the program', async () => {
    const { shop, params, alfa, anna, sell, change } = await shopWithPeople();
    await change(anna, { company: alfa.id });
    expect(await sell(anna)).toBe(1_001);
    await shop.api.closeMember({ params: { ...params, member: anna.id }, body: { reason: 'na prośbę' } });
    expect((await replayed(app.deps, shop.id)).result.difference).toEqual({ documents: 0, checked: 1, first: null });
  });
});
