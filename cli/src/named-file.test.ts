import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isStartProblem } from '@wracam/server/platform/start-problem';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fileToWrite, namedFile } from './named-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'wracam-files-'));
  await writeFile(path.join(folder, 'sales.csv'), 'a,b');
});
afterAll(() => rm(folder, { recursive: true }));

const sentenceOf = (work: Promise<string>) => work.then((found) => found, (error: unknown) => (isStartProblem(error) ? error.message : `a bug: ${String(error)}`));

it('a file that is not there, and a folder in a file’s place, are one sentence', async () => {
  expect(await sentenceOf(namedFile(path.join(folder, 'none.csv')))).toBe(`There is no file ${folder}/none.csv: check its name.`);
  expect(await sentenceOf(namedFile(folder))).toBe(`${folder} is a folder: name a file in it.`);
  expect(await sentenceOf(fileToWrite(folder))).toBe(`${folder} is a folder: name a file in it.`);
  expect(await sentenceOf(namedFile(path.join(folder, 'sales.csv')))).toBe(path.join(folder, 'sales.csv'));
  expect(await sentenceOf(fileToWrite(path.join(folder, 'new.backup')))).toBe(path.join(folder, 'new.backup'));
});
