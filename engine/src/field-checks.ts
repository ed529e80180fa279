import { isLocalDate } from './calendar.ts';
import { fault, type Fault } from './faults.ts';

export function checkText(input: unknown, pointer: string, max: number, faults: Fault[]): void {
  if (typeof input === 'string' && input.trim().length > 0 && input.length <= max) return;
  faults.push(fault(pointer, 'text_invalid', `Wpisz tekst od 1 do ${max} znaków.`, `Give a text of 1 to ${max} characters.`));
}

export function checkDate(input: unknown, pointer: string, faults: Fault[]): boolean {
  if (typeof input === 'string' && isLocalDate(input)) return true;
  faults.push(fault(pointer, 'date_invalid', 'Podaj datę w postaci RRRR-MM-DD.', 'Give a date as YYYY-MM-DD.'));
  return false;
}

export function checkWhole(input: unknown, pointer: string, min: number, max: number, faults: Fault[]): boolean {
  if (typeof input === 'number' && Number.isSafeInteger(input) && input >= min && input <= max) return true;
  faults.push(fault(pointer, 'number_invalid', `Podaj liczbę całkowitą od ${min} do ${max}.`, `Give a whole number from ${min} to ${max}.`));
  return false;
}

export const oneOf = (pointer: string, values: readonly string[]): Fault =>
  fault(pointer, 'choice_invalid', `Wybierz jedną z wartości: ${values.join(', ')}.`, `Choose one of: ${values.join(', ')}.`);
