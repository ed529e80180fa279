import { describe, expect, it } from 'vitest';
import { formatDate, formatDateTime, formatMoney, formatMoneyShort, formatPoints, formatQuantity, plural, POINT_WORDS, unitIn } from './words.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', '_');

describe('plural', () => {
  it.each([
    [0, 'punktów'], [1, 'punkt'], [2, 'punkty'], [4, 'punkty'], [5, 'punktów'], [11, 'punktów'], [12, 'punktów'], [14, 'punktów'], [21, 'punktów'],
    [22, 'punkty'], [104, 'punkty'], [112, 'punktów'], [1.5, 'punktu'], [-1, 'punkt'], [-3, 'punkty'], [1002, 'punkty'],
  ])('%d goes with "%s"', (n, word) => { expect(plural(n, POINT_WORDS.pl, 'pl')).toBe(word); });

  it('knows one and many in English', () => {
    expect([0, 1, 2].map((n) => plural(n, POINT_WORDS.en, 'en'))).toEqual(['points', 'point', 'points']);
  });
});

describe('numbers', () => {
  it.each([
    [1_234_560, 'PLN', 'pl', '12_345,60_zł'], [123_456, 'PLN', 'pl', '1234,56_zł'], [5, 'PLN', 'pl', '0,05_zł'], [-1999, 'PLN', 'pl', '−19,99_zł'],
    [1_234_560, 'PLN', 'en', 'PLN_12,345.60'], [1250, 'EUR', 'en', '€12.50'], [-1250, 'EUR', 'en', '−€12.50'], [1250, 'EUR', 'pl', '12,50_€'], [500, 'JPY', 'pl', '500_JPY'],
  ] as const)('%i of %s in %s is %s', (minor, currency, lang, text) => { expect(plain(formatMoney(minor, currency, lang))).toBe(text); });

  it('drops the zeros of round sums in sentences only', () => {
    expect([1000, 5740].map((minor) => plain(formatMoneyShort(minor, 'PLN', 'pl')))).toEqual(['10_zł', '57,40_zł']);
  });

  it('writes points with their unit, also where the unit has decimals', () => {
    expect([[12345, 0], [15, 1], [20, 1], [1, 0]].map(([n, decimals]) => plain(formatPoints(n!, POINT_WORDS.pl, 'pl', decimals)))).toEqual(
      ['12_345_punktów', '1,5_punktu', '2_punkty', '1_punkt']);
  });

  it('writes quantities without idle zeros', () => {
    expect([347, 2000, 1500, 12_340].map((n) => formatQuantity(n, 'pl'))).toEqual(['0,347', '2', '1,5', '12,34']);
  });
});

describe('dates', () => {
  it('are written as a person would', () => {
    expect(plain(formatDate('2026-11-21', 'pl'))).toBe('21_listopada 2026');
    expect(plain(formatDate('2026-05-03', 'en'))).toBe('3_May 2026');
    expect(plain(formatDateTime(Date.parse('2026-10-25T01:05:00Z'), 'Europe/Warsaw', 'pl'))).toBe('25_października 2026, 02:05');
  });
});

it('plain points have English words, with the wallet’s own decimals; an organiser’s own unit has those that were written for it', () => {
  const beans = { one: 'ziarno', few: 'ziarna', many: 'ziaren', fraction: 'ziarna' };
  expect([formatPoints(2, unitIn(POINT_WORDS.pl, 'en'), 'en'), formatPoints(2, unitIn(POINT_WORDS.pl, 'pl'), 'pl'), unitIn(beans, 'en'), unitIn({ ...POINT_WORDS.pl, decimals: 2 }, 'en').decimals].map((one) => (typeof one === 'string' ? plain(one) : one)))
    .toEqual(['2_points', '2_punkty', beans, 2]);
  const told = { ...beans, en: { one: 'bean', many: 'beans' } };
  expect([[1, 'en'], [2, 'en'], [5, 'en'], [2, 'pl'], [5, 'pl']].map(([n, lang]) => plain(formatPoints(n as number, unitIn(told, lang as 'pl'), lang as 'pl')))).toEqual(['1_bean', '2_beans', '5_beans', '2_ziarna', '5_ziaren']);
  expect(plain(formatPoints(150, unitIn({ ...told, decimals: 2 }, 'en'), 'en'))).toBe('1.50_beans');
});
