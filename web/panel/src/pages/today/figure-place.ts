/** A bold figure of 14 px, wide ones and spaces together. */
const LETTER_PX = 8.5;
const SHARE = { start: 0, middle: 0.5, end: 1 } as const;

export type Figure = { readonly at: number; readonly x: number; readonly anchor: 'start' | 'middle' | 'end'; /** It stands over a bar as high as this value. */ readonly over: number; /** A line leads from it down to its own lower bar. */ readonly lifted: boolean };

/**
 * Where the figures of the greatest and of the newest day stand: each over the highest bar that it would otherwise lie on, leaning inwards where an edge
 * would cut it. One that stands over a higher neighbour says by a line whose it is. The newest day's is left out where it would lie on the greatest.
 */
export function placeFigures(values: readonly number[], width: number, write: (value: number) => string): readonly Figure[] {
  if (values.length === 0) return [];
  const step = width / values.length;
  const placed = (at: number) => {
    const wide = write(values[at]!).length * LETTER_PX;
    const middle = (at + 0.5) * step;
    const anchor = middle < wide / 2 ? 'start' : middle + wide / 2 > width ? 'end' : 'middle';
    const x = (at + SHARE[anchor]) * step;
    const from = x - SHARE[anchor] * wide;
    const under = values.filter((_, one) => (one + 1) * step > from && one * step < from + wide);
    const over = Math.max(...under);
    return { at, x, anchor, over, lifted: over > values[at]!, from, until: from + wide } as const;
  };
  const greatest = placed(values.indexOf(Math.max(...values)));
  const newest = placed(values.length - 1);
  const apart = newest.from > greatest.until || newest.until < greatest.from;
  return [greatest, ...(apart ? [newest] : [])].map(({ at, x, anchor, over, lifted }) => ({ at, x, anchor, over, lifted }));
}
