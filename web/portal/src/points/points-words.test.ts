import { expect, it } from 'vitest';
import { writeGenitive, writePoints, writeSignedPoints } from './points-words.ts';

const punkt = { one: 'punkt', few: 'punkty', many: 'punktów', fraction: 'punktu' };
const ziarno = { one: 'ziarno', few: 'ziarna', many: 'ziaren', fraction: 'ziarna' };

it.each([
  [1, punkt, '1 punktu'], [2, punkt, '2 punktów'], [4, punkt, '4 punktów'], [22, punkt, '22 punktów'], [120, punkt, '120 punktów'],
  [1, ziarno, '1 ziarna'], [3, ziarno, '3 ziaren'],
])('what is missing takes the genitive: %i %j is %j', (points, forms, text) => {
  expect(writeGenitive(points, forms, 'pl').replace(/\u00a0/g, ' ')).toBe(text);
});

it.each([[5, '+5 punktów'], [-3, '\u22123 punkty'], [0, '0 punktów']])('%i points in a history read %j', (points, text) => {
  expect(writeSignedPoints(points, punkt, 'pl').replace(/\u00a0/g, ' ')).toBe(text);
});

it('a wallet named in Polish keeps Polish plurals on an English page, and a wallet named in English its own', () => {
  const bean = { one: 'bean', few: 'beans', many: 'beans', fraction: 'beans' };
  expect([1, 3, 22].map((points) => writePoints(points, punkt, 'en'))).toEqual(['1\u00a0punkt', '3\u00a0punkty', '22\u00a0punkty']);
  expect([1, 3, 1200].map((points) => writePoints(points, bean, 'en'))).toEqual(['1\u00a0bean', '3\u00a0beans', '1,200\u00a0beans']);
});
