import fc from 'fast-check';
import { expect, it } from 'vitest';
import { brandShades, contrastOf, paintBrand } from './brand.ts';

const AA = 4.5;
const scheme = fc.constantFrom('light' as const, 'dark' as const);
const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
const surfaces = { light: ['#faf9f7', '#ffffff', '#f4f2ee'], dark: ['#191714', '#211e1b', '#2b2824'] } as const;

it('whatever colour the organiser picks, text on it and in it is AA in both schemes', () => {
  fc.assert(fc.property(color, scheme, (asked, which) => {
    const paint = paintBrand(asked, which);
    expect(contrastOf(paint.onFill, paint.fill)).toBeGreaterThanOrEqual(AA);
    expect(contrastOf(paint.onFill, paint.fillHover)).toBeGreaterThanOrEqual(AA);
    for (const ground of [...surfaces[which], paint.soft]) expect(contrastOf(paint.text, ground)).toBeGreaterThanOrEqual(AA);
  }), { numRuns: 400 });
});

it.each(['#ffffff', '#faf9f7', '#000000', '#191714'])('a surface in %s still stands out from the page', (asked) => {
  expect(contrastOf(paintBrand(asked, 'light').fill, '#faf9f7')).toBeGreaterThanOrEqual(1.3);
  expect(contrastOf(paintBrand(asked, 'dark').fill, '#191714')).toBeGreaterThanOrEqual(1.3);
});

it.each(['#1a5638', '#7a1f3d', '#0b3d91'])('%s, readable already, stays exactly as the organiser chose it', (asked) => {
  expect(paintBrand(asked, 'light').fill).toBe(asked);
});

it('yellow keeps being yellow and takes dark letters', () => {
  expect(paintBrand('#ffd400', 'dark')).toMatchObject({ fill: '#ffd400', onFill: '#26231f' });
});

it.each(['', 'red', '#12345', '#gggggg'])('%j is no colour, so the house green stands in', (asked) => {
  expect(paintBrand(asked, 'light').fill).toBe('#1a5638');
});

it('Mantine gets ten shades, with the fills where the theme looks for them', () => {
  const shades = brandShades('#7a1f3d');
  expect(shades).toHaveLength(10);
  expect(shades[8]).toBe(paintBrand('#7a1f3d', 'light').fill);
  expect(shades[7]).toBe(paintBrand('#7a1f3d', 'dark').fill);
});
