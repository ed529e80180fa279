import { expect, it } from 'vitest';
import { stampsOn } from './stamps.ts';

const coffee = { wallet: 'kawa', name: 'Kawa gratis', pricePoints: 10 };
it.each([
  [0, { filled: 0, full: 0 }], [7, { filled: 7, full: 0 }], [10, { filled: 10, full: 1 }], [27, { filled: 10, full: 2 }],
])('%i stamps towards the tenth coffee: %j', (available, expected) => {
  expect(stampsOn('kawa', available, [{ ...coffee, name: 'Tort', pricePoints: 18 }, coffee, { ...coffee, wallet: 'punkty', pricePoints: 3 }])).toEqual({ size: 10, reward: 'Kawa gratis', ...expected });
});
it('without a reward a card has ten places; a reward beyond twenty has no card', () => {
  expect(stampsOn('kawa', 3, [])).toEqual({ size: 10, filled: 3, full: 0, reward: null });
  expect(stampsOn('kawa', 3, [{ ...coffee, pricePoints: 21 }])).toBeNull();
});
