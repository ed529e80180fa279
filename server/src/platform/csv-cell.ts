export type Cell = string | number | null;

/** What a spreadsheet would take for the beginning of a formula, full-width signs of Asian keyboards included. */
const AT_START = /^(?:[\s\0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n\0])/;
/** The same behind a semicolon or a tab: a spreadsheet in Polish reads a file with commas as one with semicolons, and then our quotes protect nothing. */
const BEHIND_SEPARATOR = /([;\t\r\n])(?=[\s\0"]*[=+\-@\uff1d\uff0b\uff0d\uff20])/g;
const PLAIN_NUMBER = /^[+-]?\d+([.,]\d+)?$/;

/** One field of a CSV: quoted where it must be (RFC 4180); a text that a spreadsheet would run as a formula gets an apostrophe, a number none. */
export function csvCell(value: Cell): string {
  if (typeof value === 'number') return String(value);
  const text = value === null ? '' : PLAIN_NUMBER.test(value) ? value : `${AT_START.test(value) ? "'" : ''}${value.replace(BEHIND_SEPARATOR, "$1'")}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
