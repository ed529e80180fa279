import { afterAll, beforeAll, expect, it } from 'vitest';
import { testApp, type TestApp } from '../../testing/app.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

it('the audit trail keeps what each setting was and what it became, and none that stayed as it was', async () => {
  const { api, code } = await app.program({ name: 'Kawiarnia' });
  const params = { program: code };
  await api.changeProgram({ params, body: { name: 'Kawiarnia', secondPerson: true, noticeDays: 30, adjustDayLimits: { manager: null, consultant: 500 } } });
  await api.changeProgram({ params, body: { name: 'Herbaciarnia', adjustDayLimits: { manager: null, consultant: null } } });
  const kept = (await api.listAudit({ params })).items.filter((one) => one.action === 'program.changed').map((one) => one.details);
  expect(kept).toEqual([
    { name: ['Kawiarnia', 'Herbaciarnia'], consultantDayLimit: ['500', ''] },
    { secondPerson: ['false', 'true'], noticeDays: ['14', '30'], consultantDayLimit: ['', '500'] },
  ]);
});
