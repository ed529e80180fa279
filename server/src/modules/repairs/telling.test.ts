import { afterAll, beforeAll, expect, it } from 'vitest';
import { testApp, type TestApp } from '../../testing/app.ts';
import { repairLives, RIGHT, WRONG, type Life } from '../../testing/repair-lives.ts';
import { repairMail } from './telling.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());
const { live, sale, draftRight, counted, settled, nets } = repairLives(() => app);

type Tell = 'members' | 'systems';
/** Anna and Jan bought; Ola has no address and bought too. */
async function wronged(): Promise<Life & { repair: string }> {
  const life = await live(WRONG);
  const { shop, params, members } = life;
  for (const [at, email] of ['anna@example.test', 'jan@example.test'].entries()) await shop.api.changeMember({ params: { ...params, member: members[at]!.id }, body: { email } });
  for (const who of [0, 1, 2]) await sale(life, who, 5_000);
  await draftRight(life, RIGHT);
  return { ...life, repair: (await counted(life)).id };
}
const step = async ({ shop, params, repair }: Life & { repair: string }, name: 'book' | 'undo', tell?: Tell[]) => {
  const input = { params: { ...params, repair }, body: { reason: name === 'book' ? 'Zły przelicznik' : 'Pomyłka', ...(tell && { tell }) } };
  await (name === 'book' ? shop.api.bookRepair(input) : shop.api.undoRepair(input));
  return settled(shop, repair);
};
const letters = async ({ shop, params }: Life) => (await shop.api.listMessages({ params })).items.map(({ to, subject }) => `${to}: ${subject}`.replaceAll('\u00a0', ' ')).sort();
const events = ({ shop }: Life) => app.ask<{ ref: string; body: object }>(`select ref, body from outbox where program_id = $1 and type = 'points.adjusted' and body ? 'repair' order by id`, [shop.id]);
const waking = async ({ shop }: Life) => Number((await app.ask<{ n: string }>(`select count(*) as n from due where program_id = $1 and kind = 'webhooks.event'`, [shop.id]))[0]!.n);

it('nobody is told unless somebody asks for it', async () => {
  const life = await wronged();
  expect(await step(life, 'book')).toMatchObject({ state: 'booked', booked: { tells: [] } });
  expect(await nets(life)).toEqual([10, 10, 10]);
  expect([await letters(life), await events(life), await waking(life)]).toEqual([[], [], 0]);
});

it('one message in words to each whose points change and who has an address, and an event to other systems for each account; undoing tells by itself', async () => {
  const life = await wronged();
  const { shop, params, members, repair } = life;
  expect(await step(life, 'book', ['members', 'systems'])).toMatchObject({ booked: { tells: ['members', 'systems'] } });
  const name = (await shop.api.getProgram({ params })).name;
  expect(await letters(life)).toEqual(['anna@example.test', 'jan@example.test'].map((to) => `${to}: Poprawka punktów w programie „${name}”: +5 punktów`));
  expect(await events(life)).toEqual(members.map(({ id }) => ({ ref: id, body: { wallet: 'punkty', points: 5, repair } })));
  expect(await waking(life)).toBe(3);
  await step(life, 'undo', ['members']);
  expect(await nets(life)).toEqual([5, 5, 5]);
  expect(await letters(life)).toHaveLength(4);
  expect((await letters(life)).filter((one) => one.includes('−5 punktów'))).toHaveLength(2);
  expect(await events(life)).toHaveLength(3);
});

it('other systems alone are told where nobody asked for messages', async () => {
  const life = await wronged();
  await step(life, 'book', ['systems', 'systems']);
  expect([await letters(life), (await events(life)).length]).toEqual([[], 3]);
});

it('what waits for another person tells whom the first one chose', async () => {
  const life = await wronged();
  const { shop, params, repair } = life;
  await app.ask('update program set second_person = true where id = $1', [shop.id]);
  const waiting = await shop.api.bookRepair({ params: { ...params, repair }, body: { reason: 'Zły przelicznik', tell: ['members'] } });
  expect(waiting.proposal).toMatchObject({ step: 'book', tells: ['members'] });
  expect(await letters(life)).toEqual([]);
});

it('says in plain words what changed and why, in either language', () => {
  const facts = { program: 'Kawa', changes: ['+12 punktów', '−1 zł'], reason: 'Zły przelicznik', url: 'https://x/p/kawa/history' };
  expect(repairMail('pl', 'book', facts)).toEqual({ subject: 'Poprawka punktów w programie „Kawa”: +12 punktów, −1 zł', body: 'Cześć,\n\nPoprawiliśmy naliczenie Twoich punktów w programie „Kawa”.\nZmiana na koncie: +12 punktów, −1 zł.\nPowód: Zły przelicznik\n\nHistoria Twojego konta: https://x/p/kawa/history\n' });
  expect(repairMail('en', 'undo', facts).body).toMatch(/^Hello,\n\nWe have taken back an earlier correction of your points in Kawa\.\n/);
});
