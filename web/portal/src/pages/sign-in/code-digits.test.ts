import { expect, it } from 'vitest';
import { digitsOf } from './code-digits.ts';

it.each([['123456', '123456'], ['123 456', '123456'], ['Twój kod: 123-456.', '123456'], ['12', '12'], ['1234567', '123456'], ['', '']])(
  'of %j the code is %j', (text, code) => expect(digitsOf(text)).toBe(code));
