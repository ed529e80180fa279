import { isRecord, refuseOtherFields } from './condition-validation.ts';
import { LINE_KINDS } from './facts.ts';
import { fault, type Fault } from './faults.ts';
import { oneOf } from './field-checks.ts';

/** Entries of one list of what does not earn; a longer list is a set of products, not a base. */
export const EXCLUDED_MAX = 500;
const EXCLUDED_TEXT_MAX = 80;

/** Every fault of a program's base that came from outside; empty means it is an EarningBase. */
export function checkBase(input: unknown): Fault[] {
  if (!isRecord(input)) return [fault('', 'value_required', 'Podaj, co daje punkty.', 'Say what earns.')];
  const faults: Fault[] = [];
  refuseOtherFields(input, ['kinds', 'excludedCategories', 'excludedBrands', 'excludedSkus', 'paidWithPointsEarns', 'amounts', 'netRounding', 'discount'], '', faults);
  const { kinds } = input;
  if (!Array.isArray(kinds) || kinds.length === 0 || !kinds.every((kind) => LINE_KINDS.includes(kind as never))) {
    faults.push(fault('/kinds', 'value_required', 'Wybierz przynajmniej jeden rodzaj pozycji.', 'Choose at least one kind of line.'));
  }
  for (const list of ['excludedCategories', 'excludedBrands', 'excludedSkus'] as const) checkList(input[list], `/${list}`, list !== 'excludedCategories', faults);
  if (typeof input['paidWithPointsEarns'] !== 'boolean') faults.push(oneOf('/paidWithPointsEarns', ['true', 'false']));
  checkChoice(input['amounts'], '/amounts', ['gross', 'net'], faults);
  checkChoice(input['netRounding'], '/netRounding', ['down', 'nearest', 'up'], faults);
  checkChoice(input['discount'], '/discount', ['after', 'before'], faults);
  return faults;
}

function checkList(input: unknown, pointer: string, mayLack: boolean, faults: Fault[]): void {
  if (input === undefined && mayLack) return;
  if (Array.isArray(input) && input.length <= EXCLUDED_MAX && input.every((one) => typeof one === 'string' && one.trim().length > 0 && one.length <= EXCLUDED_TEXT_MAX)) return;
  faults.push(fault(pointer, 'list_invalid', `Wpisz najwyżej ${EXCLUDED_MAX} pozycji, każdą do ${EXCLUDED_TEXT_MAX} znaków.`, `Give at most ${EXCLUDED_MAX} entries of up to ${EXCLUDED_TEXT_MAX} characters.`));
}

function checkChoice(input: unknown, pointer: string, values: readonly string[], faults: Fault[]): void {
  if (input !== undefined && !values.includes(input as string)) faults.push(oneOf(pointer, values));
}
