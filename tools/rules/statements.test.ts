import { readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { platformTables } from '../../server/src/platform/platform-tables.ts';
import { isTest, read, root, sourceFiles } from './source-files.ts';
import { builtIn, findBuiltText, findStatements, type FoundStatement } from './statements.ts';

/** Identifiers of databases, roles and tables cannot be parameters; these files quote every one of them. */
const QUOTES_IDENTIFIERS = /^server\/src\/platform\/(backup|restore|roles|migrate|postgres|self-check)[a-z-]*\.ts$|^server\/src\/demo\/purge\.ts$/;

const migrations = readdirSync(path.join(root, 'server/migrations')).filter((name) => name.endsWith('.sql')).map((name) => read(`server/migrations/${name}`)).join('\n');
const tables = [...migrations.matchAll(/create (?:table|view) (?:if not exists )?([\w.]+)/g)].map((match) => match[1]!);
const ofPrograms = new Set(tables.filter((table) => !(platformTables as readonly string[]).includes(table)));

const daily = findStatements().filter(({ file }) => !QUOTES_IDENTIFIERS.test(file) && file.startsWith('server/'));
const where = ({ file, line, text }: FoundStatement) => `${file}:${line}: ${text.slice(0, 200)}`;
const breaking = (breaks: (text: string) => boolean) => daily.filter(({ text }) => breaks(text.toLowerCase())).map(where);

/** How many tables of programs a statement names, and how many times it names their program. */
function programNamed(text: string): { tables: number; programs: number } {
  const named = [...text.matchAll(/\b(?:from|join|update|into)\s+(?:only\s+)?([a-z_.]+)/g)].filter((match) => ofPrograms.has(match[1]!)).length;
  return { tables: named, programs: [...text.matchAll(/program_id\s*=|\(program_id,/g)].length };
}
const VOLATILE = /\b(now|clock_timestamp|statement_timestamp|random|gen_random_uuid|nextval)\(|\bcurrent_timestamp\b/;
const writes = (text: string) => /\binsert into\b|\bupdate\s+\w+\s+(\w+\s+)?set\b|\bdelete from\b/.test(text);
const unnestWithoutProgram = (text: string) => /\binsert into\b.*\bselect\b.*\bunnest\(/.test(text) && !/\bfrom program p\b/.test(text);
const writingCte = (text: string) => /\bwith\b.*\bas (materialized )?\(\s*(insert|update|delete)\b/.test(text);
const unorderedLock = (text: string) => /\bany\(/.test(text) && /\bfor (no key )?update\b/.test(text) && !/\border by\b/.test(text);

describe('statements of daily work', () => {
  it('are all seen, those of prepared statements and of nested conditions too', () => {
    expect(daily.length).toBeGreaterThan(120);
    expect(ofPrograms.size).toBeGreaterThan(25);
    expect(daily.some(({ text }) => text.startsWith('insert into transaction ('))).toBe(true);
    expect(daily.some(({ text }) => /from transaction where program_id = \$.*and member_id = \$/.test(text))).toBe(true);
  });

  it('name their program on every table of a program: that is what routes them on many machines', () => {
    expect(breaking((text) => { const found = programNamed(text); return found.programs < found.tables; })).toEqual([]);
  });

  it('write instants and ids that were passed in, nothing volatile', () => expect(breaking((text) => writes(text) && VOLATILE.test(text))).toEqual([]));

  it('insert many rows by way of their program: a bare INSERT … SELECT FROM unnest is refused on many machines', () => expect(breaking(unnestWithoutProgram)).toEqual([]));

  it('are plain: no common table expression that writes, none that recurs, no grouping sets', () => {
    expect(breaking((text) => writingCte(text) || /\bwith recursive\b|\bgrouping sets\b/.test(text))).toEqual([]);
  });

  it('lock rows in the order of their keys', () => expect(breaking(unorderedLock)).toEqual([]));

  it('never empty a table: row level security ignores TRUNCATE', () => expect(breaking((text) => /\btruncate\b/.test(text))).toEqual([]));
});

describe('SQL of the product', () => {
  it('is never built from values: they travel as parameters', () => {
    expect(findBuiltText().filter(({ file }) => !QUOTES_IDENTIFIERS.test(file))).toEqual([]);
  });

  it('sets the program nowhere but in use_program', () => {
    // The owner's command that purges a demo opens its own transaction, and says in it that it may delete history.
    const purge = 'server/src/demo/purge.ts';
    const product = sourceFiles(['server', 'cli']).filter((file) => !isTest(file));
    // Which members a booking is about opens nothing: every statement still names its program, and the policies hold it.
    const settings = (file: string) => read(file).replaceAll(`set_config('app.named_members'`, '');
    expect(product.filter((file) => /\bset_config\b|app\.program|app\.platform/.test(settings(file)) && file !== purge)).toEqual([]);
    expect(product.filter((file) => /select use_program\(/.test(read(file)))).toEqual([purge, 'server/src/platform/db.ts']);
    expect(migrations.match(/set_config/)).toBeNull();
  });

  it('tells errors apart by SQLSTATE, never by the name of a constraint or table', () => {
    expect(sourceFiles(['server']).filter((file) => !isTest(file) && /\b(error|cause|failure)\.(constraint|table|detail|schema)\b|'constraint'\)/.test(read(file)))).toEqual([]);
  });
});

describe('the rules themselves', () => {
  const built = (code: string) => builtIn('probe.ts', ts.createSourceFile('probe.ts', code, ts.ScriptTarget.Latest, true)).length;

  it.each([
    ['a value in a plain template', 'db.query(`select a from member where id = ${id}`)', 1],
    ['text put together', "db.query('select a from member where id = ' + id)", 1],
    ['a constant list of columns', 'db.query(`select ${COLUMNS} from member`)', 0],
    ['parameters', 'sql`select a from member where id = ${id}`', 0],
  ])('built text: %s', (_, code, faults) => expect(built(code) > 0).toBe(faults > 0));

  it('go red on statements that break them', () => {
    expect(programNamed('select a from member where id = $')).toEqual({ tables: 1, programs: 0 });
    expect(programNamed('select a from member m join lot l on l.member_id = m.id where m.program_id = $')).toEqual({ tables: 2, programs: 1 });
    expect(unnestWithoutProgram('insert into lot (program_id, seq) select $1, t.* from unnest($2::int4[]) t')).toBe(true);
    expect(writingCte('with gone as (delete from lot where program_id = $ returning seq) select seq from gone')).toBe(true);
    expect(unorderedLock('select id from member where program_id = $ and id = any($2) for no key update')).toBe(true);
    expect(writes('update lot set seen_at = now() where program_id = $') && VOLATILE.test('update lot set seen_at = now()')).toBe(true);
  });
});
