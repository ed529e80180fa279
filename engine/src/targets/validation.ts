import { AMOUNT_MAX } from '../bounds.ts';
import { isRecord, refuseOtherFields, validateCondition } from '../condition-validation.ts';
import { fault, step, type Fault } from '../faults.ts';
import { checkDate, checkText, checkWhole, oneOf } from '../field-checks.ts';
import { RETURN_DAYS_MAX, TARGET_COUNTS, TARGET_EVERY, TARGET_GROUPS_MAX, TARGET_SETTLES, TARGET_SIDES } from './definition.ts';

const NAME_MAX = 80;
const DESCRIPTION_MAX = 300;
const GROUP_MAX = 40;
const FIELDS = ['name', 'description', 'side', 'groups', 'counts', 'when', 'lines', 'amount', 'window', 'settle', 'returnDays'];

/** Every fault of a target that came from outside; empty means it is a TargetDefinition. */
export function validateTarget(input: unknown): Fault[] {
  const faults: Fault[] = [];
  if (!isRecord(input)) return [fault('', 'not_a_target', 'Tu powinien być cel sprzedażowy.', 'A sales target is expected here.')];
  refuseOtherFields(input, FIELDS, '', faults);
  checkText(input['name'], '/name', NAME_MAX, faults);
  if (input['description'] !== null) checkText(input['description'], '/description', DESCRIPTION_MAX, faults);
  checkChoice(input['side'], '/side', TARGET_SIDES, faults);
  checkGroups(input['side'], input['groups'], faults);
  checkChoice(input['counts'], '/counts', TARGET_COUNTS, faults);
  if (input['when'] !== null) faults.push(...validateCondition(input['when'], ['document', 'calendar'], '/when'));
  if (input['lines'] !== null) faults.push(...validateCondition(input['lines'], ['line'], '/lines', true));
  if (input['amount'] !== null) checkWhole(input['amount'], '/amount', 1, AMOUNT_MAX, faults);
  checkWindow(input['window'], faults);
  checkChoice(input['settle'], '/settle', TARGET_SETTLES, faults);
  checkWhole(input['returnDays'], '/returnDays', 0, RETURN_DAYS_MAX, faults);
  return faults;
}

function checkChoice(input: unknown, pointer: string, values: readonly string[], faults: Fault[]): void {
  if (!values.includes(String(input))) faults.push(oneOf(pointer, values));
}

function checkGroups(side: unknown, input: unknown, faults: Fault[]): void {
  if (!Array.isArray(input) || input.length > TARGET_GROUPS_MAX) {
    faults.push(fault('/groups', 'groups_count', `Wybierz najwyżej ${TARGET_GROUPS_MAX} grup.`, `Choose at most ${TARGET_GROUPS_MAX} groups.`));
    return;
  }
  if (side === 'group' && input.length === 0) faults.push(fault('/groups', 'groups_required', 'Wybierz grupy, które biorą udział.', 'Choose the groups that take part.'));
  if (side === 'company' && input.length > 0) faults.push(fault('/groups', 'groups_not_here', 'Cel firm nie ma grup.', 'A target of companies has no groups.'));
  input.forEach((one, at) => {
    checkText(one, `/groups${step(at)}`, GROUP_MAX, faults);
    if (input.indexOf(one) !== at) faults.push(fault(`/groups${step(at)}`, 'group_repeated', 'Ta grupa już jest na liście.', 'This group is on the list already.'));
  });
}

function checkWindow(input: unknown, faults: Fault[]): void {
  if (!isRecord(input)) {
    faults.push(oneOf('/window/every', TARGET_EVERY));
    return;
  }
  refuseOtherFields(input, ['every', 'from', 'until'], '/window', faults);
  const { every, from, until } = input;
  checkChoice(every, '/window/every', TARGET_EVERY, faults);
  checkDate(from, '/window/from', faults);
  if (until !== null) checkDate(until, '/window/until', faults);
  if (every === 'once' && until === null) faults.push(fault('/window/until', 'end_required', 'Podaj ostatni dzień okresu.', 'Give the last day of the period.'));
  if (typeof from === 'string' && typeof until === 'string' && until < from) faults.push(fault('/window/until', 'date_order', 'Koniec jest przed początkiem.', 'The end is before the beginning.'));
}
