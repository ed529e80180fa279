import fc from 'fast-check';
import { follow, type Schema } from './json-schema.ts';

type Make = { readonly near: boolean };
const KEY = fc.stringMatching(/^[a-z][a-zA-Z0-9_]{0,8}$/);
/** Texts that have broken software before: empty, wide, invisible, right to left, SQL, HTML, formulas, format strings, very long. */
const NASTY = fc.constantFrom('', ' ', 'ąęłżź', '\u0000', '\u200b', '\u202e', '\ufeff', '👩‍👩‍👧', '\ud800', "'; drop table member; --", '$1', '{missing}', '%s', '<script>alert(1)</script>', '=1+1', '../../etc/passwd', '__proto__', 'toString', 'null', '1e999', 'a'.repeat(5000), '\u0130i\u0307', '2026-02-30', '0000-00-00T00:00:00Z', 'mem_0000000000', 'mem_zzzzzzzzzz', 'number:', 'card:\u0000');
const JSON_VALUE = fc.jsonValue({ maxDepth: 2 });
const EDGES = [0, -0, 1, -1, 0.5, 1e-7, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 53 - 1, 2 ** 53, 1e15, 1e21, -1e21, 1e308, 100_000_000_000, 100_000_000_001];

function numberOf(schema: Schema): fc.Arbitrary<unknown> {
  const whole = schema.type === 'integer';
  const low = schema.minimum ?? (schema.exclusiveMinimum === undefined ? -1_000_000 : schema.exclusiveMinimum + (whole ? 1 : 0.001));
  const high = Math.min(schema.maximum ?? schema.exclusiveMaximum ?? 1_000_000, 2 ** 53 - 1);
  const inside = whole ? fc.oneof(fc.integer({ min: Math.max(low, -(2 ** 53 - 1)), max: high }), fc.constantFrom(...[low, low + 1, high].filter((one) => one >= low && one <= high))) : fc.integer({ min: 1, max: 1_000_000 }).map((n) => n / 1000);
  return inside;
}

function textOf(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.format === 'date-time') return fc.oneof(fc.date({ min: new Date('2024-06-01'), max: new Date('2026-06-01'), noInvalidDate: true }).map((date) => date.toISOString()), fc.constantFrom('2026-03-29T02:30:00+01:00', '2024-02-29T23:59:59.999Z', '2025-10-26T02:30:00+02:00'));
  if (schema.format === 'date') return fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
  const { minLength = 0, maxLength = 40 } = schema;
  if (schema.pattern && !schema.pattern.includes('\\p{')) {
    return fc.stringMatching(new RegExp(schema.pattern, 'u')).filter((text) => text.length >= minLength && text.length <= maxLength);
  }
  return fc.string({ minLength: Math.max(1, minLength), maxLength: Math.min(maxLength, 60), unit: 'grapheme' });
}

function objectOf(schema: Schema, make: Make, depth: number): fc.Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const value = arbitraryOf(property, make, depth + 1);
    return [name, schema.required?.includes(name) ? value.map((one) => [one]) : fc.option(value.map((one) => [one]), { nil: [], freq: 2 })] as const;
  });
  const known = fc.record(Object.fromEntries(properties)).map((object) => Object.fromEntries(Object.entries(object).flatMap(([name, [...value]]) => (value.length > 0 ? [[name, value[0]]] : []))));
  if (typeof schema.additionalProperties === 'object') return fc.tuple(known, fc.dictionary(KEY, arbitraryOf(schema.additionalProperties, make, depth + 1), { maxKeys: 4 })).map(([one, more]) => ({ ...more, ...one }));
  return known;
}

/** What goes wrong in practice: another type, an edge of a range, a text that broke software before, a field too many. */
function spoilt(good: fc.Arbitrary<unknown>, schema: Schema): fc.Arbitrary<unknown> {
  const bad: fc.Arbitrary<unknown> = schema.type === 'integer' || schema.type === 'number' ? fc.oneof(fc.constantFrom<unknown>(...EDGES, '1', '1e3', null, true, []), JSON_VALUE)
    : schema.type === 'string' ? fc.oneof(NASTY, JSON_VALUE)
      : schema.type === 'object' ? fc.oneof(good.map((one) => ({ ...(one as object), noSuchField: 1 })), JSON_VALUE) : JSON_VALUE;
  return fc.oneof({ weight: 12, arbitrary: good }, { weight: 1, arbitrary: bad });
}

/** Values of a schema; with `near` about one place in thirteen is wrong. */
export function arbitraryOf(unresolved: Schema, make: Make, depth = 0): fc.Arbitrary<unknown> {
  const schema = follow(unresolved);
  const good = goodOf(schema, make, depth);
  return make.near ? spoilt(good, schema) : good;
}

function goodOf(schema: Schema, make: Make, depth: number): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const options = schema.anyOf ?? schema.oneOf;
  if (options) {
    const usable = depth > 6 ? options.filter((option) => !JSON.stringify(follow(option)).includes('Condition')) : options;
    return fc.oneof(...(usable.length > 0 ? usable : options.slice(-1)).map((option) => arbitraryOf(option, make, depth + 1)));
  }
  switch (schema.type) {
    case 'integer': case 'number': return numberOf(schema);
    case 'string': return textOf(schema);
    case 'boolean': return fc.boolean();
    case 'null': return fc.constant(null);
    case 'array': return fc.array(arbitraryOf(schema.items!, make, depth + 1), { minLength: schema.minItems ?? 0, maxLength: Math.min(schema.maxItems ?? 4, 4) });
    case 'object': return objectOf(schema, make, depth);
    default: return JSON_VALUE;
  }
}
