import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fieldFault, OWN_SENTENCES, tellFault } from './field-faults.ts';

const folder = new URL('.', import.meta.url);
const told = (shape: z.ZodType, value: unknown, language: 'pl' | 'en') => {
  const { error } = shape.safeParse(value, { error: fieldFault(language) });
  return error?.issues.map(({ message }) => tellFault(message, language));
};

describe('what is wrong with a field', () => {
  it.each<[string, z.ZodType, unknown, string, string]>([
    ['a field that is missing', z.strictObject({ name: z.string() }), {}, 'Tego pola brakuje.', 'This field is missing.'],
    ['a text where a number belongs', z.int(), '1e3', 'Tu ma być liczba.', 'This must be a number.'],
    ['a fraction', z.int(), 0.5, 'Tu ma być liczba całkowita.', 'This must be a whole number.'],
    ['more than a number can hold', z.number(), Infinity, 'Ta liczba jest za duża.', 'This number is too large.'],
    ['a list where a text belongs', z.string(), [], 'Tu ma być tekst.', 'This must be a text.'],
    ['a number below the least', z.int().min(1), 0, 'Najmniej 1.', 'At least 1.'],
    ['nothing where more than nothing is meant', z.number().positive(), 0, 'Więcej niż 0.', 'More than 0.'],
    ['a number above the most', z.int().max(200), 201, 'Najwyżej 200.', 'At most 200.'],
    ['a short text', z.string().min(22), 'a', 'Najmniej 22 znaki.', 'At least 22 characters.'],
    ['a long text', z.string().max(5), 'abcdef', 'Najwyżej 5 znaków.', 'At most 5 characters.'],
    ['an empty text', z.string().min(1), '', 'To nie może być puste.', 'This must not be empty.'],
    ['a long list', z.array(z.int()).max(1), [1, 2], 'Najwyżej 1 pozycja.', 'At most 1 item.'],
    ['an unknown word', z.enum(['sale', 'return']), 'gift', 'Jedno z: sale, return.', 'One of: sale, return.'],
    ['an instant without a zone', z.iso.datetime({ offset: true }), '2026-11-21T10:00:00', 'Tu ma być data i godzina ze strefą, na przykład 2026-11-21T10:15:00+01:00.', 'This must be a date and a time with its zone, such as 2026-11-21T10:15:00+01:00.'],
    ['a day that does not exist', z.iso.date(), '2026-02-30', 'Tu ma być data, na przykład 2026-11-21.', 'This must be a date, such as 2026-11-21.'],
    ['fields that nobody knows', z.strictObject({}), { a: 1, b: 2 }, 'Nieznane pola: a, b.', 'Unknown fields: a, b.'],
    ['a sentence of the contract itself', z.int().refine((value) => value !== 0, 'must not be zero'), 0, 'To nie może być zero.', 'must not be zero'],
  ])('is told in whole words: %s', (_name, shape, value, pl, en) => {
    expect({ pl: told(shape, value, 'pl'), en: told(shape, value, 'en') }).toEqual({ pl: [pl], en: [en] });
  });

  it('has Polish words for every sentence that a shape of the contract says itself', () => {
    const sources = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).map((name) => readFileSync(new URL(name, folder), 'utf8'));
    const said = sources.flatMap((source) => [...source.matchAll(/^.*\.(?:refine|regex)\(.*$/gm)].flatMap(([line]) => [...line.matchAll(/, '([^']+)'\)/g)].map((found) => found[1]!)));
    expect(said.length).toBeGreaterThan(20);
    expect([...new Set(said)].filter((sentence) => !(sentence in OWN_SENTENCES))).toEqual([]);
  });
});
