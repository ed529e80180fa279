import { afterAll, beforeAll, expect, it } from 'vitest';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';

let app: TestApp;
let shop: TestProgram;
beforeAll(async () => {
  app = await testApp();
  shop = await app.program();
});
afterAll(() => app.close());

let count = 0;
const params = () => ({ program: shop.code });
const newMember = async () => (await shop.api.createMember({ params: params(), body: { firstName: 'Anna', card: `CARD-${count += 1}`, termsVersion: 1 } })).id;
const put = (member: string, body: { household?: string | null; company?: string | null }) => shop.call('PATCH', `/members/${member}`, body);
const create = (kind: 'household' | 'company', name: string) => shop.api.createCircle({ params: params(), body: { kind, name } });

it('a member is in one household and one company; another takes the place of the one before', async () => {
  const anna = await newMember();
  const [first, second, firm] = [await create('household', 'Kowalscy'), await create('household', 'Nowakowie'), await create('company', 'Huta')];
  await put(anna, { household: first.id, company: firm.id });
  await put(anna, { household: second.id });
  expect(await shop.api.getMember({ params: { ...params(), member: anna } })).toMatchObject({ household: { id: second.id, name: 'Nowakowie' }, company: { id: firm.id, name: 'Huta' } });
  expect((await shop.api.getCircle({ params: { ...params(), circle: second.id } })).people.map((one) => one.id)).toEqual([anna]);
  expect((await shop.api.listCircles({ params: params(), query: { kind: 'household' } })).items.filter((one) => [first.id, second.id].includes(one.id)).map((one) => [one.name, one.members])).toEqual([['Nowakowie', 1], ['Kowalscy', 0]]);
  await put(anna, { household: null });
  expect(await shop.api.getMember({ params: { ...params(), member: anna } })).toMatchObject({ household: null, company: { id: firm.id } });
});

it('404 circle_unknown: a company is no household, and another program’s is nobody’s', async () => {
  const anna = await newMember();
  const firm = await create('company', 'Stocznia');
  const other = await app.program();
  const foreign = await other.api.createCircle({ params: { program: other.code }, body: { kind: 'household', name: 'Obcy' } });
  for (const household of [firm.id, foreign.id, 'crc_0000000000']) expect((await put(anna, { household })).body.code).toBe('circle_unknown');
  expect((await shop.call('GET', `/circles/${foreign.id}`)).body.code).toBe('circle_unknown');
});

it('409 circle_exists: two companies of one name would be one to the rules; households may share a name', async () => {
  await create('company', 'Kopalnia');
  const second = await create('company', 'Kopalnia Druga');
  expect((await shop.call('POST', '/circles', { kind: 'company', name: 'Kopalnia' })).body.code).toBe('circle_exists');
  expect((await shop.call('PATCH', `/circles/${second.id}`, { name: 'Kopalnia' })).body.code).toBe('circle_exists');
  expect((await shop.call('PATCH', `/circles/${second.id}`, { name: 'Kopalnia Trzecia' })).status).toBe(200);
  expect([(await create('household', 'Wiśniewscy')).name, (await create('household', 'Wiśniewscy')).name]).toEqual(['Wiśniewscy', 'Wiśniewscy']);
});

it('a household’s name stands nowhere as text', async () => {
  await create('household', 'Brzęczyszczykiewiczowie');
  const [row] = await app.ask<{ text: string }>(`select string_agg(c::text, '') || (select string_agg(a::text, '') from audit_entry a) as text from member_circle c`);
  expect(row!.text).not.toContain('Brzęczy');
});

it('409 circle_not_empty: only a circle that nobody is in is removed; whoever leaves the program leaves it', async () => {
  const [anna, home] = [await newMember(), await create('household', 'Zielińscy')];
  await put(anna, { household: home.id });
  expect((await shop.call('POST', `/circles/${home.id}/remove`)).body.code).toBe('circle_not_empty');
  await shop.call('POST', `/members/${anna}/close`, { reason: 'Prośba' });
  expect((await shop.api.getCircle({ params: { ...params(), circle: home.id } })).members).toBe(0);
  expect((await shop.call('POST', `/circles/${home.id}/remove`)).status).toBe(200);
  expect((await shop.call('GET', `/circles/${home.id}`)).status).toBe(404);
});
