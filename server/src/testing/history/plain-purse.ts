/**
 * One member's points told plainly: heaps with a last day each, and what is owed. What ends first goes first, of equals the older; what ended
 * cannot be taken again; new points pay what is owed, and so do those that come back.
 */
type Heap = { readonly of: string; readonly order: number; readonly last: number; left: number; /** Ended unused. */ ended: number };
export type Taken = { readonly from: Heap; readonly points: number };

export type Purse = {
  readonly usable: () => number;
  /** What can be used less what is owed. */
  readonly net: () => number;
  /** Today is this day: whatever was good until an earlier one ends. */
  pass(today: number): void;
  /** `of`: what gave them; `last`: the last day on which they are good. */
  earn(of: string, points: number, last: number): void;
  pay(points: number): Taken[];
  /** The part of a payment after its first `skip` points comes back to where it was taken from. */
  giveBack(paid: readonly Taken[], skip: number, points: number): void;
  /** What `of` gave is taken again: from its own heaps, then what of them ended counts, then from others, then it is owed. */
  takeBack(of: string, points: number): void;
  /** So many points that were taken again of what `of` gave come back, the last first: each good as long as it was, what was owed until `last`. What had ended was taken from nobody. */
  undo(of: string, points: number, last: number): void;
};

export function openPurse(firstDay: number): Purse {
  const heaps: Heap[] = [];
  /** Points that ended and were counted as taken back, by what gave them. */
  const counted = new Map<string, number>();
  /** What was taken again, by what gave it, in turn. */
  const again = new Map<string, { readonly what: 'heap' | 'ended' | 'owed'; points: number; readonly last: number }[]>();
  let today = firstDay;
  let owed = 0;
  const inTurn = (list: readonly Heap[]) => list.toSorted((a, b) => a.last - b.last || a.order - b.order);
  const endOld = () => { for (const heap of heaps) if (heap.last < today) { heap.ended += heap.left; heap.left = 0; } };
  const take = (from: readonly Heap[], points: number): Taken[] => {
    const taken: Taken[] = [];
    for (const heap of from) {
      const part = Math.min(heap.left, points - sum(taken));
      if (part > 0) { heap.left -= part; taken.push({ from: heap, points: part }); }
    }
    return taken;
  };
  const payOwed = (from: readonly Heap[]) => { owed -= sum(take(from, owed)); };
  const usable = () => heaps.reduce((all, heap) => all + heap.left, 0);

  const earn = (of: string, points: number, last: number) => {
    if (points === 0) return;
    const heap: Heap = { of, order: heaps.length, last, left: points, ended: 0 };
    heaps.push(heap);
    endOld();
    payOwed([heap]);
  };

  return {
    usable, net: () => usable() - owed, earn,
    pass(day) { today = day; endOld(); },
    pay: (points) => take(inTurn(heaps), points),
    giveBack(paid, skip, points) {
      let before = 0;
      const touched: Heap[] = [];
      for (const one of paid) {
        const part = Math.min(skip + points, before + one.points) - Math.max(skip, before);
        if (part > 0) { one.from.left += part; touched.push(one.from); }
        before += one.points;
      }
      endOld();
      payOwed(inTurn(touched));
    },
    takeBack(of, points) {
      const own = heaps.filter((heap) => heap.of === of);
      const [ofOwn, taken] = [take(own, points), again.get(of) ?? []];
      again.set(of, taken);
      let left = points - sum(ofOwn);
      const ended = Math.min(left, Math.max(0, own.reduce((all, heap) => all + heap.ended, 0) - (counted.get(of) ?? 0)));
      counted.set(of, (counted.get(of) ?? 0) + ended);
      left -= ended;
      const ofOthers = take(inTurn(heaps), left);
      left -= sum(ofOthers);
      owed += left;
      const heap = ({ from, points: some }: Taken) => ({ what: 'heap', points: some, last: from.last } as const);
      taken.push(...ofOwn.map(heap), { what: 'ended', points: ended, last: 0 }, ...ofOthers.map(heap), { what: 'owed', points: left, last: 0 });
    },
    undo(of, points, last) {
      const taken = again.get(of) ?? [];
      for (let left = points; left > 0;) {
        const one = taken.at(-1)!;
        const some = Math.min(one.points, left);
        left -= some;
        one.points -= some;
        if (one.points === 0) taken.pop();
        if (one.what === 'ended') counted.set(of, counted.get(of)! - some);
        else earn(of, some, one.what === 'heap' ? one.last : last);
      }
    },
  };
}

const sum = (taken: readonly Taken[]) => taken.reduce((all, one) => all + one.points, 0);
