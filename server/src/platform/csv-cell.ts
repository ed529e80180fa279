export type Cell = string | number | null;

/** What a spreadsheet would take for the beginning of a formula, full-width signs of Asian keyboards included. */
const FORMULA = /^[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]/;
const PLAIN_NUMBER = /^[+-]?\d+([.,]\d+)?$/;

/** One field of a CSV: quoted where it must be (RFC 4180); a text that a spreadsheet would run as a formula gets an apostrophe, a number none. */
export function csvCell(value: Cell): string {
  if (typeof value === 'number') return String(value);
  const text = value === null ? '' : FORMULA.test(value) && !PLAIN_NUMBER.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
