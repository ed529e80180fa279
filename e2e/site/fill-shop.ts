import { calendarParts } from '@wracam/engine/calendar';
import type { Client } from '@wracam/sdk';
import { PLAIN_RULE } from './shop-rules.ts';
import { PROGRAM } from './start-site.ts';

const DAY_MS = 86_400_000;
const params = { program: PROGRAM };
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS - 60_000).toISOString();
/** Whole days since the last Sunday of the shop, from 1 to 7. */
const sinceSunday = () => calendarParts('Europe/Warsaw', Date.parse(daysAgo(0))).weekday;

/** Addresses of one of everything that the pages can show. */
export type Shop = Awaited<ReturnType<typeof fillShop>> & { readonly replay: string; readonly repair: string };

/** Fills the program through the API with guests, sales, returns, rules and rewards in every state that a page has words for. */
export async function fillShop(api: Client) {
  const members = await addMembers(api);
  const sales = await addSales(api, members);
  const rules = await addRules(api);
  await addGrants(api, members.celina);
  await addMessage(api, members.anna);
  const { reward, dinner, orders } = await addOrders(api, members.anna);
  const goals = await addGoals(api);
  const targets = await addTargets(api, members.anna);
  await api.adjustPoints({ params: { ...params, member: members.anna }, body: { points: -20, reason: 'Pomyłka przy kasie' } });
  const adjusted = await api.adjustPoints({ params: { ...params, member: members.anna }, body: { points: 50, reason: 'Przeprosiny za długie czekanie' } });
  await api.reverseTransfer({ params: { ...params, transfer: adjusted.transfer.id }, body: { reason: 'Nie ta osoba' } });
  await api.changeWallet({ params: { ...params, wallet: 'punkty' }, body: { revision: 1, transfers: { minPoints: 1, dayPoints: 500, dayTimes: 3 } } });
  const household = await api.createCircle({ params, body: { kind: 'household', name: 'Nowakowie z Lipowej' } });
  await api.createCircle({ params, body: { kind: 'company', name: 'Huta Szkła sp. z o.o.' } });
  await api.changeMember({ params: { ...params, member: members.anna }, body: { groups: ['Stali goście', 'VIP'], household: household.id } });
  await api.createProductSet({ params, body: { name: 'Kawy ziarniste', codes: ['5901234123457', '5901234123464', 'KAWA-250'] } });
  const segment = await api.createSegment({ params, body: { name: 'Stali goście', condition: { all: [{ attribute: 'history.salesCount', operator: 'atLeast', value: 1 }, { attribute: 'member.kind', operator: 'is', value: 'person' }] } } });
  const drafted = await api.changeSegment({ params: { ...params, segment: segment.id }, body: { revision: segment.revision, condition: { all: [{ attribute: 'history.salesCount', operator: 'atLeast', value: 1 }, { attribute: 'history.daysSinceLastSale', operator: 'below', value: 90 }] } } });
  const regulars = await api.publishSegment({ params: { ...params, segment: segment.id }, body: { revision: drafted.revision, despiteNotice: true } });
  await api.changeSegment({ params: { ...params, segment: segment.id }, body: { revision: regulars.revision, condition: { attribute: 'history.salesCount', operator: 'atLeast', value: 3 } } });
  const event = await addEvents(api, members);
  await addReports(api, members);
  await addTiers(api, members.celina);
  await leave(api, members);
  await api.createApiKey({ params, body: { name: 'Kasa w Rynku', scopes: ['transactions.write', 'members.read'] } });
  await api.addStaff({ params, body: { name: 'Kasia Wójcik', email: 'kasia@podlipa.example', role: 'cashier' } });
  await api.addStaff({ params, body: { name: 'Marek Zieliński', email: 'marek@podlipa.example', role: 'consultant', adjustLimit: 100 } });
  await api.requestMemberCode({ params, body: { email: 'anna.wisniewska@poczta.example' } });
  const { items } = await api.listHistory({ params: { ...params, member: members.anna } });
  return { dinner, household: household.id, segment: segment.id, members, sales, rules, reward, orders, goals, targets, event, earned: items.find((entry) => entry.kind === 'earn')!.id };
}

/** Levels in force, and a draft that waits. */
async function addTiers(api: Client, guest: string) {
  const level = (code: string, pl: string, en: string, plTo: string, color: string, threshold: number) => ({ code, pl, en, plTo, color, threshold, keep: null, benefits: threshold === 0 ? [] : [{ code: 'kawa', pl: 'Większa kawa w cenie mniejszej', en: 'A larger coffee for the price of a small one' }] });
  const definition = {
    levels: [level('brazowy', 'Brązowy', 'Bronze', 'Brązu', '#8a5a33', 0), level('srebrny', 'Srebrny', 'Silver', 'Srebra', '#6b7785', 30_000), level('zloty', 'Złoty', 'Gold', 'Złota', '#a97e12', 80_000)],
    measure: { kind: 'spent' as const }, period: { kind: 'calendar' as const, unit: 'year' as const }, promotion: 'atOnce' as const, lasts: 'nextPeriod' as const, demotion: 'oneLevel' as const, graceDays: 14, returns: 'takeLevel' as const,
  };
  await api.changeTiers({ params, body: { revision: 0, definition } });
  await api.publishTiers({ params, body: { revision: 1 } });
  await api.grantTier({ params: { ...params, member: guest }, body: { level: 'zloty', until: '2099-12-31', reason: 'Setny gość' } });
}

async function addMembers(api: Client) {
  const add = async (body: Parameters<Client['createMember']>[0]['body']) => (await api.createMember({ params, body })).id;
  const anna = await add({ firstName: 'Anna', lastName: 'Wiśniewska', phone: '601 234 567', email: 'anna.wisniewska@poczta.example', card: 'LIPA-0001', birthDate: '1990-03-14', termsVersion: 1 });
  await api.addCard({ params: { ...params, member: anna }, body: { number: 'LIPA-0101', replaces: 'LIPA-0001' } });
  return {
    anna,
    celina: await add({ firstName: 'Celina', lastName: 'Łukasik-Grześkowiak', phone: '+48 602 345 678', termsVersion: 1 }),
    darek: await add({ firstName: 'Dariusz', lastName: 'Kowalczyk', email: 'darek.kowalczyk@poczta.example', termsVersion: 1 }),
    ewa: await add({ firstName: 'Ewa', lastName: 'Żółć', phone: '603 456 789', termsVersion: 1 }),
    nameless: await add({ card: 'LIPA-0002', termsVersion: 1 }),
  };
}

async function addSales(api: Client, { anna, celina, darek }: Awaited<ReturnType<typeof addMembers>>) {
  const record = async (externalId: string, days: number, body: Omit<Parameters<Client['recordTransaction']>[0]['body'], 'externalId' | 'source' | 'occurredAt'>) =>
    (await api.recordTransaction({ params, body: { ...body, source: 'kasa-1', externalId, occurredAt: daysAgo(days), store: 'Rynek 4', till: 'kasa 1', cashier: 'Kasia' } })).transaction.id;
  await record('P-1', 40, { kind: 'sale', member: { id: anna }, totalMinor: 48_000 });
  const sale = await record('P-2', 12, {
    kind: 'sale', member: { id: anna }, totalMinor: 9_840, payments: [{ kind: 'blik', amountMinor: 9_840 }], lines: [
      { lineId: '1', name: 'Cappuccino', category: 'kawa', quantity: 2, unit: 'szt.', amountMinor: 3_200 },
      { lineId: '2', name: 'Tort bezowy z malinami, porcja na wynos', category: 'ciasta', quantity: 3, unit: 'szt.', amountMinor: 5_640 },
      { lineId: '3', name: 'Kawa ziarnista Etiopia', category: 'do domu', quantity: 0.125, unit: 'kg', amountMinor: 1_000 },
    ],
  });
  const returned = await record('Z-2', 10, { kind: 'return', totalMinor: 1_880, lines: [{ lineId: '2', quantity: 1, amountMinor: 1_880, of: { source: 'kasa-1', externalId: 'P-2', lineId: '2' } }] });
  await record('P-3', 6, { kind: 'sale', member: { id: celina }, totalMinor: 3_450 });
  // On a Sunday whatever day it is today: the repair of the shop is by a rule of weekends.
  await record('P-4', sinceSunday(), { kind: 'sale', member: { id: darek }, totalMinor: 12_000 });
  const unclaimed = await record('P-5', 2, { kind: 'sale', totalMinor: 2_750 });
  await record('Z-9', 1, { kind: 'return', totalMinor: 900, of: { source: 'kasa-1', externalId: 'P-9' } });
  const mistake = await record('P-6', 1, { kind: 'sale', member: { id: celina }, totalMinor: 99_900 });
  await api.voidTransaction({ params: { ...params, transaction: mistake }, body: { reason: 'O jedno zero za dużo' } });
  await record('P-7', 0, { kind: 'sale', member: { id: anna }, totalMinor: 2_640, payments: [{ kind: 'cash', amountMinor: 1_640 }, { kind: 'points', amountMinor: 1_000, points: 100 }] });
  return { sale, returned, unclaimed };
}

async function addRules(api: Client) {
  const draft = async (name: string, points: number) => api.createRule({ params, body: { definition: { ...PLAIN_RULE, name, effect: { kind: 'fixed', points }, when: { all: [{ attribute: 'calendar.weekday', operator: 'oneOf', value: [6, 7] }, { any: [{ attribute: 'transaction.total', operator: 'atLeast', value: 5_000 }, { attribute: 'calendar.isBirthday', operator: 'isTrue' }] }] } } } });
  const sketch = await draft('Weekend z deserem', 20);
  const running = await publish(api, await draft('Urodziny w weekend', 40));
  await api.changeRule({ params: { ...params, rule: running.id }, body: { revision: running.revision, definition: { ...running.current!.definition, effect: { kind: 'fixed', points: 60 } } } });
  const paused = await publish(api, await draft('Letnie lody', 10));
  await api.pauseRule({ params: { ...params, rule: paused.id }, body: { revision: paused.revision, despiteNotice: true } });
  const ended = await publish(api, await draft('Otwarcie ogródka', 15));
  await api.endRule({ params: { ...params, rule: ended.id }, body: { revision: ended.revision, despiteNotice: true } });
  const byTier = await api.createRule({ params, body: { definition: { ...PLAIN_RULE, name: 'Więcej na wyższym poziomie', effect: { kind: 'tierMultiplier', tiers: [{ tier: 'srebro', hundredths: 150 }, { tier: 'zloto', hundredths: 200 }] } } } });
  return { sketch: sketch.id, running: running.id, byTier: byTier.id };
}

/** A draw ticket for every 50 zł and a coupon from 100 zł; half of the purchase comes back. */
async function addGrants(api: Client, celina: string): Promise<void> {
  type Definition = Parameters<Client['createRule']>[0]['body']['definition'];
  const rule = async (name: string, effect: Definition['effect'], when: Definition['when']) => publish(api, await api.createRule({ params, body: { definition: { ...PLAIN_RULE, name, effect, when } } }));
  await rule('Los za każde 50 zł', { kind: 'grant', what: 'ticket', code: 'wiosna', count: 1, perMinor: 5_000 }, null);
  await rule('Kawa od stu złotych', { kind: 'grant', what: 'coupon', code: 'kawa-gratis', count: 1 }, { attribute: 'transaction.total', operator: 'atLeast', value: 10_000 });
  const now = () => new Date().toISOString();
  await api.recordTransaction({ params, body: { source: 'kasa-1', externalId: 'P-8', kind: 'sale', occurredAt: now(), member: { id: celina }, totalMinor: 12_000 } });
  await api.recordTransaction({ params, body: { source: 'kasa-1', externalId: 'Z-8', kind: 'return', occurredAt: now(), totalMinor: 6_000, of: { source: 'kasa-1', externalId: 'P-8' } } });
}

const publish = (api: Client, { id, revision }: { id: string; revision: number }) => api.publishRule({ params: { ...params, rule: id }, body: { revision } });

async function addOrders(api: Client, anna: string) {
  const reward = await api.createReward({ params, body: { name: 'Kawa gratis', description: 'Dowolna kawa z tablicy, na miejscu albo na wynos.', icon: 'cup', category: 'Przy ladzie', pricePoints: 100 } });
  await api.createReward({ params, body: { name: 'Kubek termiczny „Pod Lipą”', description: 'Stalowy, 350 ml.', icon: 'bag', category: 'Do domu', pricePoints: 900, stockLeft: 12, perMember: 1 } });
  const dinner = await api.createReward({ params, body: { name: 'Kolacja z baristą', description: 'Wieczór przy ekspresie, dla dwóch osób.', icon: 'heart', pricePoints: 50, levels: ['zloty'] } });
  await api.createReward({ params, body: { name: 'Warsztaty parzenia kawy', icon: 'book', pricePoints: 1_500, stockLeft: 0 } });
  await api.createReward({ params, body: { name: 'Kalendarz na przyszły rok', icon: 'gift', pricePoints: 300, state: 'hidden' } });
  const order = async (note?: string) => (await api.placeOrder({ params, body: { member: { id: anna }, lines: [{ reward: reward.id, quantity: 1 }], note } })).order.id;
  const cancelled = await order();
  await api.cancelOrder({ params: { ...params, order: cancelled }, body: { reason: 'Klientka zmieniła zdanie' } });
  const confirmed = await order();
  await api.confirmOrder({ params: { ...params, order: confirmed } });
  return { reward: reward.id, dinner: dinner.id, orders: { placed: await order('Bez cukru'), confirmed, cancelled } };
}

async function addEvents(api: Client, { celina }: Awaited<ReturnType<typeof addMembers>>): Promise<string> {
  await api.createEventType({ params, body: { code: 'webinar', name: 'Webinar', reason: 'za udział w webinarze', fields: [{ key: 'minuty', kind: 'number', name: 'minuty', required: true, min: 1, max: 600 }] } });
  const { codes } = await api.createCodeBatch({ params, body: { name: 'Kawa ziarnista, jesień', label: 'jesien', count: 20, validUntil: '2099-12-31' } });
  await api.redeemCode({ params, body: { code: codes[0]!, member: { id: celina } } });
  const invoice = { type: 'invoice-paid', worthMinor: 123_450, fields: { number: 'FV/2026/11/7', dueOn: '2026-11-20', paidOn: '2026-11-18' } };
  return (await api.recordEvent({ params, body: { ...invoice, source: 'ksiegowosc', externalId: 'FV-7', occurredAt: daysAgo(3), member: { id: celina } } })).transaction.id;
}

/** A rule that writes to whoever visits, and Anna's visit. */
async function addMessage(api: Client, anna: string): Promise<void> {
  const message = { pl: { subject: 'Dobrze Cię widzieć!', text: 'Cześć {imię}, masz u nas {saldo}.\nKubek termiczny czeka przy ladzie.' } };
  await publish(api, await api.createRule({ params, body: { definition: { ...PLAIN_RULE, name: 'Powitanie gościa', trigger: { kind: 'event', type: 'check-in' }, effect: { kind: 'grant', what: 'message', code: 'wiadomosc', count: 1, message } } } }));
  await api.recordEvent({ params, body: { type: 'check-in', source: 'drzwi', externalId: 'W-1', occurredAt: new Date().toISOString(), member: { id: anna }, fields: {} } });
}

/** A gray square, as a phone would send it. */
export const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Reports of completed works in every state, and the rule that rewards them. */
async function addReports(api: Client, { anna, celina }: Awaited<ReturnType<typeof addMembers>>): Promise<void> {
  await publish(api, await api.createRule({ params, body: { definition: { ...PLAIN_RULE, name: 'Za ławki w ogródku', trigger: { kind: 'event', type: 'works-report' }, effect: { kind: 'fixed', points: 100 } } } }));
  const report = (member: string, name: string) => api.sendWorkReport({ params: { ...params, member }, body: { type: 'works-report', fields: { name, quantity: 2 }, note: 'Od strony Lipowej, z olejowaniem.', pictures: [PICTURE, PICTURE] } });
  await report(anna, 'Naprawa ławek');
  const approved = await report(celina, 'Malowanie płotu');
  await api.approveWorkReport({ params: { ...params, report: approved.id } });
  const mistaken = await report(anna, 'Donice na tarasie');
  const { transaction } = await api.approveWorkReport({ params: { ...params, report: mistaken.id } });
  await api.voidTransaction({ params: { ...params, transaction: transaction! }, body: { reason: 'Donice stały tam wcześniej' } });
  const rejected = await report(anna, 'Montaż parasola');
  await api.rejectWorkReport({ params: { ...params, report: rejected.id }, body: { reason: 'Na zdjęciach nie widać całego parasola' } });
}

async function leave(api: Client, { darek, ewa }: Awaited<ReturnType<typeof addMembers>>): Promise<void> {
  await api.blockMember({ params: { ...params, member: darek }, body: { reason: 'Wyjaśniamy zwroty' } });
  await api.closeMember({ params: { ...params, member: ewa }, body: { reason: 'Na własną prośbę' } });
}

/** A badge, a challenge and a threshold that run, a draft, and a leaderboard. */
async function addGoals(api: Client) {
  const badge = await api.createBadge({ params, body: { name: 'Kawosz miesiąca', description: 'Osiem kaw w jednym miesiącu.', shape: 'circle', icon: 'cup', color: 'amber' } });
  const from = daysAgo(60).slice(0, 10);
  const draft = (definition: Parameters<Client['createGoal']>[0]['body']['definition']) => api.createGoal({ params, body: { definition } });
  const publishGoal = async (made: { id: string; revision: number }) => (await api.publishGoal({ params: { ...params, goal: made.id }, body: { revision: made.revision } })).id;
  const challenge = await publishGoal(await draft({
    kind: 'challenge', name: 'Kawa i coś słodkiego', description: 'Spróbuj jednego i drugiego.', reward: { points: { wallet: 'punkty', points: 40 }, badge: badge.id, coupon: 'kawałek ciasta' }, onReturn: 'takeBack',
    when: null, lines: null, task: { kind: 'collection', by: 'category', items: ['kawa', 'ciasta'] }, window: { kind: 'once', from, until: daysAgo(-30).slice(0, 10) },
  }));
  const threshold = await publishGoal(await draft({
    kind: 'threshold', name: 'Co 1000 punktów', description: null, reward: { points: { wallet: 'punkty', points: 100 }, badge: null, coupon: null }, onReturn: 'takeBack',
    measure: { kind: 'points', wallet: 'punkty' }, at: 1000, repeats: true, since: null,
  }));
  const sketch = await draft({
    kind: 'challenge', name: 'Cztery tygodnie z rzędu', description: null, reward: { points: { wallet: 'punkty', points: 60 }, badge: null, coupon: null }, onReturn: 'keep',
    when: { attribute: 'transaction.total', operator: 'atLeast', value: 1_000 }, lines: null, task: { kind: 'streak', every: 'week', length: 4 }, window: { kind: 'once', from, until: null },
  });
  const leaderboard = await api.createLeaderboard({ params, body: { name: 'Punkty w tym miesiącu', measure: { kind: 'points', wallet: 'punkty' }, period: 'month', state: 'shown' } });
  return { challenge, threshold, sketch: sketch.id, leaderboard: leaderboard.id };
}

/** A sales target of members that runs, with an amount of its own, one of companies, and a draft. */
async function addTargets(api: Client, anna: string) {
  const definition = {
    name: 'Obrót roku', description: 'Najlepsi jadą na szkolenie do palarni.', side: 'member' as const, groups: [], counts: 'amount' as const, when: null, lines: null, amount: 20_000,
    window: { every: 'year' as const, from: daysAgo(400).slice(0, 10), until: null }, settle: 'atOnce' as const, returnDays: 14,
  };
  const draft = (code: string, more: object = {}) => api.createTarget({ params, body: { code, definition: { ...definition, ...more } } });
  const start = async (made: { id: string; revision: number }) => (await api.startTarget({ params: { ...params, target: made.id }, body: { revision: made.revision } })).id;
  const sales = await draft('obrot-roku');
  const divided = await api.replaceTargetAmounts({ params: { ...params, target: sales.id }, body: { revision: sales.revision, items: [{ participant: anna, amount: 500_000 }] } });
  await start({ id: sales.id, revision: divided.revision });
  await start(await draft('firmy', { name: 'Firmy na medal', description: null, side: 'company', counts: 'documents', amount: 12, window: { ...definition.window, every: 'month' }, settle: 'afterEnd' }));
  const sketch = await draft('polnoc', { name: 'Północ przeciw Południu', description: null, side: 'group', groups: ['Północ', 'Południe'], amount: 5_000_000 });
  return { sales: sales.id, sketch: sketch.id };
}
