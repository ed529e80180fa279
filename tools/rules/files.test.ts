import { describe, expect, it } from 'vitest';
import { isTest, read, sourceFiles } from './source-files.ts';

const LINES_MAX = 400;
/** Longer files, each with its reason. */
const longFiles: Readonly<Record<string, string>> = {};
const generated = new Set(['sdk/src/generated.ts']);
const FORBIDDEN_NAME = /^(utils?|helpers?|common|types|managers?|base|misc|shared)\.(ts|tsx|mjs|js)$/;

/** The text without comments and without what stands in quotes: a word in a sentence is not code. */
const codeOf = (file: string) => read(file).replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '').replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''");
const files = sourceFiles();
const product = files.filter((file) => !isTest(file));
const withCode = (among: readonly string[], pattern: RegExp) => among.filter((file) => pattern.test(codeOf(file)));

describe('files of the house', () => {
  it('are all seen', () => expect(files.length).toBeGreaterThan(300));

  it(`have at most ${LINES_MAX} lines: a longer one splits by noun, or stands on the list with its reason`, () => {
    const long = files.filter((file) => !generated.has(file) && !(file in longFiles) && read(file).split('\n').length - 1 > LINES_MAX);
    expect(long).toEqual([]);
  });

  it('that are listed as long are still long', () => {
    expect(Object.keys(longFiles).filter((file) => !files.includes(file) || read(file).split('\n').length - 1 <= LINES_MAX)).toEqual([]);
  });

  it('are named by what they are about, never utils, helpers, common, types, manager or base', () => {
    expect(files.filter((file) => FORBIDDEN_NAME.test(file.split('/').at(-1)!))).toEqual([]);
  });

  it('have kebab-case names', () => {
    expect(files.filter((file) => !/^[a-z0-9.-]+$/.test(file.split('/').at(-1)!))).toEqual([]);
  });

  it('leave nothing for later, and no test is skipped, focused or left to itself', () => {
    expect(withCode(files, /\b(it|describe|test)\.(skip|only|todo|fails)\b|\bxit\(|\bxdescribe\(/)).toEqual([]);
    expect(product.filter((file) => /\b(TO[D]O|FIX[M]E|X{3})\b/.test(read(file)))).toEqual([]);
  });

  it('never switch the type checker off', () => {
    const others = files.filter((file) => file !== 'tools/rules/files.test.ts');
    expect(withCode(others, /\bas any\b|:\s*any\b|<any>/)).toEqual([]);
    expect(others.filter((file) => /@ts-(ignore|nocheck|expect-error)/.test(read(file)))).toEqual([]);
  });

  it('of tests take away the temporary folders that they make', () => {
    const makers = withCode(files.filter((file) => isTest(file) && !file.startsWith('server/src/testing/')), /\b(mkdtemp|mkdtempSync|testFolder|migrationsFolder)\(/);
    expect(makers.filter((file) => !/\b(rm|rmSync)\(|\bremoveTestFolders\b/.test(codeOf(file)))).toEqual([]);
  });

  it('of the engine take no time and no chance of their own: both come in as facts', () => {
    expect(withCode(product.filter((file) => file.startsWith('engine/')), /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bprocess\.|\bfetch\(|\bTemporal\.Now\b|\bperformance\.now\b/)).toEqual([]);
  });

  it('of modules take the time from the database: tx.program.now, never the process’s clock', () => {
    // The gate remembers answers for a second of this process's own time. The edge of transactions looks for dates in the future with ten
    // minutes to spare before it asks the database. Nothing is decided by either.
    const known = ['server/src/modules/access/gate.ts', 'server/src/modules/transactions/routes.ts'];
    expect(withCode(product.filter((file) => file.startsWith('server/src/modules/') && !known.includes(file)), /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b/)).toEqual([]);
  });

  it('calculate no points or money in floating point', () => {
    expect(withCode(product.filter((file) => /^(engine|server|contract)\//.test(file)), /\bparseFloat\b|\bMath\.fround\b|\.toFixed\(/).filter((file) => file !== 'server/src/platform/self-check.ts')).toEqual([]);
  });

  it('of modules make no class but an error that is told apart by its kind: a function does', () => {
    expect(withCode(product.filter((file) => file.startsWith('server/src/modules/')), /^\s*(export )?(abstract )?class (?!\w+ extends Error\b)/m)).toEqual([]);
  });

  it('name no path of a machine', () => {
    expect(files.filter((file) => /(^|['"`\s(])\/(work|root|home|Users)\//m.test(read(file)) && file !== 'tools/rules/files.test.ts')).toEqual([]);
  });
});
