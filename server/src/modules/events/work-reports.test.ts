import { PICTURE_BYTES_MAX } from '@wracam/engine/pictures';
import type { RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStaff, openSession } from '../access/index.ts';
import { databaseHash } from '../../contract-tests/database-hash.ts';
import { PIXEL } from '../../contract-tests/filled-program.ts';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';

const rule: RuleDefinition = {
  name: 'Za montaż', wallet: 'punkty', trigger: { kind: 'event', type: 'works-report' }, when: null, lines: null, effect: { kind: 'perUnit', points: 10, perThousandths: 1000, rounding: 'down', per: 'transaction', of: { field: 'quantity' } },
  schedule: { from: null, until: null }, priority: 100, exclusiveGroup: null, caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'never' }, pendingDays: null,
};
const WORK = { type: 'works-report', fields: { name: 'Montaż pompy', quantity: 3 } };

let app: TestApp;
let shop: TestProgram;
beforeAll(async () => {
  app = await testApp();
  shop = await app.program({ rules: [rule] });
});
afterAll(() => app.close());

let count = 0;
const newMember = async (email?: string) => (await shop.api.createMember({ params: { program: shop.code }, body: { firstName: 'Anna', card: `WORK-${count += 1}`, termsVersion: 1, ...(email ? { email } : {}) } })).id;
const signedIn = async (member: string) => ({ cookie: `wracam_member=${(await openSession(app.deps, 'member', { programId: shop.id, memberId: app.deps.publicIds.decode('mem', member)! }, null)).token}`, origin: 'http://localhost:3000', authorization: '' });
const send = async (member: string, body: Record<string, unknown> = {}) => shop.call('POST', '/me/work-reports', { ...WORK, ...body }, await signedIn(member));
const sent = async (member: string, body: Record<string, unknown> = {}) => (await send(member, body)).body as unknown as { id: string; state: string; pictures: number };
const approve = (report: string) => shop.call('POST', `/work-reports/${report}/approve`);
const reject = (report: string, reason = 'Nie widać pracy na zdjęciu') => shop.call('POST', `/work-reports/${report}/reject`, { reason });
const balance = async (member: string) => (await shop.api.getBalances({ params: { program: shop.code, member } })).balances[0]?.available ?? 0;
const own = async (member: string) => (await shop.call('GET', '/me/work-reports', undefined, await signedIn(member))).body as unknown as { items: Record<string, unknown>[] };

describe('a report of completed works', () => {
  it('gives nothing while it waits; approved, its event is booked and the member sees it', async () => {
    const member = await newMember();
    const report = await sent(member, { note: 'Piwnica, ul. Lipowa', pictures: [PIXEL] });
    expect([report.state, report.pictures, await balance(member)]).toEqual(['waiting', 1, 0]);
    expect((await approve(report.id)).body).toMatchObject({ state: 'approved', reason: null, transaction: expect.stringMatching(/^txn_/), decidedBy: expect.any(String) });
    expect(await balance(member)).toBe(30);
    expect((await own(member)).items).toMatchObject([{ id: report.id, state: 'approved', note: 'Piwnica, ul. Lipowa', decidedBy: null, fields: [{ key: 'name', value: 'Montaż pompy' }, { key: 'quantity', value: 3 }] }]);
    expect((await shop.api.listHistory({ params: { program: shop.code, member } })).items[0]!.reason).toBe('Za wykonane prace „Montaż pompy”');
  });

  it('is approved once under thirty approvals and rejections at once, and booked only when it was approved', async () => {
    const member = await newMember();
    const report = await sent(member);
    await Promise.all(Array.from({ length: 30 }, (_, at) => (at % 2 === 0 ? approve(report.id) : reject(report.id))));
    const { state } = await shop.api.getWorkReport({ params: { program: shop.code, report: report.id } });
    expect(await balance(member)).toBe(state === 'approved' ? 30 : 0);
    const rows = await app.ask<{ count: number }>(`select count(*)::int as count from transaction where program_id = $1 and external_id = $2`, [shop.id, `report:${report.id}`]);
    expect(rows[0]!.count).toBe(state === 'approved' ? 1 : 0);
    expect(state).not.toBe('waiting');
  });

  it('approved twice changes nothing the second time', async () => {
    const member = await newMember();
    const report = await sent(member);
    await approve(report.id);
    expect((await approve(report.id)).status).toBe(200);
    expect(await balance(member)).toBe(30);
  });

  it('whose event was voided is told as taken back, to staff and to the member, stays among the approved ones, and is not approved again', async () => {
    const member = await newMember();
    const report = await sent(member);
    const { transaction } = (await approve(report.id)).body as unknown as { transaction: string };
    await shop.api.voidTransaction({ params: { program: shop.code, transaction }, body: { reason: 'Praca nie powstała' } });
    expect((await shop.api.getWorkReport({ params: { program: shop.code, report: report.id } })).state).toBe('voided');
    expect((await shop.api.listWorkReports({ params: { program: shop.code }, query: { state: 'approved' } })).items).toContainEqual(expect.objectContaining({ id: report.id, state: 'voided' }));
    expect((await own(member)).items).toMatchObject([{ id: report.id, state: 'voided' }]);
    expect((await approve(report.id)).body).toMatchObject({ state: 'voided' });
    expect(await balance(member)).toBe(0);
  });

  it('rejected, tells the member why; 409 work_report_decided: there is no way back', async () => {
    const member = await newMember();
    const report = await sent(member);
    expect((await reject(report.id)).body).toMatchObject({ state: 'rejected', reason: 'Nie widać pracy na zdjęciu', transaction: null });
    expect((await own(member)).items).toMatchObject([{ state: 'rejected', reason: 'Nie widać pracy na zdjęciu' }]);
    const before = await databaseHash(app, ['api_key']);
    expect([(await approve(report.id)).body.code, (await reject(report.id)).body.code]).toEqual(['work_report_decided', 'work_report_decided']);
    expect(await databaseHash(app, ['api_key'])).toEqual(before);
    expect(await balance(member)).toBe(0);
  });

  it('of a member who was blocked meanwhile is not approved, and waits on', async () => {
    const member = await newMember();
    const report = await sent(member);
    await shop.call('POST', `/members/${member}/block`, { reason: 'Sprawdzamy' });
    expect((await approve(report.id)).body.code).toBe('member_blocked');
    expect((await shop.api.getWorkReport({ params: { program: shop.code, report: report.id } })).state).toBe('waiting');
    expect((await send(member)).body.code).toBe('member_blocked');
  });

  it('waits in a queue, who waited longest first', async () => {
    const other = await app.program({ rules: [rule] });
    const member = await other.api.createMember({ params: { program: other.code }, body: { firstName: 'Jan', card: 'Q-1', termsVersion: 1 } });
    const ids: string[] = [];
    for (let i = 0; i < 3; i += 1) ids.push((await other.api.sendWorkReport({ params: { program: other.code, member: member.id }, body: WORK })).id);
    await other.api.rejectWorkReport({ params: { program: other.code, report: ids[1]! }, body: { reason: 'Powtórzone' } });
    expect((await other.api.listWorkReports({ params: { program: other.code }, query: { state: 'waiting' } })).items.map((one) => one.id)).toEqual([ids[0], ids[2]]);
    expect((await shop.call('GET', `/work-reports/${ids[0]}`)).status).toBe(404);
  });
});

describe('what a report may hold', () => {
  it('400 picture_wrong: only JPEG, PNG and WebP up to the limit, whatever they call themselves; nothing is left behind', async () => {
    const member = await newMember();
    const huge = Buffer.concat([Buffer.from(PIXEL, 'base64'), Buffer.alloc(PICTURE_BYTES_MAX)]).toString('base64');
    for (const picture of [Buffer.from('<svg onload="x()"/>').toString('base64'), Buffer.from('GIF89a....').toString('base64'), huge, PIXEL.slice(0, 40)]) {
      const answer = await send(member, { pictures: [PIXEL, picture] });
      expect([answer.status, answer.body.code]).toEqual([400, picture === huge ? 'invalid_request' : 'picture_wrong']);
    }
    expect((await send(member, { pictures: Array.from({ length: 6 }, () => PIXEL) })).status).toBe(400);
    expect((await own(member)).items).toEqual([]);
  });

  it('keeps five of the largest pictures in one request, sealed, and without what the camera wrote', async () => {
    const member = await newMember();
    const place = Buffer.from('GPS 52.2297 21.0122');
    const exif = Buffer.concat([Buffer.from([0xff, 0xe1, 0, place.length + 2]), place]);
    const size = PICTURE_BYTES_MAX - exif.length - 10;
    const photo = Buffer.concat([Buffer.from([0xff, 0xd8]), exif, Buffer.from([0xff, 0xda, 0, 2]), Buffer.alloc(size, 7), Buffer.from([0xff, 0xd9])]).toString('base64');
    const report = await sent(member, { pictures: Array.from({ length: 5 }, () => photo) });
    const picture = await shop.api.getWorkReportPicture({ params: { program: shop.code, report: report.id, picture: '5' } });
    expect(picture.type).toBe('image/jpeg');
    expect(Buffer.from(picture.base64, 'base64').length).toBe(size + 8);
    expect(Buffer.from(picture.base64, 'base64').includes(place)).toBe(false);
    const [row] = await app.ask<{ found: number }>(`select count(*)::int as found from work_report_picture where position('\\x07070707'::bytea in sealed) > 0`);
    expect(row!.found).toBe(0);
  });

  it('404: the pictures of a report are its owner’s and the staff’s', async () => {
    const [anna, jan] = [await newMember(), await newMember()];
    const report = await sent(anna, { pictures: [PIXEL] });
    const path = `/work-reports/${report.id}/pictures/1`;
    expect((await shop.call('GET', `/me${path}`, undefined, await signedIn(anna))).body).toEqual({ type: 'image/png', base64: PIXEL });
    expect((await shop.call('GET', `/me${path}`, undefined, await signedIn(jan))).status).toBe(404);
    expect((await shop.call('GET', path, undefined, await signedIn(anna))).status).toBe(401);
    expect((await shop.call('GET', `/me/work-reports/${report.id}/pictures/2`, undefined, await signedIn(anna))).status).toBe(404);
  });

  it('names every fault of its fields; an event that is not reported is refused', async () => {
    const member = await newMember();
    expect((await send(member, { fields: { quantity: -1, colour: 'red' } })).body).toMatchObject({ code: 'invalid_request', errors: [{ pointer: '/fields/colour' }, { pointer: '/fields/name' }, { pointer: '/fields/quantity' }] });
    expect((await send(member, { type: 'survey', fields: { name: 'Kawa' } })).body.code).toBe('event_not_reported');
    expect((await send(member, { type: 'lot-w-kosmos', fields: {} })).body.code).toBe('event_type_unknown');
  });

  it('409 work_reports_waiting: a member has twenty at most that nobody has looked at', async () => {
    const member = await newMember();
    const answers = await Promise.all(Array.from({ length: 24 }, () => send(member)));
    expect(answers.map((one) => one.status).sort()).toEqual([...Array.from({ length: 20 }, () => 200), ...Array.from({ length: 4 }, () => 409)]);
  });

  it('an own type is offered to members once it is reported and a rule answers to it', async () => {
    await shop.api.createEventType({ params: { program: shop.code }, body: { code: 'sprzatanie', name: 'Sprzątanie', reason: 'za sprzątanie', fields: [], reported: true } });
    const ways = (await shop.call('GET', '/me/ways', undefined, await signedIn(await newMember()))).body as unknown as { reports: { code: string }[] };
    expect(ways.reports.map((one) => one.code)).toEqual(['works-report']);
    const draft = await shop.api.createRule({ params: { program: shop.code }, body: { definition: { ...rule, name: 'Sprzątanie', trigger: { kind: 'event', type: 'sprzatanie' }, effect: { kind: 'fixed', points: 1 } } as never } });
    await shop.api.publishRule({ params: { program: shop.code, rule: draft.id }, body: { revision: draft.revision } });
    const later = (await shop.call('GET', '/me/ways', undefined, await signedIn(await newMember()))).body as unknown as { reports: { code: string }[] };
    expect(later.reports.map((one) => one.code).sort()).toEqual(['sprzatanie', 'works-report']);
  });
});

it('403 adjust_own_account: nobody decides about the report of the own account', async () => {
  const member = await newMember('kasia@podlipa.example');
  const staff = await createStaff(app.deps, shop.id, { name: 'Kasia', email: 'kasia@podlipa.example', role: 'manager' });
  const cookie = { cookie: `wracam_staff=${(await openSession(app.deps, 'staff', { staffId: staff }, null)).token}`, origin: 'http://localhost:3000', authorization: '' };
  const report = await sent(member);
  expect((await shop.call('POST', `/work-reports/${report.id}/approve`, undefined, cookie)).body.code).toBe('adjust_own_account');
  expect((await shop.call('POST', `/work-reports/${report.id}/reject`, { reason: 'x' }, cookie)).body.code).toBe('adjust_own_account');
});
