import { describe, expect, it } from 'vitest';
import { beginningsOf, matchesName, withCheckDigit, wordsOf } from './core.ts';
import { normalEmail, normalPhone } from './identifiers.ts';

describe('phone numbers', () => {
  it.each([
    '601234567', '601 234 567', '601-234-567', '601.234.567', '601/234/567', '60 123 45 67', ' 601 234 567 ', '+48601234567', '+48 601 234 567', '+48 (601) 234-567', '(+48) 601234567',
    '0048601234567', '00 48 601 234 567', '48601234567', '48 601 234 567', '0601234567', '0 601 234 567', '+48 0601234567', '+48 (0) 601 234 567',
  ])('%j is one and the same mobile', (text) => expect(normalPhone(text)).toBe('+48601234567'));

  it.each(['221234567', '22 123 45 67', '(22) 123 45 67', '22-123-45-67', '022 123 45 67', '(022) 123-45-67', '(0-22) 123 45 67', '+48 22 123 45 67', '+48 (22) 1234567', '0048 22 123 45 67', '48221234567'])(
    '%j is one and the same landline in Warsaw', (text) => expect(normalPhone(text)).toBe('+48221234567'));

  it.each([['+49 30 901820', '+4930901820'], ['0049 30 901820', '+4930901820'], ['+380 44 279 0000', '+380442790000'], ['+1 (212) 555-0123', '+12125550123']])(
    '%j of another country keeps its country', (text, e164) => expect(normalPhone(text)).toBe(e164));

  it.each(['', '12', '1234567', '112', '60123456', '6012345678', '999999999', '000000000', '+48', '+48 12', '+999 601 234 567', '0000601234567'])(
    '%j is no number', (text) => expect(normalPhone(text)).toBeNull());
});

describe('e-mail addresses', () => {
  it('are compared in small letters without spaces around', () => expect(normalEmail('  Anna.Żak@Example.PL ')).toBe('anna.żak@example.pl'));
});

describe('member numbers', () => {
  it('end with a digit that notices every single wrong digit and nearly every swap', () => {
    expect(withCheckDigit(7992739871)).toBe('79927398713'); // the example of ISO/IEC 7812-1
    const number = withCheckDigit(601_234_567);
    for (let at = 0; at < number.length - 1; at += 1) {
      for (let digit = 0; digit < 10; digit += 1) {
        const wrong = number.slice(0, at) + digit + number.slice(at + 1);
        if (wrong !== number) expect(withCheckDigit(Number(wrong.slice(0, -1)))).not.toBe(wrong);
      }
    }
  });
});

describe('names', () => {
  it('are compared without accents, ł included, and word by word', () => {
    expect(wordsOf('Łukasz Żółć-Święcicki O\'Neil')).toEqual(['lukasz', 'zolc', 'swiecicki', 'neil']);
    expect(beginningsOf('Ola Ol')).toEqual(['ol', 'ola']);
    expect(beginningsOf('Konstantynopolitańczykowianeczka').at(-1)).toHaveLength(10);
    expect(matchesName('Łukasz Żółć', ['zol', 'luk'])).toBe(true);
    expect(matchesName('Konstantynopolitańczyk', ['konstantynx'])).toBe(false);
  });
});
