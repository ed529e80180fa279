import { afterAll, beforeAll, expect, it } from 'vitest';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';
import { programNames } from './own-names.ts';

type Reason = { readonly rule: string; readonly reason: string };
type Told = { readonly awards: readonly Reason[]; readonly notApplied: readonly Reason[]; readonly duplicate: boolean };
type Lang = 'pl' | 'en';

let app: TestApp;
let shop: TestProgram;
let params: { program: string };
let member: string;
let occurredAt: string; // after all rules are in force, and the same for a repeat
let badge: { id: string; revision: number };
const level = (code: string, pl: string, en: string, threshold: number) => ({ code, pl, en, plTo: null, color: '#c9a227', threshold, keep: null, benefits: [] });
const ladder = (pl: string, en: string) => ({
  levels: [level('l1', 'Brązowy', 'Bronze', 0), level('l2', pl, en, 900_000)],
  measure: { kind: 'spent' }, period: { kind: 'calendar', unit: 'year' }, promotion: 'atOnce', lasts: 'nextPeriod', demotion: 'toMeasure', graceDays: 0, returns: 'takeLevel',
});

beforeAll(async () => {
  app = await testApp();
  shop = await app.program();
  params = { program: shop.code };
  await shop.api.changeTiers({ params, body: { revision: 0, definition: ladder('Złoty', 'Gold') as never } });
  await shop.api.publishTiers({ params, body: { revision: 1 } });
  await shop.api.createEventType({ params, body: { code: 'badanie', name: 'Badanie', reason: 'za badanie', fields: [{ key: 'ocena', kind: 'choice', name: 'Ocena z ankiety', required: true, options: [{ value: 'o1', name: 'Dobra' }, { value: 'o2', name: 'Bardzo zła' }] }] } });
  badge = (await shop.call('POST', '/badges', { name: 'Kawosz', description: null, shape: 'circle', icon: 'cup', color: 'amber', code: 'b1' })).body as never;
  const { items: [running] } = await shop.api.listRules({ params });
  for (const part of [
    { name: 'Dla kawoszy', when: { attribute: 'member.badge', operator: 'includesAny', value: ['b1'] } },
    { name: 'Dla najlepszych', when: { attribute: 'member.tier', operator: 'is', value: 'l2' } },
    { name: 'Za dobrą ocenę', trigger: { kind: 'event', type: 'badanie' }, when: { attribute: 'event.field.ocena', operator: 'is', value: 'o1' } },
    { name: 'Za ocenę', trigger: { kind: 'event', type: 'badanie' } },
  ]) {
    const made = await shop.api.createRule({ params, body: { definition: { ...running!.current!.definition, effect: { kind: 'fixed', points: 5 }, ...part } as never } });
    await shop.api.publishRule({ params: { ...params, rule: made.id }, body: { revision: made.revision } });
  }
  member = (await shop.api.createMember({ params, body: { firstName: 'Ola', card: 'K-1', termsVersion: 1 } })).id;
  occurredAt = new Date().toISOString();
});
afterAll(() => app.close());

const document = (externalId: string) => ({ source: 'till-1', externalId, kind: 'sale', occurredAt, member: { id: member }, totalMinor: 5_000 });
const post = async (path: string, body: unknown, lang: Lang) => (await shop.call('POST', path, body, { 'accept-language': lang })).body as unknown;
const sale = async (externalId: string, lang: Lang = 'pl') => await post('/transactions', document(externalId), lang) as Told;
const event = async (externalId: string, ocena: string, lang: Lang = 'pl') => await post('/events', { source: 'crm', externalId, type: 'badanie', occurredAt, member: { id: member }, fields: { ocena } }, lang) as Told;
const reason = (told: Told, rule: string) => [...told.awards, ...told.notApplied].find((one) => one.rule === rule)!.reason;
const renameBadge = async (name: string) => { badge = (await shop.call('PATCH', `/badges/${badge.id}`, { revision: badge.revision, name, description: null, shape: 'circle', icon: 'cup', color: 'amber', code: 'b1' })).body as never; };
const renameLevel = async (pl: string, en: string, revision: number) => {
  await shop.api.changeTiers({ params, body: { revision, definition: ladder(pl, en) as never } });
  await shop.api.publishTiers({ params, body: { revision: revision + 1 } });
};

it('a till is answered with the names of badges and levels, in both languages: a sale, a preview, a batch and a repeat', async () => {
  for (const [lang, kawosz, gold] of [['pl', '„Kawosz”', '„Złoty”'], ['en', '“Kawosz”', '“Gold”']] as const) {
    const first = await sale(`A-${lang}`, lang);
    const again = await sale(`A-${lang}`, lang);
    const preview = await post('/transactions/preview', document(`P-${lang}`), lang) as Told;
    const { results: [inBatch] } = await post('/transactions/batch', { transactions: [document(`B-${lang}`)] }, lang) as { results: { answer: Told }[] };
    for (const told of [first, again, preview, inBatch!.answer]) {
      expect(reason(told, 'Dla kawoszy')).toContain(kawosz);
      expect(reason(told, 'Dla najlepszych')).toContain(gold);
    }
    expect(again).toMatchObject({ duplicate: true, notApplied: first.notApplied });
  }
});

it('the next answer after a rename says the new name, in every kind of answer, and the repeat of an old one with it', async () => {
  const before = await sale('R-1');
  await renameBadge('Smakosz');
  expect(reason(before, 'Dla kawoszy')).toContain('„Kawosz”');
  expect(reason(await sale('R-2'), 'Dla kawoszy')).toContain('„Smakosz”');
  expect(reason(await sale('R-3', 'en'), 'Dla kawoszy')).toContain('“Smakosz”');
  expect(reason(await sale('R-1'), 'Dla kawoszy')).toContain('„Smakosz”');
  await renameLevel('Platynowy', 'Platinum', 2);
  expect(reason(await sale('R-4'), 'Dla najlepszych')).toContain('„Platynowy”');
  expect(reason(await post('/transactions/preview', document('R-5'), 'en') as Told, 'Dla najlepszych')).toContain('“Platinum”');
});

it('an own event is told as its type is told now, with its fields and what they offer by name', async () => {
  const bad = await event('E-1', 'o2');
  expect(reason(bad, 'Za ocenę')).toContain('za badanie');
  for (const said of ['„Ocena z ankiety”', '„Dobra”', '„Bardzo zła”']) expect(reason(bad, 'Za dobrą ocenę')).toContain(said);
  const { items } = await shop.api.listEventTypes({ params });
  const { revision } = items.find((one) => one.code === 'badanie')!;
  expect(await shop.call('PATCH', '/event-types/badanie', { revision, reason: 'za wypełnioną ankietę', fields: [{ key: 'ocena', kind: 'choice', name: 'Nota', required: true, options: [{ value: 'o1', name: 'Świetna' }, { value: 'o2', name: 'Słaba' }] }] })).toMatchObject({ status: 200 });
  const after = await event('E-2', 'o2');
  expect(reason(after, 'Za ocenę')).toContain('za wypełnioną ankietę');
  for (const said of ['„Nota”', '„Świetna”', '„Słaba”']) expect(reason(after, 'Za dobrą ocenę')).toContain(said);
  for (const said of ['“Nota”', '“Świetna”', '“Słaba”']) expect(reason(await event('E-3', 'o2', 'en'), 'Za dobrą ocenę')).toContain(said);
});

it('names are read once, not with every document: transactions share one object until something is renamed', async () => {
  const now = () => app.deps.db.readProgram(shop.id, (tx) => programNames(app.deps, tx));
  const names = await now();
  await sale('N-1');
  expect(await now()).toBe(names);
  await renameBadge('Bywalec');
  expect(await now()).not.toBe(names);
});
