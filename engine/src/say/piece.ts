import type { Condition, ConditionLeaf } from '../conditions.ts';
import type { OperatorValue } from '../operators.ts';
import { pattern, type Reader } from './scan.ts';
import type { Part } from './told-rule.ts';

/** No letter or digit follows: what was read was a whole word. */
export const END = '(?![\\p{L}\\d])';
export const TO = ' ?(?:do|a|–|-) ?';

export const leaf = (attribute: string, operator: string, value: OperatorValue): ConditionLeaf => ({ attribute, operator, value });
export const when = (condition: Condition): Part => ({ kind: 'when', when: condition });

/** Reads one thing after another; the values of all that are no bare words, or null. */
export function sequence<T>(parts: readonly (string | Reader<unknown>)[], make: (values: readonly unknown[]) => T | null): Reader<T> {
  const readers = parts.map((part) => (typeof part === 'string' ? { reader: pattern(part, () => true), kept: false } : { reader: part, kept: true }));
  return (spoken, at) => {
    const values: unknown[] = [];
    let end = at;
    for (const { reader, kept } of readers) {
      const read = reader(spoken, end);
      if (read === null) return null;
      if (kept) values.push(read.value);
      ({ end } = read);
    }
    const value = make(values);
    return value === null ? null : { value, end };
  };
}

/** A word of the list, as its place in it. */
export function oneOf(words: readonly string[]): Reader<number> {
  const each = words.map((word) => pattern(`(?:${word})${END}`, () => true));
  return (spoken, at) => {
    for (const [place, reader] of each.entries()) {
      const read = reader(spoken, at);
      if (read !== null) return { value: place, end: read.end };
    }
    return null;
  };
}

/** What is said again after a comma or "i": "w środę, piątek i w niedzielę". */
export function several<T>(first: Reader<T>, next: Reader<T>): Reader<T[]> {
  const joiner = pattern('(?:,? (?:i|oraz|a także|albo|lub|and|or) |, ?)', () => true);
  return (spoken, at) => {
    const start = first(spoken, at);
    if (start === null) return null;
    const value = [start.value];
    let { end } = start;
    for (;;) {
      const join = joiner(spoken, end);
      const read = join && next(spoken, join.end);
      if (read === null) return { value, end };
      value.push(read.value);
      ({ end } = read);
    }
  };
}
