import { compileCondition, groupOf, HOLDS, isGroup, leavesOf, NO_SETS, type CompiledCondition, type Condition, type ConditionLeaf, type ProductSets, type SlotOf } from './conditions.ts';
import type { OperatorValue } from './operators.ts';

/**
 * Where generated code reads a fact: the whole of what it may touch. A fact that is not on this list is read by its attribute's own function.
 * Nothing of a rule ever becomes part of the source but safe integers: texts, lists and sets are handed over as constants.
 */
export const PLACES: Readonly<Record<string, string>> = {
  'transaction.total': 'facts.document.totalMinor', 'transaction.paidWithPoints': 'facts.document.paidWithPointsMinor', 'transaction.store': 'facts.document.store', 'transaction.till': 'facts.document.till',
  'transaction.cashier': 'facts.document.cashier', 'transaction.channel': 'facts.document.channel', 'transaction.currency': 'facts.document.currency',
  'line.sku': 'line.sku', 'line.name': 'line.name', 'line.category': 'line.category', 'line.brand': 'line.brand', 'line.kind': 'line.kind', 'line.quantity': 'line.quantity', 'line.amount': 'line.amountMinor',
  'member.kind': 'facts.member.kind', 'history.salesCount': 'facts.member.salesCount', 'history.spent': 'facts.member.spentMinor',
  'calendar.weekday': 'facts.calendar.weekday', 'calendar.date': 'facts.calendar.date', 'calendar.hour': 'facts.calendar.hour', 'calendar.month': 'facts.calendar.month', 'calendar.dayOfMonth': 'facts.calendar.day',
  'calendar.isBirthday': 'facts.member.birthday',
};

/** More values than this are looked up in a set. */
const COMPARED_ONE_BY_ONE = 6;

export type Generated = { readonly source: string; readonly constants: readonly unknown[] };
type Writer = { readonly constants: unknown[]; temporaries: number; readonly slotOf: SlotOf; readonly sets: ProductSets };

const NO_SLOTS: SlotOf = () => null;

/** The condition as the source of a function of (facts, line, states), with the constants it stands on. */
export function writeCondition(condition: Condition, slotOf: SlotOf = NO_SLOTS, sets: ProductSets = NO_SETS): Generated {
  const writer: Writer = { constants: [], temporaries: 0, slotOf, sets };
  const body = write(writer, condition, 0, false);
  const given = writer.constants.map((_, at) => `k${at} = k[${at}]`);
  const own = Array.from({ length: writer.temporaries }, (_, at) => `t${at} = 0`);
  return { constants: writer.constants, source: `${given.length > 0 ? `const ${given.join(', ')};\n` : ''}return (facts, line, states) => {\n${['let x = null', ...own].join(', ')};\nreturn ${body};\n};` };
}

let allowed = true;

/**
 * As `compileCondition`, but as generated code: one function a tree instead of one a leaf. Where code may not be generated (the policy of a
 * page), the closures are given; that is tried once.
 */
export function generateCondition(condition: Condition, slotOf: SlotOf = NO_SLOTS, sets: ProductSets = NO_SETS): CompiledCondition {
  if (!allowed) return compileCondition(condition, slotOf, sets);
  const { source, constants } = writeCondition(condition, slotOf, sets);
  try {
    // The source is made of the words of this file and of integers alone.
    return (new Function('k', source) as (k: readonly unknown[]) => CompiledCondition)(constants);
  } catch (error) {
    if (!(error instanceof EvalError)) throw error;
    allowed = false;
    return compileCondition(condition, slotOf, sets);
  }
}

function write(writer: Writer, condition: Condition, first: number, negated: boolean): string {
  if (!isGroup(condition)) {
    const holds = writeLeaf(writer, condition);
    return negated ? `(${holds} ? ${first} : ${HOLDS})` : `(${holds} ? ${HOLDS} : ${first})`;
  }
  const { parts, every, negates } = groupOf(condition, negated);
  let next = first;
  const written = parts.map((part) => {
    const text = write(writer, part, next, negates);
    next += leavesOf(part).length;
    return text;
  });
  if (written.length === 1) return written[0]!;
  const t = `t${writer.temporaries}`;
  writer.temporaries += 1;
  if (every) return written.reduceRight((rest, text) => `((${t} = ${text}) !== ${HOLDS} ? ${t} : ${rest})`, String(HOLDS));
  // The first part is to blame when none holds.
  const [head, ...others] = written;
  return `((${t} = ${head}) === ${HOLDS} ? ${HOLDS} : ${others.reduceRight((rest, text) => `${text} === ${HOLDS} ? ${HOLDS} : ${rest}`, t)})`;
}

function constant(writer: Writer, value: unknown): string {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return `(${String(value)})`;
  const known = writer.constants.indexOf(value);
  if (known >= 0) return `k${known}`;
  writer.constants.push(value);
  return `k${writer.constants.length - 1}`;
}

function writeLeaf(writer: Writer, leaf: ConditionLeaf): string {
  const slot = writer.slotOf(leaf);
  if (slot !== null) return `states[${constant(writer, slot)}] === 1`;
  const place = Object.hasOwn(PLACES, leaf.attribute) ? PLACES[leaf.attribute]! : null;
  return (place === null ? null : writeTest(writer, place, leaf)) ?? `${constant(writer, closureOf(writer, leaf))}(facts, line)`;
}

/** What is not on the lists is tested by the attribute's and the operator's own functions. */
function closureOf(writer: Writer, leaf: ConditionLeaf): (...given: Parameters<CompiledCondition>) => boolean {
  const test = compileCondition(leaf, NO_SLOTS, writer.sets);
  return (facts, line) => test(facts, line, []) === HOLDS;
}

const listed = (value: OperatorValue): readonly (string | number)[] => (Array.isArray(value) ? value : []);

/** The test of one fact; null for an operator that is not on the list. */
function writeTest(writer: Writer, place: string, { operator, value }: ConditionLeaf): string | null {
  const k = (one: unknown) => constant(writer, one);
  const number = (test: string) => `(typeof (x = ${place}) === 'number' && ${test})`;
  const text = (test: string) => `(typeof (x = ${place}) === 'string' && ${test})`;
  const lower = () => k(String(value).toLowerCase());
  const any = () => (listed(value).length > COMPARED_ONE_BY_ONE ? `${k(new Set<unknown>(listed(value)))}.has(${place})` : listed(value).length === 0 ? 'false' : `((x = ${place}), ${listed(value).map((one) => `x === ${k(one)}`).join(' || ')})`);
  switch (operator) {
    case 'is': return `${place} === ${k(value)}`;
    case 'isNot': return `${place} !== ${k(value)}`;
    case 'oneOf': return any();
    case 'noneOf': return `!(${any()})`;
    case 'atLeast': return number(`x >= ${k(Number(value))}`);
    case 'below': return number(`x < ${k(Number(value))}`);
    case 'between': return number(`x >= ${k(Number(listed(value)[0]))} && x <= ${k(Number(listed(value)[1]))}`);
    case 'startsWith': return text(`x.toLowerCase().startsWith(${lower()})`);
    case 'contains': return text(`x.toLowerCase().includes(${lower()})`);
    case 'onOrAfter': return text(`x >= ${k(String(value))}`);
    case 'before': return text(`x < ${k(String(value))}`);
    case 'within': return text(`x >= ${k(String(listed(value)[0]))} && x <= ${k(String(listed(value)[1]))}`);
    case 'isTrue': return `${place} === true`;
    case 'isFalse': return `${place} === false`;
    default: return null;
  }
}

