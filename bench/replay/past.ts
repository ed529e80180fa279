import { SOME_SALE } from './sale.ts';
import type { Line, SaleDocument } from '@wracam/engine/facts';
import type { PastMember } from '@wracam/engine/replay/history';
import type { Past, PastStep } from '@wracam/engine/testing/past';
import type { Ruleset } from '@wracam/engine/rules';
import { CHANNELS, rulesOf } from '../accrual/rules.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2024, 0, 2, 6);
const DAYS = 730;
const SKUS = ['kawa', 'herbata', 'ciasto', 'kanapka', 'sok'];
const STORES = ['Krucza 12', 'Długa 3', 'Rynek 1'];
/** Of a hundred steps: one return, three that spend points. The rest are sales. */
const RETURN_SHARE = 0.01;
const SPEND_SHARE = 0.03;
/** A sale can be returned while it is among so many last ones. */
const REMEMBERED = 4096;

export const TIME_ZONE = 'Europe/Warsaw';
export const WALLETS = [{ no: 1, debtLimit: 1_000_000, sparesOthers: false }];

/** The rules of the accrual's workload, points ending after six months so that lots expire within the history. */
export const rulesetOf = (count: number): Ruleset => ({
  no: 1, timeZone: TIME_ZONE, currency: 'PLN', wallets: [{ no: 1, code: 'punkty', expiry: { kind: 'months', months: 6, roundTo: 'monthEnd' }, pendingDays: 0 }],
  rules: rulesOf(count).map((definition, i) => ({ ruleId: i + 1, version: 1, definition })), base: { kinds: ['goods', 'service'], excludedCategories: [], paidWithPointsEarns: false },
});

/** Numbers from 0 to below 1 that are the same every time (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function* pastMembers(count: number, random: () => number): Generator<PastMember> {
  for (let i = 0; i < count; i += 1) {
    const joinedOn = new Date(START - Math.floor(random() * 900) * DAY_MS).toISOString().slice(0, 10);
    yield { joinedOn, kind: i % 20 === 0 ? 'company' : 'person', tier: null, company: null, groups: [], attributes: {}, birthMonthDay: null };
  }
}

/** Steps of two years in the order of time: sales of five lines, returns of one of them, and spending. `of` counts steps from 0. */
export function* pastSteps(count: number, members: number, random: () => number): Generator<PastStep> {
  const lately: { place: number; member: number; amountMinor: number }[] = [];
  for (let place = 0; place < count; place += 1) {
    const at = START + Math.floor((place / count) * DAYS * DAY_MS);
    const draw = random();
    const back = draw < RETURN_SHARE ? lately[Math.floor(random() * lately.length)] : undefined;
    if (back) yield { kind: 'return', member: back.member, at, of: back.place, lines: [{ lineId: '1', quantity: null, amountMinor: back.amountMinor }] };
    else if (draw < RETURN_SHARE + SPEND_SHARE) yield { kind: 'spend', member: Math.floor(random() * members), at, walletNo: 1, points: 50 + Math.floor(random() * 200) };
    else {
      const member = Math.floor(random() * members);
      const document = saleOf(at, place, random);
      lately[place % REMEMBERED] = { place, member, amountMinor: document.lines[0]!.amountMinor };
      yield { kind: 'document', member, at, ruleset: 1, document };
    }
  }
}

function saleOf(occurredAt: number, place: number, random: () => number): SaleDocument {
  let totalMinor = 0;
  const lines = SKUS.map((category, i): Line => {
    const amountMinor = 100 + Math.floor(random() * 4000);
    totalMinor += amountMinor;
    return { ...SOME_SALE.line, lineId: String(i + 1), sku: `SKU-${category}-${amountMinor % 97}`, name: `Pozycja ${category}`, category, quantity: 1000 * (1 + (amountMinor % 3)), amountMinor };
  });
  const draw = random();
  return { ...SOME_SALE.document, occurredAt, lines, totalMinor, store: STORES[place % STORES.length]!, channel: draw < 0.22 ? CHANNELS.app : draw < 0.36 ? CHANNELS.web : CHANNELS.till };
}

/** A small past of the same kind, as the plain way of booking takes it. */
export function smallPast(steps: number, members: number, rules: number): Past {
  const random = seeded(2);
  return { members: [...pastMembers(members, random)], steps: [...pastSteps(steps, members, random)], rulesets: [rulesetOf(rules)], wallets: WALLETS, until: START + (DAYS + 60) * DAY_MS };
}

export const UNTIL = START + (DAYS + 60) * DAY_MS;
/** Beginnings of the months. */
export const MONTHS = Array.from({ length: 26 }, (_, i) => Date.UTC(2024, i, 1) - 3_600_000);
