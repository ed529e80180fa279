import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setUpProgram } from '../../setup.ts';
import { testApp, type TestApp } from '../../testing/app.ts';
import { isStartProblem } from '../../platform/start-problem.ts';
import { verifyProgram } from '../ledger/index.ts';
import { POINTS_WALLET } from '../programs/index.ts';
import { importBalances, importTransactions, loadHistory, readMapping, inTurn, undoImport, OutOfOrder, type Mapping } from './index.ts';
import { scaledInteger } from './sale-rows.ts';

let app: TestApp;
let folder: string;
let mapping: Mapping;
let count = 0;
beforeAll(async () => {
  app = await testApp();
  folder = await mkdtemp(path.join(tmpdir(), 'wracam-import-'));
  mapping = await readMapping('online-retail');
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
const file = async (lines: readonly string[], header = HEADER) => {
  const name = path.join(folder, `${count += 1}.csv`);
  await writeFile(name, `${[header, ...lines].join('\n')}\n`);
  return name;
};
const newProgram = async () => {
  const { rules, expiry, ...input } = mapping.program;
  return (await setUpProgram(app.deps, { ...input, code: `shop-${count += 1}`, wallets: [{ ...POINTS_WALLET, expiry }] }, rules)).id;
};
const pointsOf = async (programId: number, externalId: string) => Number((await app.ask<{ points: string }>(
  "select coalesce(sum(a.available - a.debt), 0) as points from member_identifier i left join account a on a.program_id = i.program_id and a.member_id = i.member_id where i.program_id = $1 and i.kind = 3 and i.key = $2", [programId, externalId]))[0]!.points);
const differences = async (programId: number) => (await verifyProgram(app.deps.db, programId)).differences;
const load = (programId: number, name: string, report: string | null = null) => importTransactions(app.deps, { file: name, mapping, programId, report });

const SHOP = [
  'A1000,B,Adjust bad debt,1,2010-11-30 08:00:00,11062.06,NA,United Kingdom',
  '1001,85123A,HEART HOLDER,10,2010-12-01 08:26:00,25.00,17850,United Kingdom',
  '1001,POST,POSTAGE,1,2010-12-01 08:27:00,18.00,17850,United Kingdom',
  '1002,85123A,HEART HOLDER,4,2010-12-02 09:00:00,25.00,17850,United Kingdom',
  '1003,22423,CAKESTAND,1,2010-12-02 09:30:00,12.75,NA,France',
  '1004,22423,,-9,2010-12-02 10:00:00,0,NA,United Kingdom',
  '1005,22423,damaged,3,2010-12-02 10:01:00,0,NA,United Kingdom',
  'C1006,85123A,HEART HOLDER,-6,2010-12-03 10:00:00,25.00,17850,United Kingdom',
  'C1007,22423,CAKESTAND,-2,2010-12-03 11:00:00,12.75,17850,United Kingdom',
  '1008,22423,CAKESTAND,x,2010-12-03 12:00:00,12.75,17850,United Kingdom',
];

describe('a file of sales', () => {
  it('becomes members, sales and matched returns; what is not taken has a reason, and received = booked + refused', async () => {
    const programId = await newProgram();
    const report = path.join(folder, 'report.csv');
    const figures = await load(programId, await file(SHOP), report);
    expect(figures).toMatchObject({
      received: { rows: 10 }, booked: { rows: 6 }, refused: { rows: 4 }, sales: 3, returns: 2, newMembers: 1, withoutMember: 1, returnedRows: 2, unmatched: { rows: 1, minor: 2550 },
      documents: { booked: 5, duplicates: 0, refused: 0 },
    });
    expect(figures.received.minor).toBe(figures.booked.minor + figures.refused.minor);
    expect(figures.booked.minor).toBe(25_000 + 1800 + 10_000 + 1275 - 15_000 - 2550);
    // 250 zł of goods (postage earns nothing) and 100 zł: 25 + 10. Newest first: 4 pieces of the second sale, then 2 of the first: 0 + 20 stay.
    expect(await pointsOf(programId, '17850')).toBe(20);
    expect(figures.points).toEqual({ earned: 35, takenBack: 15 });
    const text = await readFile(report, 'utf8');
    expect(text.split('\n').filter((line) => line.startsWith('refused'))).toHaveLength(4);
    expect(text).toContain('recorded without points,10,C1007');
    expect(await differences(programId)).toEqual([]);
  });

  it('books nothing new the second time, and gzip is read as well', async () => {
    const programId = await newProgram();
    const name = await file(SHOP);
    await load(programId, name);
    expect(await load(programId, name)).toMatchObject({ repeated: true, documents: { booked: 0, duplicates: 5 } });
    const packed = `${name}.gz`;
    await writeFile(packed, gzipSync(await readFile(name))); // other bytes, the same documents
    expect(await load(programId, packed)).toMatchObject({ repeated: false, newMembers: 0, documents: { booked: 0, duplicates: 5 } });
    expect(await pointsOf(programId, '17850')).toBe(20);
  });

  it('takes the time of the file as that zone’s clocks show it, also where the program is an hour ahead', async () => {
    const programId = await newProgram();
    await load(programId, await file(['1,A,Lamp,1,2011-07-01 23:30:00,10.00,5,X', '2,A,Lamp,1,2011-12-01 08:00:00,10.00,5,X']));
    const rows = await app.ask<{ at: Date }>('select occurred_at as at from transaction where program_id = $1 order by id', [programId]);
    expect(rows.map((row) => row.at.toISOString())).toEqual(['2011-07-01T22:30:00.000Z', '2011-12-01T08:00:00.000Z']);
  });

  it('is refused row by row where it is not sorted, and as a whole where a column is missing', async () => {
    const programId = await newProgram();
    const figures = await load(programId, await file(['1,A,Lamp,1,2011-01-01 08:00:00,10.00,5,X', '2,A,Lamp,1,2011-01-02 08:00:00,10.00,5,X', '3,A,Lamp,1,2011-01-03 08:00:00,10.00,5,X', '4,A,Lamp,1,2011-01-01 09:30:00,10.00,5,X']));
    expect(figures).toMatchObject({ booked: { rows: 3 }, refused: { rows: 1, minor: 1000 } });
    await expect(load(programId, await file(['1'], 'InvoiceNo'))).rejects.toThrow(/no column InvoiceDate/);
  });

  it('is undone as a whole by new movements, once; then it may come again', async () => {
    const programId = await newProgram();
    const name = await file(SHOP);
    const { batch } = await load(programId, name);
    const before = Number((await app.ask<{ n: string }>('select count(*) as n from transfer where program_id = $1', [programId]))[0]!.n);
    expect(await undoImport(app.deps, programId, batch)).toMatchObject({ documents: { sales: 3, returns: 2, pointsTaken: 20, pointsOwed: 0, pointsForgiven: 0, keptReturns: [] } });
    expect(await pointsOf(programId, '17850')).toBe(0);
    expect(Number((await app.ask<{ n: string }>('select count(*) as n from transfer where program_id = $1', [programId]))[0]!.n)).toBeGreaterThan(before);
    expect((await app.ask("select 1 from transaction where program_id = $1 and batch_no = $2 and state <> 4", [programId, batch]))).toEqual([]);
    expect(await differences(programId)).toEqual([]);
    await expect(undoImport(app.deps, programId, batch)).rejects.toThrow(/undone before/);
    expect(await load(programId, name)).toMatchObject({ repeated: false, documents: { booked: 5, duplicates: 0 } });
    expect(await pointsOf(programId, '17850')).toBe(20);
    expect(await differences(programId)).toEqual([]);
  });
});

it('nothing is loaded while a load is undone, nothing undone while a file is loaded, and files are loaded beside each other', async () => {
  const [one, other] = [await newProgram(), await newProgram()];
  const { appUrl } = app.database;
  const turn = (programId: number, what: 'load' | 'undo', meanwhile: () => Promise<string[]> = async () => []) => inTurn(appUrl, programId, what, async () => ['done', ...await meanwhile()]).catch((error: unknown) => [isStartProblem(error) ? error.message : String(error)]);
  const both = async (programId: number) => [...await turn(programId, 'load'), ...await turn(programId, 'undo')];
  const [loading, undoing] = [/is being undone just now/, /is being loaded into this program, or another load undone/].map((sentence) => expect.stringMatching(sentence) as string);
  expect(await turn(one, 'load', () => both(one))).toEqual(['done', 'done', undoing]);
  expect(await turn(one, 'undo', () => both(one))).toEqual(['done', loading, undoing]);
  expect(await turn(one, 'undo', () => both(other))).toEqual(['done', 'done', 'done']);
  expect(await both(one)).toEqual(['done', 'done']);
});

it('two who undo a load at once undo it once, and one of them is told', async () => {
  const programId = await newProgram();
  const { batch } = await load(programId, await file(SHOP));
  const told = await Promise.allSettled([undoImport(app.deps, programId, batch), undoImport(app.deps, programId, batch)]);
  expect(told.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(told.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))).toEqual([expect.stringMatching(/was undone (before|by somebody else)/)]);
  expect([await pointsOf(programId, '17850'), await differences(programId)]).toEqual([0, []]);
});

describe('a second file', () => {
  const FIRST = ['1,A,Lamp,4,2011-01-01 08:00:00,50.00,7,X', '2,A,Lamp,2,2011-01-02 08:00:00,50.00,7,X', '3,B,Cup,1,2011-01-02 09:00:00,10.00,7,X', 'C4,A,Lamp,-1,2011-01-03 08:00:00,50.00,7,X'];
  // Of 4 + 2 lamps one of the newer two is back already: five returned here are one of this file's, the other of the second sale, three of the first.
  const SECOND = ['5,A,Lamp,1,2011-02-01 08:00:00,50.00,7,X', 'C6,A,Lamp,-5,2011-02-02 08:00:00,50.00,7,X', 'C7,A,Lamp,-2,2011-02-03 08:00:00,50.00,7,X', 'C8,B,Cup,-1,2011-02-03 09:00:00,10.00,8,X'];
  const taken = (programId: number) => app.ask<{ sale: string; line: string; quantity: string }>(`select s.external_id as sale, l->>'lineId' as line, sum((l->>'quantity')::int8) as quantity
    from sale_return r join transaction s on s.program_id = r.program_id and s.id = r.sale_id, jsonb_array_elements(r.details->'taken') l where r.program_id = $1 and r.applied group by 1, 2 order by 1`, [programId]);
  const EXPECTED = [{ sale: '1', line: '1', quantity: '4000' }, { sale: '2', line: '1', quantity: '2000' }, { sale: '5', line: '1', quantity: '1000' }];

  it('brings cancellations of what an earlier file sold: the newest lines first, no piece twice, what nobody bought stays unmatched', async () => {
    const programId = await newProgram();
    await load(programId, await file(FIRST));
    expect(await pointsOf(programId, '7')).toBe(20 + 10 + 1 - 5);
    const figures = await load(programId, await file(SECOND));
    // One lamp of C7 is left of the first sale, its other one was never bought; the cup of member 8 neither.
    expect(figures).toMatchObject({ documents: { booked: 4, refused: 0 }, unmatched: { rows: 2, minor: 5_000 + 1_000 }, points: { takenBack: 30 } });
    expect(await taken(programId)).toEqual(EXPECTED);
    expect(await pointsOf(programId, '7')).toBe(1);
    expect(await differences(programId)).toEqual([]);
  });

  it('that is cut off matches the same lines when it runs again, and books them once', async () => {
    const programId = await newProgram();
    await load(programId, await file(FIRST));
    const name = await file(SECOND);
    await load(programId, name);
    await app.ask(`update import_batch set state = 'running', position = 1 where program_id = $1 and no = 2`, [programId]); // its progress was lost after the last commit
    expect(await load(programId, name)).toMatchObject({ repeated: false, documents: { booked: 0, duplicates: 3, refused: 0 }, unmatched: { rows: 2 } });
    expect(await taken(programId)).toEqual(EXPECTED);
    expect(await pointsOf(programId, '7')).toBe(1);
  });

  it('does not return what was sold after the cancellation', async () => {
    const programId = await newProgram();
    await load(programId, await file(['1,A,Lamp,1,2011-03-01 08:00:00,50.00,7,X']));
    expect(await load(programId, await file(['C2,A,Lamp,-1,2011-02-01 08:00:00,50.00,7,X']))).toMatchObject({ unmatched: { rows: 1 }, points: { takenBack: 0 } });
    expect(await pointsOf(programId, '7')).toBe(5);
  });
});

describe('history', () => {
  const sale = (day: number) => ({ source: 'h', externalId: `${day}`, kind: 'sale' as const, occurredAt: Date.UTC(2020, 0, day, 12), pointer: null, totalMinor: 1000, lines: [], payments: [], currency: 'PLN', store: null, till: null, cashier: null, channel: null, attributes: {}, of: null });

  it('is refused out of order', async () => {
    const programId = await newProgram();
    await expect(loadHistory(app.deps, programId, [sale(2), sale(1)], { batchNo: null })).rejects.toThrow(OutOfOrder);
  });

  it('books what fell due at the instant when it did, and each movement at its document’s', async () => {
    const shop = await app.program({ wallets: [{ ...POINTS_WALLET, expiry: { kind: 'months', months: 1, roundTo: 'day' } }] });
    const anna = await shop.api.createMember({ params: { program: shop.code }, body: { firstName: 'Anna', card: 'HISTORY-1', termsVersion: 1 } });
    const pointer = { kind: 2, key: 'HISTORY-1' };
    await loadHistory(app.deps, shop.id, [1, 20, 70].map((day) => ({ ...sale(day), pointer })), { batchNo: null });
    const rows = await app.ask<{ kind: number; at: Date }>('select kind, booked_at as at from transfer where program_id = $1 order by seq', [shop.id]);
    expect(rows.map((row) => [row.kind, row.at.toISOString().slice(0, 13)])).toEqual([[1, '2020-01-01T12'], [1, '2020-01-20T12'], [7, '2020-02-01T23'], [7, '2020-02-20T23'], [1, '2020-03-10T12'], [7, '2020-04-10T22']]);
    expect((await shop.api.getBalances({ params: { program: shop.code, member: anna.id } })).balances[0]!.available).toBe(0);
    expect(await differences(shop.id)).toEqual([]);
  });
});

describe('opening balances', () => {
  const HEAD = 'phone,card,external_id,first_name,last_name,wallet,points,expires_on';
  const ROWS = ['601 234 567,,,Anna,Nowak,punkty,120,2099-12-31', '+48601234567,,,Anna,Nowak,,30,never', ',5900001,,Jan,Kowal,punkty,50,', ',,old-7,,,,10,2099-01-31'];
  const give = (programId: number, name: string, dryRun = false) => importBalances(app.deps, { file: name, delimiter: ',', programId, dryRun });

  it('are checked by a dry run that books nothing', async () => {
    const programId = await newProgram();
    expect(await give(programId, await file(ROWS, HEAD), true)).toMatchObject({ batch: null, rows: 4, members: 3, newMembers: 3, points: { punkty: 210 }, faults: [] });
    expect(await app.ask('select 1 from member where program_id = $1', [programId])).toEqual([]);
  });

  it('list every fault and book nothing at all when there is one', async () => {
    const programId = await newProgram();
    const figures = await give(programId, await file([...ROWS, ',,,X,Y,,5,', '12,,,,,,5,', ',9,,,,,1.5,', ',9,,,,inny,5,', ',9,,,,,5,2001-01-01', ',9,,,,,5,2026-13-01', '601234567,5900001,,,,,5,'], HEAD));
    expect(figures.faults.map((one) => one.row)).toEqual([6, 7, 8, 9, 10, 11, 12]);
    expect(figures.batch).toBeNull();
    expect(await app.ask('select 1 from transfer where program_id = $1', [programId])).toEqual([]);
  });

  it('become lots with their own expiry, once; and are undone as far as the points are still there', async () => {
    const shop = await app.program();
    const known = await shop.api.createMember({ params: { program: shop.code }, body: { firstName: 'Jan', card: '5900001', termsVersion: 1 } });
    const name = await file(ROWS, HEAD);
    const first = await give(shop.id, name);
    expect(first).toMatchObject({ repeated: false, members: 3, newMembers: 2, faults: [] });
    expect(await give(shop.id, name)).toMatchObject({ repeated: true, batch: first.batch });
    const lots = await app.ask<{ points: string; day: string | null }>("select points, to_char(expires_at at time zone 'Europe/Warsaw' - interval '1 day', 'YYYY-MM-DD') as day from lot where program_id = $1 and points <> 50 order by points", [shop.id]);
    expect(lots.map((lot) => [Number(lot.points), lot.day])).toEqual([[10, '2099-01-31'], [30, null], [120, '2099-12-31']]);
    await shop.api.adjustPoints({ params: { program: shop.code, member: known.id }, body: { points: -40, reason: 'wymiana' } });
    const undone = await undoImport(app.deps, shop.id, first.batch!);
    expect(undone.balances).toMatchObject({ movements: 3, points: 160, kept: [{ points: 50 }] });
    expect((await shop.api.getBalances({ params: { program: shop.code, member: known.id } })).balances[0]!.available).toBe(10);
    expect(await differences(shop.id)).toEqual([]);
  });
});

describe('numbers of a file', () => {
  it.each([['2.55', '.', 4, 25_500], ['0.001', '.', 4, 10], ['-11062.06', '.', 4, -110_620_600], ['12,5', ',', 3, 12_500], ['7', '.', 3, 7000], ['-0', '.', 3, 0], ['', '.', 3, null], ['1e3', '.', 3, null], ['1.23456', '.', 4, null], ['1.5', ',', 3, null], ['NaN', '.', 3, null], ['9999999999999', '.', 4, null]] as const)(
    '%s with %s is %i digits exactly', (text, decimal, digits, expected) => expect(scaledInteger(text, decimal, digits)).toBe(expected));
});
