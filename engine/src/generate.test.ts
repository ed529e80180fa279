import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributeOf } from './attributes.ts';
import { compileCondition, conditionHolds, HOLDS, NO_LINE, type Condition } from './conditions.ts';
import { linesOf } from './facts.ts';
import { generateCondition, PLACES, writeCondition } from './generate.ts';
import { conditions, facts, someSets } from './testing/arbitraries.ts';
import { factsOf, line, sale } from './testing/facts.ts';

const RUNS = 3_000;
const NO_SLOTS = () => null;
/** Everything that generated code may consist of. */
const WORDS = new Set([
  ...Object.values(PLACES).flatMap((place) => place.split('.')), 'const', 'let', 'return', 'typeof', 'number', 'string', 'null', 'true', 'false', 'facts', 'line', 'states', 'x', 'k', 'has', 'toLowerCase', 'startsWith', 'includes',
]);
function strangeIn(source: string): string[] {
  const words = (source.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []).filter((word) => !WORDS.has(word) && !/^[kt]\d+$/.test(word));
  return [...words, ...(source.replace(/'(number|string)'/g, '').match(/[^\w\s.,;:?!=<>&|()[\]{}-]/gu) ?? [])];
}

describe('generated code', () => {
  it.each([['conditions of a purchase', ['document', 'calendar']], ['conditions of a line', ['line']], ['conditions of a member', ['segment', 'member', 'badge', 'history', 'calendar', 'document']]] as const)('%s: interpreter, closures and generated code agree, to the leaf to blame', (_, scopes) => {
    fc.assert(fc.property(conditions(scopes), facts, (condition, one) => {
      const closure = compileCondition(condition, NO_SLOTS, someSets);
      const generated = generateCondition(condition, NO_SLOTS, someSets);
      for (const at of [NO_LINE, ...linesOf(one.document)]) {
        const answer = closure(one, at, []);
        expect(generated(one, at, [])).toBe(answer);
        expect(conditionHolds(condition, one, at, someSets)).toBe(answer === HOLDS);
      }
    }), { numRuns: RUNS });
  }, 120_000);

  it('consists of known words and integers, whatever the values of a rule are', () => {
    const hostile = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(
      '__proto__', 'constructor', '");process.exit(1);("', "'); throw 1; ('", '`${globalThis}`', '*/ alert(1) /*', '\n//', '\u2028', '\u2029', '\\', '\\u0022', '</script>', 'facts', ']', '}) => {'));
    const number = fc.oneof(fc.double(), fc.constantFrom(-0, Number.MAX_VALUE, 1e21, -1, 2 ** 53, NaN, Infinity));
    const leaf = fc.record({
      attribute: fc.oneof(fc.constantFrom(...Object.keys(PLACES)), hostile.map((text) => `line.attribute.${text}`).filter((code) => attributeOf(code) !== null)),
      operator: fc.constantFrom('is', 'isNot', 'oneOf', 'noneOf', 'atLeast', 'below', 'between', 'startsWith', 'contains', 'onOrAfter', 'before', 'within', 'isTrue', 'isFalse'),
      value: fc.oneof(hostile, number, fc.boolean(), fc.constant(null), fc.array(hostile, { maxLength: 9 }), fc.array(number, { maxLength: 9 })),
    }).map((one) => one as Condition);
    const one = factsOf(sale([line(1000)]));
    fc.assert(fc.property(fc.array(leaf, { minLength: 1, maxLength: 4 }), fc.constantFrom('all', 'any', 'none'), (parts, kind) => {
      const condition = { [kind]: parts } as unknown as Condition;
      expect(strangeIn(writeCondition(condition).source)).toEqual([]);
      expect(generateCondition(condition)(one, one.document.lines[0]!, [])).toBe(compileCondition(condition)(one, one.document.lines[0]!, []));
    }), { numRuns: RUNS });
  }, 60_000);

  it('would be seen with a word that is not its own', () => expect(strangeIn('return facts.document.store === "x" && process.exit')).toEqual(['process', 'exit', '"', '"']));

  it('looks frozen answers up by their slot', () => {
    const condition: Condition = { none: [{ attribute: 'history.isFirstSale', operator: 'isTrue', value: null }] };
    const generated = generateCondition(condition, () => 3);
    const one = factsOf(sale(1000));
    expect([generated(one, NO_LINE, [0, 0, 0, 1]), generated(one, NO_LINE, [1, 1, 1, 0])]).toEqual([0, HOLDS]);
  });

  it('reads only facts that the table of attributes has, and reads them as the table does', () => {
    fc.assert(fc.property(facts, fc.constantFrom(...Object.keys(PLACES)), (one, code) => {
      const at = linesOf(one.document)[0]!;
      const seen = attributeOf(code)!.read(one, at);
      expect(generateCondition({ attribute: code, operator: 'is', value: seen as string })(one, at, [])).toBe(HOLDS);
    }), { numRuns: 2_000 });
  });
});
