import fc from 'fast-check';
import { expect, it } from 'vitest';
import { asciiJson, asciiText } from './ascii-json.ts';

it('a text letter by letter is what JSON writes, whatever is in it', () => {
  for (const text of ['', 'zażółć gęślą jaźń', '19,99\u00a0zł', 'a "b" \\c', 'tab\t\u2028', '\ud800', '🎂', 'ż'.repeat(20_000)]) expect(asciiText(text)).toBe(asciiJson(text));
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    const json = asciiText(text);
    expect(json).toBe(asciiJson(text));
    expect(JSON.parse(json)).toBe(text);
    expect(json).toMatch(/^[\x20-\x7f]*$/);
  }));
});
