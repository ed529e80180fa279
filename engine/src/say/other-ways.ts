import { spokenOf } from './scan.ts';

/** What a rule cannot do and another part of the product can: something free for a full card, or every tenth purchase. */
export type OtherWay = { readonly kind: 'free' } | { readonly kind: 'everyNth'; readonly n: number };

const ORDINALS = ['drug|second|other', 'trzeci|third', 'czwart|fourth', 'piat|fifth', 'szost|sixth', 'siodm|seventh', 'osm|eighth', 'dziewiat|ninth', 'dziesiat|tenth'].map((stems) => new RegExp(`^(?:${stems})`));
const EVERY = /(?:^|[^\p{L}])(?:co|every) (\p{L}+|\d+)[.a-z-]*(?:$| (?!dni|dzien|tydz|tyg|mies|rok|poniedz|wtor|srod|czwartek|piatek|sobot|niedz|day|week|month|year|zl|pln)\p{L})/u;
const FREE = /(?:^|[^\p{L}])(?:gratis|darmo|dziesiat|pieczat|stemp|free|stamp)/u;

/** "co dziesiąty", "every 10th": how many; null for no such number. */
function everyNth(said: string): number | null {
  const found = EVERY.exec(said)?.[1];
  if (found === undefined) return null;
  const n = /^\d/.test(found) ? Number(found) : ORDINALS.findIndex((ordinal) => ordinal.test(found)) + 2;
  return n >= 2 && n <= 1000 ? n : null;
}

/** What the words that nothing was made of are done by; null when nothing does them. */
export function otherWay(unknown: readonly string[]): OtherWay | null {
  for (const words of unknown) {
    const said = spokenOf(words).text;
    const n = everyNth(said);
    if (n !== null) return { kind: 'everyNth', n };
    if (FREE.test(said)) return { kind: 'free' };
  }
  return null;
}
