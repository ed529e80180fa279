import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';
import { signedInStaff } from '../../testing/signed-in.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const START = Date.UTC(2026, 2, 5, 11);
const group = (...value: string[]) => ({ attribute: 'member.group', operator: 'includesAny' as const, value });

/** `facts`: what the audit trail tells of it at every step, `said`: of a version besides. */
const kinds = [
  {
    noun: 'segment', path: '/segments', first: { name: 'Klub', condition: group('klub') }, second: { condition: group('goście') }, third: { condition: group('inni') },
    facts: { name: 'Klub' }, said: () => ({}),
  },
  {
    noun: 'product_set', path: '/product-sets', first: { name: 'Kawy', codes: ['A', 'B'] }, second: { codes: ['C'] }, third: { codes: ['D', 'E', 'F'] },
    facts: {}, said: (size: number) => ({ size }),
  },
];

/** A program with one thing of a kind. */
async function shopWith({ path, first }: (typeof kinds)[number], secondPerson = false) {
  const shop: TestProgram = await app.program({ rules: [], test: true, startsAt: START });
  const { body } = await shop.call('POST', path, first) as { body: { id?: string } };
  const own = `${path}/${body.id}`;
  const ewa = await signedInStaff(app, shop, 'ewa');
  if (secondPerson) await shop.call('PATCH', '', { secondPerson: true });
  const read = async () => (await shop.call('GET', own)).body as unknown as { revision: number; version: number; draft: object | null; versions: object[] };
  const draft = async (content: object) => (await shop.call('PATCH', own, { ...content, revision: (await read()).revision })).status;
  /** A step at the revision that is there, by the key of the program or by somebody else. */
  const step = async (name: string, more: object = {}, by = shop.call) => by('POST', `${own}/${name}`, { revision: (await read()).revision, ...more });
  return { shop, id: body.id!, own, ewa, read, draft, step };
}

describe.each(kinds)('a $noun', (kind) => {
  const { noun, second, third, facts, said } = kind;

  it('409 nothing_to_publish, 409 rule_starts_in_past, 412 rule_changed_meanwhile: nothing is published; a draft can be thrown away', async () => {
    const { step, draft, read } = await shopWith(kind);
    expect(await step('publish')).toMatchObject({ status: 409, body: { code: 'nothing_to_publish' } });
    expect(await draft(second)).toBe(200);
    expect(await step('publish', { inForceFrom: new Date(START - 86_400_000).toISOString() })).toMatchObject({ status: 409, body: { code: 'rule_starts_in_past' } });
    for (const name of ['publish', 'discard']) expect(await step(name, { revision: 1 })).toMatchObject({ status: 412, body: { code: 'rule_changed_meanwhile' } });
    expect(await read()).toMatchObject({ version: 1, draft: {} });
    expect(await step('discard')).toMatchObject({ status: 200, body: { draft: null } });
    expect(await step('discard')).toMatchObject({ status: 409, body: { code: 'nothing_to_publish' } });
    expect((await read()).versions).toHaveLength(1);
  });

  it('404 for a version that there is not, and for what a draft differs in where there is none', async () => {
    const { shop, own, step, read } = await shopWith(kind);
    expect(await step('rollback', { version: 9 })).toMatchObject({ status: 404 });
    for (const query of ['', '?to=9', '?from=9&to=1']) expect([query, (await shop.call('GET', `${own}/difference${query}`)).status]).toEqual([query, 404]);
    expect(await shop.call('GET', `${own}/difference?from=1&to=1`)).toMatchObject({ status: 200, body: { changes: [], worse: null } });
    expect((await read()).versions).toHaveLength(1);
  });

  it('tells whoever proposed that it is their own proposal, and nobody else', async () => {
    const { shop, own, ewa, draft, step } = await shopWith(kind, true);
    await draft(second);
    await step('publish', {}, ewa);
    expect((await ewa('GET', own)).body).toMatchObject({ proposal: { yours: true } });
    expect((await shop.call('GET', own)).body).toMatchObject({ proposal: { yours: false } });
  });

  it('tells the audit trail every step once, and announces what is published', async () => {
    const { shop, id, ewa, draft, step } = await shopWith(kind, true);
    await draft(second);
    await step('publish');
    await step('decline');
    await step('publish');
    expect(await step('approve', {}, ewa)).toMatchObject({ status: 200, body: { version: 2, draft: null, proposal: null } });
    await draft(third);
    await step('rollback', { version: 1 });
    expect(await step('approve', {}, ewa)).toMatchObject({ status: 200, body: { version: 3, draft: {}, proposal: null } });
    await step('discard');
    const told = await app.ask<{ action: string; details: object }>(`select action, details from audit_entry where program_id = $1 and subject = $2 and action not like '%.created' and action not like '%.drafted' order by id`, [shop.id, id]);
    expect(told.map(({ action, details }) => [action.replace(`${noun}.`, ''), details])).toEqual([
      ['proposed', facts], ['declined', facts], ['proposed', facts], ['approved', facts], ['published', { ...facts, version: 2, ...said(1) }],
      ['proposed', facts], ['approved', facts], ['rolledBack', { ...facts, version: 3, from: 1, ...said(2) }], ['discarded', facts],
    ]);
    expect(await app.ask('select type, ref from outbox where program_id = $1 and ref = $2 order by id', [shop.id, id])).toEqual([{ type: `${noun}.published`, ref: id }, { type: `${noun}.published`, ref: id }]);
  });
});
