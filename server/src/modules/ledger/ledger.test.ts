import { permissionNames } from '@wracam/contract';
import { endOfLocalDay, startOfLocalDay } from '@wracam/engine/calendar';
import { credit } from '@wracam/engine/ledger/moves';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '../../platform/deps.ts';
import { runDueJobs } from '../../platform/jobs.ts';
import { testDeps, type TestDeps } from '../../testing/deps.ts';
import { createMember, insertMembers } from '../members/index.ts';
import { adjustPoints, reverseTransfer } from './actions/adjust.ts';
import { endHold, makeHold } from './actions/holds.ts';
import { openMember } from './actions/open-member.ts';
import { listHistory, readBalances, readBalancesWithLots } from './actions/read-points.ts';
import { auditProgram, expireDue, ledgerJobs, scheduleProgramJobs } from './jobs.ts';
import { verifyProgram } from './jobs/verify.ts';
import { saveWorkingSet } from './store.ts';
import { accountOf, newWorkingSet } from './working-set.ts';

const ZONE = 'Europe/Warsaw';
const START = startOfLocalDay(ZONE, '2026-01-10') + 12 * 3_600_000;

let t: TestDeps;
let programId: number;
let ctx: Ctx;
const ctxIn = (id: number): Ctx => ({ programId: id, actor: { kind: 'key', id: 1 }, permissions: new Set(permissionNames), language: 'pl', requestId: 'test', adjustLimit: null, adjustDayLimit: null, memberId: null, idempotency: null });
beforeAll(async () => {
  t = await testDeps();
  programId = (await t.program({ test: true, startsAt: START })).id;
  ctx = ctxIn(programId);
});
afterAll(async () => {
  const { differences } = await verifyProgram(t.deps.db, programId);
  await t.close();
  expect(differences).toEqual([]); // whatever the tests did, the ledger proves itself
});

let count = 0;
async function member(at: Ctx = ctx): Promise<number> {
  const made = await createMember(t.deps, at, { externalId: `M-${count += 1}`, termsVersion: 1 });
  return t.deps.publicIds.decode('mem', made.id)!;
}
const give = (id: number, points: number, more: { expiresOn?: string | null } = {}, at: Ctx = ctx) => adjustPoints(t.deps, at, async () => id, { points, reason: 'Na start', expiresOn: null, ...more });
const hold = (id: number, points: number, minutes?: number) => makeHold(t.deps, ctx, async () => id, { points, minutes });
const balance = async (id: number, at: Ctx = ctx) => (await t.deps.db.readProgram(at.programId, (tx) => readBalances(tx, [id]))).get(id)![0]!;
const history = (id: number, query: { cursor?: string | undefined; limit?: number } = {}) => t.deps.db.readProgram(programId, (tx) => listHistory(t.deps, tx, id, query, 'pl'));
const setClock = (to: number) => t.ask('update program set test_now = $2 where id = $1', [programId, new Date(to)]);
const clock = async () => (await t.ask<{ now: Date }>('select test_now as now from program where id = $1', [programId]))[0]!.now.getTime();
const outcomes = async (attempts: readonly Promise<unknown>[]) => (await Promise.allSettled(attempts)).map((one) => (one.status === 'fulfilled' ? 'done' : String(Reflect.get(Object(one.reason), 'code'))));
const countOf = (words: readonly string[], word: string) => words.filter((one) => one === word).length;
/** The SQLSTATE that a statement of the administrator ends with. */
const sqlState = (text: string, values: unknown[] = []) => t.ask(text, values).then(() => 'done', (error: unknown) => String(Reflect.get(Object(error), 'code')));

describe('points by hand', () => {
  it('come with a reason, a lot and an entry in the audit trail, and can be taken back once', async () => {
    const anna = await member();
    const given = await give(anna, 100, { expiresOn: '2026-12-31' });
    expect(given).toMatchObject({ transfer: { kind: 'adjust', points: 100, reason: 'Na start', expiresOn: '2026-12-31', reversible: true, reversed: false }, balances: [{ available: 100, expiring: [{ on: '2026-12-31', points: 100 }] }] });
    expect(await reverseTransfer(t.deps, ctx, given.transfer.id, 'Pomyłka')).toMatchObject({ transfer: { kind: 'reverse', points: -100, reason: 'Cofnięta zmiana: Pomyłka', reversible: false }, balances: [{ available: 0, expiring: [] }] });
    await expect(reverseTransfer(t.deps, ctx, given.transfer.id, 'Jeszcze raz')).rejects.toMatchObject({ code: 'transfer_not_reversible' });
    expect(await t.ask('select action, details->>\'points\' as points from audit_entry where subject = $1 and action not like \'member.%\' order by id', [t.deps.publicIds.encode('mem', anna)])).toEqual([{ action: 'points.adjusted', points: '100' }, { action: 'transfer.reversed', points: '100' }]);
  });

  it('that were taken return to the very lots they came from', async () => {
    const jan = await member();
    await give(jan, 50, { expiresOn: '2026-06-30' });
    await give(jan, 50);
    const taken = await give(jan, -70);
    expect((await balance(jan)).expiring).toEqual([]);
    await reverseTransfer(t.deps, ctx, taken.transfer.id, 'Pomyłka');
    expect(await balance(jan)).toMatchObject({ available: 100, expiring: [{ on: '2026-06-30', points: 50 }] });
  });

  it('keep to the limit of the person, up and down and when taken back; without enough points nothing changes', async () => {
    const ewa = await member();
    const limited: Ctx = { ...ctx, actor: { kind: 'staff', id: 7 }, adjustLimit: 100 };
    for (const points of [101, -101]) await expect(give(ewa, points, {}, limited)).rejects.toMatchObject({ code: 'adjust_limit_exceeded', params: { limit: 100 } });
    const large = await give(ewa, 500);
    await expect(reverseTransfer(t.deps, limited, large.transfer.id, 'x')).rejects.toMatchObject({ code: 'adjust_limit_exceeded' });
    await expect(give(ewa, -501)).rejects.toMatchObject({ code: 'points_not_enough', params: { missing: 1 } });
    expect(await balance(ewa)).toMatchObject({ available: 500 });
  });

  it('keep to the person’s limit of the day, whichever way points go, in whatever wallet of whomever, and with ten devices at once', async () => {
    const [ewa, iga] = [await member(), await member()];
    const limited: Ctx = { ...ctx, actor: { kind: 'staff', id: 8 }, adjustDayLimit: 100 };
    const given = await give(ewa, 40, {}, limited);
    await give(iga, 20, {}, limited);
    await expect(give(iga, -41, {}, limited)).rejects.toMatchObject({ code: 'adjust_day_limit_reached', params: { limit: 100, left: 40 } });
    await reverseTransfer(t.deps, limited, given.transfer.id, 'Pomyłka');
    await expect(give(iga, 1, {}, limited)).rejects.toMatchObject({ code: 'adjust_day_limit_reached', params: { left: 0 } });
    expect([(await balance(ewa)).available, (await balance(iga)).available]).toEqual([0, 20]);
    await give(iga, 500, {}, { ...limited, actor: { kind: 'staff', id: 9 }, adjustDayLimit: 500 });
    const words = await outcomes(Array.from({ length: 10 }, () => give(iga, 30, {}, { ...limited, actor: { kind: 'staff', id: 10 } })));
    expect([countOf(words, 'done'), countOf(words, 'adjust_day_limit_reached')]).toEqual([3, 7]);
  }, 60_000);

  it('taken back 50 times at once: one reversal is booked', async () => {
    const ola = await member();
    const given = await give(ola, 100);
    const words = await outcomes(Array.from({ length: 50 }, () => reverseTransfer(t.deps, ctx, given.transfer.id, 'Pomyłka')));
    expect([countOf(words, 'done'), countOf(words, 'transfer_not_reversible')]).toEqual([1, 49]);
    expect(await balance(ola)).toMatchObject({ available: 0 });
  }, 60_000);

  it('given to a new member by 20 devices at once are all there: nobody locked a row that did not exist', async () => {
    const iga = await member();
    await Promise.all(Array.from({ length: 20 }, () => give(iga, 5)));
    expect(await balance(iga)).toMatchObject({ available: 100 });
  }, 60_000);

  it('with one Idempotency-Key sent 10 times are given once, and each gets the first answer', async () => {
    const leo = await member();
    const keyed: Ctx = { ...ctx, idempotency: { scope: Buffer.alloc(16, 1), key: `leo-${leo}`, bodyHash: Buffer.alloc(32, 2) } };
    const answers = await Promise.all(Array.from({ length: 10 }, () => give(leo, 30, {}, keyed)));
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(await balance(leo)).toMatchObject({ available: 30 });
  });
});

describe('a hold', () => {
  it('reserves points; captured it spends them, released it gives them back, and either only once', async () => {
    const kuba = await member();
    await give(kuba, 300);
    const [first, second] = [await hold(kuba, 100), await hold(kuba, 50)];
    expect(await balance(kuba)).toMatchObject({ available: 150, held: 150 });
    expect(await endHold(t.deps, ctx, first.id, 'captured')).toMatchObject({ state: 'captured', balances: [{ available: 150, held: 50 }] });
    expect(await endHold(t.deps, ctx, second.id, 'released')).toMatchObject({ state: 'released', balances: [{ available: 200, held: 0 }] });
    for (const { id } of [first, second]) for (const as of ['captured', 'released'] as const) await expect(endHold(t.deps, ctx, id, as)).rejects.toMatchObject({ code: 'hold_resolved' });
  });

  it('counts at once: six holds of 1,000 on 5,000 points, the sixth is refused', async () => {
    const zosia = await member();
    await give(zosia, 5_000);
    const words = await outcomes(Array.from({ length: 6 }, () => hold(zosia, 1_000)));
    expect([countOf(words, 'done'), countOf(words, 'points_not_enough')]).toEqual([5, 1]);
  });

  it('captured and released at the same moment ends one way', async () => {
    for (let round = 0; round < 10; round += 1) {
      const lena = await member();
      await give(lena, 100);
      const { id } = await hold(lena, 100);
      const words = await outcomes([endHold(t.deps, ctx, id, 'captured'), endHold(t.deps, ctx, id, 'released'), endHold(t.deps, ctx, id, 'captured')]);
      expect([countOf(words, 'done'), countOf(words, 'hold_resolved')]).toEqual([1, 2]);
      expect(await balance(lena)).toMatchObject({ available: words[1] === 'done' ? 100 : 0, held: 0 });
    }
  });

  it('with a time limit is over at its minute, whether or not a job noticed: it cannot be captured and its points are free', async () => {
    const ida = await member();
    await give(ida, 100);
    const { id } = await hold(ida, 100, 15);
    await setClock(await clock() + 15 * 60_000);
    expect(await balance(ida)).toMatchObject({ available: 100, held: 0 });
    await expect(endHold(t.deps, ctx, id, 'captured')).rejects.toMatchObject({ code: 'hold_resolved', params: { state: 'released' } });
    expect((await hold(ida, 100)).state).toBe('held');
  });

  it('is released by its job when nobody comes', async () => {
    const adam = await member();
    await give(adam, 100);
    await hold(adam, 60, 5);
    await runDueJobs(t.deps, ledgerJobs, programId, await clock() + 10 * 60_000);
    expect(await t.ask('select available::int, held::int from account where member_id = $1', [adam])).toEqual([{ available: 100, held: 0 }]);
  });
});

describe('expiry', () => {
  it('shows at its instant with no job run, and the job books each lot once', async () => {
    const pola = await member();
    const last = '2026-02-10';
    await give(pola, 100, { expiresOn: last });
    await give(pola, 40);
    await setClock(endOfLocalDay(ZONE, last) - 1);
    expect(await balance(pola)).toMatchObject({ available: 140 });
    await setClock(endOfLocalDay(ZONE, last));
    expect(await balance(pola)).toMatchObject({ available: 40, expiring: [] });
    expect((await history(pola)).items[0]).toMatchObject({ kind: 'expire', points: -100, reason: 'Punkty wygasły' });
    await Promise.all([expireDue(t.deps, programId), expireDue(t.deps, programId), give(pola, 1)]);
    expect((await history(pola)).items.filter((one) => one.kind === 'expire')).toHaveLength(1);
    expect(await expireDue(t.deps, programId)).toEqual({ members: 0, failed: 0 });
  });

  it('books more members than one batch holds, each in its own right', async () => {
    const own = ctxIn((await t.program({ test: true, startsAt: START })).id);
    const ids = await t.deps.ids.take(520);
    await t.deps.db.inProgram(own.programId, async (tx) => {
      await insertMembers(t.deps, tx, ids.map((id) => ({ id, joinedAt: START, termsVersion: 1 })));
      const set = newWorkingSet(own.programId, true, tx.program.now);
      for (const id of ids) credit(set.book, accountOf(set, id, { no: 1, debtLimit: 0 }), 10, { usableAt: null, expiresAt: START + 1_000 }, { kind: 'adjust', origin: { kind: 'import', id: null } });
      await saveWorkingSet(tx, set);
    });
    await t.ask('update program set test_now = $2 where id = $1', [own.programId, new Date(START + 1_000)]);
    expect(await expireDue(t.deps, own.programId)).toEqual({ members: 520, failed: 0 });
    expect(await t.ask('select sum(available)::int as available, count(*)::int as n from account where program_id = $1', [own.programId])).toEqual([{ available: 0, n: 520 }]);
    expect((await verifyProgram(t.deps.db, own.programId)).differences).toEqual([]);
  }, 60_000);

  it('never takes points that became usable only now, and pending points mature by themselves', async () => {
    const hela = await member();
    await t.deps.db.inProgram(programId, async (tx) => {
      const set = newWorkingSet(programId, true, tx.program.now);
      await openMember(tx, set, hela);
      credit(set.book, accountOf(set, hela, { no: 1, debtLimit: 0 }), 25, { usableAt: tx.program.now + 60_000, expiresAt: null }, { kind: 'earn', origin: { kind: 'transaction', id: null } });
      await saveWorkingSet(tx, set);
    });
    expect(await balance(hela)).toMatchObject({ available: 0, pending: 25 });
    await setClock(await clock() + 60_000);
    expect(await balance(hela)).toMatchObject({ available: 25, pending: 0 });
    await expireDue(t.deps, programId);
    expect(await t.ask('select available::int, pending::int from account where member_id = $1', [hela])).toEqual([{ available: 25, pending: 0 }]);
  });
});

describe('what a member sees', () => {
  it('history page by page shows each movement once, newest first, and adds up to the balance', async () => {
    const nina = await member();
    for (let n = 1; n <= 7; n += 1) await give(nina, n * 10);
    await give(nina, -35);
    const pages = [];
    let cursor: string | undefined;
    do {
      const page = await history(nina, { cursor, limit: 3 });
      pages.push(...page.items);
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(pages.map((one) => one.points)).toEqual([-35, 70, 60, 50, 40, 30, 20, 10]);
    expect(pages.reduce((sum, one) => sum + one.points, 0)).toBe((await balance(nina)).available);
  });

  it('every lot that still holds points is listed, the soonest to expire first', async () => {
    const tola = await member();
    await give(tola, 10);
    await give(tola, 20, { expiresOn: '2027-12-31' });
    await give(tola, 30, { expiresOn: '2027-06-30' });
    await give(tola, -35);
    const { lots } = await t.deps.db.readProgram(programId, (tx) => readBalancesWithLots(t.deps, tx, tola));
    expect(lots.map((lot) => [lot.remaining, lot.points, lot.expiresOn])).toEqual([[15, 20, '2027-12-31'], [10, 10, null]]);
  });

  it('a cursor of someone’s own making is refused', async () => {
    const ada = await member();
    for (const cursor of ['x', '1-', '9-5', '1-99999999999', "1-5'; drop table transfer"]) await expect(history(ada, { cursor })).rejects.toMatchObject({ code: 'invalid_request' });
  });
});

describe('PostgreSQL itself', () => {
  it('refuses to change or delete a transfer, even for its owner', async () => {
    const live = ctxIn((await t.program()).id);
    await give(await member(live), 10, {}, live);
    const asOwner = (statement: string) => sqlState(`begin; set local role "${t.database.roles.owner}"; select use_program(${live.programId}); set local app.purge = 'on'; ${statement}; commit`);
    for (const statement of ['update transfer set points = 11', 'delete from transfer', "update transfer_note set reason = 'x'"]) {
      expect(await asOwner(statement)).toBe('23001');
      expect(await sqlState(statement)).toBe('23001');
    }
    expect(await asOwner("select 1 / (count(*) - 1) from transfer")).toBe('22012'); // the owner does see the row
  });

  it('refuses a second reversal, a reversal of nothing, negative figures and a debt beyond the limit', async () => {
    const rafal = await member();
    const given = await give(rafal, 10);
    await reverseTransfer(t.deps, ctx, given.transfer.id, 'Pomyłka');
    const copy = (changes: string) => `insert into transfer select (jsonb_populate_record(x, '${changes}'::jsonb)).* from transfer x where x.member_id = $1 and x.kind = 8`;
    expect(await sqlState(copy('{"seq": 3}'), [rafal])).toBe('23505');
    expect(await sqlState(copy('{"seq": 3, "reverses_seq": null}'), [rafal])).toBe('23514');
    expect(await sqlState(copy('{"seq": 3, "reverses_seq": 2, "points": 0}'), [rafal])).toBe('23514');
    for (const column of ['available', 'pending', 'held', 'debt']) expect(await sqlState(`update account set ${column} = -1 where member_id = $1`, [rafal])).toBe('23514');
    expect(await sqlState('update account set debt = debt_limit + 1 where member_id = $1', [rafal])).toBe('23514');
    expect(await sqlState('update lot set remaining = points + 1 where member_id = $1', [rafal])).toBe('23514');
  });

  it('lets a hold end once, whatever a program tries', async () => {
    const bela = await member();
    await give(bela, 10);
    const { id } = await hold(bela, 10);
    await endHold(t.deps, ctx, id, 'released');
    const end = 'insert into hold_resolution (program_id, hold_id, kind, at, transfer_seq) values ($1, $2, $3, now(), $4)';
    const holdId = t.deps.publicIds.decode('hld', id);
    expect(await sqlState(end, [programId, holdId, 2, null])).toBe('23505');
    expect(await sqlState(end, [programId, holdId, 1, 1])).toBe('23505');
  });

  it('shows one program nothing of another, in any table', async () => {
    const other = ctxIn((await t.program()).id);
    await give(await member(other), 10, {}, other);
    const tables = await t.ask<{ name: string }>(`select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'program_id' and not a.attisdropped
      where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`);
    const names = tables.map((one) => one.name);
    expect(names).toEqual(expect.arrayContaining(['account', 'hold', 'lot', 'member', 'report_day', 'reward_order', 'transaction', 'transfer']));
    await t.deps.db.readProgram(programId, async (tx) => {
      for (const name of names) expect([name, await tx.rows({ text: `select 1 as one from ${name} where program_id <> $1`, values: [programId] })]).toEqual([name, []]);
    });
    const inserted = await t.deps.db.inProgram(programId, (tx) => tx.run({ text: `insert into transfer_note (program_id, member_id, wallet_no, seq, reason) select $1, member_id, wallet_no, seq, 'x' from transfer where program_id = $1`, values: [other.programId] }));
    expect(inserted).toBe(0);
    await expect(t.deps.db.inProgram(programId, (tx) => tx.run({ text: `insert into member_name_index (program_id, token, member_id) values ($1, '\\x00', 1)`, values: [other.programId] }))).rejects.toMatchObject({ code: '42501' });
  });
});

describe('the auditor', () => {
  it('finds a balance, a lot, a hold and a link that somebody changed behind its back, and stops spending from them alone', async () => {
    const own = ctxIn((await t.program({ test: true, startsAt: START })).id);
    const [sound, rich, lots, held, chain] = [await member(own), await member(own), await member(own), await member(own), await member(own)];
    for (const id of [sound, rich, lots, held, chain]) { await give(id!, 100, {}, own); await give(id!, -30, {}, own); }
    await makeHold(t.deps, own, async () => held!, { points: 20 });
    expect((await verifyProgram(t.deps.db, own.programId)).differences).toEqual([]);
    await t.ask('update account set available = 1000 where member_id = $1', [rich]);
    await t.ask('update lot set points = 101 where member_id = $1', [lots]);
    await t.ask('update account set held = held + 5 where member_id = $1', [held]);
    await t.ask('alter table transfer disable trigger user');
    await t.ask('update transfer set booked_at = booked_at + interval \'1 second\' where member_id = $1 and seq = 1', [chain]);
    await t.ask('alter table transfer enable trigger user');
    const { accounts, transfers, differences } = await auditProgram(t.deps, own.programId);
    expect([accounts, transfers]).toEqual([5, 10]);
    expect(differences.map((one) => one.memberId).sort()).toEqual([rich, lots, held, chain].sort());
    expect(differences.find((one) => one.memberId === chain)!.details).toContain('the chain breaks at transfer 1');
    await auditProgram(t.deps, own.programId);
    expect(await t.ask('select count(*)::int as n from audit_difference where program_id = $1', [own.programId])).toEqual([{ n: 4 }]);
    await expect(makeHold(t.deps, own, async () => rich!, { points: 1 })).rejects.toMatchObject({ code: 'account_suspended' });
    expect((await makeHold(t.deps, own, async () => sound!, { points: 1 })).state).toBe('held');
  });

  it('proves a chain longer than one page of rows', async () => {
    const own = ctxIn((await t.program({ test: true, startsAt: START })).id);
    const id = await member(own);
    await t.deps.db.inProgram(own.programId, async (tx) => {
      const set = newWorkingSet(own.programId, true, tx.program.now);
      await openMember(tx, set, id);
      for (let n = 0; n < 11_000; n += 1) credit(set.book, accountOf(set, id, { no: 1, debtLimit: 0 }), 1, { usableAt: null, expiresAt: null }, { kind: 'earn', origin: { kind: 'transaction', id: n } });
      await saveWorkingSet(tx, set);
    });
    expect(await verifyProgram(t.deps.db, own.programId)).toEqual({ accounts: 1, transfers: 11_000, differences: [] });
  });
});

describe('nightly work', () => {
  it('runs once a local date, across both changes of clocks', async () => {
    const own = ctxIn((await t.program({ test: true, startsAt: startOfLocalDay(ZONE, '2026-10-20') })).id);
    await t.deps.db.inProgram(own.programId, scheduleProgramJobs);
    const runs: { kind: string; at: number }[] = [];
    const watched = Object.fromEntries(Object.entries(ledgerJobs).map(([kind, handler]) => [kind, { run: async (...given: Parameters<typeof handler.run>) => { runs.push({ kind, at: given[1].now }); return handler.run(...given); } }]));
    const ran = await runDueJobs(t.deps, watched, own.programId, startOfLocalDay(ZONE, '2026-10-30'));
    expect(ran).toBe(10 + 9);
    const shown = (kind: string) => runs.filter((one) => one.kind === kind).map((one) => new Date(one.at).toLocaleString('sv-SE', { timeZone: ZONE }));
    expect(shown('ledger.expire')).toEqual(Array.from({ length: 10 }, (_, n) => `2026-10-${21 + n} 00:00:00`));
    expect(shown('ledger.audit')).toEqual(Array.from({ length: 9 }, (_, n) => `2026-10-${21 + n} 03:00:00`));
  }, 60_000);
});
