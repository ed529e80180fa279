import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importBalances } from '../modules/connectors/index.ts';
import { makeReport } from '../modules/connectors/report.ts';
import { testApp, type TestApp } from '../testing/app.ts';
import { openTill, type Till } from '../testing/till.ts';

let app: TestApp;
let folder: string;
beforeAll(async () => {
  app = await testApp();
  folder = await mkdtemp(path.join(tmpdir(), 'wracam-known-faults-'));
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

const HEAD = 'card,first_name,points,expires_on';
/** Enough members for several transactions. */
const ROWS = Array.from({ length: 450 }, (_, at) => `L-${at},Anna,${at + 1},2099-12-31`);
const SUM = (450 * 451) / 2;
let count = 0;
async function file(rows: readonly string[], end = '\n'): Promise<string> {
  const name = path.join(folder, `punkty-${count += 1}.csv`);
  await writeFile(name, [HEAD, ...rows, ''].join(end));
  return name;
}
const load = (till: Till, name: string) => importBalances(app.deps, { file: name, delimiter: ',', programId: till.shop.id, dryRun: false });
const given = async (till: Till) => Number((await app.ask<{ sum: string }>('select coalesce(sum(points), 0) as sum from lot where program_id = $1', [till.shop.id]))[0]!.sum);

describe('a file of points uploaded twice', () => {
  it('gives each row once: the same file, renamed, with its rows in another order, and saved with other line ends', async () => {
    const till = await openTill(app);
    expect(await load(till, await file(ROWS))).toMatchObject({ repeated: false, members: 450, faults: [] });
    for (const again of [await file(ROWS), await file(ROWS.toReversed()), await file(ROWS, '\r\n')]) expect(await load(till, again)).toMatchObject({ repeated: true });
    expect(await given(till)).toBe(SUM);
    expect(await till.faults()).toEqual([]);
  });

  it('gives each row once when two people load it at the same moment, also to members who are there already', async () => {
    const till = await openTill(app);
    await load(till, await file(ROWS.map((_, at) => `L-${at},Anna,1,`)));
    const name = await file(ROWS);
    let second: Promise<unknown> | undefined;
    const first = importBalances(app.deps, { file: name, delimiter: ',', programId: till.shop.id, dryRun: false, onProgress: () => { second ??= load(till, name); second.catch(() => undefined); } });
    const ends = await Promise.allSettled([first, first.catch(() => undefined).then(() => second)]);
    expect(ends.filter((one) => one.status === 'fulfilled').length, 'one of them gets to the end').toBeGreaterThanOrEqual(1);
    expect(await load(till, name)).toMatchObject({ repeated: true });
    expect(await given(till)).toBe(SUM + 450);
    expect(await till.faults()).toEqual([]);
  });

  it('gives each row once when it is cut off anywhere and comes again in another order', async () => {
    const till = await openTill(app);
    const name = await file(ROWS);
    const cut = new Error('cut off');
    await expect(importBalances(app.deps, { file: name, delimiter: ',', programId: till.shop.id, dryRun: false, onProgress: () => { throw cut; } })).rejects.toBe(cut);
    expect(await given(till)).toBeGreaterThan(0);
    await load(till, await file(ROWS.toReversed()));
    expect(await given(till)).toBe(SUM);
  });
});

describe('a report of rows that were not taken', () => {
  it('carries no formula into a spreadsheet, whatever the file held, and numbers stay numbers', async () => {
    const name = path.join(folder, 'report.csv');
    const report = await makeReport(name, ['Opis', '=HYPERLINK("http://zly.example")']);
    const cells = ['=1+1', '+48', '-12,50', '-1+cmd', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', 'Kawa "mała"', '7'];
    report.write('refused', 1, '=A1', 'powód', cells);
    await report.end();
    const text = await readFile(name, 'utf8');
    expect(text).toContain('"\'=HYPERLINK(""http://zly.example"")"');
    expect(text).toContain('refused,1,\'=A1,powód,\'=1+1,+48,"-12,50",\'-1+cmd,\'@SUM(A1),\'\t\'=1,"\'\r\'=1","\'\n\'=1",\'＝1,"Kawa ""mała""",7');
  });
});
