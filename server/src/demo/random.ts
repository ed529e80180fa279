/** Chance that repeats itself: the same seed gives the same numbers on every machine. Whole numbers only. */
export type Random = {
  /** A whole number from 0 to n − 1. */
  below(n: number): number;
  /** From `from` to `to`, both included. */
  between(from: number, to: number): number;
  /** True `count` times in `of`. */
  chance(count: number, of: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** One of the values, by weight. */
  weighted<T>(list: readonly (readonly [weight: number, value: T])[]): T;
};

/** Generator sfc32 (Doty-Humphrey, PractRand), seeded by 32-bit FNV-1a over the text. Not for secrets. */
export function makeRandom(seed: string): Random {
  let [a, b, c, counter] = [hashOf(`${seed}|a`), hashOf(`${seed}|b`), hashOf(`${seed}|c`), 1];
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round += 1) next();
  const below = (n: number) => next() % n;
  return {
    below,
    between: (from, to) => from + below(to - from + 1),
    chance: (count, of) => below(of) < count,
    pick: (list) => list[below(list.length)]!,
    weighted(list) {
      let left = below(list.reduce((sum, [weight]) => sum + weight, 0));
      for (const [weight, value] of list) {
        if (left < weight) return value;
        left -= weight;
      }
      throw new RangeError('weights add up to nothing');
    },
  };
}

/** FNV-1a over UTF-16 units. */
export function hashOf(text: string): number {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return sum >>> 0;
}
