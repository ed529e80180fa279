/** Largest whole part a person may type: amounts stay far below 2^53 in any smallest unit. */
const WHOLE_DIGITS_MAX = 9;

/**
 * Reads what a person typed ("12", "12,5", "1 234,56", "12.50") as a whole number of smallest units, without a float.
 * Null for anything else: letters, two separators, more decimals than `decimals`, more than nine digits before the comma.
 */
export function parseDecimal(text: string, decimals: number): number | null {
  const found = /^(\d+)(?:[.,](\d*))?$/.exec(text.replace(/[\s\u00a0\u202f]/g, ''));
  if (!found) return null;
  const [, whole = '', fraction = ''] = found;
  if (whole.length > WHOLE_DIGITS_MAX || fraction.length > decimals) return null;
  return Number(whole + fraction.padEnd(decimals, '0'));
}

/** Why `parseDecimal` reads nothing in a text; null when it does, and for an empty text. */
export type DecimalFault = 'negative' | 'decimals' | 'long' | 'unreadable';
export function decimalFault(text: string, decimals: number): DecimalFault | null {
  const bare = text.replace(/[\s\u00a0\u202f]/g, '');
  if (bare === '' || parseDecimal(bare, decimals) !== null) return null;
  if (/^[-−–]/.test(bare)) return 'negative';
  const found = /^(\d+)(?:[.,](\d*))?$/.exec(bare);
  return !found ? 'unreadable' : found[1]!.length > WHOLE_DIGITS_MAX ? 'long' : 'decimals';
}

/** Writes smallest units as a person would type them: 1250 with two decimals is "12,50" (pl) or "12.50" (en). */
export function writeDecimal(units: number, decimals: number, separator: ',' | '.'): string {
  const digits = String(Math.abs(units)).padStart(decimals + 1, '0');
  const sign = units < 0 ? '-' : '';
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}${separator}${digits.slice(-decimals)}`;
}

/** As `writeDecimal`, without zeros that say nothing: 1000 thousandths are "1", 347 are "0,347". */
export function writeShortDecimal(units: number, decimals: number, separator: ',' | '.'): string {
  const written = writeDecimal(units, decimals, separator);
  return decimals === 0 ? written : written.replace(/[.,]?0+$/, '');
}
