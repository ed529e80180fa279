import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { read, root } from './source-files.ts';

const TABLE = 'docs/known-faults.md';

type Row = { readonly no: string; readonly tests: readonly { readonly file: string; readonly name: string }[] };
/** Rows of the table with the tests that they name: the last cell, one test a line. */
const rowsOf = (text: string): Row[] => text.split('\n').filter((line) => /^\| [A-Z]\d+ \|/.test(line)).map((line) => {
  const cells = line.slice(1, -1).split(' | ').map((cell) => cell.trim());
  return { no: cells[0]!.replace(/^\|?\s*/, ''), tests: cells.at(-1)!.replace(/\s*\|$/, '').split('<br>').map((one) => { const [, file = '', name = ''] = /^`([^`]+)` (.+)$/.exec(one.trim()) ?? []; return { file, name }; }) };
});

/** Is there a test of this very name: the whole of it, in quotes, as the title of a test. */
const isThere = ({ file, name }: { file: string; name: string }, source: (file: string) => string): boolean =>
  file !== '' && existsSync(path.join(root, file)) && ["'", '"', '`'].some((quote) => new RegExp(`\\(\\s*${quote}${name.replaceAll(quote, `\\${quote}`).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}${quote}\\s*,`).test(source(file)));

const rows = rowsOf(read(TABLE));

describe(`the table of known faults (${TABLE})`, () => {
  it('has a row for every fault we know, each once, each with a test', () => {
    expect(rows.length).toBeGreaterThan(70);
    expect(new Set(rows.map((row) => row.no)).size).toBe(rows.length);
    expect(rows.filter((row) => row.tests.some(({ file, name }) => file === '' || name === '')).map((row) => row.no)).toEqual([]);
  });

  it('names no test that does not exist: a test that is renamed is renamed there too', () => {
    expect(rows.flatMap(({ no, tests }) => tests.filter((test) => !isThere(test, read)).map(({ file, name }) => `${no}: ${file}: ${name}`))).toEqual([]);
  });

  it('and would notice one', () => {
    const { file, name } = rows[0]!.tests[0]!;
    expect([isThere({ file, name }, read), isThere({ file, name: name.slice(0, -1) }, read), isThere({ file: 'tools/rules/none.test.ts', name }, read)]).toEqual([true, false, false]);
  });
});
