import { addDays, calendarParts, daysBetween } from '@wracam/engine/calendar';
import { tellOpenly } from '@wracam/engine/open-words';
import { validateRule } from '@wracam/engine/rules';
import { validateTarget } from '@wracam/engine/targets/validation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyProgram } from '../modules/ledger/index.ts';
import type { ReplayWish } from '../modules/replay/index.ts';
import type { NewDocument } from '../modules/transactions/index.ts';
import { testApp, type TestApp, type TestProgram } from '../testing/app.ts';
import { replayed as replayedIn, storedAccounts } from '../testing/replayed.ts';
import { RULES_WITHOUT_PAST } from '../testing/replay-rules.ts';
import { easterOf, TIME_ZONE } from './cafe-days.ts';
import { cafeGuests, firstDay, MEMBERS } from './cafe-members.ts';
import { CAFE_RULES, cafeTarget } from './cafe-program.ts';
import { cafeDocuments } from './cafe-sales.ts';
import { loadCafe, type LoadedCafe } from './load-cafe.ts';
import { purgeDemo } from './purge.ts';

const LAST_DAY = '2026-06-30';
/** Two years of documents, on a machine that does something else too. */
const LOAD_MAX_MS = 400_000;

const share = (part: number, whole: number) => Math.round(1000 * part / whole) / 10;
function countBy<K extends string | number>(documents: readonly NewDocument[], keyOf: (document: NewDocument) => K): Map<K, number> {
  const counts = new Map<K, number>();
  for (const document of documents) counts.set(keyOf(document), (counts.get(keyOf(document)) ?? 0) + 1);
  return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
const printed = (title: string, counts: Map<string | number, number>, whole: number) => `${title}: ${[...counts].map(([key, count]) => `${key} ${share(count, whole)} %`).join(', ')}`;
const quantile = (sorted: readonly number[], of: number) => sorted[Math.floor(sorted.length * of / 100)] ?? 0;

describe('two years of the café', () => {
  const documents = [...cafeDocuments(LAST_DAY)];
  const sales = documents.filter((one) => one.kind === 'sale');
  const returns = documents.filter((one) => one.kind === 'return');
  const partsOf = (document: NewDocument) => calendarParts(TIME_ZONE, document.occurredAt);

  it('are the same for the same last day, to the last byte', () => {
    expect(JSON.stringify([...cafeDocuments(LAST_DAY)])).toBe(JSON.stringify(documents));
    expect(JSON.stringify(cafeGuests(LAST_DAY))).toBe(JSON.stringify(cafeGuests(LAST_DAY)));
  });

  it('have the size of a real café, in the order of time, within the two years', () => {
    expect(MEMBERS).toBeGreaterThanOrEqual(3000);
    expect(sales.length).toBeGreaterThanOrEqual(80_000);
    expect(documents.every((one, at) => at === 0 || one.occurredAt >= documents[at - 1]!.occurredAt)).toBe(true);
    expect(partsOf(documents[0]!).date >= firstDay(LAST_DAY)).toBe(true);
    expect(partsOf(documents.at(-1)!).date).toBe(LAST_DAY);
    expect(new Set(documents.map((one) => one.externalId)).size).toBe(documents.length);
    expect(share(returns.length, sales.length)).toBeGreaterThan(0.3);
    expect(share(returns.length, sales.length)).toBeLessThan(0.8);
  });

  it('are busier at weekends, in the morning and in December, and closed on great feasts', () => {
    const weekdays = countBy(sales, (one) => partsOf(one).weekday);
    const months = countBy(sales, (one) => partsOf(one).month);
    const hours = countBy(sales, (one) => partsOf(one).hour);
    console.log([printed('weekday', weekdays, sales.length), printed('month', months, sales.length), printed('hour', hours, sales.length)].join('\n'));
    expect(weekdays.get(6)!).toBeGreaterThan(weekdays.get(1)!);
    expect(months.get(12)!).toBeGreaterThan(months.get(8)!);
    expect(hours.get(8)!).toBeGreaterThan(hours.get(19)!);
    expect(Math.min(...hours.keys())).toBeGreaterThanOrEqual(7);
    expect(Math.max(...hours.keys())).toBeLessThanOrEqual(20);
    const closed = new Set(['2024-12-25', '2025-01-01', easterOf(2025), '2025-12-25', '2026-01-01', easterOf(2026)]);
    expect(sales.filter((one) => closed.has(partsOf(one).date))).toEqual([]);
    expect(easterOf(2025)).toBe('2025-04-20');
    expect(easterOf(2026)).toBe('2026-04-05');
  });

  it('have receipts of a café: one to five lines, thirty to fifty złoty, beans by weight, sums that agree', () => {
    const totals = sales.map((one) => one.totalMinor).sort((a, b) => a - b);
    const categories = new Map<string, number>();
    for (const line of sales.flatMap((one) => one.lines)) categories.set(line.category, (categories.get(line.category) ?? 0) + 1);
    const lines = sales.reduce((sum, one) => sum + one.lines.length, 0);
    console.log([`total: p10 ${quantile(totals, 10)}, p50 ${quantile(totals, 50)}, p90 ${quantile(totals, 90)} gr; ${Math.round(100 * lines / sales.length) / 100} lines a receipt`, printed('category', categories, lines)].join('\n'));
    expect(quantile(totals, 50)).toBeGreaterThanOrEqual(2000);
    expect(quantile(totals, 50)).toBeLessThanOrEqual(4500);
    expect(sales.every((one) => one.lines.length > 0 && one.lines.reduce((sum, line) => sum + line.amountMinor, 0) === one.totalMinor)).toBe(true);
    expect(sales.flatMap((one) => one.lines).every((line) => Number.isSafeInteger(line.amountMinor) && line.amountMinor > 0 && Number.isSafeInteger(line.quantity))).toBe(true);
    expect(share(categories.get('kawa')!, lines)).toBeGreaterThan(35);
    expect(sales.flatMap((one) => one.lines).some((line) => line.unit === 'kg' && line.quantity % 1000 !== 0)).toBe(true);
  });

  it('have a few regulars, many who come now and then, guests without a card, and newcomers all the time', () => {
    const byCard = countBy(sales.filter((one) => one.pointer !== null), (one) => (one.pointer && 'key' in one.pointer ? one.pointer.key : ''));
    const visits = [...byCard.values()].sort((a, b) => a - b);
    const lastVisit = new Map<string, string>();
    for (const one of sales) if (one.pointer && 'key' in one.pointer) lastVisit.set(one.pointer.key, partsOf(one).date);
    const gone = [...lastVisit.values()].filter((date) => daysBetween(date, LAST_DAY) > 90).length;
    const newcomers = cafeGuests(LAST_DAY).filter((guest) => guest.joins >= 366).length;
    console.log(`visits: p50 ${quantile(visits, 50)}, p90 ${quantile(visits, 90)}, p99 ${quantile(visits, 99)}; not seen for 90 days: ${share(gone, MEMBERS)} %; joined in the second year: ${share(newcomers, MEMBERS)} %; sales without a card: ${share(sales.length - visits.reduce((a, b) => a + b, 0), sales.length)} %`);
    expect(byCard.size).toBe(MEMBERS);
    expect(quantile(visits, 50)).toBeLessThan(15);
    expect(quantile(visits, 99)).toBeGreaterThan(100);
    expect(share(gone, MEMBERS)).toBeGreaterThan(25);
    expect(share(gone, MEMBERS)).toBeLessThan(75);
    expect(share(newcomers, MEMBERS)).toBeGreaterThan(25);
  });

  it('run by rules that the engine accepts', () => {
    expect(CAFE_RULES.flatMap((rule) => validateRule(rule, { wallets: ['punkty'] }))).toEqual([]);
  });

  it('are told to members in words, not by keys of fields', () => {
    const told = CAFE_RULES.map((rule) => tellOpenly(rule, { lang: 'pl', currency: 'PLN' }));
    console.log(told.join('\n'));
    expect(told.filter((sentence) => /pole „|\p{Ll}\p{Lu}/u.test(sentence))).toEqual([]);
  });

  it('have a sales target that some reach and many work for', () => {
    const target = cafeTarget(LAST_DAY);
    expect(validateTarget(target)).toEqual([]);
    const spent = new Map<string, number>();
    for (const one of sales) if (one.pointer && 'key' in one.pointer && partsOf(one).date >= '2026-04-01') spent.set(one.pointer.key, (spent.get(one.pointer.key) ?? 0) + one.totalMinor);
    const reached = [...spent.values()].filter((sum) => sum >= target.amount!).length;
    console.log(`spent something in the last quarter: ${spent.size}; reached the target: ${share(reached, spent.size)} %`);
    expect(share(reached, spent.size)).toBeGreaterThan(5);
    expect(share(reached, spent.size)).toBeLessThan(25);
  });
});

describe('the demo, loaded once', () => {
  let app: TestApp;
  let shop: TestProgram;
  let cafe: LoadedCafe;
  beforeAll(async () => {
    app = await testApp();
    shop = await app.program();
    const member = await shop.api.createMember({ params: { program: shop.code }, body: { firstName: 'Anna', card: 'OTHER-1', termsVersion: 1 } });
    await shop.api.recordTransaction({ params: { program: shop.code }, body: { source: 'till', externalId: 'kept', kind: 'sale', occurredAt: new Date().toISOString(), totalMinor: 5000, member: { id: member.id } } });
  });
  afterAll(() => app.close());
  const count = async (text: string) => Number((await app.ask<{ n: string }>(text))[0]!.n);

  it('goes on after it was cut off, books nothing twice, and agrees with itself', { timeout: LOAD_MAX_MS }, async () => {
    const cut = new Error('cut off');
    await expect(loadCafe(app.deps, { lastDay: LAST_DAY, progress: (done) => { if (done > 0.3) throw cut; } })).rejects.toBe(cut);
    cafe = await loadCafe(app.deps, { lastDay: addDays(LAST_DAY, 1) }); // the day went on meanwhile; the load keeps its own
    const expected = [...cafeDocuments(LAST_DAY)].length;
    expect(await count(`select count(*) as n from transaction where program_id = ${cafe.id} and state <> 5`)).toBe(expected);
    expect(await count(`select count(*) as n from member where program_id = ${cafe.id}`)).toBe(MEMBERS);
    expect(await count(`select count(*) as n from transfer where program_id = ${cafe.id} and kind = 7`)).toBeGreaterThan(1000);
    expect(await count(`select count(*) as n from reward_order where program_id = ${cafe.id} and state = 'confirmed'`)).toBeGreaterThan(2000);
    expect(await count(`select count(*) as n from reward_order where program_id = ${cafe.id} and state = 'placed'`)).toBeGreaterThan(3);
    expect(await count(`select count(*) as n from transfer where program_id = ${cafe.id} and not test`)).toBe(0);
    expect(await count(`select count(*) as n from message where program_id = ${cafe.id}`)).toBe(0);
    expect((await verifyProgram(app.deps.db, cafe.id)).differences).toEqual([]);
  });

  it('gives points on the days of the café alone: what goals grant is dated when it was reached, and nothing comes on the day of the load', async () => {
    const [given] = await app.ask<{ grants: string; days: string; badges: string }>(`select count(*) filter (where points is not null) as grants, count(distinct granted_at::date) as days, count(*) filter (where badge_id is not null) as badges
      from goal_grant where program_id = ${cafe.id} and granted_at >= '2026-05-01' and granted_at < '2026-07-01'`);
    console.log(`granted by goals: ${given!.grants} times points, ${given!.badges} badges, on ${given!.days} days`);
    expect(Number(given!.grants)).toBeGreaterThan(300);
    expect(Number(given!.days)).toBeGreaterThan(50);
    expect(await count(`select count(*) as n from goal_grant where program_id = ${cafe.id} and granted_at >= '2026-07-01'`)).toBe(0);
    expect(await count(`select count(*) as n from transfer where program_id = ${cafe.id} and kind = 1 and booked_at >= '2026-06-30 22:00+00'`)).toBe(0);
  });

  it('booked again by the rules of then is its ledger to the point: awards of every document, every account, every lot, what expired and what was spent', { timeout: LOAD_MAX_MS }, async () => {
    const { id } = cafe;
    const replayed = (wish: Partial<ReplayWish> = {}, byKernel = false) => replayedIn(app.deps, id, wish, byKernel);
    const { total, result, accounts } = await replayed();
    expect(total).toBeGreaterThan(80_000);
    expect(result.difference).toEqual({ documents: 0, checked: expect.any(Number) as number, first: null });
    expect(result.difference.checked).toBeGreaterThan(30_000);
    expect(accounts.length).toBeGreaterThan(2_000);
    expect(result.sums.now.expired).toBeGreaterThan(0);
    expect(result.sums.now.spent).toBeGreaterThan(0);
    const expected = await storedAccounts(app.ask, id);
    expect(accounts.filter((one, at) => one !== expected[at]).slice(0, 3)).toEqual([]);
    expect(accounts.length).toBe(expected.length);

    // The same by the kernel: nobody needs the general way there, and the figures are the same.
    const byKernel = await replayed({}, true);
    expect(byKernel).toMatchObject({ total, generally: 0, askedTwice: 0 });
    expect(byKernel.result).toEqual(result);
    const [sums] = await app.ask<{ outstanding: string }>('select sum(available + pending + held - debt) as outstanding from account where program_id = $1 and wallet_no = 1', [id]);
    expect(byKernel.result.sums.now.outstanding).toBe(Number(sums!.outstanding));

    const [first] = (await app.ask<{ id: string }>('select id from earning_rule where program_id = $1 order by id limit 1', [id])).map((row) => Number(row.id));
    // Half a year is replayed for it, not two: other rules, a part of a month at either end, and what stood before.
    const wish = { from: '2024-10-15', until: '2025-01-20', changes: [...RULES_WITHOUT_PAST.map((definition) => ({ ruleId: null, definition })), { ruleId: first!, definition: null }] };
    const changed = await replayed(wish);
    expect((await replayed(wish, true)).result).toEqual(changed.result);
    expect(changed.result.sums.draft.capped).toBeGreaterThan(0);
    expect(changed.result.winners).toBeGreaterThan(0);
  });

  it('can be purged to the last row while others stay', { timeout: LOAD_MAX_MS }, async () => {
    const [asked] = await purgeDemo(app.database.migratorUrl, { really: false });
    expect(asked).toMatchObject({ code: 'cafe' });
    expect(await count(`select count(*) as n from transaction where program_id = ${cafe.id}`)).toBeGreaterThan(80_000);
    const [purged] = await purgeDemo(app.database.migratorUrl, { really: true });
    expect(purged!.rows).toBe(asked!.rows);
    const tables = await app.ask<{ name: string }>(`select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'program_id'`);
    for (const { name } of tables) expect(await count(`select count(*) as n from ${name} where program_id = ${cafe.id}`), name).toBe(0);
    expect(await count('select count(*) as n from program')).toBe(1);
    expect(await count(`select count(*) as n from transaction where program_id = ${shop.id}`)).toBe(1);
    await expect(app.ask('delete from transaction')).rejects.toThrow(/never changed or deleted/);
    expect(await purgeDemo(app.database.migratorUrl, { really: true })).toEqual([]);
  });
});
