import type { RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { jobHandlers } from '../../app.ts';
import { runNextJob } from '../../platform/jobs.ts';
import { FIRST_RULES } from '../../setup.ts';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const PERIOD = { from: '2026-01-01', until: '2999-12-31' };

async function resultOf(shop: TestProgram, changes: { definition: RuleDefinition }[]) {
  const { id } = await shop.api.startReplay({ params: { program: shop.code }, body: { ...PERIOD, changes: changes as never } });
  for (let turn = 0; turn < 50; turn += 1) {
    const view = await shop.api.getReplay({ params: { program: shop.code, replay: id } });
    if (view.state === 'done') return { id, result: view.result! };
    await runNextJob(app.deps, jobHandlers);
  }
  throw new Error('the replay did not end');
}

it('a replay adds up by the program’s own segments, and decides by them as the booking does', async () => {
  const shop = await app.program();
  const params = { program: shop.code };
  const [anna, jan] = await Promise.all(['Anna', 'Jan'].map((firstName) => shop.api.createMember({ params, body: { firstName, card: `${shop.code}-${firstName}`, termsVersion: 1 } })));
  await shop.api.changeMember({ params: { ...params, member: anna!.id }, body: { groups: ['klub'] } });
  const segment = (name: string, condition: object) => shop.api.createSegment({ params, body: { name, condition: condition as never } });
  await segment('Klub', { attribute: 'member.group', operator: 'includesAny', value: ['klub'] });
  await segment('Po dwóch zakupach', { attribute: 'history.salesCount', operator: 'atLeast', value: 2 });
  await segment('Ostatnio z kawą', { attribute: 'history.days.30.category', operator: 'includesAny', value: ['kawa'] });
  const { id: old } = await segment('Stary', { attribute: 'member.kind', operator: 'is', value: 'person' });
  await shop.api.archiveSegment({ params: { ...params, segment: old } });
  const sell = (externalId: string, member: string, category: string) => shop.api.recordTransaction({ params, body: { source: 'till', externalId, kind: 'sale', occurredAt: new Date().toISOString(), member: { id: member }, totalMinor: 10_000, lines: [{ lineId: '1', category, amountMinor: 10_000 }] } });
  await sell('S1', anna!.id, 'herbata');
  for (const no of [2, 3, 4]) await sell(`S${no}`, jan!.id, 'kawa');
  const rule = (segmentName: string, operator: string, points: number): RuleDefinition => ({ ...FIRST_RULES[0]!, name: segmentName, when: { attribute: 'member.segment', operator, value: segmentName }, effect: { kind: 'fixed', points } });

  const { id, result } = await resultOf(shop, [{ definition: rule('Klub', 'inSegment', 7) }, { definition: rule('Po dwóch zakupach', 'inSegment', 100) }]);
  const own = result.segments.filter((one) => one.by === 'segment');
  // Anna: 10, and 7 of the club; Jan: 30, and 100 for his third purchase, before which he had two.
  expect(own).toEqual([{ by: 'segment', value: 'Klub', members: 1, now: 10, draft: 17 }, { by: 'segment', value: 'Ostatnio z kawą', members: 1, now: 30, draft: 130 }, { by: 'segment', value: 'Po dwóch zakupach', members: 1, now: 30, draft: 130 }]);
  expect(result.check).toEqual({ checked: 4, differing: 0 });
  // Facts that change in a member's life are named, also those that only a segment asks for.
  expect(result.changingFacts).toEqual(['grupa']);
  const { text } = await shop.api.getReplayTable({ params: { ...params, replay: id, table: 'segments' } });
  expect(text).toContain('\r\nsegment,Klub,1,10,17\r\n');

  // A segment that looks back goes the general way, and comes to the same as a booking.
  expect((await resultOf(shop, [{ definition: rule('Ostatnio z kawą', 'notInSegment', 1) }])).result.draft.earned).toBe(40 + 2);
});
