/** One measured pair that stood side by side: the floor and ours, in documents a second. */
export interface Pair { floor: number; ours: number }

export interface Ratio {
  median: number;
  low: number;
  high: number;
  kept: Pair[];
  /** Pairs whose floor fell under half of the run's best floor: the machine was busy with something else. */
  thrownAway: Pair[];
}

export interface Sides {
  /** Runs before every round: CHECKPOINT, so that each round pays for its own full-page images. */
  checkpoint: () => Promise<unknown>;
  floor: () => Promise<number>;
  ours: () => Promise<number>;
}

/** Rounds in the order floor, ours, ours, floor, `blocks` times: a drift of the machine hits both sides alike. */
export async function runAbba(sides: Sides, blocks: number): Promise<Ratio> {
  const round = async (side: () => Promise<number>) => {
    await sides.checkpoint();
    return side();
  };
  const pairs: Pair[] = [];
  for (let block = 0; block < blocks; block++) {
    const floorFirst = await round(sides.floor);
    const oursFirst = await round(sides.ours);
    const oursSecond = await round(sides.ours);
    const floorSecond = await round(sides.floor);
    pairs.push({ floor: floorFirst, ours: oursFirst }, { floor: floorSecond, ours: oursSecond });
  }
  return ratioOf(pairs);
}

/** Median and range of ours/floor over the pairs that count. Throws when none is left: then there is no figure. */
export function ratioOf(pairs: readonly Pair[]): Ratio {
  const best = Math.max(...pairs.map((pair) => pair.floor));
  const counts = (pair: Pair) => pair.floor >= best / 2;
  const kept = pairs.filter(counts);
  if (kept.length === 0) throw new Error('no round is left to judge');
  const ratios = kept.map((pair) => pair.ours / pair.floor);
  return { median: median(ratios), low: Math.min(...ratios), high: Math.max(...ratios), kept, thrownAway: pairs.filter((pair) => !counts(pair)) };
}

/** The middle value; of an even count, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}
