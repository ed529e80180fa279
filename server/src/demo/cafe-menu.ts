import type { LineKind } from '@wracam/engine/facts';
import type { CafeDay } from './cafe-days.ts';
import type { Random } from './random.ts';

export type Article = { readonly sku: string; readonly name: string; readonly category: string; readonly priceMinor: number; readonly kind?: LineKind; readonly byWeight?: boolean; readonly brand?: string; readonly taxRateBps: number };

const drink = (sku: string, name: string, category: string, priceMinor: number): Article => ({ sku, name, category, priceMinor, taxRateBps: 800 });
const COFFEE: readonly (readonly [number, Article])[] = [
  [9, drink('K01', 'Espresso', 'kawa', 1000)], [14, drink('K02', 'Americano', 'kawa', 1300)], [24, drink('K03', 'Cappuccino', 'kawa', 1600)], [22, drink('K04', 'Latte', 'kawa', 1800)],
  [20, drink('K05', 'Flat white', 'kawa', 1800)], [8, drink('K06', 'Drip', 'kawa', 1700)], [3, drink('K07', 'Kawa po wiedeńsku', 'kawa', 1900)],
];
const COLD: readonly (readonly [number, Article])[] = [[10, drink('N01', 'Lemoniada z rabarbarem', 'napoje zimne', 1700)], [8, drink('N02', 'Cold brew', 'kawa', 1900)], [6, drink('N03', 'Espresso tonic', 'kawa', 2000)], [3, drink('N04', 'Woda mineralna', 'napoje zimne', 900)]];
const WARM: readonly (readonly [number, Article])[] = [[9, drink('H01', 'Herbata zimowa z maliną i imbirem', 'herbata', 1900)], [6, drink('H02', 'Czekolada na gorąco', 'czekolada', 2100)], [3, drink('H03', 'Matcha latte', 'herbata', 2100)]];
const TEA: readonly (readonly [number, Article])[] = [[6, drink('H04', 'Herbata czarna', 'herbata', 1300)], [5, drink('H05', 'Herbata zielona', 'herbata', 1300)], [2, drink('H03', 'Matcha latte', 'herbata', 2100)]];
const CAKES: readonly (readonly [number, Article])[] = [
  [16, drink('C01', 'Sernik z wiśniami', 'ciasta', 1900)], [14, drink('C02', 'Szarlotka', 'ciasta', 1700)], [9, drink('C03', 'Brownie', 'ciasta', 1600)], [8, drink('C04', 'Ciasto marchewkowe', 'ciasta', 1800)],
  [12, drink('C05', 'Drożdżówka z kruszonką', 'ciasta', 1100)], [9, drink('C06', 'Croissant', 'ciasta', 1200)], [5, drink('C07', 'Beza z owocami', 'ciasta', 2200)],
];
const BREAKFAST: readonly (readonly [number, Article])[] = [
  [12, drink('S01', 'Jajecznica na maśle', 'śniadania', 2600)], [10, drink('S02', 'Owsianka z jabłkiem', 'śniadania', 2200)], [9, drink('S03', 'Szakszuka', 'śniadania', 3400)], [7, drink('S04', 'Tost z awokado', 'śniadania', 3200)],
  [8, drink('S05', 'Kanapka z twarożkiem', 'śniadania', 1900)],
];
const BEANS: readonly (readonly [number, Article])[] = [
  [8, { sku: 'Z01', name: 'Kawa ziarnista Brazylia', category: 'kawa w ziarnach', priceMinor: 11_900, byWeight: true, brand: 'Palarnia Pod Lipą', taxRateBps: 2300 }],
  [6, { sku: 'Z02', name: 'Kawa ziarnista Etiopia', category: 'kawa w ziarnach', priceMinor: 15_900, byWeight: true, brand: 'Palarnia Pod Lipą', taxRateBps: 2300 }],
];
const THINGS: readonly (readonly [number, Article])[] = [
  [5, { sku: 'T01', name: 'Torba płócienna', category: 'akcesoria', priceMinor: 3900, taxRateBps: 2300 }], [3, { sku: 'T02', name: 'Kubek termiczny', category: 'akcesoria', priceMinor: 7900, taxRateBps: 2300 }],
  [2, { sku: 'T03', name: 'Drip z filtrami', category: 'akcesoria', priceMinor: 8900, taxRateBps: 2300 }], [2, { sku: 'T04', name: 'Karta podarunkowa 50 zł', category: 'karty', priceMinor: 5000, kind: 'gift_card', taxRateBps: 0 }],
];

export type Basket = readonly { readonly article: Article; /** Thousandths. */ readonly quantity: number }[];
/** What somebody likes; drawn once a guest. */
export type Taste = { readonly tea: boolean; readonly sweetPercent: number; readonly company: boolean; readonly ownCup: boolean };

/** What a guest buys at this hour. Never empty. */
export function basketOf(random: Random, day: CafeDay, hour: number, taste: Taste): Basket {
  const found: { article: Article; quantity: number }[] = [];
  const add = (list: readonly (readonly [number, Article])[], quantity = 1000) => { found.push({ article: random.weighted(list), quantity }); };
  const summer = day.month >= 5 && day.month <= 9;
  const people = taste.company && random.chance(day.freeDay ? 55 : 18, 100) ? random.between(2, 4) : random.chance(day.freeDay ? 34 : 13, 100) ? 2 : 1;
  for (let one = 0; one < people; one += 1) {
    if (random.chance(6, 100)) add(BEANS, 0);
    else if (summer && random.chance(hour >= 12 ? 36 : 14, 100)) add(COLD);
    else if (!summer && random.chance(day.month >= 11 || day.month <= 2 ? 20 : 9, 100)) add(WARM);
    else add(taste.tea ? TEA : COFFEE);
    if (hour < 12 && random.chance(day.freeDay ? 46 : 24, 100)) add(BREAKFAST);
    else if (random.chance(taste.sweetPercent + (hour >= 14 ? 12 : 0), 100)) add(CAKES);
  }
  if (random.chance(day.month === 12 ? 5 : 2, 100)) add(THINGS);
  return merged(found.map(({ article, quantity }) => ({ article, quantity: article.byWeight ? random.pick([250, 250, 250, 500, 1000]) + random.between(-12, 18) : quantity })));
}

function merged(lines: Basket): Basket {
  const bySku = new Map<string, Basket[number]>();
  for (const line of lines) {
    const same = bySku.get(line.article.sku);
    bySku.set(line.article.sku, same ? { ...same, quantity: same.quantity + line.quantity } : line);
  }
  return [...bySku.values()];
}
