import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CODE_ALPHABET, codeFrom, normalCode, printedCode, RANDOM_LETTERS } from './package-code.ts';

const codes = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: RANDOM_LETTERS, maxLength: RANDOM_LETTERS }).map(codeFrom);

describe('a code in a package', () => {
  it('is known again however it is typed', () => fc.assert(fc.property(codes, (code) => {
    expect(printedCode(code)).toMatch(/^\w{4}-\w{4}-\w{4}$/);
    expect(normalCode(` ${printedCode(code).toLowerCase().replaceAll('-', ' ')} `)).toBe(code);
  })));

  it('with one wrong letter is none', () => fc.assert(fc.property(codes, fc.nat(11), fc.integer({ min: 1, max: 30 }), (code, at, by) => {
    const wrong = CODE_ALPHABET[(CODE_ALPHABET.indexOf(code[at]!) + by) % 31]!;
    expect(normalCode(code.slice(0, at) + wrong + code.slice(at + 1))).toBeNull();
  })));

  it('with two letters swapped is none, wherever they stand', () => fc.assert(fc.property(codes, fc.nat(11), fc.nat(11), (code, a, b) => {
    fc.pre(code[a] !== code[b]);
    const letters = [...code];
    [letters[a], letters[b]] = [letters[b]!, letters[a]!];
    expect(normalCode(letters.join(''))).toBeNull();
  })));

  it.each(['', 'ABC', '0000-0000-0000', 'ÓÓÓÓ-ÓÓÓÓ-ÓÓÓÓ', 'A'.repeat(1000)])('%s is none', (text) => expect(normalCode(text)).toBeNull());
});
