import { createStaff, openSession } from '../modules/access/index.ts';
import { sweepGoals } from '../modules/goals/index.ts';
import type { NewProgram } from '../modules/programs/index.ts';
import type { TestApp, TestProgram } from '../testing/app.ts';

/** A program in which there is one of everything that an address can name, and everybody who may knock. */
export type FilledProgram = Awaited<ReturnType<typeof fillProgram>>;

const WALLET = { name: 'Gwiazdki', forms: { one: 'gwiazdka', few: 'gwiazdki', many: 'gwiazdek', fraction: 'gwiazdki' }, expiry: { kind: 'never' as const }, pendingDays: 0, debtLimit: 0 };
const level = (code: string, name: string, threshold: number) => ({ code, pl: name, en: name, plTo: null, color: '#c9a227', threshold, keep: null, benefits: [{ code: 'dostawa', pl: 'Darmowa dostawa', en: 'Free delivery' }] });
const LADDER = {
  levels: [level('brazowy', 'Brązowy', 0), level('srebrny', 'Srebrny', 100_000), level('zloty', 'Złoty', 400_000)], measure: { kind: 'spent' as const }, period: { kind: 'calendar' as const, unit: 'year' as const },
  promotion: 'atOnce' as const, lasts: 'nextPeriod' as const, demotion: 'toMeasure' as const, graceDays: 0, returns: 'takeLevel' as const,
};
/** The smallest picture: one pixel. */
export const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const ROLES = ['owner', 'manager', 'consultant', 'cashier'] as const;

export const saleBody = (externalId: string, totalMinor: number, more: Record<string, unknown> = {}) =>
  ({ source: 'till-1', externalId, kind: 'sale' as const, occurredAt: new Date(Date.now() - 60_000).toISOString(), totalMinor, ...more });

async function staffOf(app: TestApp, programId: number, code: string) {
  const cookies = {} as Record<(typeof ROLES)[number], string>;
  const ids = {} as Record<(typeof ROLES)[number], number>;
  for (const role of ROLES) {
    ids[role] = await createStaff(app.deps, programId, { name: `Osoba ${role}`, email: `${role}@${code}.example`, role });
    cookies[role] = `wracam_staff=${(await openSession(app.deps, 'staff', { staffId: ids[role] }, null)).token}`;
  }
  return { cookies, ids };
}

async function membersOf(app: TestApp, shop: TestProgram) {
  const params = { program: shop.code };
  const anna = await shop.api.createMember({ params, body: { firstName: 'Anna', lastName: 'Nowak', phone: '601 234 567', email: `anna@${shop.code}.example`, card: `${shop.code}-A`, externalId: `${shop.code}-anna`, termsVersion: 1 } });
  const bogdan = await shop.api.createMember({ params, body: { firstName: 'Bogdan', email: `bogdan@${shop.code}.example`, card: `${shop.code}-B`, termsVersion: 1 } });
  // Nobody blocks or closes this one, so points can still be given to her.
  const celina = await shop.api.createMember({ params, body: { firstName: 'Celina', card: `${shop.code}-C`, termsVersion: 1 } });
  const sessionOf = async (member: { id: string }) => `wracam_member=${(await openSession(app.deps, 'member', { programId: shop.id, memberId: app.deps.publicIds.decode('mem', member.id)! }, null)).token}`;
  return { anna, bogdan, celina, sessions: { anna: await sessionOf(anna), bogdan: await sessionOf(bogdan) } };
}

/** A badge, goals in every state, a grant with its coupon, and a leaderboard with a member on it. */
async function goalsOf(app: TestApp, shop: TestProgram, annaId: string, annasCookie: string) {
  const params = { program: shop.code };
  const badge = await shop.api.createBadge({ params, body: { name: 'Kawosz', description: null, shape: 'circle', icon: 'cup', color: 'amber' } });
  const goalDefinition = {
    kind: 'challenge' as const, name: 'Pierwsze zakupy', description: null, reward: { points: null, badge: badge.id, coupon: 'kawa gratis' }, onReturn: 'takeBack' as const, when: null, lines: null,
    task: { kind: 'count' as const, of: 'documents' as const, target: 1 }, window: { kind: 'once' as const, from: '2026-01-01', until: null },
  };
  const draft = () => shop.api.createGoal({ params, body: { definition: goalDefinition } });
  const [first, goalSketch, goalPlan] = [await draft(), await draft(), await draft()];
  const goal = await shop.api.publishGoal({ params: { ...params, goal: first.id }, body: { revision: 1 } });
  await sweepGoals(app.deps, shop.id);
  const { coupons } = await shop.api.getMemberGoals({ params: { ...params, member: annaId } });
  const leaderboard = await shop.api.createLeaderboard({ params, body: { name: 'Kawosze', measure: { kind: 'points', wallet: 'punkty' }, period: 'month', state: 'shown' } });
  await shop.call('POST', '/me/leaderboards/join', { nickname: 'Kawoszka' }, { authorization: '', cookie: annasCookie, origin: 'http://localhost:3000' });
  return { badge: badge.id, goalDefinition, goal, goalSketch, goalPlan, coupon: coupons[0]!.code, leaderboard: leaderboard.id };
}

/** A sales target that runs, with an amount of its own for a member, and three drafts. */
async function targetsOf(shop: TestProgram, number: string) {
  const params = { program: shop.code };
  const targetDefinition = {
    name: 'Obrót kwartału', description: null, side: 'member' as const, groups: [], counts: 'amount' as const, when: null, lines: null, amount: 90_000_000,
    window: { every: 'quarter' as const, from: '2026-01-01', until: null }, settle: 'atOnce' as const, returnDays: 14,
  };
  const draft = (code: string) => shop.api.createTarget({ params, body: { code, definition: targetDefinition } });
  const [first, targetSketch, targetPlan, targetToDivide] = [await draft('obrot'), await draft('szkic'), await draft('plan'), await draft('kwoty')];
  const { revision } = await shop.api.replaceTargetAmounts({ params: { ...params, target: first.id }, body: { revision: 1, items: [{ participant: `number:${number}`, amount: 80_000_000 }] } });
  const target = await shop.api.startTarget({ params: { ...params, target: first.id }, body: { revision } });
  return { target, targetSketch, targetPlan, targetToDivide, targetDefinition };
}

async function packageCodesOf(api: TestProgram['api'], params: { program: string }) {
  const { codes } = await api.createCodeBatch({ params, body: { name: 'Jesień', label: 'jesien', count: 5 } });
  const { batch } = await api.createCodeBatch({ params, body: { name: 'Zima', label: 'zima', count: 1 } });
  return { packageCodes: codes, codeBatch: batch.id };
}

/** Makes the program through the API alone, so that every row is one that the product writes. */
export async function fillProgram(app: TestApp, input: Partial<NewProgram> = {}) {
  const shop = await app.program(input);
  const params = { program: shop.code };
  const { api } = shop;
  const wallet = `gwiazdki-${shop.code}`;
  await api.addWallet({ params, body: { ...WALLET, code: wallet } });
  await api.changeWallet({ params: { ...params, wallet: 'punkty' }, body: { revision: 1, transfers: { minPoints: 1, dayPoints: 1000, dayTimes: 100 } } });
  const people = await membersOf(app, shop);
  const staff = await staffOf(app, shop.id, shop.code);
  const { anna, bogdan } = people;
  const sale = (externalId: string, totalMinor: number, more: Record<string, unknown> = {}) => api.recordTransaction({ params, body: saleBody(externalId, totalMinor, more) });

  const sold = await sale('S-1', 500_000, { member: { id: anna.id }, lines: [{ lineId: '1', amountMinor: 300_000 }, { lineId: '2', amountMinor: 200_000 }] });
  await sale('S-2', 200_000, { member: { id: bogdan.id } });
  const unclaimed = await sale('S-3', 10_000);
  await sale('R-1', 50_000, { kind: 'return', lines: [{ lineId: '2', amountMinor: 50_000, of: { source: 'till-1', externalId: 'S-1', lineId: '2' } }] });
  await sale('R-2', 4_000, { kind: 'return', of: { source: 'till-1', externalId: 'S-later' } });
  const adjusted = await api.adjustPoints({ params: { ...params, member: anna.id }, body: { points: 25, reason: 'Przeprosiny' } });
  const adjustedOfBogdan = await api.adjustPoints({ params: { ...params, member: bogdan.id }, body: { points: 25, reason: 'Przeprosiny' } });
  const hold = await api.createHold({ params: { ...params, member: anna.id }, body: { points: 10, minutes: 60 } });
  const used = await api.createHold({ params: { ...params, member: anna.id }, body: { points: 5 } });
  await api.captureHold({ params: { ...params, hold: used.id } });
  const reward = await api.createReward({ params, body: { name: 'Kawa', pricePoints: 10, stockLeft: 1000 } });
  const order = await api.placeOrder({ params, body: { member: { id: anna.id }, lines: [{ reward: reward.id, quantity: 1 }], note: 'Na wynos' } });
  const { items: [published] } = await api.listRules({ params });
  const draft = await api.createRule({ params, body: { definition: { ...published!.current!.definition, name: 'Podwójne wtorki', caps: { perTransaction: null, perMemberDay: 100, perProgram: 1000 } } } });
  const running = await api.publishRule({ params: { ...params, rule: draft.id }, body: { revision: draft.revision } });
  const sketch = await api.createRule({ params, body: { definition: { ...published!.current!.definition, name: 'Szkic' } } });
  const throwaway = await api.createRule({ params, body: { definition: { ...published!.current!.definition, name: 'Na próbę' } } });
  await api.changeTiers({ params, body: { revision: 0, definition: LADDER } });
  await api.publishTiers({ params, body: { revision: 1 } });
  await api.changeTiers({ params, body: { revision: 2, definition: LADDER } });
  await api.grantTier({ params: { ...params, member: anna.id }, body: { level: 'srebrny', reason: 'Przeprosiny' } });
  const granting = await api.createRule({ params, body: { definition: { ...published!.current!.definition, name: 'Los za 50 zł', effect: { kind: 'grant', what: 'ticket', code: 'wiosna', count: 1, perMinor: 5000 } } } });
  await api.publishRule({ params: { ...params, rule: granting.id }, body: { revision: granting.revision } });
  await sale('S-granted', 10_000, { member: { id: bogdan.id }, occurredAt: new Date().toISOString() });
  const { versions: [firstBase] } = await api.getEarningBase({ params });
  await api.changeEarningBase({ params, body: { ...firstBase!.settings, excludedCategories: ['alkohol'], revision: 0 } });
  await api.publishEarningBase({ params, body: { revision: 1, despiteNotice: true } });
  const { revision: baseRevision } = await api.changeEarningBase({ params, body: { ...firstBase!.settings, excludedCategories: ['alkohol', 'tytoń'], revision: 2 } });
  const { code: eventType } = await api.createEventType({ params, body: { code: `webinar-${shop.code}`, name: 'Webinar', reason: 'za udział w webinarze', fields: [] } });
  const { id: productSet } = await api.createProductSet({ params, body: { name: 'Kawy ziarniste', codes: ['590-1', '590-9'] } });
  const { id: segment } = await api.createSegment({ params, body: { name: 'Stali klienci', condition: { attribute: 'history.salesCount', operator: 'atLeast', value: 1 } } });
  const replay = await api.startReplay({ params, body: { from: '2026-01-01', until: '2030-12-31', changes: [{ rule: sketch.id }] } });
  await api.cancelReplay({ params: { ...params, replay: replay.id } });
  const reportOf = (member: { id: string }) => api.sendWorkReport({ params: { ...params, member: member.id }, body: { type: 'works-report', fields: { name: 'Montaż pompy' }, pictures: [PIXEL] } });
  const [report, reportToReject, reportOfBogdan] = [await reportOf(anna), await reportOf(anna), await reportOf(bogdan)];
  const circle = await api.createCircle({ params, body: { kind: 'household', name: 'Nowakowie' } });
  await api.changeMember({ params: { ...params, member: anna.id }, body: { household: circle.id } });
  const emptyCircle = await api.createCircle({ params, body: { kind: 'company', name: 'Huta' } });
  const repair = await api.startRepair({ params, body: { rule: sketch.id, from: '2026-01-01', until: '2026-01-03' } });
  await api.cancelRepair({ params: { ...params, repair: repair.id } });
  const { apiKey } = await api.createApiKey({ params, body: { name: 'Kasa', scopes: ['members.read'] } });
  const { webhook } = await api.addWebhook({ params, body: { url: 'https://localhost/wracam' } });
  const targets = await targetsOf(shop, anna.number);
  const goals = await goalsOf(app, shop, anna.id, people.sessions.anna);
  // What the job that counts goals finds when it looks next.
  await sale('S-4', 100, { member: { id: bogdan.id } });
  await shop.call('POST', '/portal/code', { email: `anna@${shop.code}.example` });
  return {
    ...await packageCodesOf(api, params), shop, params, ...people, ...goals, ...targets, staff, sale: sold.transaction.id, unclaimed: unclaimed.transaction.id, transfer: adjusted.transfer.id, transferOfBogdan: adjustedOfBogdan.transfer.id, hold: hold.id, reward: reward.id,
    wallet,
    order: order.order.id, rule: running, sketch, throwaway, replay: replay.id, repair: repair.id, baseRevision, ladder: LADDER, eventType, productSet, segment, report: report.id, reportToReject: reportToReject.id, reportOfBogdan: reportOfBogdan.id, circle: circle.id, emptyCircle: emptyCircle.id, definition: published!.current!.definition, apiKey: apiKey.id, webhook: webhook.id, webhookEvent: app.deps.publicIds.encode('evt', 1), staffId: app.deps.publicIds.encode('stf', staff.ids.cashier),
  };
}
