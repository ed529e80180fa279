import type { RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';

let app: TestApp;
let shop: TestProgram;
beforeAll(async () => {
  app = await testApp();
  shop = await app.program({ rules: [] });
  await shop.api.changeProgram({ params: params(), body: { noticeDays: 0 } });
});
afterAll(() => app.close());

const params = () => ({ program: shop.code });
const at = (segment: string) => ({ ...params(), segment });
const sales = (operator: string, value: number) => ({ attribute: 'history.salesCount', operator, value });
const ruleOf = (segment: string, operator = 'inSegment', points = 10): RuleDefinition => ({
  name: `Dla segmentu ${segment}`, wallet: 'punkty', when: { attribute: 'member.segment', operator, value: segment }, lines: null, effect: { kind: 'fixed', points },
  schedule: { from: null, until: null }, priority: 0, exclusiveGroup: null, caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: null,
});
let count = 0;
const newMember = async (more: object = {}) => (await shop.api.createMember({ params: params(), body: { firstName: 'Anna', card: `CARD-${count += 1}`, termsVersion: 1, ...more } })).id;
const sale = (member: string, more: object = {}) => ({ source: 'till-1', externalId: `S-${count += 1}`, kind: 'sale' as const, occurredAt: new Date().toISOString(), member: { id: member }, totalMinor: 1000, ...more });
const record = (body: ReturnType<typeof sale>) => shop.api.recordTransaction({ params: params(), body });
const pointsOf = async (member: string) => (await record(sale(member))).awards.reduce((sum, award) => sum + award.points, 0);
const publish = async (definition: RuleDefinition) => {
  const draft = await shop.api.createRule({ params: params(), body: { definition: definition as never } });
  return shop.api.publishRule({ params: { ...params(), rule: draft.id }, body: { revision: draft.revision } });
};
const end = ({ id, revision }: { id: string; revision: number }) => shop.api.endRule({ params: { ...params(), rule: id }, body: { revision } });
const EVERYBODY = { any: [{ attribute: 'member.kind', operator: 'is', value: 'person' }, { attribute: 'member.kind', operator: 'is', value: 'company' }] };
/** Another condition at once, whatever the notice. */
const change = async (segment: string, condition: ReturnType<typeof sales>) => {
  const { revision } = await shop.api.getSegment({ params: at(segment) });
  const drafted = await shop.api.changeSegment({ params: at(segment), body: { revision, condition } });
  return shop.api.publishSegment({ params: at(segment), body: { revision: drafted.revision } });
};
const refusedBy = (method: string, path: string, body?: unknown) => shop.call(method, path, body).then((answer) => [answer.status, answer.body.code]);
const rulesets = async () => Number((await app.ask<{ n: string }>('select count(*) as n from ruleset where program_id = $1', [shop.id]))[0]!.n);
/** Everybody in it, however many parts it takes. */
const membersOf = async (segment: string, limit = 200): Promise<string[]> => {
  const ids: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await shop.api.listSegmentMembers({ params: at(segment), query: { limit, ...(cursor ? { cursor } : {}) } });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    ids.push(...page.items.map((one) => one.id));
    if (page.next === null) return ids;
    cursor = page.next;
  }
};

describe('a segment', () => {
  it('decides by who is in it when a sale is booked; a return goes by the answer of its sale', async () => {
    const segment = await shop.api.createSegment({ params: params(), body: { name: 'Po pierwszym zakupie', condition: sales('atLeast', 1) } });
    expect(segment).toMatchObject({ version: 1, archived: false, sentence: 'Uczestnik należy do segmentu, gdy wcześniejszych zakupów jest co najmniej 1.', rules: [], versions: [{ version: 1 }] });
    const rule = await publish(ruleOf('Po pierwszym zakupie'));
    expect([rule.sentence, rule.current!.definition.when]).toEqual([expect.stringContaining('dla uczestników z segmentu „Po pierwszym zakupie”'), { attribute: 'member.segment', operator: 'inSegment', value: 'Po pierwszym zakupie' }]);
    const anna = await newMember();
    const first = sale(anna);
    const { awards, notApplied } = await record(first);
    expect([awards, notApplied.map((one) => one.reason)]).toEqual([[], ['Zasada działa dla uczestników z segmentu „Po pierwszym zakupie”, a uczestnik do niego nie należał.']]);
    const second = sale(anna);
    expect((await record(second)).awards).toMatchObject([{ points: 10 }]);

    const changed = await change(segment.id, sales('below', 1));
    expect(changed).toMatchObject({ version: 2, rules: ['Dla segmentu Po pierwszym zakupie'], versions: [{ version: 1, sentence: 'Uczestnik należy do segmentu, gdy wcześniejszych zakupów jest co najmniej 1.' }, { version: 2, sentence: 'Uczestnik należy do segmentu, gdy wcześniejszych zakupów jest mniej niż 1.' }] });
    expect([await pointsOf(anna), await pointsOf(await newMember())]).toEqual([0, 10]);
    const back = await record({ ...sale(anna), kind: 'return' as never, of: { source: second.source, externalId: second.externalId } } as never);
    expect(back.takenBack).toMatchObject([{ points: 10 }]);
    await end(rule);
  });

  it('with another condition writes a ruleset only where a running rule asks for it, in the same commit', async () => {
    const { id } = await shop.api.createSegment({ params: params(), body: { name: 'Nieużywany', condition: sales('atLeast', 5) } });
    await shop.api.createRule({ params: params(), body: { definition: ruleOf('Nieużywany') as never } });
    const before = await rulesets();
    await change(id, sales('atLeast', 6));
    expect(await rulesets()).toBe(before);
    const rule = await publish(ruleOf('Nieużywany', 'notInSegment'));
    await change(id, sales('atLeast', 7));
    expect(await rulesets()).toBe(before + 2);
    const [newest] = await app.ask<{ when: unknown }>(`select r->'definition'->'when' as when from ruleset s, jsonb_array_elements(s.content->'rules') r where s.program_id = $1 and r->'definition'->>'name' = 'Dla segmentu Nieużywany' order by s.no desc limit 1`, [shop.id]);
    expect(newest!.when).toEqual({ attribute: 'member.segment', operator: 'notInSegment', value: 'Nieużywany#3', tree: sales('atLeast', 7) });
    await end(rule);
  });

  it('lists and counts the very members for whom a purchase would find them in it, whatever the condition asks for', async () => {
    const company = await shop.api.createCircle({ params: params(), body: { kind: 'company', name: 'Huta' } });
    const people = [await newMember({ attributes: { rozmiar: 'L' } }), await newMember(), await newMember(), await newMember()];
    await shop.api.changeMember({ params: { ...params(), member: people[1]! }, body: { groups: ['klub'] } });
    await shop.api.changeMember({ params: { ...params(), member: people[2]! }, body: { company: company.id } });
    await record(sale(people[3]!, { totalMinor: 5000, lines: [{ lineId: '1', sku: 'K-1', category: 'Kawa', amountMinor: 5000 }] }));
    /** What is asked, and the places of those of whom it is true. */
    const asked = [
      [{ attribute: 'member.attribute.rozmiar', operator: 'is', value: 'L' }, [0]], [{ attribute: 'member.group', operator: 'includesAny', value: ['klub'] }, [1]], [{ attribute: 'member.company', operator: 'is', value: 'Huta' }, [2]],
      [{ attribute: 'history.category', operator: 'includesAny', value: ['Kawa'] }, [3]], [{ attribute: 'history.days.30.spent', operator: 'between', value: [4000, 6000] }, [3]], [{ attribute: 'member.daysSinceJoining', operator: 'below', value: 5 }, [0, 1, 2, 3]],
      [{ any: [{ attribute: 'member.group', operator: 'includesAny', value: ['klub'] }, { attribute: 'history.sku', operator: 'includesAny', value: ['K-1'] }] }, [1, 3]], [{ attribute: 'member.tier', operator: 'isNot', value: 'zloto' }, [0, 1, 2, 3]],
    ] as const;
    for (const [no, [condition, places]] of asked.entries()) {
      const { id } = await shop.api.createSegment({ params: params(), body: { name: `Pytanie ${no}`, condition: condition as never } });
      const rule = await publish(ruleOf(`Pytanie ${no}`));
      const listed = await membersOf(id);
      expect(await membersOf(id, 1)).toEqual(listed);
      const counted = await shop.api.countSegment({ params: params(), body: { condition: condition as never } });
      expect(counted).toMatchObject({ members: listed.length, next: null, examined: counted.total });
      const others = await shop.api.countSegment({ params: params(), body: { condition: EVERYBODY, except: condition as never } });
      expect(others.members).toBe(counted.total! - listed.length);
      expect([no, people.flatMap((member, place) => (listed.includes(member) ? [place] : []))]).toEqual([no, [...places]]);
      for (const [place, member] of people.entries()) expect([no, (await shop.api.previewTransaction({ params: params(), body: sale(member) })).awards.length]).toEqual([no, (places as readonly number[]).includes(place) ? 1 : 0]);
      await end(rule);
    }
  });

  it('is archived once no rule asks for it, and offered again when it is restored', async () => {
    const { id } = await shop.api.createSegment({ params: params(), body: { name: 'Do archiwum', condition: sales('atLeast', 1) } });
    const rule = await publish(ruleOf('Do archiwum'));
    expect(await refusedBy('POST', `/segments/${id}/archive`)).toEqual([409, 'segment_in_use']);
    await end(rule);
    expect(await shop.api.archiveSegment({ params: at(id) })).toMatchObject({ archived: true });
    expect(await refusedBy('POST', '/earning-rules', { definition: ruleOf('Do archiwum') })).toEqual([400, 'segment_unknown']);
    expect(await refusedBy('PATCH', `/segments/${id}`, { revision: 1, condition: sales('atLeast', 2) })).toEqual([409, 'segment_archived']);
    // Rules of the past name it still: publishing another one works.
    await end(await publish({ ...ruleOf('x'), name: 'Dla wszystkich', when: null }));
    expect(await shop.api.restoreSegment({ params: at(id) })).toMatchObject({ archived: false });
    await shop.api.createRule({ params: params(), body: { definition: ruleOf('Do archiwum') as never } });
  });

  it('400 segment_unknown and invalid_request, 409 segment_exists, 412 rule_changed_meanwhile: nothing is kept', async () => {
    const { id } = await shop.api.createSegment({ params: params(), body: { name: 'Stali', condition: sales('atLeast', 3) } });
    expect(await refusedBy('POST', '/earning-rules', { definition: ruleOf('Nie ma takiego') })).toEqual([400, 'segment_unknown']);
    expect(await refusedBy('POST', '/earning-rules', { definition: ruleOf('Stali#1') })).toEqual([400, 'segment_unknown']);
    expect(await refusedBy('POST', '/earning-rules', { definition: { ...ruleOf('Stali'), when: { ...ruleOf('Stali').when, tree: sales('atLeast', 0) } } })).toEqual([400, 'invalid_request']);
    expect(await refusedBy('POST', '/segments', { name: 'Stali', condition: sales('atLeast', 4) })).toEqual([409, 'segment_exists']);
    expect(await refusedBy('POST', '/segments', { name: 'Z#1', condition: sales('atLeast', 4) })).toEqual([400, 'invalid_request']);
    expect(await refusedBy('POST', '/segments', { name: 'Zakup', condition: { attribute: 'transaction.total', operator: 'atLeast', value: 1 } })).toEqual([400, 'invalid_request']);
    expect(await refusedBy('POST', '/segments/count', { condition: ruleOf('Stali').when })).toEqual([400, 'invalid_request']);
    expect(await refusedBy('POST', '/segments/count', { condition: sales('atLeast', 1), except: ruleOf('Stali').when })).toEqual([400, 'invalid_request']);
    expect(await refusedBy('PATCH', `/segments/${id}`, { revision: 7, condition: sales('atLeast', 4) })).toEqual([412, 'rule_changed_meanwhile']);
    expect(await shop.api.getSegment({ params: at(id) })).toMatchObject({ version: 1, condition: sales('atLeast', 3), draft: null, versions: [{ version: 1 }] });
  });

  it('two people who publish it at once: one does, the other is told', async () => {
    const { id } = await shop.api.createSegment({ params: params(), body: { name: 'Wyścig', condition: sales('atLeast', 1) } });
    await publish(ruleOf('Wyścig'));
    const { revision } = await shop.api.changeSegment({ params: at(id), body: { revision: 1, condition: sales('atLeast', 2) } });
    const answers = await Promise.all([1, 2, 3].map(() => refusedBy('POST', `/segments/${id}/publish`, { revision })));
    expect(answers.map(([status]) => status).sort()).toEqual([200, 412, 412]);
    expect((await shop.api.getSegment({ params: at(id) })).versions).toHaveLength(2);
  });

  it('of another program is nobody’s: neither its members nor its name', async () => {
    const other = await app.program({ rules: [] });
    const { id } = await other.api.createSegment({ params: { program: other.code }, body: { name: 'Cudzy', condition: sales('atLeast', 1) } });
    expect(await refusedBy('GET', `/segments/${id}/members`)).toEqual([404, 'not_found']);
    expect(await refusedBy('POST', '/earning-rules', { definition: ruleOf('Cudzy') })).toEqual([400, 'segment_unknown']);
  });
});
