import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvCell } from './csv-cell.ts';

/** Fields of a file as a spreadsheet reads them: those that begin with a quote to its end, all to the separator or the end of the line. */
function readAs(separator: ',' | ';', text: string): string[] {
  const fields: string[] = [];
  for (let at = 0; at <= text.length; at += 1) {
    let field = '';
    if (text[at] === '"') {
      for (at += 1; at < text.length && (text[at] !== '"' || text[at + 1] === '"'); at += 1) {
        if (text[at] === '"') at += 1;
        field += text[at];
      }
      at += 1;
    }
    for (; at < text.length && ![separator, '\n', '\r'].includes(text[at]!); at += 1) field += text[at];
    fields.push(field);
  }
  return fields;
}
const isFormula = (field: string) => /^[\s\0]*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(field) && !/^[+-]?\d+([.,]\d+)?$/.test(field);

describe('a cell of a CSV', () => {
  it.each([
    ['=1+1', "'=1+1"], ['@SUM(A1)', "'@SUM(A1)"], ['\t=1', "'\t'=1"], ['＝1', "'＝1"], [' =1', "' =1"], ['Jan;=1+1;x', "Jan;'=1+1;x"], ['Jan;"=1+1;"', '"Jan;\'""=1+1;"""'],
    ['a,b', '"a,b"'], ['say "x"', '"say ""x"""'], ['a\n=1', '"a\n\'=1"'], ['-5', '-5'], ['+48501234567', '+48501234567'], ['-5,5', '"-5,5"'], ['Kowalska-Nowak; Huta', 'Kowalska-Nowak; Huta'], [null, ''], [-5, '-5'],
  ])('%j is written as %j', (value, written) => expect(csvCell(value)).toBe(written));

  it('is read as it was by who reads commas, but for the apostrophes, and is a formula to nobody, whatever separates fields where it is opened', () => {
    const sign = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '\0', ';', ',', '"', ' ', 'a', '1', '＝');
    fc.assert(fc.property(fc.array(fc.string({ unit: sign, maxLength: 8 }), { minLength: 1, maxLength: 4 }), (row) => {
      const line = ['mem_1', ...row].map(csvCell).join(',');
      expect(readAs(',', line).map((field) => field.replaceAll("'", ''))).toEqual(['mem_1', ...row]);
      for (const separator of [',', ';'] as const) expect(readAs(separator, line).filter(isFormula)).toEqual([]);
    }), { numRuns: 3000 });
  });
});
