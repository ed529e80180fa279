/**
 * Unchanged rules reproduce the ledger of the real shop to the point: the file is imported, and its whole history is booked again, in the general
 * way (every account and lot is compared with the database) and by the kernel (every document's awards and all figures are the same).
 * `npm run prove:replay -- [--file ../shared/data/online-retail.csv.gz] [--rows 541909]`
 */
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { createGunzip } from 'node:zlib';
import { once } from 'node:events';
import pg from 'pg';
import { importTransactions, readMapping } from '@wracam/server/modules/connectors/index';
import { POINTS_WALLET } from '@wracam/server/modules/programs/index';
import { setUpProgram } from '@wracam/server/setup';
import { replayed, storedAccounts } from '@wracam/server/testing/replayed';
import { install } from './lib/installation.ts';
import { printResult, rounded } from './lib/result.ts';
import { startScratchPostgres } from './lib/scratch-postgres.ts';

const { values } = parseArgs({ options: { file: { type: 'string', default: '../shared/data/online-retail.csv.gz' }, rows: { type: 'string', default: '541909' } } });
/** Fewer prove too little: spending, returns of earlier lines and corrections come with the months. */
const LEAST_DOCUMENTS = 500;

const folder = mkdtempSync(path.join(tmpdir(), 'wracam-replay-'));
const postgres = await startScratchPostgres();
try {
  const file = await firstRows(values.file, Number(values.rows), path.join(folder, 'sales.csv'));
  const installation = await install(postgres.url);
  const admin = new pg.Client(installation.urls.adminUrl);
  await admin.connect();
  try {
    const mapping = await readMapping('online-retail');
    const { rules, expiry, ...input } = mapping.program;
    const shop = await setUpProgram(installation.deps, { ...input, wallets: [{ ...POINTS_WALLET, expiry }] }, rules);
    const imported = await importTransactions(installation.deps, { file, mapping, programId: shop.id, report: null });
    const seconds = async <T>(work: () => Promise<T>) => { const from = performance.now(); const result = await work(); return { result, seconds: (performance.now() - from) / 1000 }; };
    const general = await seconds(() => replayed(installation.deps, shop.id));
    const kernel = await seconds(() => replayed(installation.deps, shop.id, {}, true));
    const stored = await storedAccounts(async <T extends Record<string, unknown>>(text: string, given: unknown[]) => (await admin.query(text, given)).rows as T[], shop.id);
    const accounts = new Set(general.result.accounts);
    const differing = stored.filter((one) => !accounts.has(one)).length + Math.abs(stored.length - accounts.size);
    const { result } = kernel.result;
    const sameFigures = JSON.stringify(result) === JSON.stringify(general.result.result);
    if (!sameFigures) console.error(JSON.stringify({ kernel: { ...result, changes: [] }, general: { ...general.result.result, changes: [] } }));
    printResult({
      name: 'prove:replay',
      figures: {
        rows: imported.received.rows, documents: kernel.result.total, checked: result.difference.checked, accounts: stored.length, earned: result.sums.now.earned, returned: result.sums.now.returned, expired: result.sums.now.expired, outstanding: result.sums.now.outstanding,
        leftToTheGeneralWay: kernel.result.generally, askedTwice: kernel.result.askedTwice, seconds: { general: rounded(general.seconds), kernel: rounded(kernel.seconds) },
      },
      bars: [
        { what: 'accounts that differ from the database', figure: differing, most: 0 }, { what: 'documents decided differently by the kernel', figure: result.difference.documents, most: 0 },
        { what: 'documents decided differently by the general way', figure: general.result.result.difference.documents, most: 0 }, { what: 'figures that are the same both ways', figure: Number(sameFigures), least: 1 },
        { what: 'documents checked', figure: result.difference.checked, least: LEAST_DOCUMENTS },
      ],
    });
  } finally {
    await admin.end();
    await installation.close();
  }
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** The heading and the first rows of a packed file. */
async function firstRows(packed: string, rows: number, to: string): Promise<string> {
  const from = createReadStream(packed).pipe(createGunzip());
  const out = createWriteStream(to);
  let count = 0;
  for await (const line of createInterface({ input: from })) {
    if (!out.write(`${line}\n`)) await once(out, 'drain');
    count += 1;
    if (count > rows) break;
  }
  out.end();
  await once(out, 'finish');
  return to;
}
