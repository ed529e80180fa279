import type { Role } from '@wracam/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testApp, type TestApp } from '../../testing/app.ts';
import { createStaff, openSession } from '../access/index.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

it('403 adjust_day_limit_reached by role, in a clear sentence; 403 not_allowed when a manager lifts the limit; without it there is none', async () => {
  const shop = await app.program();
  const anna = await shop.api.createMember({ params: { program: shop.code }, body: { card: 'K-1', termsVersion: 1 } });
  const as = async (role: Role) => {
    const staffId = await createStaff(app.deps, shop.id, { name: role, email: `${role}@${shop.code}.example`, role });
    const { token } = await openSession(app.deps, 'staff', { staffId }, null);
    return (method: string, path: string, body: unknown) => shop.call(method, path, body, { authorization: '', cookie: `wracam_staff=${token}`, origin: 'http://localhost:3000' });
  };
  const [consultant, manager, owner] = [await as('consultant'), await as('manager'), await as('owner')];
  const give = (who: typeof owner, points: number) => who('POST', `/members/${anna.id}/adjustments`, { points, reason: 'Przeprosiny' });
  expect(await manager('PATCH', '', { adjustDayLimits: { manager: null, consultant: 100_000 } })).toMatchObject({ status: 403, body: { code: 'not_allowed' } });
  expect(await owner('PATCH', '', { adjustDayLimits: { manager: null, consultant: 500 } })).toMatchObject({ status: 200, body: { adjustDayLimits: { manager: null, consultant: 500 } } });
  expect((await give(consultant, 300)).status).toBe(200);
  expect(await give(consultant, 201)).toMatchObject({ status: 403, body: { code: 'adjust_day_limit_reached', title: 'W ciągu dnia możesz ręcznie zmienić razem najwyżej 500\u00a0punktów. Na dziś zostało Ci 200.' } });
  expect([(await give(consultant, -200)).status, (await give(consultant, 1)).status, (await give(manager, 5000)).status, (await give(owner, 5000)).status]).toEqual([200, 403, 200, 200]);
});
