import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp } from '../../testing/app.ts';
import { repairLives, WRONG } from '../../testing/repair-lives.ts';
import { signedInStaff, type SignedIn } from '../../testing/signed-in.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const { settled, live, sale, nets, draftRight, counted, booked } = repairLives(() => app);

/** A shop where two people decide, and a counted repair that gives its first member ten points by a draft. */
async function shopOfTwo() {
  const life = await live(WRONG);
  const { shop } = life;
  await sale(life, 0, 10_000);
  await draftRight(life);
  const { id } = await counted(life);
  const people = { marek: await signedInStaff(app, shop, 'marek'), ewa: await signedInStaff(app, shop, 'ewa'), ala: await signedInStaff(app, shop, 'ala', 'owner') };
  await shop.call('PATCH', '', { secondPerson: true });
  const as = (who: SignedIn) => (step: string, body: object = { step: 'book' }) => who('POST', `/repairs/${id}/${step}`, body);
  const read = () => shop.api.getRepair({ params: { ...life.params, repair: id } });
  const trail = async () => (await app.ask<{ action: string }>(`select action from audit_entry where program_id = $1 and action like 'repair.%' order by id`, [shop.id])).map((one) => one.action);
  return { life, shop, id, read, trail, marek: as(people.marek), ewa: as(people.ewa), ala: as(people.ala), key: as((method, path, body) => shop.call(method, path, body)) };
}
const REASON = { reason: 'Zły przelicznik' };

describe('a repair of a program where two people decide', () => {
  it('is booked and undone only when another person agrees: not by the one who asked, not by a key', async () => {
    const { life, shop, id, marek, ewa, key, read, trail } = await shopOfTwo();
    const before = await nets(life);
    expect(await ewa('approve')).toMatchObject({ status: 409, body: { code: 'nothing_to_approve' } });
    expect(await marek('book', REASON)).toMatchObject({ status: 200, body: { state: 'ready', booked: null, proposal: { step: 'book', by: 'marek', reason: 'Zły przelicznik' } } });
    for (const one of [marek, key]) expect(await one('approve')).toMatchObject({ status: 403, body: { code: 'approval_not_yours' } });
    expect(await ewa('approve', { step: 'undo' })).toMatchObject({ status: 409, body: { code: 'nothing_to_approve' } });
    expect(await settled(shop, id)).toMatchObject({ state: 'ready' });
    expect(await nets(life)).toEqual(before);
    expect(await ewa('approve')).toMatchObject({ status: 200, body: { state: 'booking', proposal: null, booked: { by: 'marek', reason: 'Zły przelicznik' } } });
    expect(await settled(shop, id)).toMatchObject({ state: 'booked' });
    expect(await nets(life)).toEqual([before[0]! + 10, 0, 0]);
    await ewa('undo', { reason: 'Pomyłka' });
    expect(await settled(shop, id)).toMatchObject({ state: 'booked', undone: null, proposal: { step: 'undo', by: 'ewa' } });
    await marek('approve', { step: 'undo' });
    expect(await settled(shop, id)).toMatchObject({ state: 'undone', undone: { by: 'ewa', reason: 'Pomyłka' }, proposal: null });
    expect(await nets(life)).toEqual(before);
    expect(await read()).toMatchObject({ state: 'undone' });
    expect(await trail()).toEqual(['repair.asked', 'repair.proposed', 'repair.approved', 'repair.booked', 'repair.proposed', 'repair.approved', 'repair.undone']);
  });

  it('books nothing that was declined, and asks anew', async () => {
    const { marek, ewa, read, trail } = await shopOfTwo();
    await marek('book', REASON);
    expect(await ewa('decline')).toMatchObject({ status: 200, body: { state: 'ready', proposal: null } });
    expect(await ewa('approve')).toMatchObject({ status: 409, body: { code: 'nothing_to_approve' } });
    expect(await ewa('book', REASON)).toMatchObject({ status: 200, body: { proposal: { by: 'ewa' } } });
    expect(await read()).toMatchObject({ state: 'ready', booked: null });
    expect(await trail()).toEqual(['repair.asked', 'repair.proposed', 'repair.declined', 'repair.proposed']);
  });

  it('whoever made a key is the person who asked with it', async () => {
    const { shop, id, ewa, ala } = await shopOfTwo();
    const owner = await signedInStaff(app, shop, 'ola', 'owner');
    const made = (await owner('POST', '/api-keys', { name: 'nocny', scopes: ['points.repair'] })).body as unknown as { secret: string };
    expect((await shop.call('POST', `/repairs/${id}/book`, REASON, { authorization: `Bearer ${made.secret}` })).status).toBe(200);
    expect(await owner('POST', `/repairs/${id}/approve`, { step: 'book' })).toMatchObject({ status: 403, body: { code: 'approval_not_yours' } });
    const answers = await Promise.all([ewa('approve'), ala('approve'), ewa('approve'), ala('approve')]);
    expect(answers.map((one) => one.status).sort(), 'two who agree at once have it booked once').toEqual([200, 409, 409, 409]);
    expect(await settled(shop, id)).toMatchObject({ state: 'booked' });
  });

  it('409 repair_outdated: what was booked meanwhile is counted again first, also by who agrees', async () => {
    const { life, shop, id, marek, ewa } = await shopOfTwo();
    await marek('book', REASON);
    await shop.call('PATCH', '', { secondPerson: false });
    await booked(life, (await counted(life)).id);
    expect(await ewa('approve')).toMatchObject({ status: 409, body: { code: 'repair_outdated' } });
    expect(await settled(shop, id)).toMatchObject({ state: 'ready', booked: null });
  });
});
