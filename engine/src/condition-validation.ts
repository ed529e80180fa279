import { attributeOf, type Attribute, type AttributeScope } from './attributes.ts';
import { AMOUNT_MAX, CONDITION_DEPTH_MAX, CONDITION_SIZE_MAX } from './bounds.ts';
import { isLocalDate } from './calendar.ts';
import { fault, step, type Fault } from './faults.ts';
import { findOperator, type Operator } from './operators.ts';
import { SET_REFERENCE } from './set-reference.ts';

const TEXT_MAX = 200;
/** What may say who is in a segment: nothing of one purchase, so that the same answer holds for a list of members and for a sale. */
export const SEGMENT_SCOPES: readonly AttributeScope[] = ['member', 'badge', 'history'];
/** Long lists of articles belong to a category or an attribute of the line. */
const LIST_MAX = 1000;
const GROUPS = ['all', 'any', 'none'] as const;

/**
 * Every fault of a condition tree that came from outside, with pointers under `pointer`; empty means it is a Condition of these scopes.
 * `sets`: whoever compiles it has the sets of articles at hand.
 */
export function validateCondition(input: unknown, scopes: readonly AttributeScope[], pointer = '', sets = false): Fault[] {
  const walk: Walk = { scopes, sets, faults: [], size: 0 };
  visit(input, pointer, 1, walk);
  if (walk.size > CONDITION_SIZE_MAX) {
    walk.faults.push(fault(pointer, 'condition_too_large', `Warunek może mieć najwyżej ${CONDITION_SIZE_MAX} części.`, `A condition has at most ${CONDITION_SIZE_MAX} parts.`));
  }
  return walk.faults;
}

type Walk = { readonly scopes: readonly AttributeScope[]; readonly sets: boolean; readonly faults: Fault[]; size: number };

function visit(input: unknown, pointer: string, depth: number, walk: Walk): void {
  walk.size += 1;
  if (walk.size > CONDITION_SIZE_MAX) return;
  if (!isRecord(input)) {
    walk.faults.push(fault(pointer, 'not_a_condition', 'Tu powinien być warunek albo grupa warunków.', 'A condition or a group of conditions is expected here.'));
    return;
  }
  const group = GROUPS.find((one) => Object.hasOwn(input, one));
  if (group === undefined) {
    visitLeaf(input, pointer, walk);
    return;
  }
  refuseOtherFields(input, [group], pointer, walk.faults);
  if (depth >= CONDITION_DEPTH_MAX) {
    walk.faults.push(fault(pointer, 'condition_too_deep', `Grupy warunków można zagnieździć najwyżej do ${CONDITION_DEPTH_MAX} poziomów.`, `Groups of conditions nest at most ${CONDITION_DEPTH_MAX} levels deep.`));
    return;
  }
  const parts = input[group];
  if (!Array.isArray(parts) || parts.length === 0) {
    walk.faults.push(fault(pointer + step(group), 'group_empty', 'Grupa jest pusta. Dodaj warunek albo usuń grupę.', 'The group is empty. Add a condition or remove the group.'));
    return;
  }
  parts.forEach((part, i) => visit(part, pointer + step(group) + step(i), depth + 1, walk));
}

function visitLeaf(input: Record<string, unknown>, pointer: string, walk: Walk): void {
  const operator = typeof input['operator'] === 'string' ? findOperator(input['operator']) : null;
  refuseOtherFields(input, ['attribute', 'operator', 'value', ...(operator?.takes === 'segment' ? ['tree'] : [])], pointer, walk.faults);
  const attribute = typeof input['attribute'] === 'string' ? attributeOf(input['attribute']) : null;
  if (attribute === null) {
    walk.faults.push(fault(`${pointer}/attribute`, 'attribute_unknown', 'Nie ma takiej cechy.', 'There is no such attribute.'));
  } else if (!walk.scopes.includes(attribute.scope)) {
    walk.faults.push(attribute.scope === 'line'
      ? fault(`${pointer}/attribute`, 'attribute_not_here', 'Cechę pozycji sprawdza się w warunkach pozycji.', 'An attribute of a line belongs to the conditions on lines.')
      : fault(`${pointer}/attribute`, 'attribute_not_here', 'Tej cechy nie można sprawdzić w tym miejscu.', 'This attribute cannot be tested here.'));
  }
  if (operator === null || (operator.takes === 'set' && !walk.sets) || (attribute !== null && !attribute.operators.some((one) => one === input['operator']))) {
    walk.faults.push(fault(`${pointer}/operator`, 'operator_unfit', 'Tak nie można sprawdzić tej cechy.', 'This attribute cannot be tested that way.'));
  }
  if (attribute !== null && operator !== null) checkValue(input['value'], attribute, operator, `${pointer}/value`, walk.faults);
  if (operator?.takes === 'segment' && input['tree'] !== undefined) walk.faults.push(...validateCondition(input['tree'], SEGMENT_SCOPES, `${pointer}/tree`));
}

function checkValue(value: unknown, attribute: Attribute, operator: Operator, pointer: string, faults: Fault[]): void {
  if (operator.takes === 'nothing') {
    if (value !== null && value !== undefined) faults.push(fault(pointer, 'value_unexpected', 'Ten warunek nie ma wartości.', 'This test takes no value.'));
    return;
  }
  if (operator.takes === 'set') {
    if (typeof value !== 'string' || !SET_REFERENCE.test(value)) faults.push(fault(pointer, 'value_invalid', 'Wybierz zestaw produktów.', 'Choose a product set.'));
    return;
  }
  if (operator.takes === 'segment') {
    if (typeof value !== 'string' || !SET_REFERENCE.test(value)) faults.push(fault(pointer, 'value_invalid', 'Wybierz segment.', 'Choose a segment.'));
    return;
  }
  if (operator.takes === 'one') {
    if (!fits(value, attribute, operator)) faults.push(badValue(pointer, attribute));
    return;
  }
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  if (operator.takes === 'many' && (list.length === 0 || list.length > LIST_MAX)) {
    faults.push(fault(pointer, 'value_list', `Podaj od 1 do ${LIST_MAX} wartości.`, `Give 1 to ${LIST_MAX} values.`));
  }
  if (operator.takes === 'range' && list.length !== 2) {
    faults.push(fault(pointer, 'value_range', 'Podaj dwie wartości: od i do.', 'Give two values: from and to.'));
    return;
  }
  const bad = list.slice(0, LIST_MAX).flatMap((one, i) => (fits(one, attribute, operator) ? [] : [badValue(pointer + step(i), attribute)]));
  faults.push(...bad);
  const [from, to] = list;
  if (operator.compares === 'times') {
    // A range past midnight runs from the later to the earlier time; equal ones would mean nothing, or the whole day.
    if (bad.length === 0 && from === to) faults.push(fault(pointer, 'value_range', 'Podaj dwie różne godziny.', 'Give two different times.'));
  } else if (operator.takes === 'range' && bad.length === 0 && isComparable(from) && isComparable(to) && from > to) {
    faults.push(fault(pointer, 'value_range', 'Początek zakresu jest większy niż koniec.', 'The range begins after its end.'));
  }
}

const isComparable = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';

function fits(value: unknown, attribute: Attribute, operator: Operator): boolean {
  switch (attribute.type) {
    case 'money':
    case 'quantity':
      return isWhole(value, 0, AMOUNT_MAX);
    case 'number':
    case 'time':
      return isWhole(value, attribute.min ?? 0, attribute.max ?? AMOUNT_MAX);
    case 'choice':
      return attribute.options?.some((option) => option.value === value) ?? false;
    case 'date':
      return typeof value === 'string' && isLocalDate(value);
    case 'text':
      return isText(value);
    case 'flag':
      return false;
    case 'custom':
      return fitsCustom(value, operator);
  }
}

/** The organiser's own attributes have no declared type here: the operator says what it can compare with. */
function fitsCustom(value: unknown, operator: Operator): boolean {
  const number = isWhole(value, -AMOUNT_MAX, AMOUNT_MAX);
  if (operator.compares === 'numbers') return number;
  if (operator.compares === 'texts') return isText(value);
  return number || isText(value) || (operator.takes === 'one' && typeof value === 'boolean');
}

const isWhole = (value: unknown, min: number, max: number): boolean =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max;
const isText = (value: unknown): value is string => typeof value === 'string' && value.length > 0 && value.length <= TEXT_MAX;

function badValue(pointer: string, attribute: Attribute): Fault {
  switch (attribute.type) {
    case 'money':
      return fault(pointer, 'value_invalid', 'Podaj kwotę w groszach: liczbę całkowitą od 0 do 100 000 000 000.', 'Give an amount in minor units: a whole number from 0 to 100,000,000,000.');
    case 'date':
      return fault(pointer, 'value_invalid', 'Podaj datę w postaci RRRR-MM-DD.', 'Give a date as YYYY-MM-DD.');
    case 'time':
      return fault(pointer, 'value_invalid', 'Podaj godzinę jako minuty od północy: liczbę całkowitą od 0 do 1440.', 'Give a time as minutes since midnight: a whole number from 0 to 1440.');
    case 'choice':
      return fault(pointer, 'value_invalid', 'Wybierz wartość z listy.', 'Choose a value from the list.');
    case 'number':
    case 'quantity':
      return fault(pointer, 'value_invalid', `Podaj liczbę całkowitą od ${attribute.min ?? 0} do ${attribute.max ?? AMOUNT_MAX}.`, `Give a whole number from ${attribute.min ?? 0} to ${attribute.max ?? AMOUNT_MAX}.`);
    default:
      return fault(pointer, 'value_invalid', `Podaj tekst do ${TEXT_MAX} znaków albo liczbę całkowitą, zależnie od cechy.`, `Give a text of up to ${TEXT_MAX} characters or a whole number, as the attribute needs.`);
  }
}

/** A plain object, not an array or null. */
export const isRecord = (input: unknown): input is Record<string, unknown> => typeof input === 'object' && input !== null && !Array.isArray(input);

/** A field that nobody reads is a misspelled one. */
export function refuseOtherFields(input: Record<string, unknown>, known: readonly string[], pointer: string, faults: Fault[]): void {
  for (const key of Object.keys(input)) {
    if (!known.includes(key)) faults.push(fault(pointer + step(key), 'field_unknown', 'Nie ma takiego pola.', 'There is no such field.'));
  }
}
