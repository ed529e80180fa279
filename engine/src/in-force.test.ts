import { expect, it } from 'vitest';
import { inForceAt, inForceBetween, plannedAfter, withdrawnBy, withdrawnFrom } from './in-force.ts';

const versions = [{ no: 1, inForceFrom: 0 }, { no: 2, inForceFrom: 100 }, { no: 3, inForceFrom: 50 }, { no: 4, inForceFrom: 200 }];
const at = (instant: number) => inForceAt(versions, instant)?.no ?? null;

it('the last published of those that have begun is in force: a newer one takes the place of one that was planned for later', () => {
  expect([-1, 0, 49, 50, 99, 100, 199, 200, 999].map(at)).toEqual([null, 1, 1, 3, 3, 3, 3, 4, 4]);
});

it('names the versions in force within a stretch, each once, and not the one that begins with its end', () => {
  const between = (from: number, until: number) => inForceBetween(versions, from, until).map((one) => one.no);
  expect([between(0, 50), between(0, 51), between(60, 150), between(60, 201), between(-5, 1), between(300, 300)]).toEqual([[1], [1, 3], [3], [3, 4], [1], [4]]);
});

it('what is planned is what will begin; a publication withdraws what would begin no earlier than itself', () => {
  const numbers = (found: readonly { no: number }[]) => found.map((one) => one.no);
  expect([numbers(plannedAfter(versions, 0)), numbers(plannedAfter(versions, 50)), numbers(plannedAfter(versions, 200))]).toEqual([[3, 4], [4], []]);
  expect([numbers(withdrawnFrom(versions, 0, 0)), numbers(withdrawnFrom(versions, 50, 0)), numbers(withdrawnFrom(versions, 51, 0)), numbers(withdrawnFrom(versions, 201, 0))]).toEqual([[3, 4], [3, 4], [4], []]);
});

it('a version is withdrawn by one that was published before it began and begins no later; one that was in force is not', () => {
  const published = [{ no: 1, publishedAt: 0, inForceFrom: 0 }, { no: 2, publishedAt: 10, inForceFrom: 100 }, { no: 3, publishedAt: 20, inForceFrom: 50 }, { no: 4, publishedAt: 50, inForceFrom: 50 }, { no: 5, publishedAt: 60, inForceFrom: 90 }];
  expect(published.map((one) => withdrawnBy(published, one)?.no ?? null)).toEqual([null, 3, null, null, null]);
});
