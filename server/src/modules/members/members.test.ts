import { permissionNames } from '@wracam/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '../../platform/deps.ts';
import { tablesThatShow } from '../../testing/database-text.ts';
import { testDeps, type TestDeps } from '../../testing/deps.ts';
import { createStaff, openSession, makeGate } from '../access/index.ts';
import { listMessages } from '../messages/actions.ts';
import { addCard, changeMember, closeMember, createMember, setBlocked } from './actions.ts';
import { keyText } from './core.ts';
import { insertMembers, type NewMember } from './enrol.ts';
import { lookUpMember, ownAccount, resolveMember, searchMembers } from './find.ts';
import { pointerKey } from './identifiers.ts';
import { displayNames } from './profile.ts';
import { findMembersByKeys } from './store.ts';
import { getMemberView, listMembers, memberAttributes, memberRows } from './views.ts';

let t: TestDeps;
let programId: number;
let ctx: Ctx;
const ctxIn = (id: number): Ctx => ({
  programId: id, actor: { kind: 'key', id: 1 }, permissions: new Set(permissionNames), language: 'pl', requestId: 'test', adjustLimit: null, adjustDayLimit: null, memberId: null, idempotency: null,
});
beforeAll(async () => {
  t = await testDeps();
  programId = (await t.program()).id;
  ctx = ctxIn(programId);
});
afterAll(() => t.close());

const codeOf = (error: { code?: string }) => error.code;
let phones = 0;
const somePhone = () => `+48 60${String(1_000_000 + (phones += 1))}`;
const create = (input: Partial<NewMember> = {}, at: Ctx = ctx) => createMember(t.deps, at, { phone: somePhone(), termsVersion: 1, ...input });
const idOf = (view: { id: string }) => t.deps.publicIds.decode('mem', view.id)!;
const read = <T>(work: Parameters<TestDeps['deps']['db']['readProgram']>[1]) => t.deps.db.readProgram(programId, work) as Promise<T>;
const resolve = (ref: string) => read<number>((tx) => resolveMember(t.deps, tx, ref));
const lookUp = (pointer: Parameters<typeof lookUpMember>[2]) => read<number>((tx) => lookUpMember(t.deps, tx, pointer));
const search = (text: string) => read<number[]>((tx) => searchMembers(t.deps, tx, text, 20));

describe('a new member', () => {
  it('has a ten-digit number of its own, what was given, and no points', async () => {
    const anna = await create({ firstName: 'Anna', lastName: 'Nowak', phone: '601 000 001', email: 'Anna.Nowak@Example.pl', birthDate: '1990-02-28', card: 'K-1', externalId: 'ERP 1', attributes: { size: 'M', vip: true } });
    expect(anna.number).toMatch(/^[1-9]\d{9}$/);
    expect(anna).toMatchObject({
      firstName: 'Anna', lastName: 'Nowak', phone: '+48601000001', email: 'anna.nowak@example.pl', birthDate: '1990-02-28', externalId: 'ERP 1', state: 'active', kind: 'person', language: 'pl',
      cards: [{ number: 'K-1', active: true }], termsVersion: 1, attributes: { size: 'M', vip: true }, salesCount: 0, spentMinor: 0, lastSaleOn: null,
      balances: [{ wallet: 'punkty', available: 0, pending: 0, held: 0, debt: 0, expiring: [] }],
    });
    const [terms] = await t.ask('select version, channel, octet_length(text_hash) as bytes from terms_acceptance where member_id = $1', [idOf(anna)]);
    expect(terms).toEqual({ version: 1, channel: 'api', bytes: 32 });
  });

  it('is found by every identifier, in any spelling of phone and e-mail, one at a time and many at once', async () => {
    const jan = await create({ phone: '(22) 600 00 02', email: 'jan@example.pl', card: 'K-2', externalId: 'ERP-2', number: 'VIP-2' });
    const id = idOf(jan);
    for (const ref of [jan.id, 'number:VIP-2', 'card:K-2', 'external:ERP-2']) expect(await resolve(ref)).toBe(id);
    for (const pointer of [{ phone: '0048 22 600 00 02' }, { phone: '022 6000002' }, { email: ' JAN@example.PL' }, { card: 'K-2' }, { number: 'VIP-2' }, { externalId: 'ERP-2' }]) expect(await lookUp(pointer)).toBe(id);
    const keys = await t.deps.keyring.forProgram(programId);
    const wanted = [{ phone: '+48226000002' }, { card: 'K-2' }, { card: 'nobody' }].map((pointer) => pointerKey(keys, pointer)!);
    expect(await read(async (tx) => [...await findMembersByKeys(tx, tx.program.id, wanted)])).toEqual([[keyText(wanted[0]!), id], [keyText(wanted[1]!), id]]);
    expect(await lookUp({ phone: '12' }).catch(codeOf)).toBe('phone_invalid');
    for (const ref of ['number:nobody', 'card:nobody', 'mem_0000000000']) expect(await resolve(ref).catch(codeOf)).toBe('member_unknown');
  });

  it('twenty people with one phone at the same moment: one becomes a member, and nothing is left of the others', async () => {
    const phone = somePhone();
    const before = await t.ask('select count(*)::int as n from member');
    const results = await Promise.all(Array.from({ length: 20 }, (_, at) => create({ phone, card: `race-${at}` }).then(() => 'made', codeOf)));
    expect(results.filter((one) => one === 'made')).toHaveLength(1);
    expect(results.filter((one) => one === 'identifier_taken')).toHaveLength(19);
    expect(await t.ask('select (count(*) - 1)::int as n from member')).toEqual(before);
    expect(await t.ask(`select count(*)::int as n from member_identifier where key like 'race-%'`)).toEqual([{ n: 1 }]);
  });

  it('two pairs of the same identifiers in opposite order end in a refusal, never in a deadlock', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [a, b] = [`pair-a${round}`, `pair-b${round}`];
      const results = await Promise.all([create({ card: a, externalId: b }), create({ externalId: b, card: a })].map((one) => one.then(() => 'made', codeOf)));
      expect(results.toSorted()).toEqual(['identifier_taken', 'made']);
    }
  });

  it('is refused with the reason: no identifier, wrong terms, bad phone, taken field with its pointer, birthday to come', async () => {
    await create({ card: 'taken' });
    expect(await createMember(t.deps, ctx, { firstName: 'X', termsVersion: 1 }).catch(codeOf)).toBe('identifier_needed');
    expect(await create({ termsVersion: 2 }).catch((error) => [error.code, error.params])).toEqual(['terms_version_unknown', { current: 1 }]);
    expect(await create({ phone: '123456789012' }).catch(codeOf)).toBe('phone_invalid');
    expect(await create({ card: 'taken' }).catch((error) => [error.code, error.params, error.faults])).toEqual(['identifier_taken', { field: 'karta' }, [{ pointer: '/card', detail: 'karta' }]]);
    expect(await create({ birthDate: '2999-01-01' }).catch(codeOf)).toBe('invalid_request');
  });

  it('may have the phone of a member of another program, whom nobody here can see', async () => {
    const there = ctxIn((await t.program()).id);
    const phone = somePhone();
    const other = await create({ phone }, there);
    expect((await create({ phone })).phone).toBe(other.phone);
    expect(await resolve(other.id).catch(codeOf)).toBe('member_unknown');
    expect(await resolve(`number:${other.number}`).catch(codeOf)).toBe('member_unknown');
  });

  it('a repeated request with its key gives the first answer and makes nobody new', async () => {
    const keyed: Ctx = { ...ctx, idempotency: { scope: Buffer.alloc(16, 7), key: 'join-1', bodyHash: Buffer.alloc(32) } };
    const first = await create({ phone: '601 777 001' }, keyed);
    expect(await create({ phone: '601 777 001' }, keyed)).toEqual(first);
  });
});

describe('changes', () => {
  it('null clears a field, what is left out stays, and the freed identifier is free', async () => {
    const [phone, email] = [somePhone(), 'zmiana@example.pl'];
    const before = await create({ firstName: 'Ewa', lastName: 'Lis', phone, email, externalId: 'E-1', attributes: { size: 'S' } });
    const after = await changeMember(t.deps, ctx, idOf(before), { phone: null, lastName: 'Wilk', externalId: 'E-2' });
    expect(after).toEqual({ ...before, phone: null, lastName: 'Wilk', externalId: 'E-2' });
    expect(await resolve('external:E-1').catch(codeOf)).toBe('member_unknown');
    expect(await search('ewa wilk')).toEqual([idOf(before)]);
    expect(await search('ewa lis')).toEqual([]);
    expect((await create({ phone })).phone).not.toBeNull();
  });

  it('a phone of somebody else is refused and nothing changes', async () => {
    const [phone, other] = [somePhone(), await create({ firstName: 'Jan' })];
    await create({ phone });
    expect(await changeMember(t.deps, ctx, idOf(other), { firstName: 'Piotr', phone }).catch(codeOf)).toBe('identifier_taken');
    expect(await read((tx) => getMemberView(tx, t.deps, idOf(other)))).toEqual(other);
  });

  it('the old address is told when the e-mail changes, and not when anything else does', async () => {
    const member = await create({ email: 'stary@example.pl' });
    await changeMember(t.deps, ctx, idOf(member), { firstName: 'Nowe' });
    await changeMember(t.deps, ctx, idOf(member), { email: 'nowy@example.pl' });
    const { items } = await listMessages(t.deps, ctx, { limit: 50 });
    expect(items.map(({ to }) => to)).toEqual(['stary@example.pl']);
  });

  it('a lost card is replaced: the old one opens nothing and stays on the list, the new one works', async () => {
    const member = await create({ card: 'OLD' });
    const after = await addCard(t.deps, ctx, idOf(member), { number: 'NEW', replaces: 'OLD' });
    expect(after.cards.map(({ number, active }) => [number, active])).toEqual([['NEW', true], ['OLD', false]]);
    expect(await resolve('card:OLD').catch(codeOf)).toBe('member_unknown');
    expect(await resolve('card:NEW')).toBe(idOf(member));
    expect(await search('OLD')).toEqual([idOf(member)]);
    expect(await addCard(t.deps, ctx, idOf(member), { number: 'NEWER', replaces: 'OLD' }).catch(codeOf)).toBe('card_unknown');
    const other = await create({ card: 'THEIRS' });
    expect(await addCard(t.deps, ctx, idOf(member), { number: 'THEIRS' }).catch(codeOf)).toBe('identifier_taken');
    expect(await addCard(t.deps, ctx, idOf(other), { number: 'OLD' }).catch(codeOf)).toBe('identifier_taken');
    expect((await addCard(t.deps, ctx, idOf(member), { number: 'OLD' })).cards.map(({ active }) => active)).toEqual([true, true]);
  });
});

describe('states', () => {
  it('blocking and unblocking come and go; twice changes nothing and leaves one audit entry', async () => {
    const id = idOf(await create());
    expect((await setBlocked(t.deps, ctx, id, true, 'podejrzenie')).state).toBe('blocked');
    expect((await setBlocked(t.deps, ctx, id, true, 'podejrzenie')).state).toBe('blocked');
    expect(await addCard(t.deps, ctx, id, { number: 'blocked-card' }).catch(codeOf)).toBe('member_blocked');
    expect((await setBlocked(t.deps, ctx, id, false, 'wyjaśnione')).state).toBe('active');
    expect((await t.ask(`select action, details from audit_entry where subject = $1 and action like '%blocked' order by at, id`, [t.deps.publicIds.encode('mem', id)]))).toEqual([
      { action: 'member.blocked', details: { reason: 'podejrzenie' } }, { action: 'member.unblocked', details: { reason: 'wyjaśnione' } }]);
  });

  it('closing frees phone, e-mail, cards and external id for a new start, keeps number and name, ends sessions, and is for good', async () => {
    const given = { phone: somePhone(), email: 'koniec@example.pl', card: 'END', externalId: 'END' };
    const member = await create({ firstName: 'Zamknięta', ...given });
    const id = idOf(member);
    const { token } = await openSession(t.deps, 'member', { programId, memberId: id }, null);
    expect(await makeGate(t.deps).member(token, programId)).toMatchObject({ memberId: id });
    const closed = await closeMember(t.deps, ctx, id, 'na prośbę');
    expect(closed).toMatchObject({ state: 'closed', number: member.number, firstName: 'Zamknięta', cards: [] });
    expect(await makeGate(t.deps).member(token, programId)).toBeNull();
    expect(await resolve(`number:${member.number}`)).toBe(id);
    expect(idOf(await create(given))).not.toBe(id);
    const acts = [() => setBlocked(t.deps, ctx, id, false, 'x'), () => changeMember(t.deps, ctx, id, { firstName: 'X' }), () => addCard(t.deps, ctx, id, { number: 'X' })];
    for (const act of acts) expect(await act().catch(codeOf)).toBe('member_closed');
    expect(await closeMember(t.deps, ctx, id, 'znowu')).toEqual(closed);
  });
});

describe('lists and search', () => {
  it('the box finds by beginnings of names without accents, by number, card, phone and e-mail, and by nothing else', async () => {
    const member = await create({ firstName: 'Świętosława', lastName: 'Brzęczyszczykiewicz', phone: '602 333 444', email: 'swieta@example.pl', card: 'FIND-1' });
    const id = idOf(member);
    for (const text of ['swieto', 'ŚWIĘTO BRZ', 'brzeczyszczykiewicz', 'Brzęczyszczyk świę', member.number, 'FIND-1', '602333444', '+48 602 333 444', 'SWIETA@example.pl']) expect(await search(text), text).toEqual([id]);
    for (const text of ['s', 'wieto', 'brzeczyszczykowski', 'swieto nowak', '602333', 'swieta@example', 'example']) expect(await search(text), text).toEqual([]);
    expect(await read(async (tx) => [...await displayNames(tx, await t.deps.keyring.forProgram(programId), [id, id])])).toEqual([[id, 'Świętosława Brzęczyszczykiewicz']]);
  });

  it('pages go newest first, without a gap or a repeat, also among those who joined at one instant, and filter by state', async () => {
    const own = ctxIn((await t.program()).id);
    const at = Date.UTC(2026, 0, 5, 12);
    const ids = await t.deps.ids.take(25);
    await t.deps.db.inProgram(own.programId, (tx) => insertMembers(t.deps, tx, ids.map((id, place) => ({ id, joinedAt: at + Math.floor(place / 10), termsVersion: null }))));
    await setBlocked(t.deps, own, ids[3]!, true, 'x');
    const pages = async (state?: 'active' | 'blocked') => {
      const seen: string[] = [];
      for (let cursor: string | undefined, more = true; more;) {
        const page = await t.deps.db.readProgram(own.programId, (tx) => listMembers(tx, t.deps, { state, cursor, limit: 7 }));
        seen.push(...page.items.map(({ id }) => id));
        more = page.next !== null;
        cursor = page.next ?? undefined;
      }
      return seen.map((id) => t.deps.publicIds.decode('mem', id));
    };
    expect(await pages()).toEqual(ids.toReversed());
    expect(await pages('blocked')).toEqual([ids[3]]);
    expect(await pages('active')).toEqual(ids.toReversed().filter((id) => id !== ids[3]));
    expect(await t.deps.db.readProgram(own.programId, async (tx) => (await memberRows(tx, t.deps, [ids[0]!])).map(({ name, balances }) => ({ name, balances })))).toEqual([{ name: null, balances: [{ wallet: 'punkty', available: 0 }] }]);
  });
});

describe('bulk', () => {
  it('two thousand members come with distinct numbers and are found at once; a taken card refuses the batch whole', async () => {
    const own = ctxIn((await t.program()).id);
    const ids = await t.deps.ids.take(2_000);
    const rows = ids.map((id, at) => ({ id, joinedAt: Date.UTC(2024, 0, 1) + at, termsVersion: 1, firstName: 'Jan', lastName: `Kowalski${at}`, card: `C${at}`, phone: `+48 50${String(1_000_000 + at)}` }));
    await t.deps.db.inProgram(own.programId, (tx) => insertMembers(t.deps, tx, rows));
    expect(await t.ask('select count(distinct number)::int as n from member where program_id = $1', [own.programId])).toEqual([{ n: 2_000 }]);
    const found = await t.deps.db.readProgram(own.programId, (tx) => findMembersByKeys(tx, tx.program.id, rows.map((row) => ({ kind: 2, key: row.card }))));
    expect(new Set(found.values())).toEqual(new Set(ids));
    const [one, two] = await t.deps.ids.take(2);
    expect(await t.deps.db.inProgram(own.programId, (tx) => insertMembers(t.deps, tx, [{ id: one!, joinedAt: 0, termsVersion: null, card: 'free' }, { id: two!, joinedAt: 0, termsVersion: null, card: 'C7' }])).catch(codeOf)).toBe('identifier_taken');
    expect(await t.ask('select count(*)::int as n from member where id = any($1)', [[one, two]])).toEqual([{ n: 0 }]);
  });

  it('rules get birthday and attributes of exactly these members', async () => {
    const id = idOf(await create({ birthDate: '1988-02-29', attributes: { size: 'L' } }));
    expect(await read(async (tx) => [...await memberAttributes(t.deps, tx, [id])])).toEqual([[id, { birthMonthDay: '02-29', attributes: { size: 'L' } }]]);
  });
});

describe('personal data', () => {
  it('cannot be read in any table: not the name, not the phone in any spelling, not the e-mail', async () => {
    const keyed: Ctx = { ...ctx, idempotency: { scope: Buffer.alloc(16, 9), key: 'canary', bodyHash: Buffer.alloc(32) } };
    const member = await create({ firstName: 'Kanarzyca', lastName: 'Ptasińska', phone: '+48 603 987 321', email: 'kanarek.ptasi@example.pl', birthDate: '1971-11-23' }, keyed);
    await changeMember(t.deps, ctx, idOf(member), { email: 'kanarek.drugi@example.pl' });
    expect(await tablesThatShow(t.database.adminUrl, ['kanarzyca', 'Ptasińska', '603987321', '603 987 321', 'kanarek.', '1971-11-23'])).toEqual([]);
  });

  it('a sealed profile moved to another member does not open', async () => {
    const [a, b] = [idOf(await create({ firstName: 'A' })), idOf(await create({ firstName: 'B' }))];
    await t.ask('update member set sealed = (select sealed from member where id = $1) where id = $2', [a, b]);
    await expect(read((tx) => getMemberView(tx, t.deps, b))).rejects.toThrow();
  });

  it('staff are recognised by their e-mail when they open their own account', async () => {
    const staffId = await createStaff(t.deps, programId, { name: 'Kasjerka', email: 'kasjerka@example.pl', role: 'consultant' });
    const asStaff: Ctx = { ...ctx, actor: { kind: 'staff', id: staffId } };
    const own = idOf(await create({ email: 'Kasjerka@Example.pl' }));
    await create();
    expect([await ownAccount(t.deps, asStaff), await ownAccount(t.deps, ctx)]).toEqual([own, null]);
  });
});
