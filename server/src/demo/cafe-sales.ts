import { addDays, type Instant, type LocalDate } from '@wracam/engine/calendar';
import type { DocumentLine, NewDocument } from '../modules/transactions/index.ts';
import { atMinute, cafeDay, DAYS, hoursOf, type CafeDay } from './cafe-days.ts';
import { basketOf, type Basket, type Taste } from './cafe-menu.ts';
import { cafeGuests, firstDay, type Guest } from './cafe-members.ts';
import { makeRandom, type Random } from './random.ts';

export const SOURCE = 'kasa';
const CARD = 2;
/** Guests without a card on an ordinary weekday at the beginning; both shops together. */
const PASSERS_BY = 25;
/** The second shop, at the market square, opens after a year and a month. */
const SECOND_SHOP_FROM = 395;
const CASHIERS = ['Ola', 'Marek', 'Zosia', 'Kuba', 'Hania'] as const;
const OWN_CUP_MINOR = 100;
/** Prices went up once, after the first year. */
const DEARER_FROM = 365;
const DEARER_PERCENT = 106;
/** Of 1,000 sales something comes back: the wrong coffee at once, beans and things within two weeks. */
const RETURNS_IN_1000 = 5;
const DAY_MS = 86_400_000;

/**
 * Everything that was sold and returned in the two years that end with `lastDay`, in the order of time. The same date gives the same
 * documents.
 */
export function* cafeDocuments(lastDay: LocalDate): Generator<NewDocument> {
  const guests = cafeGuests(lastDay);
  const later = new Map<number, NewDocument[]>();
  const start = firstDay(lastDay);
  let receipt = 0;
  for (let at = 0; at < DAYS; at += 1) {
    const day = cafeDay(addDays(start, at));
    const random = makeRandom(`cafe sales ${at}`);
    const documents = later.get(at) ?? [];
    later.delete(at);
    if (day.busyPercent > 0) {
      for (const { guest, when } of visitsOf(random, guests, day, at)) {
        const sale = saleOf(random, { day, at, when, card: guest?.card ?? null, taste: guest?.taste ?? tasteOfPasser(random), no: receipt += 1 });
        documents.push(sale);
        if (random.chance(RETURNS_IN_1000, 1000)) putReturn(random, sale, at, documents, later);
      }
    }
    yield* documents.sort((a, b) => a.occurredAt - b.occurredAt || (a.externalId < b.externalId ? -1 : 1));
  }
}

type Visit = { readonly guest: Guest | null; readonly when: Instant };

function visitsOf(random: Random, guests: readonly Guest[], day: CafeDay, at: number): Visit[] {
  const hours = hoursOf(day);
  const visits: Visit[] = [];
  const timeOf = (hour: number) => atMinute(day.date, hour * 60 + random.below(60)) + random.below(60) * 1000;
  const usual = (guest: Guest) => (guest.hour >= day.opens && guest.hour < day.closes && random.chance(55, 100) ? guest.hour : random.weighted(hours));
  for (const guest of guests) {
    if (guest.joins > at) break;
    if (guest.joins === at) visits.push({ guest, when: guest.joinedAt + 60_000 });
    else if (guest.leaves >= at && random.chance(guest.rate * day.busyPercent, 1_000_000)) visits.push({ guest, when: timeOf(usual(guest)) });
  }
  const growth = 100 + Math.floor(at * 20 / DAYS) + (at >= SECOND_SHOP_FROM ? 25 : 0);
  const passers = Math.floor(PASSERS_BY * day.busyPercent * growth * random.between(75, 125) / 1_000_000);
  for (let one = 0; one < passers; one += 1) visits.push({ guest: null, when: timeOf(random.weighted(hours)) });
  return visits;
}

const tasteOfPasser = (random: Random): Taste => ({ tea: random.chance(18, 100), sweetPercent: 26, company: random.chance(30, 100), ownCup: false });

type Sale = { readonly day: CafeDay; readonly at: number; readonly when: Instant; readonly card: string | null; readonly taste: Taste; readonly no: number };

function saleOf(random: Random, { day, at, when, card, taste, no }: Sale): NewDocument {
  const hour = Math.floor((when - atMinute(day.date, 0)) / 3_600_000);
  const ownCup = taste.ownCup && random.chance(70, 100);
  const lines = basketOf(random, day, hour, taste).map((line, index) => lineOf(line, index, at >= DEARER_FROM, ownCup));
  const second = at >= SECOND_SHOP_FROM && random.chance(34, 100);
  return {
    source: SOURCE, externalId: `P${String(no).padStart(6, '0')}`, kind: 'sale', occurredAt: when, pointer: card === null ? null : { kind: CARD, key: card },
    totalMinor: lines.reduce((sum, line) => sum + line.amountMinor, 0), lines, payments: [], currency: 'PLN', store: second ? 'rynek' : 'lipowa', till: second ? 'kasa-3' : random.pick(['kasa-1', 'kasa-2']),
    cashier: random.pick(CASHIERS), channel: random.chance(9, 100) ? 'online' : 'till', attributes: ownCup ? { kubek: true } : {}, of: null,
  };
}

function lineOf({ article, quantity }: Basket[number], index: number, dearer: boolean, ownCup: boolean): DocumentLine {
  // To whole 50 groszy, as menus are written.
  const price = dearer && article.kind !== 'gift_card' ? Math.floor((article.priceMinor * DEARER_PERCENT + 2500) / 5000) * 50 : article.priceMinor;
  const full = Math.floor((price * quantity + 500) / 1000);
  const discountMinor = ownCup && article.category === 'kawa' ? OWN_CUP_MINOR : 0;
  return {
    lineId: String(index + 1), kind: article.kind ?? 'goods', sku: article.sku, name: article.name, category: article.category, brand: article.brand ?? null, quantity, unit: article.byWeight ? 'kg' : 'szt.',
    amountMinor: full - discountMinor, discountMinor, taxRateBps: article.taxRateBps, attributes: {}, of: null,
  };
}

/** One line of the sale comes back, whole. */
function putReturn(random: Random, sale: NewDocument, at: number, today: NewDocument[], later: Map<number, NewDocument[]>): void {
  const line = random.pick(sale.lines);
  if (line.kind === 'gift_card') return;
  const lasting = ['akcesoria', 'kawa w ziarnach'].includes(line.category);
  const days = lasting ? random.between(1, 14) : 0;
  const back: NewDocument = {
    ...sale, externalId: `Z${sale.externalId.slice(1)}`, kind: 'return', occurredAt: sale.occurredAt + days * DAY_MS + random.between(3, 20) * 60_000, totalMinor: line.amountMinor, attributes: {},
    lines: [{ ...line, of: { source: SOURCE, externalId: sale.externalId, lineId: line.lineId } }], of: { source: SOURCE, externalId: sale.externalId },
  };
  if (days === 0) today.push(back);
  else if (at + days < DAYS) later.set(at + days, [...(later.get(at + days) ?? []), back]);
}
