import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decimalFault, parseDecimal, writeDecimal, writeShortDecimal } from './decimal-text.ts';

it.each([
  ['12', 2, 1200], ['12,5', 2, 1250], ['12.50', 2, 1250], ['1 234,56', 2, 123456], ['0,347', 3, 347], ['1\u00a0000', 2, 100000], ['7,', 2, 700],
])('reads %j with %i decimals as %i', (text, decimals, units) => {
  expect(parseDecimal(text, decimals)).toBe(units);
});

it.each(['', 'abc', '-5', '1,2,3', '12,345', '1e3', '1234567890', ',5'])('refuses %j as an amount', (text) => {
  expect(parseDecimal(text, 2)).toBeNull();
});

it('what is written reads back as the same number', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 10 ** 11 - 1 }), fc.integer({ min: 2, max: 3 }), (units, decimals) => {
    expect(parseDecimal(writeDecimal(units, decimals, ','), decimals)).toBe(units);
    expect(parseDecimal(writeShortDecimal(units, decimals, '.'), decimals)).toBe(units);
  }));
});

it.each([[1000, '1'], [347, '0,347'], [1500, '1,5'], [10000, '10'], [0, '0']])('writes %i thousandths as %j', (units, text) => {
  expect(writeShortDecimal(units, 3, ',')).toBe(text);
});

it.each([
  ['', 2, null], ['12,50', 2, null], ['12,', 2, null], ['1 234,56', 2, null], ['-5', 2, 'negative'], ['−5,00', 2, 'negative'], ['12,505', 2, 'decimals'], ['1,5', 0, 'decimals'], ['1234567890', 2, 'long'],
  ['12zł', 2, 'unreadable'], ['1,2,3', 2, 'unreadable'], ['1e3', 2, 'unreadable'],
] as const)('of "%s" with %i decimals the fault is %s, and there is one exactly where nothing is read', (text, decimals, fault) => {
  expect(decimalFault(text, decimals)).toBe(fault);
  expect(text === '' || (parseDecimal(text, decimals) === null) === (fault !== null)).toBe(true);
});
