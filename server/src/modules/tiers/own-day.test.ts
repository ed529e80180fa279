import { startOfLocalDay, type LocalDate } from '@wracam/engine/calendar';
import type { TierLadder } from '@wracam/engine/tiers/ladder';
import { ladder, level } from '@wracam/engine/testing/tiers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FIRST_RULES } from '../../setup.ts';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';

/** A level decides the sales of its own days: those that come late, and those of a day on which something changed. */
const ZONE = 'Europe/Warsaw';
const at = (date: LocalDate, hour: number) => new Date(startOfLocalDay(ZONE, date) + hour * 3_600_000).toISOString();
const levels = (silver: number, gold: number) => [level('brazowy', 0), level('srebrny', silver), level('zloty', gold)];
const LADDER = ladder({ levels: levels(50_000, 120_000) });
/** A sale tells by its points which level decided it. */
const GOLD = 500;
const RULES = [{ ...FIRST_RULES[0]!, name: 'Dla złotych', when: { attribute: 'member.tier', operator: 'is', value: 'zloty' }, effect: { kind: 'fixed', points: GOLD } } as const];

let app: TestApp;
let shop: TestProgram;
let anna: string;
let count = 0;
beforeAll(async () => { app = await testApp(); });
beforeEach(async () => {
  shop = await app.program({ test: true, startsAt: Date.parse(at('2026-03-02', 12)), rules: RULES });
  anna = (await shop.api.createMember({ params: params(), body: { firstName: 'Anna', card: `A-${count += 1}`, termsVersion: 1 } })).id;
});
afterAll(() => app.close());

const params = () => ({ program: shop.code });
const publish = async (definition: TierLadder, effectiveOn?: LocalDate) => {
  const { revision } = await shop.api.getTiers({ params: params() });
  await shop.api.changeTiers({ params: params(), body: { revision, definition: definition as never } });
  await shop.api.publishTiers({ params: params(), body: { revision: revision + 1, despiteNotice: true, ...(effectiveOn ? { effectiveOn } : {}) } });
};
const clock = (date: LocalDate, hour = 12) => shop.api.moveTestClock({ params: params(), body: { now: at(date, hour) } });
const sale = async (totalMinor: number, on: LocalDate) => {
  const externalId = `S-${count += 1}`;
  const { awards } = await shop.api.recordTransaction({ params: params(), body: { source: 'till', externalId, kind: 'sale', occurredAt: at(on, 9), totalMinor, member: { id: anna } } });
  return { externalId, points: awards.reduce((sum, one) => sum + one.points, 0) };
};
const giveBack = (externalId: string, totalMinor: number, on: LocalDate) => shop.api.recordTransaction({ params: params(), body: { source: 'till', externalId: `R-${count += 1}`, kind: 'return', occurredAt: at(on, 10), totalMinor, of: { source: 'till', externalId } } });
const late = async (on: LocalDate) => (await sale(100, on)).points;
const code = async () => (await shop.api.getMemberTier({ params: { ...params(), member: anna } })).tier!.level?.code ?? null;
const grant = (until?: LocalDate) => shop.api.grantTier({ params: { ...params(), member: anna }, body: { level: 'zloty', reason: 'Przeprosiny', ...(until ? { until } : {}) } });

describe('on the day on which a harder ladder is published, a level', () => {
  const harder = ladder({ levels: levels(100_000, 200_000) });
  it('that was reached in the morning stays, and no late sale takes it away', async () => {
    await publish(LADDER);
    await clock('2026-03-05');
    await sale(60_000, '2026-03-05');
    await publish(harder);
    await clock('2026-03-05', 14);
    expect(await code()).toBe('srebrny');
    await clock('2026-03-07');
    await sale(100, '2026-03-04');
    expect([await code(), await app.ask('select level from member_tier where program_id = $1', [shop.id])]).toEqual(['srebrny', [{ level: 'srebrny' }]]);
  });
  it('is reached by either ladder, whichever sale comes first', async () => {
    await publish(LADDER);
    await clock('2026-03-05');
    await publish(harder);
    await sale(60_000, '2026-03-05');
    expect(await code()).toBe('srebrny');
    await clock('2026-03-07');
    expect(await code()).toBe('srebrny');
  });
  it('is reached by the new one alone where that was planned for the day', async () => {
    await publish(LADDER);
    await publish(harder, '2026-03-05');
    await clock('2026-03-05');
    await sale(60_000, '2026-03-05');
    expect(await code()).toBe('brazowy');
  });
});

describe('a level given by hand', () => {
  it('decides sales of its days, from that on which it was given, and not those of before', async () => {
    await publish(LADDER);
    await clock('2026-03-10');
    await grant();
    expect([await late('2026-03-09'), await late('2026-03-10')]).toEqual([0, GOLD]);
    await clock('2026-03-15');
    expect([await late('2026-03-08'), await late('2026-03-12')]).toEqual([0, GOLD]);
  });
  it('decides late sales of its days also when it has ended, or was taken back, or another was given since', async () => {
    await publish(LADDER);
    await clock('2026-03-10');
    await grant('2026-03-12');
    await clock('2026-03-20');
    expect([await late('2026-03-12'), await late('2026-03-13')]).toEqual([GOLD, 0]);
    await grant('2026-04-30');
    await clock('2026-03-23');
    await shop.api.revokeTier({ params: { ...params(), member: anna }, body: { reason: 'Pomyłka' } });
    await clock('2026-03-25');
    await shop.api.grantTier({ params: { ...params(), member: anna }, body: { level: 'srebrny', reason: 'Przeprosiny' } });
    const days: LocalDate[] = ['2026-03-09', '2026-03-11', '2026-03-19', '2026-03-22', '2026-03-23', '2026-03-25'];
    const points: number[] = [];
    for (const day of days) points.push(await late(day));
    expect(points).toEqual([0, GOLD, 0, GOLD, 0, 0]);
  });
});

describe('a level that returns leave', () => {
  const keeping = ladder({ levels: levels(50_000, 120_000), returns: 'keepLevel' });
  it('decides late sales of its days and not those of before', async () => {
    await publish(keeping);
    await clock('2026-03-10');
    const { externalId } = await sale(120_000, '2026-03-10');
    expect(await late('2026-03-05')).toBe(0);
    await clock('2026-03-12');
    await giveBack(externalId, 120_000, '2026-03-12');
    expect(await code()).toBe('zloty');
    await clock('2026-03-14');
    expect([await late('2026-03-05'), await late('2026-03-11'), await late('2026-03-13'), await code()]).toEqual([0, GOLD, GOLD, 'zloty']);
  });
  it('is left whether its sale and the return come one by one or in one batch, and in either order', async () => {
    await publish(keeping);
    await clock('2026-03-10');
    const [bought, back] = [`S-${count += 1}`, `R-${count += 1}`];
    await shop.api.recordTransactions({ params: params(), body: { transactions: [
      { source: 'till', externalId: back, kind: 'return', occurredAt: at('2026-03-10', 10), totalMinor: 120_000, of: { source: 'till', externalId: bought } },
      { source: 'till', externalId: bought, kind: 'sale', occurredAt: at('2026-03-10', 9), totalMinor: 120_000, member: { id: anna } },
    ] as never } });
    expect(await code()).toBe('zloty');
  });
  it('ends on its last day, and stays until then under a newer ladder that takes levels', async () => {
    await publish(ladder({ ...keeping, period: { kind: 'calendar', unit: 'month' } }));
    await clock('2026-03-10');
    const { externalId } = await sale(120_000, '2026-03-10');
    await giveBack(externalId, 120_000, '2026-03-10');
    await clock('2026-03-11');
    await publish(ladder({ levels: levels(50_000, 120_000), period: { kind: 'calendar', unit: 'month' } }));
    await clock('2026-04-30');
    await sale(100, '2026-04-02');
    expect(await code()).toBe('zloty');
    await clock('2026-05-01', 1);
    expect([await code(), await app.ask('select level from member_tier where program_id = $1', [shop.id])]).toEqual(['brazowy', [{ level: 'brazowy' }]]);
  });
});
